/**
 * The file systems of a device in a directory of the host: `flash/` and `nvram/` below it, for the owner's eyes only. A file
 * is replaced as a whole. What a crash left half written begins with a dot, which no file name may, and is removed at the
 * next start.
 */

import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  DEVICE_BYTES,
  type DeviceFile,
  DeviceFileError,
  type DeviceFiles,
  type FileContent,
  type FileDevice,
  isFileName,
  sizeOf,
} from "../modes/common/device-files.ts";
import { makeDurable, UNFINISHED, writeWhole } from "./whole-file.ts";

const DEVICES: readonly FileDevice[] = ["flash", "nvram"];

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "read-only file system",
  ENOSPC: "no space left on device",
  EDQUOT: "no space left on device",
  ENOTDIR: "not a directory",
  ENOENT: "it is not there and cannot be made",
};

export class DeviceDirectory implements DeviceFiles {
  readonly #root: string;
  readonly isLasting = true;

  /** Makes what is missing and removes what a crash left; throws `DeviceFileError`. */
  constructor(root: string) {
    this.#root = root;
    attempt(root, () => {
      for (const device of DEVICES) makeDirectory(join(root, device));
      for (const place of [root, ...DEVICES.map((device) => join(root, device))]) {
        for (const name of readdirSync(place)) if (name.startsWith(UNFINISHED)) rmSync(join(place, name));
      }
    });
  }

  list(device: FileDevice): readonly DeviceFile[] {
    const place = join(this.#root, device);
    return attempt(device, () => readdirSync(place, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && isFileName(entry.name))
      .map(({ name }) => ({ name, stat: lstatSync(join(place, name), { throwIfNoEntry: false }) }))
      .flatMap(({ name, stat }) =>
        stat === undefined ? [] : [{ name, sizeBytes: stat.size, modifiedAt: new Date(stat.mtimeMs) }],
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  read(device: FileDevice, name: string): string | undefined {
    return this.readBytes(device, name)?.toString("utf8");
  }

  readBytes(device: FileDevice, name: string): Buffer | undefined {
    return isFileName(name) ? readWhole(join(this.#root, device, name), `${device}:${name}`) : undefined;
  }

  write(device: FileDevice, name: string, content: FileContent): void {
    const shown = `${device}:${name}`;
    if (!isFileName(name)) throw new DeviceFileError(`${shown}: not a file name`);
    const before = this.list(device).find((file) => file.name === name)?.sizeBytes ?? 0;
    if (sizeOf(content) > this.space(device).freeBytes + before) {
      throw new DeviceFileError(`${shown}: no space left on device`);
    }
    attempt(shown, () => writeWhole(join(this.#root, device, name), content));
  }

  remove(device: FileDevice, name: string): boolean {
    if (!this.list(device).some((file) => file.name === name)) return false;
    attempt(`${device}:${name}`, () => {
      rmSync(join(this.#root, device, name), { force: true });
      makeDurable(join(this.#root, device));
    });
    return true;
  }

  space(device: FileDevice): { readonly totalBytes: number; readonly freeBytes: number } {
    const used = this.list(device).reduce((sum, file) => sum + file.sizeBytes, 0);
    return { totalBytes: DEVICE_BYTES[device], freeBytes: Math.max(0, DEVICE_BYTES[device] - used) };
  }

  /** A fact about the device itself that must survive a restart, such as its dialect. */
  note(name: string): string | undefined {
    return readWhole(join(this.#root, name), name)?.toString("utf8").trim();
  }

  setNote(name: string, text: string): void {
    if (this.note(name) !== text) attempt(name, () => writeWhole(join(this.#root, name), `${text}\n`));
  }
}

/** With those above it. Node's own never ends where a file system refuses new directories with ENOENT, as /proc does. */
function makeDirectory(place: string): void {
  try {
    mkdirSync(place, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(place) === place) throw error;
    makeDirectory(dirname(place));
    mkdirSync(place, { mode: 0o700 });
  }
}

function readWhole(path: string, shown: string): Buffer | undefined {
  return attempt(shown, () => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? readFileSync(path) : undefined;
  });
}

function attempt<Value>(shown: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new DeviceFileError(`${shown}: ${REASONS[code] ?? code}`);
  }
}
