/**
 * Data attributes of a transform (RFC 2408 §3.3): a 15-bit type with either two octets of value or a length and that
 * many octets. Both forms are kept as they came, so that a chosen transform goes back exactly as it was offered
 * (RFC 2409 §5). What an attribute means is the business of the DOI.
 */

import type { Reader, Writer } from "./codec.ts";

export interface Attribute {
  readonly type: number;
  /** True = the two-octet form (TV). */
  readonly short: boolean;
  /** Two octets in the short form. */
  readonly value: Uint8Array;
}

const SHORT_FORM = 0x8000;

export function readAttribute(reader: Reader): Attribute {
  const head = reader.u16();
  const type = head & ~SHORT_FORM;
  if ((head & SHORT_FORM) !== 0) return { type, short: true, value: reader.take(2) };
  return { type, short: false, value: reader.take(reader.u16()) };
}

export function writeAttribute(writer: Writer, attribute: Attribute): void {
  if (attribute.short) writer.u16(attribute.type | SHORT_FORM).put(attribute.value);
  else writer.u16(attribute.type).u16(attribute.value.length).put(attribute.value);
}

/**
 * The attribute as a number: either form, one to eight octets. Above 2^53 it is only about right, which serves for
 * lifetimes. `undefined` for any other length.
 */
export function attributeNumber(attribute: Attribute): number | undefined {
  if (attribute.value.length < 1 || attribute.value.length > 8) return undefined;
  let value = 0;
  for (const octet of attribute.value) value = value * 256 + octet;
  return value;
}

/** The two-octet form. */
export function shortAttribute(type: number, value: number): Attribute {
  return { type, short: true, value: Uint8Array.of(value >>> 8, value & 255) };
}

/** The long form with four octets, as Windows writes lifetimes. */
export function longAttribute(type: number, value: number): Attribute {
  return { type, short: false, value: Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value) };
}
