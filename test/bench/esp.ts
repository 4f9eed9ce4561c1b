/**
 * ESP per packet, one thread: our suites, one packet at a time and as many together as come when there is much to do, and what one writes first: a cipher and an HMAC
 * object for each packet, with raw keys.
 */

import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { systemRandom } from "../../src/dataplane/io/entropy.ts";
import { openOpensslSuite } from "../../src/dataplane/io/native/suite-openssl.ts";
import {
  type EspOpener,
  type EspSealer,
  espOpener,
  espSealer,
  SEAL_HEADROOM,
  SEAL_TAILROOM,
} from "../../src/engine/crypto/esp-transform.ts";
import { LentRoom } from "../../src/engine/crypto/packet-room.ts";
import { nobleSuite } from "../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../src/engine/forwarding.ts";
import { espTrailerLength, putEspHeader, putEspTrailer } from "../../src/engine/wire/esp.ts";
import type { Figure, Figures } from "./figures.ts";
import { measure } from "./measure.ts";

const SPI = 0x1234_5678;
const TOGETHER = 32;
const random = systemRandom();

const suites: readonly { readonly name: string; readonly keys: EspKeys }[] = [
  { name: "AES-128 SHA-1", keys: keysOf("aes", 16, "sha1", 20) },
  { name: "AES-256 SHA-256", keys: keysOf("aes", 32, "sha256", 32) },
  { name: "3DES SHA-1", keys: keysOf("3des", 24, "sha1", 20) },
  { name: "AES-128-GCM", keys: keysOf("aes-gcm", 20, undefined, 0) },
  { name: "AES-256-GCM", keys: keysOf("aes-gcm", 36, undefined, 0) },
];

export function benchEsp(figures: Figures): void {
  const openssl = openOpensslSuite();
  const compared = [nodeSuite, ...(typeof openssl === "string" ? [] : [openssl]), nobleSuite];
  for (const { name, keys } of suites) {
    for (const length of [1418, 118]) {
      const frame = new Uint8Array(SEAL_HEADROOM + length + SEAL_TAILROOM);
      const room = new LentRoom();
      const ways = compared.map((suite) => ({
        name: suite.name,
        sealer: espSealer(suite, SPI, keys, random, room),
        opener: espOpener(suite, keys, room),
      }));
      const packet = espSealer(nodeSuite, SPI, keys, random).seal(frame, length, 1, 17);
      const packets = Array.from({ length: TOGETHER }, () => packet.slice());
      const separate = keys.cipher !== "aes-gcm";
      figures.compare(`${name}, ${length} octets: seal`, [
        ...ways.flatMap(({ name, sealer }) => sealing(name, sealer, room, frame, length)),
        ...(separate ? [measure("objects per packet, raw keys", () => naiveSeal(keys, frame, length))] : []),
      ]);
      figures.compare(`${name}, ${length} octets: open`, [
        ...ways.flatMap(({ name, opener }) => opening(name, opener, room, packets)),
        ...(separate ? [measure("objects per packet, raw keys", () => naiveOpen(keys, packet))] : []),
      ]);
    }
  }
}

function sealing(name: string, sealer: EspSealer, room: LentRoom, frame: Uint8Array, length: number): Figure[] {
  const { lanes } = sealer;
  const single = measure(`suite ${name}`, () => {
    room.giveBack();
    sealer.seal(frame, length, 1, 17);
  });
  if (lanes === undefined) return [single];
  const together = (): void => {
    room.giveBack();
    for (let i = 0; i < TOGETHER; i += 1) lanes.prepare(frame, length, i + 1, 17);
    lanes.finish();
  };
  return [single, measure(`suite ${name}, ${TOGETHER} together`, together, TOGETHER)];
}

function opening(name: string, opener: EspOpener, room: LentRoom, packets: readonly Uint8Array[]): Figure[] {
  const [packet = new Uint8Array(0)] = packets;
  const single = measure(`suite ${name}`, () => {
    room.giveBack();
    opener.open(packet, false);
  });
  const { foresee } = opener;
  if (foresee === undefined) return [single];
  const together = (): void => {
    room.giveBack();
    for (const one of packets) foresee(one);
    for (const one of packets) opener.open(one);
  };
  return [single, measure(`suite ${name}, ${TOGETHER} together`, together, TOGETHER)];
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
