/**
 * The argument types that both dialects share. Each reads one value from the typed line and prints it back; none of
 * them knows a command or a vendor.
 */

import type { ArgumentRead, ArgumentType } from "./argument.ts";
import { commonLength } from "./word-index.ts";

/** The offset behind the word that starts at `at`. */
export function wordEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && line[end] !== " " && line[end] !== "\t") end += 1;
  return end;
}

/** The offset of the next word at or after `at`; the length of the line when there is none. */
export function skipBlanks(line: string, at: number): number {
  let start = at;
  while (start < line.length && (line[start] === " " || line[start] === "\t")) start += 1;
  return start;
}

/** A whole number; the caret of a number out of range stands under its first digit. */
export function uint(min: number, max: number): ArgumentType<number> {
  return {
    placeholder: `<${min}-${max}>`,
    read(line, at) {
      const end = wordEnd(line, at);
      let digits = at;
      while (digits < end && isDigit(line.charCodeAt(digits))) digits += 1;
      if (digits < end || end === at) return { ok: false, at: digits };
      const value = Number(line.slice(at, end));
      return value >= min && value <= max ? { ok: true, value, end } : { ok: false, at };
    },
    print: String,
  };
}

/** One word, taken as it stands. */
export function word(options: { readonly max?: number; readonly placeholder?: string } = {}): ArgumentType<string> {
  const max = options.max ?? Number.POSITIVE_INFINITY;
  return {
    placeholder: options.placeholder ?? "WORD",
    read(line, at) {
      const end = wordEnd(line, at);
      return end - at <= max ? { ok: true, value: line.slice(at, end), end } : { ok: false, at: at + max };
    },
    print: (value) => value,
  };
}

