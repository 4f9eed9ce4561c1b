/**
 * Which dialect a text is in: by lines that only one of them has, else, for what somebody typed in his own abbreviations, by
 * which of them can read it.
 */

import type { Dialect } from "./dialect.ts";
import { dialects, recogniseDialect } from "./dialects.ts";
import { mergeConfiguration } from "./shell/read-configuration.ts";
import { ConfigStore } from "./tree/config-store.ts";

/** `undefined` when no dialect reads most of it. `since`: what a shell takes for now; nothing depends on it. */
export function dialectOf(text: string, since: Date): Dialect | undefined {
  return recogniseDialect(text) ?? readableIn(text, since);
}

function readableIn(text: string, since: Date): Dialect | undefined {
  const read = Object.values(dialects).map((dialect) => {
    const { lines, refused } = mergeConfiguration(dialect, new ConfigStore(), text, since);
    const said = lines.filter(({ outcome }) => outcome.kind !== "skipped").length;
    return { dialect, said, refused: refused.length };
  });
  const [best] = read.sort((a, b) => a.refused - b.refused);
  return best !== undefined && best.refused * 2 < best.said ? best.dialect : undefined;
}
