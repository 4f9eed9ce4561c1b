import { expect, test } from "vitest";
import { END_OF_LINE, type Help } from "../../../src/grammar/help.ts";
import { MemoryFiles } from "../../../src/modes/common/device-files.ts";
import { applyModifier, EVERY_MODIFIER, splitPipe, withPipe } from "../../../src/modes/shell/output-modifier.ts";

const words = { names: EVERY_MODIFIER, arrows: false, fileLevel: 15, behind: [] };
const files = new MemoryFiles(() => new Date(0));

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
  const { modifier } = splitPipe(`show run ${pipe}`, words);
  if (modifier === undefined) return undefined;
  const modified = applyModifier(modifier, { lines: listing, model: undefined }, () => files);
  return modified.ok ? modified.lines : undefined;
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
  expect(filtered("| sec inc ^interface")).toEqual(listing.slice(1, 4));
  expect(filtered("| sec ex ^interface|^vpdn")).toEqual(["hostname a"]);
});

test("json prints the model, without losing large numbers or octets", () => {
  const { modifier } = splitPipe("show x | json", words);
  const model = {
    spi: 4_000_000_000_000n,
    cookie: Uint8Array.of(0, 255),
    names: new Set(["a"]),
    by: new Map([["k", 1]]),
  };
  const printed = modifier && applyModifier(modifier, { lines: [], model }, () => files).lines;
  expect(JSON.parse((printed ?? []).join("\n"))).toEqual({
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
  expect(splitPipe(line, words).error).toEqual({ kind, at });
});

test("an expression that is none is refused, and one pipe is enough", () => {
  expect(filtered("| include (")).toBeUndefined();
  expect(splitPipe("show run | include a | b", words).modifier).toEqual({ name: "include", expression: "a | b" });
  expect(splitPipe("show run", words).modifier).toBeUndefined();
});

test("redirect, append and tee write files", () => {
  expect(filtered("| redirect flash:a.txt")).toEqual([]);
  expect(filtered("| append a.txt")).toEqual([]);
  const text = `${listing.join("\n")}\n`;
  expect(files.read("flash", "a.txt")).toBe(text + text);
  expect(filtered("| tee nvram:b")).toEqual(listing);
  expect(filtered("| tee /append nvram:b")).toEqual(listing);
  expect(files.read("nvram", "b")).toBe(text + text);
  expect(filtered("| redirect tftp://10.0.0.1/x")).toBeUndefined();
});

test("where arrows stand for redirection they may follow a command, and a pipe before them keeps them", () => {
  const arrows = { names: EVERY_MODIFIER, arrows: true, fileLevel: 10, behind: [] };
  expect(splitPipe("show l2tp > out.txt", arrows)).toMatchObject({
    command: "show l2tp",
    modifier: { name: "redirect", expression: "out.txt" },
  });
  expect(splitPipe("show l2tp >> out.txt", arrows).modifier).toEqual({ name: "append", expression: "out.txt" });
  expect(splitPipe("show l2tp | include a > b", arrows).modifier).toEqual({ name: "include", expression: "a > b" });
});

test("blanks at the end of an expression count", () => {
  expect(splitPipe("show run | include a ", words).modifier).toEqual({ name: "include", expression: "a " });
});

test("help says the pipe behind commands that print, however they are cut, and behind no others", () => {
  const printing = { ...words, behind: ["show", "write terminal"] };
  const end: Help = { kind: "next", rows: [END_OF_LINE] };
  const said = (typed: string) => withPipe(end, typed, printing) !== end;
  expect(["show version ", "SH ver ", "wr t "].map(said)).toEqual([true, true, true]);
  expect(["clear counters ", "write ", "write memory ", "shower "].map(said)).toEqual([false, false, false, false]);
});
