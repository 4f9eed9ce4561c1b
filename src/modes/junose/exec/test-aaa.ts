/** `test aaa`: whether a user would be let in, and where the session would stand. Asks as a PPP session with PAP does; counts nothing. */

import { StandingSessions } from "../../../engine/router/standing.ts";
import { admitUser } from "../../../engine/router/user-place.ts";
import { named } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { secret } from "../../common/secret-argument.ts";
import { objectName, password, userName } from "../arguments.ts";
import { ENABLE_LEVEL } from "./enable.ts";

/** The profile by its name, else the first one of the virtual router that the session stands in. */
function profileOf({ snapshot: { spec }, virtualRouter }: ExecContext, name: string | undefined) {
  return spec.pppProfiles.find((one) => (name === undefined ? one.virtualRouter === virtualRouter : one.name === name));
}

export const testCommands = [
  exec({
    level: ENABLE_LEVEL,
    form: [
      kw("test", "Try something"),
      kw("aaa", "Authentication of users"),
      kw("ppp", "A PPP user"),
      arg("user", userName, "Name of the user"),
      arg("password", secret(password), "Password of the user"),
      opt(kw("profile", "Of one profile"), arg("profile", named("profile", objectName), "Name of the profile")),
    ],
    run(context: ExecContext, values): ExecResult {
      const profile = profileOf(context, values.profile);
      if (profile === undefined) {
        const where = values.profile ?? `of virtual router ${context.virtualRouter}`;
        return { ok: false, lines: [`% No destination profile uses a profile ${where}`] };
      }
      const { virtualRouters, domainMaps = [] } = context.snapshot.spec;
      const routers = new Map(virtualRouters.map((router) => [router.name, router]));
      const { verdict, place } = admitUser(
        { routers, domainMaps },
        profile,
        values.user,
        { protocol: "pap", password: values.password },
        new StandingSessions(),
      );
      if (!verdict.accepted) {
        return {
          lines: [`Authentication deny: ${verdict.reason}`],
          model: { granted: false, reason: verdict.reason },
        };
      }
      const address = place.user?.address;
      const { virtualRouter, pools } = place;
      return {
        lines: [
          `Authentication grant, by profile ${profile.name}`,
          `  Virtual router: ${virtualRouter}`,
          `  Address:        ${address ?? (pools.length === 0 ? "none" : `from ${pools.join(", ")}`)}`,
        ],
        model: { granted: true, profile: profile.name, virtualRouter, address, pools },
      };
    },
  }),
];
