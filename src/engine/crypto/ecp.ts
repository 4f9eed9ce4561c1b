/**
 * Diffie-Hellman over the NIST curves (RFC 5903). A public value is the point's two coordinates one after the other; the shared secret is the
 * first coordinate alone (§9, which mends RFC 4753). Points off the curve are refused.
 */

import { createECDH, createPrivateKey, createPublicKey, ECDH, type KeyObject } from "node:crypto";
import type { DhKeyPair } from "../agreement.ts";
import type { EcpGroup } from "../spec.ts";

interface Curve {
  readonly name: string;
  /** RFC 7518 §6.2.1.1. */
  readonly webName: string;
  /** Octets of a coordinate and of a private number. */
  readonly octets: number;
  /** The top octet of a private number keeps so many bits. */
  readonly topBits: number;
}

const curves: Readonly<Record<EcpGroup, Curve>> = {
  19: { name: "prime256v1", webName: "P-256", octets: 32, topBits: 8 },
  20: { name: "secp384r1", webName: "P-384", octets: 48, topBits: 8 },
  21: { name: "secp521r1", webName: "P-521", octets: 66, topBits: 1 },
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

export function ecpEntropyOctets(group: EcpGroup): number {
  return curves[group].octets;
}

/** Wipes the entropy, which is the private number. */
export function makeEcpKeyPair(group: EcpGroup, entropy: Uint8Array): DhKeyPair {
  const { name, topBits } = curves[group];
  const ecdh = createECDH(name);
  entropy[0] = (entropy[0] ?? 0) & (0xff >> (8 - topBits));
  try {
    ecdh.setPrivateKey(entropy);
  } catch {
    // Zero, or not below the order of the curve: one draw in four thousand millions.
    entropy[0] = 0;
    entropy[1] = (entropy[1] ?? 0) >> 1;
    entropy[entropy.length - 1] = 1;
    ecdh.setPrivateKey(entropy);
  }
  const publicValue = new Uint8Array(ecdh.getPublicKey().subarray(1));
  const key = { ...webKey(group, publicValue), d: Buffer.from(entropy).toString("base64url") };
  entropy.fill(0);
  return { group, privateKey: createPrivateKey({ key, format: "jwk" }), publicValue };
}

export function ecpPublicValue(publicKey: KeyObject): Uint8Array {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return new Uint8Array(Buffer.concat([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]));
}

/** What OpenSSL calls the curve. */
export function curveName(group: EcpGroup): string {
  return curves[group].name;
}

/** Why a peer's public value is refused, or `undefined` where it is good. */
export function ecpValueFault(group: EcpGroup, value: Uint8Array): string | undefined {
  const { name } = curves[group];
  const length = ecpLength(group);
  if (value.length !== length) return `the value has ${value.length} octets, the group has ${length}`;
  try {
    // Reading a point checks that it is one; the curves have no small subgroup.
    ECDH.convertKey(Buffer.concat([Uint8Array.of(UNCOMPRESSED), value]), name);
    return undefined;
  } catch {
    return "the value is no point of the curve";
  }
}

export function ecpPeerKey(group: EcpGroup, value: Uint8Array): KeyObject {
  return createPublicKey({ key: webKey(group, value), format: "jwk" });
}

function webKey(group: EcpGroup, value: Uint8Array) {
  const { webName, octets } = curves[group];
  const coordinate = (from: number): string => Buffer.from(value.subarray(from, from + octets)).toString("base64url");
  return { kty: "EC", crv: webName, x: coordinate(0), y: coordinate(octets) };
}
