/** What a line of configuration takes as it stands, to its end: descriptions, banners, names and commands that are text on the box too. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { freeTexts, listedTexts } from "../../support/free-texts.ts";

test("no line takes any text but those that are listed", () => {
  expect(freeTexts(ios.config)).toEqual(listedTexts("ios-free-text.txt"));
});
