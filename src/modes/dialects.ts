/** The dialects there are, and which of them a configuration is written in. */

import type { Dialect, DialectName } from "./dialect.ts";
import { ios } from "./ios/dialect.ts";
import { junose } from "./junose/dialect.ts";
import { readListing } from "./shell/listing.ts";

export const dialects: Readonly<Record<DialectName, Dialect>> = { ios, junose };

/** The dialect that is surest of the text, debris or not; `undefined` when none recognises a line. */
export function recogniseDialect(text: string): Dialect | undefined {
  const [best] = tellingLines(text);
  return best !== undefined && best.count > 0 ? best.dialect : undefined;
}

/** How many lines of the text only that dialect has, surest first; what surrounds the lines is taken away where it hides them. */
export function tellingLines(text: string): { readonly dialect: Dialect; readonly count: number }[] {
  const plain = counted(text);
  return plain.some(({ count }) => count > 0)
    ? plain
    : counted(
        readListing(text)
          .map((line) => line.text)
          .join("\n"),
      );
}

function counted(text: string): { readonly dialect: Dialect; readonly count: number }[] {
  return Object.values(dialects)
    .map((dialect) => ({ dialect, count: dialect.recognise(text) }))
    .sort((a, b) => b.count - a.count);
}
