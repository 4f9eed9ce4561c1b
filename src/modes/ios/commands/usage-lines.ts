/**
 * Lines that are kept and printed back, each written as a usage line. What a value looks like and what common words mean
 * is said here once; a family of lines adds the words of its own.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, mask, quotedWord, shaped, word } from "../../../grammar/arguments.ts";
import {
  type Displacement,
  type Effect,
  LateSetting,
  type Mode,
  type Opener,
  opener,
  type Setting,
} from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { frontHelpOf, frontOf, type Glossary, usageOf } from "../../common/usage.ts";
import {
  anyInterface,
  calendarWord,
  ipv6Address,
  ipv6Prefix,
  MONTHS,
  maskOrLength,
  prefixText,
  WEEKDAYS,
} from "../arguments.ts";
import { routeDistinguisher } from "../route-distinguisher.ts";
import { typesIn, withoutZero } from "./said-in-clear.ts";
import { COMMON_WORDS } from "./usage-words.ts";

interface Family {
  readonly mode: Mode;
  readonly except?: readonly Mode[];
  readonly section?: string;
  readonly effect: Effect;
  /** `stored`: `no` says something of its own, and is kept. */
  readonly negation?: "removes" | "stored";
  /** Each holds without being typed: `no` of it is kept, and it is printed among all that holds. */
  readonly holds?: true;
  /** Below which lines it does; absent = wherever it can be typed. */
  initialBelow?(parent: Values): boolean;
  readonly displaces?: Displacement;
  /** Fixed words that alone behind `no` mean all of these. */
  readonly family?: string;
  /** Every value tells two lines apart, not only those with a mark. */
  readonly distinct?: true;
  /** `no` with the first value alone takes back every line that has it: `no area 1`. */
  readonly together?: true;
  /** Help of words and values of this family, before what is said for all. */
  readonly words?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, ArgumentType<unknown>>> = {
  "A.B.C.D": ipv4(),
  "A.B.C.D/nn": prefixText,
  "ASN:nn": routeDistinguisher,
  "H.H.H": shaped("H.H.H", /^[\da-f]{1,4}\.[\da-f]{1,4}\.[\da-f]{1,4}$/i),
  /** Hexadecimal digits in groups, as in hardware addresses. */
  DOTTED: shaped("Hex-data", /^[\da-f]+(\.[\da-f]+)*$/i),
  HEX: shaped("Hex-data", /^[\da-f]+$/i),
  "hh:mm": shaped("hh:mm", /^([01]?\d|2[0-3]):[0-5]\d$/),
  "hh:mm:ss": shaped("hh:mm:ss", /^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$/),
  IFNAME: anyInterface,
  /** A key or password of one word. */
  KEY: secret(word()),
  LINE: line(),
  MASK: mask(),
  PERCENT: shaped("<0.00 - 100.00>", /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/),
  /** A pattern or command in double quotes, which may hold blanks. */
  QUOTED: quotedWord({ printQuoted: true }),
  /** So many, with a letter for thousands and more. */
  RATE: shaped("<0-...>[k|m|g]", /^\d+(\.\d+)?[kmg]?$/i),
  "MASK/nn": maskOrLength,
  /** A name that is no number or address. */
  NAME: shaped("WORD", /^(?!\d+(\/\d+)?$)[^\s:]+$/),
  /** Numbers and ranges of them. */
  NUMBERS: shaped("WORD", /^\d+(-\d+)?(,\d+(-\d+)?)*$/),
  /** A regular expression, with blanks. */
  REGEXP: { ...line(), placeholder: "LINE" },
  PORT: shaped("slot/subslot/port", /^\d{1,2}(\/\d{1,3}){1,2}$/),
  SLOT: shaped("slot/subslot", /^\d{1,2}(\/\d{1,2}){0,2}$/),
  SLASH: shaped("/nn", /^\/([1-9]|[12]\d|3[0-2])$/),
  DAY: calendarWord("DAY", WEEKDAYS, 3),
  MONTH: calendarWord("MONTH", MONTHS, 3),
  MONTHNAME: calendarWord("MONTH", MONTHS),
  /** A key or password to the end of the line. */
  PASSWORD: secret(line()),
  VPIVCI: shaped("<0-255>/<1-65535>", /^(\d{1,3}\/)?\d{1,5}$/),
  VPNID: shaped("OUI:VPN-index", /^[\da-f]{1,6}:[\da-f]{1,8}$/i),
  WEEKDAY: calendarWord("DAY", WEEKDAYS),
  WORD: word(),
  "X:X:X:X::X": ipv6Address,
  "X:X:X:X::X/<0-128>": ipv6Prefix,
} as Readonly<Record<string, ArgumentType<unknown>>>;

/** A command for each row, `usage -> help of its last fixed word`. */
export function usageLines(family: Family, rows: Readonly<Record<string, string>>): Setting[] {
  const { words, together, distinct, holds, ...known } = family;
  const base = holds === true ? { ...known, negation: "stored" as const } : known;
  const glossary = glossaryOf(words);
  return Object.entries(rows).map(
    ([text, help]) =>
      new LateSetting(
        frontOf(text, glossary),
        base,
        () => {
          const said = usageOf(text, help, glossary, distinct === true);
          const usage = holds === true ? { initial: {}, ...said } : said;
          const types = typesIn(usage.form);
          const normal = types.length === 0 ? {} : { normal: (values: Values) => withoutZero(values, types) };
          return { ...usage, ...normal, ...(together === true ? { group: usage.key.slice(0, 1) } : {}) };
        },
        () => frontHelpOf(text, help, glossary),
      ),
  );
}

/** A mode that nothing is done with. */
export function usageOpener(family: Family & { readonly opens: Mode }, usage: string, help: string): Opener {
  const { words, together: _, distinct: _every, holds: _holds, ...base } = family;
  return opener({ ...base, ...usageOf(usage, help, glossaryOf(words)) });
}

function glossaryOf(words: Readonly<Record<string, string>> | undefined): Glossary {
  return { types: TYPES, help: words === undefined ? [COMMON_WORDS] : [words, COMMON_WORDS] };
}
