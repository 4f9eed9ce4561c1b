/**
 * Everything there is to say about a configuration: what its compiler could not have, and what the rules find. What both
 * say is said once: the compiler's words that a rule answers for are that rule's finding.
 */

import type { ConfigNode } from "../../../grammar/declaration.ts";
import type { Compiled, Dialect } from "../../dialect.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import { COMPILER_RULES, NOT_IN_EFFECT } from "./compiler-rules.ts";
import { danglingFindings, type Reference } from "./dangling.ts";
import type { Finding, LineStart, Rule } from "./finding.ts";
import { hiddenSecretFindings } from "./hidden-secrets.ts";
import { type SpecificationPlaces, specificationFindings } from "./specification-rules.ts";
import { WrittenLines } from "./stored-text.ts";

/** What a dialect knows of its own configurations. */
export interface Semantics {
  readonly places: SpecificationPlaces;
  readonly references: readonly Reference[];
  /** What neither the specification nor a table of references tells. */
  find(store: ConfigStore, written: WrittenLines): readonly Finding[];
  /** How the line begins that the compiler means by the name before its colon, where the name is not the line's start. */
  lineOf(name: string): LineStart | undefined;
}

interface FoundLine {
  readonly rule: Rule;
  /** `ip local pool A: 10.0.0.1-10.0.0.9 overlaps …`. */
  readonly text: string;
  /** The line it belongs to; absent when it is about something that is not there. */
  readonly node: ConfigNode | undefined;
}

export function findingsOf(dialect: Dialect, store: ConfigStore, compiled: Compiled): readonly FoundLine[] {
  const { semantics } = dialect;
  const written = new WrittenLines(store);
  const located = ({ rule, place, what }: Finding): FoundLine => {
    const node = place.line !== undefined && "pattern" in place.line ? written.starting(place.line) : place.line;
    return { rule, text: place.name === "" ? what : `${place.name}: ${what}`, node };
  };
  const compiler = compiled.warnings.map((text) => located(compilerFinding(text, semantics)));
  if (semantics === undefined) return compiler;
  const found = [
    ...specificationFindings(compiled.spec, semantics.places),
    ...danglingFindings(written, semantics.references),
    ...hiddenSecretFindings(store),
    ...semantics.find(store, written),
  ].map(located);
  const texts = new Set(compiler.map(({ text }) => text));
  const rulesAt = Map.groupBy(compiler, ({ node }) => node);
  const told = ({ rule, text, node }: FoundLine): boolean =>
    texts.has(text) || rulesAt.get(node)?.some((other) => other.rule.id === rule.id) === true;
  const once = new Map(found.filter((each) => !told(each)).map((each) => [each.text, each]));
  return [...compiler, ...once.values()];
}

function compilerFinding(text: string, semantics: Semantics | undefined): Finding {
  const colon = text.indexOf(": ");
  const name = text.slice(0, Math.max(0, colon));
  const rule = COMPILER_RULES.find(({ says }) => says.test(text)) ?? NOT_IN_EFFECT;
  const line = name === "" ? undefined : (semantics?.lineOf(name) ?? beginning(name));
  return { rule, place: { name, line }, what: name === "" ? text : text.slice(colon + 2) };
}

/** A line that begins with these words. */
export function beginning(words: string): LineStart {
  const pattern = new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?: |$)`, "i");
  return { pattern, words: words.toLowerCase().split(" ") };
}
