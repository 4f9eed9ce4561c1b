/** Configurations made of a dialect's own declarations: random commands below a way into each mode. */

import type { ConfigCommand, Mode, Opener } from "../../src/grammar/declaration.ts";
import type { Values } from "../../src/grammar/elements.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { sampleOf } from "./form-samples.ts";
import type { seededRandom } from "./random.ts";

type Random = ReturnType<typeof seededRandom>;

export function below(random: Random, limit: number): number {
  const [high = 0, low = 0] = random.bytes(2);
  return ((high << 8) | low) % limit;
}

const waysOf = new WeakMap<Dialect, ReadonlyMap<Mode, readonly Opener[]>>();

/** The commands that lead from global configuration into a mode, outermost first. */
export function wayInto(dialect: Dialect, mode: Mode): readonly Opener[] {
  const ways = waysOf.get(dialect) ?? waysInto(dialect);
  waysOf.set(dialect, ways);
  return ways.get(mode) ?? [];
}

function waysInto(dialect: Dialect): ReadonlyMap<Mode, readonly Opener[]> {
  const ways = new Map<Mode, readonly Opener[]>([[dialect.globalMode, []]]);
  for (const [at, way] of ways) {
    for (const command of dialect.config) {
      const usable = command.kind === "opener" && command.mode === at && command.effect?.kind !== "unsupported";
      if (usable && !ways.has(command.opens)) ways.set(command.opens, [...way, command]);
    }
  }
  return ways;
}

/** A line of the command in its mode, with the lines that lead there; where it goes on over more lines, these behind it. */
export function linesOf(dialect: Dialect, command: ConfigCommand, random: Random): readonly string[] {
  const way = wayInto(dialect, command.mode).map((each) => sampleOf(each.form, random).line);
  const { line, values } = sampleOf(command.form, random);
  return [...way, [line, ...bodyOf(command, values)].join("\n")];
}

/** What a text over several lines may end with. */
const ENDS = ["quit", "exit"];

/** What stands behind the line of a command that goes on over more lines. */
export function bodyOf(command: ConfigCommand, values: Values): string[] {
  const reader = command.block?.(values);
  if (reader === undefined) return [];
  const { delimiter = "" } = (values.text ?? {}) as { readonly delimiter?: string };
  const body: string[] = [];
  for (const line of ["30820229 30820192 A0030201", ...ENDS, delimiter]) {
    if (reader.refuses?.(line) !== undefined) continue;
    body.push(line);
    if (reader.take(line) !== undefined) return body;
  }
  throw new Error(`nothing ends the text of ${body[0]}`);
}

export function generatedConfiguration(dialect: Dialect, random: Random, commands: number): string {
  const lines: string[] = [];
  for (let count = 0; count < commands; count += 1) {
    const command = dialect.config[below(random, dialect.config.length)];
    if (command !== undefined) lines.push(...linesOf(dialect, command, random));
  }
  return lines.join("\n");
}
