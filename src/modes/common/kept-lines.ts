/**
 * Whole families of lines that are kept as they were typed and do nothing here: a few fixed words, then the parameters that the box
 * has for them or, where those are not known, anything. A table says what they are.
 */

import type { ArgumentType } from "../../grammar/argument.ts";
import { line } from "../../grammar/arguments.ts";
import { type Effect, LateSetting, type Mode, type Scope, type Setting } from "../../grammar/declaration.ts";
import { arg, type Element, kw, opt } from "../../grammar/elements.ts";
import { secret } from "./secret-argument.ts";

interface Family {
  readonly mode: Mode;
  readonly except?: readonly Mode[];
  readonly scope?: Scope;
  readonly section?: string;
  readonly effect: Effect;
  /** `stored`: `no` says something of its own, and is kept. */
  readonly negation?: "removes" | "stored";
  /** There is one line of each: a second one takes the place of the first. */
  readonly single?: true;
  /** What follows the words may be a password. */
  readonly secret?: true;
  /** Help of words in front that several lines share: `ip`, `snmp-server`. */
  readonly shared?: Readonly<Record<string, string>>;
}

/** What follows the words of a row, and which of its values tell two such lines apart: none = there is one line of each. */
type Parameters = readonly [help: string, form: readonly Element[], key?: readonly string[]];

/**
 * A command for each row, `words -> help of the last word`, with what follows where that is known. `no` with the words alone
 * removes every line of them; `no` and `default` with the rest remove that one.
 */
export function keptLines(family: Family, rows: Readonly<Record<string, string | Parameters>>): Setting[] {
  const { shared = {}, single = false, secret: isSecret = false, ...base } = family;
  const rest: ArgumentType<unknown> = isSecret ? secret(line()) : line();
  const anything: Parameters = ["", [opt(arg("text", rest, "Parameters"))], single ? [] : ["text"]];
  return Object.entries(rows).map(([words, row]) => {
    const [help, form, key] = typeof row === "string" ? ([row, anything[1], anything[2]] as const) : row;
    return new LateSetting(words, base, () => {
      const names = words.split(" ");
      const last = names.length - 1;
      const front = names.map((name, index) => kw(name, index === last ? help : (shared[name] ?? help)));
      return { form: [...front, ...form], key: key ?? [] };
    });
  });
}
