/** Bad links: loss, duplicates, packets that overtake each other, on many seeds; and many clients behind one NAT. */

import { expect, test } from "vitest";
import type { NetworkOptions } from "../../src/dataplane/sim/network.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };
const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1);

const links: Readonly<Record<string, Partial<NetworkOptions>>> = {
  "a fifth of all packets lost": { loss: 0.2 },
  "a third of all packets doubled": { duplication: 0.3 },
  "packets that overtake each other": { jitterMillis: 300 },
  "all of it together": { loss: 0.2, duplication: 0.2, jitterMillis: 200 },
};

/** Beyond what the protocols' retransmissions can mend: six losses of one message and its answer in a row. */
const UNLUCKY = 1;

/** Nobody idles out while a message is repeated. */
const spec = specOf();
const patient = { ...spec, l2tp: { ...spec.l2tp, idleTimeoutSeconds: 60 } };

/** What told the client that it is up may have to be repeated before the gateway thinks so, too. */
function comesToWork(client: LabClient): boolean {
  for (let round = 0; round < 20; round += 1) if (client.ping(INSIDE, 10, 500) > 3) return true;
  return false;
}

for (const persona of ["windows-2000", "linux"] as const) {
  test.each(Object.entries(links))(`${persona} comes up, works and leaves no trace with %s`, (_, network) => {
    let unlucky = 0;
    for (const seed of SEEDS) {
      const lab = new Lab({ spec: patient, network, seed });
      const client = lab.client({ nat: lab.nat(), persona }).connect(120_000);
      const about = () => `seed ${seed}: ${client.reason}\n${lab.log.join("\n")}`;
      const works = comesToWork(client);
      if (client.state === "up") {
        expect(lab.holdings, about()).toMatchObject({ connections: 1, sessions: 1, leases: 1 });
        expect(lab.snapshot.connections[0]?.demuxPort).toBe(1024);
        expect(works, about()).toBe(true);
      } else {
        expect(client.reason, about()).toMatch(/does not answer|did not answer/);
        unlucky += 1;
      }
      client.disconnect();
      lab.run(600_000);
      expect(client.state, about()).toMatch(/closed|failed/);
      expect(lab.holdings, about()).toMatchObject({ sessions: 0, leases: 0 });
    }
    expect(unlucky).toBeLessThanOrEqual(UNLUCKY);
  });
}

test("a link that only doubles and reorders loses no ping", () => {
  for (const seed of SEEDS) {
    const lab = new Lab({ spec: specOf(), network: { duplication: 0.3, jitterMillis: 100 }, seed });
    const client = lab.client({ nat: lab.nat() }).connect();
    lab.run(1000);
    expect(client.ping(INSIDE, 30), `seed ${seed}`).toBe(30);
  }
});

/** Addresses enough for everybody. */
function roomy() {
  const spec = specOf();
  const pools = [{ name: "POOL", ranges: [{ first: "20.0.1.1", last: "20.0.1.200" }] }];
  return { ...spec, virtualRouters: spec.virtualRouters.map((router) => ({ ...router, pools })) };
}

test("fifty clients behind one NAT come up together, each with a port and an address of its own", () => {
  const lab = new Lab({ spec: roomy(), network: { jitterMillis: 20 } });
  const nat = lab.nat();
  const clients = Array.from({ length: 50 }, (_, index) =>
    lab.client({ nat, persona: index % 2 === 0 ? "windows-2000" : "linux" }),
  );
  for (const client of clients) client.startConnecting();
  lab.run(30_000);
  expect(clients.filter(({ state }) => state !== "up")).toEqual([]);
  const ports = lab.snapshot.connections.map(({ demuxPort }) => demuxPort ?? 0).sort((a, b) => a - b);
  expect(ports).toEqual(Array.from({ length: 50 }, (_, index) => 1024 + index));
  expect(new Set(clients.map(({ address }) => address)).size).toBe(50);
  expect(lab.pingTogether(clients, INSIDE, 3)).toEqual(clients.map(() => 3));
});

test("fifty clients on a lossy link come up, and when all have gone nothing is left", () => {
  const lab = new Lab({ spec: roomy(), network: { loss: 0.1, jitterMillis: 20 }, seed: 3 });
  const nat = lab.nat();
  const clients = Array.from({ length: 50 }, () => lab.client({ nat }));
  for (const client of clients) client.startConnecting();
  lab.run(60_000);
  expect(clients.filter(({ state }) => state !== "up").map(({ reason }) => reason)).toEqual([]);
  for (const client of clients) client.disconnect();
  lab.run(14 * 3_600_000);
  expect(lab.holdings).toEqual(NOTHING);
});

test("on a link that changes octets nothing that was changed is believed, and everything else passes", () => {
  for (const seed of SEEDS.slice(0, 10)) {
    const lab = new Lab({ spec: patient, seed });
    const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
    lab.run(1000);
    const before = lab.holdings;
    lab.network.faults.corruption = 0.05;
    const answered = client.ping(INSIDE, 300, 100);
    lab.network.faults.corruption = 0;
    const [{ sas } = { sas: [] }] = lab.snapshot.connections;
    const refused = sas.reduce((sum, { inbound }) => sum + inbound.authenticationErrors + inbound.decryptErrors, 0);
    expect(refused, `seed ${seed}`).toBeGreaterThan(0);
    // Both ways and a little more than chance.
    expect(answered).toBeGreaterThan(300 * 0.8);
    expect(answered).toBeLessThan(300);
    expect(lab.holdings).toEqual(before);
    expect(client.ping(INSIDE, 3)).toBe(3);
  }
});

test("a client that calls again comes up over a link that loses, doubles, reorders and changes packets", () => {
  const network = { loss: 0.1, duplication: 0.1, jitterMillis: 100, corruption: 0.05 };
  for (const seed of SEEDS.slice(0, 10)) {
    const lab = new Lab({ spec: patient, network, seed });
    const client = lab.client({ nat: lab.nat(), persona: "linux" });
    for (let calls = 0; calls < 10 && client.state !== "up"; calls += 1) client.connect(120_000);
    expect(client.state, `seed ${seed}: ${client.reason}`).toBe("up");
    expect(comesToWork(client), `seed ${seed}`).toBe(true);
  }
});
