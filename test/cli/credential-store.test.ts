/** Key pairs of a device in files: who may read them, and what a second process finds. */

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CredentialStore } from "../../src/cli/credential-store.ts";
import { MemoryFiles } from "../../src/modes/common/device-files.ts";

test("pairs of both kinds are kept under the same label, for their owner alone, and taken away one by one", () => {
  const directory = mkdtempSync(join(tmpdir(), "lnsh-keys-"));
  try {
    let changes = 0;
    const open = (): CredentialStore =>
      new CredentialStore({
        directory,
        files: new MemoryFiles(() => new Date(0)),
        date: () => new Date(0),
        changed: () => {
          changes += 1;
        },
      });
    const first = open();
    const made = first.generateEc("gw", 384);
    first.generate("gw", 2048);
    expect(() => first.generateEc("../gw", 256)).toThrow(/not a label/);
    expect(readdirSync(directory).sort()).toEqual(["gw.ec", "gw.pem"]);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    const second = open();
    expect(second.pairs.map(({ label }) => label)).toEqual(["gw"]);
    expect(second.ecPairs.map(({ key }) => [key.bits, key.publicKey])).toEqual([[384, made.key.publicKey]]);
    expect(JSON.stringify(second.ecPairs)).not.toMatch(/PRIVATE/);
    // Only what IKE can sign with is news to the gateway.
    expect([...second.credentials.keyPairs.keys()]).toEqual(["gw"]);
    expect(changes).toBe(1);
    expect([second.removeEc("gw"), second.removeEc("gw"), second.remove("gw")]).toEqual([true, false, true]);
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
