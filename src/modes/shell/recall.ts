/**
 * Lines against an expression that recalls what a parenthesis matched (`(a.)x\1`). No automaton can do that, so places are
 * tried one after the other; what that may cost is bounded for each line and for all of them. A line that would cost
 * more, and every line behind the bound of all, is one that does not match.
 */

import type { Graph } from "./expression-graph.ts";

/** Steps that one line may take. */
const MOST_OF_A_LINE = 10_000;
/** Steps that all lines of an output may take together. */
const MOST_OF_ALL = 3_000_000;
/** What is behind these characters of a line is not looked at. */
const LONGEST_LINE = 1000;

export class Recaller {
  readonly #graph: Graph;
  #left = MOST_OF_ALL;
  #leftOfLine = 0;
  #line = "";
  /** Where each parenthesis began and ended last. */
  #begins: (number | undefined)[] = [];
  #ends: (number | undefined)[] = [];
  /** Where each fork of the graph was stood at last: to come there again without a character between leads nowhere. */
  #forks = new Map<number, number>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  matches(line: string): boolean {
    this.#line = line.slice(0, LONGEST_LINE);
    const granted = Math.min(MOST_OF_A_LINE, this.#left);
    this.#leftOfLine = granted;
    let found = false;
    for (let from = 0; from <= this.#line.length && !found && this.#leftOfLine > 0; from += 1) {
      this.#begins = [];
      this.#ends = [];
      this.#forks.clear();
      found = this.#from(this.#graph.start, from);
    }
    this.#left -= granted - Math.max(0, this.#leftOfLine);
    return found;
  }

  #from(place: number, at: number): boolean {
    this.#leftOfLine -= 1;
    const node = this.#graph.nodes[place];
    if (this.#leftOfLine < 0 || node === undefined) return false;
    switch (node.kind) {
      case "match":
        return true;
      case "character":
        return at < this.#line.length && node.test(this.#line.charCodeAt(at)) && this.#from(node.to, at + 1);
      case "lineStart":
        return at === 0 && this.#from(node.to, at);
      case "lineEnd":
        return at === this.#line.length && this.#from(node.to, at);
      case "begin":
        return this.#noting(this.#begins, node.group, at, node.to);
      case "end":
        return this.#noting(this.#ends, node.group, at, node.to);
      case "recall": {
        const [begin, end] = [this.#begins[node.group], this.#ends[node.group]];
        if (begin === undefined || end === undefined) return false;
        const text = this.#line.slice(begin, end);
        return this.#line.startsWith(text, at) && this.#from(node.to, at + text.length);
      }
      case "either": {
        const before = this.#forks.get(place);
        if (before === at) return false;
        this.#forks.set(place, at);
        if (node.to.some((to) => this.#from(to, at))) return true;
        this.#forks.set(place, before ?? -1);
        return false;
      }
    }
  }

  #noting(places: (number | undefined)[], group: number, at: number, to: number): boolean {
    const before = places[group];
    places[group] = at;
    if (this.#from(to, at)) return true;
    places[group] = before;
    return false;
  }
}
