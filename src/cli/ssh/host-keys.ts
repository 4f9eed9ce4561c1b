/**
 * The keys by which clients know the device again. They are made when SSH is first used and kept where the device keeps its state,
 * readable by its owner alone; without such a place they live as long as the process.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import type { SshKeyView } from "../../modes/common/ssh-service.ts";
import { CannotStart } from "../cannot-start.ts";
import { writeWhole } from "../whole-file.ts";
import { newEd25519Key, newRsaKey } from "./new-key.ts";

export type HostKeyType = SshKeyView["type"];

export interface HostKey extends SshKeyView {
  /** In a form that OpenSSH reads. */
  readonly privateKey: string;
}

const RSA_BITS = 2048;

export class HostKeys {
  readonly #directory: string | undefined;
  readonly #keys = new Map<HostKeyType, HostKey>();

  /** `directory` is made where it is absent. Throws `CannotStart` for a key that cannot be read. */
  constructor(directory: string | undefined) {
    this.#directory = directory;
    if (directory !== undefined) mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const type of ["ed25519", "rsa"] as const) {
      const text = this.#read(type);
      if (text !== undefined) this.#keys.set(type, hostKeyOf(type, text, this.#file(type)));
    }
  }

  /** The keys there are, Ed25519 first. */
  get all(): readonly HostKey[] {
    return (["ed25519", "rsa"] as const).flatMap((type) => this.#keys.get(type) ?? []);
  }

  /** Makes the keys where there are none at all: one that was taken away stays away. */
  complete(): readonly HostKey[] {
    if (this.#keys.size === 0) for (const type of ["ed25519", "rsa"] as const) this.generate(type);
    return this.all;
  }

  /** A new key in place of the one there was. Takes about a second for a large RSA modulus. */
  generate(type: HostKeyType, bits = RSA_BITS): HostKey {
    const privateKey = type === "rsa" ? newRsaKey(bits) : newEd25519Key();
    const file = this.#file(type);
    if (file !== undefined) writeWhole(file, privateKey);
    const key = hostKeyOf(type, privateKey, file);
    this.#keys.set(type, key);
    return key;
  }

  remove(type: HostKeyType): void {
    const file = this.#file(type);
    if (file !== undefined) rmSync(file, { force: true });
    this.#keys.delete(type);
  }

  #file(type: HostKeyType): string | undefined {
    return this.#directory === undefined ? undefined : join(this.#directory, `ssh_host_${type}_key`);
  }

  #read(type: HostKeyType): string | undefined {
    const file = this.#file(type);
    return file === undefined || !existsSync(file) ? undefined : readFileSync(file, "utf8");
  }
}

function hostKeyOf(type: HostKeyType, privateKey: string, file: string | undefined): HostKey {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw new CannotStart(`${file}: not a private key: ${parsed.message}.`);
  const blob = parsed.getPublicSSH();
  return {
    type,
    privateKey,
    publicKey: `${parsed.type} ${blob.toString("base64")}`,
    fingerprint: fingerprintOf(blob),
    bits: type === "ed25519" ? 256 : modulusBits(blob),
  };
}

/** `SHA256:` and the digest in base64 without padding. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** RFC 4253 §6.6: name, exponent, modulus, each behind its length. */
function modulusBits(blob: Buffer): number {
  let at = 0;
  for (let field = 0; field < 2; field += 1) at += 4 + blob.readUInt32BE(at);
  const length = blob.readUInt32BE(at);
  const leadingZero = blob[at + 4] === 0 ? 1 : 0;
  return (length - leadingZero) * 8;
}
