/** What a file name of IOS means: a file of this device. */

import type { FileDevice } from "../common/device-files.ts";

export interface LocalFile {
  readonly device: FileDevice;
  /** `""` when only the device is named. */
  readonly name: string;
}

/** A name with or without its device, as `flash:backup.cfg`. */
export const LOCAL_FILE = /^(?:(?:flash|nvram|disk0|bootflash|slot0):\/?)?[A-Za-z0-9_][A-Za-z0-9._+-]*$/i;

/** Names of file systems that other boxes have where this one has flash. */
const DEVICES: Readonly<Record<string, FileDevice>> = {
  flash: "flash",
  nvram: "nvram",
  disk0: "flash",
  slot0: "flash",
  bootflash: "flash",
};

/** `undefined` when the text names no file system of this device. */
export function localFile(text: string): LocalFile | undefined {
  const match = /^(?:(?<device>[A-Za-z]+\d?):\/?)?(?<name>[^:/]*)$/.exec(text);
  const device = DEVICES[(match?.groups?.device ?? "flash").toLowerCase()];
  return match === null || device === undefined ? undefined : { device, name: match.groups?.name ?? "" };
}
