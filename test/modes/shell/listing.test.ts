import fc from "fast-check";
import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { examine } from "../../../src/modes/shell/examine.ts";
import { readListing } from "../../../src/modes/shell/listing.ts";
import { countStates } from "../../../src/modes/shell/report.ts";
import { growth } from "../../support/growth.ts";

const texts = (raw: string) => readListing(raw).map(({ text }) => text);

test("the pager's mark goes, however the terminal wiped it out", () => {
  const wiped = [
    ` --More-- ${"\b".repeat(9)}        ${"\b".repeat(9)} ip address 192.0.2.1 255.255.255.0`,
    " --More-- \r          \r ip address 192.0.2.1 255.255.255.0",
    " --More--  ip address 192.0.2.1 255.255.255.0",
    "\u001b[7m --More-- \u001b[m\r          \r ip address 192.0.2.1 255.255.255.0",
  ];
  for (const line of wiped) {
    expect(texts(`interface Loopback0\n${line}`).map((text) => text.trim())).toEqual([
      "interface Loopback0",
      "ip address 192.0.2.1 255.255.255.0",
    ]);
  }
});

test("any line end is a line end, and a byte order mark is none of the text", () => {
  for (const end of ["\n", "\r\n", "\r", "\r\r\n"]) expect(texts(`\ufeffa${end}b${end}`)).toEqual(["a", "b", ""]);
});

test("time stamps of a terminal program go, and the column tells where the rest stands", () => {
  const [stamped] = readListing("[2019-03-04 10:11:12.123] hostname a");
  expect(stamped).toMatchObject({ text: "hostname a", offset: 26 });
  expect(texts("2019-03-04T10:11:12Z hostname a\n[10:11:12] hostname b")).toEqual(["hostname a", "hostname b"]);
});

test("what was typed over is not there", () => {
  expect(texts("hostname x\b \bbox")).toEqual(["hostname box"]);
});

test("a copied prompt says where the line was typed", () => {
  expect(readListing("- host1:boston(config)#ipsec option nat-t")[0]).toMatchObject({
    text: "ipsec option nat-t",
    offset: 23,
    place: { configuring: true, virtualRouter: "boston" },
  });
});

test("whatever is read, there is a report for each line of it and its counts agree", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "interface Loopback0",
      " --More-- \b\b\b",
      "crypto isakmp polic 1",
      " ip address 1.2.3",
      "!",
      "end",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      for (const dialect of Object.values(dialects)) {
        const { report } = examine(dialect, lines.join(end), new Date(0));
        const counts = countStates(report.lines);
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(report.lines.length);
        for (const { outcome, text } of report.lines) {
          if (outcome.kind !== "refused") continue;
          expect(outcome.fault.at).toBeLessThanOrEqual(text.length);
          expect(outcome.fault.reason).not.toBe("");
        }
      }
    }),
    { seed: 12, numRuns: 60 },
  );
});

test("a line's nearest command is understood where the line stood", () => {
  const wrong = [
    "crypto isakmp polcy 1",
    "interfce Loopback0",
    "vpnd enable",
    "ip locl pool A 10.0.0.1 10.0.0.2",
    "hostnam x y",
  ];
  for (const text of wrong) {
    const [line] = examine(dialects.ios, text, new Date(0)).report.lines;
    const nearest = line?.outcome.kind === "refused" ? line.outcome.fault.nearest : undefined;
    expect(nearest).toBeDefined();
    expect(examine(dialects.ios, nearest ?? "", new Date(0)).report.refused).toEqual([]);
  }
});

test("lines that nobody knows cost the same each, however many there are", () => {
  const read = (count: number): void => {
    const text = Array.from({ length: count }, (_, index) => `rubbish${index} number ${index}`).join("\n");
    expect(examine(dialects.ios, text, new Date(0)).report.refused).toHaveLength(count);
  };
  expect(growth(read, 100, 10)).toBeLessThan(40);
});
