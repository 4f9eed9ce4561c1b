/** Peers that vanish, move, or start anew. */

import { expect, test } from "vitest";
import type { OuterPacket } from "../../src/dataplane/packet.ts";
import { failureRule } from "../../src/modes/common/failure-rules.ts";
import { INSIDE, Lab, NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };

const isOf = (address: string) => (packet: OuterPacket) =>
  packet.source.address === address || packet.destination.address === address;

/** The NAT and all behind it are cut off. */
function cutOff(lab: Lab, address = NAT): void {
  lab.network.setFilter((packet) => !isOf(address)(packet));
}

function says(lab: Lab, text: string): boolean {
  return lab.log.some((line) => line.includes(text));
}

test.each(["periodic", "onDemand"] as const)("dead peer detection (%s) finds a peer that vanished", (mode) => {
  const lab = new Lab({
    spec: specOf({
      // Nobody else shall find it first; on demand something must be sent for a question to arise.
      lns: { helloSeconds: 0 },
      ppp: { keepaliveSeconds: mode === "onDemand" ? 10 : 0, keepaliveRetries: 1000 },
      router: { deadPeerDetection: { intervalSeconds: 10, retrySeconds: 3, mode } },
    }),
  });
  const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
  lab.run(120_000);
  expect(client.ping(INSIDE, 3)).toBe(3);
  cutOff(lab);
  lab.run(60_000);
  expect(says(lab, "Peer does not answer dead peer detection")).toBe(true);
  expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0, leases: 0 });
  lab.run(60_000);
  expect(lab.holdings).toEqual(NOTHING);
});

test("LCP echo finds a peer that vanished, and everything of it is freed in the end", () => {
  const lab = new Lab({
    spec: specOf({ lns: { helloSeconds: 0 }, ppp: { keepaliveSeconds: 10, keepaliveRetries: 3 } }),
  });
  const client = lab.client({ nat: lab.nat() }).connect();
  lab.run(120_000);
  expect(client.ping(INSIDE, 3)).toBe(3);
  cutOff(lab);
  lab.run(60_000);
  expect(lab.holdings).toMatchObject({ sessions: 0, leases: 0 });
  const why = lab.events.find(({ fields }) => fields.reason === "the peer does not answer LCP echoes");
  expect(why === undefined ? undefined : failureRule(why)).toMatchObject({ step: "liveness" });
  // Nobody asks IKE: the IPsec SAs live until they expire.
  lab.run(2 * 3_600_000);
  expect(lab.holdings.connections).toBe(0);
  lab.run(10 * 3_600_000);
  expect(lab.holdings).toEqual(NOTHING);
});

test("L2TP hello finds a peer that vanished", () => {
  const lab = new Lab({ spec: specOf({ lns: { helloSeconds: 20 }, ppp: { keepaliveSeconds: 0 } }) });
  const client = lab.client({ nat: lab.nat() }).connect();
  lab.run(120_000);
  expect(client.ping(INSIDE, 3)).toBe(3);
  cutOff(lab);
  lab.run(180_000);
  expect(says(lab, "the peer does not answer")).toBe(true);
  expect(lab.holdings).toMatchObject({ sessions: 0, leases: 0 });
});

test("an idle client that answers is kept for half a day", () => {
  const lab = new Lab({
    spec: specOf({ router: { deadPeerDetection: { intervalSeconds: 30, retrySeconds: 5, mode: "periodic" } } }),
  });
  const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
  lab.run(12 * 3_600_000);
  expect(client.state, client.reason).toBe("up");
  expect(client.ping(INSIDE, 5)).toBe(5);
  expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1, sessions: 1, leases: 1 });
});

test("a NAT that gives the client a new port in mid-session is followed", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat, persona: "linux" }).connect()];
  const before = lab.snapshot.connections.map(({ flow }) => flow.remote.port);
  for (let round = 0; round < 3; round += 1) {
    nat.rebind();
    // The first packet of each tells where it is now; the answer to that one may still go where it was.
    for (const answered of lab.pingTogether(clients, INSIDE, 10)) expect(answered).toBeGreaterThanOrEqual(9);
    expect(lab.pingTogether(clients, INSIDE, 10)).toEqual([10, 10]);
  }
  const { connections, l2tp } = lab.snapshot;
  expect(connections.map(({ flow }) => flow.remote.port)).not.toEqual(before);
  expect(connections.map(({ demuxPort }) => demuxPort)).toEqual([1024, 1025]);
  expect(l2tp.tunnels.map(({ path }) => path.remote.port)).toEqual([1024, 1025]);
});

test("after a rebinding the next renewal of SAs goes through the new port", () => {
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeSeconds: 120 } }) });
  const nat = lab.nat();
  const client = lab.client({ nat }).connect();
  nat.rebind();
  client.ping(INSIDE);
  expect(client.ping(INSIDE, 100, 3000)).toBe(100);
});

test("a client that was cut off for half a minute goes on as if nothing had happened", () => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat() }).connect();
  cutOff(lab);
  expect(client.ping(INSIDE, 3, 8000)).toBe(0);
  lab.network.setFilter(() => true);
  expect(client.ping(INSIDE, 5)).toBe(5);
  lab.run(120_000);
  expect(client.state).toBe("up");
});

test.each(["portDemux", "perConnection", "none"] as const)(
  "complete new phases 1 and 2 from the same endpoint keep the L2TP session, as Apple's clients need it (%s)",
  (separation) => {
    const spec = specOf({ gateway: { separation, lifetimeSeconds: 100 } });
    const ikePolicies = spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: 100 }));
    const lab = new Lab({ spec: { ...spec, ikePolicies } });
    const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
    const { connections, ikeSas, sessions } = lab.snapshot;
    expect(client.ping(INSIDE, 100, 3000)).toBe(100);
    const after = lab.snapshot;
    expect(after.sessions).toMatchObject([{ session: sessions[0]?.session }]);
    expect(after.connections).toMatchObject([{ connection: connections[0]?.connection }]);
    expect(after.ikeSas.map(({ id }) => id)).not.toContain(ikeSas[0]?.id);
    const spis = after.connections.flatMap(({ sas }) => sas.map(({ inboundSpi }) => inboundSpi));
    expect(spis).not.toContain(connections[0]?.sas[0]?.inboundSpi);
  },
);

test("a client that lost its power comes back from the same endpoint and takes its place again", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const before = lab.client({ nat, persona: "linux", address: "10.0.0.2" }).connect();
  expect(before.ping(INSIDE, 2)).toBe(2);
  const neighbour = lab.client({ nat }).connect();
  // The same machine, with nothing in its memory.
  const after = lab.client({ nat, persona: "linux", address: "10.0.0.2" }).connect();
  expect(after.state, after.reason).toBe("up");
  expect(lab.pingTogether([after, neighbour], INSIDE, 5)).toEqual([5, 5]);
  expect(lab.snapshot.connections).toHaveLength(2);
  expect(lab.holdings).toMatchObject({ sessions: 2, leases: 2 });
});

test("a Windows client that lost its power comes back without INITIAL-CONTACT", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  lab.client({ nat, address: "10.0.0.2" }).connect();
  const after = lab.client({ nat, address: "10.0.0.2" }).connect();
  expect(after.state, after.reason).toBe("up");
  expect(after.ping(INSIDE, 5)).toBe(5);
  lab.run(120_000);
  expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1, sessions: 1, leases: 1 });
});
