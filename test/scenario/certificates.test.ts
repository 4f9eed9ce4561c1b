/** Clients that prove themselves by certificates: who comes in, who does not, and what is told of those. */

import { expect, test } from "vitest";
import type { ClientCertificate } from "../../src/engine/client/client-plan.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import type { Signer } from "../../src/engine/credentials.ts";
import { LARGEST_WHOLE } from "../../src/engine/ike/fragments.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { keyOf, TestAuthority, TODAY } from "../support/authority.ts";
import { certified, credentials, trustpoint } from "../support/certified.ts";
import { failuresOf } from "../support/failures.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const DAY = 86_400_000;
const names = Object.keys(personas) as PersonaName[];
const root = new TestAuthority("cn=Root,o=Example");
const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
const gateway = root.issue("cn=gw.example.net");

function spec(change: Partial<RouterSpec> = {}): RouterSpec {
  const policy = { authentication: "rsaSignature", lifetimeSeconds: 28_800, encryption: "aes", hash: "sha1" } as const;
  const made = specOf({
    gateway: {
      proposals: [
        { label: "AES", cipher: "aes", keyBits: 256, integrity: "sha1", mode: "transport" },
        { label: "AES128", cipher: "aes", keyBits: 128, integrity: "sha1", mode: "transport" },
        { label: "3DES", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "transport" },
      ],
    },
  });
  return {
    ...made,
    ikePolicies: [
      { ...policy, priority: 1, keyBits: 256, group: 20 },
      { ...policy, priority: 2, keyBits: 256, group: 14 },
      { ...policy, priority: 3, keyBits: 128, group: 14 },
      { ...policy, priority: 4, keyBits: 256, group: 2 },
      { ...policy, priority: 5, keyBits: 0, encryption: "3des", group: 2 },
      ...made.ikePolicies.map((each) => ({ ...each, priority: each.priority + 10 })),
    ],
    trustpoints: [trustpoint([root.certificate, gateway])],
    ...change,
  };
}

function labOf(change: Partial<RouterSpec> = {}, revocationLists: readonly Uint8Array[] = []): Lab {
  const lab = new Lab({ spec: spec(change) });
  lab.request({ type: "credentials", credentials: credentials(keyOf("cn=gw.example.net"), revocationLists) });
  return lab;
}

const laptop = root.issue("cn=laptop");
const good = certified([root.certificate, laptop], keyOf("cn=laptop"));

test.each(names)("%s comes in with a certificate from behind a NAT, renews, and leaves nothing behind", (persona) => {
  const lab = labOf();
  const client = lab
    .client({ nat: lab.nat(), persona, certificate: good, manners: { lifetimeSeconds: 600 } })
    .connect();
  expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
  expect(lab.snapshot.ikeSas[0]).toMatchObject({
    policy: { authentication: "rsaSignature" },
    peerIdentity: { type: "distinguishedName", text: "cn=laptop" },
  });
  for (let minute = 0; minute < 12; minute += 1) {
    expect(client.ping(INSIDE, 1), `minute ${minute}`).toBe(1);
    lab.run(58_000);
  }
  client.disconnect();
  lab.run(120_000);
  expect(lab.holdings).toMatchObject({ ikeSas: 0, connections: 0, sessions: 0 });
});

test.each([true, false])(
  "where a NAT drops long packets, certificates come in pieces, if both ends do that (%s)",
  (fragmentation) => {
    const lab = labOf({ ikeFragmentation: fragmentation });
    // With the marker of the NAT traversal port.
    lab.network.setFilter(({ payload }) => payload.length <= LARGEST_WHOLE + 4);
    const deep = middle.issue("cn=laptop");
    const certificate = certified([root.certificate, middle.certificate, deep], keyOf("cn=laptop"));
    const client = lab.client({ nat: lab.nat(), persona: "windows-10", certificate }).connect();
    expect(client.state, lab.log.join("\n")).toBe(fragmentation ? "up" : "failed");
    if (fragmentation) expect(client.ping(INSIDE, 3)).toBe(3);
  },
);

