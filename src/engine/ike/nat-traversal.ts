/**
 * NAT traversal in IKE: the dialects and how one is agreed on by vendor IDs, the NAT-D hashes that find a NAT, and the
 * numbers each dialect uses (RFC 3947; draft-ietf-ipsec-nat-t-ike-00 to -08, and Apple's before them). The stray-newline
 * form of draft 02 is what Windows sends. Exactly one dialect is answered; NAT-OA payloads are echoed in kind and never believed.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { digest } from "../crypto/prf.ts";
import { addressOctets, type Endpoint, type Flow } from "../kernel/address.ts";
import type { HashName } from "../spec.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";

export interface NatDialect {
  readonly name: string;
  readonly vendorId: Uint8Array;
  readonly natDetection: number;
  readonly natOriginalAddress: number;
  readonly udpTransport: number;
  /** IKE moves to port 4500 when a NAT is found. Without that ESP shares port 500 behind a marker of eight zeros. */
  readonly floats: boolean;
  /** NAT-OA payloads that an initiator sends; a responder answers as many as it got, or none where this is 0. */
  readonly originalAddresses: 0 | 1 | 2;
}

const rfc = {
  natDetection: payloadType.natDetection,
  natOriginalAddress: payloadType.natOriginalAddress,
  udpTransport: 4,
  floats: true,
  originalAddresses: 2,
} as const;
const laterDraft = {
  ...rfc,
  natDetection: payloadType.laterDraftNatDetection,
  natOriginalAddress: payloadType.laterDraftNatOriginalAddress,
} as const;
const draft = {
  natDetection: payloadType.draftNatDetection,
  natOriginalAddress: payloadType.draftNatOriginalAddress,
  udpTransport: 61444,
  floats: true,
  originalAddresses: 1,
} as const;
const firstDraft = { ...draft, floats: false } as const;

/** Best first: a vendor ID is the MD5 of the document's name. Apple's first client rejects NAT-OA in an answer. */
export const natDialects: readonly NatDialect[] = [
  { name: "RFC 3947", vendorId: vendorId("4a131c81070358455c5728f20e95452f"), ...rfc },
  { name: "Apple", vendorId: vendorId("4df37928e9fc4fd1b3262170d515c662"), ...laterDraft, originalAddresses: 0 },
  { name: "draft 08", vendorId: vendorId("8f8d83826d246b6fc7a8a6a428c11de8"), ...laterDraft },
  { name: "draft 07", vendorId: vendorId("439b59f8ba676c4c7737ae22eab8f582"), ...laterDraft },
  { name: "draft 06", vendorId: vendorId("4d1e0e136deafa34c4f3ea9f02ec7285"), ...laterDraft },
  { name: "draft 05", vendorId: vendorId("80d0bb3def54565ee84645d4c85ce3ee"), ...laterDraft },
  { name: "draft 04", vendorId: vendorId("9909b64eed937c6573de52ace952fa6b"), ...laterDraft },
  { name: "draft 03", vendorId: vendorId("7d9419a65310ca6f2c179d9215529d56"), ...draft },
  { name: "draft 02 with newline", vendorId: vendorId("90cb80913ebb696e086381b5ec427b1f"), ...draft },
  { name: "draft 02", vendorId: vendorId("cd60464335df21f87cfdb2fc68b6a448"), ...draft },
  { name: "draft 01", vendorId: vendorId("16f6ca16e4a4066d83821a0f0aeaa862"), ...firstDraft },
  { name: "draft 00", vendorId: vendorId("4485152d18b6bbcd0be8a8469579ddcc"), ...firstDraft },
];

const natDetectionTypes: ReadonlySet<number> = new Set(natDialects.map(({ natDetection }) => natDetection));

/** Dead peer detection, RFC 3706 §5.1: the last two octets are a version. */
export const DEAD_PEER_DETECTION_VENDOR_ID: Uint8Array = vendorId("afcad71368a1f1c96b8696fc77570100");

export function vendorId(hexText: string): Uint8Array {
  return new Uint8Array(Buffer.from(hexText, "hex"));
}

/** The best dialect among the vendor IDs of a peer that is also among `ours`; absent = we speak all of them. */
export function agreedDialect(payloads: readonly Payload[], ours?: readonly Uint8Array[]): NatDialect | undefined {
  return natDialects.find(
    ({ vendorId: id }) => hasVendorId(payloads, id) && (ours === undefined || ours.some((own) => equalBytes(own, id))),
  );
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
 * Compares the peer's NAT-D payloads with what we see. Order is not relied on, because some clients swap the two, nor
 * the number that they come under, because some send a set for each dialect.
 * `undefined` where the peer sent none: it does not do NAT traversal after all.
 */
export function findNat(
  hash: HashName,
  cookies: Cookies,
  flow: Flow,
  payloads: readonly ReceivedPayload[],
): NatFindings | undefined {
  const hashes = payloads.filter(({ type }) => natDetectionTypes.has(type)).map(({ body }) => body);
  if (hashes.length < 2) return undefined;
  const seen = (endpoint: Endpoint): boolean => {
    const own = natDetectionHash(hash, cookies, endpoint);
    return hashes.some((candidate) => equalBytes(candidate, own));
  };
  return { localBehindNat: !seen(flow.wire), peerBehindNat: !seen(flow.remote) };
}
