import { expect, test } from "vitest";
import {
  type EspOpener,
  type EspSealer,
  espOpener,
  espOverhead,
  espSealer,
  SEAL_HEADROOM,
  SEAL_TAILROOM,
} from "../../../src/engine/crypto/esp-transform.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../../src/engine/forwarding.ts";
import type { EspCipher, EspIntegrity } from "../../../src/engine/spec.ts";
import { espHeader } from "../../../src/engine/wire/esp.ts";
import { hex, toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const SPI = 0x1234_5678;
const suites = [nodeSuite, nobleSuite];
const random = seededRandom(7);

function keysOf(cipher: EspCipher, keyLength: number, integrity: EspIntegrity | undefined): EspKeys {
  const macLength = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };
  return {
    cipher,
    encryptionKey: random.bytes(keyLength),
    integrity,
    integrityKey: random.bytes(integrity === undefined ? 0 : macLength[integrity]),
  };
}

const gcmKeys: readonly EspKeys[] = [20, 28, 36].flatMap((keyLength) =>
  [8, 12, 16].map((icvOctets) => ({ ...keysOf("aes-gcm", keyLength, undefined), icvOctets })),
);
const integrities = ["md5", "sha1", "sha256", "sha384", "sha512"] as const;
const hmacKeys: readonly EspKeys[] = integrities.flatMap((integrity) => [
  keysOf("null", 0, integrity),
  keysOf("des", 8, integrity),
  keysOf("3des", 24, integrity),
  keysOf("aes", 16, integrity),
  keysOf("aes", 24, integrity),
  keysOf("aes", 32, integrity),
]);
const combinations: readonly EspKeys[] = [...hmacKeys, { ...keysOf("aes", 16, "sha256"), icvOctets: 12 }, ...gcmKeys];
const named = combinations.map((keys) => ({
  name: `${keys.cipher}-${keys.encryptionKey.length * 8} with ${keys.integrity} and ${espOverhead(keys).icvLength} octets of ICV`,
  keys,
}));

function seal(sealer: EspSealer, payload: Uint8Array, sequence = 1, nextHeader = 17): Uint8Array {
  const frame = new Uint8Array(SEAL_HEADROOM + payload.length + SEAL_TAILROOM).fill(0xee);
  frame.set(payload, SEAL_HEADROOM);
  return sealer.seal(frame, payload.length, sequence, nextHeader);
}

function reasonOf(opener: EspOpener, packet: Uint8Array): string {
  const opened = opener.open(packet);
  return opened.ok ? "opened" : opened.reason;
}

test.each(named)("$name: what either suite seals, either opens, at every length up to 70", ({ keys }) => {
  const sealers = suites.map((suite) => espSealer(suite, SPI, keys, random));
  const openers = suites.map((suite) => espOpener(suite, keys));
  const { ivLength, alignment, icvLength } = espOverhead(keys);
  for (let length = 0; length <= 70; length += 1) {
    const payload = random.bytes(length);
    for (const sealer of sealers) {
      const packet = seal(sealer, payload, length + 1);
      expect(espHeader.decode(packet.subarray(0, 8))).toEqual({ spi: SPI, sequence: length + 1 });
      const body = packet.length - 8 - ivLength - icvLength;
      expect(body % alignment).toBe(0);
      expect(body - length).toBeLessThanOrEqual(alignment + 1);
      for (const opener of openers) {
        const opened = opener.open(packet);
        expect(opened.ok && toHex(opened.payload)).toBe(toHex(payload));
        expect(opened.ok && opened.nextHeader).toBe(17);
      }
    }
  }
});

test.each(named)("$name: one bit flipped anywhere is found, and the next packet still opens", ({ keys }) => {
  const sealer = espSealer(nodeSuite, SPI, keys, random);
  for (const suite of suites) {
    const opener = espOpener(suite, keys);
    const packet = seal(sealer, random.bytes(21));
    for (let at = 0; at < packet.length; at += 1) {
      const damaged = Uint8Array.from(packet);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      expect(reasonOf(opener, damaged)).toBe("authentication");
    }
    expect(reasonOf(opener, packet)).toBe("opened");
  }
});

