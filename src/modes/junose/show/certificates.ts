/** `show ipsec certificates` and what else tells of keys, certificates and revocation lists: all of them lie in files. */

import { rsaBits } from "../../../engine/crypto/rsa.ts";
import { tryDecode } from "../../../engine/kernel/errors.ts";
import { type Certificate, readCertificate, serialText } from "../../../engine/pki/certificate.ts";
import { nameText } from "../../../engine/pki/distinguished-name.ts";
import { readRevocationList } from "../../../engine/pki/revocation-list.ts";
import { isAuthority, isKeyOf, isSelfIssued } from "../../../engine/pki/trust.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyStore } from "../../common/key-store.ts";
import { revocation } from "../commands/certificates.ts";
import { standing } from "../compile/standing.ts";
import { KEY_PAIR } from "../key-pair.ts";
import { found } from "./text.ts";

/** Which certificates, and whether those of one use belong to them. `public-certs` are those that IKE shows to peers. */
const KINDS = {
  all: () => true,
  peer: (usage: Usage) => usage === "another router's",
  "public-certs": (usage: Usage) => usage === "ours",
  "root-cas": (usage: Usage) => usage === "root, trusted" || usage === "authority on the way to a root",
} as const;

type Usage = "ours" | "another router's" | "root, trusted" | "authority on the way to a root";

export function showCertificates({ keys, clock }: ExecContext, kind: keyof typeof KINDS): ExecResult {
  const own = keys?.pairs.find(({ label }) => label === KEY_PAIR);
  const shown = certificatesOf(keys)
    .map((certificate) => ({
      certificate,
      usage: own !== undefined && isKeyOf(own.key, certificate) ? ("ours" as const) : usageOf(certificate),
    }))
    .filter(({ usage }) => KINDS[kind](usage));
  const now = clock.now.getTime();
  const lines = shown.flatMap(({ certificate, usage }) => [
    `Certificate:    ${nameText(certificate.subject)}`,
    `  Usage:          ${usage}`,
    `  Issuer:         ${nameText(certificate.issuer)}`,
    `  Serial number:  ${serialText(certificate)}`,
    `  Valid from:     ${timeText(certificate.notBefore)}`,
    `  Valid until:    ${timeText(certificate.notAfter)}${now > certificate.notAfter ? " (expired)" : ""}`,
    `  Key:            ${certificate.publicKey === undefined ? "not RSA" : `RSA, ${rsaBits(certificate.publicKey)} bits`}`,
    "",
  ]);
  const model = shown.map(({ certificate, usage }) => ({
    subject: nameText(certificate.subject),
    usage,
    issuer: nameText(certificate.issuer),
    serial: serialText(certificate),
    notBefore: timeText(certificate.notBefore),
    notAfter: timeText(certificate.notAfter),
  }));
  return { lines: [...lines, found(shown.length, "certificate")], model };
}

function usageOf(certificate: Certificate): Usage {
  if (!isAuthority(certificate)) return "another router's";
  return isSelfIssued(certificate) ? "root, trusted" : "authority on the way to a root";
}

function certificatesOf(keys: KeyStore | undefined): Certificate[] {
  return (keys?.credentials.certificates ?? []).flatMap((bytes) => {
    const read = tryDecode(() => readCertificate(bytes));
    return read.ok ? [read.value] : [];
  });
}

export function showRevocationLists({ keys }: ExecContext): ExecResult {
  const lists = (keys?.credentials.revocationLists ?? []).flatMap((bytes) => {
    const read = tryDecode(() => readRevocationList(bytes));
    return read.ok ? [read.value] : [];
  });
  const lines = lists.flatMap(({ issuer, thisUpdate, nextUpdate, revoked }) => [
    `Issuer:         ${nameText(issuer)}`,
    `  Made at:        ${timeText(thisUpdate)}`,
    `  Next one at:    ${nextUpdate === undefined ? "not said" : timeText(nextUpdate)}`,
    `  Revoked:        ${revoked.size}`,
    "",
  ]);
  const model = lists.map(({ issuer, revoked }) => ({ issuer: nameText(issuer), revoked: revoked.size }));
  return { lines: [...lines, found(lists.length, "revocation list")], model };
}

/** Sizes only: a private key is never shown. */
export function showKeyPair({ keys }: ExecContext): ExecResult {
  const pair = keys?.pairs.find(({ label }) => label === KEY_PAIR);
  if (pair === undefined) return { lines: [found(0, "RSA key pair")], model: [] };
  const bits = rsaBits(pair.key.publicKey);
  return { lines: [`RSA key pair:   ${bits} bits`, "", found(1, "RSA key pair")], model: [{ bits }] };
}

/** What is proved with, and how lists of revoked certificates are used. */
export function showIkeConfiguration({ keys, chassis }: ExecContext): ExecResult {
  const pair = keys?.pairs.find(({ label }) => label === KEY_PAIR);
  const { use } = standing(chassis, revocation);
  const bits = pair === undefined ? undefined : rsaBits(pair.key.publicKey);
  const own = certificatesOf(keys).filter((certificate) => pair !== undefined && isKeyOf(pair.key, certificate));
  return {
    lines: [
      "IKE configuration:",
      `  CRL check:            ${use}`,
      `  RSA key pair:         ${bits === undefined ? "none" : `${bits} bits`}`,
      `  Certificates of ours: ${own.length}`,
    ],
    model: { revocationLists: use, rsaBits: bits, certificates: own.length },
  };
}

/** How often peers' certificates were refused, by reason. */
export function showRefusedCertificates({ snapshot }: ExecContext): ExecResult {
  const faults = Object.entries(snapshot.certificateFaults ?? {}).filter(([, count]) => count > 0);
  const lines = faults.map(([fault, count]) => `${words(fault).padEnd(26)}${count}`);
  return {
    lines: lines.length === 0 ? ["No certificate of a peer was refused"] : lines,
    model: Object.fromEntries(faults),
  };
}

/** `unknownAuthority` as `Unknown authority`. */
function words(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function timeText(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d+Z$/, "Z");
}
