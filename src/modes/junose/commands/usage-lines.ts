/**
 * Lines of the box that are kept and printed back, each written as a usage line. What a value looks like and what common words
 * mean is said here once; a family of lines adds the words of its own.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, mask, quotedWord, shaped } from "../../../grammar/arguments.ts";
import {
  type Effect,
  LateSetting,
  type Mode,
  type Opener,
  opener,
  type Scope,
  type Setting,
  setting,
} from "../../../grammar/declaration.ts";
import { secret } from "../../common/secret-argument.ts";
import { frontHelpOf, frontOf, type Glossary, usageOf } from "../../common/usage.ts";
import { interfaceReference, routerName } from "../arguments.ts";

interface Family {
  readonly mode: Mode;
  readonly except?: readonly Mode[];
  readonly scope?: Scope;
  readonly section?: string;
  readonly effect: Effect;
  /** `stored`: `no` says something of its own, and is kept. */
  readonly negation?: "removes" | "stored";
  /** Help of words and values of this family, before what is said for all. */
  readonly words?: Readonly<Record<string, string>>;
}

const OCTETS = "A.B.C.D";

const TYPES = {
  [OCTETS]: ipv4(),
  "A.B.C.D/nn": shaped("A.B.C.D/nn", /^\d{1,3}(?:\.\d{1,3}){3}\/(?:\d|[12]\d|3[0-2])$/),
  "ASN:NN": shaped("ASN:NN", /^[\d.]+:\d+$/),
  DAY: shaped("DAY", /^(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*$/i),
  HOURS: shaped("HOURS", /^-?(?:\d|1\d|2[0-3])$/),
  "H.H.H": shaped("H.H.H", /^[\da-f]{1,4}(?:\.[\da-f]{1,4}){2}$/i),
  "hh:mm": shaped("hh:mm", /^(?:[01]?\d|2[0-3]):[0-5]\d$/),
  "hh:mm:ss": shaped("hh:mm:ss", /^(?:[01]?\d|2[0-3])(?::[0-5]\d){2}$/),
  IFNAME: interfaceReference,
  KEY: secret(quotedWord({ max: 64 })),
  LINE: line(),
  MASK: mask(),
  MONTH: shaped("MONTH", /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/i),
  /** A number with a sign. */
  NUMBER: shaped("NUMBER", /^-?\d{1,10}$/),
  SECRETS: secret(line()),
  /** Slot, adapter and port, with channels behind a colon. */
  "SLOT/PORT": shaped("SLOT/PORT", /^\d{1,2}(?:\/\d{1,2}){1,2}(?::\d+(?:\/\d+)*)?$/),
  VR: routerName,
  WORD: quotedWord({ max: 128 }),
  "X:X::X": shaped("X:X::X", /^[\da-f:.]*:[\da-f:.]*$/i),
  "X:X::X/nn": shaped("X:X::X/nn", /^[\da-f:.]*:[\da-f:.]*\/(?:\d|\d\d|1[01]\d|12[0-8])$/i),
} as unknown as Readonly<Record<string, ArgumentType<unknown>>>;

const COMMON_WORDS: Readonly<Record<string, string>> = {
  [OCTETS]: "IP address",
  "A.B.C.D/nn": "Prefix",
  "ASN:NN": "Two numbers with a colon between them",
  DAY: "Day of the week",
  "H.H.H": "Hardware address",
  "hh:mm": "Time of day",
  "hh:mm:ss": "Time of day",
  IFNAME: "Interface type and location",
  KEY: "Secret",
  LINE: "Text",
  MASK: "Mask",
  MONTH: "Month",
  SECRETS: "Parameters",
  "SLOT/PORT": "Slot and port",
  VR: "Name of the virtual router",
  WORD: "Name",
  "X:X::X": "IPv6 address",
  "X:X::X/nn": "IPv6 prefix",
  disable: "Turn it off",
  enable: "Turn it on",
  ip: "Configure IP",
  ipv6: "Configure IPv6",
  "virtual-router": "Virtual router",
};

/** Help of the last fixed word, and what is enough behind `no` where that is less than the line. */
type Row = string | readonly [help: string, no: string];

/** A command for each row, by its usage. */
export function usageLines(family: Family, rows: Readonly<Record<string, Row>>): Setting[] {
  const { words, ...base } = family;
  const glossary = glossaryOf(words);
  return Object.entries(rows).map(([usage, row]) => {
    if (typeof row === "string")
      return new LateSetting(
        frontOf(usage, glossary),
        base,
        () => usageOf(usage, row, glossary),
        () => frontHelpOf(usage, row, glossary),
      );
    const [help, no] = row;
    return setting({ ...base, ...usageOf(usage, help, glossary), noForm: usageOf(no, help, glossary).form });
  });
}

/** A mode in which nothing acts. */
export function usageOpener(family: Family & { readonly opens: Mode }, usage: string, help: string): Opener {
  const { words, ...base } = family;
  return opener({ ...base, ...usageOf(usage, help, glossaryOf(words)) });
}

function glossaryOf(words: Family["words"]): Glossary {
  return { types: TYPES, help: words === undefined ? [COMMON_WORDS] : [words, COMMON_WORDS] };
}
