/**
 * ESP packets by the handful. Ciphers in CBC mode and hashes work through a packet one block after the other, and a processor that could do
 * four or eight such chains side by side waits for one. So packets that leave are first composed and then finished together, and the ICVs of
 * packets that came are computed together, before the first of them is opened. What comes out is the same, octet for octet, but for the vectors.
 */

import type { EspKeys } from "../forwarding.ts";
import { giveBack } from "../kernel/given-back.ts";
import { ESP_HEADER_LENGTH } from "../wire/esp.ts";
import { copyOctets } from "../wire/octets.ts";
import type { PacketRoom } from "./packet-room.ts";
import {
  blockLengths,
  type CryptoSuite,
  type DecryptMany,
  type EncryptMany,
  MAC_ROOM,
  type MacKey,
  type MacLanes,
  MOST_LANES,
} from "./suite.ts";

/** Makes a packet that is whole but for cipher and ICV: behind its header a random block, then payload and trailer. */
interface Composer {
  compose(frame: Uint8Array, length: number, sequence: number, nextHeader: number): Uint8Array;
  /** Where the trailer of a payload of so many octets ends. */
  bodyEnd(length: number): number;
}

export interface SealLanes {
  /** As `seal`, but the packet is a packet only after `finish`. */
  prepare(frame: Uint8Array, length: number, sequence: number, nextHeader: number): Uint8Array;
  /** Packets that wait for `finish`. */
  readonly waiting: number;
  finish(): void;
}

/** `undefined` where the suite has no lanes for these keys. */
export function sealLanes(suite: CryptoSuite, keys: EspKeys, composer: Composer): SealLanes | undefined {
  const { cipher, encryptionKey, integrity, integrityKey } = keys;
  if (cipher === "null" || cipher === "aes-gcm" || integrity === undefined) return undefined;
  const encrypt = suite.lanes?.encryptor(cipher, encryptionKey);
  const macs = suite.lanes?.macs(integrity);
  if (encrypt === undefined || macs === undefined) return undefined;
  const bodyAt = ESP_HEADER_LENGTH + blockLengths[cipher];
  return new Sealing(composer, encrypt, macs, macs.keyOf(integrityKey), bodyAt);
}

const NO_OCTETS = new Uint8Array(0);

class Sealing implements SealLanes {
  readonly #composer: Composer;
  readonly #encrypt: EncryptMany;
  readonly #macs: MacLanes;
  readonly #key: MacKey;
  readonly #bodyAt: number;
  readonly #keys: MacKey[] = [];
  readonly #packets: Uint8Array[] = [];
  readonly #ends: number[] = [];
  #count = 0;

  constructor(composer: Composer, encrypt: EncryptMany, macs: MacLanes, key: MacKey, bodyAt: number) {
    this.#composer = composer;
    this.#encrypt = encrypt;
    this.#macs = macs;
    this.#key = key;
    this.#bodyAt = bodyAt;
  }

  get waiting(): number {
    return this.#count;
  }

