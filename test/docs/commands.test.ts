/** The reference of commands is what the declarations say. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandReference } from "./command-reference.ts";

test("docs/commands.md is current; if not: npm run docs:commands", () => {
  const written = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");
  expect(written === commandReference()).toBe(true);
});
