/**
 * Trustpoints ready for use: whom each of them trusts, who we are under it, and the answer to the two questions that IKE
 * asks: is this peer's certificate to be believed, and which of ours does the peer want to see. Whatever cannot be read is
 * left out and told.
 */

import type { Credentials, Signer } from "../credentials.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { CertificateConditionSpec, TrustpointSpec } from "../spec.ts";
import { type Certificate, readCertificate, sameOctets, serialText } from "./certificate.ts";
import { type CertificateFault, type ChainAnswer, checkChain, MAX_PATH } from "./chain.ts";
import { nameKey, nameText } from "./distinguished-name.ts";
import { type RevocationList, readRevocationList } from "./revocation-list.ts";

export interface Trust {
  readonly points: readonly TrustPoint[];
  readonly revocationLists: readonly RevocationList[];
}

export interface TrustPoint {
  readonly name: string;
  readonly spec: TrustpointSpec;
  readonly anchors: readonly Certificate[];
  /** Lead to an anchor for peers that send their own certificate alone; not trusted by themselves. */
  readonly between: readonly Certificate[];
  readonly own: OwnIdentity | undefined;
  /** It was given certificates that are no authorities'. */
  readonly holdsEnds: boolean;
}

/** Our certificate with those that lead to the authority, which itself is left out, and the key. */
export interface OwnIdentity {
  readonly path: readonly [Certificate, ...Certificate[]];
  readonly signer: Signer;
}

export type PeerAnswer =
  | {
      readonly ok: true;
      readonly point: TrustPoint;
      readonly certificate: Certificate;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly fault: CertificateFault; readonly reason: string };

export const NO_TRUST: Trust = { points: [], revocationLists: [] };

export function trustOf(trustpoints: readonly TrustpointSpec[], credentials: Credentials): Trust {
  return {
    points: trustpoints.map((spec) => pointOf(spec, credentials)),
    revocationLists: readAll(credentials.revocationLists, readRevocationList),
  };
}

function pointOf(spec: TrustpointSpec, credentials: Credentials): TrustPoint {
  const stated = readAll(spec.certificates, readCertificate);
  const found = spec.usesDatabase ? readAll(credentials.certificates, readCertificate) : [];
  const authorities = [...stated, ...found].filter(isAuthority);
  // Of what lies in the files only roots are trusted: the others are there to lead to them.
  const anchors = [...stated.filter(isAuthority), ...found.filter((each) => isAuthority(each) && isSelfIssued(each))];
  const own = ownOf(spec, [...stated, ...found], authorities, credentials);
  const between = authorities.filter((each) => !anchors.includes(each));
  return { name: spec.name, spec, anchors, between, own, holdsEnds: stated.some((each) => !isAuthority(each)) };
}

function ownOf(
  { keyPair }: TrustpointSpec,
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
  { keyPairs }: Credentials,
): OwnIdentity | undefined {
  const signers = keyPair === undefined ? [...keyPairs.values()] : [keyPairs.get(keyPair)];
  // A renewed certificate stands behind the one it replaces.
  for (const leaf of [...certificates].reverse()) {
    const signer = signers.find((each) => each !== undefined && isKeyOf(each, leaf));
    if (signer === undefined) continue;
    const path: [Certificate, ...Certificate[]] = [leaf];
    for (let last = leaf; path.length < MAX_PATH && !isSelfIssued(last); ) {
      const issuer = authorities.find(({ subject }) => nameKey(subject) === nameKey(last.issuer));
      if (issuer === undefined || isSelfIssued(issuer)) break;
      path.push(issuer);
      last = issuer;
    }
    return { path, signer };
  }
  return undefined;
}

export function isKeyOf({ publicKey }: Pick<Signer, "publicKey">, certificate: Certificate): boolean {
  const other = certificate.publicKey;
  return (
    other !== undefined &&
    sameOctets(publicKey.modulus, other.modulus) &&
    sameOctets(publicKey.exponent, other.exponent)
  );
}

/** Roots of version 1 say nothing of themselves. */
export function isAuthority(certificate: Certificate): boolean {
  const { extensions, version } = certificate;
  return version < 3 ? isSelfIssued(certificate) : extensions.basicConstraints?.authority === true;
}

export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return nameKey(issuer) === nameKey(subject);
}

function readAll<Value>(encoded: readonly Uint8Array[], read: (bytes: Uint8Array) => Value): Value[] {
  return encoded.flatMap((bytes) => {
    const value = tryDecode(() => read(bytes));
    return value.ok ? [value.value] : [];
  });
}

