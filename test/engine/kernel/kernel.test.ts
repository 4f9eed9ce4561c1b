import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ipv4FromNumber, maskOf, parseIpv4, prefixContains } from "../../../src/engine/kernel/address.ts";
import { LowestFree } from "../../../src/engine/kernel/lowest-free.ts";
import { randomBetween } from "../../../src/engine/kernel/random.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { seededRandom } from "../../support/random.ts";

test("a secret does not print, inspect or serialise", () => {
  const secret = new Secret("hunter2");
  const seen = [`${secret}`, inspect({ secret }), JSON.stringify({ secret }), String(secret)].join(" ");
  expect(seen).not.toContain("hunter2");
  expect(secret.reveal()).toBe("hunter2");
});

test("the lowest free number is given, and given again after its release", () => {
  const numbers = new LowestFree(1024, 1026);
  expect([numbers.take(), numbers.take(), numbers.take(), numbers.take()]).toEqual([1024, 1025, 1026, undefined]);
  numbers.release(1025);
  numbers.release(1024);
  numbers.release(9);
  expect([numbers.take(), numbers.take(), numbers.take()]).toEqual([1024, 1025, undefined]);
});

test("addresses parse and print, and what is not an address does not parse", () => {
  for (const text of ["0.0.0.0", "10.0.0.2", "255.255.255.255", "203.0.113.1"]) {
    expect(ipv4FromNumber(parseIpv4(text) ?? -1)).toBe(text);
  }
  for (const text of ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "a.b.c.d", "1.2.3.-4", "1. 2.3.4"]) {
    expect(parseIpv4(text)).toBeUndefined();
  }
  expect(maskOf(0)).toBe(0);
  expect(maskOf(24)).toBe(0xffff_ff00);
  expect(prefixContains({ address: "10.0.0.0", length: 8 }, "10.255.0.1")).toBe(true);
  expect(prefixContains({ address: "10.0.0.0", length: 8 }, "11.0.0.1")).toBe(false);
});

test("a drawn number stays in its range and reaches both ends", () => {
  const random = seededRandom(7);
  const drawn = new Set(Array.from({ length: 500 }, () => randomBetween(random, 3, 6)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
});
