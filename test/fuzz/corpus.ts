/** The recorded messages that fuzzers begin with: `fixtures/corpus`, a folder for each kind. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hex } from "../support/hex.ts";

export const CORPUS = join(import.meta.dirname, "../../fixtures/corpus");

export const CORPUS_FOLDERS = ["isakmp", "aggressive-mode", "message-5", "quick-mode", "l2tp", "ppp"] as const;

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** In the order of their names. */
export function corpus(folder: (typeof CORPUS_FOLDERS)[number]): readonly Sample[] {
  return readdirSync(join(CORPUS, folder))
    .sort()
    .map((name) => ({ name, bytes: hex(readFileSync(join(CORPUS, folder, name), "utf8")) }));
}
