import { expect, test } from "vitest";
import type { Credentials } from "../../../src/engine/credentials.ts";
import type { Certificate } from "../../../src/engine/pki/certificate.ts";
import { nameKey } from "../../../src/engine/pki/distinguished-name.ts";
import { examinePeer, identityFor, trustOf } from "../../../src/engine/pki/trust.ts";
import type { CertificateConditionSpec } from "../../../src/engine/spec.ts";
import { keyOf, TestAuthority, TODAY } from "../../support/authority.ts";
import { trustpoint } from "../../support/certified.ts";

const root = new TestAuthority("cn=Root,o=Example");
const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
const peer = middle.issue("cn=Laptop 7, ou=Sales, o=Example", {
  alternativeNames: [
    { type: "dns", name: "laptop7.example.net" },
    { type: "address", address: "10.0.0.7" },
  ],
});

function held(certificates: readonly Certificate[], ...names: readonly string[]): Credentials {
  return {
    keyPairs: new Map(names.map((name) => [name, keyOf(name)])),
    certificates: certificates.map(({ der }) => der),
    revocationLists: [],
  };
}

test("authorities in the files lead to a root for a peer that sends its certificate alone, and are not trusted themselves", () => {
  const database = trustpoint([], { usesDatabase: true });
  const faultOf = (files: readonly Certificate[]): string => {
    const answer = examinePeer(trustOf([database], held(files)), [peer], TODAY);
    return answer.ok ? "none" : answer.fault;
  };
  expect(faultOf([root.certificate, middle.certificate])).toBe("none");
  expect(faultOf([root.certificate])).toBe("unknownAuthority");
  expect(faultOf([middle.certificate])).toBe("unknownAuthority");
});

test("an authority that is no root is trusted where a trustpoint names it", () => {
  expect(examinePeer(trustOf([trustpoint([middle.certificate])], held([])), [peer], TODAY).ok).toBe(true);
});

/** A condition and whether the certificate above meets it. */
const conditions: readonly (readonly [
  CertificateConditionSpec["field"],
  CertificateConditionSpec["comparison"],
  string,
  boolean,
])[] = [
  ["subject", "contains", "ou = sales", true],
  ["subject", "contains", "ou=Sale", true],
  ["subject", "contains", "ou=marketing", false],
  ["subject", "lacks", "ou=marketing", true],
  ["subject", "lacks", "cn=laptop 7", false],
  ["subject", "equals", "CN=laptop 7, OU=sales, O=example", true],
  ["subject", "equals", "cn=laptop", false],
  ["subject", "differs", "cn=laptop", true],
  ["issuer", "equals", "cn=Middle,o=Example", true],
  ["issuer", "contains", "root", false],
  ["alternativeName", "equals", "LAPTOP7.example.net", true],
  ["alternativeName", "equals", "10.0.0.7", true],
  ["alternativeName", "contains", "example.net", true],
  ["alternativeName", "differs", "laptop7.example.net", false],
  ["serial", "equals", "02", true],
  ["serial", "equals", "2", false],
  ["unstructuredName", "contains", "laptop", false],
];

test.each(conditions)("a certificate map line: %s %s %s", (field, comparison, value, meets) => {
  const spec = trustpoint([root.certificate], { conditions: [[{ field, comparison, value }]] });
  const answer = examinePeer(trustOf([spec], held([])), [peer, middle.certificate], TODAY);
  expect(answer.ok ? "met" : answer.fault).toBe(meets ? "met" : "notAllowed");
});

test("of several certificates for one key the last one is shown, with the authorities that lead to the root", () => {
  const [old, renewed] = [middle.issue("cn=gw"), middle.issue("cn=gw")];
  const trust = trustOf([trustpoint([root.certificate, middle.certificate, old, renewed])], held([], "cn=gw"));
  expect(identityFor(trust, [])?.path.map(({ serial }) => serial)).toEqual([renewed.serial, middle.certificate.serial]);
});

test("what a peer asks for decides which certificate it is shown, and what nobody can serve falls back to the first", () => {
  const other = new TestAuthority("cn=Other");
  const trust = trustOf(
    [
      trustpoint([root.certificate, root.issue("cn=one")], { keyPair: "cn=one" }),
      trustpoint([other.certificate, other.issue("cn=two")], { keyPair: "cn=two" }),
      trustpoint([other.certificate], { keyPair: "cn=nobody" }),
    ],
    held([], "cn=one", "cn=two"),
  );
  const shown = (...authorities: readonly TestAuthority[]): string | undefined =>
    identityFor(
      trust,
      authorities.map(({ name }) => nameKey(name)),
    )?.path[0].subject.parts[0]?.[0]?.value;
  expect([shown(), shown(root), shown(other), shown(middle, other), shown(new TestAuthority("cn=Unknown"))]).toEqual([
    "one",
    "one",
    "two",
    "two",
    "one",
  ]);
});

test("what cannot be read is left out, and the rest serves", () => {
  const spec = {
    ...trustpoint([root.certificate, middle.certificate]),
    certificates: [Uint8Array.of(1, 2), root.certificate.der],
  };
  const trust = trustOf([spec], { ...held([]), revocationLists: [Uint8Array.of(0x30, 0)] });
  expect(trust).toMatchObject({ points: [{ anchors: [{ serial: root.certificate.serial }] }], revocationLists: [] });
});