test.each(named)("$name: a packet cut at each octet is refused, and the next one still opens", ({ keys }) => {
  const sealer = espSealer(nodeSuite, SPI, keys, random);
  for (const suite of suites) {
    const opener = espOpener(suite, keys);
    const packet = seal(sealer, random.bytes(40));
    // Where the ICV could be shorter, the peer has shown that it is not.
    expect(reasonOf(opener, packet)).toBe("opened");
    for (let length = 0; length < packet.length; length += 1) {
      expect(reasonOf(opener, packet.subarray(0, length))).not.toBe("opened");
    }
    expect(reasonOf(opener, packet)).toBe("opened");
  }
});

test("random octets are refused and leave the opener in step", () => {
  for (const keys of combinations) {
    for (const suite of suites) {
      const opener = espOpener(suite, keys);
      for (let i = 0; i < 40; i += 1) expect(reasonOf(opener, random.bytes(i * 5))).not.toBe("opened");
      expect(reasonOf(opener, seal(espSealer(suite, SPI, keys, random), random.bytes(9)))).toBe("opened");
    }
  }
});

test("authentic padding that is not 1, 2, 3 is refused (RFC 4303 §2.4)", () => {
  const keys = keysOf("null", 0, "sha1");
  const sealer = espSealer(nodeSuite, SPI, keys, random);
  const mac = nodeSuite.mac("sha1", keys.integrityKey);
  const opener = espOpener(nodeSuite, keys);
  const repaired = (change: (packet: Uint8Array) => void) => {
    const packet = Uint8Array.from(seal(sealer, random.bytes(5)));
    change(packet);
    packet.set(mac(packet, packet.length - 12).subarray(0, 12), packet.length - 12);
    return reasonOf(opener, packet);
  };
  expect(repaired(() => undefined)).toBe("opened");
  expect(repaired((packet) => packet.fill(9, 13, 14))).toBe("padding");
  expect(repaired((packet) => packet.fill(200, 14, 15))).toBe("padding");
});

test("equal payloads never give equal packets, because the vector is fresh", () => {
  const keys = keysOf("aes", 16, "sha1");
  for (const suite of suites) {
    const sealer = espSealer(suite, SPI, keys, random);
    const bodies = new Set(Array.from({ length: 100 }, () => toHex(seal(sealer, new Uint8Array(32)).subarray(8, 40))));
    expect(bodies.size).toBe(100);
  }
});

test("the transport-mode ping of RFC 3602 §4 case 5 opens in both suites", () => {
  const keys: EspKeys = {
    cipher: "aes",
    encryptionKey: hex("90d382b4 10eeba7a d938c46c ec1a82bf"),
    integrity: undefined,
    integrityKey: new Uint8Array(0),
  };
  const packet = hex(`
    00004321 00000001 e96e8c08 ab465763 fd098d45 dd3ff893
    f663c25d 325c18c6 a9453e19 4e120849 a4870b66 cc6b9965 330013b4 898dc856
    a4699e52 3a55db08 0b59ec3a 8e4b7e52 775b07d1 db34ed9c 538ab50c 551b874a
    a269add0 47ad2d59 13ac19b7 cfbad4a6`);
  const ping = hex(`
    08000ebd a70a0000 8e9c083d b95b0700 08090a0b 0c0d0e0f 10111213 14151617
    18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637`);
  for (const suite of suites) {
    const opened = espOpener(suite, keys).open(packet);
    expect(opened.ok && toHex(opened.payload)).toBe(toHex(ping));
    expect(opened.ok && opened.nextHeader).toBe(1);
  }
});

test("neither cipher nor integrity is a fault of ours", () => {
  expect(() => espOpener(nodeSuite, keysOf("null", 0, undefined))).toThrow("neither");
});

test("AES-GCM takes its vector from the sequence number, so that none comes twice", () => {
  for (const keys of gcmKeys) {
    for (const suite of suites) {
      const sealer = espSealer(suite, SPI, keys, random);
      expect(toHex(seal(sealer, random.bytes(9), 0xfffffffe).subarray(4, 16))).toBe("fffffffe00000000fffffffe");
    }
  }
});

test("both suites make the same AES-GCM packet", () => {
  for (const keys of gcmKeys) {
    const payload = random.bytes(33);
    const [a, b] = suites.map((suite) => toHex(seal(espSealer(suite, SPI, keys, random), payload, 77)));
    expect(a).toBe(b);
  }
});

test("AES-GCM beside an integrity algorithm is a fault of ours (RFC 4106 §8.4)", () => {
  expect(() => espOpener(nodeSuite, keysOf("aes-gcm", 20, "sha1"))).toThrow("beside");
});
