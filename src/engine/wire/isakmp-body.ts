/**
 * The small payload bodies of ISAKMP and the IPsec DOI: identification (RFC 2407 §4.6.2), notification (RFC 2408 §3.14),
 * delete (RFC 2408 §3.15) and NAT original address (RFC 3947 §5.2). Types that are not known are kept as numbers; what
 * an identity's octets mean is decided by whoever compares it.
 */

import { Reader, Writer } from "./codec.ts";
import { DOI_IPSEC } from "./isakmp-sa.ts";

/** RFC 2407 §4.6.2.1. */
export const identificationType = {
  ipv4Address: 1,
  fqdn: 2,
  userFqdn: 3,
  ipv4Subnet: 4,
  ipv6Address: 5,
  ipv6Subnet: 6,
  ipv4Range: 7,
  ipv6Range: 8,
  derDn: 9,
  derGn: 10,
  keyId: 11,
} as const;

export interface Identification {
  readonly type: number;
  /** An IP protocol number; 0 = any. */
  readonly protocol: number;
  /** 0 = any. */
  readonly port: number;
  readonly data: Uint8Array;
}

export function readIdentification(body: Uint8Array): Identification {
  const reader = new Reader(body, "identification");
  const type = reader.u8();
  const protocol = reader.u8();
  const port = reader.u16();
  return { type, protocol, port, data: reader.rest() };
}

export function writeIdentification(value: Identification): Uint8Array {
  return new Writer().u8(value.type).u8(value.protocol).u16(value.port).put(value.data).finish();
}

/** RFC 2408 §3.14.1, RFC 2407 §4.6.3, RFC 3706 §5.2. */
export const notifyType = {
  invalidPayloadType: 1,
  invalidCookie: 4,
  invalidExchangeType: 7,
  noProposalChosen: 14,
  payloadMalformed: 16,
  invalidKeyInformation: 17,
  invalidIdInformation: 18,
  authenticationFailed: 24,
  connected: 16384,
  responderLifetime: 24576,
  replayStatus: 24577,
  initialContact: 24578,
  areYouThere: 36136,
  areYouThereAck: 36137,
} as const;

/** Below this, a notification reports an error (RFC 2408 §3.14.1). */
export const FIRST_STATUS_NOTIFY = 16384;

export interface Notification {
  readonly protocol: number;
  readonly type: number;
  readonly spi: Uint8Array;
  readonly data: Uint8Array;
}

/** A DOI of 0 (ISAKMP) is accepted as well: some peers use it for phase 1 notifications. */
export function readNotification(body: Uint8Array): Notification {
  const reader = new Reader(body, "notification");
  if (reader.u32() > DOI_IPSEC) reader.fail("badValue", 0);
  const protocol = reader.u8();
  const spiLength = reader.u8();
  const type = reader.u16();
  const spi = reader.take(spiLength);
  return { protocol, type, spi, data: reader.rest() };
}

export function writeNotification(value: Notification): Uint8Array {
  const writer = new Writer().u32(DOI_IPSEC).u8(value.protocol).u8(value.spi.length).u16(value.type);
  return writer.put(value.spi).put(value.data).finish();
}

export interface Deletion {
  readonly protocol: number;
  /** All of one length. */
  readonly spis: readonly Uint8Array[];
}

export function readDeletion(body: Uint8Array): Deletion {
  const reader = new Reader(body, "delete");
  if (reader.u32() > DOI_IPSEC) reader.fail("badValue", 0);
  const protocol = reader.u8();
  const spiLength = reader.u8();
  const count = reader.u16();
  if (spiLength === 0 || reader.remaining !== spiLength * count) reader.fail("badLength", 5);
  const spis = Array.from({ length: count }, () => reader.take(spiLength));
  return { protocol, spis };
}

export function writeDeletion(value: Deletion): Uint8Array {
  const writer = new Writer().u32(DOI_IPSEC).u8(value.protocol);
  writer.u8(value.spis[0]?.length ?? 0).u16(value.spis.length);
  for (const spi of value.spis) writer.put(spi);
  return writer.finish();
}

export interface OriginalAddress {
  readonly type: number;
  readonly data: Uint8Array;
}

/** The three octets after the type are reserved, and hold junk from some peers. */
export function readOriginalAddress(body: Uint8Array): OriginalAddress {
  const reader = new Reader(body, "NAT original address");
  const type = reader.u8();
  reader.take(3);
  return { type, data: reader.rest() };
}

export function writeOriginalAddress(value: OriginalAddress): Uint8Array {
  return new Writer().u8(value.type).u8(0).u16(0).put(value.data).finish();
}
