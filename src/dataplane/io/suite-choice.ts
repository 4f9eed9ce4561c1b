/**
 * Which implementation of the ciphers a gateway uses: the one that seals a packet in the least time on this machine, measured when it starts.
 * A tenth of a second; the least of several rounds counts, because what else runs can only make them longer.
 */

import { espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../engine/crypto/esp-transform.ts";
import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import { nodeSuite } from "../../engine/crypto/suite-node.ts";
import type { EspKeys } from "../../engine/forwarding.ts";
import { systemRandom } from "./entropy.ts";
import { openOpensslSuite } from "./native/suite-openssl.ts";

const ROUNDS = 5;
const PACKETS_PER_ROUND = 64;
/** As many as come together when there is much to do. */
const TOGETHER = 16;
/** An IP packet of 1400 octets with what L2TP puts before it. */
const PAYLOAD_LENGTH = 1418;
const KEYS: EspKeys = {
  cipher: "aes",
  encryptionKey: new Uint8Array(16),
  integrity: "sha1",
  integrityKey: new Uint8Array(20),
};
const NEXT_HEADER = 17;

export interface SuiteChoice {
  readonly suite: CryptoSuite;
  /** What was found, for the log: `openssl 2.3 us, node 4.6 us`. */
  readonly told: string;
}

export function chooseSuite(): SuiteChoice {
  const openssl = openOpensslSuite();
  if (typeof openssl === "string") return { suite: nodeSuite, told: `openssl directly: no, ${openssl}` };
  const measured = [openssl, nodeSuite].map((suite) => ({ suite, work: packetWork(suite), micros: Infinity }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of measured) {
      const start = performance.now();
      for (let packets = 0; packets < PACKETS_PER_ROUND; packets += TOGETHER) one.work();
      one.micros = Math.min(one.micros, ((performance.now() - start) * 1000) / PACKETS_PER_ROUND);
    }
  }
  measured.sort((a, b) => a.micros - b.micros);
  const told = measured.map(({ suite, micros }) => `${suite.name} ${micros.toFixed(1)} us`).join(", ");
  return { suite: measured[0]?.suite ?? nodeSuite, told };
}

/** On another thread: the implementation that was found there. */
export function suiteNamed(name: string): CryptoSuite {
  const openssl = name === nodeSuite.name ? nodeSuite : openOpensslSuite();
  return typeof openssl === "string" ? nodeSuite : openssl;
}

/** Seals packets as the path does. */
function packetWork(suite: CryptoSuite): () => void {
  const frame = new Uint8Array(SEAL_HEADROOM + PAYLOAD_LENGTH + SEAL_TAILROOM);
  const sealer = espSealer(suite, 0, KEYS, systemRandom());
  const { lanes } = sealer;
  return () => {
    for (let i = 0; i < TOGETHER; i += 1) {
      if (lanes === undefined) sealer.seal(frame, PAYLOAD_LENGTH, 1, NEXT_HEADER);
      else lanes.prepare(frame, PAYLOAD_LENGTH, 1, NEXT_HEADER);
    }
    lanes?.finish();
  };
}
