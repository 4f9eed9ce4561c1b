/** OpenSSL called directly, held against the portable suite on whole ESP packets: sound ones, and ones that were cut, grown or changed. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { espOpener, espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../../src/engine/crypto/esp-transform.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import type { EspKeys } from "../../../src/engine/forwarding.ts";
import { toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const openssl = openOpensslSuite();
const random = seededRandom(9);
const SPI = 0x1234;

const algorithms: readonly (readonly [EspKeys["cipher"], number, EspKeys["integrity"], number])[] = [
  ["aes", 16, "sha1", 20],
  ["aes", 32, "sha256", 32],
  ["aes", 24, "sha512", 64],
  ["3des", 24, "md5", 16],
  ["des", 8, "sha1", 20],
  ["null", 0, "sha384", 48],
  ["aes", 16, undefined, 0],
  ["aes-gcm", 20, undefined, 0],
  ["aes-gcm", 36, undefined, 0],
];

test.skipIf(typeof openssl === "string").each(algorithms)(
  "ESP with %s of %i octets and %s is the same to both",
  (...algorithm) => {
    if (typeof openssl === "string") return;
    const [cipher, keyLength, integrity, integrityLength] = algorithm;
    const keys: EspKeys = {
      cipher,
      encryptionKey: random.bytes(keyLength),
      integrity,
      integrityKey: random.bytes(integrityLength),
    };
    const suites = [openssl, nobleSuite];
    const sealers = suites.map((suite) => espSealer(suite, SPI, keys, random));
    const openers = suites.map((suite) => espOpener(suite, keys));
    let sequence = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.option(fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) })),
        fc.integer({ min: -40, max: 20 }),
        fc.boolean(),
        (payload, flip, grown, resized) => {
          for (const sealer of sealers) {
            const frame = new Uint8Array(SEAL_HEADROOM + payload.length + SEAL_TAILROOM);
            frame.set(payload, SEAL_HEADROOM);
            sequence += 1;
            const sealed = sealer.seal(frame, payload.length, sequence, 17);
            const packet = new Uint8Array(resized ? Math.max(0, sealed.length + grown) : sealed.length);
            packet.set(sealed.subarray(0, packet.length));
            const index = flip === null ? 0 : flip.at % packet.length;
            if (flip !== null) packet[index] = (packet[index] ?? 0) ^ (1 << flip.bit);
            const [direct, portable] = openers.map((opener) => {
              const opened = opener.open(packet.slice());
              return opened.ok ? `${opened.nextHeader} ${toHex(opened.payload)}` : opened.reason;
            });
            expect(direct).toBe(portable);
            if (flip === null && packet.length === sealed.length) expect(direct).toBe(`17 ${toHex(payload)}`);
          }
        },
      ),
      { numRuns: 120, seed: 8 },
    );
  },
);
