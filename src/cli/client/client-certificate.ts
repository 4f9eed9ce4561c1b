/** The certificate that `lnsh client` shows: from PEM files or from PKCS #12, with the authorities that it believes. */

import type { ClientCertificate } from "../../engine/client/client-plan.ts";
import { RsaPrivateKey } from "../../engine/crypto/rsa.ts";
import { tryDecode } from "../../engine/kernel/errors.ts";
import type { Secret } from "../../engine/kernel/secret.ts";
import { type Certificate, readCertificate } from "../../engine/pki/certificate.ts";
import { readPem } from "../../engine/pki/pem.ts";
import { readPkcs12 } from "../../engine/pki/pkcs12.ts";
import { isAuthority, isKeyOf } from "../../engine/pki/trust.ts";
import { BadUsage, CannotStart } from "../cannot-start.ts";
import { readOctets } from "../read-text.ts";

export interface CertificateFiles {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly pkcs12?: string;
}

/**
 * `undefined` = none was asked for. `password` is asked for only where a file needs one; `read` gives what a name of `files` stands for, which need not be
 * a file. Throws `CannotStart`.
 */
export function clientCertificate(
  files: CertificateFiles,
  password: () => Secret,
  read: (file: string) => Uint8Array = readOctets,
): ClientCertificate | undefined {
  const { cert, key, ca, pkcs12 } = files;
  if (pkcs12 === undefined && cert === undefined && key === undefined) {
    if (ca !== undefined)
      throw new BadUsage("--ca says whom to believe; say who the client is with --cert or --pkcs12.");
    return undefined;
  }
  const authorities = ca === undefined ? [] : certificatesIn(read(ca), ca);
  if (pkcs12 !== undefined) {
    const bundle = readPkcs12(read(pkcs12), password().reveal());
    if ("fault" in bundle) throw new CannotStart(`${pkcs12}: ${bundle.fault}.`);
    return made(bundle.key, [...authorities, ...bundle.certificates], pkcs12);
  }
  if (cert === undefined || key === undefined) throw new BadUsage("--cert and --key belong together.");
  const text = new TextDecoder().decode(read(key));
  const privateKey = RsaPrivateKey.read(text, /ENCRYPTED/.test(text) ? password().reveal() : undefined);
  if (privateKey === undefined) throw new CannotStart(`${key}: not a private RSA key, or its password is wrong.`);
  return made(privateKey, [...authorities, ...certificatesIn(read(cert), cert)], cert);
}

function made(key: RsaPrivateKey, certificates: readonly Certificate[], file: string): ClientCertificate {
  if (!certificates.some((each) => isKeyOf(key, each))) {
    throw new CannotStart(`${file}: there is no certificate for the private key.`);
  }
  if (!certificates.some(isAuthority))
    throw new CannotStart(`${file}: there is no authority to believe; give it with --ca.`);
  return {
    trustpoint: {
      name: "client",
      certificates: certificates.map(({ der }) => der),
      usesDatabase: false,
      keyPair: undefined,
      revocation: "ignored",
      conditions: [],
    },
    credentials: { keyPairs: new Map([["client", key]]), certificates: [], revocationLists: [] },
  };
}

const SEQUENCE = 0x30;

function certificatesIn(content: Uint8Array, file: string): Certificate[] {
  const encoded =
    content[0] === SEQUENCE
      ? [content]
      : (readPem(new TextDecoder().decode(content)) ?? []).flatMap(({ label, bytes }) =>
          /CERTIFICATE$|^$/.test(label) ? [bytes] : [],
        );
  const read = tryDecode(() => encoded.map(readCertificate));
  if (!read.ok || read.value.length === 0) throw new CannotStart(`${file}: no certificate can be read from it.`);
  return read.value;
}
