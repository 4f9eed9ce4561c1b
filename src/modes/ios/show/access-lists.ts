/** `show access-lists`: the lists that filter, with how many packets each entry decided. */

import type {
  AccessListEntrySpec,
  PortRange,
  TcpFlagsSpec,
  WildcardAddress,
} from "../../../engine/access-list-spec.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import {
  CODEPOINTS,
  ICMP_MESSAGES,
  PORTS,
  PRECEDENCES,
  PROTOCOL_WORDS,
  TCP_FLAGS,
  TYPES_OF_SERVICE,
  wordOf,
} from "../access-words.ts";

export function accessLists({ spec, accessListMatches }: Snapshot, name?: string) {
  return (spec.accessLists ?? [])
    .filter((list) => list.name === (name ?? list.name))
    .map((list) => ({
      name: list.name,
      kind: list.kind,
      entries: typedLines(list.entries, accessListMatches?.[list.name] ?? []).map(({ entries, matches }) => {
        const [{ sequence, timeRange }] = entries;
        return {
          sequence,
          rule: list.kind === "standard" ? standardRule(entries[0]) : extendedRule(entries),
          ...(timeRange === undefined ? {} : { timeRange }),
          matches,
        };
      }),
    }));
}

/** A line with several ports is an entry for each of them, or for each pair, of one number. */
type TypedLine = [AccessListEntrySpec, ...AccessListEntrySpec[]];

function typedLines(entries: readonly AccessListEntrySpec[], matches: readonly number[]) {
  const lines = new Map<number, { readonly entries: TypedLine; matches: number }>();
  entries.forEach((entry, index) => {
    const matched = matches[index] ?? 0;
    const known = lines.get(entry.sequence);
    if (known === undefined) {
      lines.set(entry.sequence, { entries: [entry], matches: matched });
    } else {
      known.entries.push(entry);
      known.matches += matched;
    }
  });
  return [...lines.values()];
}

export function showAccessLists(lists: ReturnType<typeof accessLists>): string[] {
  return lists.flatMap(({ name, kind, entries }) => [
    `${kind === "standard" ? "Standard" : "Extended"} IP access list ${name}`,
    ...entries.map(
      ({ sequence, rule, timeRange, matches }) => `    ${sequence} ${rule}${timeText(timeRange)}${matchText(matches)}`,
    ),
  ]);
}

function timeText(range: AccessListEntrySpec["timeRange"]): string {
  return range === undefined ? "" : ` time-range ${range.name} (${range.active ? "active" : "inactive"})`;
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

function extendedRule(entries: Readonly<TypedLine>): string {
  const [entry] = entries;
  const { action, protocol, source, destination, icmp, flags, log, groups } = entry;
  const named = (name: string | undefined, otherwise: string): string =>
    name === undefined ? otherwise : `object-group ${name}`;
  const isPorted = groups?.service === undefined;
  const ports = (side: "sourcePorts" | "destinationPorts"): string =>
    portText(
      entries.flatMap((each) => each[side] ?? []),
      name,
    );
  const name = protocol === undefined ? "ip" : wordOf(PROTOCOL_WORDS, protocol);
  const words = [
    action,
    named(groups?.service, name),
    named(groups?.source, addressText(source)),
    isPorted ? ports("sourcePorts") : "",
    named(groups?.destination, addressText(destination)),
    isPorted ? ports("destinationPorts") : "",
    icmp === undefined || !isPorted ? "" : icmpText(icmp),
    flags === undefined ? "" : flagsText(flags),
    classText(entry.trafficClass),
    entry.laterFragments === true ? "fragments" : "",
    log ? "log" : "",
  ];
  return words.filter((word) => word !== "").join(" ");
}

function addressText({ address, wildcard }: WildcardAddress): string {
  if (wildcard === ALL_BITS) return "any";
  return wildcard === ANY_ADDRESS ? `host ${address}` : `${address} ${wildcard}`;
}

const LAST_PORT = 65_535;

/** `ranges`: any of them will do; several are of one port each. */
function portText(ranges: readonly PortRange[], protocol: string): string {
  const [range] = ranges;
  if (range === undefined) return "";
  const words = PORTS[protocol === "udp" ? "udp" : "tcp"];
  const text = (port: number): string => wordOf(words, port);
  const { first, last, negated } = range;
  const alone = new Set(ranges.map((each) => each.first));
  if (first === last) return `${negated ? "neq" : "eq"} ${[...alone].map(text).join(" ")}`;
  if (first === 0) return `lt ${text(last + 1)}`;
  return last === LAST_PORT ? `gt ${text(first - 1)}` : `range ${text(first)} ${text(last)}`;
}

function icmpText({ type, code }: NonNullable<AccessListEntrySpec["icmp"]>): string {
  const known = Object.entries(ICMP_MESSAGES).find(([, message]) => message[0] === type && message[1] === code);
  return known?.[0] ?? (code === undefined ? String(type) : `${type} ${code}`);
}

function flagsText({ set, clear, any }: TcpFlagsSpec): string {
  const { ack, rst } = TCP_FLAGS;
  if (any && set === (ack | rst) && clear === 0) return "established";
  const names = (bits: number, sign: string): string[] =>
    Object.entries(TCP_FLAGS).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [sign + name]));
  if (!any && clear === 0) return names(set, "").join(" ");
  return [any ? "match-any" : "match-all", ...names(set, "+"), ...names(clear, "-")].join(" ");
}

/** A codepoint has six bits of the octet, a precedence three, a type of service four. */
function classText(asked: AccessListEntrySpec["trafficClass"]): string {
  if (asked === undefined) return "";
  const { mask, value } = asked;
  if ((mask & 0xfc) === 0xfc && (mask & 0x02) === 0) return `dscp ${wordOf(CODEPOINTS, value >> 2)}`;
  const precedence = (mask & 0xe0) === 0 ? [] : ["precedence", wordOf(PRECEDENCES, value >> 5)];
  const service = (mask & 0x1e) === 0 ? [] : ["tos", wordOf(TYPES_OF_SERVICE, (value & 0x1e) >> 1)];
  return [...precedence, ...service].join(" ");
}
