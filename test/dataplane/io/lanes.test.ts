/** ESP packets that are sealed and opened by the handful, held against the portable suite one at a time. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openLanes } from "../../../src/dataplane/io/native/lanes.ts";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { hostSystem } from "../../../src/dataplane/io/native/system.ts";
import { espOpener, espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../../src/engine/crypto/esp-transform.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../../src/engine/forwarding.ts";
import { toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const found = hostSystem();
const lanes = "system" in found ? openLanes(found.system) : found.reason;
const openssl = openOpensslSuite();
const direct = typeof lanes === "string" || typeof openssl === "string" ? [] : [openssl];
const random = seededRandom(3);
const SPI = 0x1234;

const algorithms: readonly (readonly [EspKeys["cipher"], number, EspKeys["integrity"], number])[] = [
  ["aes", 16, "sha1", 20],
  ["aes", 24, "sha256", 32],
  ["aes", 32, "sha1", 20],
];
const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 150 });

function frameOf(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(SEAL_HEADROOM + payload.length + SEAL_TAILROOM);
  frame.set(payload, SEAL_HEADROOM);
  return frame;
}

describe.each([nodeSuite, ...direct])("by $name", (suite) => {
  test.each(algorithms)(
    "packets with %s of %i octets and %s that are sealed together are sound, each under a vector of its own",
    (cipher, keyLength, integrity, integrityLength) => {
      const keys: EspKeys = {
        cipher,
        encryptionKey: random.bytes(keyLength),
        integrity,
        integrityKey: random.bytes(integrityLength),
      };
      const sealer = espSealer(suite, SPI, keys, random);
      const opener = espOpener(nobleSuite, keys);
      fc.assert(
        fc.property(payloads, (many) => {
          const packets = many.map((payload, i) => sealer.lanes?.prepare(frameOf(payload), payload.length, i + 1, 17));
          sealer.lanes?.finish();
          expect(sealer.lanes?.waiting).toBe(0);
          const vectors = new Set(packets.map((packet) => toHex(packet?.subarray(8, 24) ?? random.bytes(0))));
          expect(vectors.size).toBe(packets.length);
          for (const [i, packet] of packets.entries()) {
            const opened = opener.open(packet ?? random.bytes(0));
            expect(opened.ok && toHex(opened.payload)).toBe(toHex(many[i] ?? random.bytes(0)));
          }
        }),
        { numRuns: 20, seed: 5 },
      );
    },
  );

  test("what was foreseen is opened or refused as it would have been alone", () => {
    const keys: EspKeys = {
      cipher: "aes",
      encryptionKey: random.bytes(16),
      integrity: "sha1",
      integrityKey: random.bytes(20),
    };
    const sealer = espSealer(nobleSuite, SPI, keys, random);
    const opener = espOpener(suite, keys);
    const alone = espOpener(nobleSuite, keys);
    const handling = fc.record({
      payload: fc.uint8Array({ minLength: 1, maxLength: 200 }),
      flip: fc.option(fc.nat()),
      cut: fc.option(fc.nat({ max: 60 })),
      foreseen: fc.boolean(),
      opened: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(handling, { minLength: 1, maxLength: 90 }), (many) => {
        const packets = many.map(({ payload, flip, cut }, i) => {
          const sealed = sealer.seal(frameOf(payload), payload.length, i + 1, 17);
          const packet = sealed.slice(0, sealed.length - (cut ?? 0));
          if (flip !== null) packet[flip % packet.length] = (packet[flip % packet.length] ?? 0) ^ 1;
          return packet;
        });
        for (const [i, { foreseen }] of many.entries()) if (foreseen) opener.foresee?.(packets[i] ?? random.bytes(0));
        for (const [i, { opened }] of many.entries()) {
          if (!opened) continue;
          const packet = packets[i] ?? random.bytes(0);
          const [together, single] = [opener.open(packet), alone.open(packet)].map((one) =>
            one.ok ? toHex(one.payload) : one.reason,
          );
          expect(together).toBe(single);
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
