/** Secrets whose hash is chosen (`algorithm-type`), and names for ranges of interfaces. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { seededRandom } from "../../support/random.ts";
import { TestShell } from "../../support/shell.ts";

function typed(...lines: readonly string[]): string {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  ios.settle?.(router.store, seededRandom(5));
  return router.printed;
}

test.each([
  ["md5", "5 \\$1\\$"],
  ["sha256", "8 \\$8\\$"],
  ["scrypt", "9 \\$9\\$"],
])("algorithm-type %s is kept as that hash, of the enable secret, of a level's and of a user's", (algorithm, hash) => {
  const printed = typed(
    `enable algorithm-type ${algorithm} secret top`,
    `enable algorithm-type ${algorithm} secret level 5 five`,
    `username anna privilege 7 algorithm-type ${algorithm} secret anna`,
  );
  expect(printed).toMatch(new RegExp(`^enable secret ${hash}`, "m"));
  expect(printed).toMatch(new RegExp(`^enable secret level 5 ${hash}`, "m"));
  expect(printed).toMatch(new RegExp(`^username anna privilege 7 secret ${hash}`, "m"));
  expect(printed).not.toContain("algorithm-type");
});

test("a secret that was made so goes with its line, whatever is said behind `no`", () => {
  const printed = typed(
    "enable algorithm-type scrypt secret top",
    "username anna algorithm-type scrypt secret anna",
    "no enable algorithm-type scrypt secret other",
    "no username anna",
  );
  expect(printed).not.toContain("secret");
});

test("interface range macro stands for the interfaces that were defined", () => {
  const printed = typed(
    "define interface-range OFFICES FastEthernet0/0 - 1 , Loopback3",
    "interface range macro OFFICES",
    "description The offices",
  );
  expect(printed.match(/^ description The offices$/gm)).toHaveLength(3);
  expect(printed).toContain("define interface-range OFFICES FastEthernet0/0 - 1 , Loopback3");
});

test("a range that nobody defined is refused", () => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  expect(router.shell.execute("interface range macro OFFICES")).toMatchObject({
    ok: false,
    lines: ["%Command rejected: interface range macro OFFICES is not defined"],
  });
});
