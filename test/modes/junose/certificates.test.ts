/** Certificates of a JunosE box: a key, a request in a file, what comes back in files, and a client that comes in. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { issueCertificate, readRequest } from "../../../src/engine/pki/issue.ts";
import { readPem, writePem } from "../../../src/engine/pki/pem.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { keyOf, TestAuthority, TODAY } from "../../support/authority.ts";
import { certified } from "../../support/certified.ts";
import { Dialogue } from "../../support/dialogue.ts";
import { Lab } from "../../support/lab.ts";

const DAY = 86_400_000;
const root = new TestAuthority("cn=Root,o=Example");
const CONFIGURATION = readFileSync(new URL("../../../fixtures/configs/junose-l2tp-ipsec.cfg", import.meta.url), "utf8");
const SIGNED = `
ipsec ike-policy-rule 1
 authentication rsa-sig
ipsec identity
 common-name gw
 organization "Example, Inc."
 domain-name gw.example.net
`;

function enrolled(more = ""): Dialogue {
  const box = new Dialogue(junose, `${CONFIGURATION}${SIGNED}${more}`);
  expect(box.type("ipsec certificate-request generate rsa gw.crq").join("\n")).toMatch(/no RSA key pair/);
  box.type("ipsec key generate rsa 2048");
  expect(box.type("ipsec certificate-request generate rsa gw.crq")).toEqual([]);
  const [block] = readPem(box.kept.files.read("flash", "gw.crq") ?? "") ?? [];
  const request = block === undefined ? undefined : readRequest(block.bytes);
  if (request === undefined) throw new Error("there is no request");
  expect(request.alternativeNames).toEqual([{ type: "dns", name: "gw.example.net" }]);
  const { subject, publicKey } = request;
  const own = issueCertificate(
    { serial: 9, issuer: root.name, subject, publicKey, notBefore: TODAY - DAY, notAfter: TODAY + DAY },
    root.key,
  );
  box.kept.files.write("flash", "gw.cer", own);
  box.kept.files.write("flash", "root.cer", writePem("CERTIFICATE", root.certificate.der));
  expect(box.type("ipsec certificate-database refresh")).toEqual(["2 certificates found", "No revocation lists found"]);
  return box;
}

function clientOf(lab: Lab, gateway: string, subject: string): string {
  const pc = root.issue(subject);
  const certificate = certified([root.certificate, pc], keyOf(subject));
  lab.client({ nat: lab.nat(), certificate, gateway }).connect(60_000);
  return lab.log.join("\n");
}

test("a client comes in by the certificates in the files, and a revoked one does not", () => {
  const box = enrolled();
  box.kept.files.write("flash", "root.crl", root.revoke(root.issue("cn=unused")));
  box.type("ipsec certificate-database refresh");
  const { spec } = junose.compile(box.store);
  const gateway = spec.ipsecGateways[0]?.localAddress ?? "";
  const lab = new Lab({ spec, addresses: [gateway] });
  lab.request({ type: "credentials", credentials: box.keys.credentials });
  expect(clientOf(lab, gateway, "cn=pc")).toMatch(/Phase 1 was established.*cn=pc/);
  const other = new Lab({ spec, addresses: [gateway] });
  expect(clientOf(other, gateway, "cn=pc")).toMatch(/need a certificate of ours/);
});

test("show tells what lies in the files, whose it is, and never a private key", () => {
  const box = enrolled();
  expect(box.type("show ipsec certificates")).toEqual(
    expect.arrayContaining([
      'Certificate:    cn=gw,o="Example, Inc."',
      "  Usage:          ours",
      "  Usage:          root, trusted",
      "  Serial number:  09",
      "2 certificates found",
    ]),
  );
  expect(box.type("show ipsec ike-certificates").at(-1)).toBe("1 certificate found");
  expect(box.type("show ipsec key rsa")).toEqual(["RSA key pair:   2048 bits", "", "1 RSA key pair found"]);
  expect(box.printed).not.toMatch(/PRIVATE|BEGIN/);
  expect(box.type("ipsec key zeroize rsa")).toEqual([]);
  expect(box.type("show ipsec ike-certificates").at(-1)).toBe("No certificates found");
});

test("a key pair is replaced only when that is meant, and files that are none are named", () => {
  const box = enrolled();
  const [before] = box.keys.pairs;
  box.type("ipsec key generate rsa 2048", "no");
  expect(box.keys.pairs[0]).toBe(before);
  box.kept.files.write("flash", "broken.cer", Uint8Array.of(0x30, 0x03, 1, 2, 3));
  expect(box.type("ipsec certificate-database refresh")[0]).toMatch(/^% broken\.cer: certificate: /);
});

test("revocation lists follow the configuration", () => {
  for (const use of ["ignored", "optional", "required"] as const) {
    const box = new Dialogue(junose, `${CONFIGURATION}${SIGNED}ipsec crl ${use}\n`);
    expect(junose.compile(box.store).spec.trustpoints?.[0]?.revocation).toBe(use);
  }
  const bare = new Dialogue(junose, CONFIGURATION);
  expect(junose.compile(bare.store).spec.trustpoints).toBeUndefined();
});
