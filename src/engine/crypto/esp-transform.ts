/**
 * One direction of an ESP SA as a calculation: payload to packet and back (RFC 4303 §3.3, §3.4), with AES-CBC (RFC
 * 3602), 3DES and DES-CBC (RFC 2451, 2405), NULL (RFC 2410) and HMAC-MD5-96, HMAC-SHA-1-96, HMAC-SHA-2 (RFC 2403, 2404,
 * 4868), or with AES-GCM (RFC 4106). It knows nothing of sequence windows, lifetimes or who the peer is.
 */

import type { EspKeys } from "../forwarding.ts";
import { Bug } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { EspCipher, EspIntegrity, EspProposalSpec } from "../spec.ts";
import {
  ESP_HEADER_LENGTH,
  ESP_TRAILER_LENGTH,
  espNextHeader,
  espPayloadLength,
  espTrailerLength,
  putEspHeader,
  putEspTrailer,
} from "../wire/esp.ts";
import { copyOctets, putU32 } from "../wire/octets.ts";
import { type MacsAhead, macsAheadOf, PlainAhead, type SealLanes, sealLanes } from "./esp-lanes.ts";
import { ownRoom, type PacketRoom } from "./packet-room.ts";
import { blockLengths, type CryptoSuite, type Decrypt, type Encrypt, type Mac, type MacKey } from "./suite.ts";

/** How much larger than its payload a packet is; all in octets. */
export interface EspOverhead {
  readonly ivLength: number;
  /** Payload, padding and trailer together are a multiple of this. */
  readonly alignment: number;
  readonly icvLength: number;
}

const icvLengths: Readonly<Record<EspIntegrity, number>> = { md5: 12, sha1: 12, sha256: 16, sha384: 24, sha512: 32 };
const ivLengths: Readonly<Record<EspCipher, number>> = { null: 0, ...blockLengths, "aes-gcm": 8 };
const GCM_TAG_LENGTH = 16;
const GCM_SALT_LENGTH = 4;
const GCM_NONCE_LENGTH = 12;

/** RFC 4303 §2.4: even where the cipher has no blocks the trailer ends on a 4-octet boundary. */
const LEAST_ALIGNMENT = 4;

/** What an SA's algorithms are: of a proposal, or of keys. */
export type EspAlgorithms = Pick<EspProposalSpec, "cipher" | "integrity"> & { readonly icvOctets?: number };

export function espOverhead({ cipher, integrity, icvOctets }: EspAlgorithms): EspOverhead {
  const combined = cipher === "aes-gcm";
  const own = combined ? GCM_TAG_LENGTH : integrity === undefined ? 0 : icvLengths[integrity];
  return {
    ivLength: ivLengths[cipher],
    alignment: combined || cipher === "null" ? LEAST_ALIGNMENT : blockLengths[cipher],
    icvLength: icvOctets ?? own,
  };
}

export function authenticates({ cipher, integrity }: EspAlgorithms): boolean {
  return cipher === "aes-gcm" || integrity !== undefined;
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
  /** From now on the ICV of SHA-256 is cut as the peer cuts it. */
  truncate(short: boolean): void;
  /** Absent = several packets at once take as long as one after the other. */
  readonly lanes?: SealLanes | undefined;
}

/** `short` and `alignment`: not what this SA can have sent; `padding`: authentic, but not RFC 4303 §2.4. */
export type OpenFailure = "short" | "alignment" | "authentication" | "padding";

type Opened = OpenedPacket | { readonly ok: false; readonly reason: OpenFailure };

/** The payload is `from…to` of `octets`, which are the packet's own: a view for those who need one costs more than reading by offset. */
class OpenedPacket {
  readonly ok = true;
  octets: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;

  get nextHeader(): number {
    return espNextHeader(this.octets);
  }

  get payload(): Uint8Array {
    // Not a Buffer, whose `slice` would not copy.
    return new Uint8Array(this.octets.buffer, this.octets.byteOffset + this.from, this.to - this.from);
  }
}

