/** The dialects there are, and which of them a configuration is written in. */

import type { Dialect, DialectName } from "./dialect.ts";
import { ios } from "./ios/dialect.ts";
import { junose } from "./junose/dialect.ts";
import { readListing } from "./shell/listing.ts";

export const dialects: Readonly<Record<DialectName, Dialect>> = { ios, junose };

/** The dialect that is surest of the text, debris or not; `undefined` when none recognises a line. */
export function recogniseDialect(text: string): Dialect | undefined {
  const clean = (): string =>
    readListing(text)
      .map((line) => line.text)
      .join("\n");
  return surest(text) ?? surest(clean());
}

function surest(text: string): Dialect | undefined {
  const sureness = Object.values(dialects).map((dialect) => ({ dialect, score: dialect.recognise(text) }));
  const [best] = sureness.sort((a, b) => b.score - a.score);
  return best !== undefined && best.score > 0 ? best.dialect : undefined;
}
