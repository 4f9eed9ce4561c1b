/** Names that are used and nowhere given: each dialect says in a table what its lines refer to and what defines it. */

import type { ConfigStore } from "../../tree/config-store.ts";
import type { Finding, Rule } from "./finding.ts";
import { type WrittenLine, writtenLines } from "./stored-text.ts";

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

const MISSING: Rule = {
  id: "missing-definition",
  text: "A line names something that no other line defines.",
  advice: "Define it, or correct the name.",
};

export function danglingFindings(store: ConfigStore, references: readonly Reference[]): Finding[] {
  const words = new Set(references.flatMap((reference) => reference.words));
  const lines = writtenLines(store, words).filter(({ node }) => !node.negated);
  return references.flatMap((reference) => danglingOf(lines, reference));
}

function danglingOf(lines: readonly WrittenLine[], { what, uses, below, gives, builtIn = [] }: Reference): Finding[] {
  const given = new Set([...builtIn, ...lines.flatMap(({ text }) => unquoted(gives.exec(text)?.[1] ?? ""))]);
  return lines.flatMap(({ text, node, top }): Finding[] => {
    if (below !== undefined && !below.test(top.meaning)) return [];
    const names = uses.exec(text)?.[1]?.split(" ").map(unquoted) ?? [];
    return names
      .filter((name) => !given.has(name))
      .map((name) => ({
        rule: MISSING,
        place: { name: top === node ? text : `${top.meaning}: ${text}`, line: node },
        what: `there is no ${what} ${name}`,
      }));
  });
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, "$1");
}
