/**
 * Key pairs on the NIST curves (FIPS 186-4), which are made, kept and shown. Nothing here signs with them: IKE proves itself
 * with RSA.
 */

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

const CURVES = { 256: "prime256v1", 384: "secp384r1" } as const;

export type EcBits = keyof typeof CURVES;

/** A private key; nothing prints it. */
export class EcPrivateKey {
  readonly #key: KeyObject;
  readonly bits: EcBits;

  private constructor(key: KeyObject, bits: EcBits) {
    this.#key = key;
    this.bits = bits;
  }

  static generate(bits: EcBits): EcPrivateKey {
    return new EcPrivateKey(generateKeyPairSync("ec", { namedCurve: CURVES[bits] }).privateKey, bits);
  }

  /** PKCS #8 or SEC 1 in PEM; `undefined` where it is neither, or on another curve. */
  static read(text: string): EcPrivateKey | undefined {
    try {
      const key = createPrivateKey(text);
      const curve = key.asymmetricKeyDetails?.namedCurve;
      const bits = ([256, 384] as const).find((each) => CURVES[each] === curve);
      return bits === undefined ? undefined : new EcPrivateKey(key, bits);
    } catch {
      return undefined;
    }
  }

  /** SubjectPublicKeyInfo (RFC 5480 §2) in DER. */
  get publicKey(): Uint8Array {
    return new Uint8Array(createPublicKey(this.#key).export({ type: "spki", format: "der" }));
  }

  /** PKCS #8 in PEM, for the one place that keeps it. */
  reveal(): string {
    return this.#key.export({ type: "pkcs8", format: "pem" }).toString();
  }

  toString(): string {
    return "<hidden>";
  }

  toJSON(): string {
    return "<hidden>";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "<hidden>";
  }
}
