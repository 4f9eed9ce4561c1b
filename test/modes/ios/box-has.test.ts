/** What the box has once, and where it stands. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function configuring(): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  return router;
}

test.each(["con", "console", "aux"])("there is one line %s, of number 0", (kind) => {
  const { shell } = configuring();
  expect(shell.execute(`line ${kind} 0`).ok).toBe(true);
  for (const line of [`line ${kind} 1`, `line ${kind} 0 1`]) {
    const at = `Router(config)#`.length + line.length - 1;
    expect(shell.execute("exit").ok).toBe(true);
    expect(shell.execute(line)).toMatchObject({
      ok: false,
      lines: [`${" ".repeat(at)}^`, "% Invalid input detected at '^' marker.", ""],
    });
    expect(shell.execute(`line ${kind} 0`).ok).toBe(true);
  }
});

test("the crypto map is the last line of an interface, whenever it was typed", () => {
  const router = configuring();
  for (const line of [
    "crypto dynamic-map D 10",
    "crypto map M 10 ipsec-isakmp dynamic D",
    "interface FastEthernet0/0",
    "crypto map M",
    "ip address 192.0.2.1 255.255.255.0",
    "ip ospf cost 10",
    "duplex full",
    "description Outside",
  ]) {
    expect(router.shell.execute(line).ok, line).toBe(true);
  }
  const block = /^interface FastEthernet0\/0\n((?: .*\n)+)/m.exec(router.printed)?.[1];
  expect(block?.trimEnd().split("\n").at(-1)).toBe(" crypto map M");
  expect(block?.split("\n")).toHaveLength(6);
});

test.each([
  ["99", false],
  ["100", true],
  ["199", true],
  ["200", false],
  ["1999", false],
  ["2000", true],
  ["2699", true],
  ["2700", false],
  ["1-FROM", false],
  ["FROM-1", true],
] as const)("a crypto map takes an extended list by number or by name: %s", (list, isTaken) => {
  const { shell } = configuring();
  shell.execute("crypto map M 10 ipsec-isakmp");
  expect(shell.execute(`match address ${list}`).ok).toBe(isTaken);
});
