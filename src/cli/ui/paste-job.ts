/** A text that was pasted, taken line by line. What comes while it runs is put behind it. */

import type { Question } from "../../grammar/declaration.ts";
import { CONFIGURE, readListing } from "../../modes/shell/listing.ts";
import { toldDialect } from "../../modes/telling.ts";
import { RETURN } from "../keys.ts";

/** The text is configuration through and through: it does not say itself when to go into configuration mode. */
export function isListing(text: string): boolean {
  const plain = text.replaceAll(RETURN, "\n");
  return toldDialect(plain) !== undefined && !readListing(plain).some((line) => CONFIGURE.test(line.text));
}

/** A line of a listing without a copied prompt; `undefined` = it is nothing to run. */
export function listedText(line: string): string | undefined {
  const [listed] = readListing(line);
  return listed === undefined || listed.furniture ? undefined : listed.text;
}

export class Paste {
  #lines: string[];
  /** What stands behind the last line end. */
  rest: string;
  done = 0;
  isConfiguration: boolean;
  /** Its lines may have copied prompts, and not all are commands. */
  readonly isListing: boolean;

  /** Line ends are Returns. */
  constructor(text: string, { isConfiguration, isListing: listing }: Pick<Paste, "isConfiguration" | "isListing">) {
    const lines = text.split(RETURN);
    this.rest = lines.pop() ?? "";
    this.#lines = lines;
    this.isConfiguration = isConfiguration;
    this.isListing = listing;
  }

  get all(): number {
    return this.#lines.length;
  }

  append(text: string): void {
    const [head = "", ...more] = text.split(RETURN);
    this.rest += head;
    for (const line of more) {
      this.#lines.push(this.rest);
      this.rest = line;
    }
  }

  /** The next line; `undefined` = all were taken. */
  next(): string | undefined {
    const line = this.#lines[this.done];
    if (line === undefined) return undefined;
    this.done += 1;
    return line;
  }

  /** A line was run, and the shell stands in configuration or not. */
  sawConfiguration(configuring: boolean): void {
    this.isConfiguration ||= configuring;
  }
}

/** Configuration at an exec prompt would be refused line by line: where is it to go? */
export function placeQuestion(text: string, begin: (entersConfiguration: boolean) => void): Question {
  const count = text.split(RETURN).length - 1;
  return {
    prompt: `${count} lines of configuration: enter configuration mode first? [confirm]`,
    echo: "confirm",
    answer(typed) {
      begin(typed === "");
      return {};
    },
  };
}
