/**
 * Access lists of an IOS configuration as the engine asks them.
 */

import {
  type AccessGroups,
  type AccessListEntrySpec,
  type AccessListSpec,
  ANY_WILDCARD,
  type TcpFlagsSpec,
  type WildcardAddress,
} from "../../../engine/access-list-spec.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { ICMP_MESSAGES, PROTOCOL_WORDS, TCP_FLAGS } from "../access-words.ts";
import * as lists from "../commands/access-list.ts";
import type { RuleValues } from "../commands/access-list-rule.ts";
import { ipAccessGroup } from "../commands/interface.ts";
import { type ObjectGroups, objectGroups, type Service } from "./object-groups.ts";
import { portsOf } from "./port-ranges.ts";
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
  readonly groups: ObjectGroups;
}

/** `at`: the moment for which time ranges are asked. */
export function accessLists(config: ConfigReader, warnings: Warnings, at: Date | undefined): AccessListSpec[] {
  const circumstances = { warnings, ranges: rangesAt(config, at), groups: objectGroups(config) };
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

function entriesOf(
  name: string,
  kind: Kind,
  line: Line,
  { warnings, ranges, groups }: Circumstances,
): AccessListEntrySpec[] {
  const { action, sequence = 0, timeRange } = line;
  if (action === undefined) return [];
  if (timeRange !== undefined && !ranges.has(timeRange)) {
    warnings.add(`access-list ${name}`, `entry ${sequence} never holds: there is no time-range ${timeRange}`);
  }
  const times =
    timeRange === undefined ? {} : { timeRange: { name: timeRange, active: ranges.get(timeRange) === true } };
  const tell = (why: string): void => {
    const effect = action === "deny" ? "denies whatever else it asks for" : "permits nothing";
    warnings.add(`access-list ${name}`, `entry ${sequence} ${effect}: ${why}`);
  };
  const missing = (group: string, what: string): void => tell(`there is no object-group ${what} ${group}`);
  const head = { sequence, action, ...times, ...groupNames(line) };
  if (kind === "standard") {
    return [
      { ...head, ...ANY_SERVICE, source: wildcardOf(line, "source"), destination: ANY_WILDCARD, log: isLogged(line) },
    ];
  }
  const places = (side: Side): readonly WildcardAddress[] => {
    const group = line[`${side}Group`];
    return group === undefined
      ? [wildcardOf(line, side)]
      : (groups.networks(group) ?? inPlaceOf(action, ANY_WILDCARD, () => missing(group, "network")));
  };
  const { serviceGroup } = line;
  const services =
    serviceGroup === undefined
      ? servicesOf(line)
      : (groups.services(serviceGroup) ?? inPlaceOf(action, ANY_SERVICE, () => missing(serviceGroup, "service")));
  const common = {
    ...head,
    ...flagsOf(line),
    ...trafficClassOf(line),
    ...(line.fragments === true ? { laterFragments: line.fragments } : {}),
    log: isLogged(line),
  };
  const [sources, destinations] = [places("source"), places("destination")];
  const combinations = services.length * sources.length * destinations.length;
  if (combinations > MOST_COMBINATIONS) {
    const any = { ...common, ...ANY_SERVICE, source: ANY_WILDCARD, destination: ANY_WILDCARD };
    return [
      ...inPlaceOf(action, any, () =>
        tell(`its groups make ${combinations} combinations, ${MOST_COMBINATIONS} at most`),
      ),
    ];
  }
  return services.flatMap((service) =>
    sources.flatMap((source) => destinations.map((destination) => ({ ...common, ...service, source, destination }))),
  );
}

/** Each is an entry that packets are held against, one after the other. */
const MOST_COMBINATIONS = 65_536;

type Side = "source" | "destination";

const ANY_SERVICE: Service = {
  protocol: undefined,
  sourcePorts: undefined,
  destinationPorts: undefined,
  icmp: undefined,
};

/** What an entry takes for a group that is not there: nothing passes for want of one. */
function inPlaceOf<Part>(action: "permit" | "deny", any: Part, tell: () => void): readonly Part[] {
  tell();
  return action === "deny" ? [any] : [];
}

function groupNames({ serviceGroup, sourceGroup, destinationGroup }: Line): Pick<AccessListEntrySpec, "groups"> {
  if (serviceGroup === undefined && sourceGroup === undefined && destinationGroup === undefined) return {};
  return { groups: { service: serviceGroup, source: sourceGroup, destination: destinationGroup } };
}

function isLogged({ logging }: Line): boolean {
  return logging !== undefined;
}

/** Several ports behind `eq` are an entry each, of one number. */
function servicesOf(line: Line): Service[] {
  const destinations = portsOf(line, "destination");
  const common = { protocol: protocolOf(line), icmp: icmpOf(line) };
  return portsOf(line, "source").flatMap((sourcePorts) =>
    destinations.map((destinationPorts) => ({ ...common, sourcePorts, destinationPorts })),
  );
}

/** `0` by number is every protocol, as `ip` is. */
function protocolOf({ protocol, number }: Line): number | undefined {
  if (protocol !== undefined) return PROTOCOL_WORDS[protocol];
  return number === 0 ? undefined : number;
}

function wildcardOf(line: Line, side: Side): WildcardAddress {
  const host = line[`${side}Host`];
  const one = host ?? line[`${side}Address`];
  if (line[`${side}Any`] !== undefined || one === undefined) return ANY_WILDCARD;
  return { address: one, wildcard: host === undefined ? (line[`${side}Wildcard`] ?? ANY_ADDRESS) : ANY_ADDRESS };
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
