/** `show configuration`: all of it, or what belongs to a virtual router, a category, an interface. */

import { interfaceText } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { withDefaults } from "../../tree/defaults.ts";
import type { StoredLine } from "../../tree/stored-line.ts";
import { interfaceReference, routerName } from "../arguments.ts";
import { document } from "../document.ts";
import { globalMode } from "../modes.ts";
import { render } from "../render.ts";
import { configCommands, type SECTIONS } from "../table.ts";
import { CONFIGURATION, show } from "./show-words.ts";

type Category = "aaa" | "interfaces" | "ip" | "ipsec" | "l2tp" | "ppp" | "system";

/** Each section belongs to one category. */
const CATEGORY: Readonly<Record<(typeof SECTIONS)[number], Category>> = {
  system: "system",
  line: "system",
  services: "system",
  l2tp: "l2tp",
  l2tpDestination: "l2tp",
  users: "aaa",
  domainMap: "aaa",
  aaa: "aaa",
  radius: "aaa",
  profile: "ppp",
  ipsec: "ipsec",
  certificates: "ipsec",
  tunnelProfile: "ipsec",
  transportProfile: "ipsec",
  ipsecOption: "ipsec",
  ipsecKey: "ipsec",
  pool: "ip",
  ip: "ip",
  accessList: "ip",
  routing: "ip",
  "quality of service": "ip",
  policy: "ip",
  interface: "interfaces",
};

const words: Readonly<Record<Category, string>> = {
  aaa: "Users, authentication, accounting",
  interfaces: "Interfaces",
  ip: "IP, pools, routing, policies",
  ipsec: "IPsec and IKE",
  l2tp: "L2TP",
  ppp: "Profiles of remote users",
  system: "The chassis, lines, services",
};

function categoryOf({ command }: StoredLine): Category {
  const categories: Readonly<Record<string, Category>> = CATEGORY;
  return categories[command.section ?? ""] ?? "system";
}

export const configurationShowCommands = [
  exec({
    level: CONFIGURATION,
    form: [
      show,
      kw("configuration", "The running configuration"),
      flag("all", "include-defaults", "Settings at their defaults too"),
      opt(
        kw("virtual-router", "Of one virtual router"),
        arg("virtualRouter", routerName, "Name of the virtual router"),
      ),
      opt(
        oneOf(
          [kw("category", "Of one category"), pick("category", words)],
          [kw("exclude-category", "Of all categories but one"), pick("without", words)],
          [kw("interface", "Of one interface"), arg("interface", interfaceReference, "Interface type and location")],
        ),
      ),
    ],
    run({ running, session, clock, version }: ExecContext, values): ExecResult {
      const { virtualRouter, category, without } = values;
      const store = values.all ? withDefaults(running.store, { config: configCommands, globalMode }) : running.store;
      if (virtualRouter !== undefined && !store.routers.has(virtualRouter)) {
        return { ok: false, lines: [`% Virtual router ${virtualRouter} does not exist`] };
      }
      const heading = values.interface && `interface ${interfaceText(values.interface, " ")}`;
      const wants = (line: StoredLine): boolean =>
        (category === undefined || categoryOf(line) === category) &&
        (without === undefined || categoryOf(line) !== without) &&
        (heading === undefined || renderForm(line.command.form, line.values) === heading);
      const isWhole = category === undefined && without === undefined && heading === undefined;
      const lines = render(store, {
        ...(virtualRouter === undefined ? {} : { virtualRouter }),
        ...(isWhole ? {} : { wants }),
        ...(values.all === true ? { all: true } : {}),
      });
      return { lines: document(lines, { now: clock.now, version }, session.level), model: lines };
    },
  }),
];
