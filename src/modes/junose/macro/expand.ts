/**
 * Macros of JunosE: files in which macros stand between `<# name #>` and `<# endtmpl #>`, text that becomes commands, and
 * between `<#` and `#>` what decides on it: assignments, `if`, `while`, `for`, calls of other macros (`tmpl.name(…)`), and values
 * that are put into the text. Nothing is asked of the user meanwhile, and nothing of the router.
 */

import { evaluate, isTrue, MacroFault, type MacroScope, type MacroValue } from "./expression.ts";

/** A macro that never ends is its author's mistake, and must not be the router's. */
const STEPS = 100_000;
const LINES = 10_000;
const DEPTH = 50;

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: "return" | "break" }
  | { readonly kind: "if"; readonly branches: readonly { readonly when: string; readonly body: readonly Node[] }[] }
  | {
      readonly kind: "loop";
      readonly first: string;
      readonly when: string;
      readonly next: string;
      readonly body: readonly Node[];
    };

export type Expansion =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** The command lines of a macro of the file; without a name of `start`, else of the first one. */
export function expandMacro(file: string, name: string | undefined, parameters: readonly MacroValue[]): Expansion {
  try {
    const macros = macrosOf(file);
    const wanted = name ?? (macros.has("start") ? "start" : [...macros.keys()][0]);
    if (wanted === undefined) return { ok: false, reason: "there is no macro in the file" };
    const run = new Run(macros);
    run.macro(wanted, parameters);
    const lines = run.text.split("\n").map((line) => line.trim());
    return { ok: true, lines: lines.filter((line) => line !== "") };
  } catch (error) {
    if (error instanceof MacroFault) return { ok: false, reason: error.message };
    throw error;
  }
}

const NAME = /^[A-Za-z]\w*$/;
const CONTROL = /<#([\s\S]*?)#>/g;
const WORDS = new Set([
  "if",
  "elseif",
  "else",
  "endif",
  "while",
  "endwhile",
  "for",
  "endfor",
  "endtmpl",
  "return",
  "break",
]);

/** Text and what stands between the marks, in turn. */
function piecesOf(file: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of file.matchAll(CONTROL)) {
    pieces.push({ isControl: false, text: file.slice(at, found.index) });
    pieces.push({ isControl: true, text: (found[1] ?? "").replace(/\/\/.*$/gm, "").trim() });
    at = found.index + found[0].length;
  }
  pieces.push({ isControl: false, text: file.slice(at) });
  if (file.slice(at).includes("<#")) throw new MacroFault('"<#" is not closed');
  return pieces.filter(({ text }) => text !== "");
}

interface Piece {
  readonly isControl: boolean;
  readonly text: string;
}

function macrosOf(file: string): Map<string, readonly Node[]> {
  const reader = new Reader(piecesOf(file));
  const macros = new Map<string, readonly Node[]>();
  for (let name = reader.nextName(); name !== undefined; name = reader.nextName()) {
    macros.set(name, reader.body(["endtmpl"]).nodes);
  }
  return macros;
}

interface Body {
  readonly nodes: readonly Node[];
  readonly closer: string;
  readonly rest: string;
}

class Reader {
  readonly #pieces: readonly Piece[];
  #at = 0;
  #depth = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** The name of the next macro; what stands between macros says nothing. */
  nextName(): string | undefined {
    for (let piece = this.#take(); piece !== undefined; piece = this.#take()) {
      if (!piece.isControl || piece.text === "") continue;
      if (!NAME.test(piece.text) || WORDS.has(piece.text))
        throw new MacroFault(`"${piece.text}" stands outside of a macro`);
      return piece.text;
    }
    return undefined;
  }

