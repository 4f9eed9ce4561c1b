/**
 * How the ends of phase 1 prove who they are: by HASH_I and HASH_R under a pre-shared key, or by RSA signatures over the same
 * hashes with a certificate (RFC 2409 §5.1, §5.4). A signature counts only with a certificate that is believed and that has
 * the identity which the peer claims; afterwards the peer is known by the name that was certified.
 */

import type { Phase1Keys } from "../crypto/keymat.ts";
import { verifyRsa } from "../crypto/rsa.ts";
import { alternatives } from "../kernel/alternatives.ts";
import { type Decoded, tryDecode } from "../kernel/errors.ts";
import type { Sides } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import { type Certificate, readCertificate } from "../pki/certificate.ts";
import type { CertificateFault } from "../pki/chain.ts";
import { attributeOf, decodeName, isEmptyName, nameKey, nameText } from "../pki/distinguished-name.ts";
import { readCertificateBag, writeCertificateBag } from "../pki/pkcs7.ts";
import { examinePeer, identityFor, type OwnIdentity, type Trust } from "../pki/trust.ts";
import type { PeerProfileSpec } from "../spec.ts";
import { readIdentification, writeIdentification } from "../wire/isakmp-body.ts";
import { certificateEncoding, readCertificateBody, writeCertificateBody } from "../wire/isakmp-certificate.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import type { CertificateConfiguration, Identity } from "./events.ts";
import { identificationOf, identityOf, identityText } from "./identities.ts";
import { proofHash, proofHolds } from "./main-mode-parts.ts";
import { bodyOf, payloadsOf } from "./message.ts";
import { chooseProfile, keyFault, profileNow, trustUnder } from "./peer-profiles.ts";
import { keySides } from "./pre-shared-keys.ts";
import { saFields } from "./sas.ts";
import type { IkeContext, IkeSa, MainMode } from "./state.ts";

/** An identity that is proved, or why it is not. */
type Examined = { readonly identity: Identity } | { readonly reason: string; readonly sides?: Sides };

/** Certificates of one message, whether in one payload or in several. */
const MAX_CERTIFICATES = 8;
/** We ask for so many authorities at most. */
const MAX_REQUESTS = 16;
const MAX_REMEMBERED = 64;

export function isSigned({ policy }: Pick<IkeSa, "policy">): boolean {
  return policy?.authentication === "rsaSignature";
}

/** Whether there is a certificate of ours to sign for. */
export function canSign(ike: IkeContext): boolean {
  return ike.trust.points.some(({ own }) => own !== undefined);
}

/** Which authorities we believe: the peer is to send a certificate of one of them. */
export function certificateRequests(ike: IkeContext, sa: IkeSa): Payload[] {
  if (!isSigned(sa)) return [];
  const names = new Map(
    ike.trust.points.flatMap(({ anchors }) => anchors).map(({ subject }) => [nameKey(subject), subject]),
  );
  return [...names.values()].slice(0, MAX_REQUESTS).map(({ der }) => ({
    type: payloadType.certificateRequest,
    body: writeCertificateBody({ encoding: certificateEncoding.x509Signature, data: der }),
  }));
}

/** Takes note of which authorities the peer asks for. */
export function noteRequests(mainMode: MainMode, payloads: readonly ReceivedPayload[]): void {
  for (const { body } of payloadsOf(payloads, payloadType.certificateRequest)) {
    const name = tryDecode(() => decodeName(readCertificateBody(body).data));
    if (name.ok && mainMode.wantedAuthorities.length < MAX_REMEMBERED)
      mainMode.wantedAuthorities.push(nameKey(name.value));
  }
}

