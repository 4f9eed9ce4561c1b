/** What a certified client may call itself, and the chains it may come with. */

import { expect, test } from "vitest";
import type { Signer } from "../../src/engine/credentials.ts";
import type { Identity } from "../../src/engine/ike/events.ts";
import type { Certificate } from "../../src/engine/pki/certificate.ts";
import type { AlternativeName } from "../../src/engine/pki/extensions.ts";
import { keyOf, nameOf, TestAuthority } from "../support/authority.ts";
import { certified, credentials, trustpoint } from "../support/certified.ts";
import { Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const root = new TestAuthority("cn=Root,o=Example");
const gateway = root.issue("cn=gw");

/** How far a client came and what the gateway counted and knows of it. */
function outcomeOf(certificates: readonly Certificate[], key: Signer, identity?: Identity) {
  const made = specOf();
  const ikePolicies = made.ikePolicies.map((policy) => ({ ...policy, authentication: "rsaSignature" as const }));
  const lab = new Lab({ spec: { ...made, ikePolicies, trustpoints: [trustpoint([root.certificate, gateway])] } });
  lab.request({ type: "credentials", credentials: credentials(keyOf("cn=gw")) });
  const certificate = certified([root.certificate, ...certificates], key, identity);
  const client = lab.client({ nat: lab.nat(), certificate }).connect(130_000);
  const { certificateFaults = {}, ikeSas } = lab.snapshot;
  const faults = Object.keys(certificateFaults).filter((fault) => (certificateFaults[fault] ?? 0) > 0);
  return { state: client.state, faults, known: ikeSas[0]?.peerIdentity, log: lab.log.join("\n") };
}

const NAMES: readonly AlternativeName[] = [
  { type: "dns", name: "laptop.example.net" },
  { type: "email", name: "fred@example.net" },
];
const named = root.issue("cn=laptop", { alternativeNames: NAMES });
const placed = root.issue("cn=laptop", { alternativeNames: [{ type: "address", address: "10.0.0.2" }] });
const other = nameOf("cn=president,o=Example");

/** An identity, the certificate beside it, and whether the two agree. */
const identities: readonly (readonly [string, Identity, Certificate, boolean])[] = [
  ["its host name", { type: "fqdn", name: "LAPTOP.example.net" }, named, true],
  ["its e-mail address", { type: "userFqdn", name: "fred@example.net" }, named, true],
  ["the address of its certificate", { type: "address", address: "10.0.0.2" }, placed, true],
  ["an address, where the certificate says none", { type: "address", address: "10.9.9.9" }, named, true],
  ["another's host name", { type: "fqdn", name: "www.example.net" }, named, false],
  ["its e-mail address as a host name", { type: "fqdn", name: "fred@example.net" }, named, false],
  ["another's e-mail address", { type: "userFqdn", name: "root@example.net" }, named, false],
  ["another address than its certificate's", { type: "address", address: "10.9.9.9" }, placed, false],
  ["another subject", { type: "distinguishedName", der: other.der, text: "" }, named, false],
  ["a key identifier", { type: "keyId", bytes: Uint8Array.of(1, 2, 3) }, named, false],
];

test.each(identities)("a client that calls itself by %s", (_, identity, certificate, agrees) => {
  const { state, faults, log } = outcomeOf([certificate], keyOf("cn=laptop"), identity);
  expect({ state, faults }, log).toEqual(
    agrees ? { state: "up", faults: [] } : { state: "failed", faults: ["wrongIdentity"] },
  );
  if (!agrees) expect(log).toMatch(/certificate refused: it is for cn=laptop, and the peer calls itself /);
});

test("a client behind a NAT that calls itself by an address is known by its subject", () => {
  const { known } = outcomeOf([named], keyOf("cn=laptop"), { type: "address", address: "10.9.9.9" });
  expect(known).toMatchObject({ type: "distinguishedName", text: "cn=laptop" });
});

function below(authorities: number): { readonly chain: readonly Certificate[]; readonly last: TestAuthority } {
  let last = root;
  const chain: Certificate[] = [];
  for (let depth = 1; depth <= authorities; depth += 1) {
    last = new TestAuthority(`cn=Level ${depth}`, {}, last);
    chain.push(last.certificate);
  }
  return { chain, last };
}

test("four authorities may stand between a client and the root, and five are too many", () => {
  for (const [count, expected] of [
    [4, { state: "up", faults: [] }],
    [5, { state: "failed", faults: ["pathTooLong"] }],
  ] as const) {
    const { chain, last } = below(count);
    const { state, faults, log } = outcomeOf([...chain, last.issue("cn=deep")], keyOf("cn=deep"));
    expect({ state, faults }, log).toEqual(expected);
  }
});

test("a client that issues certificates with its own is refused, whoever it signs for", () => {
  const end = root.issue("cn=end", { keyUsage: ["digitalSignature", "keyCertSign"] });
  const friend = new TestAuthority("cn=end");
  const forged = friend.issue("cn=friend");
  // The client must send what is no authority: it takes the end's certificate for one by its own trustpoint's word.
  const chain = [friend.certificate, end, forged];
  const { state, log } = outcomeOf(chain, keyOf("cn=friend"));
  expect(state).toBe("failed");
  expect(log).toMatch(/certificate refused: .*(is not trusted|is no authority)/);
});
