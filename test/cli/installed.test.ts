/** What a user who installed the package has: no sources, a build, and the program that finds it. */

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "../../rolldown.config.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "lnsh-installed-"));
const bin = join(home, "src/cli/bin.js");

function run(...args: readonly string[]): string {
  return execFileSync(process.execPath, [bin, ...args], { encoding: "utf8", stdio: "pipe" });
}

beforeAll(async () => {
  mkdirSync(join(home, "src/cli"), { recursive: true });
  for (const file of ["package.json", "src/cli/bin.js"]) copyFileSync(join(root, file), join(home, file));
  cpSync(join(root, "fixtures/configs"), join(home, "fixtures/configs"), { recursive: true });
  if (Array.isArray(config.output) || config.output === undefined) throw new Error("one output is expected");
  const build = await rolldown({ ...config, cwd: root });
  await build.write({ ...config.output, dir: join(home, "dist/cli") });
  await build.close();
});

afterAll(() => rmSync(home, { recursive: true }));

test("the build finds its files and shows what the sources would", () => {
  const manifest = execFileSync(process.execPath, ["-p", "require('./package.json').version"], { cwd: root });
  expect(run("--version")).toBe(String(manifest));
  const shown = run("exec", "--config", join(home, "fixtures/configs/ios-nat-demux.cfg"), "-c", "show running-config");
  expect(shown).toContain("crypto map CRYPT_MAP 6000 ipsec-isakmp dynamic DYN_MAP");
});

test("the build runs in a checkout only while it is newer than every source", () => {
  const main = join(home, "src/cli/main.ts");
  writeFileSync(main, 'process.stdout.write("from the sources");\n');
  const now = Date.now() / 1000;
  utimesSync(join(home, "dist/cli/main.js"), now + 60, now + 60);
  expect(run("--version")).not.toContain("from the sources");
  utimesSync(join(home, "dist/cli/main.js"), now - 60, now - 60);
  expect(run("--version")).toBe("from the sources");
});
