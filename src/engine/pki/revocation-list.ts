/**
 * A certificate revocation list (RFC 5280 §5) as a value: who issued it, until when it is good, and which serial numbers it
 * names. Refuses lists with critical extensions: delta lists, and lists of only some certificates of their issuer.
 */

import { sameOctets } from "./certificate.ts";
import { contextTag, DerReader, tag } from "./der.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { readAlgorithm, readSigned, type Signed } from "./signed.ts";

export interface RevocationList extends Signed {
  readonly der: Uint8Array;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  /** Serial numbers in hexadecimal, and when they were revoked. */
  readonly revoked: ReadonlyMap<string, number>;
  readonly unknownCritical: string | undefined;
}

const MAX_LIST = 4 * 1024 * 1024;

/** Throws `WireError`. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const what = "revocation list";
  if (bytes.length > MAX_LIST) new DerReader(bytes, what).fail("badLength");
  const signed = readSigned(bytes, what);
  const body = new DerReader(signed.body, what).inside();
  if (body.nextTag === tag.integer && body.smallInteger() !== 1) body.fail("badVersion");
  if (!sameOctets(readAlgorithm(body).whole, signed.algorithm.whole)) body.fail("badValue");
  const issuer = readName(body);
  const thisUpdate = body.time();
  const hasNext = body.nextTag === tag.utcTime || body.nextTag === tag.generalizedTime;
  const nextUpdate = hasNext ? body.time() : undefined;
  const revoked = new Map<string, number>();
  const entries = body.optionalInside(tag.sequence);
  while (entries !== undefined && !entries.isEmpty) {
    const entry = entries.inside();
    const serial = Buffer.from(entry.integer()).toString("hex");
    revoked.set(serial, entry.time());
    entry.optional(tag.sequence);
    entry.end();
  }
  const unknownCritical = criticalOf(body.optionalInside(contextTag(0))?.inside());
  body.end();
  return { ...signed, der: bytes, issuer, thisUpdate, nextUpdate, revoked, unknownCritical };
}

function criticalOf(extensions: DerReader | undefined): string | undefined {
  while (extensions !== undefined && !extensions.isEmpty) {
    const extension = extensions.inside();
    const type = extension.oid();
    if (extension.nextTag === tag.boolean && extension.boolean()) return type;
  }
  return undefined;
}
