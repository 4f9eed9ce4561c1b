import { createCipheriv } from "node:crypto";
import { expect, test } from "vitest";
import { DesCbc } from "../../../src/engine/crypto/des.ts";
import { hex, toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test("DES-CBC gives the example of FIPS 81 (appendix C, table C1)", () => {
  const des = new DesCbc(hex("0123456789abcdef"));
  const plain = ascii("Now is the time for all ");
  const ciphertext = des.encrypt(hex("1234567890abcdef"), plain);
  expect(toHex(ciphertext)).toBe("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6");
  expect(des.decrypt(hex("1234567890abcdef"), ciphertext)).toEqual(plain);
});

test("triple DES gives the blocks of NIST SP 800-67 appendix B.1", () => {
  const des = new DesCbc(hex("0123456789abcdef 23456789abcdef01 456789abcdef0123"));
  const plain = ascii("The qufck brown fox jump");
  const blocks = [0, 8, 16].map((at) => toHex(des.encrypt(new Uint8Array(8), plain.subarray(at, at + 8))));
  expect(blocks).toEqual(["a826fd8ce53b855f", "cce21c8112256fe6", "68d5c05dd9b6b900"]);
});

test("triple DES with random keys and lengths is what OpenSSL computes", () => {
  const random = seededRandom(1);
  for (let blocks = 1; blocks < 40; blocks += 1) {
    const key = random.bytes(24);
    const iv = random.bytes(8);
    const plain = random.bytes(8 * blocks);
    const expected = createCipheriv("des-ede3-cbc", key, iv).setAutoPadding(false).update(plain);
    const des = new DesCbc(key);
    expect(toHex(des.encrypt(iv, plain))).toBe(toHex(expected));
    expect(des.decrypt(iv, expected)).toEqual(plain);
  }
});
