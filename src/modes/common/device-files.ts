/**
 * The file systems of a device as commands see them: `flash:`, and `nvram:` with the startup configuration. Where they are
 * kept is the business of whoever makes the shell; commands only name files.
 */

export type FileDevice = "flash" | "nvram";

/** The file in `nvram:` that a device starts from. */
export const STARTUP_FILE = "startup-config";

export interface DeviceFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** A file could not be read or written; the message is one line for the user, without `%`. */
export class DeviceFileError extends Error {}

export type FileContent = string | Uint8Array;

export interface DeviceFiles {
  /** Files outlive the process. */
  readonly isLasting: boolean;
  /** Sorted by name. */
  list(device: FileDevice): readonly DeviceFile[];
  /** As text; `undefined` = there is no such file. */
  read(device: FileDevice, name: string): string | undefined;
  /** As it is: a file need not hold text. */
  readBytes(device: FileDevice, name: string): Uint8Array | undefined;
  /**
   * Replaces a file as a whole: a crash at any point leaves the old text or the new one, and after the return the new one
   * is there to stay. Throws `DeviceFileError`.
   */
  write(device: FileDevice, name: string, content: FileContent): void;
  /** False = there was none. */
  remove(device: FileDevice, name: string): boolean;
  /** Octets of the device, and those that are free. */
  space(device: FileDevice): { readonly totalBytes: number; readonly freeBytes: number };
}

/** Letters, digits and a few signs: no path, no hidden file, nothing that a shell would take apart. */
export function isFileName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,126}$/.test(name);
}

/** Files that live as long as the process: the lab's, and those of a router started without a place to keep them. */
export class MemoryFiles implements DeviceFiles {
  readonly #devices = { flash: new Map<string, Stored>(), nvram: new Map<string, Stored>() };
  readonly #now: () => Date;
  readonly isLasting = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  list(device: FileDevice): readonly DeviceFile[] {
    return [...this.#devices[device]]
      .map(([name, { bytes, modifiedAt }]) => ({ name, sizeBytes: bytes.length, modifiedAt }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  read(device: FileDevice, name: string): string | undefined {
    const bytes = this.readBytes(device, name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  readBytes(device: FileDevice, name: string): Uint8Array | undefined {
    return this.#devices[device].get(name)?.bytes;
  }

  write(device: FileDevice, name: string, content: FileContent): void {
    if (!isFileName(name)) throw new DeviceFileError(`${device}:${name}: not a file name`);
    const { freeBytes } = this.space(device);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
    if (bytes.length > freeBytes + (this.readBytes(device, name)?.length ?? 0)) {
      throw new DeviceFileError(`${device}:${name}: no space left on device`);
    }
    this.#devices[device].set(name, { bytes, modifiedAt: this.#now() });
  }

  remove(device: FileDevice, name: string): boolean {
    return this.#devices[device].delete(name);
  }

  space(device: FileDevice): { readonly totalBytes: number; readonly freeBytes: number } {
    const used = this.list(device).reduce((sum, file) => sum + file.sizeBytes, 0);
    return { totalBytes: DEVICE_BYTES[device], freeBytes: DEVICE_BYTES[device] - used };
  }
}

interface Stored {
  readonly bytes: Uint8Array;
  readonly modifiedAt: Date;
}

/** What a device holds. */
export const DEVICE_BYTES: Readonly<Record<FileDevice, number>> = { flash: 64 * 1024 * 1024, nvram: 8 * 1024 * 1024 };

/** Octets of what a file holds. */
export function sizeOf(content: FileContent): number {
  return typeof content === "string" ? new TextEncoder().encode(content).length : content.length;
}
