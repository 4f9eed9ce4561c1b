/**
 * Diffie-Hellman over the MODP groups (RFC 2409 §6, RFC 3526). The private exponent is drawn from the injected source
 * and handed to OpenSSL as a key in DER: building such a key costs a fraction of a millisecond, where a
 * `createDiffieHellman` object costs 15-27 ms in groups 1 and 2 for a primality check of a known prime. Refuses public
 * values outside 2 … p-2.
 */

import { createDiffieHellmanGroup, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { DhKeyPair } from "../agreement.ts";
import type { ModpGroup } from "../spec.ts";

/** RFC 3526 §8 estimates at most 240 bits of strength in exponents for group 16; 384 bits leave room for all. */
export const MODP_ENTROPY_OCTETS = 48;
const GENERATOR = Uint8Array.of(2);

const lengths: Readonly<Record<ModpGroup, number>> = { 1: 96, 2: 128, 5: 192, 14: 256, 15: 384, 16: 512 };

/** Octets of a public value and of a shared secret. */
export function modpLength(group: ModpGroup): number {
  return lengths[group];
}

export function isModpGroup(value: number): value is ModpGroup {
  return value in lengths;
}

/** What OpenSSL calls the group. */
export function modpName(group: ModpGroup): string {
  return `modp${group}`;
}

/** Wipes the entropy, which is the exponent. */
export function makeModpKeyPair(group: ModpGroup, entropy: Uint8Array): DhKeyPair {
  // A set top bit fixes the length, so that the work does not depend on the draw.
  entropy[0] = (entropy[0] ?? 0) | 0x80;
  const der = sequence(integer(Uint8Array.of(0)), parameters(group).algorithm, tlv(0x04, integer(entropy)));
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  entropy.fill(0);
  der.fill(0);
  return { group, privateKey, publicValue: modpPublicValue(group, createPublicKey(privateKey)) };
}

export function modpPublicValue(group: ModpGroup, publicKey: KeyObject): Uint8Array {
  return publicValueOf(publicKey.export({ format: "der", type: "spki" }), group);
}

/** Why a peer's public value is refused, or `undefined` where it is good. */
export function modpValueFault(group: ModpGroup, value: Uint8Array): string | undefined {
  const { prime } = parameters(group);
  if (value.length !== prime.length) return `the value has ${value.length} octets, the group has ${prime.length}`;
  const isSmall = value.subarray(0, -1).every((octet) => octet === 0) && (value.at(-1) ?? 0) < 2;
  if (isSmall) return "the value is 0 or 1";
  // p ends in an odd octet, so p-1 differs from p in the last octet only.
  const order = Buffer.compare(value.subarray(0, -1), prime.subarray(0, -1));
  const tooLarge = order > 0 || (order === 0 && (value.at(-1) ?? 0) >= (prime.at(-1) ?? 0) - 1);
  return tooLarge ? "the value is not below p-1" : undefined;
}

/** `peerValue` has passed `modpValueFault`. */
export function modpPeerKey(group: ModpGroup, peerValue: Uint8Array): KeyObject {
  const bits = tlv(0x03, concat(Uint8Array.of(0), integer(peerValue)));
  const der = sequence(parameters(group).algorithm, bits);
  return createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
}

interface GroupParameters {
  readonly prime: Uint8Array;
  /** The DER `AlgorithmIdentifier` of PKCS #3. */
  readonly algorithm: Uint8Array;
}

const known = new Map<ModpGroup, GroupParameters>();

function parameters(group: ModpGroup): GroupParameters {
  const found = known.get(group);
  if (found !== undefined) return found;
  const prime = createDiffieHellmanGroup(modpName(group)).getPrime();
  const made = { prime, algorithm: sequence(DH_KEY_AGREEMENT, sequence(integer(prime), integer(GENERATOR))) };
  known.set(group, made);
  return made;
}

/** 1.2.840.113549.1.3.1, PKCS #3. */
const DH_KEY_AGREEMENT = Uint8Array.of(6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 3, 1);

/** The INTEGER in the BIT STRING that ends a SubjectPublicKeyInfo, without its sign octet. */
function publicValueOf(spki: Uint8Array, group: ModpGroup): Uint8Array {
  let at = tlvHeaderLength(spki, 0) + parameters(group).algorithm.length;
  at += tlvHeaderLength(spki, at) + 1;
  at += tlvHeaderLength(spki, at);
  const length = modpLength(group);
  return padded(new Uint8Array(spki.subarray(Math.max(at, spki.length - length))), length);
}

function tlvHeaderLength(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function padded(value: Uint8Array, length: number): Uint8Array {
  if (value.length === length) return value;
  const result = new Uint8Array(length);
  result.set(value, length - value.length);
  return result;
}

function integer(value: Uint8Array): Uint8Array {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start += 1;
  const body = value.subarray(start);
  return tlv(0x02, (body[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), body) : body);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, concat(...parts));
}

function tlv(tag: number, body: Uint8Array): Uint8Array {
  const { length } = body;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), body);
  if (length < 0x100) return concat(Uint8Array.of(tag, 0x81, length), body);
  return concat(Uint8Array.of(tag, 0x82, length >>> 8, length & 255), body);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
