import { expect, test } from "vitest";
import { Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

test("a Windows 2000 client behind a NAT comes up, is given port 1024, and pings", () => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up", address: "20.0.0.100" });
  expect(client.ping("12.0.0.8", 3)).toBe(3);
  expect(lab.snapshot.connections).toMatchObject([{ demuxPort: 1024, behindNat: true, encapsulation: "udp" }]);
  expect(lab.snapshot.l2tp.tunnels).toMatchObject([{ state: "established", path: { remote: { port: 1024 } } }]);
});

test("the pulse of the router has the numbers and the octets of a snapshot", () => {
  const lab = new Lab({ spec: specOf() });
  const clients = [1, 2].map((host) => lab.client({ nat: lab.nat(`203.0.113.${host + 100}`) }).connect());
  expect(clients[0]?.ping("12.0.0.8", 3)).toBe(3);
  const { connections, l2tp, sessions } = lab.snapshot;
  const pulse = lab.router.views.pulse();
  expect([pulse.connections, pulse.tunnels, pulse.sessions.size]).toEqual([2, 2, 2]);
  expect([connections.length, l2tp.tunnels.length, sessions.length]).toEqual([2, 2, 2]);
  for (const { session, counters } of sessions) {
    const { rxOctets, txOctets } = counters;
    expect(pulse.sessions.get(session)).toMatchObject({ rxOctets, txOctets });
  }
});

test("the roster of the router says of everybody what a snapshot says, and has the IKE SAs of those who are not connected yet", () => {
  const lab = new Lab({ spec: specOf(), network: { agreementMillis: 500 } });
  const clients = [1, 2, 3].map((host) => lab.client({ nat: lab.nat(`203.0.113.${host + 100}`) }));
  for (const client of clients.slice(0, 2)) client.connect();
  expect(clients[0]?.ping("12.0.0.8", 3)).toBe(3);
  clients[2]?.startConnecting();
  lab.run(300);
  const { snapshot } = lab;
  const roster = lab.router.views.roster(snapshot);
  expect([roster.connections.length, roster.ikeSas.length, roster.sessions.length]).toEqual([2, 1, 2]);
  expect(snapshot.ikeSas).toHaveLength(3);
  expect(snapshot).toMatchObject({ connections: roster.connections, l2tp: roster.l2tp });
  expect(snapshot.ikeSas).toContainEqual(expect.objectContaining(roster.ikeSas[0]));
  expect(snapshot.sessions).toMatchObject(roster.sessions.map((session) => ({ ...session })));
});

test("IKE counts what it received, sent and refused, and what came of it", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  lab.client({ nat }).connect();
  // Main mode has three messages each way, quick mode two and one.
  expect(lab.snapshot.ike).toMatchObject({
    phase1Answered: 1,
    phase1Initiated: 0,
    phase1ResponderFailures: 0,
    quickModes: 1,
    receivedPackets: 5,
    sentPackets: 4,
    notAuthentic: 0,
    deletesReceived: 0,
  });
  lab.client({ nat, preSharedKey: "other" }).connect();
  expect(lab.snapshot.ike?.phase1Answered).toBe(1);
  expect(lab.snapshot.ike?.notAuthentic).toBeGreaterThan(0);
  lab.client({ persona: "linux", manners: { policies: [] } }).connect();
  expect(lab.snapshot.ike?.phase1ResponderFailures).toBeGreaterThan(0);
});

test("where ESP cannot travel without UDP, a client without a NAT is made to use UDP, and nobody takes it for translated", () => {
  for (const persona of ["windows-2000", "linux"] as const) {
    const lab = new Lab({ spec: specOf(), udpEncapsulationOnly: true });
    const client = lab.client({ persona }).connect();
    expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
    expect(client.ping("12.0.0.8", 3)).toBe(3);
    expect(lab.snapshot.connections).toMatchObject([
      { encapsulation: "udp", behindNat: false, demuxPort: undefined, peerPort: 1701 },
    ]);
  }
});

test("a user's own address is given to one session at a time, also when the name comes with a domain", () => {
  const spec = specOf();
  const [router] = spec.virtualRouters;
  if (router === undefined) throw new Error("there is a default router");
  const users = router.users.map((user) => ({ ...user, address: "20.0.0.100" }));
  const lab = new Lab({ spec: { ...spec, virtualRouters: [{ ...router, users }] } });
  const nat = lab.nat();
  const first = lab.client({ nat, user: "CORP\\fred" }).connect();
  expect(first.client.view(), lab.log.join("\n")).toMatchObject({ state: "up", address: "20.0.0.100" });
  const second = lab.client({ nat }).connect();
  expect(second.state).toBe("failed");
  expect(lab.log.join("\n")).toContain("no address left for the client");
});

test.each([19, 20, 21] as const)("a client that offers curve %i comes up", (group) => {
  const spec = specOf();
  const policies = spec.ikePolicies.map((policy) => ({ ...policy, group }));
  const lab = new Lab({ spec: { ...spec, ikePolicies: policies } });
  const client = lab.client({ nat: lab.nat(), persona: "linux", manners: { policies } }).connect();
  expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
  expect(lab.snapshot.ikeSas[0]?.policy?.group).toBe(group);
  expect(client.ping("12.0.0.8", 3)).toBe(3);
});
