/** Peers told apart by who they prove to be: their own authorities, our own certificate for them, and gateways that serve them alone. */

import { expect, test } from "vitest";
import type { PeerMatchSpec, PeerProfileSpec, RouterSpec } from "../../src/engine/spec.ts";
import { keyOf, TestAuthority } from "../support/authority.ts";
import { certified, trustpoint } from "../support/certified.ts";
import { GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { gatewaySpec, specOf } from "../support/specs.ts";

const staff = new TestAuthority("cn=Staff,o=Example");
const guests = new TestAuthority("cn=Guests,o=Example");
const ours = { staff: staff.issue("cn=gw-staff"), guests: guests.issue("cn=gw-guests") };
const laptop = staff.issue("cn=laptop,ou=Sales");
const tablet = guests.issue("cn=tablet,ou=Visitors");
/** Guests' authority gives itself airs. */
const forged = guests.issue("cn=forger,ou=Sales");

const subject = (value: string): PeerMatchSpec => ({
  type: "certificate",
  conditions: [[{ field: "subject", comparison: "contains", value }]],
});

function profile(
  name: string,
  matches: readonly PeerMatchSpec[],
  more: Partial<PeerProfileSpec> = {},
): PeerProfileSpec {
  return { name, matches, ...more };
}

const SALES = profile("SALES", [subject("ou=sales")], { trustpoints: ["STAFF"] });
const VISITORS = profile("VISITORS", [subject("ou=visitors")], { trustpoints: ["GUESTS"] });

function labOf(peerProfiles: readonly PeerProfileSpec[], change: Partial<RouterSpec> = {}): Lab {
  const made = specOf();
  const signed = made.ikePolicies.map((policy) => ({ ...policy, authentication: "rsaSignature" as const }));
  const own = { usesDatabase: false } as const;
  const lab = new Lab({
    spec: {
      ...made,
      ikePolicies: signed,
      trustpoints: [
        trustpoint([staff.certificate, ours.staff], { ...own, name: "STAFF", keyPair: "staff" }),
        trustpoint([guests.certificate, ours.guests], { ...own, name: "GUESTS", keyPair: "guests" }),
      ],
      peerProfiles,
      ...change,
    },
  });
  const keyPairs = new Map([
    ["staff", keyOf("cn=gw-staff")],
    ["guests", keyOf("cn=gw-guests")],
  ]);
  lab.request({ type: "credentials", credentials: { keyPairs, certificates: [], revocationLists: [] } });
  return lab;
}

const asLaptop = certified([staff.certificate, laptop], keyOf("cn=laptop,ou=Sales"));
const asTablet = certified([guests.certificate, tablet], keyOf("cn=tablet,ou=Visitors"));
const asForger = certified([guests.certificate, forged], keyOf("cn=forger,ou=Sales"));

test.each([
  ["a laptop of the staff", asLaptop, "SALES"],
  ["a visitor's tablet", asTablet, "VISITORS"],
])("%s is believed under the trustpoint of its profile, and renews under it", (_, certificate, name) => {
  const lab = labOf([SALES, VISITORS]);
  const client = lab.client({ nat: lab.nat(), certificate }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
  expect(lab.snapshot.ikeSas[0]).toMatchObject({ peerProfile: name });
  expect(client.ping(INSIDE, 3)).toBe(3);
});

test("a certificate of another authority does not become staff by what it says of itself", () => {
  const lab = labOf([SALES, VISITORS]);
  const client = lab.client({ nat: lab.nat(), certificate: asForger }).connect(130_000);
  expect(client.state).toBe("failed");
  expect(lab.log.join("\n")).toMatch(/certificate refused: .* is not trusted, as profile SALES has it/);
  expect(lab.snapshot.certificateFaults).toMatchObject({ unknownAuthority: expect.any(Number) });
});

test("whom no profile takes is believed under every trustpoint", () => {
  const lab = labOf([SALES]);
  const client = lab.client({ nat: lab.nat(), certificate: asTablet }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
  expect(lab.snapshot.ikeSas[0]?.peerProfile).toBeUndefined();
});

test("a gateway for one profile refuses quick mode to everybody else, and says so", () => {
  const lab = labOf([SALES, VISITORS], { ipsecGateways: [{ ...gatewaySpec, peerProfile: "SALES" }] });
  const nat = lab.nat();
  expect(lab.client({ nat, certificate: asLaptop }).connect().state, lab.log.join("\n")).toBe("up");
  const tabletClient = lab.client({ nat, certificate: asTablet }).connect(60_000);
  expect(tabletClient.state).toBe("failed");
  expect(lab.log.join("\n")).toContain("only peers of profile SALES are served, and the peer is of VISITORS");
});

test("a phase 1 that the gateway renews is signed by the certificate of the peer's profile", () => {
  const made = specOf().ikePolicies.map((policy) => ({
    ...policy,
    authentication: "rsaSignature" as const,
    lifetimeSeconds: 200,
  }));
  const lab = labOf([VISITORS], { ikePolicies: made });
  const client = lab.client({ nat: lab.nat(), certificate: asTablet }).connect();
  const first = lab.snapshot.ikeSas[0]?.id;
  expect(client.ping(INSIDE, 250, 1000), lab.log.join("\n")).toBe(250);
  expect(lab.log.some((line) => line.startsWith("Main mode was started"))).toBe(true);
  expect(lab.snapshot.ikeSas.at(-1)?.id).not.toBe(first);
  expect(client.state, client.reason).toBe("up");
});

/** A name a client opens aggressive mode with, what matches it, and whether it does. */
const names: readonly (readonly [string, string, PeerMatchSpec, boolean])[] = [
  ["a group", "sales", { type: "group", name: "sales" }, true],
  ["a group by its case", "sales", { type: "group", name: "SALES" }, false],
  ["a host", "pc1.example.net", { type: "host", name: "PC1.example.net" }, true],
  ["a host of a domain", "pc1.example.net", { type: "hostDomain", name: "example.net" }, true],
  ["not a host whose domain ends alike", "pc1.notexample.net", { type: "hostDomain", name: "example.net" }, false],
  ["a user", "fred@example.net", { type: "user", name: "fred@example.net" }, true],
  ["a user of a domain", "fred@example.net", { type: "userDomain", name: "example.net" }, true],
  ["not a user as a host", "fred@example.net", { type: "host", name: "fred@example.net" }, false],
  [
    "no name by an address",
    "sales",
    { type: "address", prefix: { address: "0.0.0.0", length: 0 }, virtualRouter: undefined },
    false,
  ],
];

test.each(names)("a profile takes %s", (_, group, match, taken) => {
  const made = specOf();
  const lab = new Lab({
    spec: {
      ...made,
      ikePolicies: made.ikePolicies.map((policy) => ({ ...policy, aggressiveMode: "accepted" as const })),
      peerProfiles: [profile("P", [match])],
    },
  });
  const client = lab.client({ nat: lab.nat(), persona: "linux", plan: { group } }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
  expect(lab.snapshot.ikeSas[0]?.peerProfile).toBe(taken ? "P" : undefined);
});

test.each([
  ["10.0.0.0", 24, "default", true],
  ["0.0.0.0", 0, undefined, true],
  ["10.0.0.0", 24, "elsewhere", false],
  ["198.51.100.0", 24, undefined, false],
] as const)("an address %s/%i in %s is that of the identity, not of the NAT: %s", (address, length, router, taken) => {
  const match: PeerMatchSpec = { type: "address", prefix: { address, length }, virtualRouter: router };
  const lab = new Lab({ spec: { ...specOf(), peerProfiles: [profile("P", [match])] } });
  lab.client({ nat: lab.nat() }).connect();
  expect(lab.snapshot.ikeSas[0]?.peerProfile).toBe(taken ? "P" : undefined);
});

test("dead peer detection is the profile's", () => {
  const dead = { intervalSeconds: 10, retrySeconds: 3, mode: "periodic" } as const;
  const everybody: PeerMatchSpec = {
    type: "address",
    prefix: { address: "0.0.0.0", length: 0 },
    virtualRouter: undefined,
  };
  const made = specOf({ lns: { helloSeconds: 0 }, ppp: { keepaliveSeconds: 0 } });
  const lab = new Lab({ spec: { ...made, peerProfiles: [profile("P", [everybody], { deadPeerDetection: dead })] } });
  const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
  client.vanish();
  lab.run(120_000);
  expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0 });
});

test.each([
  [GATEWAY, true],
  ["203.0.113.99", false],
])("a profile for our address %s takes who called that one: %s", (localAddress, taken) => {
  const everybody: PeerMatchSpec = {
    type: "address",
    prefix: { address: "0.0.0.0", length: 0 },
    virtualRouter: undefined,
  };
  const lab = new Lab({ spec: { ...specOf(), peerProfiles: [profile("P", [everybody], { localAddress })] } });
  lab.client({ nat: lab.nat() }).connect();
  expect(lab.snapshot.ikeSas[0]?.peerProfile).toBe(taken ? "P" : undefined);
});
