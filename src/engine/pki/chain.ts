/**
 * Whether a certificate is to be believed (RFC 5280 §6, without policies and name constraints, which are refused as critical
 * extensions): a path of issuers up to an authority that is trusted, each one in its time, allowed to sign, not revoked, and
 * its signature right. MD5 is refused; SHA-1 and short keys are accepted and told, because boxes and clients of that age have
 * nothing else. The work for one question is bounded: a stranger chooses what is looked at.
 */

import { rsaBits, rsaKeyFault, STRONG_RSA_BITS } from "../crypto/rsa.ts";
import { type Certificate, sameOctets, serialText } from "./certificate.ts";
import { nameKey, nameText } from "./distinguished-name.ts";
import { oids } from "./object-identifiers.ts";
import type { RevocationList } from "./revocation-list.ts";
import { isSignedBy, type Signed } from "./signed.ts";

/** What is wrong with a certificate; each kind is counted. */
export const CERTIFICATE_FAULTS = [
  "malformed",
  "unknownAuthority",
  "notYetValid",
  "expired",
  "badSignature",
  "notAnAuthority",
  "pathTooLong",
  "revoked",
  "noRevocationList",
  "weakAlgorithm",
  "unsuitableKey",
  "unknownExtension",
  "wrongIdentity",
  "notAllowed",
  "wrongProof",
] as const;
export type CertificateFault = (typeof CERTIFICATE_FAULTS)[number];

/** `required`: a certificate whose issuer's list is not there is refused; `optional`: it is let through. */
export type RevocationUse = "ignored" | "optional" | "required";

export interface ChainQuestion {
  readonly leaf: Certificate;
  /** What came with it, in any order. */
  readonly others: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly revocationLists: readonly RevocationList[];
  readonly revocation: RevocationUse;
  /** Milliseconds since 1970. */
  readonly epoch: number;
}

export type ChainAnswer =
  /** From the leaf up to the anchor. */
  | { readonly ok: true; readonly path: readonly Certificate[]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly fault: CertificateFault; readonly reason: string };

/** Authorities between the leaf and the anchor, both counted. */
export const MAX_PATH = 6;
const MAX_SIGNATURES = 12;

interface Refusal {
  readonly ok: false;
  readonly fault: CertificateFault;
  readonly reason: string;
}

export function checkChain(question: ChainQuestion): ChainAnswer {
  const search = new Search(question);
  const leaf = search.checkLeaf();
  return leaf ?? search.climb([question.leaf]);
}

class Search {
  readonly #question: ChainQuestion;
  #signatures = 0;

  constructor(question: ChainQuestion) {
    this.#question = question;
  }

  checkLeaf(): Refusal | undefined {
    const { leaf } = this.#question;
    const { keyUsage, extendedKeyUsage } = leaf.extensions;
    const what = subjectOf(leaf);
    if (keyUsage !== undefined && !keyUsage.has("digitalSignature") && !keyUsage.has("nonRepudiation")) {
      return refuse("unsuitableKey", `the key of ${what} may not be used to sign`);
    }
    if (extendedKeyUsage !== undefined && !extendedKeyUsage.some((use) => usesForIke.has(use))) {
      return refuse("unsuitableKey", `the certificate of ${what} is for other uses than IKE`);
    }
    return this.#checkAlone(leaf, what);
  }

  /** Follows issuers from the last of `path` until an anchor has signed. The reason told is the one that came furthest. */
  climb(path: readonly Certificate[]): ChainAnswer {
    const last = path.at(-1);
    if (last === undefined) return refuse("malformed", "there is no certificate");
    const { anchors, others } = this.#question;
    const anchor = anchors.find((candidate) => sameOctets(candidate.der, last.der));
    // A leaf that is trusted itself was put there by the operator.
    if (anchor !== undefined) return { ok: true, path, warnings: path.flatMap(warningsOf) };
    if (path.length >= MAX_PATH)
      return refuse("pathTooLong", `more than ${MAX_PATH} certificates lead to an authority`);
    let best: Refusal | undefined;
    for (const issuer of [...anchors, ...others]) {
      if (nameKey(issuer.subject) !== nameKey(last.issuer) || path.some((each) => sameOctets(each.der, issuer.der)))
        continue;
      const refusal = this.#checkIssuer(last, issuer, path.length - 1);
      if (refusal === undefined) {
        const answer = this.climb([...path, issuer]);
        if (answer.ok) return answer;
        best = answer;
      } else best ??= refusal;
    }
    if (best !== undefined) return best;
    const self = nameKey(last.issuer) === nameKey(last.subject);
    return refuse(
      "unknownAuthority",
      self
        ? `the certificate of ${subjectOf(last)} is signed by itself, and is not trusted`
        : `${nameText(last.issuer)}, which issued the certificate of ${subjectOf(last)}, is not trusted`,
    );
  }

