/** The line that a finding belongs to, among thousands: the first that begins so, and by reading a few. */

import { expect, test } from "vitest";
import { beginning } from "../../../src/modes/common/semantic/findings.ts";
import { WrittenLines } from "../../../src/modes/common/semantic/stored-text.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import type { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { TestShell } from "../../support/shell.ts";

function storeOf(text: string): ConfigStore {
  const router = new TestShell(ios);
  router.load(text);
  return router.store;
}

test("a line is found by how it begins, whatever the letters, and never by a part of a word", () => {
  const written = new WrittenLines(
    storeOf("vpdn-group a1\n accept-dialin\nvpdn-group A\ncrypto map M 10 ipsec-isakmp\ncrypto map M 1 ipsec-isakmp\n"),
  );
  const found = (words: string): string | undefined => written.starting(beginning(words))?.meaning;
  expect(found("vpdn-group a")).toBe("vpdn-group A");
  expect(found("crypto map M 1")).toMatch(/^crypto map M 1 /);
  expect(found("crypto map M")).toMatch(/^crypto map M 10 /);
  expect(found("accept-dialin")).toBeUndefined();
  expect(found("vpdn-group b")).toBeUndefined();
});

test("among thousands of lines a pattern meets those with its rarest word", () => {
  const count = 500;
  const lines = Array.from({ length: count }, (_, index) => `crypto map M ${index + 1} ipsec-isakmp`);
  const written = new WrittenLines(storeOf(lines.join("\n")));
  let met = 0;
  for (let index = 0; index < count; index += 1) {
    const start = beginning(`crypto map M ${index + 1}`);
    const { pattern } = start;
    const test = (text: string): boolean => {
      met += 1;
      return pattern.test(text);
    };
    const counted = { ...start, pattern: Object.assign(new RegExp(pattern), { test }) };
    expect(written.starting(counted)).toBeDefined();
  }
  expect(met).toBe(count);
});
