/**
 * The device's files as SCP and SFTP clients see them: `/running-config`, `/startup-config` and the files of the flash directory, under
 * `/flash` and under the names that the shells use (`flash:NAME`, `nvram:startup-config`, `system:running-config`; `disk0:NAME`,
 * `running-configuration`).
 */

import { DeviceFileError, type DeviceFiles, type FileContent } from "../../modes/common/device-files.ts";

export type DevicePath =
  | { readonly kind: "root" }
  | { readonly kind: "flash" }
  | { readonly kind: "running" }
  | { readonly kind: "startup" }
  | { readonly kind: "file"; readonly name: string };

/** `undefined` = no such place; whether a file is there is another matter. */
export function devicePath(text: string): DevicePath | undefined {
  const path = text
    .replace(/^\/?disk0:/, "flash:")
    .replace(/^\/?(flash|nvram|system):\/?/, "$1/")
    .replace(/^~?\/*/, "")
    .replace(/\/+$/, "")
    .replace(/((?:running|startup)-config)uration$/, "$1");
  if (path === "" || path === ".") return { kind: "root" };
  if (path === "flash") return { kind: "flash" };
  if (path === "running-config" || path === "system/running-config") return { kind: "running" };
  if (path === "startup-config" || path === "nvram/startup-config") return { kind: "startup" };
  const [directory, name, ...more] = path.split("/");
  if (directory !== "flash" || name === undefined || name === "." || name === ".." || more.length > 0) return undefined;
  return { kind: "file", name };
}

/** The canonical form, as `realpath` answers it. */
export function pathText(path: DevicePath): string {
  switch (path.kind) {
    case "root":
      return "/";
    case "flash":
      return "/flash";
    case "running":
      return "/running-config";
    case "startup":
      return "/startup-config";
    case "file":
      return `/flash/${path.name}`;
  }
}

/** The configuration that runs, as a file: what it says, and what becomes of lines that are written to it. */
export interface RunningFile {
  text(): string;
  /** Pastes; the report is for the user, what it comes to in its first line. */
  merge(text: string): { readonly ok: boolean; readonly report: string };
}

export interface FileEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

export interface Written {
  readonly ok: boolean;
  /** For the user: what it comes to in one line, and behind it the lines that say more. */
  readonly message: string;
}

const STARTUP = "startup-config";

export class DeviceTree {
  readonly #files: DeviceFiles;
  readonly #running: RunningFile;
  readonly #now: () => Date;

  constructor(files: DeviceFiles, running: RunningFile, now: () => Date) {
    this.#files = files;
    this.#running = running;
    this.#now = now;
  }

  stat(path: DevicePath): FileEntry | undefined {
    switch (path.kind) {
      case "root":
        return { name: "/", isDirectory: true, sizeBytes: 0, modifiedAt: this.#now() };
      case "flash":
        return { name: "flash", isDirectory: true, sizeBytes: 0, modifiedAt: this.#now() };
      case "running": {
        const sizeBytes = Buffer.byteLength(this.#running.text());
        return { name: "running-config", isDirectory: false, sizeBytes, modifiedAt: this.#now() };
      }
      case "startup":
        return this.#listed("nvram", STARTUP);
      case "file":
        return this.#listed("flash", path.name);
    }
  }

  /** `undefined` = no directory. */
  list(path: DevicePath): readonly FileEntry[] | undefined {
    if (path.kind === "flash") return this.#files.list("flash").map((file) => ({ ...file, isDirectory: false }));
    if (path.kind !== "root") return undefined;
    const places = [{ kind: "flash" }, { kind: "running" }, { kind: "startup" }] as const;
    return places.flatMap((place) => this.stat(place) ?? []);
  }

  read(path: DevicePath): FileContent | undefined {
    switch (path.kind) {
      case "running":
        return this.#running.text();
      case "startup":
        return this.#files.read("nvram", STARTUP);
      case "file":
        return this.#files.readBytes("flash", path.name);
      case "root":
      case "flash":
        return undefined;
    }
  }

  write(path: DevicePath, content: FileContent): Written {
    try {
      switch (path.kind) {
        case "running": {
          const { ok, report } = this.#running.merge(textOf(content));
          return { ok, message: report };
        }
        case "startup":
          this.#files.write("nvram", STARTUP, textOf(content));
          return { ok: true, message: "" };
        case "file":
          this.#files.write("flash", path.name, content);
          return { ok: true, message: "" };
        case "root":
        case "flash":
          return { ok: false, message: `${pathText(path)} is a directory` };
      }
    } catch (error) {
      if (error instanceof DeviceFileError) return { ok: false, message: error.message };
      throw error;
    }
  }

  remove(path: DevicePath): boolean {
    if (path.kind === "file") return this.#files.remove("flash", path.name);
    return path.kind === "startup" && this.#files.remove("nvram", STARTUP);
  }

  #listed(device: "flash" | "nvram", name: string): FileEntry | undefined {
    const file = this.#files.list(device).find((each) => each.name === name);
    return file === undefined ? undefined : { ...file, isDirectory: false };
  }
}

function textOf(content: FileContent): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
