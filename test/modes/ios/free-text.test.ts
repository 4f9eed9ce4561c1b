/** What a line of configuration takes as it stands, to its end: descriptions, banners, names and commands that are text on the box too. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Element } from "../../../src/grammar/elements.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";

/** The words in front of each text of a form: `description`, `username … autocommand`. */
function textsOf(elements: readonly Element[], front: string): string[] {
  let words = front;
  return elements.flatMap((element) => {
    switch (element.kind) {
      case "keyword":
        words = `${words} ${element.word}`;
        return [];
      case "pick":
        words = `${words} ${Object.keys(element.words).join("|")}`;
        return [];
      case "argument":
        return element.type.placeholder === "LINE" ? [words.trim()] : [];
      case "optional":
        return textsOf(element.elements, words);
      case "oneOf":
        return element.branches.flatMap((branch) => textsOf(branch, words));
      default:
        return [];
    }
  });
}

test("no line takes any text but those that are listed", () => {
  const listed = readFileSync(new URL("../../../fixtures/coverage/ios-free-text.txt", import.meta.url), "utf8");
  const found = ios.config.flatMap(({ mode, form }) => textsOf(form, "").map((front) => `${mode.id}: ${front}`));
  expect([...new Set(found)].sort()).toEqual(listed.trim().split("\n"));
});