export interface EspOpener {
  readonly overhead: EspOverhead;
  /**
   * Nothing that was decrypted is given out before the ICV was found right. The payload's octets are in the opener's room; where they are said to be is good until
   * the next call. `foreseen` = it may have been: who gives other octets the same view says that it was not.
   */
  open(packet: Uint8Array, foreseen?: boolean): Opened;
  /**
   * Whether the peer has proved that it cuts SHA-256 to 96 bits, as the first draft of RFC 4868 had it (Android up to 7);
   * `undefined` where that is not in question or not known yet.
   */
  readonly truncated: boolean | undefined;
  /**
   * `packet` is about to be given to `open`, among others, and stays as it is until then: their ICVs are computed together. Changes
   * nothing but the time that it takes. Absent = not even that.
   */
  readonly foresee?: ((packet: Uint8Array) => void) | undefined;
}

/** What that draft left of SHA-256. */
const SHORT_SHA256 = 12;

/** An ICV whose length is not agreed on beyond doubt: with CBC the length of a packet tells which of the two it has. */
function mayBeShort({ cipher, integrity, icvOctets }: EspKeys): boolean {
  return integrity === "sha256" && icvOctets === undefined && cipher !== "null";
}

const failures: Readonly<Record<OpenFailure, Opened>> = {
  short: { ok: false, reason: "short" },
  alignment: { ok: false, reason: "alignment" },
  authentication: { ok: false, reason: "authentication" },
  padding: { ok: false, reason: "padding" },
};

/** Keys stay as they are until the last packet. Packets are made in `room`; absent = they are the caller's own. */
export function espSealer(
  suite: CryptoSuite,
  spi: number,
  keys: EspKeys,
  random: Random,
  room: PacketRoom = ownRoom,
): EspSealer {
  const { cipher } = keys;
  if (cipher === "aes-gcm") return gcmSealer(suite, spi, keys, room);
  const overhead = checkedOverhead(keys);
  const { ivLength, alignment } = overhead;
  let { icvLength } = overhead;
  const encrypt = encryptOf(suite, keys);
  const mac = macOf(suite, keys);
  const bodyEndOf = (length: number): number =>
    ESP_HEADER_LENGTH + ivLength + length + espTrailerLength(length, alignment);
  return {
    overhead,
    lanes: sealLanes(suite, keys, {
      bodyEnd: bodyEndOf,
      compose(frame, length, sequence, nextHeader) {
        const trailer = espTrailerLength(length, alignment);
        putEspTrailer(frame, SEAL_HEADROOM + length, trailer, nextHeader);
        const packet = room.make(bodyEndOf(length) + icvLength);
        putEspHeader(packet, spi, sequence);
        draw(random, packet, ESP_HEADER_LENGTH, ivLength);
        copyOctets(frame, SEAL_HEADROOM, SEAL_HEADROOM + length + trailer, packet, ESP_HEADER_LENGTH + ivLength);
        return packet;
      },
    }),
    seal(frame, length, sequence, nextHeader) {
      const trailer = espTrailerLength(length, alignment);
      putEspTrailer(frame, SEAL_HEADROOM + length, trailer, nextHeader);
      const start = SEAL_HEADROOM - ivLength;
      if (ivLength > 0) draw(random, frame, start, ivLength);
      const bodyEnd = bodyEndOf(length);
      const packet = room.make(bodyEnd + icvLength);
      putEspHeader(packet, spi, sequence);
      encrypt(frame, start, SEAL_HEADROOM + length + trailer, packet, ESP_HEADER_LENGTH);
      if (mac !== undefined) putIcv(packet, bodyEnd, mac(packet, bodyEnd), icvLength);
      return packet;
    },
    truncate(short) {
      if (mayBeShort(keys)) icvLength = short ? SHORT_SHA256 : overhead.icvLength;
    },
  };
}

function draw(random: Random, into: Uint8Array, at: number, length: number): void {
  if (random.fill === undefined) into.set(random.bytes(length), at);
  else random.fill(into, at, length);
}

