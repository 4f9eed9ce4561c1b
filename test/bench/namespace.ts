/** Benches that need devices of their own run themselves again in a network namespace (root, `unshare`). */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Figures } from "./figures.ts";

const INSIDE = "LNSH_BENCH_NAMESPACE";

/** `work` in a namespace of its own; elsewhere its figures are adopted. `needs` is told where it cannot be. */
export async function inNamespace(
  name: string,
  needs: string,
  figures: Figures,
  work: () => Promise<void>,
): Promise<void> {
  if (process.env[INSIDE] !== undefined) {
    await work();
    return;
  }
  const again = ["-n", process.execPath, join(import.meta.dirname, "run.ts"), name, "--json"];
  const { status, stdout } = spawnSync("unshare", again, {
    encoding: "utf8",
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...process.env, [INSIDE]: "1" },
  });
  if (status !== 0) figures.note(`${name}: needs ${needs}`);
  else figures.adopt(stdout, name);
}

export function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
