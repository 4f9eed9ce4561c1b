/** Lines that are typed once more: modes entered again, and entries of lists that are there already. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function printedBy(lines: string, start: RegExp): string[] {
  const router = new TestShell(ios);
  expect(router.load(lines).refused).toEqual([]);
  return router.printed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => start.test(line));
}

test.each([
  [
    "another choice takes the place of the one before, as a whole",
    `zone-pair security A source self destination IN
     zone-pair security A source OUT destination default`,
    ["zone-pair security A source OUT destination default"],
  ],
  [
    "words that exclude each other do not meet in one line",
    `crypto isakmp client firewall F optional zonelabs-zonealarm
     crypto isakmp client firewall F required cisco-security-agent`,
    ["crypto isakmp client firewall F required cisco-security-agent"],
  ],
  [
    "by its name alone a mode is what it was",
    `class-map match-any C
     class-map C`,
    ["class-map match-any C"],
  ],
])("a mode entered again: %s", (_, typed, printed) => {
  expect(printedBy(typed, /^(zone-pair|crypto isakmp client|class-map)/)).toEqual(printed);
});

test("an entry that a list has already is not there again under another number; taken away is the one of the number", () => {
  const list = `ip access-list extended A
     10 permit ip any any
     20 permit ip any any
     30 remark Rest
     40 remark Rest`;
  const start = /^(permit|remark)/;
  // A remark is no entry: it may be said again.
  expect(printedBy(list, start)).toEqual(["permit ip any any", "remark Rest", "remark Rest"]);
  expect(printedBy(`${list}\n no 20 permit ip any any\n no 40`, start)).toEqual(["permit ip any any", "remark Rest"]);
  expect(printedBy(`${list}\n no 10 permit ip any any`, start)).toEqual(["remark Rest", "remark Rest"]);
});
