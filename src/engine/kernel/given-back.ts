/**
 * Memory that is given back before the collector finds that nobody has it. V8 counts what lies outside its heap, frees it late and on other threads, and begins to collect the
 * whole heap when there is much of it: at 50,000 packets a second, a few at a time, it comes to that or does not, by the luck of a few megabytes.
 */

/** `octets` and every other view of the same memory are empty from now on. What shares its memory with others is left alone. */
export function giveBack({ buffer, length }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length && length > 0) buffer.transfer(0);
}