test("pieces and all, it comes up over a lossy network", () => {
  const lab = labOf({ ikeFragmentation: true });
  Object.assign(lab.network.faults, { loss: 0.2, duplication: 0.2, jitterMillis: 50 });
  const deep = middle.issue("cn=laptop");
  const certificate = certified([root.certificate, middle.certificate, deep], keyOf("cn=laptop"));
  const client = lab.client({ nat: lab.nat(), persona: "windows-10", certificate }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
});

test("certificates in PKCS #7, as Windows XP sends them, with the authority between", () => {
  const pc = middle.issue("cn=xp");
  const certificate = certified([root.certificate, middle.certificate, pc], keyOf("cn=xp"));
  const lab = labOf();
  const client = lab.client({ nat: lab.nat(), certificate, manners: { certificateEncoding: "pkcs7" } }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
});

test("clients with a key and clients with a certificate come in side by side", () => {
  const lab = labOf();
  const nat = lab.nat();
  const clients = [lab.client({ nat }), lab.client({ nat, certificate: good })].map((client) => client.connect());
  expect(
    clients.map(({ state }) => state),
    lab.log.join("\n"),
  ).toEqual(["up", "up"]);
  expect(lab.snapshot.ikeSas.map(({ policy }) => policy?.authentication).sort()).toEqual(["preShared", "rsaSignature"]);
});

test("the gateway renews phase 1 itself, with its certificate, and no pre-shared key anywhere", () => {
  const short = { ...spec().ikePolicies[4], lifetimeSeconds: 600 } as RouterSpec["ikePolicies"][number];
  const lab = labOf({ preSharedKeys: [], ikePolicies: [short] });
  const client = lab.client({ nat: lab.nat(), certificate: good }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
  for (let minute = 0; minute < 30; minute += 1) {
    expect(client.ping(INSIDE, 1), `minute ${minute}`).toBe(1);
    lab.run(58_000);
  }
  expect(lab.log.filter((line) => line.startsWith("Phase 1 was established")).length).toBeGreaterThan(2);
});

const stranger = new TestAuthority("cn=Root,o=Elsewhere");
const weak = keyOf("weak", 512);

interface Refused {
  /** The counter that goes up. */
  readonly fault: string;
  readonly client: ClientCertificate;
  readonly spec?: Partial<RouterSpec>;
  readonly lists?: readonly Uint8Array[];
  readonly says: RegExp;
  /** What helps, where nothing else is refused for that reason. */
  readonly change?: string;
}

function of(change: Parameters<TestAuthority["issue"]>[1], authority = root): ClientCertificate {
  return certified([root.certificate, authority.issue("cn=laptop", change)], keyOf("cn=laptop"));
}

/** Signs like the key of `laptop`, and is another. */
const impostor: Signer = { publicKey: keyOf("cn=laptop").publicKey, sign: (octets) => keyOf("impostor").sign(octets) };
const shouts: Signer = {
  publicKey: keyOf("cn=laptop").publicKey,
  sign: (octets) => keyOf("cn=laptop").signDigest("sha1", octets),
};
const required = { trustpoints: [trustpoint([root.certificate, gateway], { revocation: "required" })] };

const refused: Readonly<Record<string, Refused>> = {
  "another authority": { fault: "unknownAuthority", client: of({}, stranger), says: /Elsewhere.*is not trusted/ },
  "a certificate signed by itself": {
    fault: "unknownAuthority",
    client: of({ issuer: laptop.subject }),
    says: /signed by itself/,
  },
  "a certificate that has expired": {
    fault: "expired",
    client: of({ notAfter: TODAY - 1000 }),
    says: /expired at 2026/,
  },
  "a certificate of tomorrow": {
    fault: "notYetValid",
    client: of({ notBefore: TODAY + DAY }),
    says: /not valid before/,
  },
  "a revoked certificate": {
    fault: "revoked",
    client: good,
    spec: required,
    lists: [root.revoke(laptop)],
    says: /was revoked/,
  },
  "no list where one is required": {
    fault: "noRevocationList",
    client: good,
    spec: required,
    says: /no revocation list/,
  },
  "a key that is too short": {
    fault: "unsuitableKey",
    client: certified([root.certificate, root.issue("cn=laptop", {}, weak)], {
      ...impostor,
      publicKey: weak.publicKey,
    }),
    says: /512 bits/,
  },
  "a certificate for something else": {
    fault: "unsuitableKey",
    client: of({ extendedKeyUsage: ["1.3.6.1.5.5.7.3.4"] }),
    says: /other uses than IKE/,
  },
  "the signature of another key": {
    fault: "wrongProof",
    client: certified([root.certificate, laptop], impostor),
    says: /not by its key/,
  },
  "a signature that names its hash": {
    fault: "wrongProof",
    client: certified([root.certificate, laptop], shouts),
    says: /not by its key/,
  },
  "a name that no map takes": {
    fault: "notAllowed",
    client: good,
    spec: {
      trustpoints: [
        trustpoint([root.certificate, gateway], {
          conditions: [[{ field: "subject", comparison: "contains", value: "cn = desk" }]],
        }),
      ],
    },
    says: /no certificate map of EXAMPLE takes cn=laptop/,
    change: "let a certificate map take this name, if it is to come in",
  },
};

test.each(Object.entries(refused))("refused: %s", (_, { fault, client, spec: changed, lists, says, change }) => {
  const lab = labOf(changed, lists);
  const refusedClient = lab.client({ nat: lab.nat(), certificate: client }).connect(130_000);
  expect(refusedClient.state).toBe("failed");
  const log = lab.log.join("\n");
  expect(log).toMatch(says);
  expect(lab.snapshot.certificateFaults?.[fault], log).toBeGreaterThan(0);
  const [failure] = failuresOf(lab.events);
  expect(failure).toMatchObject({ step: "certificate", windowsError: 789 });
  expect(failure?.reason).toMatch(says);
  expect(failure?.change).not.toBe("have the certificate made anew");
  if (change !== undefined) expect(failure?.change).toBe(change);
  lab.run(200_000);
  expect(lab.holdings).toMatchObject({ ikeSas: 0, connections: 0 });
});

function stateOf(lab: Lab, client: LabClient): string {
  return `${client.connect(130_000).state}: ${client.reason} ${lab.log.join("\n")}`;
}

test("a client does not believe a gateway of another authority, nor one without a certificate", () => {
  const elsewhere = certified([stranger.certificate, root.issue("cn=laptop")], keyOf("cn=laptop"));
  const lab = labOf();
  expect(stateOf(lab, lab.client({ nat: lab.nat(), certificate: elsewhere }))).toMatch(/^failed: .*not trusted/);
  const bare = new Lab({ spec: spec() });
  expect(stateOf(bare, bare.client({ nat: bare.nat(), certificate: good }))).toMatch(/^failed/);
});

test("a map that takes the name lets it in, and a map of other conditions beside it does not matter", () => {
  const conditions = [
    [{ field: "issuer", comparison: "contains", value: "nobody" }],
    [
      { field: "subject", comparison: "equals", value: "CN=Laptop" },
      { field: "issuer", comparison: "contains", value: "o=example" },
    ],
  ] as const;
  const lab = labOf({ trustpoints: [trustpoint([root.certificate, gateway], { conditions })] });
  expect(lab.client({ nat: lab.nat(), certificate: good }).connect().state, lab.log.join("\n")).toBe("up");
});

test("the certificate of the authority that the client asks for is shown to it", () => {
  const other = new TestAuthority("cn=Other");
  const second = other.issue("cn=gw2");
  const lab = new Lab({
    spec: spec({
      trustpoints: [
        trustpoint([root.certificate, gateway], { name: "FIRST", keyPair: "first" }),
        trustpoint([other.certificate, second], { name: "SECOND", keyPair: "second" }),
      ],
    }),
  });
  const keyPairs = new Map([
    ["first", keyOf("cn=gw.example.net")],
    ["second", keyOf("cn=gw2")],
  ]);
  lab.request({ type: "credentials", credentials: { keyPairs, certificates: [], revocationLists: [] } });
  const certificate = certified([other.certificate, other.issue("cn=laptop")], keyOf("cn=laptop"));
  expect(lab.client({ nat: lab.nat(), certificate }).connect().state, lab.log.join("\n")).toBe("up");
});

test("nothing of a private key is ever logged", () => {
  const lab = labOf();
  const client = lab.client({ nat: lab.nat(), certificate: good }).connect();
  expect([...lab.log, ...client.events.map((event) => JSON.stringify(event))].join("\n")).not.toMatch(/PRIVATE|MII/);
});
