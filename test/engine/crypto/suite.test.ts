import { expect, test } from "vitest";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { ownRoom } from "../../../src/engine/crypto/packet-room.ts";
import {
  type AeadDecrypt,
  type AeadEncrypt,
  type BlockCipher,
  blockLengths,
  type CryptoSuite,
  type Decrypt,
} from "../../../src/engine/crypto/suite.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { EspIntegrity } from "../../../src/engine/spec.ts";
import { hex, toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const openssl = openOpensslSuite();
const suites: readonly CryptoSuite[] = [nodeSuite, nobleSuite, ...(typeof openssl === "string" ? [] : [openssl])];
const ciphers: readonly (readonly [BlockCipher, number])[] = [
  ["des", 8],
  ["3des", 24],
  ["aes", 16],
  ["aes", 24],
  ["aes", 32],
];
const integrities: readonly EspIntegrity[] = ["md5", "sha1", "sha256", "sha384", "sha512"];

/** Somewhere in a larger buffer on both sides, as packets are. */
function sealedBy(seal: AeadEncrypt, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Uint8Array {
  const into = new Uint8Array(plain.length + 20).fill(0xee);
  const tag = seal(nonce, associated, Uint8Array.of(7, ...plain, 7), 1, 1 + plain.length, into, 2);
  expect([...into.subarray(0, 2), ...into.subarray(2 + plain.length)].every((octet) => octet === 0xee)).toBe(true);
  return Uint8Array.from([...into.subarray(2, 2 + plain.length), ...tag]);
}

function openedBy(
  open: AeadDecrypt,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
  tagLength: number,
): string | undefined {
  const plain = open(nonce, associated, Uint8Array.of(7, ...sealed), 1, 1 + sealed.length - tagLength, ownRoom);
  return plain && toHex(plain);
}

function plainOf(decrypt: Decrypt, octets: Uint8Array): Uint8Array {
  return decrypt(octets, 0, octets.length, ownRoom);
}

const ascii = (text: string) => new TextEncoder().encode(text);

const aesVectors = [
  {
    source: "RFC 3602 §4 case 1",
    key: "06a9214036b8a15b512e03d534120006",
    iv: "3dafba429d9eb430b422da802c9fac41",
    plain: toHex(ascii("Single block msg")),
    ciphertext: "e353779c1079aeb82708942dbe77181a",
  },
  {
    source: "RFC 3602 §4 case 2",
    key: "c286696d887c9aa0611bbb3e2025a45a",
    iv: "562e17996d093d28ddb3ba695a2e6f58",
    plain: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    ciphertext: "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1",
  },
  {
    source: "RFC 3602 §4 case 3",
    key: "6c3ea0477630ce21a2ce334aa746c2cd",
    iv: "c782dc4c098c66cbd9cd27d825682c81",
    plain: toHex(ascii("This is a 48-byte message (exactly 3 AES blocks)")),
    ciphertext: "d0a02b3836451753d493665d33f0e8862dea54cdb293abc7506939276772f8d5021c19216bad525c8579695d83ba2684",
  },
  {
    source: "RFC 3602 §4 case 4",
    key: "56e47a38c5598974bc46903dba290349",
    iv: "8ce82eefbea0da3c44699ed7db51b7d9",
    plain: toHex(Uint8Array.from({ length: 64 }, (_, i) => 0xa0 + i)),
    ciphertext:
      "c30e32ffedc0774e6aff6af0869f71aa0f3af07a9a31a9c684db207eb0ef8e4e" +
      "35907aa632c3ffdf868bb7b29d3d46ad83ce9f9a102ee99d49a53e87f4c3da55",
  },
];

/** The test cases of McGrew and Viega's paper, which NIST and RFC 4106 build on. */
const gcmVectors = [
  {
    source: "case 1",
    key: "00".repeat(16),
    nonce: "00".repeat(12),
    aad: "",
    plain: "",
    sealed: "",
    tag: "58e2fccefa7e3061367f1d57a4e7455a",
  },
  {
    source: "case 2",
    key: "00".repeat(16),
    nonce: "00".repeat(12),
    aad: "",
    plain: "00".repeat(16),
    sealed: "0388dace60b6a392f328c2b971b2fe78",
    tag: "ab6e47d42cec13bdf53a67b21257bddf",
  },
  {
    source: "case 4",
    key: "feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
    tag: "5bc94fbc3221a5db94fae95ae7121a47",
  },
  {
    source: "case 16",
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

for (const suite of suites) {
  test.each(gcmVectors)(`${suite.name} seals and opens AES-GCM as in $source`, (vector) => {
    const { key, nonce, aad, plain, sealed, tag } = vector;
    const made = sealedBy(suite.aeadEncryptor(hex(key)), hex(nonce), hex(aad), hex(plain));
    expect(toHex(made)).toBe(sealed + tag);
    const open = suite.aeadDecryptor(hex(key));
    for (const length of [16, 12, 8]) {
      const cut = made.subarray(0, made.length - 16 + length);
      expect(openedBy(open, hex(nonce), hex(aad), cut, length)).toBe(plain);
    }
    expect(openedBy(open, hex(nonce), hex(`${aad}00`), made, 16)).toBeUndefined();
  });

  test.each(aesVectors)(`${suite.name} decrypts AES-CBC as in $source`, ({ key, iv, plain, ciphertext }) => {
    const decrypt = suite.decryptor("aes", hex(key));
    expect(toHex(plainOf(decrypt, hex(iv + ciphertext)).subarray(16))).toBe(plain);
    expect(toHex(plainOf(decrypt, hex(iv + ciphertext)).subarray(16))).toBe(plain);
  });

  test.each([
    ["RFC 2202 §2 case 1", "md5", "0b".repeat(16), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"],
    ["RFC 2202 §2 case 2", "md5", "4a656665", "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"],
    [
      "RFC 2202 §2 case 6",
      "md5",
      "aa".repeat(80),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd",
    ],
    ["RFC 2202 §3 case 1", "sha1", "0b".repeat(20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"],
    [
      "RFC 2202 §3 case 2",
      "sha1",
      "4a656665",
      "what do ya want for nothing?",
      "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    ],
    [
      "RFC 2202 §3 case 6",
      "sha1",
      "aa".repeat(80),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "aa4ae5e15272d00e95705637ce8a3b55ed402112",
    ],
    [
      "RFC 4868 §2.7.2.1 AUTH256-1",
      "sha256",
      "0b".repeat(32),
      "Hi There",
      "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7",
    ],
    [
      "RFC 4868 §2.7.2.1 AUTH256-2",
      "sha256",
      toHex(ascii("JefeJefeJefeJefeJefeJefeJefeJefe")),
      "what do ya want for nothing?",
      "167f928588c5cc2eef8e3093caa0e87c9ff566a14794aa61648d81621a2a40c6",
    ],
  ] as const)(`${suite.name} computes the HMAC of %s`, (_source, integrity, key, message, expected) => {
    expect(toHex(suite.mac(integrity, hex(key))(ascii(`${message}, not this`), message.length))).toBe(expected);
  });

  test(`${suite.name} refuses keys of the wrong length`, () => {
    for (const cipher of ["des", "3des", "aes"] as const) {
      expect(() => suite.encryptor(cipher, new Uint8Array(7))).toThrow(cipher);
      expect(() => suite.decryptor(cipher, new Uint8Array(33))).toThrow(cipher);
    }
  });
}

test.each(suites.filter(({ name }) => name !== "noble"))(
  "the suite $name gives another vector each time, even where entropy repeated itself",
  (suite) => {
    const encrypt = suite.encryptor("aes", new Uint8Array(16));
    const sealed = new Uint8Array(32);
    const vectors = new Set<string>();
    for (let i = 0; i < 50; i += 1) {
      encrypt(new Uint8Array(32), 0, 32, sealed, 0);
      vectors.add(toHex(sealed.subarray(0, 16)));
    }
    expect(vectors.size).toBe(50);
  },
);

test("all suites encrypt to what all decrypt, for random keys and lengths", () => {
  const random = seededRandom(2);
  for (const [cipher, keyLength] of ciphers) {
    const block = blockLengths[cipher];
    const key = random.bytes(keyLength);
    const encryptors = suites.map((suite) => suite.encryptor(cipher, key));
    const decryptors = suites.map((suite) => suite.decryptor(cipher, key));
    for (let blocks = 1; blocks <= 12; blocks += 1) {
      const plain = random.bytes(block * blocks);
      for (const encrypt of encryptors) {
        const sealed = new Uint8Array(block * (blocks + 1));
        encrypt(Uint8Array.from([...random.bytes(block), ...plain]), 0, sealed.length, sealed, 0);
        for (const decrypt of decryptors) expect(toHex(plainOf(decrypt, sealed).subarray(block))).toBe(toHex(plain));
      }
    }
  }
});

test("all suites compute equal HMACs, for random keys and lengths", () => {
  const random = seededRandom(3);
  for (const integrity of integrities) {
    for (let length = 0; length < 200; length += 7) {
      const key = random.bytes(16 + (length % 64));
      const message = random.bytes(length);
      expect(new Set(suites.map((suite) => toHex(suite.mac(integrity, key)(message, length)))).size).toBe(1);
    }
  }
});

test("all suites seal AES-GCM alike and open what the others sealed, for random keys and lengths", () => {
  const random = seededRandom(4);
  for (const keyLength of [16, 24, 32]) {
    const key = random.bytes(keyLength);
    const sealers = suites.map((suite) => suite.aeadEncryptor(key));
    const openers = suites.map((suite) => suite.aeadDecryptor(key));
    for (let length = 0; length < 300; length += 13) {
      const [nonce, associated, plain] = [random.bytes(12), random.bytes(8), random.bytes(length)];
      const all = sealers.map((seal) => sealedBy(seal, nonce, associated, plain));
      expect(new Set(all.map(toHex)).size).toBe(1);
      for (const open of openers) {
        for (const sealed of all) {
          expect(openedBy(open, nonce, associated, sealed, 16)).toBe(toHex(plain));
          sealed[length] = (sealed[length] ?? 0) ^ 1;
          expect(openedBy(open, nonce, associated, sealed, 16)).toBeUndefined();
          sealed[length] = (sealed[length] ?? 0) ^ 1;
        }
      }
    }
  }
});
