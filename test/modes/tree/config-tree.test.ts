import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { ConfigNode } from "../../../src/grammar/declaration.ts";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { ConfigTree } from "../../../src/modes/tree/config-tree.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { renderBlocks } from "../../../src/modes/tree/render-tree.ts";
import {
  description,
  duplex,
  hostname,
  interfaceLine,
  ipAddress,
  user,
  vpdnGroup,
} from "../../support/small-dialects.ts";

const loopback = { name: { type: "Loopback", number: "0" } };

test("a line with the same key takes the place of the older one", () => {
  const tree = new ConfigTree();
  tree.put(undefined, user, { name: "a", password: new Secret("1") }, false);
  tree.put(undefined, user, { name: "b", password: new Secret("2") }, false);
  const again = tree.put(undefined, user, { name: "a", password: new Secret("3") }, false);
  expect(again.changed).toBe(true);
  expect(tree.all(user).map(({ values }) => `${values.name}=${values.password.reveal()}`)).toEqual(["a=3", "b=2"]);
});

test("values that print the same are the same key", () => {
  const tree = new ConfigTree();
  const first = tree.put(undefined, interfaceLine, { name: { type: "Loopback", number: "0" } }, false);
  const second = tree.put(undefined, interfaceLine, { name: { type: "Loopback", number: "0" } }, false);
  expect(second).toEqual({ line: first.line, changed: false });
});

test("lines are found by their command, at the top and below a line", () => {
  const tree = new ConfigTree();
  const { line } = tree.put(undefined, interfaceLine, loopback, false);
  tree.put(line, ipAddress, { address: "10.0.0.1", mask: 32 }, false);
  const [node] = tree.all(interfaceLine);
  expect(node && tree.under(node, ipAddress).map(({ values }) => values.mask)).toEqual([32]);
  expect(node && tree.under(node, duplex)).toEqual([]);
  expect(tree.all(ipAddress)).toEqual([]);
  expect(line.stands).toBe(true);
  expect(tree.remove(undefined, interfaceLine, loopback)).toBe(1);
  expect(line.stands).toBe(false);
});

test("sections print in the dialect's order, lines of a mode in the order of its commands", () => {
  const tree = new ConfigTree();
  const { line } = tree.put(undefined, interfaceLine, loopback, false);
  tree.put(line, duplex, { mode: "full" }, false);
  tree.put(line, description, { text: "to the  office" }, false);
  tree.put(undefined, vpdnGroup, { name: "late" }, false);
  tree.put(undefined, hostname, { name: "a b" }, false);
  const style = { commands: [hostname, interfaceLine, description, duplex], sections: ["names", "interfaces"] };
  expect(renderBlocks(tree.lines, { ...style, indentOf: () => 3 }).flatMap((block) => block.lines)).toEqual([
    'hostname "a b"',
    "interface Loopback0",
    "   description to the  office",
    "   duplex full",
    "vpdn-group late",
  ]);
});

test("a clone says the same and goes its own way; the order of typing does not count", () => {
  const store = new ConfigStore();
  const { line } = store.chassis.put(undefined, interfaceLine, loopback, false);
  store.chassis.put(line, ipAddress, { address: "10.0.0.1", mask: 32 }, false);
  store.router("boston").put(undefined, hostname, { name: "x" }, false);
  const copy = store.clone();
  expect(storesEqual(store, copy)).toBe(true);
  copy.chassis.put(undefined, vpdnGroup, { name: "g" }, false);
  expect(storesEqual(store, copy)).toBe(false);
  const other = new ConfigStore();
  other.chassis.put(undefined, vpdnGroup, { name: "g" }, false);
  const second = other.chassis.put(undefined, interfaceLine, loopback, false).line;
  other.chassis.put(second, ipAddress, { address: "10.0.0.1", mask: 32 }, false);
  other.router("boston").put(undefined, hostname, { name: "x" }, false);
  expect(storesEqual(other, copy)).toBe(true);
  other.chassis.put(second, ipAddress, { address: "10.0.0.1", mask: 31 }, false);
  expect(storesEqual(other, copy)).toBe(false);
});

test("a virtual router counts by being there, the default one only by what it holds", () => {
  const [a, b] = [new ConfigStore(), new ConfigStore()];
  a.router("default");
  expect(storesEqual(a, b)).toBe(true);
  a.router("boston");
  expect(storesEqual(a, b)).toBe(false);
});

test("a negated line is not the line", () => {
  const [a, b] = [new ConfigStore(), new ConfigStore()];
  a.chassis.put(undefined, duplex, { mode: "full" }, true);
  b.chassis.put(undefined, duplex, { mode: "full" }, false);
  expect(storesEqual(a, b)).toBe(false);
});

test("who keeps a copy of lines up to date by what changed has them as they are", () => {
  const step = fc.record({
    kind: fc.constantFrom("open", "address", "describe", "remove", "removeBelow", "rename", "become", "ask"),
    number: fc.nat(4).map(String),
    value: fc.nat(3),
  });
  const told = ({ values, children }: ConfigNode): string =>
    JSON.stringify([values, children.map((line) => line.values)]);
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const tree = new ConfigTree();
      const other = new ConfigTree();
      const watch = { commands: [interfaceLine] };
      const copy = new Map<ConfigNode, string>();
      for (const { kind, number, value } of steps) {
        const name = { name: { type: "Loopback", number } };
        const line = tree.line(undefined, interfaceLine, name);
        if (kind === "open") (value === 0 ? other : tree).put(undefined, interfaceLine, name, false);
        if (kind === "rename") tree.put(undefined, hostname, { name: number }, false);
        if (kind === "remove") tree.remove(undefined, interfaceLine, name);
        if (kind === "become") tree.become(value === 0 ? other : tree.clone());
        if (line !== undefined) {
          if (kind === "address") tree.put(line, ipAddress, { address: `10.0.0.${value}`, mask: 32 }, false);
          if (kind === "describe") tree.put(line, description, { text: `${value}` }, value === 1);
          if (kind === "removeBelow") tree.remove(line, ipAddress, {});
        }
        if (kind !== "ask") continue;
        const { there, gone } = tree.changesFor(watch);
        for (const node of gone) copy.delete(node);
        for (const node of there) copy.set(node, told(node));
        expect(new Set(copy.values())).toEqual(new Set(tree.all(interfaceLine).map(told)));
        expect(copy.size).toBe(tree.all(interfaceLine).length);
        expect(tree.changesFor(watch)).toEqual({ there: [], gone: [] });
      }
    }),
    { numRuns: 150, seed: 5 },
  );
});
