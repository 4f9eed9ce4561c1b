import { expect, test } from "vitest";
import { applyModifier, splitPipe } from "../../../src/modes/shell/output-modifier.ts";

const listing = [
  "hostname a",
  "interface FastEthernet0/0",
  " ip address 11.0.0.8 255.255.255.0",
  " crypto map VPN-MAP",
  "vpdn-group L2TP",
  " ! Default L2TP VPDN group",
  " accept-dialin",
  "  protocol l2tp",
];

function filtered(pipe: string): readonly string[] | undefined {
  const { modifier } = splitPipe(`show run ${pipe}`);
  return modifier === undefined ? undefined : applyModifier(modifier, listing, undefined);
}

test("include, exclude, begin and count take abbreviations and regular expressions", () => {
  expect(filtered("| include ^inter|host")).toEqual(["hostname a", "interface FastEthernet0/0"]);
  expect(filtered("| ex ^ |^host")).toEqual(["interface FastEthernet0/0", "vpdn-group L2TP"]);
  expect(filtered("| b vpdn-group")).toEqual(listing.slice(4));
  expect(filtered("| begin nowhere")).toEqual([]);
  expect(filtered("| count a")).toEqual(["Number of lines which match regexp = 6"]);
});

test("a section is a matching line with what stands below it, or a deeper line that matches on its own", () => {
  expect(filtered("| section vpdn")).toEqual(listing.slice(4));
  expect(filtered("| sec VPN-MAP")).toEqual([" crypto map VPN-MAP"]);
  expect(filtered("| section include ^interface")).toEqual(listing.slice(1, 4));
  expect(filtered("| section exclude ^interface|^vpdn")).toEqual(["hostname a"]);
});

test("json prints the model, without losing large numbers or octets", () => {
  const { modifier } = splitPipe("show x | json");
  const model = {
    spi: 4_000_000_000_000n,
    cookie: Uint8Array.of(0, 255),
    names: new Set(["a"]),
    by: new Map([["k", 1]]),
  };
  expect(modifier && JSON.parse((applyModifier(modifier, [], model) ?? []).join("\n"))).toEqual({
    spi: "4000000000000",
    cookie: "00ff",
    names: ["a"],
    by: { k: 1 },
  });
});

test.each([
  ["show run | foo x", "unknown", 11],
  ["show run | include", "incomplete", 11],
  ["show run |", "incomplete", 10],
])("%j is refused at the pipe", (line, kind, at) => {
  expect(splitPipe(line).error).toEqual({ kind, at });
});

test("an expression that is none is refused, and one pipe is enough", () => {
  expect(filtered("| include (")).toBeUndefined();
  expect(splitPipe("show run | include a | b").modifier).toEqual({ name: "include", expression: "a | b" });
  expect(splitPipe("show run").modifier).toBeUndefined();
});
