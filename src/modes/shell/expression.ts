/**
 * Regular expressions as routers have them: `. * + ? ^ $ [] () |`, `\` before any of them, and `_` for the edge of a word
 * (a blank, a comma, a brace, a parenthesis, either end of the line). What a user types runs on this machine, so a line is
 * matched in a time that grows with its length alone: the expression becomes a graph, and the sets of places in it
 * become the states of an automaton as lines need them. Only an expression that recalls what a parenthesis matched (`\1`)
 * is tried place by place, with a bound (`recall.ts`).
 */

import type { Graph, Node } from "./expression-graph.ts";
import { Recaller } from "./recall.ts";

const LONGEST_EXPRESSION = 512;
/** States that are remembered; a hostile expression could make one for each character of a line. */
const MOST_STATES = 500;

const RECALL = /\\[1-9]/;

const WORD_EDGES = new Set([..." ,{}()"].map((edge) => edge.charCodeAt(0)));

/** A test for lines in which the expression matches somewhere; `undefined` = it is no expression. */
export function lineMatcher(expression: string): ((line: string) => boolean) | undefined {
  if (expression.length > LONGEST_EXPRESSION) return undefined;
  const graph = new Reader(expression).read();
  if (graph === undefined) return undefined;
  const machine = graph.nodes.some(({ kind }) => kind === "recall") ? new Recaller(graph) : new Automaton(graph);
  return (line) => machine.matches(line);
}

/** A piece of the graph: made backwards, from what follows it. */
type Piece = (next: number) => number;

class Reader {
  readonly #text: string;
  readonly #nodes: Node[] = [];
  /** Which parentheses have begun and which have ended, by their number. */
  #begun = 0;
  readonly #ended = new Set<number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Graph | undefined {
    const piece = this.#alternatives();
    if (piece === undefined || this.#at < this.#text.length) return undefined;
    const match = this.#add({ kind: "match" });
    return { nodes: this.#nodes, start: piece(match) };
  }

  #add(node: Node): number {
    return this.#nodes.push(node) - 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #alternatives(): Piece | undefined {
    const pieces: Piece[] = [];
    do {
      const piece = this.#sequence();
      if (piece === undefined) return undefined;
      pieces.push(piece);
    } while (this.#take("|"));
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) return only;
    return (next) => this.#add({ kind: "either", to: pieces.map((piece) => piece(next)) });
  }

  #sequence(): Piece | undefined {
    const pieces: Piece[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== "|" && this.#text[this.#at] !== ")") {
      const piece = this.#repeated();
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    return (next) => pieces.reduceRight((to, piece) => piece(to), next);
  }

