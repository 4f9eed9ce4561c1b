/**
 * The chain of payloads that follows the ISAKMP header, in the clear or after decryption (RFC 2408 §3.2). Bodies stay
 * opaque here. Refuses a chain that leaves its message, a payload shorter than its own header and more payloads than
 * any real peer sends; reserved octets are ignored.
 */

import { Reader, Writer } from "./codec.ts";

/**
 * RFC 2408 §3.1; NAT-D and NAT-OA are RFC 3947 §8. Their drafts had other numbers: up to 03 private ones, from 04 on, and
 * without a number at Apple, those that the RFC left to GDOI.
 */
export const payloadType = {
  none: 0,
  sa: 1,
  proposal: 2,
  transform: 3,
  keyExchange: 4,
  identification: 5,
  certificate: 6,
  certificateRequest: 7,
  hash: 8,
  signature: 9,
  nonce: 10,
  notification: 11,
  delete: 12,
  vendorId: 13,
  laterDraftNatDetection: 15,
  laterDraftNatOriginalAddress: 16,
  natDetection: 20,
  natOriginalAddress: 21,
  draftNatDetection: 130,
  draftNatOriginalAddress: 131,
  fragment: 132,
} as const;

export interface Payload {
  readonly type: number;
  readonly body: Uint8Array;
}

/** A payload and where it stood: `at` is its generic header, `end` the octet after it. */
export interface ReceivedPayload extends Payload {
  readonly at: number;
  readonly end: number;
}

export const MAX_PAYLOADS = 64;
const GENERIC_HEADER_LENGTH = 4;

/**
 * Reads the chain that starts at `bytes[0]` with a payload of type `first`. After the last payload, `padding` of any
 * content and length is allowed in decrypted messages (RFC 2409 appendix B) and nothing in clear ones.
 */
export function readPayloads(first: number, bytes: Uint8Array, padding: boolean): ReceivedPayload[] {
  const reader = new Reader(bytes, "payload chain");
  const payloads: ReceivedPayload[] = [];
  let type = first;
  while (type !== payloadType.none) {
    if (payloads.length === MAX_PAYLOADS) reader.fail("tooMany");
    const at = reader.at;
    const next = reader.u8();
    reader.u8();
    const length = reader.u16();
    if (length < GENERIC_HEADER_LENGTH) reader.fail("badLength", at + 2);
    const body = reader.take(length - GENERIC_HEADER_LENGTH);
    payloads.push({ type, body, at, end: reader.at });
    type = next;
  }
  if (!padding) reader.end();
  return payloads;
}

/** The chain as octets; the type of the first payload belongs to whatever stands before it. */
export function writePayloads(payloads: readonly Payload[]): Uint8Array {
  const writer = new Writer();
  for (const [index, payload] of payloads.entries()) {
    writer.u8(payloads[index + 1]?.type ?? payloadType.none).u8(0);
    writer.u16(GENERIC_HEADER_LENGTH + payload.body.length).put(payload.body);
  }
  return writer.finish();
}
