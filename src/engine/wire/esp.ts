/**
 * ESP (RFC 4303 §2): SPI and sequence number in front, padding, pad length and next header at the end of what is
 * encrypted. Extended sequence numbers are not supported, as IKEv1 peers of this kind do not offer them.
 */

import { type Codec, struct, u32 } from "./codec.ts";
import { putU32, u32At } from "./octets.ts";

export const ESP_HEADER_LENGTH = 8;

/** Pad length and next header. */
export const ESP_TRAILER_LENGTH = 2;

/** A dummy packet: to be thrown away without a word (RFC 4303 §2.6). */
export const NO_NEXT_HEADER = 59;

export interface EspHeader {
  readonly spi: number;
  readonly sequence: number;
}

export const espHeader: Codec<EspHeader> = struct("ESP header", "RFC 4303 §2", { spi: u32, sequence: u32 });

export function espSpi(packet: Uint8Array): number {
  return u32At(packet, 0);
}

export function espSequence(packet: Uint8Array): number {
  return u32At(packet, 4);
}

export function putEspHeader(packet: Uint8Array, spi: number, sequence: number): void {
  putU32(packet, 0, spi);
  putU32(packet, 4, sequence);
}

/** Octets that padding and trailer add to a payload so that it fills whole blocks (RFC 4303 §2.4). */
export function espTrailerLength(payloadLength: number, alignment: number): number {
  const used = (payloadLength + ESP_TRAILER_LENGTH) % alignment;
  return ESP_TRAILER_LENGTH + (used === 0 ? 0 : alignment - used);
}

/** Writes padding 1, 2, 3, …, pad length and next header. `length` is what `espTrailerLength` said. */
export function putEspTrailer(bytes: Uint8Array, at: number, length: number, nextHeader: number): void {
  const padding = length - ESP_TRAILER_LENGTH;
  for (let i = 1; i <= padding; i += 1) bytes[at + i - 1] = i;
  bytes[at + padding] = padding;
  bytes[at + padding + 1] = nextHeader;
}

/** The payload's length in a decrypted packet, `undefined` when the padding is not 1, 2, 3, … (RFC 4303 §2.4). */
export function espPayloadLength(plain: Uint8Array): number | undefined {
  const padding = plain[plain.length - ESP_TRAILER_LENGTH] ?? 0;
  const length = plain.length - ESP_TRAILER_LENGTH - padding;
  if (length < 0) return undefined;
  for (let i = 1; i <= padding; i += 1) if (plain[length + i - 1] !== i) return undefined;
  return length;
}

export function espNextHeader(plain: Uint8Array): number {
  return plain[plain.length - 1] ?? 0;
}
