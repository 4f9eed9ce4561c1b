/** The program as a process of its own. */

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What `node` is to run. */
export const LNSH = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));

/** Runs it to its end, with `input` as its standard input. */
export function lnsh(args: readonly string[], input = ""): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [LNSH, ...args], { encoding: "utf8", input });
}
