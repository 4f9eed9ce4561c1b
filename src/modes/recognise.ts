/**
 * Which dialect a text is in: by lines that only one of them has where those speak clearly, else, for what somebody typed in
 * his own abbreviations and for lines that both boxes know, by which of them can read more of it. Who was only guessed says so.
 */

import type { Dialect, DialectName } from "./dialect.ts";
import { otherSystemText } from "./shell/other-systems.ts";
import { mergeConfiguration } from "./shell/read-configuration.ts";
import { tellingLines } from "./telling.ts";
import { ConfigStore } from "./tree/config-store.ts";

export interface Recognition {
  readonly dialect: Dialect;
  /** What it was concluded from, where another reader might conclude otherwise; absent = nothing speaks against it. */
  readonly doubt?: string | undefined;
}

/** Lines of one dialect for each one of the other, so that the other's are taken for strays. */
const CLEAR = 4;

/** So much of a text tells in which dialect it can be read. */
const SAMPLE = 400;

/** The dialect that its lines tell clearly, before any is loaded; `undefined` = all must be asked (`readableIn`). */
export function clearlyIn(text: string): DialectName | undefined {
  const [first, second] = tellingLines(text);
  const isClear = first !== undefined && first.count > 0 && first.count >= CLEAR * (second?.count ?? 0);
  return isClear ? first.name : undefined;
}

/** The dialect and what it was taken for. Parameters as of `readableIn`. */
export function recognise(
  text: string,
  since: Date,
  dialects: Readonly<Record<DialectName, Dialect>>,
): Recognition | undefined {
  const name = clearlyIn(text);
  return name === undefined ? readableIn(text, since, Object.values(dialects)) : { dialect: dialects[name] };
}

/** `undefined` when no dialect reads most of it. `since`: what a shell takes for now; nothing depends on it. */
export function readableIn(text: string, since: Date, dialects: readonly Dialect[]): Recognition | undefined {
  const sample = text.split("\n", SAMPLE).join("\n");
  const read = dialects.map((dialect) => {
    const { lines, refused } = mergeConfiguration(dialect, new ConfigStore(), sample, since);
    const count = (kind: string) => lines.filter(({ outcome }) => outcome.kind === kind).length;
    return { dialect, said: lines.length - count("skipped"), refused: refused.length, idle: count("inert") };
  });
  // Where both know every line, the box is the one on which they do more.
  const [best, other] = read.sort((a, b) => a.refused - b.refused || a.idle - b.idle);
  if (best === undefined || other === undefined || best.refused * 2 >= best.said) return undefined;
  const doubt =
    best.refused === other.refused
      ? `its ${best.said} lines are read as well in ${TITLES[other.dialect.name]}`
      : `${best.refused} of its ${best.said} lines are refused so, ${other.refused} in ${TITLES[other.dialect.name]}`;
  return best.refused === 0 && other.refused > 0 ? { dialect: best.dialect } : { dialect: best.dialect, doubt };
}

const TITLES: Readonly<Record<DialectName, string>> = { ios: "IOS", junose: "JunosE" };

/** What an operator is told of a guess. */
export function doubtText({ dialect, doubt }: Recognition): string | undefined {
  return doubt === undefined ? undefined : `taken for ${TITLES[dialect.name]}: ${doubt}; --dialect says it for certain`;
}

/** What is said of a text that no dialect reads. */
export function neitherText(text: string): string {
  return `neither an IOS nor a JunosE configuration; ${otherSystemText(text) ?? "say which with --dialect"}`;
}