/** ID with HASH, or with our certificates and SIG. */
export function ownProof(ike: IkeContext, sa: IkeSa, mainMode: MainMode, keys: Phase1Keys, ours: Identity): Payload[] {
  const profile = profileNow(ike, sa);
  const own = isSigned(sa) ? identityFor(trustUnder(ike.trust, profile), mainMode.wantedAuthorities) : undefined;
  const identity = presentedIdentity(ike, profile, own, ours);
  const id = writeIdentification(identificationOf(identity, 0, 0));
  const hash = proofHash(sa, mainMode, keys, sa.initiator, id);
  const identification = { type: payloadType.identification, body: id };
  if (own === undefined) return [identification, { type: payloadType.hash, body: hash }];
  const chain = own.path.map(({ der }) => der);
  const bodies =
    mainMode.plan?.certificateEncoding === "pkcs7"
      ? [{ encoding: certificateEncoding.pkcs7, data: writeCertificateBag(chain) }]
      : chain.map((data) => ({ encoding: certificateEncoding.x509Signature, data }));
  return [
    identification,
    ...bodies.map((body) => ({ type: payloadType.certificate, body: writeCertificateBody(body) })),
    { type: payloadType.signature, body: own.signer.sign(hash) },
  ];
}

/** What the profile says, else what is said for everybody; `ours` is what the end itself is called. */
function presentedIdentity(
  { configuration }: IkeContext,
  profile: PeerProfileSpec | undefined,
  own: OwnIdentity | undefined,
  ours: Identity,
): Identity {
  const said = profile?.identity ?? (own === undefined ? configuration.keyIdentity : undefined);
  if (said !== undefined) return said.type === "address" ? ours : said;
  return own === undefined ? ours : signedIdentity(configuration.certificates?.identity ?? "address", own, ours);
}

function signedIdentity(wanted: CertificateConfiguration["identity"], own: OwnIdentity, ours: Identity): Identity {
  const [{ subject, extensions }] = own.path;
  if (wanted === "distinguishedName" && !isEmptyName(subject)) {
    return { type: "distinguishedName", der: subject.der, text: nameText(subject) };
  }
  const fqdn = extensions.alternativeNames.find(({ type }) => type === "dns");
  if (wanted === "fqdn" && fqdn?.type === "dns") return { type: "fqdn", name: fqdn.name };
  return ours;
}

/** Holds the peer's ID against its HASH or its certificate and SIG. */
export function examineProof(
  ike: IkeContext,
  sa: IkeSa,
  mainMode: MainMode,
  keys: Phase1Keys,
  payloads: readonly ReceivedPayload[],
  now: Millis,
): Examined {
  const id = bodyOf(payloads, payloadType.identification);
  if (!isSigned(sa)) {
    if (!proofHolds(sa, mainMode, keys, payloads)) {
      const hash = sa.initiator ? "HASH_R" : "HASH_I";
      return {
        reason: `${hash} does not match: the pre-shared keys differ, or the offer was altered`,
        ...keySides(sa),
      };
    }
    const identity = claimed(id);
    if (identity === undefined) return { reason: "the peer's identity is malformed" };
    const reason = keyFault(sa, chooseProfile(ike, sa, identity, undefined));
    return reason === undefined ? { identity } : { reason };
  }
  const refuse = (fault: CertificateFault, reason: string) => {
    ike.certificateFaults[fault] += 1;
    return { reason: `certificate refused: ${reason}` };
  };
  const presented = tryDecode(() => certificatesOf(payloads));
  if (!presented.ok) return refuse("malformed", `it cannot be read: ${presented.error.message}`);
  const signer = ownFirst(presented.value, id);
  const identity = claimed(id);
  if (identity === undefined) return refuse("wrongIdentity", "the peer's identity is malformed");
  const profile = chooseProfile(ike, sa, identity, signer[0]);
  const trust = trustUnder(ike.trust, profile);
  const answer = examinePeer(trust, signer, ike.epoch(now));
  if (!answer.ok) {
    const under = profile?.trustpoints === undefined ? "" : `, as profile ${profile.name} has it`;
    return { ...refuse(answer.fault, `${answer.reason}${under}`), sides: certificateSides(trust, signer[0]) };
  }
  const { certificate } = answer;
  const hash = proofHash(sa, mainMode, keys, !sa.initiator, id);
  const { publicKey } = certificate;
  if (publicKey === undefined || !verifyRsa(publicKey, hash, bodyOf(payloads, payloadType.signature))) {
    return refuse("wrongProof", "the signature of the exchange is not by its key");
  }
  const subject = nameText(certificate.subject);
  if (!names(certificate, identity)) {
    return refuse("wrongIdentity", `it is for ${subject}, and the peer calls itself ${identityText(identity)}`);
  }
  const fields = { ...saFields(sa), subject, trustpoint: answer.point.name };
  ike.log("ike", "info", "Certificate was accepted", fields);
  for (const warning of answer.warnings) ike.log("ike", "info", "Certificate is weak", { ...fields, reason: warning });
  const isBare = identity.type === "address" && !isEmptyName(certificate.subject);
  return {
    identity: isBare ? { type: "distinguishedName", der: certificate.subject.der, text: subject } : identity,
  };
}