  #repeated(): Piece | undefined {
    let piece = this.#single();
    while (piece !== undefined) {
      const repeated: Piece = piece;
      if (this.#take("?")) piece = (next) => this.#add({ kind: "either", to: [repeated(next), next] });
      else if (this.#take("*")) piece = (next) => this.#loop(repeated, next).again;
      else if (this.#take("+")) piece = (next) => this.#loop(repeated, next).first;
      else break;
    }
    return piece;
  }

  #loop(piece: Piece, next: number): { readonly first: number; readonly again: number } {
    const to: number[] = [];
    const again = this.#add({ kind: "either", to });
    const first = piece(again);
    to.push(first, next);
    return { first, again };
  }

  #single(): Piece | undefined {
    const character = this.#text[this.#at] ?? "";
    this.#at += 1;
    switch (character) {
      case "(": {
        this.#begun += 1;
        const group = this.#begun;
        const inside = this.#alternatives();
        if (inside === undefined || !this.#take(")")) return undefined;
        this.#ended.add(group);
        if (!RECALL.test(this.#text)) return inside;
        return (to) => this.#add({ kind: "begin", group, to: inside(this.#add({ kind: "end", group, to })) });
      }
      case "[":
        return this.#set();
      case "*":
      case "+":
      case "?":
        return undefined;
      case ".":
        return this.#character(() => true);
      case "^":
        return (to) => this.#add({ kind: "lineStart", to });
      case "$":
        return (to) => this.#add({ kind: "lineEnd", to });
      case "_":
        return (next) => {
          const edge = this.#character((code) => WORD_EDGES.has(code))(next);
          const ends = (["lineStart", "lineEnd"] as const).map((kind) => this.#add({ kind, to: next }));
          return this.#add({ kind: "either", to: [edge, ...ends] });
        };
      case "\\": {
        const escaped = this.#text[this.#at] ?? "";
        this.#at += 1;
        const group = Number(escaped);
        if (this.#ended.has(group)) return (to) => this.#add({ kind: "recall", group, to });
        return escaped === "" ? undefined : this.#exactly(escaped);
      }
      default:
        return this.#exactly(character);
    }
  }

  #character(test: (code: number) => boolean): Piece {
    return (to) => this.#add({ kind: "character", test, to });
  }

  #exactly(character: string): Piece {
    const wanted = character.charCodeAt(0);
    return this.#character((code) => code === wanted);
  }

  /** Behind `[`: characters and ranges up to `]`, which may itself stand first. */
  #set(): Piece | undefined {
    const excluding = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    while (ranges.length === 0 || this.#text[this.#at] !== "]") {
      const from = this.#inSet();
      if (from === undefined) return undefined;
      const isRange =
        this.#text[this.#at] === "-" && this.#at + 1 < this.#text.length && this.#text[this.#at + 1] !== "]";
      if (isRange) this.#at += 1;
      const to = isRange ? this.#inSet() : from;
      if (to === undefined || to < from) return undefined;
      ranges.push([from, to]);
    }
    this.#at += 1;
    return this.#character((code) => ranges.some(([from, to]) => from <= code && code <= to) !== excluding);
  }

  #inSet(): number | undefined {
    this.#take("\\");
    const character = this.#text[this.#at];
    this.#at += 1;
    return character?.charCodeAt(0);
  }
}

/** A set of places in the graph, and where each character leads from it. */
interface State {
  readonly places: readonly number[];
  readonly matches: boolean;
  /** It matches if the line is over here. */
  readonly matchesAtEnd: boolean;
  readonly next: Map<number, State>;
}

class Automaton {
  readonly #graph: Graph;
  #states = new Map<string, State>();
  #first: State;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#first = this.#stateOf([graph.start], true);
  }

  matches(line: string): boolean {
    let state = this.#first;
    for (let at = 0; at < line.length; at += 1) {
      if (state.matches) return true;
      const code = line.charCodeAt(at);
      let next = state.next.get(code);
      if (next === undefined) {
        next = this.#step(state, code);
        state.next.set(code, next);
      }
      state = next;
    }
    return state.matches || state.matchesAtEnd;
  }

  /** The expression may also begin behind any character: its start is in every state. */
  #step(state: State, code: number): State {
    const to = [this.#graph.start];
    for (const place of state.places) {
      const node = this.#graph.nodes[place];
      if (node?.kind === "character" && node.test(code)) to.push(node.to);
    }
    return this.#stateOf(to, false);
  }

  #stateOf(from: readonly number[], atStart: boolean): State {
    const places = this.#reach(from, atStart, false);
    const key = `${atStart ? "^" : ""}${places.join()}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= MOST_STATES) this.#forget();
    const isMatch = (place: number): boolean => this.#graph.nodes[place]?.kind === "match";
    const state: State = {
      places,
      matches: places.some(isMatch),
      matchesAtEnd: this.#reach(from, atStart, true).some(isMatch),
      next: new Map(),
    };
    this.#states.set(key, state);
    return state;
  }

  #forget(): void {
    this.#states = new Map();
    this.#first?.next.clear();
  }

  /** Every place that can be stood in without reading a character, in rising order. */
  #reach(from: readonly number[], atStart: boolean, atEnd: boolean): readonly number[] {
    const reached = new Set(from);
    for (const place of reached) {
      const node = this.#graph.nodes[place];
      const passes =
        node?.kind === "either" ||
        node?.kind === "begin" ||
        node?.kind === "end" ||
        (node?.kind === "lineStart" && atStart) ||
        (node?.kind === "lineEnd" && atEnd);
      if (!passes || node === undefined || !("to" in node)) continue;
      for (const to of typeof node.to === "number" ? [node.to] : node.to) reached.add(to);
    }
    return [...reached].sort((a, b) => a - b);
  }
}
