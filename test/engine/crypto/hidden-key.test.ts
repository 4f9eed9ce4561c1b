/** Keys hidden under a master key: texts that routers made, and what must not be read. */

import { expect, test } from "vitest";
import { hideKey, revealKey } from "../../../src/engine/crypto/hidden-key.ts";
import { seededRandom } from "../../support/random.ts";

// The first is published beside the algorithm by the maker (CiscoDevNet/Type-6-Password-Encode), the second by a decoder made after it.
test.each([
  ["Cisco123", "fe_a`iJYE\\DZYJhDhTP[`MYaTgRH_MAAB", "Cisco123"],
  ["mySecretMasterkey", "XOUDEUYHeLGdB`UAZKX\\GK[iEgCWMZXEXN^dTGZ[UAAAB", "mySecretPassword"],
])("under %s, %s hides %s", (masterKey, text, clear) => {
  expect(revealKey(text, masterKey)).toBe(clear);
  expect(revealKey(text, `${masterKey}x`)).toBeUndefined();
});

test("what is hidden is told by its master key alone, whatever its length", () => {
  const random = seededRandom(6);
  for (let length = 1; length < 60; length += 1) {
    const clear = "zyxwvutsrqponmlk".repeat(4).slice(0, length);
    const text = hideKey(clear, "correct horse", random.bytes(8));
    expect(revealKey(text, "correct horse")).toBe(clear);
    expect(text).toMatch(/^[A-i]+$/);
  }
});

test("a text of any length that a line can have is hidden, and its stream does not come again", () => {
  const salt = new Uint8Array(8);
  for (const length of [5000, 300_000]) {
    const text = hideKey("a".repeat(length), "correct horse", salt);
    expect(revealKey(text, "correct horse")).toBe("a".repeat(length));
  }
  // 256 blocks of 16 octets, three characters for two octets.
  const text = hideKey("a".repeat(8192), "correct horse", salt).slice(12);
  expect(text.slice(0, 6000)).not.toBe(text.slice(6144, 12_144));
});

test("what is none of its texts hides nothing", () => {
  for (const text of ["", "AAA", "AAB", "zzz", "iii", "AAAA", "A".repeat(60), "NhLdVPJbRGFbiMhbTYdbQGfJXbBPVSXUAAB"]) {
    expect(revealKey(text, "correct horse")).toBeUndefined();
  }
});