/** Whose certificate came, and whom we believe. */
function certificateSides({ points }: Trust, leaf: Certificate | undefined): Sides {
  const anchors = points.flatMap((point) => point.anchors);
  return {
    offered: leaf === undefined ? "no certificate" : `${nameText(leaf.subject)} issued by ${nameText(leaf.issuer)}`,
    configured: alternatives(anchors.map(({ subject }) => nameText(subject))),
  };
}

function claimed(body: Uint8Array): Identity | undefined {
  const id: Decoded<Identity | undefined> = tryDecode(() => identityOf(readIdentification(body)));
  return id.ok ? id.value : undefined;
}

/** Copies: what is found outlives the message. Throws `WireError`. */
function certificatesOf(payloads: readonly ReceivedPayload[]): Certificate[] {
  const encoded = payloadsOf(payloads, payloadType.certificate).flatMap(({ body }) => {
    const { encoding, data } = readCertificateBody(body);
    if (encoding === certificateEncoding.x509Signature) return [data.slice()];
    return encoding === certificateEncoding.pkcs7 ? readCertificateBag(data.slice()) : [];
  });
  return encoded.slice(0, MAX_CERTIFICATES).map(readCertificate);
}

/** In PKCS #7 the order means nothing: the peer's own is the one with its name, else the one that issued none of the others. */
function ownFirst(presented: readonly Certificate[], id: Uint8Array): Certificate[] {
  const identity = claimed(id);
  const named = presented.find((each) => identity?.type === "distinguishedName" && names(each, identity));
  const issuers = new Set(presented.map(({ issuer }) => nameKey(issuer)));
  const own = named ?? presented.find(({ subject }) => !issuers.has(nameKey(subject))) ?? presented[0];
  return own === undefined ? [] : [own, ...presented.filter((each) => each !== own)];
}

/**
 * Whether a certificate names an identity. A client calls itself by an address that a NAT or its network gave it, and no
 * authority can know that one: it is taken unless the certificate is for other addresses.
 */
function names({ subject, extensions }: Certificate, identity: Identity): boolean {
  const { alternativeNames } = extensions;
  const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
  switch (identity.type) {
    case "distinguishedName":
      return nameKey(decodeName(identity.der)) === nameKey(subject);
    case "fqdn":
      return (
        alternativeNames.some((each) => each.type === "dns" && same(each.name, identity.name)) ||
        same(attributeOf(subject, "hostname"), identity.name)
      );
    case "userFqdn":
      return (
        alternativeNames.some((each) => each.type === "email" && same(each.name, identity.name)) ||
        same(attributeOf(subject, "ea"), identity.name)
      );
    case "address": {
      const certified = alternativeNames.filter(({ type }) => type === "address");
      return (
        certified.length === 0 || certified.some((each) => each.type === "address" && each.address === identity.address)
      );
    }
    case "keyId":
      return false;
  }
}
