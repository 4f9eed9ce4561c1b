/** `show configuration`: all of it, or what belongs to a virtual router, a category, an interface. */

import { type InterfaceName, interfaceText, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { withDefaults } from "../../tree/defaults.ts";
import type { StoredLine } from "../../tree/stored-line.ts";
import { isMissing } from "../../tree/vrfs.ts";
import { interfaceReference, NUMBERED_TYPES, routerName } from "../arguments.ts";
import { NAMED_TYPES } from "../commands/interface.ts";
import { privilegeWord } from "../commands/privilege.ts";
import { document } from "../document.ts";
import { globalMode } from "../modes.ts";
import { render } from "../render.ts";
import { configCommands, type SECTIONS } from "../table.ts";
import { CONFIGURATION, show } from "./show-words.ts";

/** Each category is what one or more sections print. */
const CATEGORIES = {
  aaa: ["users", "domainMap", "aaa", "radius"],
  "address-assignment": ["pool"],
  interfaces: ["interface"],
  ip: ["ip", "accessList"],
  ipsec: ["ipsec", "certificates", "tunnelProfile", "transportProfile", "ipsecOption", "ipsecKey"],
  l2tp: ["l2tp", "l2tpDestination"],
  management: ["line", "services"],
  policy: ["policy"],
  ppp: ["profile"],
  qos: ["quality of service", "traffic class groups"],
  "routing-protocols": ["routing"],
  system: ["system"],
} as const satisfies Readonly<Record<string, readonly (typeof SECTIONS)[number][]>>;

type Category = keyof typeof CATEGORIES;

const words: Readonly<Record<Category, string>> = {
  aaa: "Users, domains, authentication, accounting",
  "address-assignment": "Address pools",
  interfaces: "Interfaces",
  ip: "IP, routes, access lists",
  ipsec: "IPsec and IKE",
  l2tp: "L2TP",
  management: "Lines, SNMP, clocks, files and other services",
  policy: "Policies and classifiers",
  ppp: "Profiles of remote users",
  qos: "Quality of service",
  "routing-protocols": "Routing protocols",
  system: "The chassis, logging, privilege levels",
};

const NAMED = { ...NAMED_TYPES, tunnel: "IPsec tunnel" };

const TYPES = { ...NUMBERED_TYPES, ...NAMED };

interface Interfaces {
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly interface?: InterfaceName | undefined;
  readonly type?: string | undefined;
}

/** How the lines begin that open the interfaces which are asked for. */
function headingOf({ kind, name, interface: numbered, type }: Interfaces): string | undefined {
  if (kind !== undefined) return `interface ${kind} ${name}`;
  if (numbered !== undefined) return `interface ${interfaceText(numbered, " ")}`;
  return type && `interface ${type}`;
}

/** What is printed under no section of its own belongs to the chassis. */
function categoryOf({ command }: StoredLine): Category {
  const isOf = ([, sections]: [string, readonly string[]]): boolean => sections.includes(command.section ?? "");
  return (Object.entries(CATEGORIES).find(isOf)?.[0] as Category | undefined) ?? "system";
}

export const configurationShowCommands = [
  exec({
    level: CONFIGURATION,
    form: [
      show,
      kw("configuration", "The running configuration", { aliases: ["running-configuration"] }),
      flag("all", "include-defaults", "Settings at their defaults too"),
      opt(
        kw("virtual-router", "Of one virtual router"),
        arg("virtualRouter", routerName, "Name of the virtual router"),
      ),
      opt(
        oneOf(
          [
            kw("category", "Of one category"),
            pick("category", words),
            opt(pick("part", { cli: "The command line" }), flag("levels", "command-privileges", "Levels of commands")),
          ],
          [kw("exclude-category", "Of all categories but one"), pick("without", words)],
          [
            kw("interface", "Of one interface"),
            oneOf(
              [pick("kind", NAMED), arg("name", word(), "Name of the interface")],
              [arg("interface", interfaceReference, "Interface type and location")],
            ),
          ],
          [kw("type", "Of all interfaces of a type"), pick("type", TYPES)],
        ),
      ),
    ],
    run({ running, session, clock, version, chassis }: ExecContext, values): ExecResult {
      const { virtualRouter, category, without, part } = values;
      if (part !== undefined && category !== "management") {
        return { ok: false, lines: [`% Category ${category} has no part ${part}`] };
      }
      const store = values.all ? withDefaults(running.store, { config: configCommands, globalMode }) : running.store;
      const missing = virtualRouter === undefined ? undefined : isMissing(virtualRouter, store.routers);
      if (missing !== undefined) return { ok: false, lines: [missing] };
      const heading = headingOf(values);
      const wants = (line: StoredLine): boolean =>
        (part === undefined || line.command.form[0] === privilegeWord) &&
        (part !== undefined || category === undefined || categoryOf(line) === category) &&
        (without === undefined || categoryOf(line) !== without) &&
        (heading === undefined || `${renderForm(line.command.form, line.values)} `.startsWith(`${heading} `));
      const isWhole = category === undefined && without === undefined && heading === undefined;
      const lines = render(store, {
        ...(virtualRouter === undefined ? {} : { virtualRouter }),
        ...(isWhole ? {} : { wants }),
        ...(values.all === true ? { all: true } : {}),
      });
      return { lines: document(lines, { now: clock.now, version, chassis }, session.level), model: lines };
    },
  }),
];
