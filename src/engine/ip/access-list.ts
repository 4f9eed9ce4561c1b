/**
 * Access lists as packets meet them: entries tried in order, the first that matches decides, and behind the last one everything is denied.
 * A later fragment has no ports: entries that permit by port let it pass, entries that deny by port are skipped for it, as on the boxes.
 * Nothing is allocated per packet.
 */

import type { AccessListEntrySpec, AccessListSpec, PortRange, TcpFlagsSpec } from "../access-list-spec.ts";
import { type Address, type Endpoint, ipv4ToNumber } from "../kernel/address.ts";
import { ipProtocol, ipv4Destination, ipv4HeaderLength, ipv4Protocol, ipv4Source } from "../wire/ipv4.ts";
import { u16At } from "../wire/octets.ts";

/** What an entry compares; addresses are numbers, and a field of no meaning here is `NONE`. */
interface Fields {
  protocol: number;
  source: number;
  destination: number;
  sourcePort: number;
  destinationPort: number;
  icmpType: number;
  icmpCode: number;
  tcpFlags: number;
  trafficClass: number;
  /** The packet's transport header is in another fragment. */
  withoutPorts: boolean;
}

const NONE = -1;
const ANY = -1;

interface Entry {
  readonly spec: AccessListEntrySpec;
  readonly permits: boolean;
  readonly protocol: number;
  readonly source: number;
  readonly sourceMask: number;
  readonly destination: number;
  readonly destinationMask: number;
  readonly looksBehindIp: boolean;
  active: boolean;
  matches: number;
}

export class AccessList {
  readonly name: string;
  readonly #entries: readonly Entry[];
  readonly #fields: Fields = {
    protocol: 0,
    source: 0,
    destination: 0,
    sourcePort: NONE,
    destinationPort: NONE,
    icmpType: NONE,
    icmpCode: NONE,
    tcpFlags: NONE,
    trafficClass: NONE,
    withoutPorts: false,
  };

  constructor(spec: AccessListSpec) {
    this.name = spec.name;
    this.#entries = spec.entries.map(compiled);
  }

  /** Packets that each entry has decided, in the order of the entries. */
  get matches(): readonly number[] {
    return this.#entries.map((entry) => entry.matches);
  }

  /** The same entries at another time of day. */
  atTime(spec: AccessListSpec): void {
    for (const [index, entry] of this.#entries.entries()) {
      const now = spec.entries[index];
      entry.active = now !== undefined && isActive(now);
    }
  }

  clear(): void {
    for (const entry of this.#entries) entry.matches = 0;
  }

  /** The entry that decides for a packet that passed `checkIpv4`; `undefined` = none matched: it is denied. */
  decide(packet: Uint8Array): AccessListEntrySpec | undefined {
    const fields = this.#fields;
    const at = ipv4HeaderLength(packet);
    const { length } = packet;
    fields.protocol = ipv4Protocol(packet);
    fields.source = ipv4Source(packet);
    fields.destination = ipv4Destination(packet);
    fields.withoutPorts = (u16At(packet, 6) & 0x1fff) !== 0;
    const { protocol } = fields;
    const hasPorts =
      !fields.withoutPorts && (protocol === ipProtocol.tcp || protocol === ipProtocol.udp) && length >= at + 4;
    fields.sourcePort = hasPorts ? u16At(packet, at) : NONE;
    fields.destinationPort = hasPorts ? u16At(packet, at + 2) : NONE;
    const isIcmp = !fields.withoutPorts && protocol === ipProtocol.icmp && length >= at + 2;
    fields.icmpType = isIcmp ? (packet[at] ?? NONE) : NONE;
    fields.icmpCode = isIcmp ? (packet[at + 1] ?? NONE) : NONE;
    fields.tcpFlags = hasPorts && protocol === ipProtocol.tcp && length >= at + 14 ? (packet[at + 13] ?? NONE) : NONE;
    fields.trafficClass = packet[1] ?? NONE;
    return this.#first(fields);
  }

  /** The entry that decides for UDP or TCP between two ends. Addresses are numbers; -1 = a port that is not known. */
  decideBetween(
    protocol: number,
    source: number,
    sourcePort: number,
    destination: number,
    destinationPort: number,
  ): AccessListEntrySpec | undefined {
    const fields = this.#fields;
    fields.protocol = protocol;
    fields.source = source;
    fields.destination = destination;
    fields.sourcePort = sourcePort;
    fields.destinationPort = destinationPort;
    fields.icmpType = NONE;
    fields.icmpCode = NONE;
    fields.tcpFlags = NONE;
    fields.trafficClass = NONE;
    fields.withoutPorts = false;
    return this.#first(fields);
  }

  #first(fields: Fields): AccessListEntrySpec | undefined {
    for (const entry of this.#entries) {
      if (!matches(entry, fields)) continue;
      entry.matches += 1;
      return entry.spec;
    }
    return undefined;
  }
}