/** Keys stay as they are until the last packet. What comes out is made in `room`; absent = it is the caller's own. */
export function espOpener(suite: CryptoSuite, keys: EspKeys, room: PacketRoom = ownRoom): EspOpener {
  const { cipher, encryptionKey } = keys;
  if (cipher === "aes-gcm") return gcmOpener(suite, keys, room);
  const overhead = checkedOverhead(keys);
  const { ivLength, alignment, icvLength } = overhead;
  const inQuestion = mayBeShort(keys);
  let truncated: boolean | undefined;
  const decrypt: Decrypt =
    cipher === "null" ? (packet, from, end) => packet.slice(from, end) : suite.decryptor(cipher, encryptionKey);
  const mac = macOf(suite, keys);
  const foresight = foresightOf(suite, keys);
  const least = ESP_HEADER_LENGTH + ivLength + alignment;
  const opened = new OpenedPacket();
  return {
    overhead,
    get truncated() {
      return truncated;
    },
    foresee:
      foresight === undefined
        ? undefined
        : (packet) => {
            const end = packet.length - icvLength;
            // A cipher stream that was fed part of a block would never find back into step.
            if (end < least || (end - ESP_HEADER_LENGTH) % alignment !== 0) return;
            foresight.ahead.foresee(foresight.key, packet, end);
            foresight.plain?.foresee(packet, end);
          },
    open(packet, foreseen = true) {
      // Who sends whole ICVs is not to be talked out of it by anyone who cuts a packet.
      const isShort =
        inQuestion && truncated !== false && (packet.length - ESP_HEADER_LENGTH - SHORT_SHA256) % alignment === 0;
      const icv = isShort ? SHORT_SHA256 : icvLength;
      const end = packet.length - icv;
      if (end < least) return failures.short;
      // A cipher stream that was fed part of a block would never find back into step.
      if ((end - ESP_HEADER_LENGTH) % alignment !== 0) return failures.alignment;
      if (mac !== undefined) {
        const at = foresight === undefined || !foreseen ? -1 : foresight.ahead.find(foresight.key, packet, end);
        const values = foresight === undefined || at < 0 ? mac(packet, end) : foresight.ahead.values;
        const genuine = endsWithIcv(packet, end, values, Math.max(at, 0), icv);
        if (!genuine) return failures.authentication;
        if (inQuestion) truncated = isShort;
      }
      const ahead = foreseen ? foresight?.plain?.take(packet, end, room) : undefined;
      return unwrapped(opened, ahead ?? decrypt(packet, ESP_HEADER_LENGTH, end, room), ivLength);
    },
  };
}

interface Foresight {
  readonly ahead: MacsAhead;
  readonly key: MacKey;
  readonly plain: PlainAhead | undefined;
}

function foresightOf(
  suite: CryptoSuite,
  { integrity, integrityKey, cipher, encryptionKey }: EspKeys,
): Foresight | undefined {
  const macs = integrity === undefined ? undefined : suite.lanes?.macs(integrity);
  if (macs === undefined) return undefined;
  const decrypt =
    cipher === "null" || cipher === "aes-gcm" ? undefined : suite.lanes?.decryptor?.(cipher, encryptionKey);
  return {
    ahead: macsAheadOf(macs),
    key: macs.keyOf(integrityKey),
    plain: decrypt === undefined ? undefined : new PlainAhead(decrypt),
  };
}

function putIcv(packet: Uint8Array, at: number, icv: Uint8Array, length: number): void {
  for (let i = 0; i < length; i += 1) packet[at + i] = icv[i] ?? 0;
}

/** Compares to the end whatever differs; so few octets are done before a call into OpenSSL would have begun. */
function endsWithIcv(packet: Uint8Array, at: number, values: Uint8Array, from: number, length: number): boolean {
  let different = 0;
  for (let i = 0; i < length; i += 1) different |= (packet[at + i] ?? 0) ^ (values[from + i] ?? 0);
  return different === 0 && packet.length === at + length;
}

/** The payload lies behind `from` octets that mean nothing. */
function unwrapped(opened: OpenedPacket, plain: Uint8Array, from: number): Opened {
  const end = espPayloadLength(plain);
  if (end === undefined || end < from) return failures.padding;
  opened.octets = plain;
  opened.from = from;
  opened.to = end;
  return opened;
}

