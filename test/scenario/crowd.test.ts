/**
 * A crowd behind one address, as a carrier's NAT makes it: every client has the same private address, speaks from UDP port 1701
 * with tunnel id 1, and only the ports of the NAT tell them apart.
 */

import { expect, test } from "vitest";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { INSIDE, Lab, NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const PORTS_EACH = 100;

test.each([
  ["portDemux", 200],
  ["perConnection", 40],
] as const)(
  "by %s %i clients with one private address connect, ping and renew both phases without meeting",
  (separation, crowd) => {
    const spec = specOf({ gateway: { separation, lifetimeSeconds: 100 } });
    const ikePolicies = spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: 150 }));
    const virtualRouters = spec.virtualRouters.map((router) => ({
      ...router,
      pools: [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.1.255" }] }],
    }));
    const lab = new Lab({ spec: { ...spec, ikePolicies, virtualRouters } });
    const clients = Array.from({ length: crowd }, (_, index) => {
      const nat = new Nat({ outside: NAT, ports: { first: 20_000 + index * PORTS_EACH } });
      return lab.client({ nat, address: "10.0.0.2" });
    });
    for (const client of clients) {
      client.startConnecting();
      lab.run(50);
    }
    lab.run(5000);
    expect(clients.filter((client) => client.state !== "up").map((client) => client.reason)).toEqual([]);
    expect(new Set(clients.map((client) => client.address)).size).toBe(crowd);
    const before = lab.snapshot;
    const spis = new Set(before.connections.flatMap(({ sas }) => sas.map(({ inboundSpi }) => inboundSpi)));
    expect(lab.pingTogether(clients, INSIDE, 10, 20_000)).toEqual(clients.map(() => 10));
    const after = lab.snapshot;
    expect(after.connections.map(({ connection }) => connection)).toEqual(
      before.connections.map(({ connection }) => connection),
    );
    expect(after.sessions).toHaveLength(crowd);
    expect(after.connections.every(({ sas }) => !spis.has(sas.at(-1)?.inboundSpi ?? 0))).toBe(true);
  },
);

test("three hundred clients of one address that all begin at the same moment are up in five seconds, and no one is turned away", () => {
  const spec = specOf();
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    pools: [{ name: "POOL", ranges: [{ first: "20.0.0.1", last: "20.0.2.255" }] }],
  }));
  const lab = new Lab({ spec: { ...spec, virtualRouters }, captures: false });
  const clients = Array.from({ length: 300 }, (_, index) => {
    const nat = new Nat({ outside: NAT, ports: { first: 20_000 + index * 50 } });
    return lab.client({ nat, address: "10.0.0.2" });
  });
  for (const client of clients) client.startConnecting();
  lab.run(5000);
  expect(clients.filter(({ state }) => state !== "up").map(({ state, reason }) => reason ?? state)).toEqual([]);
});
