import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { program } from "../../src/cli/program.ts";
import { manualPages } from "./manual-pages.ts";

const directory = new URL("../../man/", import.meta.url);
const pages = manualPages(program);

test("man/ is current; if not: npm run docs:man", () => {
  expect(readdirSync(directory).sort()).toEqual(pages.map(({ file }) => file).sort());
  for (const { file, text } of pages) expect(readFileSync(new URL(file, directory), "utf8"), file).toBe(text);
});

test("the package has every page", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect([...manifest.man].sort()).toEqual(pages.map(({ file }) => `man/${file}`).sort());
});

const hasGroff = spawnSync("groff", ["--version"]).status === 0;

test.skipIf(!hasGroff)("groff sets every page without a complaint, and nothing is lost", () => {
  for (const { file, text } of pages) {
    const set = spawnSync("groff", ["-K", "utf8", "-man", "-ww", "-T", "utf8", "-P", "-cbou"], {
      encoding: "utf8",
      input: text,
    });
    expect(set.stderr, file).toBe("");
    expect(set.status, file).toBe(0);
    for (const flag of text.matchAll(/^\.B .*(\\-\\-[a-z\\-]+)/gm)) {
      expect(set.stdout.replaceAll("−", "-")).toContain((flag[1] ?? "").replaceAll("\\", ""));
    }
  }
});
