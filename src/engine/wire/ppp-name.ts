/**
 * The names that a PPP peer gives itself (RFC 1334 §2.2.1, RFC 1994 §4.1): octets without a declared character set. They are
 * read as UTF-8, else as Latin-1. Control characters become U+FFFD, so that a name can neither forge a log line nor
 * equal a configured one by leaving them out.
 */

import type { Reader } from "./codec.ts";

/** Longer than any user name that a configuration can hold. */
const LONGEST = 256;

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const LATIN1 = new TextDecoder("latin1");
const ENCODER = new TextEncoder();

/** The next `length` octets as a name. */
export function readName(reader: Reader, length: number): string {
  if (length > LONGEST) reader.fail("badLength");
  const text = textOf(reader.take(length));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "\ufffd");
}

export function nameOctets(name: string): Uint8Array {
  return ENCODER.encode(name);
}

/** What somebody typed at the other end, whatever its character set was. */
export function textOf(octets: Uint8Array): string {
  const text = UTF8.decode(octets);
  return text.includes("\ufffd") ? LATIN1.decode(octets) : text;
}
