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

type Places = (number | undefined)[];

/** What is left to do: a place of the graph to try at a character of the line, or what was noted on the way there to take back. */
type Pending =
  | { readonly place: number; readonly at: number }
  | { readonly noted: Places; readonly index: number; readonly before: number | undefined };

export class Recaller {
  readonly #graph: Graph;
  #left = MOST_OF_ALL;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  matches(whole: string): boolean {
    const line = whole.slice(0, LONGEST_LINE);
    const granted = Math.min(MOST_OF_A_LINE, this.#left);
    let left = granted;
    let found = false;
    for (let from = 0; from <= line.length && !found && left > 0; from += 1) {
      const tried = this.#from(from, line, left);
      found = tried.found;
      left -= tried.steps;
    }
    this.#left -= granted - left;
    return found;
  }

  /** What is pending lies in a list, not on the stack of calls: an expression may nest deeper than that is. */
  #from(start: number, line: string, most: number): { readonly found: boolean; readonly steps: number } {
    /** Where each parenthesis began and ended last. */
    const begins: Places = [];
    const ends: Places = [];
    /** Where each fork of the graph was stood at last: to come there again without a character between leads nowhere. */
    const forks: Places = [];
    const pending: Pending[] = [{ place: this.#graph.start, at: start }];
    const note = (noted: Places, index: number, at: number): void => {
      pending.push({ noted, index, before: noted[index] });
      noted[index] = at;
    };
    let steps = 0;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if ("noted" in next) {
        next.noted[next.index] = next.before;
        continue;
      }
      if (steps === most) break;
      steps += 1;
      const { place, at } = next;
      const node = this.#graph.nodes[place];
      switch (node?.kind) {
        case "match":
          return { found: true, steps };
        case "character":
          if (at < line.length && node.test(line.charCodeAt(at))) pending.push({ place: node.to, at: at + 1 });
          break;
        case "lineStart":
          if (at === 0) pending.push({ place: node.to, at });
          break;
        case "lineEnd":
          if (at === line.length) pending.push({ place: node.to, at });
          break;
        case "begin":
        case "end":
          note(node.kind === "begin" ? begins : ends, node.group, at);
          pending.push({ place: node.to, at });
          break;
        case "recall": {
          const [begin, end] = [begins[node.group], ends[node.group]];
          const text = begin === undefined || end === undefined ? undefined : line.slice(begin, end);
          if (text !== undefined && line.startsWith(text, at)) pending.push({ place: node.to, at: at + text.length });
          break;
        }
        case "either":
          if (forks[place] === at) break;
          note(forks, place, at);
          for (const to of node.to.toReversed()) pending.push({ place: to, at });
          break;
      }
    }
    return { found: false, steps };
  }
}
