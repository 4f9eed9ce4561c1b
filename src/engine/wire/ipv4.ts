/**
 * IPv4 (RFC 791 §3.1). Options are carried along as octets and never acted on; fragments are decoded as they are and
 * never put together. Addresses are unsigned 32-bit numbers here, as in the per-packet path.
 */

import { checksum, checksumHolds, foldSum } from "./checksum.ts";
import { type Codec, Reader, Writer } from "./codec.ts";
import { putU16, u16At, u32At } from "./octets.ts";

export const IPV4_HEADER_LENGTH = 20;

/** Protocol numbers (IANA) that this project meets. */
export const ipProtocol = { icmp: 1, tcp: 6, udp: 17, esp: 50 } as const;

const VERSION = 4;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

export interface Ipv4Packet {
  readonly typeOfService: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In units of eight octets. */
  readonly fragmentOffset: number;
  readonly timeToLive: number;
  readonly protocol: number;
  readonly source: number;
  readonly destination: number;
  readonly options: Uint8Array;
  readonly payload: Uint8Array;
}

/** Octets after the total length are link-layer padding and are cut off. */
export const ipv4Packet: Codec<Ipv4Packet> = {
  name: "IPv4 packet",
  source: "RFC 791 §3.1",
  read(reader) {
    const start = reader.at;
    const first = reader.u8();
    if (first >> 4 !== VERSION) reader.fail("badVersion", start);
    const headerLength = (first & 15) * 4;
    if (headerLength < IPV4_HEADER_LENGTH) reader.fail("badLength", start);
    const typeOfService = reader.u8();
    const totalLength = reader.u16();
    if (totalLength < headerLength) reader.fail("badLength", start + 2);
    const identification = reader.u16();
    const fragment = reader.u16();
    const timeToLive = reader.u8();
    const protocol = reader.u8();
    reader.u16();
    const source = reader.u32();
    const destination = reader.u32();
    const options = reader.take(headerLength - IPV4_HEADER_LENGTH);
    if (!checksumHolds(reader.bytes, start, start + headerLength)) reader.fail("badChecksum", start + 10);
    const payload = reader.take(totalLength - headerLength);
    return {
      typeOfService,
      identification,
      dontFragment: (fragment & DONT_FRAGMENT) !== 0,
      moreFragments: (fragment & MORE_FRAGMENTS) !== 0,
      fragmentOffset: fragment & OFFSET_MASK,
      timeToLive,
      protocol,
      source,
      destination,
      options,
      payload,
    };
  },
  write(writer, packet) {
    writer.put(encode(packet));
  },
  decode(bytes) {
    return ipv4Packet.read(new Reader(bytes, ipv4Packet.name));
  },
  encode,
};

function encode(packet: Ipv4Packet): Uint8Array {
  const headerLength = IPV4_HEADER_LENGTH + packet.options.length;
  const flags = (packet.dontFragment ? DONT_FRAGMENT : 0) | (packet.moreFragments ? MORE_FRAGMENTS : 0);
  const bytes = new Writer()
    .u8((VERSION << 4) | (headerLength / 4))
    .u8(packet.typeOfService)
    .u16(headerLength + packet.payload.length)
    .u16(packet.identification)
    .u16(flags | packet.fragmentOffset)
    .u8(packet.timeToLive)
    .u8(packet.protocol)
    .u16(0)
    .u32(packet.source)
    .u32(packet.destination)
    .put(packet.options)
    .put(packet.payload)
    .finish();
  putU16(bytes, 10, checksum(bytes, 0, headerLength));
  return bytes;
}

/** A packet of one piece without options. */
export function simplePacket(
  fields: Pick<Ipv4Packet, "protocol" | "source" | "destination" | "payload"> &
    Partial<Pick<Ipv4Packet, "timeToLive" | "identification" | "dontFragment">>,
): Ipv4Packet {
  return {
    typeOfService: 0,
    identification: 0,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
    timeToLive: 255,
    options: new Uint8Array(0),
    ...fields,
  };
}

/* By offset, for packets that were checked with `checkIpv4` (engine/ip). */

export function ipv4HeaderLength(packet: Uint8Array): number {
  return ((packet[0] ?? 0) & 15) * 4;
}

export function ipv4Protocol(packet: Uint8Array): number {
  return packet[9] ?? 0;
}

export function ipv4TimeToLive(packet: Uint8Array): number {
  return packet[8] ?? 0;
}

export function ipv4Source(packet: Uint8Array): number {
  return u32At(packet, 12);
}

export function ipv4Destination(packet: Uint8Array): number {
  return u32At(packet, 16);
}

export function ipv4IsFragment(packet: Uint8Array): boolean {
  return (u16At(packet, 6) & (MORE_FRAGMENTS | OFFSET_MASK)) !== 0;
}

export function ipv4MayFragment(packet: Uint8Array): boolean {
  return (u16At(packet, 6) & DONT_FRAGMENT) === 0;
}

/** Takes one from the time to live of the packet at `at` and mends the checksum (RFC 1624 §3). */
export function decrementTimeToLive(bytes: Uint8Array, at: number): void {
  bytes[at + 8] = (bytes[at + 8] ?? 0) - 1;
  // HC' = ~(~HC + ~m + m'): the word of TTL and protocol fell by 0x0100, and ~m + m' = 0xffff - 0x0100.
  const mended = foldSum((u16At(bytes, at + 10) ^ 0xffff) + 0xfeff) ^ 0xffff;
  putU16(bytes, at + 10, mended);
}
