/** `show` of what the configuration keeps and nothing here acts on: the lines themselves, with how many there are. */

import { line } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
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
  /** Something here follows what the lines say. */
  readonly acts?: true;
  /** One of them is asked for with `name` before it. */
  readonly byName?: true;
}

const KEPT: readonly Kept[] = [
  { words: "access-list", help: "Access lists", noun: "access list line", acts: true },
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
  { words: "ip nat", help: "Network address translation", noun: "NAT line" },
  { words: "ip http", help: "The web server", noun: "web server line" },
  { words: "ip dhcp-local", help: "The local DHCP server", noun: "DHCP line" },
  { words: "profile", help: "Profiles of dynamic interfaces", noun: "profile", acts: true, byName: true },
  { words: "hosts", help: "Names of hosts", lines: "host", noun: "host", secret: true },
  { words: "line", help: "Lines through which sessions come", noun: "line", secret: true, acts: true },
  { words: "snmp", help: "The SNMP agent", lines: "snmp-server", noun: "SNMP line", secret: true },
  { words: "ntp", help: "The Network Time Protocol", noun: "NTP line" },
  { words: "l2tp switch-profile", help: "Profiles of switched tunnels", noun: "L2TP switch profile" },
  { words: "ipsec identity", help: "The identity in our certificate", noun: "identity", acts: true },
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
  { words: "aaa domain-map", help: "Domains of users", noun: "domain map", secret: true, acts: true },
  { words: "aaa tunnel-group", help: "Groups of tunnels", noun: "tunnel group", secret: true },
  { words: "aaa profile", help: "AAA profiles", noun: "AAA profile", acts: true },
  { words: "tacacs", help: "TACACS+ servers", lines: "tacacs-server", noun: "TACACS+ line", secret: true },
  { words: "queue-profile", help: "Profiles of queues", noun: "queue profile" },
  { words: "drop-profile", help: "Profiles of drops", noun: "drop profile" },
  { words: "bulkstats", help: "Bulk statistics", noun: "bulk statistics line" },
  { words: "control-plane", help: "Limits of the control plane", noun: "control plane line" },
  { words: "ftp-server", help: "The FTP server", noun: "FTP server line" },
  { words: "l2c", help: "ANCP", noun: "ANCP line" },
  { words: "rtr", help: "Response time probes", noun: "probe" },
  { words: "sntp", help: "The Simple Network Time Protocol", noun: "SNTP line" },
  { words: "timing", help: "Clock sources of interfaces", noun: "timing line" },
  { words: "dhcp server", help: "Servers of DHCP", lines: "ip dhcp-server", noun: "DHCP server" },
  { words: "ip access-list", help: "Access lists", lines: "access-list", noun: "access list line", acts: true },
  { words: "ip bgp", help: "BGP", lines: "router bgp", noun: "BGP process" },
  { words: "ip ospf", help: "OSPF", lines: "router ospf", noun: "OSPF process" },
  { words: "ip rip", help: "RIP", lines: "router rip", noun: "RIP process" },
  { words: "isis", help: "IS-IS", lines: "router isis", noun: "IS-IS process" },
  { words: "mpls", help: "MPLS", noun: "MPLS line" },
  { words: "ip multicast", help: "Multicast routing", lines: "ip multicast-routing", noun: "multicast line" },
  { words: "ip local shared-pool", help: "Pools that DHCP fills", noun: "shared pool" },
  {
    words: "ip domain-lookup",
    help: "Servers of names",
    lines: "ip (?:domain-(?:lookup|name)|name-server)",
    noun: "name line",
  },
  {
    words: "ipsec key pubkey-chain rsa",
    help: "Public keys of peers",
    lines: "ipsec key pubkey-chain rsa(?: address| name)?",
    noun: "public key",
  },
  {
    words: "aaa tunnel-parameters",
    help: "What tunnels have in common",
    lines: "aaa tunnel",
    noun: "tunnel parameter",
    secret: true,
  },
  { words: "aaa intf-desc-format", help: "How interfaces are named", noun: "format" },
  { words: "aaa route-download", help: "Routes from a server", noun: "download" },
  { words: "radius algorithm", help: "Which server is asked first", noun: "algorithm line" },
  {
    words: "radius attributes-ignored",
    help: "Attributes that are ignored",
    lines: "radius ignore",
    noun: "attribute line",
  },
  {
    words: "radius attributes-included",
    help: "Attributes that are sent",
    lines: "radius include",
    noun: "attribute line",
  },
  { words: "radius calling-station-format", help: "The form of the calling station", noun: "format" },
  {
    words: "radius dynamic-request servers",
    help: "Servers that disconnect users",
    lines: "radius dynamic-request server",
    noun: "server",
    secret: true,
  },
  { words: "radius nas-identifier", help: "Our name in requests", noun: "identifier line" },
  { words: "radius nas-port-format", help: "The form of ports", noun: "format" },
  { words: "radius override", help: "Values that are sent in place of others", noun: "override" },
  {
    words: "radius relay servers",
    help: "Clients whose requests are passed on",
    lines: "radius relay",
    noun: "server",
    secret: true,
  },
  { words: "radius rollover-on-reject", help: "Asking the next server after a refusal", noun: "rollover line" },
  { words: "radius trap", help: "Traps of the RADIUS client", noun: "trap line" },
  { words: "radius tunnel-accounting", help: "Accounting of tunnels", noun: "tunnel accounting line" },
  { words: "radius udp-checksum", help: "Checksums of requests", noun: "checksum line" },
  { words: "radius update-source-addr", help: "Our address in requests", noun: "source line" },
];

const FRONT: Readonly<Record<string, string>> = {
  ip: "IP",
  l2tp: "L2TP",
  dhcp: "DHCP",
  radius: "RADIUS",
  key: "IKE keys",
  "pubkey-chain": "Public keys of peers",
  "dynamic-request": "Requests of servers",
  relay: "Requests that are passed on",
  local: "Local addresses",
  aaa: "Authentication, authorization and accounting",
  ipsec: "IPsec",
};

const keptOnly = inert("the lines of the configuration are listed; nothing here acts on them");

export const keptShowCommands = KEPT.map(({ words, help, lines = words, noun, secret, acts, byName }) => {
  const names = words.split(" ");
  const front = names.map((one, index) => kw(one, index === names.length - 1 ? help : (FRONT[one] ?? help)));
  return exec({
    level: secret === true ? CONFIGURATION : PRIVILEGED_SHOW,
    ...(acts === true ? {} : { effect: keptOnly }),
    form: [
      show,
      ...front,
      opt(
        ...(byName === true ? [opt(kw("name", "Of one of them"))] : []),
        arg("name", line(), "Name; all when absent"),
      ),
    ],
    run: (context: ExecContext, values) =>
      showConfigured(context, lines, typeof values.name === "string" ? values.name : undefined, noun),
  });
});
