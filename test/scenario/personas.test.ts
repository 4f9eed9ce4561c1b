/** Every kind of client that meets such a gateway: it connects, passes traffic, renews both phases, disconnects, and comes back after a crash. */

import { expect, test } from "vitest";
import { PERSONA_NAMES as names } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import type { IkePolicySpec, RouterSpec } from "../../src/engine/spec.ts";
import { INSIDE, Lab, NAT, OTHER_NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };

function count(lab: Lab, text: string): number {
  return lab.events.filter((event) => event.text === text).length;
}

/** What a gateway for all of them offers: the strongest first. */
function spec(): RouterSpec {
  const proposal = { keyBits: 0, integrity: "sha1", mode: "transport" } as const;
  const made = specOf({
    gateway: {
      proposals: [
        { ...proposal, label: "GCM", cipher: "aes-gcm", keyBits: 128, integrity: undefined },
        { ...proposal, label: "AES256", cipher: "aes", keyBits: 256 },
        { ...proposal, label: "AES128", cipher: "aes", keyBits: 128 },
        { ...proposal, label: "3DES", cipher: "3des" },
      ],
    },
    lns: { helloSeconds: 60 },
  });
  const policy = { hash: "sha1", authentication: "preShared", lifetimeSeconds: 28_800, encryption: "aes" } as const;
  // An address for each of them.
  const pools = [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.0.199" }] }];
  return {
    ...made,
    virtualRouters: made.virtualRouters.map((router) => ({ ...router, pools })),
    ikePolicies: [
      { ...policy, priority: 1, keyBits: 256, group: 20 },
      { ...policy, priority: 2, keyBits: 256, group: 14 },
      { ...policy, priority: 3, keyBits: 128, group: 14 },
      { ...policy, priority: 4, keyBits: 256, group: 2 },
      { ...policy, priority: 5, keyBits: 0, encryption: "3des", group: 2 },
    ],
  };
}

test.each(names)("%s connects from behind a NAT, pings, and leaves nothing behind when it goes", (persona) => {
  const lab = new Lab({ spec: spec() });
  const begun = lab.network.now;
  const client = lab.client({ nat: lab.nat(), persona }).connect();
  expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
  // Nothing was lost, so nobody may have waited for anything to be sent again: what comes together is taken together.
  expect(lab.network.now - begun).toBeLessThan(1000);
  expect(client.ping(INSIDE, 5)).toBe(5);
  client.disconnect();
  lab.run(120_000);
  expect(lab.holdings).toEqual(NOTHING);
});

test("Windows 10 is given the curve that it asks for first", () => {
  const lab = new Lab({ spec: spec() });
  lab.client({ nat: lab.nat(), persona: "windows-10" }).connect();
  expect(lab.snapshot.ikeSas[0]?.policy).toMatchObject({ group: 20, keyBits: 256 });
});

test("ChromeOS is given the AES-GCM that it asks for first", () => {
  const lab = new Lab({ spec: spec() });
  const client = lab.client({ nat: lab.nat(), persona: "chromeos" }).connect();
  expect(client.ping(INSIDE, 5)).toBe(5);
  expect(lab.snapshot.connections[0]?.sas[0]).toMatchObject({ proposal: { label: "GCM" } });
});

test("Android up to 7, which cuts SHA-256 to 96 bits, passes traffic all the same", () => {
  const sha256 = { label: "", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" } as const;
  const lab = new Lab({ spec: specOf({ gateway: { proposals: [sha256] } }) });
  const manners = { proposals: [{ ...sha256, icvOctets: 12 }] } as const;
  const client = lab.client({ nat: lab.nat(), persona: "android", manners }).connect();
  expect(client.ping(INSIDE, 5), lab.log.join("\n")).toBe(5);
  expect(lab.log.join("\n")).toContain('length of the ICV was learned from the peer {"connection":1,"bits":96}');
});

/** Which end finds that which SA is to be replaced: by the lives that the two ends know of, or by volume. */
const renewals = names.flatMap((persona) =>
  (["phase 1", "phase 2"] as const).flatMap((phase) =>
    (["client", "gateway"] as const).map((end) => ({ persona, phase, end })),
  ),
);

test.each(renewals)(
  "$persona: the $end renews $phase under traffic, and no ping is lost",
  ({ persona, phase, end }) => {
    const lives = (seconds: number) => (policy: IkePolicySpec) => ({ ...policy, lifetimeSeconds: seconds });
    const made = spec();
    const gateways = made.ipsecGateways.map((gateway) =>
      phase === "phase 2" && end === "gateway" ? { ...gateway, lifetimeKilobytes: 20 } : gateway,
    );
    const ikePolicies = phase === "phase 1" && end === "gateway" ? made.ikePolicies.map(lives(200)) : made.ikePolicies;
    const lab = new Lab({ spec: { ...made, ipsecGateways: gateways, ikePolicies } });
    const { policies } = personas[persona];
    const manners = {
      ...(phase === "phase 2" && end === "client" ? { lifetimeSeconds: 120 } : {}),
      ...(phase === "phase 1" && end === "client" ? { policies: policies.map(lives(200)) } : {}),
    };
    const client = lab.client({ nat: lab.nat(), persona, manners }).connect();
    const before = { phase1: count(lab, "Main mode was started"), phase2: count(lab, "Quick mode was started") };
    const { ikeSas, connections } = lab.snapshot;
    expect(client.ping(INSIDE, 250, 1000)).toBe(250);
    const after = lab.snapshot;
    const started = phase === "phase 1" ? "Main mode was started" : "Quick mode was started";
    const gatewayStarted = count(lab, started) - (phase === "phase 1" ? before.phase1 : before.phase2);
    expect(gatewayStarted > 0).toBe(end === "gateway");
    if (phase === "phase 1") expect(after.ikeSas.at(-1)?.id).not.toBe(ikeSas[0]?.id);
    else expect(after.connections[0]?.sas.at(-1)?.inboundSpi).not.toBe(connections[0]?.sas[0]?.inboundSpi);
    expect(after.sessions).toHaveLength(1);
  },
);

test.each(names)("%s roams: another port, then another address of the NAT, and the session stays", (persona) => {
  const lab = new Lab({ spec: spec() });
  const nat = lab.nat();
  const client = lab.client({ nat, persona, manners: { lifetimeSeconds: 300 } }).connect();
  const session = lab.snapshot.sessions[0]?.session;
  for (const move of [() => nat.rebind(), () => nat.moveTo(OTHER_NAT), () => nat.moveTo(NAT)]) {
    move();
    expect(client.ping(INSIDE, 10)).toBeGreaterThanOrEqual(9);
    expect(client.ping(INSIDE, 100, 5000)).toBe(100);
  }
  expect(lab.snapshot.sessions).toMatchObject([{ session }]);
  expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1 });
});

