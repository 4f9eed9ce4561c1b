/** `show crypto pki certificates`, `trustpoints`, `crls`: what the chains of the configuration hold and what the key store has for them. */

import { digest } from "../../../engine/crypto/prf.ts";
import { rsaBits } from "../../../engine/crypto/rsa.ts";
import { tryDecode } from "../../../engine/kernel/errors.ts";
import { type Certificate, serialText } from "../../../engine/pki/certificate.ts";
import { type DistinguishedName, nameText } from "../../../engine/pki/distinguished-name.ts";
import { type RevocationList, readRevocationList } from "../../../engine/pki/revocation-list.ts";
import { isAuthority, isKeyOf } from "../../../engine/pki/trust.ts";
import { type CivilTime, onClock, zoneAt } from "../../common/civil-time.ts";
import type { KeyStore } from "../../common/key-store.ts";
import { authoritiesOf, type ConfiguredTrustpoint, ownCertificate } from "../trustpoints.ts";

/** `12:00:00 UTC Nov 21 2026`. */
export function certificateTime(epoch: number, zone: CivilTime): string {
  const [, day = "", month = "", year = "", time = ""] = onClock(zone, new Date(epoch)).toUTCString().split(/,? /);
  return `${time} ${zoneAt(zone, new Date(epoch)).name} ${month} ${Number(day)} ${year}`;
}

export interface ShownCertificate {
  readonly trustpoint: string;
  readonly kind: "ca" | "router" | "selfSigned";
  readonly certificate: Certificate;
}

export function shownCertificates(points: readonly ConfiguredTrustpoint[]): ShownCertificate[] {
  return points.flatMap(({ name, chain }) =>
    chain
      .flatMap(({ kind, certificate }) => (certificate === undefined ? [] : [{ kind, certificate }]))
      .map(({ kind, certificate }): ShownCertificate => {
        const isOurs = kind === "self-signed" || !isAuthority(certificate);
        return {
          trustpoint: name,
          certificate,
          kind: kind === "self-signed" ? "selfSigned" : isOurs ? "router" : "ca",
        };
      })
      // Ours first, as the box lists them.
      .sort((a, b) => Number(a.kind === "ca") - Number(b.kind === "ca")),
  );
}

const TITLES = { ca: "CA Certificate", router: "Certificate", selfSigned: "Router Self-Signed Certificate" } as const;

export function showCertificates(
  shown: readonly ShownCertificate[],
  options: { readonly verbose: boolean; readonly now: number; readonly zone: CivilTime },
): string[] {
  return shown.flatMap(({ trustpoint, kind, certificate }) => {
    const { subject, issuer, notBefore, notAfter, extensions } = certificate;
    const names = extensions.alternativeNames.map((each) => (each.type === "address" ? each.address : each.name));
    return [
      TITLES[kind],
      `  Status: ${statusOf(certificate, options.now)}`,
      ...(options.verbose ? [`  Version: ${certificate.version}`] : []),
      `  Certificate Serial Number (hex): ${serialText(certificate)}`,
      `  Certificate Usage: ${usageOf(certificate, kind)}`,
      "  Issuer: ",
      ...nameLines(issuer),
      "  Subject:",
      ...(kind === "ca" ? [] : names.slice(0, 1).map((name) => `    Name: ${name}`)),
      ...nameLines(subject),
      ...extensions.crlAddresses.flatMap((address) => ["  CRL Distribution Points: ", `    ${address}`]),
      "  Validity Date: ",
      `    start date: ${certificateTime(notBefore, options.zone)}`,
      `    end   date: ${certificateTime(notAfter, options.zone)}`,
      ...(options.verbose ? details(certificate) : []),
      `  Associated Trustpoints: ${trustpoint} `,
      "",
    ];
  });
}

function statusOf({ notBefore, notAfter }: Certificate, now: number): string {
  if (now < notBefore) return "Not yet valid";
  return now > notAfter ? "Expired" : "Available";
}

function usageOf({ extensions }: Certificate, kind: ShownCertificate["kind"]): string {
  const { keyUsage } = extensions;
  if (kind === "ca" && keyUsage !== undefined && !keyUsage.has("keyEncipherment")) return "Signature";
  if (keyUsage === undefined || (keyUsage.has("keyEncipherment") && keyUsage.has("digitalSignature")))
    return "General Purpose";
  return keyUsage.has("keyEncipherment") ? "Encryption" : "Signature";
}

