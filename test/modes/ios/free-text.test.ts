/** What a line of configuration takes as it stands, to its end: descriptions, banners, names and commands that are text on the box too. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { freeTexts } from "../../support/free-texts.ts";

test("no line takes any text but those that are listed", () => {
  const listed = readFileSync(new URL("../../../fixtures/coverage/ios-free-text.txt", import.meta.url), "utf8");
  expect(freeTexts(ios.config)).toEqual(listed.trim().split("\n"));
});
