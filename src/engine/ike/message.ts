/**
 * ISAKMP messages as a whole: built in the clear or sealed, opened and verified. Phase 2 messages open with a HASH over
 * everything after it (RFC 2409 §5.5, §5.7); each phase 2 message identifier has its own chain of vectors
 * (appendix B). Nothing here changes a chain: the caller takes over the next vector once a message has proved good.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { blockLength, decryptCbc, encryptCbc, type IkeCipher } from "../crypto/ike-cipher.ts";
import { type Phase1Keys, phase2Iv } from "../crypto/keymat.ts";
import { prf, printOf } from "../crypto/prf.ts";
import type { Flow } from "../kernel/address.ts";
import { type Decoded, tryDecode, WireError } from "../kernel/errors.ts";
import {
  headerFlag,
  ISAKMP_HEADER_LENGTH,
  ISAKMP_VERSION,
  type IsakmpHeader,
  isakmpHeader,
} from "../wire/isakmp-header.ts";
import {
  type Payload,
  payloadType,
  type ReceivedPayload,
  readPayloads,
  writePayloads,
} from "../wire/isakmp-payload.ts";
import type { Cookies } from "./nat-traversal.ts";

/** A datagram whose header has been read. */
export interface ReceivedMessage {
  readonly flow: Flow;
  readonly header: IsakmpHeader;
  readonly datagram: Uint8Array;
}

export interface Opened {
  readonly payloads: readonly ReceivedPayload[];
  /** What the offsets of the payloads count from. */
  readonly plain: Uint8Array;
  readonly nextIv: Uint8Array;
}

export interface Sealed {
  readonly bytes: Uint8Array;
  readonly nextIv: Uint8Array;
}

export interface MessageHead extends Cookies {
  readonly exchange: number;
  readonly messageId: number;
}

export function clearMessage(head: MessageHead, payloads: readonly Payload[]): Uint8Array {
  return assemble(head, payloads[0]?.type ?? payloadType.none, 0, writePayloads(payloads));
}

/** Pads to whole blocks with zeros; the header's length counts them (RFC 2409 appendix B). */
export function sealMessage(
  head: MessageHead,
  cipher: IkeCipher,
  iv: Uint8Array,
  payloads: readonly Payload[],
): Sealed {
  const body = writePayloads(payloads);
  const block = blockLength(cipher.encryption);
  const plain = new Uint8Array(Math.ceil(body.length / block) * block);
  plain.set(body);
  const sealed = encryptCbc(cipher, iv, plain);
  const bytes = assemble(head, payloads[0]?.type ?? payloadType.none, headerFlag.encryption, sealed);
  return { bytes, nextIv: sealed.slice(-block) };
}

function assemble(head: MessageHead, nextPayload: number, flags: number, body: Uint8Array): Uint8Array {
  const length = ISAKMP_HEADER_LENGTH + body.length;
  const { initiatorCookie, responderCookie, exchange, messageId } = head;
  const header = {
    initiatorCookie,
    responderCookie,
    nextPayload,
    version: ISAKMP_VERSION,
    exchange,
    flags,
    messageId,
    length,
  };
  const bytes = new Uint8Array(length);
  bytes.set(isakmpHeader.encode(header));
  bytes.set(body, ISAKMP_HEADER_LENGTH);
  return bytes;
}

export function isEncrypted(message: ReceivedMessage): boolean {
  return (message.header.flags & headerFlag.encryption) !== 0;
}

export function openClear(message: ReceivedMessage): Decoded<readonly ReceivedPayload[]> {
  const body = message.datagram.subarray(ISAKMP_HEADER_LENGTH);
  return tryDecode(() => readPayloads(message.header.nextPayload, body, false));
}

/** Decrypts under `iv` and reads the payloads; under a wrong key this fails with near certainty. */
export function openSealed(message: ReceivedMessage, cipher: IkeCipher, iv: Uint8Array): Decoded<Opened> {
  const sealed = message.datagram.subarray(ISAKMP_HEADER_LENGTH);
  const block = blockLength(cipher.encryption);
  return tryDecode(() => {
    if (sealed.length === 0 || sealed.length % block !== 0) {
      throw new WireError("badLength", ISAKMP_HEADER_LENGTH, "encrypted message");
    }
    const plain = decryptCbc(cipher, iv, sealed);
    const payloads = readPayloads(message.header.nextPayload, plain, true);
    return { payloads, plain, nextIv: sealed.slice(-block) };
  });
}

/** The first vector of a phase 2 exchange. */
export function exchangeIv(
  keys: Pick<Phase1Keys, "hash" | "cipher">,
  lastPhase1Block: Uint8Array,
  messageId: number,
): Uint8Array {
  return phase2Iv(keys, lastPhase1Block, messageIdOctets(messageId));
}

/** Seals a phase 2 message: HASH(1) without nonces, HASH(2) with the initiator's (RFC 2409 §5.5). */
export function sealHashed(
  head: MessageHead,
  keys: Phase1Keys,
  iv: Uint8Array,
  nonces: Uint8Array,
  rest: readonly Payload[],
): Sealed {
  const body = prf(keys.hash, keys.skeyidA, messageIdOctets(head.messageId), nonces, writePayloads(rest));
  return sealMessage(head, keys.cipher, iv, [{ type: payloadType.hash, body }, ...rest]);
}

/** Whether the HASH at the front covers the rest of an opened phase 2 message, padding left out. */
export function hashHolds(opened: Opened, keys: Phase1Keys, messageId: number, nonces: Uint8Array): boolean {
  const [first] = opened.payloads;
  const last = opened.payloads.at(-1);
  if (first === undefined || last === undefined || first.type !== payloadType.hash) return false;
  const rest = opened.plain.subarray(first.end, last.end);
  return equalBytes(first.body, prf(keys.hash, keys.skeyidA, messageIdOctets(messageId), nonces, rest));
}

/** HASH(3) of quick mode: prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b). */
export function thirdHash(
  keys: Phase1Keys,
  messageId: number,
  initiatorNonce: Uint8Array,
  responderNonce: Uint8Array,
): Uint8Array {
  const zero = Uint8Array.of(0);
  return prf(keys.hash, keys.skeyidA, zero, messageIdOctets(messageId), initiatorNonce, responderNonce);
}

function messageIdOctets(messageId: number): Uint8Array {
  return Uint8Array.of(messageId >>> 24, messageId >>> 16, messageId >>> 8, messageId);
}

/** Tells a repeated datagram from a new one. */
export function fingerprint(datagram: Uint8Array): string {
  return printOf(datagram);
}

export function payloadsOf(payloads: readonly ReceivedPayload[], type: number): readonly ReceivedPayload[] {
  return payloads.filter((payload) => payload.type === type);
}

/** The body of the first payload of a type; empty where there is none. */
export function bodyOf(payloads: readonly Payload[], type: number): Uint8Array {
  return payloads.find((payload) => payload.type === type)?.body ?? new Uint8Array(0);
}
