/**
 * Key agreements on other threads, so that the loop goes on with packets meanwhile: on those of the gateway, and on OpenSSL's own while there are none, or where the pair
 * is there already. A pair that is made comes from the entropy of the process.
 */

import { diffieHellman, generateKeyPair, type KeyObject } from "node:crypto";
import type { Agreement, AgreementWork, DhKeyPair } from "../../engine/agreement.ts";
import { dhKeyPairOf, keysOf, paddedSecret, pairOptions } from "../../engine/crypto/dh.ts";
import { AgreementThreads } from "./agreement-threads.ts";

const threads = new AgreementThreads();

type PairMade = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => void;

/** The declarations of Node lack the type `dh`. */
const generate = generateKeyPair as (
  type: "dh" | "ec",
  options: { readonly namedCurve: string } | { readonly group: string },
  done: PairMade,
) => void;

/** Calls back once, later; without an agreement where OpenSSL would not compute it. */
export function agreeElsewhere(work: AgreementWork, done: (agreement: Agreement | undefined) => void): void {
  const { group, own, entropy, peerValue } = work;
  entropy.fill(0);
  if (own === undefined && threads.compute(group, peerValue, done)) return;
  const finish = (pair: DhKeyPair): void => {
    try {
      diffieHellman(keysOf(pair, peerValue), (error, secret) => {
        done(error === null ? { own: pair, sharedSecret: paddedSecret(group, secret) } : undefined);
      });
    } catch {
      // The peer's value was no key after all.
      done(undefined);
    }
  };
  if (own !== undefined) {
    finish(own);
    return;
  }
  const { type, options } = pairOptions(group);
  generate(type, options, (error, publicKey, privateKey) => {
    if (error === null) finish(dhKeyPairOf(group, publicKey, privateKey));
    else done(undefined);
  });
}
