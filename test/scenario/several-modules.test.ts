/** A gateway whose line modules are on several threads, here without the threads: clients notice nothing of it, until one of them is lost. */

import { expect, test } from "vitest";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { INSIDE, Lab, NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const CROWD = 120;
const PORTS_EACH = 100;

function crowdedSpec() {
  const spec = specOf({ gateway: { lifetimeSeconds: 100 } });
  return {
    ...spec,
    ikePolicies: spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: 150 })),
    virtualRouters: spec.virtualRouters.map((router) => ({
      ...router,
      pools: [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.1.255" }] }],
    })),
  };
}

test("a crowd of clients of four line modules connect, move, renew both phases and reach each other, whatever the kernel mixes up", () => {
  const lab = new Lab({ spec: crowdedSpec(), lineModules: { count: 4, messageMillis: 2, strayShare: 0.1 } });
  const nats = Array.from({ length: CROWD }, (_, index) => {
    return new Nat({ outside: NAT, ports: { first: 20_000 + index * PORTS_EACH } });
  });
  const clients = nats.map((nat) => lab.client({ nat, address: "10.0.0.2" }));
  for (const client of clients) {
    client.startConnecting();
    lab.run(50);
  }
  lab.run(5000);
  expect(clients.filter((client) => client.state !== "up").map((client) => client.reason)).toEqual([]);
  expect(lab.pingTogether(clients, INSIDE, 8, 20_000)).toEqual(clients.map(() => 8));
  for (const nat of nats.slice(0, 20)) nat.rebind();
  // What is answered to the first packet still goes to the old port.
  lab.pingTogether(clients, INSIDE, 1);
  const neighbour = (_: unknown, index: number) => clients[(index + 1) % clients.length]?.address ?? "";
  expect(lab.pingTogether(clients, neighbour, 3)).toEqual(clients.map(() => 3));
  const { lineModules = [], connections, sessions } = lab.snapshot;
  expect(lineModules.map(({ connections: living }) => living)).toEqual([1, 2, 3, 4].map(() => CROWD / 4));
  expect(sessions).toHaveLength(CROWD);
  for (const { sas, retired } of connections) {
    expect(new Set(sas.map(({ inboundSpi }) => inboundSpi % 4)).size).toBe(1);
    const packets = sas.reduce((sum, { inbound }) => sum + inbound.packets, retired?.inbound.packets ?? 0);
    expect(packets).toBeGreaterThan(10);
  }
  expect(lab.modules?.handedOver).toBeGreaterThan(200);
});

test("who speaks L2TP before the end of quick mode was read is answered as soon as there is a way back", () => {
  const lab = new Lab({ spec: specOf(), lineModules: { count: 2, readLaterMillis: 50 } });
  const nat = lab.nat();
  for (const client of [lab.client({ nat }), lab.client({ nat })]) {
    const begun = lab.network.now;
    expect(client.connect().state).toBe("up");
    expect(lab.network.now - begun).toBeLessThan(1000);
  }
  expect(lab.snapshot.lineModule.noRoute).toBe(0);
});

test("a lost line module ends its own connections: they come back, and the others notice nothing", () => {
  const lab = new Lab({ spec: specOf(), lineModules: { count: 2, messageMillis: 1 } });
  const nat = lab.nat();
  const clients = Array.from({ length: 6 }, () => lab.client({ nat }).connect());
  const before = lab.snapshot;
  const [lost] = before.lineModules ?? [];
  const theirs = new Set(before.connections.filter(({ sas }) => (sas[0]?.inboundSpi ?? 0) % 2 === 0));
  expect(lost).toMatchObject({ module: 1, isWorking: true, losses: 0, connections: 3, sessions: 3 });
  lab.modules?.kill(1, lab.network.now);
  lab.run(1000);
  expect(lab.snapshot.lineModules).toMatchObject([
    { isWorking: false, losses: 1, connections: 0, sessions: 0 },
    { isWorking: true, losses: 0, connections: 3, sessions: 3 },
  ]);
  const closed = lab.log.filter((line) => /^Connection was closed .*"its line module was lost"/.test(line));
  expect(closed).toHaveLength(theirs.size);
  const survivors = clients.filter(({ state }) => state === "up");
  expect(survivors).toHaveLength(3);
  expect(lab.pingTogether(survivors, INSIDE, 3)).toEqual([3, 3, 3]);
  const without = lab.client({ nat }).connect();
  expect(without.state).toBe("up");
  lab.modules?.begin(1);
  const again = clients.filter((client) => !survivors.includes(client)).map((client) => client.connect());
  expect(again.map(({ state }) => state)).toEqual(["up", "up", "up"]);
  const all = [...survivors, without, ...again];
  const neighbour = (_: unknown, index: number) => all[(index + 1) % all.length]?.address ?? "";
  expect(lab.pingTogether(all, neighbour, 3)).toEqual(all.map(() => 3));
  expect(lab.snapshot.lineModules?.map(({ connections }) => connections)).toEqual([2, 5]);
});

test("a client that makes IPsec anew keeps its session although its new connection lives in another line module", () => {
  const lab = new Lab({ spec: specOf(), lineModules: { count: 2, messageMillis: 1 } });
  const nat = lab.nat();
  const client = lab.client({ nat, persona: "macos" }).connect();
  expect(client.ping(INSIDE, 3)).toBe(3);
  const [before] = lab.snapshot.sessions;
  expect(lab.snapshot.lineModules?.map(({ sessions }) => sessions)).toEqual([0, 1]);
  nat.rebind();
  client.renegotiate();
  lab.run(1000);
  expect(client.ping(INSIDE, 5)).toBeGreaterThanOrEqual(4);
  expect(client.ping(INSIDE, 20)).toBe(20);
  const [after] = lab.snapshot.sessions;
  expect(after?.session).toBe(before?.session);
  expect(after?.counters.rxPackets).toBeGreaterThan((before?.counters.rxPackets ?? 0) + 20);
  expect(lab.snapshot.lineModules?.map(({ sessions }) => sessions)).toEqual([1, 0]);
});
