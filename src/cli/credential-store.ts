/**
 * What a device proves itself with: its key pairs, and what lies in flash besides: certificates and revocation lists, in PEM or DER.
 */

import { generateKeyPairSync } from "node:crypto";
import { type Credentials, NO_CREDENTIALS } from "../engine/credentials.ts";
import { type EcBits, EcPrivateKey } from "../engine/crypto/ec-key.ts";
import { RsaPrivateKey } from "../engine/crypto/rsa.ts";
import { tryDecode } from "../engine/kernel/errors.ts";
import { readCertificate } from "../engine/pki/certificate.ts";
import { readPem } from "../engine/pki/pem.ts";
import { readRevocationList } from "../engine/pki/revocation-list.ts";
import { DeviceFileError, type DeviceFiles } from "../modes/common/device-files.ts";
import { CERTIFICATE_FILE, type KeyPair, type KeyStore, REVOCATION_FILE } from "../modes/common/key-store.ts";
import { KeyDirectory } from "./key-directory.ts";

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
  readonly #rsa: KeyDirectory<RsaPrivateKey>;
  readonly #ec: KeyDirectory<EcPrivateKey>;
  #fromFiles: Pick<Credentials, "certificates" | "revocationLists"> = NO_CREDENTIALS;
  #isRead = false;

  constructor(context: StoreContext) {
    this.#context = context;
    const { directory, date } = context;
    this.#rsa = new KeyDirectory({ directory, date, suffix: ".pem", read: (text) => RsaPrivateKey.read(text) });
    this.#ec = new KeyDirectory({ directory, date, suffix: ".ec", read: (text) => EcPrivateKey.read(text) });
  }

  get pairs(): readonly KeyPair[] {
    return this.#rsa.pairs;
  }

  get ecPairs(): readonly KeyPair<EcPrivateKey>[] {
    return this.#ec.pairs;
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
    const pair = this.#rsa.keep(label, key);
    this.#context.changed();
    return pair;
  }

  remove(label: string): boolean {
    const isRemoved = this.#rsa.remove(label);
    if (isRemoved) this.#context.changed();
    return isRemoved;
  }

  generateEc(label: string, bits: EcBits): KeyPair<EcPrivateKey> {
    return this.#ec.keep(label, EcPrivateKey.generate(bits));
  }

  removeEc(label: string): boolean {
    return this.#ec.remove(label);
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
    this.#readFlash();
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
