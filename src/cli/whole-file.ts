/**
 * A file that is replaced as a whole and is its owner's alone: the new content is written beside it and made durable, then takes its name, then
 * the directory is made durable. What a crash leaves half written has a name that begins with `UNFINISHED`.
 */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const UNFINISHED = ".unfinished-";

/** Throws what the file system throws; then the old content stands. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const beside = join(dirname(path), `${UNFINISHED}${process.pid}`);
  try {
    const file = openSync(beside, "w", 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  makeDurable(dirname(path));
}

/** What was made, renamed or removed in a directory stays so. */
export function makeDurable(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
