/**
 * ESP per packet, one thread: our two suites, and what one writes first: a cipher and an HMAC object for each packet, with
 * raw keys.
 */

import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { systemRandom } from "../../src/dataplane/io/entropy.ts";
import { espOpener, espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../src/engine/crypto/esp-transform.ts";
import { nobleSuite } from "../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../src/engine/forwarding.ts";
import { espTrailerLength, putEspHeader, putEspTrailer } from "../../src/engine/wire/esp.ts";
import type { Figures } from "./figures.ts";
import { measure } from "./measure.ts";

const SPI = 0x1234_5678;
const random = systemRandom();

const suites: readonly { readonly name: string; readonly keys: EspKeys }[] = [
  { name: "AES-128 SHA-1", keys: keysOf("aes", 16, "sha1", 20) },
  { name: "AES-256 SHA-256", keys: keysOf("aes", 32, "sha256", 32) },
  { name: "3DES SHA-1", keys: keysOf("3des", 24, "sha1", 20) },
  { name: "AES-128-GCM", keys: keysOf("aes-gcm", 20, undefined, 0) },
  { name: "AES-256-GCM", keys: keysOf("aes-gcm", 36, undefined, 0) },
];

export function benchEsp(figures: Figures): void {
  for (const { name, keys } of suites) {
    for (const length of [1418, 118]) {
      const frame = new Uint8Array(SEAL_HEADROOM + length + SEAL_TAILROOM);
      const sealers = [nodeSuite, nobleSuite].map((suite) => espSealer(suite, SPI, keys, random));
      const openers = [nodeSuite, nobleSuite].map((suite) => espOpener(suite, keys));
      const packet = sealers[0]?.seal(frame, length, 1, 17) ?? new Uint8Array(0);
      const separate = keys.cipher !== "aes-gcm";
      figures.compare(`${name}, ${length} octets: seal`, [
        measure("node suite", () => sealers[0]?.seal(frame, length, 1, 17)),
        ...(separate ? [measure("objects per packet, raw keys", () => naiveSeal(keys, frame, length))] : []),
        measure("noble suite", () => sealers[1]?.seal(frame, length, 1, 17)),
      ]);
      figures.compare(`${name}, ${length} octets: open`, [
        measure("node suite", () => openers[0]?.open(packet)),
        ...(separate ? [measure("objects per packet, raw keys", () => naiveOpen(keys, packet))] : []),
        measure("noble suite", () => openers[1]?.open(packet)),
      ]);
    }
  }
}

function naiveSeal(keys: EspKeys, frame: Uint8Array, length: number): Uint8Array {
  const block = keys.cipher === "aes" ? 16 : 8;
  const trailer = espTrailerLength(length, block);
  putEspTrailer(frame, SEAL_HEADROOM + length, trailer, 17);
  const iv = randomBytes(block);
  const cipher = createCipheriv(algorithm(keys), keys.encryptionKey, iv).setAutoPadding(false);
  const plain = frame.subarray(SEAL_HEADROOM, SEAL_HEADROOM + length + trailer);
  const header = new Uint8Array(8);
  putEspHeader(header, SPI, 1);
  const body = Buffer.concat([header, iv, cipher.update(plain), cipher.final()]);
  const mac = createHmac(keys.integrity ?? "", keys.integrityKey)
    .update(body)
    .digest();
  return Buffer.concat([body, mac.subarray(0, icvLength(keys))]);
}

function naiveOpen(keys: EspKeys, packet: Uint8Array): Uint8Array | undefined {
  const block = keys.cipher === "aes" ? 16 : 8;
  const end = packet.length - icvLength(keys);
  const mac = createHmac(keys.integrity ?? "", keys.integrityKey)
    .update(packet.subarray(0, end))
    .digest();
  if (!timingSafeEqual(mac.subarray(0, icvLength(keys)), packet.subarray(end))) return undefined;
  const iv = packet.subarray(8, 8 + block);
  const decipher = createDecipheriv(algorithm(keys), keys.encryptionKey, iv).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(packet.subarray(8 + block, end)), decipher.final()]);
  return plain.subarray(0, plain.length - 2 - (plain[plain.length - 2] ?? 0));
}

function algorithm(keys: EspKeys): string {
  return keys.cipher === "aes" ? `aes-${keys.encryptionKey.length * 8}-cbc` : "des-ede3-cbc";
}

function icvLength(keys: EspKeys): number {
  return keys.integrity === "sha256" ? 16 : 12;
}

function keysOf(
  cipher: EspKeys["cipher"],
  keyLength: number,
  integrity: EspKeys["integrity"],
  macLength: number,
): EspKeys {
  return { cipher, encryptionKey: randomBytes(keyLength), integrity, integrityKey: randomBytes(macLength) };
}
