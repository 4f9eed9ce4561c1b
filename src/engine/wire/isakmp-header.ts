/**
 * The 28 octets that open every ISAKMP message (RFC 2408 §3.1), and the numbers that stand in them. Refuses other
 * major versions than 1 and messages whose length field is not the length of the datagram. Flags and the minor
 * version that are not known are ignored.
 */

import { WireError } from "../kernel/errors.ts";
import { bytes, type Codec, struct, u8, u32 } from "./codec.ts";

export interface IsakmpHeader {
  readonly initiatorCookie: Uint8Array;
  readonly responderCookie: Uint8Array;
  readonly nextPayload: number;
  readonly version: number;
  readonly exchange: number;
  readonly flags: number;
  readonly messageId: number;
  readonly length: number;
}

export const ISAKMP_HEADER_LENGTH = 28;
export const ISAKMP_VERSION = 0x10;

/** RFC 2408 §3.1; quick mode is RFC 2409 appendix A. */
export const exchangeType = { mainMode: 2, aggressiveMode: 4, informational: 5, quickMode: 32 } as const;

export const headerFlag = { encryption: 1, commit: 2, authenticationOnly: 4 } as const;

export const isakmpHeader: Codec<IsakmpHeader> = struct("isakmp header", "RFC 2408 §3.1", {
  initiatorCookie: bytes(8),
  responderCookie: bytes(8),
  nextPayload: u8,
  version: u8,
  exchange: u8,
  flags: u8,
  messageId: u32,
  length: u32,
});

/** The header of a datagram, checked against the datagram. */
export function decodeIsakmpHeader(datagram: Uint8Array): IsakmpHeader {
  if (datagram.length < ISAKMP_HEADER_LENGTH) throw new WireError("truncated", datagram.length, isakmpHeader.name);
  const header = isakmpHeader.decode(datagram.subarray(0, ISAKMP_HEADER_LENGTH));
  if (header.version >> 4 !== ISAKMP_VERSION >> 4) throw new WireError("badVersion", 17, isakmpHeader.name);
  if (header.length !== datagram.length) throw new WireError("badLength", 24, isakmpHeader.name);
  return header;
}

export function isZeroCookie(cookie: Uint8Array): boolean {
  return cookie.every((octet) => octet === 0);
}
