/** Names that are used and nowhere given: each dialect says in a table what its lines refer to and what defines it. */

import type { Finding, Rule } from "./finding.ts";
import type { WrittenLine, WrittenLines } from "./stored-text.ts";

export interface Reference {
  /** `access list`. */
  readonly what: string;
  /** First words of the lines that both patterns look at. */
  readonly words: readonly string[];
  /** Its first group is the name that is used, or several. */
  readonly uses: RegExp;
  /** How the top-level line begins below which it counts; absent = anywhere. */
  readonly below?: RegExp;
  /** Its first group is the name that is given. */
  readonly gives: RegExp;
  /** Names that need no line of their own. */
  readonly builtIn?: readonly string[];
}

export const MISSING: Rule = {
  id: "missing-definition",
  text: "A line names something that no other line defines.",
  advice: "Define it, or correct the name.",
};

export function danglingFindings(written: WrittenLines, references: readonly Reference[]): Finding[] {
  return references.flatMap((reference) => danglingOf(written.of(reference.words), reference));
}

/** Patterns are many and lines may be thousands: a pattern meets the lines of its own words only. */
function danglingOf(lines: readonly WrittenLine[], { what, uses, below, gives, builtIn = [] }: Reference): Finding[] {
  const given = new Set(builtIn);
  const used: { readonly line: WrittenLine; readonly names: string }[] = [];
  for (const line of lines) {
    if (line.node.negated) continue;
    const gift = gives.exec(line.text)?.[1];
    if (gift !== undefined) given.add(unquoted(gift));
    const names = uses.exec(line.text)?.[1];
    if (names !== undefined && below?.test(line.top.meaning) !== false) used.push({ line, names });
  }
  return withoutSpread(used).flatMap(({ line: { text, node, top }, names }) =>
    names
      .split(" ")
      .map(unquoted)
      .filter((name) => !given.has(name))
      .map((name) => ({
        rule: MISSING,
        place: { name: top === node ? text : `${top.meaning}: ${text}`, line: node },
        what: `there is no ${what} ${name}`,
      })),
  );
}

/** What is said of terminal lines in a row stands once for each of them: the first speaks for all. */
function withoutSpread<Use extends { readonly line: WrittenLine }>(used: readonly Use[]): readonly Use[] {
  const seen = new Set<string>();
  return used.filter(({ line: { text, top } }) => {
    const [, kind] = /^(line \S+ )\d/.exec(top.meaning) ?? [];
    if (kind === undefined) return true;
    const said = kind + text;
    return !seen.has(said) && seen.add(said);
  });
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, "$1");
}
