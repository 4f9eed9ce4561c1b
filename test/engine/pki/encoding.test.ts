import fc from "fast-check";
import { expect, test } from "vitest";
import { WireError } from "../../../src/engine/kernel/errors.ts";
import { readCertificate } from "../../../src/engine/pki/certificate.ts";
import { DerReader, der, integer, oid, sequence, text, time } from "../../../src/engine/pki/der.ts";
import { decodeName, makeName, nameKey, nameText, parseName } from "../../../src/engine/pki/distinguished-name.ts";
import { readRequest, writeRequest } from "../../../src/engine/pki/issue.ts";
import { readPem, writePem } from "../../../src/engine/pki/pem.ts";
import { readCertificateBag, writeCertificateBag } from "../../../src/engine/pki/pkcs7.ts";
import { readRevocationList } from "../../../src/engine/pki/revocation-list.ts";
import { keyOf, nameOf, TestAuthority, TODAY } from "../../support/authority.ts";

const authority = new TestAuthority("cn=Root,o=Example");

test("integers, object identifiers and times come back as they were written", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (octets) => {
      const read = new DerReader(integer(octets), "test").integer();
      expect(BigInt(`0x${Buffer.from(read).toString("hex")}`)).toBe(BigInt(`0x${Buffer.from(octets).toString("hex")}`));
    }),
  );
  for (const number of ["1.2.840.113549.1.1.11", "2.5.4.3", "2.16.840.1.101.3.4.2.1", "0.9.2342.19200300.100.1.25"]) {
    expect(new DerReader(oid(number), "test").oid()).toBe(number);
  }
  for (const at of [Date.UTC(1951, 0, 1), TODAY, Date.UTC(2049, 11, 31, 23, 59, 59), Date.UTC(2050, 0, 1)]) {
    expect(new DerReader(time(at), "test").time()).toBe(at);
  }
});

test.each([
  ["an indefinite length", "3080020101000000"],
  ["a length in more octets than it needs", "30810102"],
  ["a length with a leading zero", "3082000302010100"],
  ["a length beyond the end", "300502"],
  ["a length of four octets", "308480000000"],
  ["a tag of several octets", "3f810100"],
])("%s is refused", (_, hex) => {
  expect(() => new DerReader(Buffer.from(hex, "hex"), "test").element()).toThrow(WireError);
});

test.each([
  ["an integer with an idle zero", "02020001", "integer"],
  ["an empty integer", "0200", "integer"],
  ["an object identifier that does not end", "06022a86", "oid"],
  ["an object identifier with an idle octet", "06032a8001", "oid"],
  ["a boolean that is neither", "010101", "boolean"],
  ["a bit string with nine idle bits", "03020900", "bits"],
] as const)("%s is refused", (_, hex, method) => {
  expect(() => new DerReader(Buffer.from(hex, "hex"), "test")[method]()).toThrow(WireError);
});

const structures: Readonly<Record<string, readonly [Uint8Array, (bytes: Uint8Array) => unknown]>> = {
  certificate: [authority.certificate.der, readCertificate],
  "revocation list": [authority.revoke(authority.certificate), readRevocationList],
  request: [
    writeRequest({ subject: nameOf("cn=gw"), alternativeNames: [{ type: "dns", name: "gw" }] }, keyOf("gw")),
    readRequest,
  ],
  "PKCS #7": [writeCertificateBag([authority.certificate.der]), readCertificateBag],
};

test.each(Object.entries(structures))(
  "a %s that is cut off anywhere, or altered, is a value or a WireError",
  (_, [bytes, read]) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => read(bytes.subarray(0, length)), `${length}`).toThrow(WireError);
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length - 1), fc.nat(255), (a, x, b, y) => {
        const changed = bytes.slice();
        changed[a] = x;
        changed[b] = y;
        try {
          read(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 500 },
    );
  },
);

test("a name is read from what is typed and printed the same way", () => {
  for (const typed of [
    "cn=gw.example.net,ou=VPN,o=Example\\, Inc.,c=DE",
    'cn="a, b"',
    "CN = x , O=y",
    "1.2.3.4=z",
    "dc=example,dc=net",
  ]) {
    const name = nameOf(typed);
    expect(nameKey(decodeName(name.der))).toBe(nameKey(name));
    expect(nameKey(nameOf(nameText(name)))).toBe(nameKey(name));
  }
  expect(nameText(nameOf("CN = gw , O=Example"))).toBe("cn=gw,o=Example");
  for (const typed of ["", "gw", "cn=", "planet=mars"]) expect(parseName(typed)).toHaveProperty("fault");
});

test("names are the same whatever their case, blanks and kind of string, and not otherwise", () => {
  const other = decodeName(sequence(der(0x31, sequence(oid("2.5.4.3"), text(0x0c, "GW  Example ")))));
  expect(nameKey(other)).toBe(nameKey(nameOf("cn=gw example")));
  expect(nameKey(other)).not.toBe(nameKey(nameOf("cn=gwexample")));
  expect(nameKey(nameOf("cn=a,o=b"))).not.toBe(nameKey(nameOf("o=b,cn=a")));
  expect(nameKey(makeName([{ oid: "2.5.4.3", value: 'a","2.5.4.10=b' }]))).not.toBe(nameKey(nameOf("o=b,cn=a")));
});

test("a name cannot draw on the terminal or write lines into a log", () => {
  const name = decodeName(makeName([{ oid: "2.5.4.3", value: "a\r\n\u001b[2J\u202eb\u0000" }]).der);
  expect(nameText(name)).toMatch(/^cn=[\x20-\x7e]+$/);
});

test("a request says who asks, and is believed only with the key's own signature", () => {
  const key = keyOf("gw");
  const plan = { subject: nameOf("cn=gw"), alternativeNames: [{ type: "address", address: "203.0.113.1" }] } as const;
  const bytes = writeRequest({ ...plan, challengePassword: "x" }, key);
  expect(readRequest(bytes)).toMatchObject({ publicKey: key.publicKey, alternativeNames: plan.alternativeNames });
  const forged = bytes.slice();
  forged[forged.length - 3] = (forged.at(-3) ?? 0) ^ 1;
  expect(readRequest(forged)).toBeUndefined();
});

test("PEM comes back, bare base64 is read, and damage is refused", () => {
  const pem = writePem("CERTIFICATE", authority.certificate.der);
  expect(readPem(`subject: x\r\n${pem.replaceAll("\n", "\r\n")}`)).toEqual([
    { label: "CERTIFICATE", bytes: new Uint8Array(authority.certificate.der) },
  ]);
  const bare = pem.split("\n").slice(1, -2).join("\n");
  expect(readPem(bare)?.[0]?.bytes).toEqual(new Uint8Array(authority.certificate.der));
  expect(readPem(pem.replace("MII", "M!I"))).toBeUndefined();
  expect(readPem("hello world")).toBeUndefined();
});

test("certificates in PKCS #7 come back in their order", () => {
  const bag = [authority.certificate.der, authority.issue("cn=x").der];
  expect(readCertificateBag(writeCertificateBag(bag)).map((each) => Buffer.from(each).toString("hex"))).toEqual(
    bag.map((each) => Buffer.from(each).toString("hex")),
  );
});
