/** Octets whose address is told to C: allocated by C for as long as the process lives, or those of an array buffer, which does not move either. */

import type { System } from "./system.ts";

export interface NativeMemory {
  readonly pointer: bigint;
  readonly octets: Uint8Array;
}

/** Zeroes; never given back. */
export function nativeMemory({ koffi }: System, length: number): NativeMemory {
  const allocated = koffi.alloc("uint8_t", length);
  const octets = new Uint8Array(koffi.view(allocated, length));
  octets.fill(0);
  return { pointer: koffi.address(allocated), octets };
}

const known = new WeakMap<ArrayBufferLike, number>();
let lastBuffer: ArrayBufferLike | undefined;
let lastAddress = 0;
let otherBuffer: ArrayBufferLike | undefined;
let otherAddress = 0;

/**
 * Where octets are. Whoever uses the address holds on to the octets meanwhile, and their buffer is larger than what V8 keeps among its own
 * objects (64 octets): those move. Packets go from one buffer to another, again and again, so the last two are remembered.
 */
export function addressOf({ koffi }: System, octets: Uint8Array): number {
  const { buffer } = octets;
  if (buffer === lastBuffer) return lastAddress + octets.byteOffset;
  if (buffer === otherBuffer) return otherAddress + octets.byteOffset;
  let address = known.get(buffer);
  if (address === undefined) {
    address = Number(koffi.address(buffer));
    known.set(buffer, address);
  }
  otherBuffer = lastBuffer;
  otherAddress = lastAddress;
  lastBuffer = buffer;
  lastAddress = address;
  return address + octets.byteOffset;
}

/** Writes an address; it has less than 53 bits. */
export function putPointer(view: DataView, at: number, address: number): void {
  view.setUint32(at, address >>> 0, true);
  view.setUint32(at + 4, Math.floor(address / 0x1_0000_0000), true);
}
