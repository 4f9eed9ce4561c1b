/** Short names at the start of a line: those of the box, and those of the configuration. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

test("in exec a letter stands for a word, and the caret below what was typed", () => {
  const router = new TestShell(ios);
  expect(router.shell.execute("s privilege").lines).toEqual(["Current privilege level is 15"]);
  expect(router.shell.execute("u all").lines).toEqual(["All possible debugging has been turned off"]);
  expect(router.shell.execute("s clokc").lines[0]).toBe(`${" ".repeat("Router#s clo".length)}^`);
  expect(router.shell.complete("s priv")).toBe("s privilege ");
  expect(router.shell.help("s privi")).toEqual(["privilege", ""]);
  expect(router.shell.help("s").join(" ")).toContain("show");
});

test("aliases of the configuration hold in their mode only, and print back", () => {
  const router = new TestShell(ios);
  router.load(
    [
      "alias exec sib show ip interface brief",
      "alias interface ia ip address",
      "alias configure ci crypto isakmp",
    ].join("\n"),
  );
  const lines = ["configure terminal", "ci policy 7", "interface Loopback0", "ia 10.0.0.1 255.255.255.255"];
  expect(lines.map((line) => router.shell.execute(line).ok)).toEqual([true, true, true, true]);
  expect(router.printed).toContain("crypto isakmp policy 7\n");
  expect(router.printed).toContain(" ip address 10.0.0.1 255.255.255.255\n");
  expect(router.shell.execute("sib").ok).toBe(false);
  router.shell.end();
  expect(router.shell.execute("sib | include Loop").lines).toHaveLength(1);
  expect(router.shell.execute("ia").ok).toBe(false);
  expect(router.shell.execute("show aliases interface").lines).toEqual([
    "Interface configuration mode aliases:",
    "  ia                    ip address",
    "",
  ]);
  const again = new TestShell(ios);
  again.load(router.printed);
  expect(again.printed).toBe(router.printed);
});

test("behind `do` an alias of exec stands for its command, in every mode", () => {
  const router = new TestShell(ios);
  router.load("alias exec priv show privilege\nalias configure priv hostname x");
  for (const line of ["configure terminal", "interface Loopback0"]) router.shell.execute(line);
  expect(router.shell.execute("do priv").lines).toEqual(["Current privilege level is 15"]);
  expect(router.shell.execute("do s priv | include level").lines).toEqual(["Current privilege level is 15"]);
  expect(router.shell.complete("do s priv")).toBe("do s privilege ");
  expect(router.shell.prompt()).toContain("(config-if)#");
  expect(router.shell.execute("priv").ok).toBe(false);
});

test("a word that only begins an alias is no alias, and an alias taken back is none", () => {
  const router = new TestShell(ios);
  router.load("alias exec sib show privilege\nno alias exec sib");
  expect(router.shell.execute("sib").ok).toBe(false);
  expect(router.shell.execute("sh privilege").ok).toBe(true);
});
