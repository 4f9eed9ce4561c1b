/** The show commands: which there are, and what each prints. They also work in configuration modes. */

import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { showPasteReport } from "../../common/show-paste-report.ts";
import { routerName } from "../arguments.ts";
import { LICENSES } from "../commands/system.ts";
import { showClock, showLicenses, showPrivilege, showVersion, showVirtualRouters } from "../show/system.ts";
import { showUsers } from "../show/users.ts";
import { logShowCommands } from "./log.ts";
import { aaaShowCommands } from "./show-aaa.ts";
import { absentShowCommands } from "./show-absent.ts";
import { chassisShowCommands } from "./show-chassis.ts";
import { configurationShowCommands } from "./show-configuration.ts";
import { ipShowCommands } from "./show-ip.ts";
import { ipsecShowCommands } from "./show-ipsec.ts";
import { keptShowCommands } from "./show-kept.ts";
import { l2tpShowCommands } from "./show-l2tp.ts";
import { showIpSsh } from "./show-ssh.ts";
import { PRIVILEGED_SHOW, show, view } from "./show-words.ts";

export const showCommands = [
  showPasteReport(show, PRIVILEGED_SHOW),
  ...l2tpShowCommands,
  ...ipsecShowCommands,
  ...chassisShowCommands,
  exec({
    form: [show, kw("version", "Release and cards")],
    run: (context: ExecContext) => showVersion(context),
  }),
  ...configurationShowCommands,
  exec({
    form: [
      show,
      kw("virtual-router", "Virtual routers"),
      view,
      opt(arg("name", routerName, "Name of the virtual router")),
    ],
    run: (context: ExecContext, values) => showVirtualRouters(context, values.view ?? "brief", values.name),
  }),
  ...aaaShowCommands,
  ...ipShowCommands,
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, kw("license", "License keys"), opt(pick("feature", LICENSES))],
    run: (context: ExecContext, values) => showLicenses(context, values.feature),
  }),
  exec({
    form: [show, kw("clock", "Time of day")],
    run: (context: ExecContext) => showClock(context),
  }),
  exec({
    form: [
      show,
      kw("users", "Who is logged in"),
      opt(pick("view", { all: "Lines that nobody is at too", detail: "Where each stands too" })),
    ],
    run: (context: ExecContext, { view }) => showUsers(context, view),
  }),
  exec({
    form: [show, kw("privilege", "Privilege level of the session")],
    run: (context: ExecContext) => showPrivilege(context),
  }),
  ...logShowCommands,
  showIpSsh,
  ...keptShowCommands,
  ...absentShowCommands,
];