function nameLines(name: DistinguishedName): string[] {
  return nameText(name, "\n")
    .split("\n")
    .filter((part) => part !== "")
    .map((part) => `    ${part}`);
}

function details(certificate: Certificate): string[] {
  const { publicKey, algorithm, extensions } = certificate;
  const { keyUsage, subjectKeyIdentifier, authorityKeyIdentifier, basicConstraints, alternativeNames } = extensions;
  const words = (octets: Uint8Array): string =>
    (
      Buffer.from(octets)
        .toString("hex")
        .toUpperCase()
        .match(/.{1,8}/g) ?? []
    ).join(" ");
  return [
    "  Subject Key Info:",
    `    Public Key Algorithm: ${publicKey === undefined ? "not RSA" : "rsaEncryption"}`,
    ...(publicKey === undefined ? [] : [`    RSA Public Key: (${rsaBits(publicKey)} bit)`]),
    `  Signature Algorithm: ${algorithm.hash === undefined ? algorithm.oid : `${algorithm.hash.toUpperCase()} with RSA Encryption`}`,
    `  Fingerprint MD5: ${fingerprint("md5", certificate)} `,
    `  Fingerprint SHA1: ${fingerprint("sha1", certificate)} `,
    "  X509v3 extensions:",
    ...(keyUsage === undefined ? [] : ["    X509v3 Key Usage:", ...[...keyUsage].map((usage) => `      ${usage}`)]),
    ...(subjectKeyIdentifier === undefined ? [] : [`    X509v3 Subject Key ID: ${words(subjectKeyIdentifier)} `]),
    ...(basicConstraints === undefined
      ? []
      : ["    X509v3 Basic Constraints:", `        CA: ${basicConstraints.authority ? "TRUE" : "FALSE"}`]),
    ...(alternativeNames.length === 0 ? [] : ["    X509v3 Subject Alternative Name:"]),
    ...alternativeNames.map((each) => `        ${each.type === "address" ? each.address : each.name}`),
    ...(authorityKeyIdentifier === undefined ? [] : [`    X509v3 Authority Key ID: ${words(authorityKeyIdentifier)} `]),
  ];
}

export function fingerprint(hash: "md5" | "sha1", { der }: Certificate): string {
  return (Buffer.from(digest(hash, der)).toString("hex").toUpperCase().match(/.{8}/g) ?? []).join(" ");
}

export function certificateModel({ trustpoint, kind, certificate }: ShownCertificate): unknown {
  const { issuer, subject, notBefore, notAfter, publicKey, algorithm } = certificate;
  return {
    trustpoint,
    kind,
    serial: serialText(certificate),
    issuer: nameText(issuer),
    subject: nameText(subject),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    keyBits: publicKey === undefined ? null : rsaBits(publicKey),
    hash: algorithm.hash ?? null,
    fingerprintSha1: fingerprint("sha1", certificate),
  };
}

// --- trustpoints ---

export interface TrustpointView {
  readonly name: string;
  readonly authorities: readonly Certificate[];
  readonly own: Certificate | undefined;
  readonly keyLabel: string;
  readonly keyBits: number | undefined;
  /** The key pair is that of the certificate. */
  readonly keyFits: boolean;
}

export function trustpointViews(points: readonly ConfiguredTrustpoint[], keys: KeyStore | undefined): TrustpointView[] {
  return points.map((point) => {
    const pair = keys?.pairs.find(({ label }) => label === point.keyLabel);
    const own = ownCertificate(point);
    return {
      name: point.name,
      authorities: authoritiesOf(point),
      own,
      keyLabel: point.keyLabel,
      keyBits: pair === undefined ? undefined : rsaBits(pair.key.publicKey),
      keyFits: pair !== undefined && own !== undefined && isKeyOf(pair.key, own),
    };
  });
}

export function trustpointModel({ name, authorities, own, keyLabel, keyBits, keyFits }: TrustpointView): unknown {
  return {
    name,
    authorities: authorities.map(({ subject }) => nameText(subject)),
    subject: own === undefined ? null : nameText(own.subject),
    keyPair: keyBits === undefined ? null : { label: keyLabel, bits: keyBits, isOfCertificate: keyFits },
  };
}

