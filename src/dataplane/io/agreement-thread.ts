/**
 * A thread that computes key agreements, one after another, and does nothing else. The private key of a pair stays here and is forgotten with the answer.
 */

import { diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { dhKeyPairOf, keysOf, paddedSecret, pairOptions } from "../../engine/crypto/dh.ts";
import type { AgreementRequest, AgreementResult } from "./agreement-threads.ts";

/** The declarations of Node lack the type `dh`. */
const generate = generateKeyPairSync as (
  type: "dh" | "ec",
  options: { readonly namedCurve: string } | { readonly group: string },
) => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

function answerTo({ number, group, peerValue }: AgreementRequest): AgreementResult {
  try {
    const { type, options } = pairOptions(group);
    const { publicKey, privateKey } = generate(type, options);
    const pair = dhKeyPairOf(group, publicKey, privateKey);
    const sharedSecret = paddedSecret(group, diffieHellman(keysOf(pair, peerValue)));
    return { number, publicValue: pair.publicValue, sharedSecret };
  } catch {
    // The peer's value was no key after all.
    return { number };
  }
}

const port = parentPort;
port?.on("message", (request: AgreementRequest) => {
  const result = answerTo(request);
  // Moved and not copied: there is one copy to be wiped.
  const moved = "sharedSecret" in result ? [result.sharedSecret.buffer as ArrayBuffer] : [];
  port.postMessage(result, moved);
});
port?.postMessage("ready");
