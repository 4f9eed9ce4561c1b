/**
 * New private keys in the forms that OpenSSH reads: RSA as PKCS #1 (RFC 8017), Ed25519 as `openssh-key-v1` (PROTOCOL.key of OpenSSH),
 * without a passphrase. The generator of the SSH library makes one unreadable Ed25519 key in about two hundred.
 */

import { generateKeyPairSync, randomBytes } from "node:crypto";

export function newRsaKey(bits: number): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "pkcs1", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return privateKey;
}

const TYPE = "ssh-ed25519";
/** What the private part is padded to: the block of a cipher that is not there. */
const BLOCK = 8;

export function newEd25519Key(): string {
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const publicKey = Buffer.from(x, "base64url");
  const seed = Buffer.from(d, "base64url");
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    field(TYPE),
    field(publicKey),
    field(Buffer.concat([seed, publicKey])),
    field(""),
  ]);
  const padding = Buffer.from(Array.from({ length: (BLOCK - (secret.length % BLOCK)) % BLOCK }, (_, at) => at + 1));
  const whole = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    Buffer.from([0, 0, 0, 1]),
    field(Buffer.concat([field(TYPE), field(publicKey)])),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = whole.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}

/** Octets behind their length (RFC 4251 §5). */
function field(value: string | Buffer): Buffer {
  const octets = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(octets.length);
  return Buffer.concat([length, octets]);
}