/** A word that may be written in double quotes, which may then hold blanks: `hostname "host1"`. */
export function quotedWord(
  options: { readonly max?: number; readonly printQuoted?: boolean } = {},
): ArgumentType<string> {
  const plain = word(options);
  return {
    placeholder: "WORD",
    read(line, at) {
      if (line[at] !== '"') return plain.read(line, at);
      const close = line.indexOf('"', at + 1);
      if (close < 0) return { ok: false, at: line.length };
      const end = close + 1;
      if (end < line.length && wordEnd(line, end) > end) return { ok: false, at: end };
      const value = line.slice(at + 1, close);
      return value.length <= (options.max ?? value.length) ? { ok: true, value, end } : { ok: false, at };
    },
    print: (value) => (options.printQuoted === true || value === "" || /[\s"]/.test(value) ? `"${value}"` : value),
  };
}

/** Everything to the end of the line, without trailing blanks. */
export function line(): ArgumentType<string> {
  return {
    placeholder: "LINE",
    verbatim: true,
    read(text, at) {
      return { ok: true, value: text.slice(at).trimEnd(), end: text.length };
    },
    print: (value) => value,
  };
}

const ZERO = 0x30;
const DOT = 0x2e;

function isDigit(char: number): boolean {
  return char >= ZERO && char <= ZERO + 9;
}

function readDotted(text: string, at: number): ArgumentRead<readonly number[]> {
  const end = wordEnd(text, at);
  const octets: number[] = [];
  let octet = 0;
  let digits = 0;
  for (let i = at; i <= end; i += 1) {
    const char = i < end ? text.charCodeAt(i) : DOT;
    const value = octet * 10 + char - ZERO;
    if (isDigit(char) && digits < 3 && value <= 255) {
      octet = value;
      digits += 1;
    } else if (char === DOT && digits > 0 && (octets.length < 3 || i === end)) {
      octets.push(octet);
      octet = 0;
      digits = 0;
    } else {
      return { ok: false, at: i };
    }
  }
  return octets.length === 4 ? { ok: true, value: octets, end } : { ok: false, at: end };
}

/** An IPv4 address in canonical text. */
export function ipv4(): ArgumentType<string> {
  return {
    placeholder: "A.B.C.D",
    read(text, at) {
      const read = readDotted(text, at);
      return read.ok ? { ok: true, value: read.value.join("."), end: read.end } : read;
    },
    print: (value) => value,
  };
}

function prefixLengthOf(octets: readonly number[]): number | undefined {
  const zeros = octets.reduce((bits, octet) => bits * 256 + 255 - octet, 0);
  // Ones behind nothing but zeros are one less than a power of two.
  return (zeros & (zeros + 1)) === 0 ? Math.clz32(zeros) : undefined;
}

function octetsOf(length: number): number[] {
  return [0, 8, 16, 24].map((shift) => {
    const bits = Math.max(0, Math.min(8, length - shift));
    return (0xff << (8 - bits)) & 0xff;
  });
}

/** A mask in dotted text; the value is the prefix length. Masks with holes are refused. */
export function mask(): ArgumentType<number> {
  return {
    placeholder: "A.B.C.D",
    read(text, at) {
      const read = readDotted(text, at);
      if (!read.ok) return read;
      const value = prefixLengthOf(read.value);
      return value === undefined ? { ok: false, at } : { ok: true, value, end: read.end };
    },
    print: (length) => octetsOf(length).join("."),
  };
}

/** An interface by type and number: `FastEthernet0/0`, `loopback 0`. */
export interface InterfaceName {
  /** The type as the dialect spells it. */
  readonly type: string;
  /** `0/0`, `1`, `2/0.1`, `4/0:1/1`. */
  readonly number: string;
}

/**
 * Interface names as they are typed: `fa0/0`, `FastEthernet 0/0`, any unique prefix of a type, any case.
 * `separator` stands between type and number when the name is printed. `shortNames` are the abbreviations that tables print
 * (`Vi`), by type: they are read even where they begin several types. `numbers` are what help says stands behind a type, and a range
 * of them is kept to. `rare` types give way to others that begin alike: `e0/0` is an Ethernet.
 */
export function interfaceName(
  types: readonly string[],
  separator: "" | " ",
  shortNames: Readonly<Record<string, string>> = {},
  numbers: Readonly<Record<string, string>> = {},
  rare: readonly string[] = [],
): ArgumentType<InterfaceName> {
  const typeOf = new Map([
    ...types.map((type) => [shortNames[type]?.toLowerCase(), type] as const),
    ...types.map((type) => [type.toLowerCase(), type] as const),
  ]);
  const onlyOne = (start: string): string | undefined => {
    const begun = types.filter((type) => type.toLowerCase().startsWith(start));
    const usual = begun.filter((type) => !rare.includes(type));
    const matches = usual.length > 0 ? usual : begun;
    return matches.length === 1 ? matches[0] : undefined;
  };
  return {
    placeholder: "IFNAME",
    examples: types,
    guide(typed) {
      const [, letters = "", number] = /^([A-Za-z]*(?:-[A-Za-z]+)*-?)(.*)$/.exec(typed) ?? [];
      const start = letters.toLowerCase();
      const matches = types.filter((type) => type.toLowerCase().startsWith(start));
      if (number === "") return matches.map((type) => ({ word: type, help: `${type} interface` }));
      const type = typeOf.get(start) ?? (matches.length === 1 ? matches[0] : undefined);
      if (type === undefined || start === "" || !/^\s*[\d/:.]*$/.test(number ?? "")) return [];
      return [{ word: numbers[type] ?? "<0-...>", help: `${type} interface number` }];
    },
    read(text, at) {
      const end = wordEnd(text, at);
      const letters = /^[A-Za-z]+(?:-[A-Za-z]+)*-?/.exec(text.slice(at, end))?.[0] ?? "";
      const typed = letters.toLowerCase();
      if (typed === "") return { ok: false, at };
      const type = typeOf.get(typed) ?? onlyOne(typed);
      if (type === undefined) return { ok: false, ...notOneOf(typed, at, types) };
      const glued = at + letters.length;
      const start = glued < end ? glued : skipBlanks(text, end);
      const stop = wordEnd(text, start);
      const number = text.slice(start, stop);
      const isNumber = /^\d+(\/\d+)*(:\d+(\/\d+)*)?(\.\d+)*$/.test(number);
      if (!isNumber || !isWithin(number, numbers[type])) return { ok: false, at: start };
      return { ok: true, value: { type, number }, end: stop };
    },
    print: (name) => interfaceText(name, separator),
  };
}

/** Whether an interface's number, which a subinterface's may follow, is one of `range`, `<1-4095>`. */
function isWithin(number: string, range: string | undefined): boolean {
  const [, least, most] = /^<(\d+)-(\d+)>$/.exec(range ?? "") ?? [];
  const first = Number.parseInt(number, 10);
  if (least === undefined) return true;
  return /^\d+(\.\d+)*$/.test(number) && first >= Number(least) && first <= Number(most);
}

/** The name as one text: `FastEthernet0/0`. */
export function interfaceText(name: InterfaceName, separator: "" | " "): string {
  return `${name.type}${separator}${name.number}`;
}

/** How many characters of `typed` still are the start of one of `words`. */
export function longestPrefix(typed: string, words: readonly string[]): number {
  return words.reduce((longest, word) => Math.max(longest, commonLength(typed, word.toLowerCase())), 0);
}

/** Why a word that was typed in small letters is none of `names`: how far it goes with one of them, and whether it is the start of several. */
export function notOneOf(typed: string, at: number, names: readonly string[]) {
  const begun = typed === "" ? 0 : names.filter((name) => name.toLowerCase().startsWith(typed)).length;
  return { at: at + longestPrefix(typed, names), several: begun > 1 };
}

/** Words of a fixed shape: `1:1` of a route distinguisher, `12:30:00` of a clock. */
export function shaped(placeholder: string, shape: RegExp): ArgumentType<string> {
  return {
    placeholder,
    read(text, at) {
      const end = wordEnd(text, at);
      const value = text.slice(at, end);
      return shape.test(value) ? { ok: true, value, end } : { ok: false, at };
    },
    print: (value) => value,
  };
}

/** A name of something that the configuration has: `?` and Tab know those that are there. */
export function named<Value>(kind: string, type: ArgumentType<Value>): ArgumentType<Value> {
  return { ...type, live: kind };
}
