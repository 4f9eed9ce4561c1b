/** What a line of configuration takes as it stands, to its end: descriptions, banners and the like, and what no manual tells the parameters of. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { freeTexts } from "../../support/free-texts.ts";

test("no line takes any text but those that are listed", () => {
  const listed = readFileSync(new URL("../../../fixtures/coverage/junose-free-text.txt", import.meta.url), "utf8");
  expect(freeTexts(junose.config)).toEqual(listed.trim().split("\n"));
});
