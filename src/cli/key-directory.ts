/**
 * Key pairs of one kind in a directory of the host, a file for each, for its owner alone. Without a directory keys live as
 * long as the process.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DeviceFileError } from "../modes/common/device-files.ts";
import { KEY_LABEL, type KeyPair } from "../modes/common/key-store.ts";
import { writeWhole } from "./whole-file.ts";

interface DirectoryContext<Key> {
  /** Made when the first key is; `undefined` = nothing is kept. */
  readonly directory: string | undefined;
  /** What the names of the files of this kind end in, and those of no other kind. */
  readonly suffix: string;
  date(): Date;
  /** `undefined` = the text is no such key. */
  read(text: string): Key | undefined;
}

export class KeyDirectory<Key extends { reveal(): string }> {
  readonly #context: DirectoryContext<Key>;
  #known: Map<string, KeyPair<Key>> | undefined;

  constructor(context: DirectoryContext<Key>) {
    this.#context = context;
  }

  /** Sorted by label. */
  get pairs(): readonly KeyPair<Key>[] {
    return [...this.#pairs.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
  }

  /** In place of one with the same label; throws `DeviceFileError`. */
  keep(label: string, key: Key): KeyPair<Key> {
    if (!KEY_LABEL.test(label)) throw new DeviceFileError(`${label}: not a label for a key pair`);
    const pairs = this.#pairs;
    const { directory, suffix, date } = this.#context;
    if (directory !== undefined) {
      guarded(label, () => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        writeWhole(join(directory, `${label}${suffix}`), key.reveal());
      });
    }
    const pair = { label, key, since: date() };
    pairs.set(label, pair);
    return pair;
  }

  /** False = there was none; throws `DeviceFileError`. */
  remove(label: string): boolean {
    if (!this.#pairs.delete(label)) return false;
    const { directory, suffix } = this.#context;
    if (directory !== undefined) guarded(label, () => rmSync(join(directory, `${label}${suffix}`), { force: true }));
    return true;
  }

  /** Read when they are first asked for. */
  get #pairs(): Map<string, KeyPair<Key>> {
    this.#known ??= new Map(this.#read().map((pair) => [pair.label, pair]));
    return this.#known;
  }

  #read(): KeyPair<Key>[] {
    const { directory, suffix, read } = this.#context;
    if (directory === undefined || !existsSync(directory)) return [];
    return readdirSync(directory).flatMap((name) => {
      const label = name.endsWith(suffix) ? name.slice(0, -suffix.length) : "";
      const key = KEY_LABEL.test(label) ? read(readFileSync(join(directory, name), "utf8")) : undefined;
      return key === undefined ? [] : [{ label, key, since: statSync(join(directory, name)).mtime }];
    });
  }
}

function guarded(label: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new DeviceFileError(`${label}: the key cannot be kept: ${error instanceof Error ? error.message : error}`);
  }
}