test("one of each, behind one NAT, all connected at once", () => {
  const lab = new Lab({ spec: spec() });
  const nat = lab.nat();
  const clients = names.map((persona) => lab.client({ nat, persona }).connect());
  expect(
    clients.map((client) => client.state),
    lab.log.join("\n"),
  ).toEqual(names.map(() => "up"));
  expect(lab.pingTogether(clients, INSIDE, 5)).toEqual(names.map(() => 5));
});

test.each(names)("%s is told when an operator clears it, and may come in again at once", (persona) => {
  const lab = new Lab({ spec: spec() });
  const nat = lab.nat();
  const client = lab.client({ nat, persona }).connect();
  const { connection = 0 } = lab.snapshot.connections[0] ?? {};
  lab.request({ type: "closeConnection", connection, reason: "cleared by an operator" });
  lab.run(1000);
  expect(client.state, client.reason).toBe("failed");
  lab.run(120_000);
  expect(lab.holdings).toEqual(NOTHING);
  expect(lab.client({ nat, persona }).connect().ping(INSIDE, 3)).toBe(3);
});

/** Where a client that lost its power comes back: the NAT still knows its port, or gives it another one. */
const returns = names.flatMap((persona) => ["the same port", "another port"].map((port) => ({ persona, port })));

test.each(returns)("$persona crashes and comes back from $port, and is there once", ({ persona, port }) => {
  const lab = new Lab({ spec: spec() });
  const nat = lab.nat();
  const lost = lab.client({ nat, persona, address: "10.0.0.9" }).connect();
  expect(lost.ping(INSIDE, 2)).toBe(2);
  lost.vanish();
  if (port === "another port") nat.rebind();
  const again = lab.client({ nat, persona, address: "10.0.0.9" }).connect();
  expect(again.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
  expect(again.ping(INSIDE, 3)).toBe(3);
  // What it had before is found to be dead by what asks: echoes end the session, and with time the SAs go too.
  expect(again.ping(INSIDE, 30, 10_000)).toBe(30);
  expect(lab.holdings).toMatchObject({ sessions: 1, tunnels: 1, leases: 1 });
});

test.each(names)("%s notices that the gateway is gone, by its own means, and says so", (persona) => {
  const quiet = spec();
  const lab = new Lab({
    spec: {
      ...quiet,
      lnsProfiles: quiet.lnsProfiles.map((profile) => ({ ...profile, helloSeconds: 0 })),
      pppProfiles: quiet.pppProfiles.map((profile) => ({ ...profile, keepaliveSeconds: 0 })),
    },
  });
  const client = lab.client({ nat: lab.nat(), persona }).connect();
  lab.run(300_000);
  expect(client.state, client.reason).toBe("up");
  lab.network.setFilter(() => false);
  lab.run(180_000);
  expect(client.state).toBe("failed");
  expect(client.reason).toMatch(/did not answer dead peer detection|does not answer/);
  expect(client.events.at(-1)).toMatchObject({ text: "client failed", fields: { reason: client.reason } });
});
