/** A trustpoint from nothing to a client that comes in: authenticate, enroll, import, and what show tells of it. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { issueCertificate, readRequest } from "../../../../src/engine/pki/issue.ts";
import { readPem, writePem } from "../../../../src/engine/pki/pem.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { keyOf, TestAuthority, TODAY } from "../../../support/authority.ts";
import { certified } from "../../../support/certified.ts";
import { Dialogue } from "../../../support/dialogue.ts";
import { Lab } from "../../../support/lab.ts";

const DAY = 86_400_000;
const root = new TestAuthority("cn=Root,o=Example");
const pemOf = (der: Uint8Array): string[] => writePem("CERTIFICATE", der).trimEnd().split("\n");
const CONFIGURATION = `hostname R1
ip domain name example.net
crypto pki trustpoint EXAMPLE
 enrollment terminal pem
 subject-name cn=gw,o=Example
 rsakeypair GW 2048
 revocation-check none
crypto isakmp identity dn
`;

function authenticated(more = ""): Dialogue {
  const box = new Dialogue(ios, CONFIGURATION + more);
  const lines = [...pemOf(root.certificate.der), "quit", "yes"];
  expect(box.type("crypto pki authenticate EXAMPLE", ...lines).join("\n")).toMatch(/successfully imported/);
  return box;
}

/** What `enroll` printed, signed by the authority. */
function signed(printed: readonly string[]): Uint8Array {
  const text = printed.join("\n");
  const from = text.indexOf("-----BEGIN");
  const [block] = readPem(text.slice(from, text.indexOf("---End"))) ?? [];
  const request = block === undefined ? undefined : readRequest(block.bytes);
  if (request === undefined) throw new Error(text);
  const { subject, publicKey, alternativeNames } = request;
  const plan = { serial: 77, issuer: root.name, subject, publicKey, alternativeNames };
  return issueCertificate({ ...plan, notBefore: TODAY - DAY, notAfter: TODAY + DAY }, root.key);
}

test("authenticate, enroll and import end in a chain that prints, pastes and can be spoken with", () => {
  const box = authenticated();
  const printed = box.type("crypto pki enroll EXAMPLE", "yes", "no");
  expect(printed).toContain("% The subject name in the certificate will include: cn=gw,o=Example");
  expect(printed).toContain("% The subject name in the certificate will include: R1.example.net");
  const own = signed(printed);
  expect(box.type("crypto pki import EXAMPLE certificate", ...pemOf(own), "")).toContain(
    "% Router Certificate successfully imported",
  );
  const again = new Dialogue(ios, box.printed);
  expect(again.printed).toBe(box.printed);
  expect(box.printed).toMatch(/^ certificate 4D\n {2}[0-9A-F]{8} [0-9A-F ]+\n/m);
  expect(box.printed).toMatch(/^ certificate ca 01\n/m);
  const { spec } = ios.compile(again.store);
  expect(spec).toMatchObject({
    signatureIdentity: "distinguishedName",
    trustpoints: [{ name: "EXAMPLE", keyPair: "GW" }],
  });
  expect(box.printed).not.toMatch(/PRIVATE/);
});

