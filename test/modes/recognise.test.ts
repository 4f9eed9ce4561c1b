/** In which dialect a text is taken to be, and when that is said to be a guess. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dialects } from "../../src/modes/dialects.ts";
import { doubtText, recognise } from "../../src/modes/recognise.ts";
import { isTelling } from "../../src/modes/telling.ts";

const NOW = new Date(0);

function coverage(name: string): string[] {
  return readFileSync(join(import.meta.dirname, `../../fixtures/coverage/${name}.txt`), "utf8")
    .split("\n")
    .filter((line) => !/^\s*(!|$)/.test(line))
    .map((line) => line.slice(2));
}

const taken = (text: string) => {
  const recognition = recognise(text, NOW, dialects);
  return recognition && [recognition.dialect.name, doubtText(recognition)];
};

test.each([
  ["ios", "junose"],
  ["junose", "ios"],
] as const)("no line that %s knows is a line that only the other has", (name, other) => {
  expect(coverage(name).filter((line) => isTelling(line, other))).toEqual([]);
});

test.each([
  ["aaa new-model\nusername bob password pw\nradius authentication server 10.0.0.1\n key k", "junose"],
  ["aaa local username fred database west\n password pw", "junose"],
  ["aaa loc user fred database west\n password pw\naaa loc data west", "junose"],
  ["profile users\n ppp authentication chap\n ip unnumbered loopback 0\ninterface loopback 0", "junose"],
  ["hostname lns\naaa new-model\naaa authentication ppp default local\ninterface Virtual-Template1", "ios"],
  ["vpdn enable\ninterface loopback 0\n ip address 10.0.0.1 255.255.255.255", "ios"],
])("%j is %s without a doubt", (text, name) => {
  expect(taken(text)).toEqual([name, undefined]);
});

test("a few lines of the other box do not outweigh a configuration", () => {
  const own = "l2tp destruct-timeout 600\nl2tp drain\naaa local database d\nipsec option nat-t\nvirtual-router east";
  expect(taken(`${own}\nservice timestamps log datetime`)).toEqual(["junose", undefined]);
});

test("where lines of both boxes stand side by side, the one that reads more of them is taken, and it is said", () => {
  expect(taken("crypto isakmp policy 10\n authentication pre-share\nipsec option nat-t\nvpdn enable")).toEqual([
    "ios",
    "taken for IOS: 1 of its 4 lines are refused so, 3 in JunosE; --dialect says it for certain",
  ]);
});

test("where both boxes know every line, the one on which more of them act is taken, and it is said", () => {
  expect(taken("aaa new-model\nip address-pool local")).toEqual([
    "junose",
    "taken for JunosE: its 2 lines are read as well in IOS; --dialect says it for certain",
  ]);
});

test("what neither can read is neither", () => {
  expect(taken("set system host-name lns\nset interfaces ge-0/0/0 unit 0\ndelete chassis")).toBeUndefined();
  expect(taken("")).toBeUndefined();
});
