/** Configurations made of the dialect's own declarations: what `include-defaults` adds says nothing new, and a listing typed twice is one listing. */

import { expect, test } from "vitest";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { generatedConfiguration } from "../../support/generated-configuration.ts";
import { seededRandom } from "../../support/random.ts";
import { TestShell } from "../../support/shell.ts";

const CONFIGURATIONS = 25;
const COMMANDS = 40;

function loaded(...texts: readonly string[]): TestShell {
  const router = new TestShell(junose);
  for (const text of texts) expect(router.load(text).refused.map((line) => line.text)).toEqual([]);
  return router;
}

test("a listing with its defaults pastes back to the same text, and one that is pasted twice is one", () => {
  const random = seededRandom(53);
  for (let count = 0; count < CONFIGURATIONS; count += 1) {
    const first = new TestShell(junose);
    first.load(generatedConfiguration(junose, random, COMMANDS));
    const whole = junose.renderAll(first.store).join("\n");
    expect(junose.renderAll(loaded(whole).store).join("\n")).toBe(whole);
    expect(loaded(first.printed, first.printed).printed).toBe(first.printed);
  }
});