  /** `below`: authorities between this issuer and the leaf. */
  #checkIssuer(subject: Certificate, issuer: Certificate, below: number): Refusal | undefined {
    const what = subjectOf(issuer);
    const { basicConstraints, keyUsage, subjectKeyIdentifier } = issuer.extensions;
    const { authorityKeyIdentifier } = subject.extensions;
    if (
      authorityKeyIdentifier !== undefined &&
      subjectKeyIdentifier !== undefined &&
      !sameOctets(authorityKeyIdentifier, subjectKeyIdentifier)
    ) {
      return refuse(
        "unknownAuthority",
        `${what} is trusted with another key than the one that issued the certificate of ${subjectOf(subject)}`,
      );
    }
    // Roots of version 1 have no extensions; only an operator can have put one there.
    const old = issuer.version < 3 && this.#question.anchors.includes(issuer);
    if (!old && basicConstraints?.authority !== true)
      return refuse("notAnAuthority", `${what} is no authority and issued a certificate`);
    if (keyUsage !== undefined && !keyUsage.has("keyCertSign"))
      return refuse("notAnAuthority", `the key of ${what} may not sign certificates`);
    if (basicConstraints?.pathLength !== undefined && below > basicConstraints.pathLength) {
      return refuse(
        "pathTooLong",
        `${what} allows ${basicConstraints.pathLength} authorities below it, and there are ${below}`,
      );
    }
    const alone = this.#checkAlone(issuer, what);
    if (alone !== undefined) return alone;
    if (!this.#isSigned(subject, issuer))
      return refuse("badSignature", `the signature of ${what} on the certificate of ${subjectOf(subject)} is wrong`);
    return this.#checkRevocation(subject, issuer);
  }

  #checkAlone(certificate: Certificate, what: string): Refusal | undefined {
    const { epoch } = this.#question;
    const { notBefore, notAfter, publicKey, algorithm, extensions } = certificate;
    if (publicKey === undefined) return refuse("unsuitableKey", `the key of ${what} is not RSA`);
    const fault = rsaKeyFault(publicKey);
    if (fault !== undefined) return refuse("unsuitableKey", `${what}: ${fault}`);
    // What an anchor is signed with does not matter: nobody verifies it.
    if (!this.#question.anchors.includes(certificate)) {
      if (algorithm.hash === undefined)
        return refuse(
          "weakAlgorithm",
          `the certificate of ${what} is signed with ${algorithm.oid}, which is not known here`,
        );
      if (algorithm.hash === "md5")
        return refuse("weakAlgorithm", `the certificate of ${what} is signed with MD5, which can be forged`);
    }
    if (extensions.unknownCritical !== undefined) {
      return refuse(
        "unknownExtension",
        `the certificate of ${what} has the critical extension ${extensions.unknownCritical}, which is not known here`,
      );
    }
    if (epoch < notBefore)
      return refuse("notYetValid", `the certificate of ${what} is not valid before ${timeText(notBefore)}`);
    if (epoch > notAfter) return refuse("expired", `the certificate of ${what} expired at ${timeText(notAfter)}`);
    return undefined;
  }

  #checkRevocation(subject: Certificate, issuer: Certificate): Refusal | undefined {
    const { revocation, revocationLists, epoch } = this.#question;
    if (revocation === "ignored") return undefined;
    const own = revocationLists.filter((list) => nameKey(list.issuer) === nameKey(issuer.subject));
    const serial = Buffer.from(subject.serial).toString("hex");
    let usable = false;
    for (const list of own) {
      const { keyUsage } = issuer.extensions;
      if (keyUsage !== undefined && !keyUsage.has("crlSign")) continue;
      if (list.algorithm.hash === "md5" || list.unknownCritical !== undefined || !this.#isSigned(list, issuer))
        continue;
      // A list that is out of date still names what was revoked.
      if (list.revoked.has(serial)) {
        return refuse(
          "revoked",
          `the certificate of ${subjectOf(subject)}, serial number ${serialText(subject)}, was revoked`,
        );
      }
      usable ||= epoch >= list.thisUpdate && (list.nextUpdate === undefined || epoch <= list.nextUpdate);
    }
    if (usable || revocation === "optional") return undefined;
    return refuse("noRevocationList", `there is no revocation list of ${nameText(issuer.subject)} that is good today`);
  }

  #isSigned(signed: Signed, issuer: Certificate): boolean {
    this.#signatures += 1;
    if (this.#signatures > MAX_SIGNATURES || issuer.publicKey === undefined) return false;
    return isSignedBy(signed, issuer.publicKey);
  }
}

const usesForIke: ReadonlySet<string> = new Set([
  oids.anyExtendedKeyUsage,
  oids.serverAuthentication,
  oids.clientAuthentication,
  oids.ipsecEndSystem,
  oids.ipsecTunnel,
  oids.ipsecUser,
  oids.ipsecIke,
  oids.ikeIntermediate,
]);

function warningsOf(certificate: Certificate): string[] {
  const warnings: string[] = [];
  const { algorithm, publicKey, issuer, subject } = certificate;
  if (algorithm.hash === "sha1" && nameKey(issuer) !== nameKey(subject)) {
    warnings.push(`the certificate of ${subjectOf(certificate)} is signed with SHA-1`);
  }
  if (publicKey !== undefined && rsaBits(publicKey) < STRONG_RSA_BITS) {
    warnings.push(`the RSA key of ${subjectOf(certificate)} has ${rsaBits(publicKey)} bits`);
  }
  return warnings;
}

function subjectOf(certificate: Certificate): string {
  const text = nameText(certificate.subject);
  return text === "" ? `serial number ${serialText(certificate)}` : text;
}

function refuse(fault: CertificateFault, reason: string): Refusal {
  return { ok: false, fault, reason };
}

function timeText(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d+Z$/, "Z");
}
