/**
 * One direction of an ESP SA as a calculation: payload to packet and back (RFC 4303 §3.3, §3.4), with AES-CBC (RFC
 * 3602), 3DES and DES-CBC (RFC 2451, 2405), NULL (RFC 2410) and HMAC-MD5-96, HMAC-SHA-1-96, HMAC-SHA-256-128 (RFC 2403,
 * 2404, 4868). It knows nothing of sequence windows, lifetimes or who the peer is.
 */

import type { EspKeys } from "../forwarding.ts";
import { Bug } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { EspCipher, EspIntegrity } from "../spec.ts";
import {
  ESP_HEADER_LENGTH,
  ESP_TRAILER_LENGTH,
  espNextHeader,
  espPayloadLength,
  espTrailerLength,
  putEspHeader,
  putEspTrailer,
} from "../wire/esp.ts";
import { equalBytes } from "./constant-time.ts";
import { blockLengths, type CryptoSuite, type Decrypt, type Encrypt, type Mac } from "./suite.ts";

/** How much larger than its payload a packet is; all in octets. */
export interface EspOverhead {
  readonly ivLength: number;
  /** Payload, padding and trailer together are a multiple of this. */
  readonly alignment: number;
  readonly icvLength: number;
}

const icvLengths: Readonly<Record<EspIntegrity, number>> = { md5: 12, sha1: 12, sha256: 16 };

/** RFC 4303 §2.4: even without a cipher the trailer ends on a 4-octet boundary. */
const LEAST_ALIGNMENT = 4;

export function espOverhead(cipher: EspCipher, integrity: EspIntegrity | undefined): EspOverhead {
  return {
    ivLength: cipher === "null" ? 0 : blockLengths[cipher],
    alignment: cipher === "null" ? LEAST_ALIGNMENT : blockLengths[cipher],
    icvLength: integrity === undefined ? 0 : icvLengths[integrity],
  };
}

/** Where a payload starts in the buffer that is given to `seal`: room for the longest initialisation vector. */
export const SEAL_HEADROOM = 16;
/** Room behind the payload: the longest padding and the trailer. */
export const SEAL_TAILROOM = 15 + ESP_TRAILER_LENGTH;

export interface EspSealer {
  readonly overhead: EspOverhead;
  /**
   * `frame` holds `length` octets of payload from `SEAL_HEADROOM` on, and `SEAL_TAILROOM` more behind them. The room is
   * overwritten. The packet is the caller's own.
   */
  seal(frame: Uint8Array, length: number, sequence: number, nextHeader: number): Uint8Array;
}

/** `short` and `alignment`: not what this SA can have sent; `padding`: authentic, but not RFC 4303 §2.4. */
export type OpenFailure = "short" | "alignment" | "authentication" | "padding";

type Opened =
  | { readonly ok: true; readonly payload: Uint8Array; readonly nextHeader: number }
  | { readonly ok: false; readonly reason: OpenFailure };

export interface EspOpener {
  readonly overhead: EspOverhead;
  /** Nothing is decrypted before the ICV was found right. The payload of the NULL cipher is a view of the packet. */
  open(packet: Uint8Array): Opened;
}

const failures: Readonly<Record<OpenFailure, Opened>> = {
  short: { ok: false, reason: "short" },
  alignment: { ok: false, reason: "alignment" },
  authentication: { ok: false, reason: "authentication" },
  padding: { ok: false, reason: "padding" },
};

export function espSealer(suite: CryptoSuite, spi: number, keys: EspKeys, random: Random): EspSealer {
  const overhead = checkedOverhead(keys);
  const { ivLength, alignment, icvLength } = overhead;
  const encrypt: Encrypt = keys.cipher === "null" ? (plain) => plain : suite.encryptor(keys.cipher, keys.encryptionKey);
  const mac = macOf(suite, keys);
  return {
    overhead,
    seal(frame, length, sequence, nextHeader) {
      const trailer = espTrailerLength(length, alignment);
      putEspTrailer(frame, SEAL_HEADROOM + length, trailer, nextHeader);
      const start = SEAL_HEADROOM - ivLength;
      if (ivLength > 0) frame.set(random.bytes(ivLength), start);
      const body = encrypt(frame.subarray(start, SEAL_HEADROOM + length + trailer));
      const bodyEnd = ESP_HEADER_LENGTH + body.length;
      // Every octet is written below, so the octets need not be cleared first.
      const packet = Buffer.allocUnsafe(bodyEnd + icvLength);
      putEspHeader(packet, spi, sequence);
      packet.set(body, ESP_HEADER_LENGTH);
      if (mac !== undefined) packet.set(mac(packet.subarray(0, bodyEnd)).subarray(0, icvLength), bodyEnd);
      return packet;
    },
  };
}

export function espOpener(suite: CryptoSuite, keys: EspKeys): EspOpener {
  const overhead = checkedOverhead(keys);
  const { ivLength, alignment, icvLength } = overhead;
  const decrypt: Decrypt = keys.cipher === "null" ? (plain) => plain : suite.decryptor(keys.cipher, keys.encryptionKey);
  const mac = macOf(suite, keys);
  const least = ESP_HEADER_LENGTH + ivLength + alignment + icvLength;
  return {
    overhead,
    open(packet) {
      if (packet.length < least) return failures.short;
      const end = packet.length - icvLength;
      // A cipher stream that was fed part of a block would never find back into step.
      if ((end - ESP_HEADER_LENGTH) % alignment !== 0) return failures.alignment;
      if (mac !== undefined) {
        const expected = mac(packet.subarray(0, end)).subarray(0, icvLength);
        if (!equalBytes(expected, packet.subarray(end))) return failures.authentication;
      }
      const plain = decrypt(packet.subarray(ESP_HEADER_LENGTH, end));
      const length = espPayloadLength(plain);
      if (length === undefined) return failures.padding;
      // Not a Buffer, whose `slice` would not copy.
      const payload = new Uint8Array(plain.buffer, plain.byteOffset, length);
      return { ok: true, payload, nextHeader: espNextHeader(plain) };
    },
  };
}

function checkedOverhead(keys: EspKeys): EspOverhead {
  if (keys.cipher === "null" && keys.integrity === undefined) {
    throw new Bug("ESP with neither cipher nor integrity (RFC 4303 §3.2 forbids it)");
  }
  return espOverhead(keys.cipher, keys.integrity);
}

function macOf(suite: CryptoSuite, keys: EspKeys): Mac | undefined {
  return keys.integrity === undefined ? undefined : suite.mac(keys.integrity, keys.integrityKey);
}
