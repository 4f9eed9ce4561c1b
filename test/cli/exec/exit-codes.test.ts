/** What `lnsh exec` tells its caller of a gateway elsewhere, and of files: the codes that the pages and `--help` promise. */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LNSH } from "../../support/lnsh.ts";
import { SshBench } from "../../support/ssh.ts";

const directory = mkdtempSync(join(tmpdir(), "lnsh-exit-"));
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const SOUND = file("sound.cfg", "hostname lns\ninterface Loopback0\n ip address 10.0.0.1 255.255.255.255\n");
const REFUSED = file("refused.cfg", "hostname lns\ninterface Loopback0\n nonsense\n");
const WARNED = fileURLToPath(new URL("../../../fixtures/configs/ios-nat-demux.cfg", import.meta.url));
const KNOWN = join(directory, "known_hosts");
const bench = new SshBench();

beforeAll(() => bench.start());
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

function exec(...args: readonly string[]): Promise<{ status: number | null; out: string; err: string }> {
  const env = { ...process.env, LNSH_PASSWORD: "secret", SSH_AUTH_SOCK: "" };
  const child = spawn(process.execPath, [LNSH, "exec", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, out, err })));
}

function there(user: string, ...args: readonly string[]) {
  return exec("--connect", `ssh://${user}@127.0.0.1:${bench.port}`, "--known-hosts", KNOWN, ...args);
}

test("a gateway elsewhere: one that nobody knows is not spoken to, and each outcome has its code", async () => {
  const show = ["-c", "show privilege"];
  const stranger = await there("admin", ...show);
  expect(stranger).toMatchObject({ status: 5, out: "" });
  const met = await there("admin", "--accept-new-host-key", ...show);
  expect(met).toMatchObject({ status: 0, out: "Current privilege level is 15\n" });
  expect(readFileSync(KNOWN, "utf8")).toContain("ssh-ed25519");
  const codes = await Promise.all([
    there("admin", "-c", "show nonsense", ...show),
    there("admin", "--wait", "tunnel up", "--timeout", "0.2", ...show),
    there("admin", "--wait", "show nonsense", ...show),
    there("nobody", ...show),
    there("admin", "--wait", "sessions = 0", ...show, "--json"),
  ]);
  expect(codes.map(({ status }) => status)).toEqual([1, 4, 1, 5, 0]);
  expect(codes.slice(0, 4).map(({ out }) => out)).toEqual(["", "", "", ""]);
  expect(JSON.parse(codes[4]?.out ?? "")).toEqual({
    ok: true,
    commands: [{ command: "show privilege", ok: true, model: 15 }],
  });
});

test("a gateway of the script's own: its configuration, its files, its warnings", async () => {
  const show = ["-c", "show privilege"];
  const runs = await Promise.all([
    exec("--config", SOUND, "--strict", ...show),
    exec("--config", REFUSED, ...show),
    exec("--config", REFUSED, "--strict", ...show),
    exec("--config", WARNED, ...show),
    exec("--config", WARNED, "--strict", ...show),
    exec("--config", SOUND, "-f", join(directory, "no-such-script")),
    exec("--config", join(directory, "no-such.cfg"), ...show),
    exec("--config", SOUND, "--listen", "192.0.2.1", ...show),
    exec("--config", SOUND, "--timeout", "5", ...show),
  ]);
  expect(runs.map(({ status }) => status)).toEqual([0, 1, 1, 0, 3, 5, 5, 5, 2]);
  // The commands have run all the same.
  for (const { out } of runs.slice(0, 5)) expect(out).toBe("Current privilege level is 15\n");
});
