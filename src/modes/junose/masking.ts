/**
 * How secrets look in `show configuration`. JunosE prints keys and passwords masked; its algorithm is not published, so
 * this is one of our own: base64 of a 4-octet tag (SHA-256 of the text) and the text XORed with a key stream made from
 * the tag. It keeps a key from being read over a shoulder and detects a masked text that was copied wrong. It is no
 * encryption: whoever has the masked text has the secret. One-way secrets are SHA-256.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { base64Hash } from "../../engine/crypto/password-hash.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import type { ArgumentType } from "../../grammar/argument.ts";
import { wordEnd } from "../../grammar/arguments.ts";
import { arg, kw, oneOf, opt } from "../../grammar/elements.ts";
import { secret } from "../common/secret-argument.ts";

const TAG_OCTETS = 4;

export function mask(secret: Secret): string {
  const text = new TextEncoder().encode(secret.reveal());
  const tag = sha256(text).subarray(0, TAG_OCTETS);
  return Buffer.from([...tag, ...xored(text, tag)]).toString("base64");
}

/** `undefined` when the text was not made by `mask`. */
export function unmask(masked: string): Secret | undefined {
  const octets = Buffer.from(masked, "base64");
  if (octets.length < TAG_OCTETS || octets.toString("base64") !== masked) return undefined;
  const tag = octets.subarray(0, TAG_OCTETS);
  const text = xored(octets.subarray(TAG_OCTETS), tag);
  if (!Buffer.from(sha256(text).subarray(0, TAG_OCTETS)).equals(tag)) return undefined;
  return new Secret(new TextDecoder().decode(text));
}

/** A one-way form of a password: what `secret 5` prints. */
export function oneWay(secret: Secret): string {
  return base64Hash(secret.reveal());
}

/** A masked text as it is typed or pasted; the value is the secret itself. */
export function masked(max: number): ArgumentType<Secret> {
  return {
    placeholder: "MASKED",
    read(line, at) {
      const end = wordEnd(line, at);
      const value = end - at <= max ? unmask(line.slice(at, end)) : undefined;
      return value === undefined ? { ok: false, at } : { ok: true, value, end };
    },
    print: mask,
  };
}

const MASKED_MAX = 300;

/** A password or key, typed in the clear or as it was printed: always printed masked, because the masked branch stands first. */
export function maskable<const Name extends string>(name: Name, text: ArgumentType<string>, help: string) {
  return oneOf(
    [kw("8", "A masked text follows"), arg(name, masked(MASKED_MAX), `${help}, masked`)],
    [opt(kw("0", "A clear text follows")), arg(name, secret(text), help)],
  );
}

function xored(text: Uint8Array, tag: Uint8Array): Uint8Array {
  const out = new Uint8Array(text.length);
  let block = sha256(tag);
  for (let at = 0; at < text.length; at += 1) {
    const within = at % block.length;
    if (at > 0 && within === 0) block = sha256(block);
    out[at] = (text[at] ?? 0) ^ (block[within] ?? 0);
  }
  return out;
}
