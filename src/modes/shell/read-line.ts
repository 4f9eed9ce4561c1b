/** A line of configuration as it is understood from where a shell stands: in its mode, or in one of those around it. */

import { wordEnd } from "../../grammar/arguments.ts";
import type { Mode } from "../../grammar/declaration.ts";
import { isExact, type ReadLine } from "../../grammar/mode-grammar.ts";
import type { ReadError } from "../../grammar/resolver.ts";
import type { Dialect } from "../dialect.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import type { AnyCommand, GrammarsAt } from "./grammars.ts";
import { splitPipe } from "./output-modifier.ts";

export interface Level {
  readonly mode: Mode;
  /** The line that opened the mode and the tree it stands in; `undefined` in global configuration. */
  readonly opened: OpenedLine | undefined;
}

interface OpenedLine {
  readonly line: StoredLine;
  readonly tree: ConfigTree;
  /** Further lines beside it of which all is said as well. */
  readonly others?: readonly StoredLine[];
}

/** A line of configuration that was understood, and where. */
export interface Reading {
  readonly level: Level;
  readonly read: ReadLine<AnyCommand> & { readonly ok: true };
}

/** `levels`: the modes that the line may mean, the innermost first. */
export function understand(
  line: string,
  levels: readonly Level[],
  grammars: Pick<GrammarsAt, "config">,
  dialect: Dialect,
): Reading | ReadError {
  const reading = (text: string): Reading | ReadError => readOutwards(text, levels, grammars, dialect);
  const found = reading(line);
  if (!dialect.dropsGluedComment || !/[^\s!]!$/.test(line)) return found;
  const last = "level" in found ? found.read.words.at(-1)?.type : undefined;
  if (last?.verbatim === true) return found;
  const without = reading(line.slice(0, -1));
  return "level" in without ? without : found;
}

/**
 * Reads the line in the innermost mode that understands it; a mode around it comes first only where a word is shortened in
 * the inner one and none is in the outer one (`interface …` is not the start of `interface-event-disable`). Else tells the
 * error that comes latest in the line.
 */
function readOutwards(
  line: string,
  levels: readonly Level[],
  grammars: Pick<GrammarsAt, "config">,
  dialect: Dialect,
): Reading | ReadError {
  let farthest: ReadError | undefined;
  let shortened: Reading | undefined;
  for (const level of levels) {
    const read = readIn(level.mode, line, grammars, dialect);
    if (read.ok && isExact(read)) return { level, read };
    // What is followed to its end further in, and wants more, is meant before a word that is short for something else.
    if (read.ok && farthest?.kind !== "incomplete") shortened ??= { level, read };
    if (read.ok) continue;
    if (farthest === undefined || reach(read.error, line) > reach(farthest, line)) farthest = read.error;
  }
  return shortened ?? farthest ?? { kind: "unknown", at: 0 };
}

/** How far the line was followed: a word that may be several is known to its end. */
function reach({ kind, at }: ReadError, line: string): number {
  return kind === "ambiguous" ? wordEnd(line, at) : at;
}

/** Only exec commands may be followed by a pipe: in configuration it is part of the text. */
function readIn(
  mode: Mode,
  line: string,
  grammars: Pick<GrammarsAt, "config">,
  dialect: Dialect,
): ReadLine<AnyCommand> {
  const grammar = grammars.config(mode);
  const read = grammar.read(line);
  if (read.ok || !/\s[|>]/.test(line)) return read;
  const piped = grammar.read(splitPipe(line, dialect.modifiers).command);
  return piped.ok && piped.command.kind === "exec" ? piped : read;
}
