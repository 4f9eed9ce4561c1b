/**
 * ICMP errors (RFC 792, RFC 1812 §4.3): what became of a packet, with the start of that packet quoted. The quote is the IP header
 * and eight octets, so an error is never larger than 96 octets and rarely larger than what caused it.
 */

import { checksum, checksumHolds } from "./checksum.ts";
import { Writer } from "./codec.ts";
import { icmpType } from "./icmp.ts";
import {
  IPV4_HEADER_LENGTH,
  ipProtocol,
  ipv4Destination,
  ipv4HeaderLength,
  ipv4Packet,
  ipv4Protocol,
  ipv4Source,
  simplePacket,
} from "./ipv4.ts";
import { putU16, u16At } from "./octets.ts";

/** The errors that a router sends and those that it understands. */
export const icmpErrorType = {
  unreachable: 3,
  sourceQuench: 4,
  redirect: 5,
  timeExceeded: 11,
  parameterProblem: 12,
} as const;

export const unreachableCode = { host: 1, port: 3, fragmentationNeeded: 4, prohibited: 13 } as const;

export interface IcmpErrorKind {
  readonly type: number;
  readonly code: number;
  /** With `fragmentationNeeded`: the largest packet that would pass (RFC 1191 §4). */
  readonly mtu?: number;
}

const ICMP_HEADER_LENGTH = 8;
const QUOTED_PAYLOAD = 8;

/**
 * The packet that tells `packet`'s sender; `undefined` where none may be sent: about an ICMP error, about a fragment other than the first,
 * or to what is no single host (RFC 1812 §4.3.2.7). `packet` passed `checkIpv4`.
 */
export function icmpErrorAbout(packet: Uint8Array, kind: IcmpErrorKind, from: number): Uint8Array | undefined {
  const sender = ipv4Source(packet);
  const isFirst = (u16At(packet, 6) & 0x1fff) === 0;
  if (!isFirst || !isSingleHost(sender) || !isSingleHost(ipv4Destination(packet)) || isIcmpError(packet))
    return undefined;
  const quoted = packet.subarray(0, Math.min(packet.length, ipv4HeaderLength(packet) + QUOTED_PAYLOAD));
  const payload = new Writer()
    .u8(kind.type)
    .u8(kind.code)
    .u16(0)
    .u16(0)
    .u16(kind.mtu ?? 0)
    .put(quoted)
    .finish();
  putU16(payload, 2, checksum(payload));
  return ipv4Packet.encode(simplePacket({ protocol: ipProtocol.icmp, source: from, destination: sender, payload }));
}

function isIcmpError(packet: Uint8Array): boolean {
  const at = ipv4HeaderLength(packet);
  if (ipv4Protocol(packet) !== ipProtocol.icmp) return false;
  const type = packet[at];
  return type === undefined || Object.values(icmpErrorType).some((error) => error === type);
}

/** Not `this network`, loopback, multicast, or broadcast (RFC 1122 §3.2.1.3). */
function isSingleHost(address: number): boolean {
  const first = address >>> 24;
  return first !== 0 && first !== 127 && first < 224;
}

/** An answer to something we sent. */
export type IcmpAnswer =
  | { readonly kind: "echoReply"; readonly identifier: number; readonly sequence: number }
  | {
      readonly kind: "error";
      readonly type: number;
      readonly code: number;
      /** Of the packet that we sent. */
      readonly protocol: number;
      readonly destination: number;
      /** The first eight octets behind its IP header. */
      readonly start: Uint8Array;
    };

/** Reads the payload of an ICMP packet; `undefined` where it is damaged or answers nothing. */
export function readIcmpAnswer(payload: Uint8Array): IcmpAnswer | undefined {
  if (payload.length < ICMP_HEADER_LENGTH || !checksumHolds(payload)) return undefined;
  const type = payload[0] ?? 0;
  const code = payload[1] ?? 0;
  if (type === icmpType.echoReply) {
    return { kind: "echoReply", identifier: u16At(payload, 4), sequence: u16At(payload, 6) };
  }
  if (type !== icmpErrorType.unreachable && type !== icmpErrorType.timeExceeded) return undefined;
  const quoted = payload.subarray(ICMP_HEADER_LENGTH);
  if (quoted.length < IPV4_HEADER_LENGTH || (quoted[0] ?? 0) >> 4 !== 4) return undefined;
  const headerLength = ipv4HeaderLength(quoted);
  if (headerLength < IPV4_HEADER_LENGTH || quoted.length < headerLength + QUOTED_PAYLOAD) return undefined;
  return {
    kind: "error",
    type,
    code,
    protocol: ipv4Protocol(quoted),
    destination: ipv4Destination(quoted),
    start: quoted.subarray(headerLength, headerLength + QUOTED_PAYLOAD),
  };
}