/** The first of `presented` is the peer's own, the others may lead from it to an authority. */
export function examinePeer(trust: Trust, presented: readonly Certificate[], epoch: number): PeerAnswer {
  const [leaf, ...others] = presented;
  if (leaf === undefined) return { ok: false, fault: "malformed", reason: "the peer sent no certificate" };
  let worst: Extract<PeerAnswer, { ok: false }> | undefined;
  for (const point of trust.points) {
    const { revocation, conditions } = point.spec;
    const question = {
      leaf,
      others: [...others, ...point.between],
      anchors: point.anchors,
      revocationLists: trust.revocationLists,
      revocation,
      epoch,
    };
    const answer: ChainAnswer = checkChain(question);
    if (!answer.ok) {
      // That this authority is not the one says less than anything else.
      if (worst === undefined || worst.fault === "unknownAuthority") worst = answer;
      continue;
    }
    if (conditions.length === 0 || meetsConditions(leaf, conditions)) {
      return { ok: true, point, certificate: leaf, warnings: answer.warnings };
    }
    const reason = `no certificate map of ${point.name} takes ${nameText(leaf.subject)}`;
    worst = { ok: false, fault: "notAllowed", reason };
  }
  return worst ?? { ok: false, fault: "unknownAuthority", reason: "no authority is trusted here" };
}

/** Whether a certificate meets every condition of one of the lists. */
export function meetsConditions(certificate: Certificate, lists: TrustpointSpec["conditions"]): boolean {
  return lists.some((all) => all.every((each) => meets(certificate, each)));
}

/** One line of a certificate map. */
function meets(certificate: Certificate, { field, comparison, value }: CertificateConditionSpec): boolean {
  const texts = textsOf(certificate, field).map((each) => each.toLowerCase());
  const wanted = value.toLowerCase();
  const equal = texts.some((each) => each === wanted || squeezed(each) === squeezed(wanted));
  const contained = texts.some((each) => squeezed(each).includes(squeezed(wanted)));
  switch (comparison) {
    case "equals":
      return equal;
    case "differs":
      return !equal;
    case "contains":
      return contained;
    case "lacks":
      return !contained;
  }
}

function squeezed(text: string): string {
  return text.replace(/\s*([,=])\s*/g, "$1");
}

function textsOf(certificate: Certificate, field: CertificateConditionSpec["field"]): string[] {
  switch (field) {
    case "subject":
      return [nameText(certificate.subject)];
    case "issuer":
      return [nameText(certificate.issuer)];
    case "alternativeName":
      return certificate.extensions.alternativeNames.map((each) =>
        each.type === "address" ? each.address : each.name,
      );
    case "serial":
      return [serialText(certificate)];
    case "unstructuredName":
      return certificate.subject.parts
        .flat()
        .flatMap(({ oid, value }) => (oid === "1.2.840.113549.1.9.2" ? [value] : []));
  }
}

/** Who we are to a peer that trusts these authorities (by `nameKey`); to one that names none, or none of ours, the first. */
export function identityFor(trust: Trust, authorities: readonly string[]): OwnIdentity | undefined {
  const candidates = trust.points.flatMap(({ own, anchors }) => (own === undefined ? [] : [{ own, anchors }]));
  const wanted = candidates.find(
    ({ own, anchors }) =>
      own.path.some(({ issuer }) => authorities.includes(nameKey(issuer))) ||
      anchors.some(({ subject }) => authorities.includes(nameKey(subject))),
  );
  return (wanted ?? candidates[0])?.own;
}

/** Before an end that is near enough to be told. */
const NEAR_END = 30 * 86_400_000;

/** What is wrong with our own certificates, so that peers will not believe them, or will not for long. */
export function ownFaults(trust: Trust, epoch: number): { readonly trustpoint: string; readonly reason: string }[] {
  return trust.points.flatMap(({ name, spec, anchors, own, holdsEnds }) => {
    if (own === undefined) {
      const reason = spec.usesDatabase
        ? "no certificate in the files is for the key pair of this router"
        : "the private key of its certificate is not here";
      return spec.usesDatabase || holdsEnds ? [{ trustpoint: name, reason }] : [];
    }
    const [leaf, ...others] = own.path;
    const question = { leaf, others, revocationLists: [], revocation: "ignored", epoch } as const;
    // One that is signed by itself is its own authority: whoever believes it has it.
    const answer = checkChain({ ...question, anchors: isSelfIssued(leaf) ? [...anchors, leaf] : anchors });
    if (!answer.ok) return [{ trustpoint: name, reason: answer.reason }];
    const days = Math.ceil((leaf.notAfter - epoch) / 86_400_000);
    const reason = `the certificate of ${nameText(leaf.subject)} expires in ${days} day${days === 1 ? "" : "s"}`;
    return leaf.notAfter - epoch < NEAR_END ? [{ trustpoint: name, reason }] : [];
  });
}
