/**
 * What `--wait` waits for:
 *
 *     condition = fact { "and" fact }
 *     fact      = ( "tunnel" | "session" ) [ NAME ] ( "up" | "down" )
 *               | ( "tunnels" | "sessions" ) ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) NUMBER
 *               | "show" the rest of the text
 *
 * A NAME is what the other end or the user is called, or its address; in quotes where it has blanks. Without one any will do: `up` = there
 * is one that is up, `down` = there is none. Numbers count what is up. A show command holds when it prints something.
 */

import type { GatewayState, Party } from "../gateway-state.ts";

export type Condition = readonly Fact[];

export type Fact =
  | {
      readonly kind: "state";
      readonly what: What;
      /** Absent = any. */
      readonly name: string | undefined;
      readonly isUp: boolean;
    }
  | { readonly kind: "count"; readonly what: What; readonly operator: Operator; readonly number: number }
  | { readonly kind: "show"; readonly command: string };

export type What = "tunnel" | "session";
export type Operator = keyof typeof COMPARE;

const COMPARE = {
  "=": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
} as const;

/** Why a text is no condition, in words for the user. */
export class ConditionError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "ConditionError";
  }
}

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly start: number;
}

/** Throws `ConditionError`. */
export function parseCondition(text: string): Condition {
  const words = wordsOf(text);
  const facts: Fact[] = [];
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word?.text === "show") {
      facts.push({ kind: "show", command: text.slice(word.start).trim() });
      return facts;
    }
    const { fact, length } = factAt(words.slice(at));
    facts.push(fact);
    at += length;
    if (at === words.length) return facts;
    if (words[at]?.text !== "and") throw new ConditionError(`expected "and" before ${quote(words[at]?.text ?? "")}`);
    at += 1;
  }
}

function factAt(words: readonly Word[]): { readonly fact: Fact; readonly length: number } {
  const [first, second, third] = words;
  switch (first?.text) {
    case "tunnels":
    case "sessions": {
      const what = first.text === "tunnels" ? "tunnel" : "session";
      const operator = second?.text;
      if (operator === undefined || !isOperator(operator) || third === undefined || !/^\d{1,9}$/.test(third.text)) {
        throw new ConditionError(`expected a comparison with a number, such as "${first.text} >= 2"`);
      }
      return { fact: { kind: "count", what, operator, number: Number(third.text) }, length: 3 };
    }
    case "tunnel":
    case "session": {
      // A name may be "up" where the state stands behind it.
      const isNamed = second !== undefined && (second.isQuoted || !isState(second.text) || isState(third?.text));
      const state = isNamed ? third?.text : second?.text;
      if (!isState(state)) throw new ConditionError(`expected "up" or "down" behind ${quote(first.text)}`);
      const fact = {
        kind: "state",
        what: first.text,
        name: isNamed ? second.text : undefined,
        isUp: state === "up",
      } as const;
      return { fact, length: isNamed ? 3 : 2 };
    }
    default:
      throw new ConditionError(
        `expected "tunnel", "session", "tunnels", "sessions" or "show"${first === undefined ? "" : `, not ${quote(first.text)}`}`,
      );
  }
}

function isOperator(text: string): text is Operator {
  return Object.hasOwn(COMPARE, text);
}

function isState(text: string | undefined): boolean {
  return text === "up" || text === "down";
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/"([^"]*)"|[<>]=?|!?=|[^\s"<>=!]+|\S/g)) {
    const [whole, quoted] = match;
    words.push({ text: quoted ?? whole, isQuoted: quoted !== undefined, start: match.index });
  }
  return words;
}

function quote(text: string): string {
  return `"${text}"`;
}

/** The canonical text; parsed, it is the same condition. */
export function conditionText(condition: Condition): string {
  return condition.map(factText).join(" and ");
}

function factText(fact: Fact): string {
  switch (fact.kind) {
    case "state": {
      const name = fact.name === undefined ? "" : ` ${/^[^\s"<>=!]+$/.test(fact.name) ? fact.name : quote(fact.name)}`;
      return `${fact.what}${isState(name.trim()) ? ` ${quote(name.trim())}` : name} ${fact.isUp ? "up" : "down"}`;
    }
    case "count":
      return `${fact.what}s ${fact.operator} ${fact.number}`;
    case "show":
      return fact.command;
  }
}

/** Whether a fact about the state holds; what shows print is for the caller to see. */
export function holds(fact: Exclude<Fact, { readonly kind: "show" }>, state: GatewayState): boolean {
  const parties = fact.what === "tunnel" ? state.tunnels : state.sessions;
  const up = parties.filter(({ isUp }) => isUp);
  if (fact.kind === "count") return COMPARE[fact.operator](up.length, fact.number);
  return up.some((party) => fact.name === undefined || isCalled(party, fact.name)) === fact.isUp;
}

function isCalled({ name, address }: Party, wanted: string): boolean {
  return name === wanted || address === wanted;
}
