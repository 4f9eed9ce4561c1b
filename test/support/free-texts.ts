/** Where lines of configuration take any text, by the words in front of it. */

import { readFileSync } from "node:fs";
import type { ConfigCommand } from "../../src/grammar/declaration.ts";
import type { Element } from "../../src/grammar/elements.ts";

/** `global: banner motd`, sorted. */
export function freeTexts(commands: readonly ConfigCommand[]): string[] {
  const found = commands.flatMap(({ mode, form }) => textsIn(form, "").map((front) => `${mode.id}: ${front}`));
  return [...new Set(found)].sort();
}

/** Those that a file lists, below headings that say why, sorted. */
export function listedTexts(file: string): string[] {
  const text = readFileSync(new URL(`../../fixtures/coverage/${file}`, import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("!"))
    .sort();
}

/** The words in front of each text of a form: `description`, `username … autocommand`. */
function textsIn(elements: readonly Element[], front: string): string[] {
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
        return textsIn(element.elements, words);
      case "oneOf":
        return element.branches.flatMap((branch) => textsIn(branch, words));
      default:
        return [];
    }
  });
}
