/** Several interfaces in one word, as `interface range` names them: `FastEthernet0/0 - 3 , Loopback1`, with or without blanks. */

import type { ArgumentType } from "../../grammar/argument.ts";
import type { InterfaceName } from "../../grammar/arguments.ts";
import { anyInterface } from "./arguments.ts";

/** Interfaces that differ in the last part of their number. */
export interface InterfaceRun {
  readonly type: string;
  /** What stands before the last part: `0/`, `0/0.`, or nothing. */
  readonly stem: string;
  readonly first: number;
  readonly last: number;
}

const RUN =
  /^\s*(?<type>[A-Za-z]+(?:-[A-Za-z]+)*)\s*(?<stem>(?:\d+[/.:])*)(?<first>\d+)(?:\s*-\s*(?<last>\d+))?\s*(?<end>,|$)/;

export const interfaceRange: ArgumentType<readonly InterfaceRun[]> = {
  placeholder: "IFRANGE",
  examples: anyInterface.examples ?? [],
  read(line, at) {
    const runs: InterfaceRun[] = [];
    for (let start = at; ; ) {
      const match = RUN.exec(line.slice(start));
      const { type = "", stem = "", first = "", last = first, end } = match?.groups ?? {};
      const named = anyInterface.read(`${type}${stem}${first}`, 0);
      if (match === null || !named.ok) return { ok: false, at: start + (named.ok ? 0 : named.at) };
      runs.push({ type: named.value.type, stem, first: Number(first), last: Number(last) });
      start += match[0].length;
      if (end !== ",") return { ok: true, value: runs, end: line.length };
    }
  },
  print: (runs) =>
    runs
      .map(({ type, stem, first, last }) => `${type}${stem}${first}${last === first ? "" : ` - ${last}`}`)
      .join(" , "),
};

/** Why the box takes no such list; `undefined` = it does. */
export function rangeFault(runs: readonly InterfaceRun[], most: number): string | undefined {
  if (runs.some(({ first, last }) => last < first)) return "%Command rejected: Bad interface range";
  const count = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return count > most ? "%Command rejected: Interface list is too long" : undefined;
}

export function interfacesOfRange(runs: readonly InterfaceRun[]): InterfaceName[] {
  return runs.flatMap(({ type, stem, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => ({ type, number: `${stem}${first + index}` })),
  );
}
