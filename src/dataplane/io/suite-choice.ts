/**
 * Which implementation of the ciphers a gateway uses: the one that seals a packet in the least time on this machine, measured when it starts.
 * A few milliseconds; the least of several rounds counts, because what else runs can only make them longer.
 */

import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import { nodeSuite } from "../../engine/crypto/suite-node.ts";
import { openOpensslSuite } from "./native/suite-openssl.ts";

const ROUNDS = 5;
const PACKETS_PER_ROUND = 60;
/** AES-128 and SHA-1 around an IP packet of 1400 octets. */
const PACKET_LENGTH = 1440;

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
      for (let packet = 0; packet < PACKETS_PER_ROUND; packet += 1) one.work();
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

function packetWork(suite: CryptoSuite): () => void {
  const packet = new Uint8Array(PACKET_LENGTH);
  const encrypt = suite.encryptor("aes", new Uint8Array(16));
  const mac = suite.mac("sha1", new Uint8Array(20));
  return () => {
    encrypt(packet, packet);
    mac(packet, packet.length);
  };
}