export function showTrustpoints(views: readonly TrustpointView[]): string[] {
  return views.flatMap(({ name, authorities, own }) => [
    `Trustpoint ${name}:`,
    ...(authorities.length === 0 ? ["          Not authenticated."] : []),
    ...authorities.flatMap((authority) => [
      "    Subject Name: ",
      ...nameLines(authority.subject),
      `          Serial Number (hex): ${serialText(authority)}`,
    ]),
    ...(own === undefined ? [] : ["    Certificate configured."]),
    "",
    "",
  ]);
}

export function showTrustpointStatus(views: readonly TrustpointView[]): string[] {
  return views.flatMap(({ name, authorities, own, keyLabel, keyBits, keyFits }) => [
    `Trustpoint ${name}:`,
    ...(authorities.length === 0 ? ["  Issuing CA certificate not configured."] : []),
    ...authorities.flatMap((each) => ["  Issuing CA certificate configured:", ...identityLines(each)]),
    ...(own === undefined ? [] : ["  Router General Purpose certificate configured:", ...identityLines(own)]),
    "  State:",
    `    Keys generated ............. ${keyBits === undefined ? "No" : `Yes (General Purpose, non-exportable), ${keyLabel}`}`,
    `    Issuing CA authenticated ....... ${authorities.length === 0 ? "No" : "Yes"}`,
    `    Certificate request(s) ..... ${own === undefined ? "None" : keyFits ? "Yes" : "Yes, for another key pair: it cannot be used"}`,
    "",
  ]);
}

function identityLines(certificate: Certificate): string[] {
  return [
    "    Subject Name:",
    `     ${nameText(certificate.subject)}`,
    `    Fingerprint MD5: ${fingerprint("md5", certificate)} `,
    `    Fingerprint SHA1: ${fingerprint("sha1", certificate)} `,
  ];
}

// --- revocation lists ---

export function revocationLists(keys: KeyStore | undefined): RevocationList[] {
  return (keys?.credentials.revocationLists ?? []).flatMap((bytes) => {
    const list = tryDecode(() => readRevocationList(bytes));
    return list.ok ? [list.value] : [];
  });
}

export function showRevocationLists(lists: readonly RevocationList[], zone: CivilTime): string[] {
  return lists.flatMap(({ issuer, thisUpdate, nextUpdate, revoked, der }) => [
    "CRL Issuer Name: ",
    `    ${nameText(issuer)}`,
    `    LastUpdate: ${certificateTime(thisUpdate, zone)}`,
    ...(nextUpdate === undefined ? [] : [`    NextUpdate: ${certificateTime(nextUpdate, zone)}`]),
    `    Revoked certificates: ${revoked.size}`,
    `    CRL DER is ${der.length} bytes`,
    "    CRL is stored in flash:",
    "",
  ]);
}

export function revocationListModel({ issuer, thisUpdate, nextUpdate, revoked, der }: RevocationList): unknown {
  return {
    issuer: nameText(issuer),
    thisUpdate: new Date(thisUpdate).toISOString(),
    nextUpdate: nextUpdate === undefined ? null : new Date(nextUpdate).toISOString(),
    revoked: [...revoked.keys()].map((serial) => serial.toUpperCase()),
    octets: der.length,
  };
}

/** How often peers' certificates were refused, in the words of the reasons. */
export function showCertificateFaults(faults: Readonly<Record<string, number>>): string[] {
  const some = Object.entries(faults).filter(([, count]) => count > 0);
  if (some.length === 0) return ["No certificate of a peer was refused."];
  return [
    "Certificates of peers that were refused:",
    ...some.map(([fault, count]) => `  ${FAULT_TEXTS[fault] ?? fault}: ${count}`),
  ];
}

const FAULT_TEXTS: Readonly<Record<string, string>> = {
  malformed: "Malformed or missing",
  unknownAuthority: "Unknown certification authority",
  notYetValid: "Not yet valid",
  expired: "Expired",
  badSignature: "Wrong signature of an authority",
  notAnAuthority: "Issued by what is no authority",
  pathTooLong: "Chain too long",
  revoked: "Revoked",
  noRevocationList: "No revocation list",
  weakAlgorithm: "Weak or unknown algorithm",
  unsuitableKey: "Unsuitable key",
  unknownExtension: "Unknown critical extension",
  wrongIdentity: "Wrong identity",
  notAllowed: "Not taken by a certificate map",
  wrongProof: "Wrong signature of the peer",
};
