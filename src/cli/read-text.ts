/**
 * A configuration as it lies on a disk or comes through a pipe: UTF-8, UTF-16 as Windows saves it, or, in lines that are
 * neither, Latin-1, which every old terminal wrote.
 */

import { readFileSync, statSync } from "node:fs";
import { CannotStart } from "./cannot-start.ts";

/** Why a file gives no text, in words for the user. */
export class Unreadable extends CannotStart {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}.`);
    this.name = "Unreadable";
  }
}

const STDIN = 0;
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
  EISDIR: "it is a directory; name the files in it",
};

/** In octets; the largest configurations of chassis are a few millions. */
const LARGEST = 100_000_000;

/** `-` is the standard input. Throws `Unreadable`. */
export function readText(file: string): string {
  return decodeText(readOctets(file));
}

/** `-` is the standard input. Throws `Unreadable`. */
export function readOctets(file: string): Uint8Array {
  try {
    const sized = file === "-" ? undefined : statSync(file).size;
    if (sized !== undefined && sized > LARGEST) throw new Unreadable(file, "it is too large for a configuration");
    return readFileSync(file === "-" ? STDIN : file);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Unreadable(file, REASONS[code] ?? code);
  }
}

export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return (
    decodeOctets(bytes) ??
    linesOf(bytes)
      .map((line) => decodeOctets(line) ?? latin1.decode(line))
      .join("")
  );
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** Every octet is a character. */
const latin1 = new TextDecoder("latin1");

/** `undefined` = it is not UTF-8. */
function decodeOctets(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const LINE_FEED = 0x0a;

/** Each with its end: one old line in a file is no reason to misread the others. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, at);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(at, next));
    at = next;
  }
  return lines;
}
