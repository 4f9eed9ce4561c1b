/**
 * Diffie-Hellman over the NIST curves (RFC 5903). A public value is the point's two coordinates one after the other; the shared secret is the
 * first coordinate alone (§9, which mends RFC 4753). Points off the curve are refused.
 */

import { createECDH } from "node:crypto";
import type { Random } from "../kernel/random.ts";
import type { EcpGroup } from "../spec.ts";
import type { DhKeyPair } from "./dh.ts";

interface Curve {
  readonly name: string;
  /** Octets of a coordinate and of a private number. */
  readonly octets: number;
  /** The top octet of a private number keeps so many bits. */
  readonly topBits: number;
}

const curves: Readonly<Record<EcpGroup, Curve>> = {
  19: { name: "prime256v1", octets: 32, topBits: 8 },
  20: { name: "secp384r1", octets: 48, topBits: 8 },
  21: { name: "secp521r1", octets: 66, topBits: 1 },
};

/** SEC 1 §2.3.3: a point that is written out whole. */
const UNCOMPRESSED = 4;

export function isEcpGroup(group: number): group is EcpGroup {
  return group in curves;
}

/** Octets of a public value: two coordinates. */
export function ecpLength(group: EcpGroup): number {
  return curves[group].octets * 2;
}

export function generateEcpKeyPair(group: EcpGroup, random: Random): DhKeyPair {
  const { name, octets, topBits } = curves[group];
  const ecdh = createECDH(name);
  for (;;) {
    const drawn = random.bytes(octets);
    drawn[0] = (drawn[0] ?? 0) & (0xff >> (8 - topBits));
    try {
      ecdh.setPrivateKey(drawn);
    } catch {
      // Zero, or not below the order of the curve: one draw in four thousand millions.
      continue;
    } finally {
      drawn.fill(0);
    }
    const publicValue = new Uint8Array(ecdh.getPublicKey().subarray(1));
    return { group, publicValue, agree: (peerValue) => new Uint8Array(ecdh.computeSecret(point(peerValue))) };
  }
}

/** Why a peer's public value is refused, or `undefined` where it is good. */
export function ecpValueFault(group: EcpGroup, value: Uint8Array): string | undefined {
  const { name } = curves[group];
  const length = ecpLength(group);
  if (value.length !== length) return `the value has ${value.length} octets, the group has ${length}`;
  const probe = createECDH(name);
  probe.generateKeys();
  try {
    probe.computeSecret(point(value));
    return undefined;
  } catch {
    return "the value is no point of the curve";
  }
}

function point(value: Uint8Array): Uint8Array {
  const whole = new Uint8Array(value.length + 1);
  whole[0] = UNCOMPRESSED;
  whole.set(value, 1);
  return whole;
}
