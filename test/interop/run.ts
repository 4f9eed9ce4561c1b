/**
 * Real clients against the gateway: `node test/interop/run.ts [--logs DIR] [CASE...]`. Root; see README.md beside this file.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { groups } from "./cases/table.ts";
import type { Group } from "./lab/case.ts";
import { killEverything } from "./lab/daemon.ts";
import { networkDown, networkUp, whatIsMissing } from "./lab/network.ts";
import { Runner } from "./lab/runner.ts";

const EXIT = { failed: 1, cannotRun: 2 } as const;

const names = groups.flatMap((group) => [...group.cases, ...(group.last ? [group.last] : [])].map((item) => item.name));

/** The groups, each with the wanted cases alone. */
function selected(wanted: readonly string[]): readonly Group[] {
  if (wanted.length === 0) return groups;
  return groups
    .map(({ last, ...group }) => ({
      ...group,
      cases: group.cases.filter((item) => wanted.includes(item.name)),
      ...(last !== undefined && wanted.includes(last.name) ? { last } : {}),
    }))
    .filter((group) => group.cases.length > 0 || group.last !== undefined);
}

function refuse(reason: string): never {
  console.error(`interop: ${reason}`);
  process.exit(EXIT.cannotRun);
}

/** Clears away even when the runner is interrupted. */
function clearAwayOn(signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals) {
    process.on(signal, () => {
      killEverything();
      networkDown();
      process.exit(EXIT.failed);
    });
  }
}

const { values, positionals } = parseArgs({ options: { logs: { type: "string" } }, allowPositionals: true });
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) refuse(`no such case: ${unknown.join(", ")}. There are: ${names.join(", ")}`);
const missing = whatIsMissing();
if (missing !== undefined) refuse(missing);

const logs = values.logs === undefined ? mkdtempSync(join(tmpdir(), "lnsh-interop-")) : resolve(values.logs);
mkdirSync(logs, { recursive: true });
clearAwayOn(["SIGINT", "SIGTERM", "SIGHUP"]);

const runner = new Runner(logs, (line) => console.log(line));
try {
  networkUp();
  for (const group of selected(positionals)) await runner.run(group);
} finally {
  killEverything();
  networkDown();
}

const { passed, failed } = runner.tally;
if (failed > 0 || values.logs !== undefined) console.log(`logs and captures: ${logs}`);
else rmSync(logs, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? EXIT.failed : 0;
