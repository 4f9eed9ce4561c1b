/** Where an address family ends is said behind its last line, however many there are. */

import { expect, test } from "vitest";
import { ios } from "../../src/modes/ios/dialect.ts";
import { junose } from "../../src/modes/junose/dialect.ts";
import { TestShell } from "../support/shell.ts";

function printed(dialect: typeof ios, ...lines: readonly string[]): string[] {
  const router = new TestShell(dialect);
  expect(router.load(lines.join("\n")).refused).toEqual([]);
  const all = router.printed.split("\n");
  return all.slice(all.findIndex((line) => line.startsWith("router bgp"))).filter((line) => line !== "!");
}

test("IOS sets each family apart", () => {
  const lines = ["router bgp 1", " bgp log-neighbor-changes"];
  const families = ["A", "B"].map((name) => [` address-family ipv4 vrf ${name}`, "  redistribute connected"]);
  expect(printed(ios, ...lines, ...families.flat())).toEqual([
    ...lines,
    ...families.flatMap((family) => [" !", ...family, " exit-address-family"]),
  ]);
});

test("JunosE says where each ends", () => {
  const families = ["A", "B"].map((name) => [` address-family ipv4 vrf ${name}`, "  redistribute connected"]);
  const typed = families.flatMap((family) => [...family, "  exit-address-family"]);
  expect(printed(junose, "router bgp 1", ...typed)).toEqual([
    "router bgp 1",
    ...families.flatMap((family) => [...family, " exit-address-family"]),
  ]);
});