  /** Up to one of the words that close it, which it tells with what stands behind. */
  body(closers: readonly string[]): Body {
    this.#depth += 1;
    if (this.#depth > DEPTH) throw new MacroFault(`what is decided on stands more than ${DEPTH} deep`);
    const read = this.#read(closers);
    this.#depth -= 1;
    return read;
  }

  #read(closers: readonly string[]): Body {
    const nodes: Node[] = [];
    for (let piece = this.#take(); piece !== undefined; piece = this.#take()) {
      if (!piece.isControl) {
        nodes.push({ kind: "text", text: piece.text });
        continue;
      }
      for (const part of partsOf(piece.text)) {
        const [word = ""] = /^[a-z]+/.exec(part) ?? [];
        const rest = part.slice(word.length).trim();
        if (closers.includes(word)) return { nodes, closer: word, rest };
        nodes.push(this.#node(part, word, rest));
      }
    }
    throw new MacroFault(`<# ${closers[0] ?? ""} #> is missing`);
  }

  #node(part: string, word: string, rest: string): Node {
    switch (word) {
      case "if":
        return this.#if(rest);
      case "while":
        return { kind: "loop", first: "", when: rest, next: "", body: this.body(["endwhile"]).nodes };
      case "for": {
        const [first = "", when = "", next = ""] = rest.split(";");
        return { kind: "loop", first, when, next, body: this.body(["endfor"]).nodes };
      }
      case "return":
      case "break":
        return { kind: word };
    }
    if (WORDS.has(word)) throw new MacroFault(`<# ${word} #> closes nothing`);
    const call = /^tmpl\.(\w+)\s*\((.*)\)$/s.exec(part);
    if (call === null) return { kind: "value", text: part };
    const parameters = (call[2] ?? "").trim();
    return { kind: "call", name: call[1] ?? "", parameters: parameters === "" ? [] : parameters.split(",") };
  }

  #if(condition: string): Node {
    const branches: { when: string; body: readonly Node[] }[] = [];
    for (let when = condition; ; ) {
      const { nodes, closer, rest } = this.body(["elseif", "else", "endif"]);
      branches.push({ when, body: nodes });
      if (closer === "endif") return { kind: "if", branches };
      when = closer === "else" ? "1" : rest;
    }
  }

  #take(): Piece | undefined {
    const piece = this.#pieces[this.#at];
    this.#at += 1;
    return piece;
  }
}

/** Several statements in one pair of marks; the head of a `for` has its own marks between its parts. */
function partsOf(text: string): string[] {
  if (/^for\b/.test(text)) return [text];
  return text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

type Ending = "return" | "break" | undefined;

class Run {
  text = "";
  readonly #macros: ReadonlyMap<string, readonly Node[]>;
  #steps = 0;
  #depth = 0;

  constructor(macros: ReadonlyMap<string, readonly Node[]>) {
    this.#macros = macros;
  }

  macro(name: string, parameters: readonly MacroValue[]): void {
    const nodes = this.#macros.get(name);
    if (nodes === undefined) throw new MacroFault(`there is no macro ${name} in the file`);
    this.#depth += 1;
    if (this.#depth > DEPTH) throw new MacroFault(`macros call each other more than ${DEPTH} deep`);
    this.#nodes(nodes, { variables: new Map(), parameters });
    this.#depth -= 1;
  }

  #nodes(nodes: readonly Node[], scope: MacroScope): Ending {
    for (const node of nodes) {
      this.#steps += 1;
      if (this.#steps > STEPS) throw new MacroFault("the macro does not end");
      const ending = this.#node(node, scope);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  #node(node: Node, scope: MacroScope): Ending {
    switch (node.kind) {
      case "text":
        this.#put(node.text);
        return undefined;
      case "value":
        this.#put(`${evaluate(node.text, scope) ?? ""}`);
        return undefined;
      case "call":
        this.macro(
          node.name,
          node.parameters.map((text) => this.#valueOf(text, scope)),
        );
        return undefined;
      case "if": {
        const branch = node.branches.find(({ when }) => isTrue(this.#valueOf(when, scope)));
        return branch === undefined ? undefined : this.#nodes(branch.body, scope);
      }
      case "loop":
        return this.#loop(node, scope);
      default:
        return node.kind;
    }
  }

  #loop({ first, when, next, body }: Extract<Node, { kind: "loop" }>, scope: MacroScope): Ending {
    if (first.trim() !== "") evaluate(first, scope);
    while (isTrue(this.#valueOf(when, scope))) {
      this.#steps += 1;
      if (this.#steps > STEPS) throw new MacroFault("the macro does not end");
      const ending = this.#nodes(body, scope);
      if (ending === "return") return ending;
      if (ending === "break") return undefined;
      if (next.trim() !== "") evaluate(next, scope);
    }
    return undefined;
  }

  #valueOf(text: string, scope: MacroScope): MacroValue {
    const value = evaluate(text, scope);
    if (value === undefined) throw new MacroFault(`"${text.trim()}" is no value`);
    return value;
  }

  #put(text: string): void {
    this.text += text;
    if (this.text.length > LINES * 80) throw new MacroFault(`a macro makes no more than ${LINES} lines`);
  }
}
