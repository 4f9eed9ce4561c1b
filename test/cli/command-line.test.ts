import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url));

function lnsh(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8", input: "" });
  return { status, stdout, stderr };
}

test("exec prints what the commands print and ends with 0", () => {
  const run = lnsh("exec", "--config", CONFIG, "-c", "show running-config | include ^hostname", "-c", "show privilege");
  expect(run).toMatchObject({ status: 0, stdout: "hostname 72_LNS\nCurrent privilege level is 15\n" });
});

test("a refused command goes to standard error and ends with 1", () => {
  const run = lnsh("exec", "--config", CONFIG, "-c", "show nonsense");
  expect(run.status).toBe(1);
  expect(run.stdout).toBe("");
  expect(run.stderr).toContain("% Invalid input detected at '^' marker.");
});

test("bad usage is one clear line and ends with 2", () => {
  for (const args of [
    ["run"],
    ["exec", "--config", CONFIG],
    ["run", "--config", CONFIG, "--ike-port", "x"],
    ["nope"],
    ["lab", "nope"],
    ["console"],
    ["console", "--connect", "a@b", "--config", CONFIG],
    ["dashboard", "--connect", "a b"],
  ]) {
    const run = lnsh(...args);
    expect(run.status, args.join(" ")).toBe(2);
    expect(run.stderr.trimEnd().split("\n"), args.join(" ")).toHaveLength(1);
  }
});

test("a gateway that cannot start says why, what to do, and ends with 3", () => {
  const missing = lnsh("run", "--config", "no-such-file.cfg");
  expect(missing).toMatchObject({ status: 3, stderr: "lnsh: no-such-file.cfg: there is no such file.\n" });
  const homeless = lnsh("run", "--config", CONFIG);
  expect(homeless.status).toBe(3);
  expect(homeless.stderr).toContain("--listen");
  expect(homeless.stderr).toContain("11.0.0.8 (FastEthernet0/0)");
});

test("help names the commands and the exit codes", () => {
  const run = lnsh("--help");
  expect(run.status).toBe(0);
  for (const word of ["run", "exec", "lab", "Exit codes"]) expect(run.stdout).toContain(word);
});

test.each([
  ["nat-demux", ["is given port 1024", "is given port 1025", "3 of 3 answered", "both stay connected"]],
  ["no-demux", ["ping 12.0.0.8: 0 of 3 answered", "the second client's SA took the first one's traffic"]],
  ["e-series", ["3 of 3 answered", "each tunnel carries one session"]],
])("the lab plays %s over real sockets and ends with 0", (scenario, expected) => {
  const run = lnsh("lab", scenario);
  expect(run.status, run.stdout + run.stderr).toBe(0);
  for (const text of expected) expect(run.stdout).toContain(text);
});

test("a console without a terminal is the plain line, and opens no sockets", () => {
  const { status, stdout, stderr } = lnsh("console", "--config", CONFIG);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^72_LNS#/);
  expect(stderr).not.toContain("listening on");
});
