/**
 * Which dialect a text is in: by lines that only one of them has where those speak clearly, else, for what somebody typed in
 * his own abbreviations and for lines that both boxes know, by which of them can read more of it. Who was only guessed says so.
 */

import type { Dialect, DialectName } from "./dialect.ts";
import { dialects, tellingLines } from "./dialects.ts";
import { mergeConfiguration } from "./shell/read-configuration.ts";
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

/** `undefined` when no dialect reads most of it. `since`: what a shell takes for now; nothing depends on it. */
export function dialectOf(text: string, since: Date): Dialect | undefined {
  return recognise(text, since)?.dialect;
}

/** The dialect and what it was taken for. Parameters as of `dialectOf`. */
export function recognise(text: string, since: Date): Recognition | undefined {
  const [first, second] = tellingLines(text);
  if (first === undefined || second === undefined) return undefined;
  if (first.count >= CLEAR * second.count && first.count > 0) return { dialect: first.dialect };
  return readableIn(text, since);
}

function readableIn(text: string, since: Date): Recognition | undefined {
  const sample = text.split("\n", SAMPLE).join("\n");
  const read = Object.values(dialects).map((dialect) => {
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
