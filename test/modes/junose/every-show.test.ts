/**
 * What every show command has in common, over the whole table: it answers on an empty router and on a busy one, its value is
 * plain JSON with steady names, and no secret stands in either.
 */

import { describe, expect, test } from "vitest";
import type { Element } from "../../../src/grammar/elements.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { busyRouter } from "./busy-router.ts";
import { TestRouter } from "./router.ts";

/** Every way to type a form: each optional part and each branch with and without, arguments left out. */
function ways(elements: readonly Element[]): string[] {
  return elements.reduce<string[]>(
    (fronts, element) => fronts.flatMap((front) => waysOf(element).map((part) => `${front} ${part}`.trim())),
    [""],
  );
}

function waysOf(element: Element): string[] {
  switch (element.kind) {
    case "keyword":
      return [element.word];
    case "pick":
      return Object.keys(element.words);
    case "flag":
      return ["", element.word];
    case "optional":
      return ["", ...ways(element.elements).filter((way) => !way.includes(UNKNOWN))];
    case "oneOf":
      return element.branches.flatMap((branch) => ways(branch)).filter((way) => !way.includes(UNKNOWN));
    default:
      return [UNKNOWN];
  }
}

/** An argument: what stands behind it is typed by tests of the command itself. */
const UNKNOWN = "\0";

const LINES = [
  ...new Set(
    junose.exec
      .filter(({ form: [first] }) => first?.kind === "keyword" && first.word === "show")
      .flatMap(({ form }) => ways(form))
      .filter((line) => !line.includes(UNKNOWN)),
  ),
].filter((line) => line.split(" ").length <= 6 && !/^show (?:paste|configuration)/.test(line));

/** Of the busy router; what is kept as one text (`password 0 letmein` of a line) is the configuration's to mask. */
const SECRETS = [
  "s3cret",
  "fredPw",
  "annPw",
  "bob pw",
  "evePw",
  "a key with blanks",
  "peerKey",
  "namedKey",
  "TunnelPass",
  "<hidden>",
];

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

describe.each([
  ["an empty router", () => new TestRouter()],
  ["a busy router", busyRouter],
])("on %s", (_name, make) => {
  test("every show command answers, and its value is JSON without secrets", () => {
    const router = make();
    expect(LINES.length).toBeGreaterThan(120);
    const faults = LINES.flatMap((line): object[] => {
      const result = router.shell.execute(line);
      if (!result.ok || result.error !== undefined) return [{ line, lines: result.lines }];
      const json = router.shell.execute(`${line} | json`).lines.join("\n");
      const strange = keysOf(JSON.parse(json)).filter((key) => !/^[a-z][A-Za-z0-9]*$/.test(key));
      const told = SECRETS.filter((secret) => json.includes(secret));
      return strange.length > 0 || told.length > 0 ? [{ line, strange, told }] : [];
    });
    expect(faults).toEqual([]);
  });

  test("every show command says in a mode of configuration what it says outside of it", () => {
    const [outside, inside] = [make(), make()];
    inside.shell.enterConfiguration();
    inside.shell.execute("ipsec option nat-t");
    const changed = LINES.filter(
      (line) => inside.shell.execute(line).lines.join("\n") !== outside.shell.execute(line).lines.join("\n"),
    );
    expect(changed).toEqual([]);
  });
});
