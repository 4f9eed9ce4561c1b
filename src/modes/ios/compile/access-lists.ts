/**
 * Access lists of an IOS configuration as the engine asks them.
 */

import {
  type AccessGroups,
  type AccessListEntrySpec,
  type AccessListSpec,
  ANY_WILDCARD,
  type PortRange,
  type TcpFlagsSpec,
  type WildcardAddress,
} from "../../../engine/access-list-spec.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { ICMP_MESSAGES, PROTOCOL_WORDS, TCP_FLAGS } from "../access-words.ts";
import * as lists from "../commands/access-list.ts";
import type { RuleValues } from "../commands/access-list-rule.ts";
import { ipAccessGroup } from "../commands/interface.ts";
import { rangesAt } from "./time-ranges.ts";
import type { Warnings } from "./warnings.ts";

type Kind = AccessListSpec["kind"];
interface Line extends RuleValues {
  readonly sequence?: number | undefined;
}

interface Circumstances {
  readonly warnings: Warnings;
  /** Which time ranges there are, and whether they hold now. */
  readonly ranges: ReadonlyMap<string, boolean>;
}

/** `at`: the moment for which time ranges are asked. */
export function accessLists(config: ConfigReader, warnings: Warnings, at: Date | undefined): AccessListSpec[] {
  const circumstances = { warnings, ranges: rangesAt(config, at) };
  const standard = config.all(lists.standardNamed).map((node) => {
    return listOf(node.values.name, "standard", config.under(node, lists.standardEntry), circumstances);
  });
  const extended = config.all(lists.extendedNamed).map((node) => {
    return listOf(node.values.name, "extended", config.under(node, lists.extendedEntry), circumstances);
  });
  return [...standard, ...extended];
}

function listOf(
  name: string,
  kind: Kind,
  nodes: readonly { readonly values: Line }[],
  circumstances: Circumstances,
): AccessListSpec {
  const lines = nodes.map(({ values }) => values).sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return { name, kind, entries: lines.flatMap((line) => entriesOf(name, kind, line, circumstances)) };
}

function entriesOf(name: string, kind: Kind, line: Line, { warnings, ranges }: Circumstances): AccessListEntrySpec[] {
  const { action, sequence = 0, timeRange } = line;
  if (action === undefined) return [];
  if (timeRange !== undefined && !ranges.has(timeRange)) {
    warnings.add(`access-list ${name}`, `entry ${sequence} never holds: there is no time-range ${timeRange}`);
  }
  const times =
    timeRange === undefined ? {} : { timeRange: { name: timeRange, active: ranges.get(timeRange) === true } };
  return entriesOfLine(line, kind, { sequence, action, ...times });
}

/** Several ports behind `eq` are an entry each, of one number. */
function entriesOfLine(
  line: Line,
  kind: Kind,
  head: Pick<AccessListEntrySpec, "sequence" | "action" | "timeRange">,
): AccessListEntrySpec[] {
  const sources = portsOf(line, "source");
  const destinations = portsOf(line, "destination");
  const common = {
    ...head,
    protocol: kind === "standard" ? undefined : protocolOf(line),
    source: wildcardOf(line.sourceAny, line.sourceHost, line.sourceAddress, line.sourceWildcard),
    destination:
      kind === "standard"
        ? ANY_WILDCARD
        : wildcardOf(line.destinationAny, line.destinationHost, line.destinationAddress, line.destinationWildcard),
    icmp: icmpOf(line),
    ...flagsOf(line),
    ...trafficClassOf(line),
    ...(line.fragments === true ? { laterFragments: line.fragments } : {}),
    log: line.logging !== undefined,
  };
  return sources.flatMap((sourcePorts) =>
    destinations.map((destinationPorts) => ({ ...common, sourcePorts, destinationPorts })),
  );
}

/** `0` by number is every protocol, as `ip` is. */
function protocolOf({ protocol, number }: Line): number | undefined {
  if (protocol !== undefined) return PROTOCOL_WORDS[protocol];
  return number === 0 ? undefined : number;
}

function wildcardOf(
  any: "any" | undefined,
  host: string | undefined,
  address: string | undefined,
  wildcard: string | undefined,
): WildcardAddress {
  const one = host ?? address;
  if (any !== undefined || one === undefined) return ANY_WILDCARD;
  return { address: one, wildcard: host === undefined ? (wildcard ?? ANY_ADDRESS) : ANY_ADDRESS };
}

const LAST_PORT = 65_535;

/** The ranges that the line allows, any of which will do; `undefined` = every port. */
function portsOf(line: Line, side: "source" | "destination"): readonly (PortRange | undefined)[] {
  const equal = line[`${side}Equal` as const];
  const unequal = line[`${side}Unequal` as const];
  const above = line[`${side}Above` as const];
  const below = line[`${side}Below` as const];
  const first = line[`${side}First` as const];
  const last = line[`${side}Last` as const];
  const range = (from: number, to: number): PortRange => ({ first: from, last: to, negated: false });
  if (equal !== undefined) return equal.map((port) => range(port, port));
  if (unequal !== undefined) return [{ first: unequal, last: unequal, negated: true }];
  if (above !== undefined) return [range(above + 1, LAST_PORT)];
  if (below !== undefined) return [range(0, below - 1)];
  if (first === undefined || last === undefined) return [undefined];
  return [range(Math.min(first, last), Math.max(first, last))];
}

function icmpOf({ message, icmpType, icmpCode }: Line): AccessListEntrySpec["icmp"] {
  if (message !== undefined) {
    const [type, code] = ICMP_MESSAGES[message];
    return { type, code };
  }
  return icmpType === undefined ? undefined : { type: icmpType, code: icmpCode };
}

const ESTABLISHED: TcpFlagsSpec = { set: TCP_FLAGS.ack | TCP_FLAGS.rst, clear: 0, any: true };

/** Flags without a sign must all be set. */
function flagsOf({ established, bits, signs, flagsMatch }: Line): Pick<AccessListEntrySpec, "flags"> {
  if (established === true) return { flags: ESTABLISHED };
  const set = bits ?? signs?.flatMap((sign) => (sign.startsWith("+") ? [sign.slice(1)] : []));
  if (set === undefined) return {};
  const clear = (signs ?? []).flatMap((sign) => (sign.startsWith("-") ? [sign.slice(1)] : []));
  return { flags: { set: bitsOf(set), clear: bitsOf(clear), any: flagsMatch === "match-any" } };
}

function bitsOf(names: readonly string[]): number {
  return names.reduce((bits, name) => bits | TCP_FLAGS[name as keyof typeof TCP_FLAGS], 0);
}

/** Precedence and type of service share the octet with the codepoint, which has its upper six bits (RFC 2474 §3). */
function trafficClassOf({ precedence, tos, dscp }: Line): Pick<AccessListEntrySpec, "trafficClass"> {
  const parts = [
    precedence === undefined ? undefined : { mask: 0xe0, value: precedence << 5 },
    tos === undefined ? undefined : { mask: 0x1e, value: tos << 1 },
    dscp === undefined ? undefined : { mask: 0xfc, value: dscp << 2 },
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return {};
  const sum = parts.reduce((all, { mask, value }) => ({ mask: all.mask | mask, value: all.value | value }));
  return { trafficClass: sum };
}

/** The lists that stand on an interface or a virtual template. */
export function accessGroupsOf(config: ConfigReader, node: ConfigNode): { readonly accessGroups?: AccessGroups } {
  const groups = config.under(node, ipAccessGroup).map(({ values }) => [values.direction, values.list] as const);
  return groups.length === 0 ? {} : { accessGroups: Object.fromEntries(groups) };
}
