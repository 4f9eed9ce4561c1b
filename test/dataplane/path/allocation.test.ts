/** What the path leaves to the collector where it lends what it gives out: nothing for a packet, whatever its length, direction and suite. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/** A batch leaves as a whole what calls of `node:crypto` return, and now and then V8 an octet of its own; a single view for each packet would be 104. */
const MOST = 48;

test("packets leave nothing behind", () => {
  const program = join(import.meta.dirname, "../../support/allocation-meter.ts");
  const lines = execFileSync(process.execPath, [program], { encoding: "utf8" }).trim().split("\n").filter(Boolean);
  for (const line of lines) {
    const octets = Number(line.split(": ")[1]);
    expect(octets, line).toBeLessThan(MOST);
  }
});
