/**
 * NAT traversal in IKE: the dialects and how one is agreed on by vendor IDs, the NAT-D hashes that find a NAT, and the
 * numbers each dialect uses (RFC 3947; draft-ietf-ipsec-nat-t-ike-02 and -03). The stray-newline form of draft 02 is
 * what Windows sends. Exactly one dialect is answered; NAT-OA payloads are echoed in kind and never believed.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { digest } from "../crypto/prf.ts";
import type { Endpoint, Flow } from "../kernel/address.ts";
import type { HashName } from "../spec.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { addressOctets } from "./identities.ts";

export interface NatDialect {
  readonly name: string;
  readonly vendorId: Uint8Array;
  readonly natDetection: number;
  readonly natOriginalAddress: number;
  readonly udpTransport: number;
  readonly udpTunnel: number;
}

const rfc = {
  natDetection: payloadType.natDetection,
  natOriginalAddress: payloadType.natOriginalAddress,
  udpTransport: 4,
  udpTunnel: 3,
};
const draft = {
  natDetection: payloadType.draftNatDetection,
  natOriginalAddress: payloadType.draftNatOriginalAddress,
  udpTransport: 61444,
  udpTunnel: 61443,
};

/** Best first: a vendor ID is the MD5 of the document's name. */
export const natDialects: readonly NatDialect[] = [
  { name: "RFC 3947", vendorId: vendorId("4a131c81070358455c5728f20e95452f"), ...rfc },
  { name: "draft 03", vendorId: vendorId("7d9419a65310ca6f2c179d9215529d56"), ...draft },
  { name: "draft 02 with newline", vendorId: vendorId("90cb80913ebb696e086381b5ec427b1f"), ...draft },
  { name: "draft 02", vendorId: vendorId("cd60464335df21f87cfdb2fc68b6a448"), ...draft },
];

/** Dead peer detection, RFC 3706 §5.1: the last two octets are a version. */
export const DEAD_PEER_DETECTION_VENDOR_ID: Uint8Array = vendorId("afcad71368a1f1c96b8696fc77570100");

export function vendorId(hexText: string): Uint8Array {
  return new Uint8Array(Buffer.from(hexText, "hex"));
}

/** The best dialect among the vendor IDs of a peer. */
export function agreedDialect(payloads: readonly Payload[]): NatDialect | undefined {
  return natDialects.find((dialect) => hasVendorId(payloads, dialect.vendorId));
}

export function hasVendorId(payloads: readonly Payload[], id: Uint8Array): boolean {
  return payloads.some(({ type, body }) => type === payloadType.vendorId && equalBytes(body, id));
}

export interface Cookies {
  readonly initiatorCookie: Uint8Array;
  readonly responderCookie: Uint8Array;
}

/** RFC 3947 §3.2: HASH(CKY-I | CKY-R | IP | Port). */
export function natDetectionHash(hash: HashName, cookies: Cookies, endpoint: Endpoint): Uint8Array {
  const port = Uint8Array.of(endpoint.port >>> 8, endpoint.port & 255);
  return digest(hash, cookies.initiatorCookie, cookies.responderCookie, addressOctets(endpoint.address), port);
}

/** Our two NAT-D payloads: the peer's end as we see it first, then our own, which is true (RFC 3947 §3.2). */
export function natDetectionPayloads(dialect: NatDialect, hash: HashName, cookies: Cookies, flow: Flow): Payload[] {
  return [flow.remote, flow.wire].map((endpoint) => ({
    type: dialect.natDetection,
    body: natDetectionHash(hash, cookies, endpoint),
  }));
}

export interface NatFindings {
  readonly localBehindNat: boolean;
  readonly peerBehindNat: boolean;
}

/**
 * Compares the peer's NAT-D payloads with what we see. Order is not relied on, because some clients swap the two.
 * `undefined` where the peer sent none: it does not do NAT traversal after all.
 */
export function findNat(
  dialect: NatDialect,
  hash: HashName,
  cookies: Cookies,
  flow: Flow,
  payloads: readonly ReceivedPayload[],
): NatFindings | undefined {
  const hashes = payloads.filter(({ type }) => type === dialect.natDetection).map(({ body }) => body);
  if (hashes.length < 2) return undefined;
  const seen = (endpoint: Endpoint): boolean => {
    const own = natDetectionHash(hash, cookies, endpoint);
    return hashes.some((candidate) => equalBytes(candidate, own));
  };
  return { localBehindNat: !seen(flow.wire), peerBehindNat: !seen(flow.remote) };
}
