/** The transforms that JunosE knows by name and what they are in ESP. AH has no place beside NAT-T. */

import type { EspCipher, EspIntegrity, EspProposalSpec } from "../../engine/spec.ts";

export const transforms = {
  "ah-hmac-md5": "AH with MD5",
  "ah-hmac-sha": "AH with SHA-1",
  "esp-3des-hmac-md5": "ESP with 3DES and MD5",
  "esp-3des-hmac-sha": "ESP with 3DES and SHA-1",
  "esp-3des-null-auth": "ESP with 3DES, not authenticated",
  "esp-des-hmac-md5": "ESP with DES and MD5",
  "esp-des-hmac-sha": "ESP with DES and SHA-1",
  "esp-des-null-auth": "ESP with DES, not authenticated",
  "esp-null-hmac-md5": "ESP without encryption, with MD5",
  "esp-null-hmac-sha": "ESP without encryption, with SHA-1",
} as const;

export type TransformName = keyof typeof transforms;

interface Esp {
  readonly cipher: EspCipher;
  readonly integrity: EspIntegrity | undefined;
}

const ESP: Readonly<Partial<Record<TransformName, Esp>>> = {
  "esp-3des-hmac-sha": { cipher: "3des", integrity: "sha1" },
  "esp-3des-hmac-md5": { cipher: "3des", integrity: "md5" },
  "esp-des-hmac-sha": { cipher: "des", integrity: "sha1" },
  "esp-des-hmac-md5": { cipher: "des", integrity: "md5" },
  "esp-null-hmac-sha": { cipher: "null", integrity: "sha1" },
  "esp-null-hmac-md5": { cipher: "null", integrity: "md5" },
  "esp-3des-null-auth": { cipher: "3des", integrity: undefined },
  "esp-des-null-auth": { cipher: "des", integrity: undefined },
};

/** What a profile accepts when it names no transforms: what encrypts and authenticates, best first. DES has to be asked for. */
export const DEFAULT_TRANSFORMS: readonly TransformName[] = ["esp-3des-hmac-sha", "esp-3des-hmac-md5"];

/** `undefined` for AH. */
export function proposalOf(name: TransformName, label: string): EspProposalSpec | undefined {
  const esp = ESP[name];
  return esp === undefined ? undefined : { label, ...esp, keyBits: 0, mode: "transport" };
}

/** The name of what was negotiated. */
export function transformText({ cipher, integrity }: Esp): string {
  const known = Object.entries(ESP).find(([, esp]) => esp.cipher === cipher && esp.integrity === integrity);
  return known?.[0] ?? `esp-${cipher}-${integrity === undefined ? "null-auth" : `hmac-${integrity}`}`;
}
