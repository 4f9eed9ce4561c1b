/** The calculations of IKEv1 against published vectors and against the formulas of RFC 2409 written out a second time. */

import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { equalBytes } from "../../../src/engine/crypto/constant-time.ts";
import {
  generateDhKeyPair,
  groupLength,
  isDhGroup,
  publicValueFault,
  sharedSecret,
} from "../../../src/engine/crypto/dh.ts";
import { cipherKeyLength, decryptCbc, encryptCbc } from "../../../src/engine/crypto/ike-cipher.ts";
import { deriveEspKeys, derivePhase1Keys, expandCipherKey, phase2Iv } from "../../../src/engine/crypto/keymat.ts";
import { digest, hashLength, prf } from "../../../src/engine/crypto/prf.ts";
import type { DhGroup, EspProposalSpec, HashName } from "../../../src/engine/spec.ts";
import { seededRandom } from "../../support/random.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fill = (octet: number, length: number): Uint8Array => new Uint8Array(length).fill(octet);

test.each([
  ["md5", "900150983cd24fb0d6963f7d28e17f72", "RFC 1321 A.5"],
  ["sha1", "a9993e364706816aba3e25717850c26c9cd0d89d", "RFC 3174 §7.3"],
  ["sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "FIPS 180-2 B.1"],
] as const)("%s of abc is as published", (hash, expected, _source) => {
  expect(toHex(digest(hash, text("a"), text("bc")))).toBe(expected);
  expect(hashLength(hash)).toBe(expected.length / 2);
});

test.each([
  // RFC 2202 test case 2 for MD5 and SHA-1, RFC 4231 test case 2 for SHA-2: key "Jefe".
  ["md5", "750c783e6ab0b503eaa86e310a5db738"],
  ["sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
  ["sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
  ["sha384", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"],
  [
    "sha512",
    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
  ],
] as const)("the prf with %s is HMAC as published", (hash, expected) => {
  expect(toHex(prf(hash, text("Jefe"), text("what do ya want "), text("for nothing?")))).toBe(expected);
});

test("AES-CBC encrypts as RFC 3602 §4 case 1 and chains by its last block", () => {
  const cipher = { encryption: "aes", key: hex("06a9214036b8a15b512e03d534120006") } as const;
  const iv = hex("3dafba429d9eb430b422da802c9fac41");
  const sealed = encryptCbc(cipher, iv, text("Single block msg"));
  expect(toHex(sealed)).toBe("e353779c1079aeb82708942dbe77181a");
  expect(decryptCbc(cipher, iv, sealed)).toEqual(Buffer.from("Single block msg"));
});

test("single DES encrypts as FIPS 81 table C1 (first block, IV as there)", () => {
  const cipher = { encryption: "des", key: hex("0123456789abcdef") } as const;
  const sealed = encryptCbc(cipher, hex("1234567890abcdef"), text("Now is the time for all "));
  expect(toHex(sealed)).toBe("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6");
  expect(Buffer.from(decryptCbc(cipher, hex("1234567890abcdef"), sealed)).toString()).toBe("Now is the time for all ");
});

test("triple DES encrypts as NIST SP 800-67 appendix B.1, block by block", () => {
  const cipher = { encryption: "3des", key: hex("0123456789abcdef23456789abcdef01456789abcdef0123") } as const;
  const zero = new Uint8Array(8);
  // The example is in ECB mode: a zero vector makes the first CBC block the same.
  expect(toHex(encryptCbc(cipher, zero, text("The qufc")))).toBe("a826fd8ce53b855f");
  expect(cipherKeyLength("3des", 0)).toBe(24);
});

const groups: readonly DhGroup[] = [1, 2, 5, 14, 15, 16];

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** RFC 2409 §6.2. */
const OAKLEY_2 = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
);

test("group 2 is 2^x modulo the prime of RFC 2409 §6.2, with x drawn from the injected source", () => {
  const exponent = seededRandom(5).bytes(48);
  exponent[0] = (exponent[0] ?? 0) | 0x80;
  const a = generateDhKeyPair(2, seededRandom(5));
  const expected = power(2n, BigInt(`0x${toHex(exponent)}`), OAKLEY_2);
  expect(BigInt(`0x${toHex(a.publicValue)}`)).toBe(expected);
  const b = generateDhKeyPair(2, seededRandom(6));
  const shared = power(BigInt(`0x${toHex(b.publicValue)}`), BigInt(`0x${toHex(exponent)}`), OAKLEY_2);
  expect(BigInt(`0x${toHex(sharedSecret(a, b.publicValue))}`)).toBe(shared);
});

/** RFC 5903 §8.1. */
const curve256 = {
  initiator: hex("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433"),
  responder: hex("c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53"),
  initiatorValue: hex(
    "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3",
  ),
  responderValue: hex(
    "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab",
  ),
  shared: hex("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de"),
};

test("group 19 is the curve of RFC 5903 §8.1, and the secret is the first coordinate alone", () => {
  const drawing = (octets: Uint8Array) => ({ bytes: () => octets.slice() });
  const initiator = generateDhKeyPair(19, drawing(curve256.initiator));
  const responder = generateDhKeyPair(19, drawing(curve256.responder));
  expect(initiator.publicValue).toEqual(curve256.initiatorValue);
  expect(responder.publicValue).toEqual(curve256.responderValue);
  expect(sharedSecret(initiator, responder.publicValue)).toEqual(curve256.shared);
});

test.each([19, 20, 21] as const)("both ends of curve %i agree, and points off it are refused", (group) => {
  const a = generateDhKeyPair(group, seededRandom(1));
  const b = generateDhKeyPair(group, seededRandom(2));
  expect(a.publicValue).toHaveLength(groupLength(group));
  expect(sharedSecret(a, b.publicValue)).toEqual(sharedSecret(b, a.publicValue));
  expect(sharedSecret(a, b.publicValue)).toHaveLength(groupLength(group) / 2);
  expect(publicValueFault(group, a.publicValue)).toBeUndefined();
  const off = a.publicValue.slice();
  off[5] = (off[5] ?? 0) ^ 1;
  expect(publicValueFault(group, off)).toBe("the value is no point of the curve");
  expect(publicValueFault(group, new Uint8Array(groupLength(group)))).toBe("the value is no point of the curve");
  expect(publicValueFault(group, a.publicValue.subarray(1))).toContain("octets");
});

test.each(groups)("both ends of group %i agree, in values as long as the prime", (group) => {
  const a = generateDhKeyPair(group, seededRandom(1));
  const b = generateDhKeyPair(group, seededRandom(2));
  const shared = sharedSecret(a, b.publicValue);
  expect(sharedSecret(b, a.publicValue)).toEqual(shared);
  expect([a.publicValue.length, shared.length]).toEqual([groupLength(group), groupLength(group)]);
  expect(publicValueFault(group, a.publicValue)).toBeUndefined();
});

test("values keep their leading zero octets", () => {
  let short = 0;
  for (let seed = 1; seed < 900 && short < 2; seed += 1) {
    const a = generateDhKeyPair(1, seededRandom(seed));
    expect(a.publicValue).toHaveLength(96);
    if (a.publicValue[0] !== 0) continue;
    short += 1;
    const b = generateDhKeyPair(1, seededRandom(seed + 10_000));
    expect(sharedSecret(b, a.publicValue)).toEqual(sharedSecret(a, b.publicValue));
  }
  expect(short).toBeGreaterThan(0);
});

test("public values 0, 1, p-1, p, above p and of another length are refused", () => {
  const prime = hex(OAKLEY_2.toString(16));
  const withLast = (octet: number): Uint8Array => Uint8Array.from([...prime.subarray(0, -1), octet]);
  for (const bad of [0, 1].map((last) => Uint8Array.from([...new Uint8Array(127), last]))) {
    expect(publicValueFault(2, bad)).toContain("0 or 1");
  }
  for (const bad of [prime, withLast(0xfe), fill(0xff, 128)]) expect(publicValueFault(2, bad)).toContain("p-1");
  expect(publicValueFault(2, withLast(0xfd))).toBeUndefined();
  expect(publicValueFault(2, Uint8Array.from([...new Uint8Array(127), 2]))).toBeUndefined();
  for (const length of [0, 1, 127, 129]) expect(publicValueFault(2, fill(3, length))).toContain("octets");
  expect([2, 3, 1025].map(isDhGroup)).toEqual([true, false, false]);
});

/** HMAC by itself, so that the formulas below do not lean on the code they check. */
function hmac(hash: HashName, key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(createHmac(hash, key).update(Buffer.concat(parts)).digest());
}

const fixed = {
  preSharedKey: text("cisco"),
  initiatorNonce: fill(0x11, 20),
  responderNonce: fill(0x22, 16),
  initiatorPublic: fill(0x33, 128),
  responderPublic: fill(0x44, 128),
  sharedSecret: fill(0x55, 128),
  initiatorCookie: fill(0x66, 8),
  responderCookie: fill(0x77, 8),
};

test.each([
  ["sha1", "3des", 0],
  ["md5", "des", 0],
  ["md5", "aes", 256],
  ["sha256", "aes", 128],
] as const)("the SKEYID family with %s and %s %i follows RFC 2409 §5 and appendix B", (hash, encryption, keyBits) => {
  const keys = derivePhase1Keys({ policy: { hash, encryption, keyBits }, ...fixed });
  const { initiatorCookie: ci, responderCookie: cr, sharedSecret: gxy } = fixed;
  const skeyid = hmac(hash, fixed.preSharedKey, fixed.initiatorNonce, fixed.responderNonce);
  const d = hmac(hash, skeyid, gxy, ci, cr, hex("00"));
  const a = hmac(hash, skeyid, d, gxy, ci, cr, hex("01"));
  const e = hmac(hash, skeyid, a, gxy, ci, cr, hex("02"));
  expect([keys.skeyid, keys.skeyidD, keys.skeyidA]).toEqual([skeyid, d, a]);
  const length = cipherKeyLength(encryption, keyBits);
  const k1 = hmac(hash, e, hex("00"));
  const k2 = hmac(hash, e, k1);
  const expanded = e.length >= length ? e : Buffer.concat([k1, k2]);
  expect(toHex(keys.cipher.key)).toBe(toHex(expanded.subarray(0, length)));
  const iv = createHash(hash).update(fixed.initiatorPublic).update(fixed.responderPublic).digest();
  expect(toHex(keys.firstIv)).toBe(toHex(iv.subarray(0, encryption === "aes" ? 16 : 8)));
  const next = createHash(hash).update(fill(9, 16)).update(hex("deadbeef")).digest();
  expect(toHex(phase2Iv(keys, fill(9, 16), hex("deadbeef")))).toBe(toHex(next.subarray(0, keys.firstIv.length)));
});

test("a key of exactly the hash's length is not expanded, one octet more is", () => {
  const e = fill(7, 20);
  expect(expandCipherKey("sha1", e, 20)).toEqual(e);
  expect(toHex(expandCipherKey("sha1", e, 21).subarray(0, 20))).toBe(toHex(hmac("sha1", e, hex("00"))));
});

const proposal: EspProposalSpec = { label: "", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" };

test.each([undefined, fill(0x55, 128)])("quick-mode KEYMAT follows RFC 2409 §5.5 (shared secret %s)", (shared) => {
  const secrets = {
    hash: "sha1" as const,
    skeyidD: fill(1, 20),
    sharedSecret: shared,
    protocol: 3,
    initiatorNonce: fill(2, 16),
    responderNonce: fill(3, 16),
  };
  const spi = hex("01020304");
  const seed = Buffer.concat([shared ?? new Uint8Array(0), hex("03"), spi, fill(2, 16), fill(3, 16)]);
  const k1 = hmac("sha1", secrets.skeyidD, seed);
  const k2 = hmac("sha1", secrets.skeyidD, k1, seed);
  const k3 = hmac("sha1", secrets.skeyidD, k2, seed);
  const k4 = hmac("sha1", secrets.skeyidD, k3, seed);
  const material = Buffer.concat([k1, k2, k3, k4]);
  const keys = deriveEspKeys(secrets, spi, proposal);
  expect(toHex(keys.encryptionKey)).toBe(toHex(material.subarray(0, 32)));
  expect(toHex(keys.integrityKey)).toBe(toHex(material.subarray(32, 64)));
});

test.each([
  ["null", 0, "md5", 0, 16],
  ["des", 0, "sha1", 8, 20],
  ["3des", 0, undefined, 24, 0],
  ["aes", 192, "sha256", 24, 32],
] as const)(
  "ESP keys of %s %i with %s have %i and %i octets",
  (cipher, keyBits, integrity, encryption, authentication) => {
    const secrets = {
      hash: "md5" as const,
      skeyidD: fill(1, 16),
      sharedSecret: undefined,
      protocol: 3,
      initiatorNonce: fill(2, 16),
      responderNonce: fill(3, 16),
    };
    const keys = deriveEspKeys(secrets, hex("00000100"), { label: "", cipher, keyBits, integrity, mode: "transport" });
    expect([keys.encryptionKey.length, keys.integrityKey.length]).toEqual([encryption, authentication]);
  },
);

test("octets are equal only if all of them and their number are", () => {
  expect(equalBytes(hex("0102"), hex("0102"))).toBe(true);
  expect(equalBytes(hex("0102"), hex("0103"))).toBe(false);
  expect(equalBytes(hex("0102"), hex("010203"))).toBe(false);
  expect(equalBytes(hex(""), hex(""))).toBe(true);
});

test("prf and digest are HMAC and the hash over parts of any length, and leave keys as they were", () => {
  const random = seededRandom(7);
  for (const hash of ["md5", "sha1", "sha256", "sha384", "sha512"] as const) {
    for (const length of [0, 1, 20, 63, 64, 65, 127, 128, 129, 300]) {
      const key = random.bytes(length);
      const kept = key.slice();
      for (const parts of [[], [0], [7, 0, 90], [4000, 400], [5000]].map((each) => each.map((n) => random.bytes(n)))) {
        expect(prf(hash, key, ...parts)).toEqual(hmac(hash, key, ...parts));
        const expected = createHash(hash).update(Buffer.concat(parts)).digest();
        expect(Buffer.compare(digest(hash, ...parts), expected)).toBe(0);
      }
      expect(key).toEqual(kept);
    }
  }
});
