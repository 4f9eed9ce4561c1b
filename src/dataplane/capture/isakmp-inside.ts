/**
 * Encrypted ISAKMP messages as they were before encryption, for a capture that may see the keys: the same header without its
 * encryption flag, and the payloads in the clear. It follows the chains of vectors (RFC 2409 appendix B) by what passes, in both
 * directions, and holds a bounded number of them.
 */

import { blockLength, decryptCbc } from "../../engine/crypto/ike-cipher.ts";
import type { IsakmpSecret } from "../../engine/crypto/keymat.ts";
import { exchangeIv } from "../../engine/ike/message.ts";
import { tryDecode } from "../../engine/kernel/errors.ts";
import { decodeIsakmpHeader, headerFlag, ISAKMP_HEADER_LENGTH } from "../../engine/wire/isakmp-header.ts";
import { readPayloads } from "../../engine/wire/isakmp-payload.ts";
import { putU32 } from "../../engine/wire/octets.ts";

const COOKIES_LENGTH = 16;
const FLAGS_AT = 19;
const LENGTH_AT = 24;
const MAX_CHAINS = 4096;
const MAX_SECRETS = 4096;

interface Chain {
  /** Vector of the last message, and its octets: a copy of it does not move the chain. */
  last: { readonly iv: Uint8Array; readonly sealed: Uint8Array } | undefined;
  next: Uint8Array;
}

/** What the gateway knows of an SA; `undefined` when there is none. */
export type SecretOf = (initiatorCookie: Uint8Array, responderCookie: Uint8Array) => IsakmpSecret | undefined;

export class IsakmpInside {
  readonly #secretOf: SecretOf;
  /** By both cookies: what is known stays known when the SA is gone. */
  readonly #secrets = new Map<string, IsakmpSecret>();
  /** By cookies and message identifier. */
  readonly #chains = new Map<string, Chain>();

  constructor(secretOf: SecretOf) {
    this.#secretOf = secretOf;
  }

  /** Of the SAs whose messages have been seen. */
  get secrets(): Iterable<IsakmpSecret> {
    return this.#secrets.values();
  }

  /** The message in the clear, or `undefined` when it was not encrypted or cannot be opened. */
  open(datagram: Uint8Array): Uint8Array | undefined {
    const decoded = tryDecode(() => decodeIsakmpHeader(datagram));
    if (!decoded.ok || (decoded.value.flags & headerFlag.encryption) === 0) return undefined;
    const header = decoded.value;
    const cookies = Buffer.from(datagram.subarray(0, COOKIES_LENGTH)).toString("hex");
    const secret = this.#secret(cookies, header);
    const sealed = datagram.subarray(ISAKMP_HEADER_LENGTH);
    if (secret === undefined || sealed.length % blockLength(secret.keys.cipher.encryption) !== 0) return undefined;
    const key = `${cookies}/${header.messageId}`;
    const chain = this.#chains.get(key) ?? { last: undefined, next: firstVector(secret, header.messageId) };
    if (chain.next.length === 0) return undefined;
    const repeated = chain.last !== undefined && Buffer.compare(chain.last.sealed, sealed) === 0;
    const iv = repeated && chain.last !== undefined ? chain.last.iv : chain.next;
    const opened = tryDecode(() => {
      const plain = decryptCbc(secret.keys.cipher, iv, sealed);
      return { plain, end: readPayloads(header.nextPayload, plain, true).at(-1)?.end ?? 0 };
    });
    if (!opened.ok) return undefined;
    if (!repeated) {
      chain.last = { iv, sealed: sealed.slice() };
      chain.next = Uint8Array.from(sealed.subarray(-iv.length));
      keep(this.#chains, key, chain, MAX_CHAINS);
    }
    const clear = new Uint8Array(ISAKMP_HEADER_LENGTH + opened.value.end);
    clear.set(datagram.subarray(0, ISAKMP_HEADER_LENGTH));
    clear[FLAGS_AT] = header.flags & ~headerFlag.encryption;
    putU32(clear, LENGTH_AT, clear.length);
    clear.set(opened.value.plain.subarray(0, opened.value.end), ISAKMP_HEADER_LENGTH);
    return clear;
  }

  #secret(
    cookies: string,
    header: { readonly initiatorCookie: Uint8Array; readonly responderCookie: Uint8Array },
  ): IsakmpSecret | undefined {
    const current = this.#secretOf(header.initiatorCookie, header.responderCookie);
    if (current === undefined) return this.#secrets.get(cookies);
    const known = this.#secrets.get(cookies);
    // The gateway wipes its keys when the SA ends.
    const secret =
      known === undefined ? copyOf(current) : { ...known, lastPhase1Block: current.lastPhase1Block?.slice() };
    keep(this.#secrets, cookies, secret, MAX_SECRETS);
    return secret;
  }
}

function firstVector(secret: IsakmpSecret, messageId: number): Uint8Array {
  if (messageId === 0) return secret.keys.firstIv;
  // Without the end of phase 1 its chain is not known; the message stays closed.
  return secret.lastPhase1Block === undefined
    ? new Uint8Array(0)
    : exchangeIv(secret.keys, secret.lastPhase1Block, messageId);
}

function copyOf(secret: IsakmpSecret): IsakmpSecret {
  const { keys, initiatorCookie, lastPhase1Block } = secret;
  return {
    initiatorCookie: initiatorCookie.slice(),
    keys: { hash: keys.hash, cipher: { ...keys.cipher, key: keys.cipher.key.slice() }, firstIv: keys.firstIv.slice() },
    lastPhase1Block: lastPhase1Block?.slice(),
  };
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
