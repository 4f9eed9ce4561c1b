/**
 * Key pairs in a directory of the host, a file for each, for its owner alone; and what lies in flash besides: certificates
 * and revocation lists, in PEM or DER. Without a directory keys live as long as the process.
 */

import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Credentials, NO_CREDENTIALS } from "../engine/credentials.ts";
import { RsaPrivateKey } from "../engine/crypto/rsa.ts";
import { tryDecode } from "../engine/kernel/errors.ts";
import { readCertificate } from "../engine/pki/certificate.ts";
import { readPem } from "../engine/pki/pem.ts";
import { readRevocationList } from "../engine/pki/revocation-list.ts";
import { DeviceFileError, type DeviceFiles } from "../modes/common/device-files.ts";
import {
  CERTIFICATE_FILE,
  KEY_LABEL,
  type KeyPair,
  type KeyStore,
  REVOCATION_FILE,
} from "../modes/common/key-store.ts";
import { writeWhole } from "./whole-file.ts";

const SUFFIX = ".pem";

interface StoreContext {
  /** Made when the first key is; `undefined` = nothing is kept. */
  readonly directory: string | undefined;
  readonly files: DeviceFiles;
  date(): Date;
  /** The gateway is to act on other credentials. */
  changed(): void;
}

export class CredentialStore implements KeyStore {
  readonly #context: StoreContext;
  readonly #pairs = new Map<string, KeyPair>();
  #fromFiles: Pick<Credentials, "certificates" | "revocationLists"> = NO_CREDENTIALS;
  #isRead = false;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  get pairs(): readonly KeyPair[] {
    this.#readOnce();
    return [...this.#pairs.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
  }

  get credentials(): Credentials {
    this.#readOnce();
    return { ...this.#fromFiles, keyPairs: new Map(this.pairs.map(({ label, key }) => [label, key])) };
  }

  generate(label: string, bits: number): KeyPair {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
    const key = RsaPrivateKey.read(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    if (key === undefined) throw new DeviceFileError(`${label}: no key could be made`);
    return this.keep(label, key);
  }

  keep(label: string, key: RsaPrivateKey): KeyPair {
    if (!KEY_LABEL.test(label)) throw new DeviceFileError(`${label}: not a label for a key pair`);
    this.#readOnce();
    const { directory } = this.#context;
    if (directory !== undefined) {
      guarded(label, () => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        writeWhole(join(directory, `${label}${SUFFIX}`), key.reveal());
      });
    }
    const pair = { label, key, since: this.#context.date() };
    this.#pairs.set(label, pair);
    this.#context.changed();
    return pair;
  }

  remove(label: string): boolean {
    this.#readOnce();
    if (!this.#pairs.delete(label)) return false;
    const { directory } = this.#context;
    if (directory !== undefined) guarded(label, () => rmSync(join(directory, `${label}${SUFFIX}`), { force: true }));
    this.#context.changed();
    return true;
  }

  refresh(): readonly string[] {
    this.#readOnce();
    const faults = this.#readFlash();
    this.#context.changed();
    return faults;
  }

  /** Nothing is read for a configuration that has no trustpoints. */
  #readOnce(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    this.#readKeys();
    this.#readFlash();
  }

  #readKeys(): void {
    const { directory } = this.#context;
    if (directory === undefined || !existsSync(directory)) return;
    for (const name of readdirSync(directory)) {
      const label = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : "";
      const key = KEY_LABEL.test(label) ? RsaPrivateKey.read(readFileSync(join(directory, name), "utf8")) : undefined;
      if (key !== undefined) this.#pairs.set(label, { label, key, since: statSync(join(directory, name)).mtime });
    }
  }

  #readFlash(): string[] {
    const { files } = this.#context;
    const faults: string[] = [];
    const certificates: Uint8Array[] = [];
    const revocationLists: Uint8Array[] = [];
    for (const { name } of files.list("flash")) {
      const isList = REVOCATION_FILE.test(name);
      if (!isList && !CERTIFICATE_FILE.test(name)) continue;
      const content = files.readBytes("flash", name) ?? new Uint8Array(0);
      for (const bytes of encodings(content)) {
        const value = tryDecode(() => (isList ? readRevocationList(bytes) : readCertificate(bytes)));
        if (value.ok) (isList ? revocationLists : certificates).push(bytes);
        else faults.push(`${name}: ${value.error.message}`);
      }
    }
    this.#fromFiles = { certificates, revocationLists };
    return faults;
  }
}

const SEQUENCE = 0x30;

/** A file in DER is one thing, one in PEM any number; private keys and requests in it are passed over. */
function encodings(content: Uint8Array): Uint8Array[] {
  if (content[0] === SEQUENCE) return [content];
  const blocks = readPem(new TextDecoder().decode(content)) ?? [];
  return blocks.filter(({ label }) => /^$|CERTIFICATE$|CRL$/.test(label)).map(({ bytes }) => bytes);
}

function guarded(label: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new DeviceFileError(`${label}: the key cannot be kept: ${error instanceof Error ? error.message : error}`);
  }
}
