/**
 * A configuration as it lies on a disk or comes through a pipe: UTF-8, UTF-16 as Windows saves it, or, where it is neither,
 * Latin-1, which every old terminal wrote.
 */

import { readFileSync } from "node:fs";

/** Why a file gives no text, in words for the user. */
export class Unreadable extends Error {
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

/** `-` is the standard input. Throws `Unreadable`. */
export function readText(file: string): string {
  try {
    return decodeText(readFileSync(file === "-" ? STDIN : file));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Unreadable(file, REASONS[code] ?? code);
  }
}

export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: every octet is a character.
    return new TextDecoder("latin1").decode(bytes);
  }
}
