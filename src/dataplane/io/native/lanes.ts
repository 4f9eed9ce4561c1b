/**
 * SHA-1, SHA-256 and AES-CBC of up to eight packets side by side, by what OpenSSL's own TLS uses for several records on x86-64 (`sha1-mb`, `sha256-mb` and
 * `aesni-mb` of its perlasm), called in the node binary by name. The names are not its public interface, so they are used only where all of them are
 * there, on a processor that has the instructions, with an OpenSSL whose structures are known, and after they gave the right answers.
 */

import { createCipheriv, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { arch } from "node:os";
import { hashInitial } from "../../../engine/crypto/hash-initial.ts";
import { assertKeyLength, type CryptoLanes, type EncryptMany, MAC_ROOM } from "../../../engine/crypto/suite.ts";
import { HALF, type HashBlocks, HashLanes, LANES } from "./hash-lanes.ts";
import { addressOf, nativeMemory, putPointer } from "./memory.ts";
import { nativeBuffer, type System } from "./system.ts";

/** `CIPH_DESC`: from, to, blocks, vector. */
const DESCRIPTION = 40;
const TO = 8;
const BLOCKS = 16;
const VECTOR = 24;
const BLOCK = 16;
/** `AES_KEY`, rounded up. */
const SCHEDULE_LENGTH = 256;

interface Assembly {
  readonly sha1: HashBlocks;
  readonly sha256: HashBlocks;
  setKey(key: Uint8Array, bits: number, schedule: Uint8Array): number;
  encrypt(descriptions: number, schedule: Uint8Array, halves: number): void;
}

/** Lanes, or why there are none. */
export function openLanes(system: System): CryptoLanes | string {
  if (arch() !== "x64") return `they are made for x64, and this is ${arch()}`;
  if (!process.versions.openssl.startsWith("3.")) return `OpenSSL ${process.versions.openssl} is not known`;
  const flags = processorFlags();
  const missing = ["aes", "ssse3", "avx"].filter((flag) => !flags.includes(flag));
  if (missing.length > 0) return `this processor has no ${missing.join(" and no ")}`;
  try {
    const lanes = lanesOf(system, bind(system));
    return givesRightAnswers(lanes) ? lanes : "they give wrong answers";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** None where the host hides its processor. */
function processorFlags(): readonly string[] {
  try {
    return (/^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "").split(" ");
  } catch {
    return [];
  }
}

function bind({ koffi }: System): Assembly {
  const node = koffi.load(null);
  return {
    sha1: node.func("sha1_multi_block", "void", ["int64_t", "int64_t", "int"]),
    sha256: node.func("sha256_multi_block", "void", ["int64_t", "int64_t", "int"]),
    setKey: node.func("aesni_set_encrypt_key", "int", ["void *", "int", "void *"]),
    encrypt: node.func("aesni_multi_cbc_encrypt", "void", ["int64_t", "void *", "int"]),
  };
}

/** Keys of SAs that have ended are not left in memory. */
const spent = new FinalizationRegistry<Uint8Array>((schedule) => schedule.fill(0));

function lanesOf(system: System, assembly: Assembly): CryptoLanes {
  const hashes = {
    sha1: new HashLanes(system, hashInitial.sha1, assembly.sha1),
    sha256: new HashLanes(system, hashInitial.sha256, assembly.sha256),
  };
  const { octets, pointer } = nativeMemory(system, LANES * DESCRIPTION);
  const view = new DataView(octets.buffer);
  const descriptions = Number(pointer);

  function describe(lane: number, packet: Uint8Array, from: number, end: number): void {
    const at = lane * DESCRIPTION;
    const address = addressOf(system, packet) + from;
    putPointer(view, at, address);
    putPointer(view, at + TO, address);
    view.setInt32(at + BLOCKS, (end - from) / BLOCK, true);
    for (let i = 0; i < BLOCK; i += 1) octets[at + VECTOR + i] = packet[from - BLOCK + i] ?? 0;
  }

  return {
    width: LANES,

    macs: (integrity) => (integrity === "sha1" || integrity === "sha256" ? hashes[integrity] : undefined),

    encryptor(cipher, key): EncryptMany | undefined {
      if (cipher !== "aes") return undefined;
      assertKeyLength(cipher, key);
      const schedule = new Uint8Array(new ArrayBuffer(SCHEDULE_LENGTH));
      assembly.setKey(key, key.length * 8, schedule);
      const encrypt: EncryptMany = (packets, from, ends, count) => {
        for (let first = 0; first < count; first += LANES) {
          const lanes = Math.min(LANES, count - first);
          const used = lanes <= HALF ? HALF : LANES;
          for (let lane = 0; lane < lanes; lane += 1) {
            const packet = packets[first + lane];
            if (packet !== undefined) describe(lane, packet, from, ends[first + lane] ?? from);
          }
          for (let lane = lanes; lane < used; lane += 1) view.setInt32(lane * DESCRIPTION + BLOCKS, 0, true);
          assembly.encrypt(descriptions, schedule, used === HALF ? 1 : 2);
        }
      };
      spent.register(encrypt, schedule);
      return encrypt;
    },
  };
}

/** Messages of all sorts of lengths, two short neighbours among them, in half of the lanes, in all of them and in more, beside what Node says. */
function givesRightAnswers(lanes: CryptoLanes): boolean {
  for (const count of [HALF - 1, LANES - 1, LANES + 1]) {
    const key = randomBytes(16);
    const packets = Array.from({ length: count }, (_, i) => {
      const packet = nativeBuffer(BLOCK * (2 + (i < 3 ? i : (i * 23) % 90)));
      packet.set(randomBytes(packet.length));
      return packet;
    });
    const ends = packets.map(({ length }) => length);
    const plain = packets.map((packet) => packet.slice());
    lanes.encryptor("aes", key)?.(packets, BLOCK, ends, count);
    for (const [i, packet] of packets.entries()) {
      const before = plain[i] ?? packet;
      const cipher = createCipheriv("aes-128-cbc", key, before.subarray(0, BLOCK)).setAutoPadding(false);
      if (Buffer.compare(cipher.update(before.subarray(BLOCK)), packet.subarray(BLOCK)) !== 0) return false;
    }
    for (const integrity of ["sha1", "sha256"] as const) {
      const cut = ends.map((end, i) => end - i);
      const macs = lanes.macs(integrity);
      const keys = packets.map(() => macs?.keyOf(key) ?? { inner: [], outer: [] });
      const values = macs?.compute(keys, packets, cut, count);
      for (const [i, packet] of packets.entries()) {
        const expected = createHmac(integrity, key).update(packet.subarray(0, cut[i])).digest();
        const value = values?.subarray(MAC_ROOM * i, MAC_ROOM * i + expected.length);
        if (value === undefined || Buffer.compare(expected, value) !== 0) return false;
      }
    }
  }
  return true;
}
