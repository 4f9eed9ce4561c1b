import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dialects } from "../../src/modes/dialects.ts";
import { recognise } from "../../src/modes/recognise.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { TestShell } from "../support/shell.ts";

/** The listings that this project keeps, named for their dialect, and the published transcripts. */
const configurations = readdirSync(new URL("../../fixtures/configs/", import.meta.url));
const texts = [
  ...configurations.map(
    (name) => [`configs/${name}`, name.startsWith("ios-") ? dialects.ios : dialects.junose] as const,
  ),
  ["transcripts/junose-minimal.txt", dialects.junose],
  ["transcripts/e-series-seed.txt", dialects.junose],
] as const;

function fixture(path: string): string {
  return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");
}

test.each(texts)("%s pastes without a refusal, and what it prints pastes back to the same", (path, dialect) => {
  const first = new TestShell(dialect);
  expect(first.load(fixture(path)).refused.map(({ number, text }) => `${number}: ${text}`)).toEqual([]);
  expect(first.printed).not.toBe("");
  const second = new TestShell(dialect);
  expect(second.load(first.printed).refused).toEqual([]);
  expect(storesEqual(first.store, second.store)).toBe(true);
  expect(second.printed).toBe(first.printed);
});

test.each(texts)("%s is recognised as what it is", (path, dialect) => {
  expect(recognise(fixture(path), new Date(0), dialects)?.dialect.name).toBe(dialect.name);
});

test("the transcripts of the E-series document land in the virtual routers that their prompts name", () => {
  const shell = new TestShell(dialects.junose);
  shell.load(fixture("transcripts/e-series-seed.txt"));
  expect([...shell.store.routers.keys()]).toEqual(["default", "boston", "westford", "sunnyvale"]);
  expect(shell.printed.split("\n")).toEqual(
    expect.arrayContaining([
      "l2tp destination profile boston4 ip address 0.0.0.0",
      "  enable ipsec-transport",
      "  single-shot-tunnel",
      "l2tp destination profile boston ip address 10.10.76.12",
      "virtual-router westford",
    ]),
  );
});

test("a listing with foreign line ends, tabs and hard blanks pastes the same", () => {
  for (const [path, dialect] of texts) {
    // Texts that are mangled already have nothing more to show, and in a banner every blank counts.
    if (/[\r\b]|--More--|^banner /m.test(fixture(path))) continue;
    const [plain, foreign] = [new TestShell(dialect), new TestShell(dialect)];
    plain.load(fixture(path));
    const mangled = fixture(path).replaceAll("\n ", "\n\t").replaceAll(" ", "\u00a0").replaceAll("\n", "\r\n");
    expect(foreign.load(mangled).refused).toEqual([]);
    expect(storesEqual(plain.store, foreign.store)).toBe(true);
  }
});