/** The sequence number is the vector as well: it is never used twice under one key (RFC 4106 §3.1). */
function gcmSealer(suite: CryptoSuite, spi: number, keys: EspKeys, room: PacketRoom): EspSealer {
  const overhead = espOverhead(keys);
  const { ivLength, alignment, icvLength } = overhead;
  const { key, nonce } = gcmKey(keys);
  const encrypt = suite.aeadEncryptor(key);
  const associated = new Uint8Array(ESP_HEADER_LENGTH);
  return {
    overhead,
    seal(frame, length, sequence, nextHeader) {
      const trailer = espTrailerLength(length, alignment);
      putEspTrailer(frame, SEAL_HEADROOM + length, trailer, nextHeader);
      const bodyAt = ESP_HEADER_LENGTH + ivLength;
      const bodyEnd = bodyAt + length + trailer;
      const packet = room.make(bodyEnd + icvLength);
      putEspHeader(packet, spi, sequence);
      putU32(packet, ESP_HEADER_LENGTH, 0);
      putU32(packet, ESP_HEADER_LENGTH + 4, sequence);
      putU32(nonce, GCM_SALT_LENGTH + 4, sequence);
      putEspHeader(associated, spi, sequence);
      const tag = encrypt(nonce, associated, frame, SEAL_HEADROOM, SEAL_HEADROOM + length + trailer, packet, bodyAt);
      putIcv(packet, bodyEnd, tag, icvLength);
      return packet;
    },
    truncate: () => undefined,
  };
}

function gcmOpener(suite: CryptoSuite, keys: EspKeys, room: PacketRoom): EspOpener {
  const overhead = espOverhead(keys);
  const { ivLength, alignment, icvLength } = overhead;
  const { key, nonce } = gcmKey(keys);
  const decrypt = suite.aeadDecryptor(key);
  const associated = new Uint8Array(ESP_HEADER_LENGTH);
  const bodyAt = ESP_HEADER_LENGTH + ivLength;
  const opened = new OpenedPacket();
  return {
    overhead,
    truncated: undefined,
    open(packet) {
      const end = packet.length - icvLength;
      if (end < bodyAt + alignment) return failures.short;
      if ((end - bodyAt) % alignment !== 0) return failures.alignment;
      for (let i = 0; i < ESP_HEADER_LENGTH; i += 1) associated[i] = packet[i] ?? 0;
      for (let i = 0; i < ivLength; i += 1) nonce[GCM_SALT_LENGTH + i] = packet[ESP_HEADER_LENGTH + i] ?? 0;
      const plain = decrypt(nonce, associated, packet, bodyAt, end, room);
      return plain === undefined ? failures.authentication : unwrapped(opened, plain, 0);
    },
  };
}

/** The cipher's key, and a nonce that begins with the salt and has room for the vector. */
function gcmKey({ encryptionKey, integrity }: EspKeys): { key: Uint8Array; nonce: Uint8Array } {
  if (integrity !== undefined) throw new Bug("AES-GCM beside an integrity algorithm (RFC 4106 §8.4)");
  const split = encryptionKey.length - GCM_SALT_LENGTH;
  const nonce = new Uint8Array(GCM_NONCE_LENGTH);
  nonce.set(encryptionKey.subarray(split));
  return { key: encryptionKey.subarray(0, split), nonce };
}

function checkedOverhead(keys: EspKeys): EspOverhead {
  if (keys.cipher === "null" && !authenticates(keys)) {
    throw new Bug("ESP with neither cipher nor integrity (RFC 4303 §3.2 forbids it)");
  }
  return espOverhead(keys);
}

/** Made when it is first needed: where there are lanes that may be never, and to make it takes longer than a packet. */
function macOf(suite: CryptoSuite, { integrity, integrityKey }: EspKeys): Mac | undefined {
  if (integrity === undefined) return undefined;
  let mac: Mac | undefined;
  return (message, length) => {
    mac ??= suite.mac(integrity, integrityKey);
    return mac(message, length);
  };
}

/** Likewise. */
function encryptOf(suite: CryptoSuite, { cipher, encryptionKey }: EspKeys): Encrypt {
  if (cipher === "null" || cipher === "aes-gcm") return copyOctets;
  let encrypt: Encrypt | undefined;
  return (randomAndPlain, from, end, into, at) => {
    encrypt ??= suite.encryptor(cipher, encryptionKey);
    encrypt(randomAndPlain, from, end, into, at);
  };
}
