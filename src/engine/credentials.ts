/**
 * What a chassis holds that is no configuration: private keys, and certificates and revocation lists that were put there as
 * files. A private key is something that signs; nothing here can show it.
 */

/** Signs bare octets with RSA, PKCS #1 v1.5; `publicKey` is big-endian without leading zeros. */
export interface Signer {
  readonly publicKey: { readonly modulus: Uint8Array; readonly exponent: Uint8Array };
  sign(octets: Uint8Array): Uint8Array;
}

export interface Credentials {
  /** By label. */
  readonly keyPairs: ReadonlyMap<string, Signer>;
  /** In DER; for trustpoints that use what is there. */
  readonly certificates: readonly Uint8Array[];
  readonly revocationLists: readonly Uint8Array[];
}

export const NO_CREDENTIALS: Credentials = { keyPairs: new Map(), certificates: [], revocationLists: [] };
