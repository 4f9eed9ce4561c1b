import { expect, test } from "vitest";
import { isPasswordText, makeSecret, verifyPassword } from "../../../src/modes/common/passwords.ts";
import { decodeType7, encodeType7 } from "../../../src/modes/common/type7.ts";
import { seededRandom } from "../../support/random.ts";

/** Types 5, 8 and 9: the examples that hashcat publishes for its modes 500, 9200 and 9300. */
test.each([
  ["5", "$1$28772684$iEwNOgGugqO9.bIz5sk8k/", "hashcat"],
  ["8", "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk", "hashcat"],
  ["9", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6", "hashcat"],
  ["0", "clear text", "clear text"],
  ["7", "122A00190102180D3C2E", "Sensitive"],
] as const)("type %s %j is the password %j and no other", (type, stored, clear) => {
  expect(isPasswordText(stored, type)).toBe(true);
  expect(verifyPassword(stored, type, clear)).toBe(true);
  for (const wrong of ["", `${clear} `, clear.slice(1), clear.toUpperCase()]) {
    expect(verifyPassword(stored, type, wrong)).toBe(false);
  }
});

test.each(["5", "8", "9"] as const)("a new secret of type %s has a salt of its own and verifies", (type) => {
  const random = seededRandom(3);
  const [one, two] = [makeSecret(type, "pass wörd", random), makeSecret(type, "pass wörd", random)];
  expect(one).not.toBe(two);
  for (const secret of [one, two]) {
    expect(isPasswordText(secret, type)).toBe(true);
    expect(verifyPassword(secret, type, "pass wörd")).toBe(true);
    expect(verifyPassword(secret, type, "pass word")).toBe(false);
  }
});

test("passwords of every length hash and verify", () => {
  for (let length = 0; length < 40; length += 1) {
    const clear = "abcdefghij".repeat(4).slice(0, length);
    expect(verifyPassword(makeSecret("5", clear, seededRandom(length + 1)), "5", clear)).toBe(true);
  }
});

test("what is no secret of its type is told, and nothing is its password", () => {
  for (const [type, stored] of [
    ["5", "plain"],
    ["5", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"],
    ["7", "0x11"],
    ["8", "$8$short"],
  ] as const) {
    expect(isPasswordText(stored, type)).toBe(false);
    expect(verifyPassword(stored, type, "plain")).toBe(false);
  }
});

test("type 7 reads back what it wrote, from every start, letters of other alphabets too", () => {
  for (let start = 0; start < 16; start += 1) {
    for (const clear of ["", "conan", "Zürich", "x".repeat(120)]) {
      expect(decodeType7(encodeType7(clear, start))).toBe(clear);
    }
  }
  expect(encodeType7("conan", 9)).toBe("094F4107180B");
});
