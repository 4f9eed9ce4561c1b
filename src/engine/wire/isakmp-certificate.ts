/** Bodies of the certificate and certificate request payloads (RFC 2408 §3.9, §3.10): an encoding and octets. */

import { Reader, Writer } from "./codec.ts";

export const certificateEncoding = {
  /** PKCS #7 with certificates; Windows XP sends them so. */
  pkcs7: 1,
  x509Signature: 4,
} as const;

export interface CertificateBody {
  readonly encoding: number;
  /** In a request: the name of an authority, empty = any. */
  readonly data: Uint8Array;
}

export function readCertificateBody(body: Uint8Array): CertificateBody {
  const reader = new Reader(body, "certificate payload");
  return { encoding: reader.u8(), data: reader.rest() };
}

export function writeCertificateBody({ encoding, data }: CertificateBody): Uint8Array {
  return new Writer().u8(encoding).put(data).finish();
}
