/** What a file name of IOS means: the running or the startup configuration, a file of this device, or one that is elsewhere. */

import { type FileDevice, STARTUP_FILE } from "../common/device-files.ts";

export interface LocalFile {
  readonly device: FileDevice;
  /** `""` when only the device is named. */
  readonly name: string;
}

export type Place =
  | { readonly kind: "running" }
  | { readonly kind: "startup" }
  | ({ readonly kind: "file" } & LocalFile)
  /** Takes everything and keeps nothing. */
  | { readonly kind: "null" }
  | { readonly kind: "remote"; readonly scheme: string };

/** Names of file systems that other boxes have where this one has flash. */
const DEVICES: Readonly<Record<string, FileDevice>> = {
  flash: "flash",
  nvram: "nvram",
  disk0: "flash",
  slot0: "flash",
  bootflash: "flash",
};

/** `undefined` when the text names no file system of this device; a bare name is one of the current file system. */
export function localFile(text: string, current: FileDevice = "flash"): LocalFile | undefined {
  const match = /^(?:(?<device>[A-Za-z]+\d?):\/?)?(?<name>[^:/]*)$/.exec(text);
  const device = DEVICES[(match?.groups?.device ?? current).toLowerCase()];
  return match === null || device === undefined ? undefined : { device, name: match.groups?.name ?? "" };
}

/** `undefined` when the text is no name of a file at all. */
export function placeOf(text: string, current: FileDevice = "flash"): Place | undefined {
  const word = text.toLowerCase();
  if (word === "running-config" || word === "system:running-config") return { kind: "running" };
  if (word === STARTUP_FILE) return { kind: "startup" };
  if (word === "null:") return { kind: "null" };
  const local = localFile(text, current);
  if (local?.device === "nvram" && local.name === STARTUP_FILE) return { kind: "startup" };
  if (local !== undefined) return { kind: "file", ...local };
  const scheme = /^([a-z]+):/.exec(word)?.[1];
  return scheme === undefined || scheme in DEVICES ? undefined : { kind: "remote", scheme };
}

/** `flash:backup.cfg`. */
export function shownName({ device, name }: LocalFile): string {
  return `${device}:${name}`;
}
