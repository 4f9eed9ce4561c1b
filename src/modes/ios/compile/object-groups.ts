/**
 * What object groups stand for: the addresses of a network group, the protocols and ports of a service group, with those of the
 * groups inside them. A group is looked at once, however many entries name it and however often it is inside of another.
 */

import type { AccessListEntrySpec, WildcardAddress } from "../../../engine/access-list-spec.ts";
import { ANY_WILDCARD } from "../../../engine/access-list-spec.ts";
import { ANY_ADDRESS, ipv4FromNumber, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { ConfigNode, ConfigReader, Opener } from "../../../grammar/declaration.ts";
import type { Element } from "../../../grammar/elements.ts";
import { ICMP_MESSAGES, PROTOCOL_WORDS } from "../access-words.ts";
import type { PortValues } from "../commands/access-list-rule.ts";
import * as groups from "../commands/object-group.ts";
import { portsOf } from "./port-ranges.ts";

export type Service = Pick<AccessListEntrySpec, "protocol" | "sourcePorts" | "destinationPorts" | "icmp">;

/** By name; `undefined` = there is no such group. */
export interface ObjectGroups {
  networks(name: string): readonly WildcardAddress[] | undefined;
  services(name: string): readonly Service[] | undefined;
}

export function objectGroups(config: ConfigReader): ObjectGroups {
  return {
    networks: members(config, groups.networkGroup, (node) => [
      config.under(node, groups.networkMember).flatMap(({ values }) => addressesOf(values)),
      config.under(node, groups.networkNested).map(({ values }) => values.group),
    ]),
    services: members(config, groups.serviceGroup, (node) => [
      config.under(node, groups.serviceMember).flatMap(({ values }) => servicesOf(values)),
      config.under(node, groups.serviceNested).map(({ values }) => values.group),
    ]),
  };
}

function members<Member, Form extends readonly Element[]>(
  config: ConfigReader,
  opener: Opener<Form>,
  contentOf: (node: ConfigNode<Form>) => readonly [own: readonly Member[], nested: readonly string[]],
): (name: string) => readonly Member[] | undefined {
  const nodes = new Map(config.all(opener).map((node) => [String((node.values as { name?: unknown }).name), node]));
  const known = new Map<string, readonly Member[] | undefined>();
  /** What a group holds by itself and by those inside it; what stands in `taken` adds nothing. */
  const collect = (name: string, taken: Set<string>): readonly Member[] => {
    const node = nodes.get(name);
    if (node === undefined || taken.has(name)) return [];
    taken.add(name);
    const [own, nested] = contentOf(node);
    return [...own, ...nested.flatMap((inner) => collect(inner, taken))];
  };
  return (name) => {
    if (!known.has(name)) known.set(name, nodes.has(name) ? collect(name, new Set()) : undefined);
    return known.get(name);
  };
}

type NetworkMember = Partial<{
  readonly host: string;
  readonly address: string;
  readonly mask: number;
  readonly first: string;
  readonly last: string;
}>;

function addressesOf({ host, address, mask = 32, first, last }: NetworkMember): WildcardAddress[] {
  if (host !== undefined) return [{ address: host, wildcard: ANY_ADDRESS }];
  if (address !== undefined) return [networkOf(ipv4ToNumber(address), mask)];
  return first === undefined || last === undefined ? [ANY_WILDCARD] : between(ipv4ToNumber(first), ipv4ToNumber(last));
}

function networkOf(address: number, length: number): WildcardAddress {
  const mask = maskOf(length);
  return { address: ipv4FromNumber((address & mask) >>> 0), wildcard: ipv4FromNumber(~mask >>> 0) };
}

/** The fewest networks that hold these addresses and no other. */
function between(one: number, other: number): WildcardAddress[] {
  const last = Math.max(one, other);
  const networks: WildcardAddress[] = [];
  for (let first = Math.min(one, other); first <= last; ) {
    let length = 32;
    // A network one bit larger must begin here too, and end within.
    while (length > 0 && first % 2 ** (33 - length) === 0 && first + 2 ** (33 - length) - 1 <= last) length -= 1;
    networks.push(networkOf(first, length));
    first += 2 ** (32 - length);
  }
  return networks;
}

type ServiceMember = PortValues &
  Partial<{
    readonly ported: "tcp" | "tcp-udp" | "udp";
    readonly message: keyof typeof ICMP_MESSAGES;
    readonly icmpType: number;
    readonly protocol: string;
    readonly number: number;
  }>;

const ICMP = PROTOCOL_WORDS.icmp;

function servicesOf(values: ServiceMember): Service[] {
  const { ported, message, icmpType, protocol, number } = values;
  const plain = { sourcePorts: undefined, destinationPorts: undefined, icmp: undefined };
  if (number !== undefined) return [{ ...plain, protocol: number === 0 ? undefined : number }];
  if (protocol !== undefined) return [{ ...plain, protocol: PROTOCOL_WORDS[protocol] }];
  if (ported === undefined) {
    if (message === undefined && icmpType === undefined) return [{ ...plain, protocol: ICMP }];
    const [type, code] = message === undefined ? [icmpType ?? 0, undefined] : ICMP_MESSAGES[message];
    return [{ ...plain, protocol: ICMP, icmp: { type, code } }];
  }
  const [sourcePorts] = portsOf(values, "source");
  const [destinationPorts] = portsOf(values, "destination");
  return ported.split("-").map((name) => ({ ...plain, protocol: PROTOCOL_WORDS[name], sourcePorts, destinationPorts }));
}
