/**
 * `privilege exec level 5 clear l2tp`: which level a command needs, by the words it begins with. What is said with `all` is said
 * of everything that begins so, and takes the place of what is said closer; of the command that enters configuration it is said
 * of every command of configuration. A word that is cut short means every word that begins so.
 */

import { line, uint } from "../../../grammar/arguments.ts";
import { type ConfigReader, type Mode, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, pick } from "../../../grammar/elements.ts";
import { EVERY_CONFIGURATION_MODE, type PrivilegeLine } from "../../dialect.ts";
import * as modes from "../modes.ts";

/** The box's words for modes. */
const MODES: Readonly<Record<string, readonly [help: string, mode: Mode]>> = {
  "aaa-profile": ["AAA profile configuration", modes.aaaProfileMode],
  configure: ["Global configuration", modes.globalMode],
  controller: ["Controller configuration", modes.controllerMode],
  "domain-map": ["Domain map configuration", modes.domainMapMode],
  "domain-map-tunnel": ["Domain map tunnel configuration", modes.domainMapTunnelMode],
  interface: ["Interface configuration", modes.interfaceMode],
  "ipsec-identity": ["IPsec identity configuration", modes.ipsecIdentityMode],
  "ipsec-ike-policy": ["IKE policy rule configuration", modes.ikePolicyMode],
  "ipsec-manual-key": ["Manual key configuration", modes.manualKeyMode],
  "ipsec-transport-profile": ["IPsec transport profile configuration", modes.transportProfileMode],
  "ipsec-transport-profile-local": ["Our end of a transport profile", modes.transportProfileLocalMode],
  "ipsec-tunnel-profile": ["IPsec tunnel profile configuration", modes.tunnelProfileMode],
  l2c: ["ANCP configuration", modes.l2cMode],
  "l2tp-destination-profile": ["L2TP destination profile configuration", modes.destinationProfileMode],
  "l2tp-destination-profile-host": ["Host of a destination profile", modes.destinationHostMode],
  "l2tp-destination-profile-limit-group": ["Limit of a destination profile", modes.sessionsLimitGroupMode],
  line: ["Line configuration", modes.lineMode],
  "local-user": ["Local user configuration", modes.localUserMode],
  "policy-list": ["Policy list configuration", modes.policyListMode],
  profile: ["Profile configuration", modes.profileMode],
  radius: ["RADIUS server configuration", modes.radiusMode],
  "route-map": ["Route map configuration", modes.routeMapMode],
  "router-address-family": ["Address family configuration", modes.addressFamilyMode],
  router: ["Routing protocol configuration", modes.routerMode],
  subinterface: ["Subinterface configuration", modes.subinterfaceMode],
  "tunnel-group": ["Tunnel group configuration", modes.tunnelGroupMode],
  vrf: ["VRF configuration", modes.vrfMode],
};

const helps = Object.fromEntries(Object.entries(MODES).map(([word, [help]]) => [word, help]));

/** These words have the levels that they have. */
const FIXED = ["do", "enable", "end", "exit", "help", "privilege", "run"];

/** All that the command line's own configuration begins with. */
export const privilegeWord = kw("privilege", "Configure the level of commands");

const form = [
  privilegeWord,
  pick("mode", { exec: "Commands of exec", ...helps }),
  flag("all", "all", "Of every command that begins so"),
] as const;
const command = arg("command", line(), "How the commands begin");

const privilege = setting({
  mode: modes.globalMode,
  section: "system",
  form: [...form, kw("level", "The level that is needed"), arg("level", uint(0, 15), "Privilege level"), command],
  key: ["mode", "command"],
  noForm: [...form, kw("level", "The level that is needed"), arg("level", uint(0, 15), "Privilege level"), command],
  check({ command: text }) {
    const first = text.trim().split(/\s+/)[0]?.toLowerCase() ?? "";
    return FIXED.includes(first) ? `% The level of ${first} cannot be changed` : undefined;
  },
});

const reset = setting({
  mode: modes.globalMode,
  section: "system",
  form: [...form, kw("reset", "Give the commands their own level back"), command],
  instead: ({ mode, command: text }) => ({
    kind: "remove",
    line: { command: privilege, values: { mode, command: text } },
  }),
});

export const privilegeSettings = [privilege, reset];

export function privilegeLines(config: ConfigReader): PrivilegeLine[] {
  const lines = config.all(privilege).map(
    ({ values }): PrivilegeLine => ({
      mode: values.mode === "exec" ? "exec" : (MODES[values.mode]?.[1].id ?? values.mode),
      text: values.command.trim().replace(/\s+/g, " ").toLowerCase(),
      level: values.level,
      all: values.all === true,
    }),
  );
  const ofConfiguration = lines.filter(({ mode, all, text }) => mode === "exec" && all && text === "configure");
  return lines
    .filter((one) => !lines.some((other) => covers(other, one)))
    .filter(({ mode }) => mode === "exec" || ofConfiguration.length === 0)
    .concat(ofConfiguration.map((one): PrivilegeLine => ({ ...one, mode: EVERY_CONFIGURATION_MODE, text: "" })));
}

/** What is said with `all` of fewer words wins over what is said of more. */
function covers(other: PrivilegeLine, one: PrivilegeLine): boolean {
  return other !== one && other.all && other.mode === one.mode && one.text.startsWith(`${other.text} `);
}
