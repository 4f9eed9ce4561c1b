/** `show` of what the configuration keeps and nothing here acts on: the lines themselves, with how many there are. */

import { line } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { showConfigured } from "../show/configured.ts";
import { CONFIGURATION, PRIVILEGED_SHOW, show } from "./show-words.ts";

interface Kept {
  /** Behind `show`: `ip prefix-list`. */
  readonly words: string;
  readonly help: string;
  /** How its lines begin, as a regular expression; absent = as the words. */
  readonly lines?: string;
  readonly noun: string;
  /** Its lines may hold secrets. */
  readonly secret?: true;
}

const KEPT: readonly Kept[] = [
  { words: "access-list", help: "Access lists", noun: "access list line" },
  { words: "classifier-list", help: "Classifiers", lines: "(?:ip|l2tp|ipv6) classifier-list", noun: "classifier line" },
  { words: "policy-list", help: "Policies", lines: "(?:ip|l2tp|ipv6) policy-list", noun: "policy list" },
  {
    words: "rate-limit-profile",
    help: "Limits of rates",
    lines: "(?:(?:ip|l2tp) )?rate-limit-profile",
    noun: "rate limit profile",
  },
  { words: "traffic-class", help: "Traffic classes", noun: "traffic class" },
  { words: "scheduler-profile", help: "Profiles of schedulers", noun: "scheduler profile" },
  { words: "qos-profile", help: "Profiles of quality of service", noun: "QoS profile" },
  { words: "route-map", help: "Route maps", noun: "route map clause" },
  { words: "ip prefix-list", help: "Lists of prefixes", noun: "prefix list line" },
  { words: "ip as-path-access-list", help: "Lists of AS paths", lines: "ip as-path access-list", noun: "AS path line" },
  { words: "ip community-list", help: "Lists of communities", noun: "community list line" },
  { words: "ip vrf", help: "VPN routing and forwarding instances", noun: "VRF" },
  { words: "ip nat", help: "Network address translation", noun: "NAT line" },
  { words: "ip http", help: "The web server", noun: "web server line" },
  { words: "ip dhcp-local", help: "The local DHCP server", noun: "DHCP line" },
  { words: "profile", help: "Profiles of dynamic interfaces", noun: "profile" },
  { words: "hosts", help: "Names of hosts", lines: "host", noun: "host", secret: true },
  { words: "line", help: "Lines through which sessions come", noun: "line", secret: true },
  { words: "snmp", help: "The SNMP agent", lines: "snmp-server", noun: "SNMP line", secret: true },
  { words: "ntp", help: "The Network Time Protocol", noun: "NTP line" },
  { words: "l2tp sessions-limit-group", help: "Limits that profiles share", noun: "sessions limit group" },
  { words: "l2tp switch-profile", help: "Profiles of switched tunnels", noun: "L2TP switch profile" },
  { words: "ipsec identity", help: "The identity in our certificate", noun: "identity" },
  {
    words: "ipsec ca-identity",
    help: "Certificate authorities",
    lines: "ipsec ca identity",
    noun: "certificate authority",
  },
  {
    words: "ipsec tunnel-profile",
    help: "Profiles of IPsec tunnels",
    lines: "ipsec tunnel profile",
    noun: "IPsec tunnel profile",
  },
  { words: "aaa domain-map", help: "Domains of users", noun: "domain map", secret: true },
  { words: "aaa tunnel-group", help: "Groups of tunnels", noun: "tunnel group", secret: true },
  { words: "aaa profile", help: "AAA profiles", noun: "AAA profile" },
  { words: "tacacs", help: "TACACS+ servers", lines: "tacacs-server", noun: "TACACS+ line", secret: true },
];

const FRONT: Readonly<Record<string, string>> = {
  ip: "IP",
  l2tp: "L2TP",
  aaa: "Authentication, authorization and accounting",
  ipsec: "IPsec",
};

export const keptShowCommands = KEPT.map(({ words, help, lines = words, noun, secret }) => {
  const names = words.split(" ");
  const front = names.map((one, index) => kw(one, index === names.length - 1 ? help : (FRONT[one] ?? help)));
  return exec({
    level: secret === true ? CONFIGURATION : PRIVILEGED_SHOW,
    form: [show, ...front, opt(arg("name", line(), "Name; all when absent"))],
    run: (context: ExecContext, values) =>
      showConfigured(context, lines, typeof values.name === "string" ? values.name : undefined, noun),
  });
});
