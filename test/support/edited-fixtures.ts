/** The configurations that this project keeps, in pairs of one dialect, with lines left out of them by chance. */

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { readConfiguration } from "../../src/modes/shell/read-configuration.ts";
import { toldDialect } from "../../src/modes/telling.ts";
import type { ConfigStore } from "../../src/modes/tree/config-store.ts";

const CONFIGS = new URL("../../fixtures/configs/", import.meta.url);
const NOW = new Date(0);

interface Pair {
  readonly dialect: Dialect;
  readonly one: string;
  readonly other: string;
}

const pairs: readonly Pair[] = pairsOf(
  readdirSync(CONFIGS)
    .filter((name) => name.endsWith(".cfg"))
    .map((name) => readFileSync(new URL(name, CONFIGS), "utf8")),
);

function pairsOf(texts: readonly string[]): Pair[] {
  return texts.flatMap((one) => {
    const name = toldDialect(one);
    const others = texts.filter((other) => toldDialect(other) === name);
    return name === undefined ? [] : others.map((other) => ({ dialect: dialects[name], one, other }));
  });
}

const leftOut = fc.array(fc.boolean(), { minLength: 3, maxLength: 40 });

/** Two configurations of one dialect by their numbers: shrinks to whole fixtures. */
export const twoConfigurations = fc.tuple(fc.nat(pairs.length - 1), leftOut, leftOut);

export function configurationsOf([pair, mine, theirs]: readonly [number, readonly boolean[], readonly boolean[]]): {
  readonly dialect: Dialect;
  readonly before: ConfigStore;
  readonly after: ConfigStore;
} {
  const { dialect, one, other } = pairs[pair] as Pair;
  const read = (text: string, without: readonly boolean[]): ConfigStore =>
    readConfiguration(dialect, edited(text, without), NOW).store;
  return { dialect, before: read(one, mine), after: read(other, theirs) };
}

function edited(text: string, without: readonly boolean[]): string {
  const lines = text.split("\n").filter((_, index) => without[index % without.length] !== true);
  return lines.join("\n");
}
