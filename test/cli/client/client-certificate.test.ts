/** A client with a certificate from files against a gateway with one from its state directory, over sockets. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { clientCertificate } from "../../../src/cli/client/client-certificate.ts";
import { runClients } from "../../../src/cli/client/client-run.ts";
import { CredentialStore } from "../../../src/cli/credential-store.ts";
import { DeviceDirectory } from "../../../src/cli/device-directory.ts";
import { Gateway } from "../../../src/cli/gateway.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { Certificate } from "../../../src/engine/pki/certificate.ts";
import { writePem } from "../../../src/engine/pki/pem.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { keyOf, TestAuthority } from "../../support/authority.ts";

const ADDRESS = "127.0.0.1";
const YEARS = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2049, 0, 1) };
const root = new TestAuthority("cn=Root", YEARS);
const place = mkdtempSync(join(tmpdir(), "lnsh-cert-"));
afterAll(() => rmSync(place, { recursive: true }));

function put(name: string, text: string): string {
  writeFileSync(join(place, name), text);
  return join(place, name);
}

function pem({ der }: Certificate): string {
  return writePem("CERTIFICATE", der);
}

const files = {
  cert: put("pc.pem", pem(root.issue("cn=pc", YEARS))),
  key: put("pc.key", keyOf("cn=pc").reveal()),
  ca: put("ca.pem", pem(root.certificate)),
};
const noPassword = (): Secret => {
  throw new Error("no password is needed");
};

function hex(certificate: Certificate): string {
  return (
    Buffer.from(certificate.der)
      .toString("hex")
      .match(/.{1,64}/g) ?? []
  )
    .map((row) => `  ${row}`)
    .join("\n");
}

test("a client with PEM files comes in, and the key of the gateway comes from its state directory", async () => {
  const state = join(place, "state");
  const device = new DeviceDirectory(state);
  const own = { directory: join(state, "keys"), files: device, date: () => new Date(), changed: () => undefined };
  new CredentialStore(own).keep("GW", keyOf("cn=gw", 2048));
  expect(statSync(join(state, "keys", "GW.pem")).mode & 0o777).toBe(0o600);
  expect(statSync(join(state, "keys")).mode & 0o777).toBe(0o700);
  const gateway = new Gateway(ios, device, undefined, join(state, "keys"));
  const every = readFileSync(new URL("../../../fixtures/configs/ios-every-client.cfg", import.meta.url), "utf8");
  gateway.load(
    `${every.replace(/^end$/m, "")}
crypto isakmp policy 10
 encr aes 256
 group 14
crypto pki trustpoint EXAMPLE
 rsakeypair GW
 revocation-check none
crypto pki certificate chain EXAMPLE
 certificate ca 01
${hex(root.certificate)}
  quit
 certificate 02
${hex(root.issue("cn=gw", YEARS, keyOf("cn=gw", 2048)))}
  quit
`,
  );
  await gateway.listen({ address: ADDRESS, ports: { ike: 0, natt: 0, l2tp: 0 } });
  const wire = gateway.wirePorts(ADDRESS);
  const certificate = clientCertificate(files, noPassword);
  if (certificate === undefined) throw new Error("there is no certificate");
  const shown: unknown[] = [];
  const outcomes = await runClients(
    {
      persona: "windows-7",
      gateway: ADDRESS,
      ikePort: wire?.ike.port ?? 0,
      nattPort: wire?.natt.port ?? 0,
      preSharedKey: new Secret(""),
      certificate,
      user: "u1",
      password: new Secret("pw"),
      count: 2,
      ratePerSecond: 100,
      pings: { to: "12.0.0.8", count: 1 },
      holdSeconds: 0,
      patienceSeconds: 200,
    },
    {
      said: () => undefined,
      settled: () => void shown.push(...gateway.snapshot().ikeSas.map(({ peerIdentity }) => peerIdentity)),
    },
  );
  await gateway.stop("the test is over");
  expect(outcomes).toMatchObject([{ reason: undefined }, { reason: undefined }]);
  expect(shown[0]).toMatchObject({ text: "cn=pc" });
});

const wrong: Readonly<Record<string, readonly [Parameters<typeof clientCertificate>[0], RegExp]>> = {
  "a certificate without a key": [{ cert: files.cert, ca: files.ca }, /belong together/],
  "an authority alone": [{ ca: files.ca }, /say who the client is/],
  "the key of another certificate": [
    { ...files, key: put("other.key", keyOf("cn=other").reveal()) },
    /no certificate for the private key/,
  ],
  "no authority": [{ cert: files.cert, key: files.key }, /no authority to believe/],
  "a file that is not there": [{ ...files, cert: join(place, "nowhere") }, /there is no such file/],
  "text that is no key": [{ ...files, key: put("no.key", "hello") }, /not a private RSA key/],
};

test.each(Object.entries(wrong))("%s is refused before anything is sent", (_, [given, says]) => {
  expect(() => clientCertificate(given, noPassword)).toThrow(says);
});

test("without files there is no certificate, and a pre-shared key is used", () => {
  expect(clientCertificate({}, noPassword)).toBeUndefined();
});
