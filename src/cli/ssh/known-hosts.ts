/**
 * The file of host keys that were seen before, in the form of OpenSSH's `known_hosts` (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): names,
 * patterns, hashed names and `@revoked`. Certificates of host authorities are not understood, their lines pass for nobody's.
 */

import { createHmac } from "node:crypto";

export interface KnownHost {
  readonly isRevoked: boolean;
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly type: string;
  /** The key's blob in base64. */
  readonly key: string;
}

export type Acquaintance =
  /** This very key was seen before. */
  | "known"
  /** No key of this host was seen before. */
  | "stranger"
  /** The host had another key, or this one is not to be trusted any more. */
  | "changed"
  | "revoked";

/** What the text of a file says about a host; `name` as `knownName` gives it. */
export function knownHosts(text: string, name: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith("@") ? words.shift() : undefined;
    const [names, type, key] = words;
    if (names === undefined || type === undefined || key === undefined || names.startsWith("#")) return [];
    if (marker !== undefined && marker !== "@revoked") return [];
    return isNamed(names, name) ? [{ isRevoked: marker === "@revoked", type, key }] : [];
  });
}

export function acquaintance(hosts: readonly KnownHost[], blob: Uint8Array): Acquaintance {
  const key = Buffer.from(blob).toString("base64");
  const same = hosts.filter((host) => host.key === key);
  if (same.some(({ isRevoked }) => isRevoked)) return "revoked";
  if (same.length > 0) return "known";
  return hosts.some(({ isRevoked }) => !isRevoked) ? "changed" : "stranger";
}

function isNamed(names: string, name: string): boolean {
  if (names.startsWith("|")) return isHashOf(names, name);
  let isMeant = false;
  for (const pattern of names.split(",")) {
    const isNegated = pattern.startsWith("!");
    if (!patternOf(isNegated ? pattern.slice(1) : pattern).test(name)) continue;
    if (isNegated) return false;
    isMeant = true;
  }
  return isMeant;
}

/** `|1|salt|digest`: HMAC-SHA1 of the name. */
function isHashOf(hashed: string, name: string): boolean {
  const [, version, salt, digest] = hashed.split("|");
  if (version !== "1" || salt === undefined) return false;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === digest;
}

function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}
