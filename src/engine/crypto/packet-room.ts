/**
 * Room for packets that are about to be written whole. What a room of its own gives belongs to whoever asked, and is cut from large chunks: an
 * array buffer for each packet, or for every five as `Buffer` has them, costs the collector more than the packet costs the cipher. What a room that lends gives is good
 * until everything is given back at once: there a packet leaves nothing behind.
 */

import { KeptViews } from "../kernel/kept-views.ts";

export interface PacketRoom {
  /** Octets that hold anything: every one must be written. */
  make(length: number): Uint8Array;
  /** `from…to` of what it made, in place. */
  part(packet: Uint8Array, from: number, to: number): Uint8Array;
}

const CHUNK_LENGTH = 128 * 1024;

let chunk: ArrayBufferLike = new ArrayBuffer(0);
let chunkAt = 0;

/** A chunk is there as long as one of its packets is. */
export const ownRoom: PacketRoom = {
  make(length) {
    if (length > CHUNK_LENGTH >> 2) return new Uint8Array(length);
    if (chunkAt + length > chunk.byteLength) {
      chunk = Buffer.allocUnsafeSlow(CHUNK_LENGTH).buffer;
      chunkAt = 0;
    }
    const room = new Uint8Array(chunk, chunkAt, length);
    // Whole words, so that copies stay fast.
    chunkAt += (length + 7) & ~7;
    return room;
  },

  part: (packet, from, to) => packet.subarray(from, to),
};

/** A slot takes what an Ethernet carries. */
const SLOT_SHIFT = 11;
const SLOT_LENGTH = 1 << SLOT_SHIFT;
const SLOTS = 128;

/** What does not fit, or is one too many before all are given back, is made as in a room of its own. */
export class LentRoom implements PacketRoom {
  readonly #views = new KeptViews(new Uint8Array(SLOTS * SLOT_LENGTH), SLOT_SHIFT);
  readonly #made: (Uint8Array | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  #next = 0;

  make(length: number): Uint8Array {
    if (length > SLOT_LENGTH || this.#next === SLOTS) return ownRoom.make(length);
    const room = this.#views.of(this.#next * SLOT_LENGTH, length);
    this.#made[this.#next] = room;
    this.#next += 1;
    return room;
  }

  part(packet: Uint8Array, from: number, to: number): Uint8Array {
    if (this.#made[packet.byteOffset >>> SLOT_SHIFT] !== packet) return packet.subarray(from, to);
    return this.#views.of(packet.byteOffset + from, to - from);
  }

  /** Nobody has any of it from now on. */
  giveBack(): void {
    this.#next = 0;
  }
}
