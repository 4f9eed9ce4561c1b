/** Which short names stand for the start of a line: those of the configuration, and in exec those that the box has by itself. */

import type { ConfigReader } from "../../grammar/declaration.ts";
import { type ALIAS_MODES, alias } from "./commands/alias.ts";

export type AliasMode = keyof typeof ALIAS_MODES;

const OWN: readonly (readonly [name: string, command: string])[] = [
  ["h", "help"],
  ["lo", "logout"],
  ["p", "ping"],
  ["r", "resume"],
  ["s", "show"],
  ["u", "undebug"],
  ["un", "undebug"],
  ["w", "where"],
];

/** Sorted by name. */
export function aliasesOf(config: ConfigReader, mode: AliasMode): ReadonlyMap<string, string> {
  const typed = config
    .all(alias)
    .filter(({ values, negated }) => values.mode === mode && !negated)
    .map(({ values }) => [values.name, values.command] as const);
  const all = new Map<string, string>([...(mode === "exec" ? OWN : []), ...typed]);
  return new Map([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

const MODES: Readonly<Record<string, AliasMode>> = { global: "configure", interface: "interface", line: "line" };

/** What a word at the start of a line stands for; `mode`: that of configuration, `undefined` in exec. */
export function aliasFor(config: ConfigReader, mode: string | undefined, word: string): string | undefined {
  const called = mode === undefined ? "exec" : MODES[mode];
  if (called === undefined) return undefined;
  const typed = config.find(alias, { mode: called, name: word });
  if (typed?.negated === false) return typed.values.command;
  return called === "exec" ? OWN.find(([name]) => name === word)?.[1] : undefined;
}
