import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

/** A login of a level on a box that has these lines. */
function login(level: number, ...lines: readonly string[]): TestShell {
  const router = new TestShell(ios, level);
  const owner = new TestShell(ios);
  owner.shell.enterConfiguration();
  for (const line of lines) expect(owner.shell.execute(line)).toMatchObject({ ok: true });
  router.store.become(owner.store);
  return router;
}

const takes = (router: TestShell, line: string): boolean => router.shell.execute(line).ok;
const words = (router: TestShell, before: string): string[] =>
  router.shell.help(before).flatMap((row) => /^ {2}(\S+)/.exec(row)?.[1] ?? []);

test("a command that is given a level is there at that level and above, and the others stay where they are", () => {
  const rule = "privilege exec level 5 show running-config";
  expect(takes(login(5), "show running-config")).toBe(false);
  const five = login(5, rule);
  expect(takes(five, "show running-config")).toBe(true);
  expect(takes(five, "sh run")).toBe(true);
  expect(words(five, "show ")).toContain("running-config");
  expect(takes(five, "clear counters")).toBe(false);
  expect(takes(login(4, rule), "show running-config")).toBe(false);
});

test("the words on the way have the level too, unless they have one of their own", () => {
  const rule = "privilege exec level 5 show running-config";
  expect(takes(login(1, rule), "show clock")).toBe(false);
  expect(words(login(1, rule), "")).not.toContain("show");
  expect(takes(login(5, rule), "show clock")).toBe(true);
  const own = login(1, rule, "privilege exec level 1 show");
  expect(takes(own, "show clock")).toBe(true);
  expect(takes(own, "show running-config")).toBe(false);
});

test("a rule names one word of several and the options that follow a whole command, and `all` names everything behind", () => {
  const one = login(3, "privilege exec level 3 clear crypto sa");
  expect(takes(one, "clear crypto sa")).toBe(true);
  expect(takes(one, "clear crypto sa peer 192.0.2.1")).toBe(true);
  expect(takes(one, "clear crypto session")).toBe(false);
  expect(words(one, "clear crypto ")).toEqual(["sa"]);
  const all = login(3, "privilege exec all level 3 clear crypto");
  expect(takes(all, "clear crypto sa")).toBe(true);
  expect(takes(all, "clear crypto isakmp")).toBe(true);
  expect(takes(all, "clear counters")).toBe(false);
});

test("a raised command is gone below, and comes back when its level is reset", () => {
  const raised = login(1, "privilege exec level 15 show version", "privilege exec level 1 show");
  expect(takes(raised, "show version")).toBe(false);
  expect(takes(raised, "show clock")).toBe(true);
  expect(
    takes(login(1, "privilege exec level 15 show version", "privilege exec reset show version"), "show version"),
  ).toBe(true);
});

test("configuration at a lower level takes what was given to it and no more", () => {
  const rules = [
    "privilege exec level 7 configure terminal",
    "privilege configure level 7 interface",
    "privilege interface level 7 shutdown",
    "privilege interface all level 7 ip",
  ];
  const seven = login(7, ...rules);
  for (const line of ["configure terminal", "interface Loopback0", "shutdown", "ip address 10.0.0.1 255.255.255.255"]) {
    expect({ line, ok: takes(seven, line) }).toEqual({ line, ok: true });
  }
  expect(seven.printed).toContain("interface Loopback0\n ip address 10.0.0.1 255.255.255.255\n shutdown\n");
  expect(takes(seven, "no shutdown")).toBe(true);
  for (const line of ["description x", "hostname other", "enable secret x", "username u privilege 15 secret x"]) {
    expect({ line, ok: takes(seven, line) }).toEqual({ line, ok: false });
  }
  expect(takes(seven, "end")).toBe(true);
  expect(takes(login(6, ...rules), "configure terminal")).toBe(false);
});

test("whoever has all rights is bound by no rule", () => {
  const owner = login(15, "privilege exec level 15 show", "privilege configure level 15 hostname");
  expect(takes(owner, "show clock")).toBe(true);
});
