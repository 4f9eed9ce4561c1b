/** `set nat demux`, as the Cisco document tells it: clients behind one NAT, all on port 1701 with tunnel id 1. */

import { expect, test } from "vitest";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { INSIDE, Lab, type LabClient, NAT, OTHER_NAT } from "../support/lab.ts";
import { seededRandom } from "../support/random.ts";
import { specOf } from "../support/specs.ts";

function translatedPorts(lab: Lab): (number | undefined)[] {
  return lab.snapshot.connections.map(({ demuxPort }) => demuxPort);
}

/** The port that L2TP knows a client by. */
function l2tpPorts(lab: Lab): number[] {
  return lab.snapshot.l2tp.tunnels.map(({ path }) => path.remote.port);
}

function addresses(clients: readonly LabClient[]): (string | undefined)[] {
  return clients.map(({ address }) => address);
}

test("two Windows clients behind one PAT, both on port 1701 with tunnel id 1, keep their sessions apart", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
  expect(addresses(clients)).toEqual(["20.0.0.100", "20.0.0.101"]);
  expect(translatedPorts(lab)).toEqual([1024, 1025]);
  expect(l2tpPorts(lab)).toEqual([1024, 1025]);
  expect(lab.snapshot.l2tp.tunnels.map(({ remoteTunnelId }) => remoteTunnelId)).toEqual([1, 1]);
  expect(lab.pingTogether(clients, INSIDE, 20)).toEqual([20, 20]);
});

test("a client keeps its port through every new SA, also while its neighbour comes and goes", () => {
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeSeconds: 120 } }) });
  const nat = lab.nat();
  const neighbour = lab.client({ nat }).connect();
  const client = lab.client({ nat }).connect();
  const firstSpi = lab.snapshot.connections[1]?.sas[0]?.inboundSpi;
  expect(client.ping(INSIDE, 100, 3000)).toBe(100);
  neighbour.disconnect();
  expect(client.ping(INSIDE, 50, 3000)).toBe(50);
  expect(lab.snapshot.connections).toMatchObject([{ demuxPort: 1025 }]);
  expect(lab.snapshot.connections[0]?.sas.map(({ inboundSpi }) => inboundSpi)).not.toContain(firstSpi);
  expect(l2tpPorts(lab)).toContain(1025);
});

test("a client that leaves frees its port and its address, and the next client gets port 1024 again", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const first = lab.client({ nat }).connect();
  const second = lab.client({ nat }).connect();
  first.disconnect();
  expect(translatedPorts(lab)).toEqual([1025]);
  expect(lab.holdings.leases).toBe(1);
  const third = lab.client({ nat }).connect();
  expect(third.state).toBe("up");
  expect(translatedPorts(lab)).toEqual([1025, 1024]);
  expect(lab.pingTogether([second, third], INSIDE, 5)).toEqual([5, 5]);
});

test("a client without a NAT keeps port 1701", () => {
  const lab = new Lab({ spec: specOf() });
  const direct = lab.client().connect();
  const translated = lab.client({ nat: lab.nat() }).connect();
  expect(translatedPorts(lab)).toEqual([undefined, 1024]);
  expect(l2tpPorts(lab)).toEqual([1701, 1024]);
  expect(lab.pingTogether([direct, translated], INSIDE, 5)).toEqual([5, 5]);
});

test("clients of two NATs with the same private address and the same translated port do not meet", () => {
  const lab = new Lab({ spec: specOf() });
  const clients = [lab.nat(), lab.nat(OTHER_NAT)].map((nat) => lab.client({ nat, address: "10.0.0.2" }).connect());
  expect(translatedPorts(lab)).toEqual([1024, 1024]);
  expect(lab.pingTogether(clients, INSIDE, 5)).toEqual([5, 5]);
  clients[0]?.disconnect();
  expect(clients[1]?.ping(INSIDE, 5)).toBe(5);
});

test("a Windows and a Linux client share a NAT", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat, persona: "linux" }).connect()];
  expect(translatedPorts(lab)).toEqual([1024, 1025]);
  expect(lab.pingTogether(clients, INSIDE, 5)).toEqual([5, 5]);
});

test("the client sees answers from the port that it spoke to, whatever stands for it inside", () => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat(), manners: { l2tpPort: 40_000 } }).connect();
  expect(client.state).toBe("up");
  expect(l2tpPorts(lab)).toEqual([1024]);
  expect(client.ping(INSIDE, 3)).toBe(3);
});

test("a NAT with another port for each destination and none in order makes no difference", () => {
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeSeconds: 120 } }) });
  const nat = new Nat({ outside: NAT, mapping: "perDestination", ports: { random: seededRandom(77) } });
  const clients = [lab.client({ nat }).connect(), lab.client({ nat, persona: "linux" }).connect()];
  expect(translatedPorts(lab)).toEqual([1024, 1025]);
  expect(lab.pingTogether(clients, INSIDE, 100, 3000)).toEqual([100, 100]);
});

test("a client that vanished keeps its port from nobody who is there, and gives it back when its SAs expire", () => {
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeSeconds: 600 } }) });
  lab.client({ nat: new Nat({ outside: NAT, ports: { first: 30_000 } }) }).connect();
  lab.network.setFilter(({ source, destination }) => source.port < 30_000 && destination.port < 30_000);
  const nat = lab.nat();
  lab.run(120_000);
  expect(lab.holdings).toMatchObject({ sessions: 0, leases: 0 });
  const next = lab.client({ nat }).connect();
  expect(translatedPorts(lab)).toEqual([1024, 1025]);
  expect(next.ping(INSIDE, 3)).toBe(3);
  lab.run(900_000);
  expect(translatedPorts(lab)).toEqual([1025]);
  expect(lab.client({ nat }).connect().ping(INSIDE, 3)).toBe(3);
  expect(translatedPorts(lab)).toEqual([1025, 1024]);
});
