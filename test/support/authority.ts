/** A certification authority of a test: keys, certificates and revocation lists, made where they are needed. */

import { generateKeyPairSync } from "node:crypto";
import { RsaPrivateKey } from "../../src/engine/crypto/rsa.ts";
import { type Certificate, readCertificate } from "../../src/engine/pki/certificate.ts";
import { type DistinguishedName, parseName } from "../../src/engine/pki/distinguished-name.ts";
import { type CertificatePlan, issueCertificate, issueRevocationList } from "../../src/engine/pki/issue.ts";

/** Noon of 21 November 2026. */
export const TODAY = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

const keys = new Map<string, RsaPrivateKey>();

/** The same key for the same name in one run; small, so that tests are fast. */
export function keyOf(name: string, bits = 1024): RsaPrivateKey {
  const known = keys.get(`${name} ${bits}`);
  if (known !== undefined) return known;
  const pem = generateKeyPairSync("rsa", { modulusLength: bits }).privateKey.export({ type: "pkcs8", format: "pem" });
  const key = RsaPrivateKey.read(pem.toString());
  if (key === undefined) throw new Error("node made no RSA key");
  keys.set(`${name} ${bits}`, key);
  return key;
}

export function nameOf(text: string): DistinguishedName {
  const name = parseName(text);
  if ("fault" in name) throw new Error(name.fault);
  return name;
}

export class TestAuthority {
  readonly name: DistinguishedName;
  readonly key: RsaPrivateKey;
  readonly certificate: Certificate;
  #serial = 1;

  /** A root; below another authority where one is given. */
  constructor(subject: string, change: Partial<CertificatePlan> = {}, above?: TestAuthority, key = keyOf(subject)) {
    this.name = nameOf(subject);
    this.key = key;
    const plan: CertificatePlan = {
      serial: above === undefined ? 1 : above.nextSerial(),
      issuer: above?.name ?? this.name,
      subject: this.name,
      publicKey: this.key.publicKey,
      notBefore: TODAY - 365 * DAY,
      notAfter: TODAY + 3650 * DAY,
      authority: {},
      ...change,
    };
    this.certificate = readCertificate(issueCertificate(plan, above?.key ?? this.key));
  }

  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  issue(subject: string, change: Partial<CertificatePlan> = {}, key = keyOf(subject)): Certificate {
    const plan: CertificatePlan = {
      serial: this.nextSerial(),
      issuer: this.name,
      subject: nameOf(subject),
      publicKey: key.publicKey,
      notBefore: TODAY - DAY,
      notAfter: TODAY + 365 * DAY,
      ...change,
    };
    return readCertificate(issueCertificate(plan, this.key));
  }

  revoke(...certificates: readonly Certificate[]): Uint8Array {
    const serials = certificates.map(({ serial }) => serial);
    const plan = { issuer: this.name, thisUpdate: TODAY - DAY, nextUpdate: TODAY + 7 * DAY, serials };
    return issueRevocationList(plan, this.key);
  }
}
