/**
 * The host's own network as far as a device of ours changes it: addresses and routes, given to `ip` of iproute2 line by line. What it
 * refuses is told and nothing else is undone for that.
 */

import { spawnSync } from "node:child_process";

const PATIENCE_MILLIS = 5000;

/** Runs lines such as `route add 20.0.0.0/24 dev lnsh0`; gives what went wrong, a sentence for each line that was refused. */
export function changeHostNetwork(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const { error, stderr } = spawnSync("ip", ["-force", "-batch", "-"], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    timeout: PATIENCE_MILLIS,
    env: { ...process.env, LC_ALL: "C" },
  });
  if (error !== undefined) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return [missing ? "the program ip (package iproute2) is not on this host" : error.message];
  }
  // Each reason stands before the line that names the command it was for.
  const complaints: string[] = [];
  let reason = "";
  for (const text of stderr.split("\n")) {
    const failed = /^Command failed -:(\d+)/.exec(text);
    if (failed === null) reason = text.trim() || reason;
    else complaints.push(`ip ${lines[Number(failed[1]) - 1] ?? ""}: ${reason.replace(/^RTNETLINK answers: /, "")}`);
  }
  return complaints;
}
