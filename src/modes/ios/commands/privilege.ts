/** `privilege exec level 5 show ip route`: which level a command needs, by the words it begins with. */

import { line, uint } from "../../../grammar/arguments.ts";
import { type ConfigReader, type Mode, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, pick } from "../../../grammar/elements.ts";
import type { PrivilegeLine } from "../../dialect.ts";
import * as modes from "../modes.ts";

/** The box's words for modes. */
const MODES: Readonly<Record<string, readonly [help: string, mode: Mode]>> = {
  "accept-dialin": ["VPDN group accept dialin configuration mode", modes.acceptDialinMode],
  archive: ["Archive the router configuration mode", modes.archiveMode],
  configure: ["Global configuration mode", modes.globalMode],
  "crypto-map": ["Crypto map config mode", modes.cryptoMapMode],
  "crypto-transform": ["Crypto transform config mode", modes.transformSetMode],
  interface: ["Interface configuration mode", modes.interfaceMode],
  isakmp: ["ISAKMP policy configuration mode", modes.isakmpPolicyMode],
  "isakmp-profile": ["Crypto ISAKMP profile mode", modes.isakmpProfileMode],
  keyring: ["Crypto keyring command mode", modes.keyringMode],
  line: ["Line configuration mode", modes.lineMode],
  "policy-map": ["QoS policy-map configuration mode", modes.policyMapMode],
  "route-map": ["Route map config mode", modes.routeMapMode],
  router: ["Router configuration mode", modes.routerMode],
  subinterface: ["Subinterface configuration mode", modes.subinterfaceMode],
  "vpdn-group": ["VPDN group configuration mode", modes.vpdnGroupMode],
  vrf: ["VRF configuration mode", modes.vrfMode],
};

const helps = Object.fromEntries(Object.entries(MODES).map(([word, [help]]) => [word, help]));
const head = [
  kw("privilege", "Command privilege parameters"),
  pick("mode", { exec: "Exec mode", ...helps }),
  flag("all", "all", "All suboption will be set to the same level"),
] as const;
const command = arg("command", line(), "Initial keywords of the command to modify");

const privilege = setting({
  mode: modes.globalMode,
  section: "privilege",
  form: [...head, kw("level", "Set privilege level of command"), arg("level", uint(0, 15), "Privilege level"), command],
  key: ["mode", "command"],
});

const privilegeReset = setting({
  mode: modes.globalMode,
  section: "privilege",
  form: [...head, kw("reset", "Reset privilege level of command"), command],
  instead: ({ mode, command: text }) => ({
    kind: "remove",
    line: { command: privilege, values: { mode, command: text } },
  }),
});

export const privilegeCommands = [privilege, privilegeReset];

export function privilegeLines(config: ConfigReader): PrivilegeLine[] {
  return config.all(privilege).map(({ values }) => ({
    mode: values.mode === "exec" ? "exec" : (MODES[values.mode]?.[1].id ?? values.mode),
    text: values.command,
    level: values.level,
    all: values.all === true,
  }));
}
