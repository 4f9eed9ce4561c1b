/**
 * What shares the NAT-T port (RFC 3948 §2): ESP, IKE behind a marker of four zero octets, and keepalives of one octet.
 * An ESP packet cannot be mistaken for IKE, because an SPI is never zero (RFC 4303 §2.1).
 */

import { u32At } from "./octets.ts";

export const NAT_TRAVERSAL_PORT = 4500;

export const NON_ESP_MARKER_LENGTH = 4;
export const NON_IKE_MARKER_LENGTH = 8;

const KEEPALIVE = 0xff;

export type UdpEncapsulated = "ike" | "esp" | "keepalive" | "malformed";

/** What a datagram of the NAT-T port carries. Too short for an SPI or nothing behind the marker = `malformed`. */
export function classifyUdpEncapsulated(bytes: Uint8Array): UdpEncapsulated {
  if (bytes.length === 1 && bytes[0] === KEEPALIVE) return "keepalive";
  if (bytes.length <= NON_ESP_MARKER_LENGTH) return "malformed";
  return u32At(bytes, 0) === 0 ? "ike" : "esp";
}

/** An IKE message as it travels on the NAT-T port. */
export function withNonEspMarker(message: Uint8Array): Uint8Array {
  return behindZeros(NON_ESP_MARKER_LENGTH, message);
}

/** ESP on port 500, where an initiator's cookie would stand otherwise (drafts 00 and 01 of UDP encapsulation). */
export function withNonIkeMarker(packet: Uint8Array): Uint8Array {
  return behindZeros(NON_IKE_MARKER_LENGTH, packet);
}

export function hasNonIkeMarker(bytes: Uint8Array): boolean {
  if (bytes.length <= NON_IKE_MARKER_LENGTH) return false;
  for (let at = 0; at < NON_IKE_MARKER_LENGTH; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

function behindZeros(count: number, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(count + message.length);
  bytes.set(message, count);
  return bytes;
}
