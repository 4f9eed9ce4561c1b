/** Short-lived helpers of the lab: run a program to its end, wait for something to come true, and how a case fails. */

import { spawn, spawnSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 50;
/** What is waited for takes this many times longer on a machine that is busy, or slow; a wait ends when it has come true. */
const SLOWEST = 5;
/** Enough for what tshark prints of a whole run. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** What a case reports when it does not hold: a reason in plain words, and output worth seeing beside it. */
export class Failure extends Error {
  readonly evidence: string;

  constructor(reason: string, evidence = "") {
    super(reason);
    this.evidence = evidence;
  }
}

/** Fails the case unless the condition holds. */
export function expect(condition: boolean, reason: string, evidence = ""): asserts condition {
  if (!condition) throw new Failure(reason, evidence);
}

/** Runs a program that is expected to succeed; its output. */
export function run(program: string, args: readonly string[]): string {
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: MAX_OUTPUT_BYTES });
  if (result.error !== undefined) throw new Failure(`${program}: ${result.error.message}`);
  expect(result.status === 0, `${program} ${args.join(" ")} ended with ${result.status}`, result.stderr);
  return result.stdout;
}

/** As `run`, for what takes long enough that other cases should go on meanwhile. */
export async function runBeside(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  expect(status === 0, `${program} ended with ${status}`, errors);
  return output;
}

/** Polls until the condition holds; false when it does not within that many seconds of an idle machine. */
export async function eventually(seconds: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000 * SLOWEST;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}
