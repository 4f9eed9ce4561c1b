/**
 * All commands of a mode as one deterministic graph: a node is the set of places in which a reader can be after the
 * words so far. Nodes are made when they are first reached, or all at once for the generated parser.
 */

import type { ArgumentType } from "./argument.ts";
import { lettersOf } from "./letters.ts";
import { type Edge, type HasForm, type Position, startOf } from "./positions.ts";
import { WordIndex } from "./word-index.ts";

/** A fixed word or a kind of value that may come next. */
export interface Branch<Command> {
  /** The word, or the placeholder of the value. */
  readonly label: string;
  readonly help: string;
  readonly hidden: boolean;
  readonly aliases: readonly string[];
  /** Absent on a fixed word. Several commands may mean different types by one placeholder; the first one that reads wins. */
  readonly types: readonly ArgumentType<unknown>[] | undefined;
  readonly to: TrieNode<Command>;
}

/** A fixed word that help shows, as it may be misspelt. */
interface FixedWord<Command> {
  readonly branch: Branch<Command>;
  readonly word: string;
  readonly small: string;
  /** As of `lettersOf`. */
  readonly letters: number;
}

/** The fixed words that may come next. */
export interface Words<Command> {
  readonly labels: WordIndex<Branch<Command>>;
  readonly aliases: WordIndex<Branch<Command>>;
}

interface Place<Command> {
  readonly command: Command;
  readonly position: Position;
}

interface Graph<Command> {
  readonly nodes: TrieNode<Command>[];
  readonly byKey: Map<string, TrieNode<Command>>;
}

export class TrieNode<Command> {
  readonly index: number;
  readonly #places: readonly Place<Command>[];
  readonly #graph: Graph<Command>;
  #complete: readonly Command[] | undefined;
  #possible: readonly Command[] | undefined;
  #branches: readonly Branch<Command>[] | undefined;
  #words: Words<Command> | undefined;
  #values: readonly Branch<Command>[] | undefined;
  #fixed: readonly FixedWord<Command>[] | undefined;

  constructor(places: readonly Place<Command>[], graph: Graph<Command>) {
    this.#places = places;
    this.#graph = graph;
    this.index = graph.nodes.length;
    graph.nodes.push(this);
  }

  /** Commands that are complete here, in the order declared. */
  get complete(): readonly Command[] {
    this.#complete ??= commandsOf(this.#places.filter((place) => place.position.ends));
    return this.#complete;
  }

  /** Commands that can still be meant here. */
  get possible(): readonly Command[] {
    this.#possible ??= commandsOf(this.#places);
    return this.#possible;
  }

  get branches(): readonly Branch<Command>[] {
    this.#branches ??= this.#explore();
    return this.#branches;
  }

  get words(): Words<Command> {
    this.#words ??= wordsOf(this.branches.filter((branch) => branch.types === undefined));
    return this.#words;
  }

  /** Types that read only some words come before those that read any word, and those before the rest of the line. */
  get values(): readonly Branch<Command>[] {
    this.#values ??= this.branches
      .filter((branch) => branch.types !== undefined)
      .sort((a, b) => generality(a.label) - generality(b.label));
    return this.#values;
  }

  /** Kept, because a listing of another device misspells as many words of a place as it has lines. */
  get fixed(): readonly FixedWord<Command>[] {
    this.#fixed ??= this.branches
      .filter((branch) => branch.types === undefined && !branch.hidden)
      .flatMap((branch) => [branch.label, ...branch.aliases].map((word) => fixedWord(branch, word)));
    return this.#fixed;
  }

  #explore(): Branch<Command>[] {
    const groups = new Map<string, Alike<Command>>();
    for (const { command, position } of this.#places) {
      for (const { edge, to } of position.ways) {
        const key = edge.kind === "keyword" ? edge.word : `\0${edge.type.placeholder}`;
        const group = groups.get(key);
        const place = { command, position: to };
        if (group === undefined) groups.set(key, { edges: [edge], places: [place] });
        else {
          group.edges.push(edge);
          group.places.push(place);
        }
      }
    }
    return Array.from(groups.values(), (alike) => new BranchOf(alike, this.#graph));
  }
}

function fixedWord<Command>(branch: Branch<Command>, word: string): FixedWord<Command> {
  const small = word.toLowerCase();
  return { branch, word, small, letters: lettersOf(small) };
}

/** The same next word of several commands. */
interface Alike<Command> {
  readonly edges: Edge[];
  readonly places: Place<Command>[];
}

/** Most branches are never followed, and few are shown: what lies behind one and its help are made when asked for. */
class BranchOf<Command> implements Branch<Command> {
  readonly label: string;
  readonly types: readonly ArgumentType<unknown>[] | undefined;
  readonly aliases: readonly string[];
  readonly #alike: Alike<Command>;
  readonly #graph: Graph<Command>;
  #to: TrieNode<Command> | undefined;

  constructor(alike: Alike<Command>, graph: Graph<Command>) {
    const [first] = alike.edges;
    const types = alike.edges.flatMap((edge) => (edge.kind === "argument" ? [edge.type] : []));
    this.label = first?.kind === "keyword" ? first.word : (types[0]?.placeholder ?? "");
    this.types = types.length === 0 ? undefined : types;
    this.aliases = [...new Set(alike.edges.flatMap((edge) => (edge.kind === "keyword" ? edge.aliases : [])))];
    this.#alike = alike;
    this.#graph = graph;
  }

  get help(): string {
    return this.#alike.edges[0]?.help ?? "";
  }

  get hidden(): boolean {
    return this.#alike.edges.every((edge) => edge.kind === "keyword" && edge.hidden);
  }

  get to(): TrieNode<Command> {
    this.#to ??= nodeFor(this.#alike.places, this.#graph);
    return this.#to;
  }
}

function commandsOf<Command>(places: readonly Place<Command>[]): readonly Command[] {
  return [...new Set(places.map((place) => place.command))];
}

function wordsOf<Command>(branches: readonly Branch<Command>[]): Words<Command> {
  return {
    labels: new WordIndex(branches.map((branch) => [branch.label, branch])),
    aliases: new WordIndex(branches.flatMap((branch) => branch.aliases.map((alias) => [alias, branch] as const))),
  };
}

function generality(label: string): number {
  if (label === "LINE") return 2;
  return /^[A-Z]+$/.test(label) ? 1 : 0;
}

function nodeFor<Command>(places: readonly Place<Command>[], graph: Graph<Command>): TrieNode<Command> {
  const unique = new Map<number, Place<Command>>();
  for (const place of places) unique.set(place.position.id, place);
  const key = [...unique.keys()].join();
  const known = graph.byKey.get(key);
  if (known !== undefined) return known;
  const node = new TrieNode([...unique.values()], graph);
  graph.byKey.set(key, node);
  return node;
}

/** The root of the graph of these commands. */
export function trieOf<Command extends HasForm>(commands: readonly Command[]): TrieNode<Command> {
  const places = commands.map((command) => ({ command, position: startOf(command) }));
  return new TrieNode(places, { nodes: [], byKey: new Map() });
}

/** Every node that can be reached, the root first. */
export function allNodes<Command>(root: TrieNode<Command>): TrieNode<Command>[] {
  const found = new Set([root]);
  for (const node of found) for (const branch of node.branches) found.add(branch.to);
  return [...found];
}