function compiled(spec: AccessListEntrySpec): Entry {
  const sourceMask = ~ipv4ToNumber(spec.source.wildcard) >>> 0;
  const destinationMask = ~ipv4ToNumber(spec.destination.wildcard) >>> 0;
  return {
    spec,
    permits: spec.action === "permit",
    protocol: spec.protocol ?? ANY,
    source: (ipv4ToNumber(spec.source.address) & sourceMask) >>> 0,
    sourceMask,
    destination: (ipv4ToNumber(spec.destination.address) & destinationMask) >>> 0,
    destinationMask,
    looksBehindIp:
      spec.sourcePorts !== undefined ||
      spec.destinationPorts !== undefined ||
      spec.icmp !== undefined ||
      spec.flags !== undefined,
    active: isActive(spec),
    matches: 0,
  };
}

function isActive({ timeRange }: AccessListEntrySpec): boolean {
  return timeRange?.active !== false;
}

function matches(entry: Entry, fields: Fields): boolean {
  if (!entry.active) return false;
  if (entry.protocol !== ANY && entry.protocol !== fields.protocol) return false;
  if ((fields.source & entry.sourceMask) >>> 0 !== entry.source) return false;
  if ((fields.destination & entry.destinationMask) >>> 0 !== entry.destination) return false;
  const { sourcePorts, destinationPorts, icmp, flags, trafficClass, laterFragments } = entry.spec;
  if (trafficClass !== undefined && !hasClass(trafficClass, fields.trafficClass)) return false;
  if (laterFragments === true && !fields.withoutPorts) return false;
  if (!entry.looksBehindIp) return true;
  if (fields.withoutPorts) return entry.permits;
  if (flags !== undefined && !hasFlags(flags, fields.tcpFlags)) return false;
  if (icmp !== undefined && (icmp.type !== fields.icmpType || (icmp.code ?? fields.icmpCode) !== fields.icmpCode))
    return false;
  return portMatches(sourcePorts, fields.sourcePort) && portMatches(destinationPorts, fields.destinationPort);
}

function hasClass({ mask, value }: { readonly mask: number; readonly value: number }, octet: number): boolean {
  return octet !== NONE && (octet & mask) === value;
}

function hasFlags({ set, clear, any }: TcpFlagsSpec, flags: number): boolean {
  if (flags === NONE) return false;
  if (any) return (flags & set) !== 0 || (~flags & clear) !== 0;
  return (flags & set) === set && (flags & clear) === 0;
}

function portMatches(range: PortRange | undefined, port: number): boolean {
  if (range === undefined) return true;
  if (port === NONE) return false;
  return (port >= range.first && port <= range.last) !== range.negated;
}

/** What a list says, whatever the time of day. */
function textOf(spec: AccessListSpec): string {
  return JSON.stringify(spec, (name, value: unknown) => (name === "active" ? undefined : value));
}

/** The lists of a chassis by name; a list that did not change keeps its counts. */
export class AccessLists {
  readonly #lists = new Map<string, { readonly text: string; readonly list: AccessList }>();

  configure(specs: readonly AccessListSpec[]): void {
    const before = new Map(this.#lists);
    this.#lists.clear();
    for (const spec of specs) {
      const text = textOf(spec);
      const known = before.get(spec.name);
      this.#lists.set(spec.name, known?.text === text ? known : { text, list: new AccessList(spec) });
      if (known?.text === text) known.list.atTime(spec);
    }
  }

  /** Whether a list permits UDP between two ends; one that does not exist permits everything, as on the boxes. */
  permitUdp(name: string, from: Endpoint, to: Endpoint): boolean {
    const list = this.get(name);
    if (list === undefined) return true;
    const entry = list.decideBetween(
      ipProtocol.udp,
      ipv4ToNumber(from.address),
      from.port,
      ipv4ToNumber(to.address),
      to.port,
    );
    return entry?.action === "permit";
  }

  /** Whether a list lets a host in, whatever it comes for; one that does not exist lets everybody in. */
  admits(name: string, from: Address): boolean {
    const list = this.get(name);
    return (
      list === undefined || list.decideBetween(ipProtocol.tcp, ipv4ToNumber(from), NONE, 0, NONE)?.action === "permit"
    );
  }

  get(name: string): AccessList | undefined {
    return this.#lists.get(name)?.list;
  }

  clear(name: string | undefined): void {
    for (const { list } of this.#lists.values()) if (name === undefined || list.name === name) list.clear();
  }
}
