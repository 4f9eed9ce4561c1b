/**
 * Golden transcripts: a session at a terminal, key by key, against `fixtures/transcripts/*.session`. To write them anew after
 * a change that was meant, run this with UPDATE_TRANSCRIPTS=1 and read the difference.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Mode } from "../../src/grammar/declaration.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { play, readTranscript } from "../support/transcript.ts";

const DIRECTORY = new URL("../../fixtures/transcripts/", import.meta.url);
const names = readdirSync(DIRECTORY).filter((name) => name.endsWith(".session"));
const text = (name: string): string => readFileSync(new URL(name, DIRECTORY), "utf8");

test.each(names)("%s", (name) => {
  const expected = text(name);
  const played = `${play(readTranscript(expected))}\n`;
  if (process.env.UPDATE_TRANSCRIPTS === "1") writeFileSync(new URL(name, DIRECTORY), played);
  else expect(played).toBe(expected);
});

test.each(Object.values(dialects))(
  "every mode of $name is entered in a transcript, asked what may come, and left",
  (dialect) => {
    const all = names
      .map(text)
      .filter((each) => each.includes(`dialect: ${dialect.name}\n`))
      .join("\n");
    const modes = new Set<Mode>([dialect.globalMode, ...dialect.config.map((command) => command.mode)]);
    const missing = [...modes].filter(({ prompt }) => !all.includes(`${prompt}#?`) || !all.includes(`${prompt}#exit`));
    expect(missing.map(({ id }) => id)).toEqual([]);
  },
);
