/**
 * How bytes become values and back: a bounded reader, a growing writer, and `struct`, the field table of a
 * fixed-layout header. Decoders are total: a value, or a `WireError` that names the octet. Slices that a reader
 * gives are views of the datagram; whoever keeps one past the call copies it.
 */

import { Bug, WireError } from "../kernel/errors.ts";
import { putU16, putU32, u16At, u32At } from "./octets.ts";

export class Reader {
  readonly bytes: Uint8Array;
  readonly what: string;
  #at = 0;

  /** `what` names the thing being read, for the error text. */
  constructor(bytes: Uint8Array, what: string) {
    this.bytes = bytes;
    this.what = what;
  }

  /** Octets already read. */
  get at(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.bytes.length - this.#at;
  }

  u8(): number {
    return this.bytes[this.#advance(1)] ?? 0;
  }

  u16(): number {
    return u16At(this.bytes, this.#advance(2));
  }

  u32(): number {
    return u32At(this.bytes, this.#advance(4));
  }

  /** A view of the next `length` octets. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  rest(): Uint8Array {
    return this.take(this.remaining);
  }

  /** A reader over the next `length` octets, which must be consumed on their own. */
  within(length: number, what: string): Reader {
    return new Reader(this.take(length), what);
  }

  /** Refuses octets that no field claimed. */
  end(): void {
    if (this.remaining > 0) throw new WireError("trailing", this.#at, this.what);
  }

  fail(code: WireError["code"], at: number = this.#at): never {
    throw new WireError(code, at, this.what);
  }

  #advance(length: number): number {
    const start = this.#at;
    if (length < 0 || length > this.bytes.length - start) throw new WireError("truncated", start, this.what);
    this.#at = start + length;
    return start;
  }
}

const FIRST_LENGTH = 512;
/** Writers stand one in the other, as payloads do; more rooms than that are not kept. */
const MOST_SPARE = 8;

/** Stands for the room of a writer that is done. */
const DONE = new Uint8Array(0);

/** Room of writers that are done: making room costs more than filling it. */
const spare: Uint8Array[] = [];

/** What was written is had once, by `finish`; after that nothing more can be written. */
export class Writer {
  #bytes = spare.pop() ?? new Uint8Array(FIRST_LENGTH);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    putU16(this.#bytes, at, value);
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4);
    putU32(this.#bytes, at, value);
    return this;
  }

  put(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** Fills in a 16-bit length that was not known when its place was written. */
  patchU16(at: number, value: number): void {
    putU16(this.#bytes, at, value);
  }

  patchU32(at: number, value: number): void {
    putU32(this.#bytes, at, value);
  }

  patchU8(at: number, value: number): void {
    this.#bytes[at] = value;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    const written = this.#bytes.slice(0, this.#length);
    // What was secret does not lie about until the next one comes.
    this.#bytes.fill(0, 0, this.#length);
    if (spare.length < MOST_SPARE && this.#bytes.length === FIRST_LENGTH) spare.push(this.#bytes);
    this.#bytes = DONE;
    return written;
  }

  #grow(length: number): number {
    if (this.#bytes === DONE) throw new Bug("written after its end");
    const start = this.#length;
    const needed = start + length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
    }
    this.#length = needed;
    return start;
  }
}

/** One field of a fixed layout. */
export interface Field<Value> {
  read(reader: Reader): Value;
  write(writer: Writer, value: Value): void;
}

export const u8: Field<number> = { read: (r) => r.u8(), write: (w, v) => void w.u8(v) };
export const u16: Field<number> = { read: (r) => r.u16(), write: (w, v) => void w.u16(v) };
export const u32: Field<number> = { read: (r) => r.u32(), write: (w, v) => void w.u32(v) };

/** Exactly `length` octets. */
export function bytes(length: number): Field<Uint8Array> {
  return {
    read: (r) => r.take(length),
    write: (w, v) => {
      if (v.length !== length) throw new Bug(`a field of ${length} octets was given ${v.length}`);
      w.put(v);
    },
  };
}

export interface Codec<Value> {
  readonly name: string;
  /** Where the layout is defined: `RFC 2408 §3.1`. */
  readonly source: string;
  read(reader: Reader): Value;
  write(writer: Writer, value: Value): void;
  decode(bytes: Uint8Array): Value;
  encode(value: Value): Uint8Array;
}

/** A fixed layout: the fields of `Value` in wire order. */
export function struct<Value extends object>(
  name: string,
  source: string,
  fields: { readonly [K in keyof Value]-?: Field<Value[K]> },
): Codec<Value> {
  const entries = Object.entries(fields) as [keyof Value, Field<Value[keyof Value]>][];
  const read = (reader: Reader): Value => {
    const value: Partial<Value> = {};
    for (const [key, field] of entries) value[key] = field.read(reader);
    return value as Value;
  };
  const write = (writer: Writer, value: Value): void => {
    for (const [key, field] of entries) field.write(writer, value[key]);
  };
  return {
    name,
    source,
    read,
    write,
    decode(bytes) {
      const reader = new Reader(bytes, name);
      const value = read(reader);
      reader.end();
      return value;
    },
    encode(value) {
      const writer = new Writer();
      write(writer, value);
      return writer.finish();
    },
  };
}
