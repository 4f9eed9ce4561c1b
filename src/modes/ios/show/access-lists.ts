/** `show access-lists`: the lists that filter, with how many packets each entry decided. */

import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import type { AccessListEntrySpec, PortRange, WildcardAddress } from "../../../engine/spec.ts";

export function accessLists({ spec, accessListMatches }: Snapshot, name?: string) {
  return (spec.accessLists ?? [])
    .filter((list) => list.name === (name ?? list.name))
    .map((list) => ({
      name: list.name,
      kind: list.kind,
      entries: list.entries.map((entry, index) => ({
        sequence: entry.sequence,
        rule: list.kind === "standard" ? standardRule(entry) : extendedRule(entry),
        matches: accessListMatches?.[list.name]?.[index] ?? 0,
      })),
    }));
}

export function showAccessLists(lists: ReturnType<typeof accessLists>): string[] {
  return lists.flatMap(({ name, kind, entries }) => [
    `${kind === "standard" ? "Standard" : "Extended"} IP access list ${name}`,
    ...entries.map(({ sequence, rule, matches }) => `    ${sequence} ${rule}${matchText(matches)}`),
  ]);
}

function matchText(matches: number): string {
  return matches === 0 ? "" : ` (${matches} match${matches === 1 ? "" : "es"})`;
}

const ALL_BITS = "255.255.255.255";

function standardRule({ action, source, log }: AccessListEntrySpec): string {
  const from =
    source.wildcard === ALL_BITS
      ? "any"
      : source.wildcard === ANY_ADDRESS
        ? source.address
        : `${source.address}, wildcard bits ${source.wildcard}`;
  return `${action.padEnd(6)} ${from}${log ? " log" : ""}`;
}

const PROTOCOLS: Readonly<Record<number, string>> = {
  1: "icmp",
  2: "igmp",
  4: "ipinip",
  6: "tcp",
  17: "udp",
  47: "gre",
  50: "esp",
  51: "ahp",
  89: "ospf",
};

/** Ports that the box has words for; the same number may have another word under the other protocol. */
const PORTS: Readonly<Record<"tcp" | "udp", Readonly<Record<number, string>>>> = {
  tcp: {
    20: "ftp-data",
    21: "ftp",
    22: "22",
    23: "telnet",
    25: "smtp",
    53: "domain",
    80: "www",
    110: "pop3",
    179: "bgp",
  },
  udp: {
    53: "domain",
    67: "bootps",
    68: "bootpc",
    69: "tftp",
    123: "ntp",
    161: "snmp",
    500: "isakmp",
    514: "syslog",
    4500: "non500-isakmp",
  },
};

const ICMP: Readonly<Record<number, string>> = {
  0: "echo-reply",
  3: "unreachable",
  4: "source-quench",
  5: "redirect",
  8: "echo",
  11: "time-exceeded",
  12: "parameter-problem",
};

function extendedRule(entry: AccessListEntrySpec): string {
  const { action, protocol, source, destination, sourcePorts, destinationPorts, icmp, established, log } = entry;
  const name = protocol === undefined ? "ip" : (PROTOCOLS[protocol] ?? String(protocol));
  const words = [
    action,
    name,
    addressText(source),
    portText(sourcePorts, name),
    addressText(destination),
    portText(destinationPorts, name),
    icmp === undefined ? "" : icmpText(icmp),
    established ? "established" : "",
    log ? "log" : "",
  ];
  return words.filter((word) => word !== "").join(" ");
}

function addressText({ address, wildcard }: WildcardAddress): string {
  if (wildcard === ALL_BITS) return "any";
  return wildcard === ANY_ADDRESS ? `host ${address}` : `${address} ${wildcard}`;
}

const LAST_PORT = 65_535;

function portText(range: PortRange | undefined, protocol: string): string {
  if (range === undefined) return "";
  const words = PORTS[protocol === "udp" ? "udp" : "tcp"];
  const text = (port: number): string => words[port] ?? String(port);
  const { first, last, negated } = range;
  if (first === last) return `${negated ? "neq" : "eq"} ${text(first)}`;
  if (first === 0) return `lt ${text(last + 1)}`;
  return last === LAST_PORT ? `gt ${text(first - 1)}` : `range ${text(first)} ${text(last)}`;
}

function icmpText({ type, code }: NonNullable<AccessListEntrySpec["icmp"]>): string {
  return code === undefined ? (ICMP[type] ?? String(type)) : `${type} ${code}`;
}
