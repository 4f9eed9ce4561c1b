/** SSH clients of every sort against two gateways on loopback: `node test/interop/ssh.ts [CASE...]`. No rights are needed. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "./lab/command.ts";
import { killEverything } from "./lab/daemon.ts";
import { cases, type SshCase } from "./ssh/cases.ts";
import { SshGateway } from "./ssh/gateways.ts";

const EXIT = { failed: 1, cannotRun: 2 } as const;
const AT_ONCE = 3;

function refuse(reason: string): never {
  console.error(`interop-ssh: ${reason}`);
  process.exit(EXIT.cannotRun);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !cases.some((item) => item.name === name));
if (unknown.length > 0)
  refuse(`no such case: ${unknown.join(", ")}. There are: ${cases.map(({ name }) => name).join(", ")}`);
for (const program of ["ssh", "scp", "sftp", "sshpass", "expect", "clogin", "ansible-playbook"]) {
  if (spawnSync("which", [program]).status !== 0) refuse(`${program} is missing; see test/interop/packages.txt`);
}

const directory = mkdtempSync(join(tmpdir(), "lnsh-ssh-"));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    killEverything();
    process.exit(EXIT.failed);
  });
}

const gateways = {
  ios: await SshGateway.start("ios", directory),
  junose: await SshGateway.start("junose", directory),
};
// The slowest begin first.
const waiting = cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).toReversed();
let passed = 0;
let failed = 0;

async function play(item: SshCase): Promise<void> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    await item.run(gateways);
    passed += 1;
    console.log(`ok      ${item.name} (${seconds()})`);
  } catch (error) {
    failed += 1;
    const evidence = error instanceof Failure ? error.evidence : "";
    console.log(`not ok  ${item.name} (${seconds()}): ${error instanceof Error ? error.message : String(error)}`);
    if (evidence !== "") console.log(evidence.replace(/^/gm, "        "));
  }
}

async function worker(): Promise<void> {
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await play(item);
}

await Promise.all(Array.from({ length: AT_ONCE }, worker));
await gateways.ios.stop();
await gateways.junose.stop();
rmSync(directory, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : EXIT.failed;
