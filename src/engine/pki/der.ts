/**
 * ASN.1 in the distinguished encoding rules (ITU-T X.690 §8, §10): a reader over elements that are asked for by tag, and
 * functions that write them. Whoever reads names each element it expects, so nothing recurses on what a stranger sent.
 * Refuses indefinite and non-minimal lengths, tags of more than one octet, and integers with idle leading octets.
 */

import { WireError } from "../kernel/errors.ts";

/** First octets of elements. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** `[n]` over a primitive (`0x80`) or over elements (`0xa0`). */
export function contextTag(number: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

const MULTI_OCTET_TAG = 0x1f;
const MAX_LENGTH_OCTETS = 3;
const MAX_OID_OCTETS = 64;

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With its tag and length. */
  readonly whole: Uint8Array;
}

/** Elements in a row. Slices are views of what is read. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  get isEmpty(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The tag of the next element; 0 at the end. */
  get nextTag(): number {
    return this.#bytes[this.#at] ?? 0;
  }

  fail(code: WireError["code"]): never {
    throw new WireError(code, this.#at, this.#what);
  }

  /** The next element, which must have this tag where one is given. */
  element(expected?: number): Element {
    const start = this.#at;
    const first = this.#octet();
    if ((first & MULTI_OCTET_TAG) === MULTI_OCTET_TAG) this.fail("badValue");
    if (expected !== undefined && first !== expected) {
      this.#at = start;
      this.fail("badValue");
    }
    const length = this.#length();
    const from = this.#at;
    if (length > this.#bytes.length - from) this.fail("truncated");
    this.#at = from + length;
    return {
      tag: first,
      content: this.#bytes.subarray(from, this.#at),
      whole: this.#bytes.subarray(start, this.#at),
    };
  }

  /** The next element if it has this tag. */
  optional(expected: number): Element | undefined {
    return this.nextTag === expected ? this.element(expected) : undefined;
  }

  /** What is inside the next element. */
  inside(expected: number = tag.sequence): DerReader {
    return new DerReader(this.element(expected).content, this.#what);
  }

  optionalInside(expected: number): DerReader | undefined {
    return this.nextTag === expected ? this.inside(expected) : undefined;
  }

  /** Every element that is left. */
  *elements(expected?: number): Generator<Element> {
    while (!this.isEmpty) yield this.element(expected);
  }

  /** Dotted: `1.2.840.113549.1.1.1`. */
  oid(): string {
    return oidText(this.element(tag.oid).content, this);
  }

  /** Two's complement, in the fewest octets. */
  integer(expected: number = tag.integer): Uint8Array {
    const { content } = this.element(expected);
    const [first, second = 0] = content;
    if (first === undefined) this.fail("badLength");
    if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.fail("badValue");
    }
    return content;
  }

  /** An integer of 0 to 2^31 - 1. */
  smallInteger(): number {
    const octets = this.integer();
    if (octets.length > 4 || (octets[0] ?? 0) >= 0x80) this.fail("badValue");
    return octets.reduce((value, octet) => value * 256 + octet, 0);
  }

  /** A bit string of whole octets. */
  octetsOfBits(): Uint8Array {
    const { unused, octets } = this.bits();
    if (unused !== 0) this.fail("badValue");
    return octets;
  }

  bits(): { readonly unused: number; readonly octets: Uint8Array } {
    const { content } = this.element(tag.bitString);
    const unused = content[0];
    if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1)) this.fail("badValue");
    return { unused, octets: content.subarray(1) };
  }

  boolean(): boolean {
    const { content } = this.element(tag.boolean);
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) this.fail("badValue");
    return content[0] === 0xff;
  }

  /** UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5, as milliseconds since 1970. */
  time(): number {
    const { tag: kind, content } = this.element();
    const text = String.fromCharCode(...content.subarray(0, 32));
    const form =
      kind === tag.utcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
    const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = form.exec(text)?.map(Number) ?? [];
    if ((kind !== tag.utcTime && kind !== tag.generalizedTime) || month < 1 || month > 12 || day < 1 || day > 31) {
      this.fail("badValue");
    }
    const full = kind === tag.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
    // `Date.UTC` takes years below 100 for those of the last century.
    if (full < 100 || hour > 23 || minute > 59 || second > 59) this.fail("badValue");
    return Date.UTC(full, month - 1, day, hour, minute, second);
  }

  /** Refuses what no field claimed. */
  end(): void {
    if (!this.isEmpty) this.fail("trailing");
  }

  #octet(): number {
    const octet = this.#bytes[this.#at];
    if (octet === undefined) this.fail("truncated");
    this.#at += 1;
    return octet;
  }

  #length(): number {
    const first = this.#octet();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > MAX_LENGTH_OCTETS) this.fail("badLength");
    let length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#octet();
    if (length < 0x80 || length < 256 ** (count - 1)) this.fail("badLength");
    return length;
  }
}

function oidText(content: Uint8Array, reader: DerReader): string {
  const last = content.at(-1);
  if (last === undefined || last >= 0x80 || content.length > MAX_OID_OCTETS) reader.fail("badValue");
  const arcs: bigint[] = [];
  let arc = 0n;
  let isFirst = true;
  for (const octet of content) {
    if (isFirst && octet === 0x80) reader.fail("badValue");
    isFirst = octet < 0x80;
    arc = arc * 128n + BigInt(octet & 0x7f);
    if (!isFirst) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [joined = 0n, ...rest] = arcs;
  const root = joined < 80n ? joined / 40n : 2n;
  return [root, joined - root * 40n, ...rest].join(".");
}

// --- writing ---

export function der(first: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthOctets: number[] = [];
  if (length < 0x80) lengthOctets.push(length);
  else {
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthOctets.unshift(rest % 256);
    lengthOctets.unshift(0x80 | lengthOctets.length);
  }
  const bytes = new Uint8Array(1 + lengthOctets.length + length);
  bytes.set([first, ...lengthOctets]);
  let at = 1 + lengthOctets.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tag.sequence, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tag.set, ...parts);
}

export const NULL = der(tag.null);

export function oid(text: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = text.split(".").map(Number);
  const octets = [root * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) digits.unshift(0x80 | (more % 128));
    return digits;
  });
  return der(tag.oid, Uint8Array.from(octets));
}

/** An integer that is not negative, from its octets or its value. */
export function integer(value: Uint8Array | number): Uint8Array {
  if (typeof value === "number") {
    const octets: number[] = [];
    for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    return integer(Uint8Array.from(octets));
  }
  const firstSet = value.findIndex((octet) => octet !== 0);
  const octets = firstSet < 0 ? Uint8Array.of(0) : value.subarray(firstSet);
  return (octets[0] ?? 0) < 0x80 ? der(tag.integer, octets) : der(tag.integer, Uint8Array.of(0), octets);
}

export function bitString(octets: Uint8Array, unused = 0): Uint8Array {
  return der(tag.bitString, Uint8Array.of(unused), octets);
}

export function octetString(octets: Uint8Array): Uint8Array {
  return der(tag.octetString, octets);
}

export function text(kind: number, value: string): Uint8Array {
  return der(kind, new TextEncoder().encode(value));
}

export const TRUE = der(tag.boolean, Uint8Array.of(0xff));

/** RFC 5280 §4.1.2.5: UTCTime until 2049. */
export function time(epochMillis: number): Uint8Array {
  const digits = new Date(epochMillis)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050 ? text(tag.utcTime, digits.slice(2)) : text(tag.generalizedTime, digits);
}
