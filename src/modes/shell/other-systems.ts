/**
 * Lines of systems that people take for one of ours, because their words are much the same: a firewall, or a younger system of the
 * same maker. Nothing here reads them; a line that was refused anyway is told whose it is. Only lines that say it by themselves are
 * known, so that most lines of such a file are simply unknown.
 */

import { anyOf } from "../common/any-of.ts";

interface System {
  readonly name: string;
  /** Stands at the top of what such a system prints. */
  readonly head: RegExp;
  readonly line: RegExp;
}

const JUNOS_TOP =
  "access|applications|chassis|class-of-service|ethernet-switching-options|event-options|firewall|forwarding-options|groups|interfaces|policy-options|protocols|routing-instances|routing-options|security|services|snmp|system|vlans";
/** What an operator of a firewall calls an interface, which no other system does in these places. */
const NAMED = "(?:inside|outside|dmz\\w*|management)";

const SYSTEMS: readonly System[] = [
  {
    name: "Cisco ASA",
    head: anyOf([/^(?:ASA|PIX) Version \d/, /^: Hardware: +(?:ASA|PIX)/]),
    line: anyOf([
      /^(?:ASA|PIX) Version \d/,
      /^nameif \S+/,
      /^security-level \d+$/,
      /^access-list \S+ (?:extended|standard|ethertype|webtype) /,
      /^access-group \S+ (?:in|out) interface \S+$/,
      /^crypto map \S+ interface \S+$/,
      /^crypto map \S+ \d+ (?:match address|set) /,
      /^crypto dynamic-map \S+ \d+ (?:match address|set) /,
      /^(?:crypto )?isakmp (?:enable \S+|nat-traversal(?: \d+)?|ipsec-over-tcp .*)$/,
      /^isakmp (?:key|policy|identity|keepalive) /,
      /^crypto (?:ikev1 (?:enable|policy)|ikev2 enable) \S+/,
      /^crypto ipsec (?:ikev1|ikev2) /,
      /^sysopt (?:connection|noproxyarp|ipsec|nodnsalias|radius) /,
      /^tunnel-group(?:-map)? \S+ (?:type|(?:general|ipsec|ppp|webvpn)-attributes)\b/,
      /^group-policy \S+ (?:internal|external|attributes)/,
      /^vpn-(?:tunnel-protocol|idle-timeout|session-timeout|filter|group-policy|simultaneous-logins|addr-assign|sessiondb) /,
      /^vpdn group \S+ (?:accept|client|ppp|request|localname|l2tp|pptp)\b/,
      /^vpdn (?:enable \S+|username \S+ password .*)$/,
      /^vpngroup /,
      /^object (?:network|service) \S+$/,
      /^(?:network|service|port|group|protocol|icmp)-object /,
      /^nat \(\S+?\) /,
      /^global \(\S+\) /,
      /^static \(\S+?,\S+\) /,
      /^(?:conduit|fixup protocol|threat-detection|same-security-traffic|asdm|dynamic-access-policy-record|xlate|prompt hostname)(?: |$)/,
      /^failover(?: (?:interface|key|lan|link|polltime|replication) .*)?$/,
      /^route \S+ \d+\.\d+\.\d+\.\d+ \d+\.\d+\.\d+\.\d+ \d/,
      /^timeout (?:xlate|conn|sunrpc|sip|uauth|pat-xlate|floating-conn) /,
      /^pager lines \d+/,
      new RegExp(
        `^(?:mtu|http|ssh|telnet|icmp|dhcpd|management-access|ip verify|ip address|ip audit|monitor-interface) .*\\b${NAMED}\\b`,
      ),
      /^(?:passwd|enable password) \S+(?: level \d+)? encrypted$/,
      /^service-policy \S+ (?:global|interface \S+)$/,
      /^interface ethernet\d (?:auto|\d+(?:full|baset)|shutdown)/,
      /^ip local pool \S+ \d+\.\d+\.\d+\.\d+-\d+\.\d+\.\d+\.\d+/,
    ]),
  },
  {
    name: "Junos",
    head: anyOf([/^## Last (?:commit|changed):/]),
    line: anyOf([
      new RegExp(`^(?:set|delete|deactivate) (?:${JUNOS_TOP})(?: |$)`),
      new RegExp(`^(?:${JUNOS_TOP}) \\{$`),
      /^[\w"<*].*\{$/,
      /^\}$/,
      /^[\w"].*;(?: ## SECRET-DATA)?$/,
    ]),
  },
  {
    name: "Cisco IOS XR",
    head: anyOf([/^!! IOS XR Configuration/, /^RP\/\d+\/\w+\/CPU\d+:/]),
    line: anyOf([
      /^interface MgmtEth\d/,
      /^(?:interface|controller) (?:preconfigure )?\w+?\d+\/\d+\/\d+\/\d+/,
      /^ipv4 (?:address|access-list|access-group|mtu|unnumbered|virtual) /,
      /^(?:route-policy|prefix-set|community-set|as-path-set|rd-set|taskgroup|usergroup) \S/,
      /^end-(?:policy|set)$/,
      /^router static$/,
      /^(?:telnet|ssh) (?:vrf \S+ ipv[46] )?server(?: v2| vrf \S+| max-servers \d+)?/,
      /^dynamic-template$/,
      /^(?:l2vpn|lpts .*|hw-module location .*)$/,
    ]),
  },
  {
    name: "Cisco NX-OS",
    head: anyOf([/^!Command: show (?:running|startup)-config$/]),
    line: anyOf([
      /^feature(?:-set)? [\w-]+$/,
      /^vdc \S+ id \d+/,
      /^vrf context \S+/,
      /^vpc (?:domain )?\d+$/,
      /^peer-keepalive destination /,
      /^interface mgmt0$/,
      /^boot (?:kickstart|nxos) /,
      /^copp (?:profile|copy) /,
      /^system (?:default switchport|jumbomtu|qos)\b/,
      /^username \S+ password \d \S+ +role \S+/,
      /^role (?:name \S+|feature-group .*)$/,
      /^spanning-tree port type /,
      /^no password strength-check$/,
    ]),
  },
];

/** The system that the line is of, by its own words; `undefined` = it does not say. */
export function otherSystemOf(line: string): string | undefined {
  const said = line.trim();
  return SYSTEMS.find((system) => system.line.test(said))?.name;
}

/** What is said of a file that is none of ours; `undefined` = nothing. */
export function otherSystemText(text: string): string | undefined {
  const name = otherSystemOfText(text);
  return name === undefined ? undefined : `it looks like a configuration of ${name}, which is not read here`;
}

/** One line of five is enough: most lines of these systems are words that many have. */
const SHARE = 5;
const FEWEST = 3;

/** The system that a whole text is of, by its head or by its lines; `undefined` = none of these. */
function otherSystemOfText(text: string): string | undefined {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const headed = SYSTEMS.find(({ head }) => lines.some((line) => head.test(line)));
  if (headed !== undefined) return headed.name;
  const said = lines.filter((line) => !line.startsWith("!"));
  const [most] = SYSTEMS.map(({ name, line }) => ({ name, count: said.filter((each) => line.test(each)).length })).sort(
    (a, b) => b.count - a.count,
  );
  return most !== undefined && most.count >= FEWEST && most.count * SHARE >= said.length ? most.name : undefined;
}
