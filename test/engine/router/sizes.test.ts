/** How large a packet may be for each suite: held against what the suite really makes of it. */

import { expect, test } from "vitest";
import { espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../../src/engine/crypto/esp-transform.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import { clearCarrier, largestSegment, tunnelMtu } from "../../../src/engine/router/sizes.ts";
import type { EspCipher, EspIntegrity } from "../../../src/engine/spec.ts";
import { seededRandom } from "../../support/random.ts";

const PATH = 1500;
const suites: readonly (readonly [EspCipher, 0 | 128 | 192 | 256, EspIntegrity | undefined])[] = [
  ["null", 0, "sha1"],
  ["des", 0, "md5"],
  ["3des", 0, "sha1"],
  ["aes", 128, "sha1"],
  ["aes", 256, "sha256"],
  ["aes", 256, "sha512"],
  ["aes-gcm", 128, undefined],
];
const keyOctets: Readonly<Record<EspCipher, number>> = { null: 0, des: 8, "3des": 24, aes: 16, "aes-gcm": 20 };
const macOctets: Readonly<Record<EspIntegrity, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

const cases = suites.flatMap((suite) =>
  (["udp", "esp"] as const).flatMap((encapsulation) =>
    [false, true].map((numbered) => [...suite, encapsulation, numbered] as const),
  ),
);

test.each(cases)(
  "%s %i %s in %s, numbered %s: the largest packet fits the path, and one octet more does not",
  (...row) => {
    const [cipher, keyBits, integrity, encapsulation, numbered] = row;
    const random = seededRandom(1);
    const keys = {
      cipher,
      encryptionKey: random.bytes(cipher === "aes" ? keyBits / 8 : keyOctets[cipher]),
      integrity,
      integrityKey: random.bytes(integrity === undefined ? 0 : macOctets[integrity]),
    };
    const sealer = espSealer(nobleSuite, 0x1000, keys, random);
    /** Octets of the outer IP packet around so many octets of an IP packet of a client. */
    const outer = (octets: number): number => {
      const message = 8 + 6 + (numbered ? 4 : 0) + 4 + octets;
      const frame = new Uint8Array(SEAL_HEADROOM + message + SEAL_TAILROOM);
      return 20 + (encapsulation === "udp" ? 8 : 0) + sealer.seal(frame, message, 1, 17).length;
    };
    const mtu = tunnelMtu({ encapsulation, algorithms: { cipher, integrity } }, numbered);
    expect(outer(mtu)).toBeLessThanOrEqual(PATH);
    expect(outer(mtu + 1)).toBeGreaterThan(PATH);
    // What is not known is reckoned with the largest.
    expect(tunnelMtu({ encapsulation, algorithms: undefined }, numbered)).toBeLessThanOrEqual(mtu);
  },
);

test.each([
  ["192.0.2.7", 20],
  ["2001:db8::7", 40],
])("in the clear nothing but IP, UDP, L2TP and PPP is in the way: to %s", (remote, header) => {
  const carrier = clearCarrier(remote);
  expect(tunnelMtu(carrier, false)).toBe(1500 - header - 8 - 6 - 4);
  expect(tunnelMtu(carrier, true)).toBe(1500 - header - 8 - 10 - 4);
});

test("a segment leaves room for the headers of IP and TCP", () => {
  expect(largestSegment(1400)).toBe(1360);
});