test("a client comes in by what the configuration says, with the name that a certificate map takes", () => {
  const config = readFileSync(new URL("../../../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8");
  const map = "crypto pki certificate map STAFF 10\n subject-name co o = example\n issuer-name eq cn=Root,o=Example\n";
  const policy = "crypto isakmp policy 5\n encr 3des\n group 2\n";
  const box = authenticated(`${config}\n${policy}${map}crypto pki trustpoint EXAMPLE\n match certificate STAFF\n`);
  box.type(
    "crypto pki import EXAMPLE certificate",
    ...pemOf(signed(box.type("crypto pki enroll EXAMPLE", "yes", "no"))),
    "",
  );
  const { spec } = ios.compile(box.store);
  const [gateway] = spec.ipsecGateways;
  const lab = new Lab({ spec, addresses: [gateway?.localAddress ?? ""] });
  lab.request({ type: "credentials", credentials: box.keys.credentials });
  const connect = (subject: string): string => {
    const pc = root.issue(subject);
    const certificate = certified([root.certificate, pc], keyOf(subject));
    lab
      .client({ nat: lab.nat(), certificate, ...(gateway === undefined ? {} : { gateway: gateway.localAddress }) })
      .connect(60_000);
    return lab.log.join("\n");
  };
  expect(connect("cn=pc,o=Example")).toMatch(/Phase 1 was established.*cn=pc,o=Example/);
  expect(connect("cn=pc,o=Elsewhere")).toMatch(/no certificate map of EXAMPLE takes cn=pc,o=Elsewhere/);
});

test("show tells of certificates, of what a trustpoint lacks, and of lists in flash", () => {
  const box = authenticated();
  const status = (): string => box.type("show crypto pki trustpoints EXAMPLE status").join("\n");
  expect(status()).toMatch(/Keys generated \.+ No\n.*authenticated \.+ Yes\n.*request\(s\) \.+ None/);
  box.type(
    "crypto pki import EXAMPLE certificate",
    ...pemOf(signed(box.type("crypto pki enroll EXAMPLE", "yes", "no"))),
    "",
  );
  expect(status()).toMatch(/Keys generated \.+ Yes.*GW\n.*Yes\n.*request\(s\) \.+ Yes$/m);
  const shown = box.type("show crypto pki certificates verbose");
  expect(shown).toEqual(
    expect.arrayContaining([
      "Certificate",
      "  Certificate Serial Number (hex): 4D",
      "    Name: R1.example.net",
      "    start date: 12:00:00 UTC Nov 20 2026",
      "    RSA Public Key: (2048 bit)",
      "  Signature Algorithm: SHA256 with RSA Encryption",
      "CA Certificate",
      "  Associated Trustpoints: EXAMPLE ",
    ]),
  );
  box.kept.files.write("flash", "root.crl", root.revoke(root.issue("cn=lost")));
  box.kept.files.write("flash", "bad.crl", "hello");
  expect(box.type("crypto pki crl request EXAMPLE")[0]).toMatch(/1 revocation list in flash/);
  expect(box.type("show crypto pki crls")).toEqual(
    expect.arrayContaining(["    cn=Root,o=Example", "    Revoked certificates: 1"]),
  );
  expect(box.type("show crypto key mypubkey rsa").join("\n")).toMatch(/Key name: GW\n[\s\S]*Key is not exportable/);
  expect(box.type("crypto key zeroize rsa GW", "yes").join("\n")).toMatch(/named 'GW'/);
  expect(status()).toMatch(/Keys generated \.+ No/);
});

test("a trustpoint signs its own certificate", () => {
  const box = new Dialogue(ios, "crypto pki trustpoint SELF\n enrollment selfsigned\n subject-name cn=me\n");
  expect(box.type("crypto pki enroll SELF", "yes")).toContain("Router Self Signed Certificate successfully created");
  expect(box.printed).toMatch(/^ certificate self-signed 01$/m);
  expect(box.type("crypto pki enroll SELF", "yes")).toContain("Router Self Signed Certificate successfully created");
  expect(box.printed.match(/certificate self-signed/g)).toHaveLength(1);
});

test("key pairs on a curve are made, shown and taken away, and no certificate is asked for with them", () => {
  const box = authenticated();
  expect(box.type("crypto key generate ec keysize 384 label CURVE")).toContain("The name for the keys will be: CURVE");
  expect(box.type("crypto key generate ec keysize 256")).toContain("The name for the keys will be: R1.example.net");
  const shown = box.type("show crypto key mypubkey ec");
  expect(shown.filter((line) => /^Key|Usage/.test(line))).toEqual([
    "Key name: CURVE",
    "Key type: EC KEYS",
    " Usage: Signature Key",
    "Key name: R1.example.net",
    "Key type: EC KEYS",
    " Usage: Signature Key",
  ]);
  // RFC 5480: the algorithm and the curve stand before the point.
  expect(shown.filter((_line, at) => /Key Data/.test(shown[at - 1] ?? ""))).toEqual([
    expect.stringMatching(/^ {2}30763010 06072A86 48CE3D02 0106052B 81040022 03620004 /),
    expect.stringMatching(/^ {2}30593013 06072A86 48CE3D02 0106082A 8648CE3D 03010703 420004/),
  ]);
  expect(box.type("show crypto key mypubkey rsa").join("\n")).not.toMatch(/EC KEYS/);
  expect(box.type("show crypto key mypubkey all CURVE").join("\n")).toMatch(/CURVE/);
  expect(box.type("crypto key zeroize ec NOTHING").join("\n")).toMatch(/no key pair NOTHING/);
  box.type("crypto key zeroize ec CURVE", "no");
  expect(box.type("show crypto key mypubkey ec").join("\n")).toMatch(/CURVE/);
  box.type("crypto key zeroize ec CURVE", "yes");
  expect(box.type("show crypto key mypubkey ec").join("\n")).not.toMatch(/CURVE/);
  expect(box.type("crypto key zeroize ec", "yes").join("\n")).toMatch(/All EC keys/);
  expect(box.type("crypto key zeroize ec").join("\n")).toMatch(/There are no EC keys/);
});

const stranger = new TestAuthority("cn=Stranger");

/** What is typed, what is answered, and what is said; nothing is changed by any of them. */
const refusals: Readonly<Record<string, readonly [line: string, answers: readonly string[], says: RegExp]>> = {
  "a trustpoint that is not there": ["crypto pki enroll NOWHERE", [], /NOWHERE is not configured/],
  "text that is no certificate": ["crypto pki authenticate EXAMPLE", ["hello", "quit"], /cannot be read/],
  "a certificate that is no authority's": [
    "crypto pki authenticate EXAMPLE",
    [...pemOf(root.issue("cn=end").der), ""],
    /cn=end is no certification authority/,
  ],
  "an authority that nobody wants": [
    "crypto pki authenticate EXAMPLE",
    [...pemOf(root.certificate.der), "", "no"],
    /not accepted/,
  ],
  "enrolling before authenticating": ["crypto pki enroll EXAMPLE", [], /authenticate the Certificate Authority before/],
  "a PKCS #12 file that is not there": ["crypto pki import EXAMPLE pkcs12 flash:x.p12 password y", [], /no such file/],
  "a key that is too short": ["crypto key generate rsa label X modulus 1024", [], /less than 2048 bits/],
};

test.each(Object.entries(refusals))("refused, and nothing is changed: %s", (_, [line, answers, says]) => {
  const box = new Dialogue(ios, CONFIGURATION);
  const before = box.printed;
  expect(box.type(line, ...answers).join("\n")).toMatch(says);
  expect(box.printed).toBe(before);
  expect(box.keys.pairs).toEqual([]);
});

test("a certificate for another key is refused", () => {
  const box = authenticated();
  box.type("crypto pki enroll EXAMPLE", "yes", "no");
  const other = stranger.issue("cn=gw");
  expect(box.type("crypto pki import EXAMPLE certificate", ...pemOf(other.der), "").join("\n")).toMatch(
    /not for the key pair GW/,
  );
});

test("a wrong subject name and a wrong label are refused where they are typed", () => {
  const box = new Dialogue(ios, CONFIGURATION);
  box.type("configure terminal");
  box.type("crypto pki trustpoint EXAMPLE");
  expect(box.type("subject-name planet=mars").join("\n")).toMatch(/"planet" is no part of a name/);
  expect(box.type("rsakeypair ../../etc/passwd").join("\n")).toMatch(/Invalid input/);
});

test("what the compiler says of trustpoints that let nobody in, and of certificates that are none", () => {
  const box = new Dialogue(
    ios,
    `${CONFIGURATION}crypto pki trustpoint EXAMPLE
 match certificate NOWHERE
 revocation-check ocsp none
crypto pki certificate chain EXAMPLE
 certificate ca 01
  30820304
  quit
`,
  );
  const { spec, warnings } = ios.compile(box.store);
  expect(warnings).toEqual(
    expect.arrayContaining([
      "crypto pki certificate chain EXAMPLE: certificate 01 cannot be read",
      "crypto pki trustpoint EXAMPLE: certificate map NOWHERE does not exist or has no lines: it takes nobody",
      "crypto pki trustpoint EXAMPLE: OCSP is not spoken; revocation-check uses lists alone",
    ]),
  );
  expect(spec.trustpoints?.[0]).toMatchObject({ certificates: [], revocation: "optional" });
});
