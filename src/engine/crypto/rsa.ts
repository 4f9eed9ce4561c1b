/**
 * RSA with the padding of PKCS #1 v1.5 (RFC 8017 §9.2), in the two ways that are needed: over a digest with its name
 * (certificates), and over bare octets (RFC 2409 §5.1: IKE signs its hash without saying which one it was). A signature is
 * verified by making what it must contain and comparing the whole; nothing is parsed. Refuses keys that are too small or
 * too large and exponents that are even, 1 or oversized, before anything is computed with them.
 */

import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
} from "node:crypto";
import type { HashName } from "../spec.ts";
import { equalBytes } from "./constant-time.ts";
import { digest } from "./prf.ts";

export const LEAST_RSA_BITS = 1024;
/** Shorter ones are accepted with a warning: boxes of that age have no others. */
export const STRONG_RSA_BITS = 2048;
export const MOST_RSA_BITS = 8192;
const MAX_EXPONENT_OCTETS = 4;

export interface RsaPublicKey {
  /** Big-endian, without leading zeros. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** Why a public key is not computed with; `undefined` = it is in order. */
export function rsaKeyFault({ modulus, exponent }: RsaPublicKey): string | undefined {
  const bits = rsaBits({ modulus });
  if (bits < LEAST_RSA_BITS) return `the RSA key has ${bits} bits; fewer than ${LEAST_RSA_BITS} are not accepted`;
  if (bits > MOST_RSA_BITS) return `the RSA key has ${bits} bits; more than ${MOST_RSA_BITS} are not accepted`;
  if (((modulus.at(-1) ?? 0) & 1) === 0) return "the RSA modulus is even";
  const last = exponent.at(-1) ?? 0;
  if ((last & 1) === 0 || exponent.length > MAX_EXPONENT_OCTETS || (exponent.length === 1 && last < 3)) {
    return "the RSA exponent is not acceptable";
  }
  return undefined;
}

export function rsaBits({ modulus }: Pick<RsaPublicKey, "modulus">): number {
  const [first] = modulus;
  return first === undefined ? 0 : modulus.length * 8 - Math.clz32(first) + 24;
}

/** A private key; nothing prints it. */
export class RsaPrivateKey {
  readonly #key: KeyObject;
  readonly publicKey: RsaPublicKey;

  private constructor(key: KeyObject) {
    const { n = "", e = "" } = createPublicKey(key).export({ format: "jwk" });
    this.#key = key;
    this.publicKey = { modulus: octetsOf(n), exponent: octetsOf(e) };
  }

  /** PKCS #1 or PKCS #8 in PEM or DER, under a passphrase or not; `undefined` where it is neither, or of another kind of key. */
  static read(text: string | Uint8Array, passphrase?: string): RsaPrivateKey | undefined {
    for (const type of ["pkcs8", "pkcs1"] as const) {
      try {
        const key =
          typeof text === "string"
            ? createPrivateKey({ key: text, ...(passphrase === undefined ? {} : { passphrase }) })
            : createPrivateKey({ key: Buffer.from(text), format: "der", type });
        return key.asymmetricKeyType === "rsa" ? new RsaPrivateKey(key) : undefined;
      } catch {
        // Not of this form; the next one is tried.
      }
    }
    return undefined;
  }

  /** PKCS #8 in PEM, for the one place that keeps it. */
  reveal(): string {
    return this.#key.export({ type: "pkcs8", format: "pem" }).toString();
  }

  /** The signature over bare octets; at least eleven shorter than the modulus. */
  sign(octets: Uint8Array): Uint8Array {
    const padding = constants.RSA_PKCS1_PADDING;
    return new Uint8Array(privateEncrypt({ key: this.#key, padding }, octets));
  }

  /** The signature over the digest of a message, with the digest's name. */
  signDigest(hash: HashName, message: Uint8Array): Uint8Array {
    return this.sign(digestInfo(hash, message));
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

/** Whether a signature was made over these very octets. */
export function verifyRsa(publicKey: RsaPublicKey, octets: Uint8Array, signature: Uint8Array): boolean {
  if (rsaKeyFault(publicKey) !== undefined || signature.length !== publicKey.modulus.length) return false;
  const expected = padded(octets, signature.length);
  if (expected === undefined) return false;
  try {
    const jwk = { kty: "RSA", n: base64url(publicKey.modulus), e: base64url(publicKey.exponent) };
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return equalBytes(publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature), expected);
  } catch {
    // OpenSSL refuses a signature that is not smaller than the modulus, and keys of odd shapes.
    return false;
  }
}

export function verifyRsaDigest(
  publicKey: RsaPublicKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyRsa(publicKey, digestInfo(hash, message), signature);
}

/** RFC 8017 §9.2: 00 01 FF … FF 00 and the octets; at least eight of FF. */
function padded(octets: Uint8Array, length: number): Uint8Array | undefined {
  if (octets.length > length - 11) return undefined;
  const block = new Uint8Array(length).fill(0xff);
  block.set([0, 1]);
  block[length - octets.length - 1] = 0;
  block.set(octets, length - octets.length);
  return block;
}

/** RFC 8017 §9.2 note 1. */
const digestNames: Readonly<Record<HashName, string>> = {
  md5: "3020300c06082a864886f70d020505000410",
  sha1: "3021300906052b0e03021a05000414",
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

function digestInfo(hash: HashName, message: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(digestNames[hash], "hex"), digest(hash, message)]);
}

function octetsOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString("base64url");
}
