/**
 * Room for packets that are about to be written whole, cut from large chunks: an array buffer for each packet, or for every five as `Buffer` has them,
 * costs the collector more than the packet costs the cipher. A chunk is there as long as one of its packets is.
 */

const CHUNK_LENGTH = 128 * 1024;

let chunk: ArrayBufferLike = new ArrayBuffer(0);
let at = 0;

/** Octets of the caller's own that hold anything: every one must be written. */
export function packetRoom(length: number): Uint8Array {
  if (length > CHUNK_LENGTH >> 2) return new Uint8Array(length);
  if (at + length > chunk.byteLength) {
    chunk = Buffer.allocUnsafeSlow(CHUNK_LENGTH).buffer;
    at = 0;
  }
  const room = new Uint8Array(chunk, at, length);
  // Whole words, so that copies stay fast.
  at += (length + 7) & ~7;
  return room;
}
