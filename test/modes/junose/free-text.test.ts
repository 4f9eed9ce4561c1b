/** What a line of configuration takes as it stands, to its end: descriptions, banners and the like, and what no manual tells the parameters of. */

import { expect, test } from "vitest";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { freeTexts, listedTexts } from "../../support/free-texts.ts";

test("no line takes any text but those that are listed", () => {
  expect(freeTexts(junose.config)).toEqual(listedTexts("junose-free-text.txt"));
});
