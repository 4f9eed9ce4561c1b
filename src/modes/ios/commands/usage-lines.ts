/**
 * Lines that are kept and printed back, each written as a usage line. What a value looks like and what common words mean
 * is said here once; a family of lines adds the words of its own.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, mask, shaped, word } from "../../../grammar/arguments.ts";
import {
  type Effect,
  LateSetting,
  type Mode,
  type Opener,
  opener,
  type Setting,
} from "../../../grammar/declaration.ts";
import { secret } from "../../common/secret-argument.ts";
import { frontOf, type Glossary, usageOf } from "../../common/usage.ts";
import { anyInterface, ipv6Address, ipv6Prefix, prefixText } from "../arguments.ts";
import { COMMON_WORDS } from "./usage-words.ts";

interface Family {
  readonly mode: Mode;
  readonly except?: readonly Mode[];
  readonly section?: string;
  readonly effect: Effect;
  /** `stored`: `no` says something of its own, and is kept. */
  readonly negation?: "removes" | "stored";
  /** Help of words and values of this family, before what is said for all. */
  readonly words?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, ArgumentType<unknown>>> = {
  "A.B.C.D": ipv4(),
  "A.B.C.D/nn": prefixText,
  "ASN:nn": shaped("ASN:nn or IP-address:nn", /^(\d+|\d+\.\d+\.\d+\.\d+):\d+$/),
  "H.H.H": shaped("H.H.H", /^[\da-f]{1,4}\.[\da-f]{1,4}\.[\da-f]{1,4}$/i),
  HEX: shaped("Hex-data", /^[\da-f]+$/i),
  "hh:mm": shaped("hh:mm", /^\d{1,2}:\d{2}$/),
  "hh:mm:ss": shaped("hh:mm:ss", /^\d{1,2}:\d{2}:\d{2}$/),
  IFNAME: anyInterface,
  /** A key or password of one word. */
  KEY: secret(word()),
  LINE: line(),
  MASK: mask(),
  MONTH: shaped("MONTH", /^[A-Za-z]{3,9}$/),
  /** A key or password to the end of the line. */
  PASSWORD: secret(line()),
  WORD: word(),
  "X:X:X:X::X": ipv6Address,
  "X:X:X:X::X/<0-128>": ipv6Prefix,
} as Readonly<Record<string, ArgumentType<unknown>>>;

/** A command for each row, `usage -> help of its last fixed word`. */
export function usageLines(family: Family, rows: Readonly<Record<string, string>>): Setting[] {
  const { words, ...base } = family;
  const glossary = glossaryOf(words);
  return Object.entries(rows).map(
    ([usage, help]) => new LateSetting(frontOf(usage, glossary), base, () => usageOf(usage, help, glossary)),
  );
}

/** A mode that nothing is done with. */
export function usageOpener(family: Family & { readonly opens: Mode }, usage: string, help: string): Opener {
  const { words, ...base } = family;
  return opener({ ...base, ...usageOf(usage, help, glossaryOf(words)) });
}

function glossaryOf(words: Readonly<Record<string, string>> | undefined): Glossary {
  return { types: TYPES, help: words === undefined ? [COMMON_WORDS] : [words, COMMON_WORDS] };
}
