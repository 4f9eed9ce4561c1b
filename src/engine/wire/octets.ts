/**
 * Big-endian numbers at an offset, and copies between offsets, for per-packet code that reads a header where it lies. The caller has checked the
 * length; an offset past the end reads as zero and never throws.
 */

const { copy } = Buffer.prototype;

/** Copies `start…end` of octets to `at`, without a view of either: that would cost more than a short copy does. */
export function copyOctets(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): void {
  copy.call(from as Buffer, into, at, start, end);
}

export function u16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function u32At(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}

export function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
