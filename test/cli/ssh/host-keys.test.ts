import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, expect, test } from "vitest";
import { HostKeys } from "../../../src/cli/ssh/host-keys.ts";
import { newEd25519Key } from "../../../src/cli/ssh/new-key.ts";

const made: string[] = [];

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "lnsh-keys-"));
  made.push(path);
  return join(path, "ssh");
}

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true });
});

test("keys are made once, kept for their owner alone, and are the same after a restart", () => {
  const at = directory();
  const first = new HostKeys(at).complete();
  expect(first.map(({ type, bits }) => [type, bits])).toEqual([
    ["ed25519", 256],
    ["rsa", 2048],
  ]);
  for (const { fingerprint } of first) expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  expect(statSync(join(at, "ssh_host_ed25519_key")).mode & 0o777).toBe(0o600);
  expect(statSync(join(at, "ssh_host_rsa_key")).mode & 0o777).toBe(0o600);
  expect(statSync(at).mode & 0o777).toBe(0o700);
  expect(new HostKeys(at).complete().map(({ fingerprint }) => fingerprint)).toEqual(
    first.map(({ fingerprint }) => fingerprint),
  );
});

test("a new key takes the place of the old one", () => {
  const keys = new HostKeys(undefined);
  expect(keys.all).toEqual([]);
  const old = keys.generate("ed25519");
  expect(keys.generate("ed25519").fingerprint).not.toBe(old.fingerprint);
  expect(keys.all).toHaveLength(1);
});

test("a file that is no key is told by its name", () => {
  const at = directory();
  new HostKeys(at);
  writeFileSync(join(at, "ssh_host_rsa_key"), "not a key");
  expect(() => new HostKeys(at)).toThrow(/ssh_host_rsa_key: not a private key/);
});

test("every Ed25519 key that is made can be read", () => {
  for (let made = 0; made < 1000; made += 1) {
    expect(ssh2.utils.parseKey(newEd25519Key())).toMatchObject({ type: "ssh-ed25519" });
  }
});
