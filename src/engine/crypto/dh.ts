/** Diffie-Hellman by the number of its group: over primes (`modp.ts`) or over curves (`ecp.ts`). */

import { diffieHellman, KeyObject } from "node:crypto";
import type { Agreement, AgreementWork, DhKeyPair } from "../agreement.ts";
import { Bug } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { DhGroup } from "../spec.ts";
import {
  curveName,
  ecpEntropyOctets,
  ecpLength,
  ecpPeerKey,
  ecpPublicValue,
  ecpValueFault,
  isEcpGroup,
  makeEcpKeyPair,
} from "./ecp.ts";
import {
  isModpGroup,
  MODP_ENTROPY_OCTETS,
  makeModpKeyPair,
  modpLength,
  modpName,
  modpPeerKey,
  modpPublicValue,
  modpValueFault,
} from "./modp.ts";

/** Octets of a public value. */
export function groupLength(group: DhGroup): number {
  return isEcpGroup(group) ? ecpLength(group) : modpLength(group);
}

export function isDhGroup(value: number): value is DhGroup {
  return isModpGroup(value) || isEcpGroup(value);
}

/** Random octets from which a pair is made. */
export function drawEntropy(group: DhGroup, random: Random): Uint8Array {
  return random.bytes(isEcpGroup(group) ? ecpEntropyOctets(group) : MODP_ENTROPY_OCTETS);
}

export function generateDhKeyPair(group: DhGroup, random: Random): DhKeyPair {
  return makeDhKeyPair(group, drawEntropy(group, random));
}

/** Wipes the entropy. */
export function makeDhKeyPair(group: DhGroup, entropy: Uint8Array): DhKeyPair {
  return isEcpGroup(group) ? makeEcpKeyPair(group, entropy) : makeModpKeyPair(group, entropy);
}

/** Why a peer's public value is refused, or `undefined` where it is good. Costs next to nothing. */
export function publicValueFault(group: DhGroup, value: Uint8Array): string | undefined {
  return isEcpGroup(group) ? ecpValueFault(group, value) : modpValueFault(group, value);
}

/** What OpenSSL computed, as the RFCs want it: over primes as long as the prime. */
export function paddedSecret(group: DhGroup, secret: Uint8Array): Uint8Array {
  if (isEcpGroup(group) || secret.length === modpLength(group)) return new Uint8Array(secret);
  const padded = new Uint8Array(modpLength(group));
  padded.set(secret, padded.length - secret.length);
  secret.fill(0);
  return padded;
}

/** A pair that OpenSSL made after `pairOptions`. */
export function dhKeyPairOf(group: DhGroup, publicKey: KeyObject, privateKey: KeyObject): DhKeyPair {
  const publicValue = isEcpGroup(group) ? ecpPublicValue(publicKey) : modpPublicValue(group, publicKey);
  return { group, privateKey, publicValue };
}

/** How OpenSSL is asked for a pair of its own making. */
export function pairOptions(group: DhGroup) {
  return isEcpGroup(group)
    ? ({ type: "ec", options: { namedCurve: curveName(group) } } as const)
    : ({ type: "dh", options: { group: modpName(group) } } as const);
}

/** Both ends of one computation, as OpenSSL takes them. */
export function keysOf({ group, privateKey }: DhKeyPair, peerValue: Uint8Array) {
  if (!(privateKey instanceof KeyObject)) throw new Bug("a Diffie-Hellman key that was not made here");
  return { privateKey, publicKey: isEcpGroup(group) ? ecpPeerKey(group, peerValue) : modpPeerKey(group, peerValue) };
}

export function sharedSecret(pair: DhKeyPair, peerValue: Uint8Array): Uint8Array {
  return paddedSecret(pair.group, diffieHellman(keysOf(pair, peerValue)));
}

/** Answers the question here and now. */
export function agree({ group, own, entropy, peerValue }: AgreementWork): Agreement {
  const pair = own ?? makeDhKeyPair(group, entropy);
  return { own: pair, sharedSecret: sharedSecret(pair, peerValue) };
}
