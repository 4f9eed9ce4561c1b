/** Keys and certificates that come from elsewhere in one piece: PEM under a passphrase, PKCS #12 from flash and from the terminal. */

import { execFileSync, spawnSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writePem } from "../../../../src/engine/pki/pem.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { keyOf, TestAuthority } from "../../../support/authority.ts";
import { Dialogue } from "../../../support/dialogue.ts";

const root = new TestAuthority("cn=Root,o=Example");
const key = keyOf("cn=gw", 2048);
const own = root.issue("cn=gw", {}, key);
const PASSPHRASE = "open sesame";
const CONFIGURATION = "crypto pki trustpoint EXAMPLE\n rsakeypair GW\n";
const lines = (text: string): string[] => text.trimEnd().split("\n");
const pem = (der: Uint8Array): string[] => lines(writePem("CERTIFICATE", der));
const encrypted = lines(
  createPrivateKey(key.reveal())
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })
    .toString(),
);

function imported(box: Dialogue): void {
  expect(box.printed).toMatch(/^ certificate ca 01$/m);
  expect(box.printed).toMatch(/^ certificate 02$/m);
  expect(box.printed).not.toMatch(/PRIVATE|sesame/);
  expect(box.keys.pairs).toMatchObject([{ label: "GW" }]);
  expect(box.type("show crypto pki trustpoints EXAMPLE status").join("\n")).toMatch(/request\(s\) \.+ Yes$/m);
}

test("PEM at the terminal: the authority, the key under its passphrase, the certificate", () => {
  const box = new Dialogue(ios, CONFIGURATION);
  const printed = box.type(
    `crypto pki import EXAMPLE pem terminal ${PASSPHRASE}`,
    ...pem(root.certificate.der),
    "",
    ...encrypted,
    "",
    ...pem(own.der),
    "quit",
  );
  expect(printed).toContain("% PEM files import succeeded.");
  imported(box);
});

test.each([
  ["a wrong passphrase", "guess", own, /passphrase is wrong/],
  ["the certificate of another key", PASSPHRASE, root.issue("cn=other"), /no certificate for the private key/],
])("PEM with %s changes nothing", (_, passphrase, certificate, says) => {
  const box = new Dialogue(ios, CONFIGURATION);
  const before = box.printed;
  const answers = [...pem(root.certificate.der), "", ...encrypted, "", ...pem(certificate.der), ""];
  expect(box.type(`crypto pki import EXAMPLE pem terminal ${passphrase}`, ...answers).join("\n")).toMatch(says);
  expect(box.printed).toBe(before);
  expect(box.keys.pairs).toEqual([]);
});

const isMissing = spawnSync("openssl", ["version"]).error !== undefined;
const place = mkdtempSync(join(tmpdir(), "pki-import-"));
afterAll(() => rmSync(place, { recursive: true }));

function bundle(): Uint8Array {
  writeFileSync(join(place, "ca.pem"), writePem("CERTIFICATE", root.certificate.der));
  writeFileSync(join(place, "gw.pem"), writePem("CERTIFICATE", own.der));
  writeFileSync(join(place, "gw.key"), key.reveal());
  const files = ["-in", "gw.pem", "-inkey", "gw.key", "-certfile", "ca.pem", "-out", "gw.p12"];
  execFileSync("openssl", ["pkcs12", "-export", ...files, "-passout", `pass:${PASSPHRASE}`], { cwd: place });
  return new Uint8Array(readFileSync(join(place, "gw.p12")));
}

test.skipIf(isMissing)("PKCS #12 from flash and from the terminal; with a wrong password nothing is changed", () => {
  const bytes = bundle();
  const fromFlash = new Dialogue(ios, CONFIGURATION);
  fromFlash.kept.files.write("flash", "gw.p12", bytes);
  const before = fromFlash.printed;
  expect(fromFlash.type("crypto pki import EXAMPLE pkcs12 flash:gw.p12 password guess").join("\n")).toMatch(
    /PKCS12 import failed: the password is wrong/,
  );
  expect(fromFlash.printed).toBe(before);
  fromFlash.type(`crypto pki import EXAMPLE pkcs12 flash:gw.p12 password ${PASSPHRASE}`);
  imported(fromFlash);
  const pasted = new Dialogue(ios, CONFIGURATION);
  const base64 =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  pasted.type(`crypto pki import EXAMPLE pkcs12 terminal ${PASSPHRASE}`, ...base64, "quit");
  imported(pasted);
});

test("exported are certificates, and never a key", () => {
  const box = new Dialogue(ios, CONFIGURATION);
  const answers = [...pem(root.certificate.der), "", ...encrypted, "", ...pem(own.der), ""];
  box.type(`crypto pki import EXAMPLE pem terminal ${PASSPHRASE}`, ...answers);
  const shown = box.type("crypto pki export EXAMPLE pem terminal");
  expect(shown).toEqual(expect.arrayContaining([...pem(root.certificate.der), ...pem(own.der)]));
  expect(shown.join("\n")).not.toMatch(/PRIVATE/);
});
