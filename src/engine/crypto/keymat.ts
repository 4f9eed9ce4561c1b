/**
 * The keys of IKEv1: the SKEYID family under a pre-shared key or for signatures (RFC 2409 §5), the key of the phase 1 cipher
 * (appendix B), initialisation vectors, and the keying material of quick mode with and without a second Diffie-Hellman
 * (§5.5).
 */

import type { EspKeys } from "../forwarding.ts";
import type { EspCipher, EspIntegrity, EspProposalSpec, HashName, IkePolicySpec } from "../spec.ts";
import { blockLength, cipherKeyLength, type IkeCipher } from "./ike-cipher.ts";
import { digest, prf } from "./prf.ts";

export interface Phase1Keys {
  readonly hash: HashName;
  readonly skeyid: Uint8Array;
  /** Derives quick-mode keys. */
  readonly skeyidD: Uint8Array;
  /** Authenticates ISAKMP messages. */
  readonly skeyidA: Uint8Array;
  readonly cipher: IkeCipher;
  /** Protects message 5 of main mode. */
  readonly firstIv: Uint8Array;
}

/** What opens the messages of an ISAKMP SA, for a capture that an operator asked for; wiped when the SA ends. */
export interface IsakmpSecret {
  readonly initiatorCookie: Uint8Array;
  readonly keys: Pick<Phase1Keys, "hash" | "cipher" | "firstIv">;
  /** Where the vectors of phase 2 start from; `undefined` = phase 1 is not done. */
  readonly lastPhase1Block: Uint8Array | undefined;
}

export interface Phase1Secrets {
  readonly policy: Pick<IkePolicySpec, "hash" | "encryption" | "keyBits">;
  /** Absent = both ends sign. */
  readonly preSharedKey: Uint8Array | undefined;
  readonly initiatorNonce: Uint8Array;
  readonly responderNonce: Uint8Array;
  readonly initiatorPublic: Uint8Array;
  readonly responderPublic: Uint8Array;
  readonly sharedSecret: Uint8Array;
  readonly initiatorCookie: Uint8Array;
  readonly responderCookie: Uint8Array;
}

export function derivePhase1Keys(secrets: Phase1Secrets): Phase1Keys {
  const { hash, encryption, keyBits } = secrets.policy;
  const { sharedSecret: shared, initiatorCookie, responderCookie } = secrets;
  const { preSharedKey, initiatorNonce, responderNonce } = secrets;
  const skeyid =
    preSharedKey === undefined
      ? prf(hash, Buffer.concat([initiatorNonce, responderNonce]), shared)
      : prf(hash, preSharedKey, initiatorNonce, responderNonce);
  const derive = (previous: Uint8Array, round: number): Uint8Array =>
    prf(hash, skeyid, previous, shared, initiatorCookie, responderCookie, Uint8Array.of(round));
  const skeyidD = derive(new Uint8Array(0), 0);
  const skeyidA = derive(skeyidD, 1);
  const skeyidE = derive(skeyidA, 2);
  const key = expandCipherKey(hash, skeyidE, cipherKeyLength(encryption, keyBits));
  const iv = digest(hash, secrets.initiatorPublic, secrets.responderPublic);
  return {
    hash,
    skeyid,
    skeyidD,
    skeyidA,
    cipher: { encryption, key },
    firstIv: iv.subarray(0, blockLength(encryption)),
  };
}

/** RFC 2409 appendix B: where SKEYID_e is too short, Ka = K1 | K2 | … with K1 = prf(SKEYID_e, 0). */
export function expandCipherKey(hash: HashName, skeyidE: Uint8Array, length: number): Uint8Array {
  if (skeyidE.length >= length) return skeyidE.slice(0, length);
  return stretch(length, (previous) => prf(hash, skeyidE, previous ?? Uint8Array.of(0)));
}

/** The first vector of a phase 2 exchange: the hash of the last phase 1 block and the message identifier. */
export function phase2Iv(
  keys: Pick<Phase1Keys, "hash" | "cipher">,
  lastPhase1Block: Uint8Array,
  messageId: Uint8Array,
): Uint8Array {
  return digest(keys.hash, lastPhase1Block, messageId).subarray(0, blockLength(keys.cipher.encryption));
}

export interface QuickModeSecrets {
  readonly hash: HashName;
  readonly skeyidD: Uint8Array;
  /** Absent without perfect forward secrecy. */
  readonly sharedSecret: Uint8Array | undefined;
  readonly protocol: number;
  readonly initiatorNonce: Uint8Array;
  readonly responderNonce: Uint8Array;
}

/** Octets beside the key whose length is negotiated; with AES-GCM the salt (RFC 4106 §8.1). */
const cipherKeyOctets: Readonly<Record<EspCipher, number>> = { null: 0, des: 8, "3des": 24, aes: 0, "aes-gcm": 4 };
const integrityKeyOctets: Readonly<Record<EspIntegrity, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** The keys of the SA whose receiver chose `spi` (four octets): encryption first, then integrity. */
export function deriveEspKeys(secrets: QuickModeSecrets, spi: Uint8Array, proposal: EspProposalSpec): EspKeys {
  const { cipher, integrity, icvOctets } = proposal;
  const encryptionLength = proposal.keyBits / 8 + cipherKeyOctets[cipher];
  const integrityLength = integrity === undefined ? 0 : integrityKeyOctets[integrity];
  const seed = [Uint8Array.of(secrets.protocol), spi, secrets.initiatorNonce, secrets.responderNonce];
  if (secrets.sharedSecret !== undefined) seed.unshift(secrets.sharedSecret);
  const material = stretch(encryptionLength + integrityLength, (previous) =>
    previous === undefined
      ? prf(secrets.hash, secrets.skeyidD, ...seed)
      : prf(secrets.hash, secrets.skeyidD, previous, ...seed),
  );
  return {
    cipher,
    encryptionKey: material.slice(0, encryptionLength),
    integrity,
    integrityKey: material.slice(encryptionLength),
    ...(icvOctets === undefined ? {} : { icvOctets }),
  };
}

/** Concatenates rounds, each made from the one before, to exactly `length` octets. */
function stretch(length: number, round: (previous: Uint8Array | undefined) => Uint8Array): Uint8Array {
  const result = new Uint8Array(length);
  let previous: Uint8Array | undefined;
  for (let at = 0; at < length; at += previous.length) {
    previous = round(previous);
    result.set(previous.subarray(0, length - at), at);
  }
  return result;
}
