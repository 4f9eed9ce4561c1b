import { expect, test } from "vitest";
import { lineMatcher } from "../../../src/modes/shell/expression.ts";
import { growth } from "../../support/growth.ts";
import { seededRandom } from "../../support/random.ts";

const matches = (expression: string, line: string): boolean | undefined => lineMatcher(expression)?.(line);

test.each([
  ["abc", "xxabcxx", true],
  ["^abc", "xabc", false],
  ["abc$", "abcabc", true],
  ["^$", "", true],
  ["^$", "a", false],
  ["a.c", "a c", true],
  ["ab*c", "ac", true],
  ["ab+c", "ac", false],
  ["ab?c", "abc", true],
  ["(ab|cd)+$", "xcdab", true],
  ["[0-9]+\\.[0-9]", "10.1", true],
  ["[^a-z]", "abc", false],
  ["[]a]", "]", true],
  ["[a-]", "-", true],
  ["_100_", "permit 100", true],
  ["_100_", "1000", false],
  ["_65000_", "{65000,1}", true],
  ["^ crypto|vpdn", " crypto map", true],
  ["Gi.*(up|down)", "Gi0/1 is down", true],
  ["\\*", "a*b", true],
  ["", "anything", true],
  ["(l).*\\1", "crypto isakmp policy 10", false],
  ["(l).*\\1", "encapsulation l2tp", true],
  ["a(.)bc(.)\\1\\2", "aZbcTZT", true],
  ["a(.)bc(.)\\1\\2", "aZbcTZZ", false],
  ["^([0-9]+)\\.\\1$", "10.10", true],
  ["(x*)*\\1y", "zzz", false],
  ["x\\1", "x1", true],
])("%j on %j is %s", (expression, line, expected) => {
  expect(matches(expression, line)).toBe(expected);
});

test.each(["(", ")", "a)", "[a", "*a", "a|*", "[b-a]", "\\", "x".repeat(600)])("%j is no expression", (expression) => {
  expect(lineMatcher(expression)).toBeUndefined();
});

test("random expressions match what JavaScript's own matcher says", () => {
  const random = seededRandom(7);
  const fraction = (): number => (random.bytes(1)[0] ?? 0) / 256;
  const pick = (from: string): string => from.charAt(Math.floor(fraction() * from.length));
  const make = (depth: number): string => {
    const atom = depth > 0 && fraction() < 0.3 ? `(${make(depth - 1)}|${make(depth - 1)})` : pick("ab.");
    return atom + (fraction() < 0.3 ? pick("*+?") : "") + (fraction() < 0.6 ? make(depth - 1) : "");
  };
  for (let count = 0; count < 2000; count += 1) {
    const expression = (fraction() < 0.2 ? "^" : "") + make(3) + (fraction() < 0.2 ? "$" : "");
    const line = Array.from({ length: Math.floor(fraction() * 8) }, () => pick("abc")).join("");
    expect([expression, line, matches(expression, line)]).toEqual([
      expression,
      line,
      new RegExp(expression).test(line),
    ]);
  }
});

test("what a parenthesis matched is recalled as JavaScript's own matcher recalls it", () => {
  const random = seededRandom(8);
  const fraction = (): number => (random.bytes(1)[0] ?? 0) / 256;
  const pick = (from: string): string => from.charAt(Math.floor(fraction() * from.length));
  const run = (): string => pick("ab.") + (fraction() < 0.4 ? pick("*+?") : "") + (fraction() < 0.5 ? run() : "");
  for (let count = 0; count < 2000; count += 1) {
    const expression = `${run()}(${run()})${run()}(${run()})\\2${fraction() < 0.5 ? "?" : ""}\\1${fraction() < 0.2 ? "$" : ""}`;
    const line = Array.from({ length: Math.floor(fraction() * 10) }, () => pick("ab")).join("");
    expect([expression, line, matches(expression, line)]).toEqual([
      expression,
      line,
      new RegExp(expression).test(line),
    ]);
  }
});

test("an expression with recall that would take for ever ends, and lines behind it too", () => {
  const passes = lineMatcher("((a*)*)*\\1b$");
  const line = "a".repeat(300);
  for (let count = 0; count < 2000; count += 1) expect(passes?.(line)).toBe(false);
});

test("an expression with recall that nests deeply is tried without filling the stack", () => {
  for (const depth of [10, 60, 120]) {
    const nested = `${"(".repeat(depth)}a${")".repeat(depth)}*\\1b`;
    expect(matches(nested, "a".repeat(1000))).toBe(false);
    expect(matches(nested, "aaab")).toBe(true);
  }
});

test("an expression that drives a backtracking matcher mad reads a line in time that grows with its length", () => {
  const read = (length: number): void => {
    const line = `${"a".repeat(length)}!`;
    expect(matches("(a*)*b$", line)).toBe(false);
    expect(matches("(a|aa)+$", line)).toBe(false);
    expect(matches("(a?a?a?a?a?a?a?a?a?a?)*c", line)).toBe(false);
  };
  expect(growth(read, 30_000, 10)).toBeLessThan(40);
});