  prepare(frame: Uint8Array, length: number, sequence: number, nextHeader: number): Uint8Array {
    if (this.#count === MOST_LANES) this.finish();
    const packet = this.#composer.compose(frame, length, sequence, nextHeader);
    this.#keys[this.#count] = this.#key;
    this.#packets[this.#count] = packet;
    this.#ends[this.#count] = this.#composer.bodyEnd(length);
    this.#count += 1;
    return packet;
  }

  finish(): void {
    const count = this.#count;
    this.#count = 0;
    this.#encrypt(this.#packets, this.#bodyAt, this.#ends, count);
    const values = this.#macs.compute(this.#keys, this.#packets, this.#ends, count);
    for (let i = 0; i < count; i += 1) {
      const packet = this.#packets[i];
      const end = this.#ends[i] ?? 0;
      if (packet === undefined) continue;
      // Ten thousand SAs must not hold on to what each sent last.
      this.#packets[i] = NO_OCTETS;
      // As long as it was composed: how the peer wants ICVs cut may have changed since.
      for (let at = end; at < packet.length; at += 1) packet[at] = values[MAC_ROOM * i + at - end] ?? 0;
    }
  }
}

const ahead = new WeakMap<MacLanes, MacsAhead>();

/** Of all SAs whose ICVs are computed by `lanes`. */
export function macsAheadOf(lanes: MacLanes): MacsAhead {
  const found = ahead.get(lanes) ?? new MacsAhead(lanes);
  ahead.set(lanes, found);
  return found;
}

/** ICVs of packets that are about to be opened, of any SAs. Who foresees a packet leaves it as it is until it was opened. */
export class MacsAhead {
  readonly #macs: MacLanes;
  readonly #keys: MacKey[] = [];
  readonly #packets: Uint8Array[] = [];
  readonly #ends: number[] = [];
  readonly values = new Uint8Array(MOST_LANES * MAC_ROOM);
  #count = 0;
  #next = 0;
  #computed = false;

  constructor(macs: MacLanes) {
    this.#macs = macs;
  }

  foresee(key: MacKey, packet: Uint8Array, end: number): void {
    // Those before were opened, or never will be.
    if (this.#computed || this.#count === MOST_LANES) {
      this.#count = 0;
      this.#next = 0;
      this.#computed = false;
    }
    this.#keys[this.#count] = key;
    this.#packets[this.#count] = packet;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  /** What `packet` should end with: where its HMAC starts in `values`, -1 = it was not foreseen. */
  find(key: MacKey, packet: Uint8Array, end: number): number {
    for (let i = this.#next; i < this.#count; i += 1) {
      if (this.#packets[i] !== packet) continue;
      this.#next = i + 1;
      if (this.#ends[i] !== end || this.#keys[i] !== key) return -1;
      if (!this.#computed) this.#compute();
      this.#computed = true;
      return MAC_ROOM * i;
    }
    return -1;
  }

  #compute(): void {
    const values = this.#macs.compute(this.#keys, this.#packets, this.#ends, this.#count);
    copyOctets(values, 0, this.#count * MAC_ROOM, this.values, 0);
  }
}

/** Packets of one SA that are decrypted together, the first time that one of them is asked for. */
export class PlainAhead {
  readonly #decrypt: DecryptMany;
  readonly #packets: Uint8Array[] = [];
  readonly #ends: number[] = [];
  #count = 0;
  #next = 0;
  #at = 0;
  #plain: Uint8Array | undefined;

  constructor(decrypt: DecryptMany) {
    this.#decrypt = decrypt;
  }

  foresee(packet: Uint8Array, end: number): void {
    if (this.#plain !== undefined || this.#count === MOST_LANES) this.#forget();
    this.#packets[this.#count] = packet;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  #forget(): void {
    if (this.#plain !== undefined) giveBack(this.#plain);
    for (let i = 0; i < this.#count; i += 1) this.#packets[i] = NO_OCTETS;
    this.#count = 0;
    this.#next = 0;
    this.#at = 0;
    this.#plain = undefined;
  }

  /** What `decrypt` would give for the packet, made in `room`; `undefined` = it was not foreseen. */
  take(packet: Uint8Array, end: number, room: PacketRoom): Uint8Array | undefined {
    let at = this.#at;
    for (let i = this.#next; i < this.#count; i += 1) {
      const length = (this.#ends[i] ?? 0) - ESP_HEADER_LENGTH;
      if (this.#packets[i] === packet) {
        this.#next = i + 1;
        this.#at = at + length;
        if (this.#ends[i] !== end) return undefined;
        this.#plain ??= this.#decrypt(this.#packets, ESP_HEADER_LENGTH, this.#ends, this.#count);
        const own = room.make(length);
        copyOctets(this.#plain, at, at + length, own, 0);
        if (this.#next === this.#count) this.#forget();
        return own;
      }
      at += length;
    }
    return undefined;
  }
}
