/** How sessions end: the client hangs up, an operator clears, the gateway goes, the configuration changes. */

import { expect, test } from "vitest";
import type { RouterRequest } from "../../src/engine/router/router-interface.ts";
import { debugText } from "../../src/modes/ios/debug-words.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const PERSONAS = ["windows-2000", "linux"] as const;

/** A gateway with a client of each persona behind one NAT. */
function labWithTwo(spec = specOf()): { lab: Lab; first: LabClient; second: LabClient } {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const [first, second] = PERSONAS.map((persona) => lab.client({ nat, persona }).connect());
  if (first === undefined || second === undefined) throw new Error("there are two personas");
  return { lab, first, second };
}

test.each(PERSONAS)("a %s client that hangs up frees its address and its port at once", (persona) => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat(), persona }).connect();
  client.disconnect();
  expect(client.client.view()).toMatchObject({ state: "closed", reason: "hung up", address: undefined });
  expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0, leases: 0 });
  expect(lab.snapshot.pools[0]?.ranges).toMatchObject([{ free: 11, inUse: 0 }]);
  lab.run(60_000);
  expect(lab.holdings).toEqual({ ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 });
});

test("debugging says which SAs an operator clears, and why, once each", () => {
  const { lab } = labWithTwo();
  const [connection] = lab.snapshot.connections;
  const before = lab.events.length;
  lab.request({ type: "closeConnection", connection: connection?.connection ?? 0, reason: "cleared by the operator" });
  const said = lab.events.slice(before).flatMap(debugText);
  expect(said.filter((line) => line.includes("deleting SA"))).toEqual([
    "IPSEC(delete_sa): deleting SA,",
    expect.stringMatching(
      /^ISAKMP:\(1\d+\):deleting SA reason "cleared by the operator" state \(R\) QM_IDLE \(peer [\d.]+\)$/,
    ),
  ]);
  expect(said.filter((line) => line.includes("New State = IKE_DEST_SA"))).toHaveLength(1);
});

test("a client may connect, hang up and connect again as often as it likes", () => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  for (let round = 0; round < 20; round += 1) {
    const client = lab.client({ nat, address: "10.0.0.2" }).connect();
    expect(client.ping(INSIDE, 2), `round ${round}: ${client.reason}`).toBe(2);
    expect(lab.snapshot.connections).toMatchObject([{ demuxPort: 1024 }]);
    client.disconnect();
  }
  expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0, leases: 0 });
});

test("the gateway tells its clients that it goes, and why", () => {
  const { lab, first, second } = labWithTwo();
  lab.request({ type: "shutdown", reason: "maintenance" });
  lab.run(2000);
  for (const client of [first, second]) {
    expect(client.state).toBe("failed");
    expect(client.reason).toMatch(/shut down|shutting down/);
  }
  expect(lab.holdings).toMatchObject({ ikeSas: 0, connections: 0, sessions: 0, leases: 0 });
});

const clearing: Readonly<Record<string, (lab: Lab) => RouterRequest>> = {
  connection: ({ snapshot: { connections } }) => ({
    type: "closeConnection",
    connection: connections[0]?.connection ?? 0,
    reason: "cleared by the operator",
  }),
  tunnel: ({ snapshot: { l2tp } }) => ({
    type: "closeTunnel",
    tunnel: l2tp.tunnels[0]?.tunnel ?? 0,
    reason: "cleared by the operator",
  }),
  session: ({ snapshot: { sessions } }) => ({
    type: "closeSession",
    session: sessions[0]?.session ?? 0,
    reason: "cleared by the operator",
  }),
};

test.each(Object.entries(clearing))("clearing a %s ends that client and leaves its neighbour", (_, request) => {
  const { lab, first, second } = labWithTwo();
  lab.request(request(lab));
  lab.run(5000);
  expect(first.state).toBe("failed");
  expect(first.reason).toBeTruthy();
  expect(lab.log.join("\n")).toContain("cleared by the operator");
  expect(second.state).toBe("up");
  expect(second.ping(INSIDE, 5)).toBe(5);
  expect(lab.holdings).toMatchObject({ sessions: 1, leases: 1, connections: 1 });
});

test.each(Object.entries(clearing))("a client whose %s was cleared may come back at once", (_, request) => {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  lab.client({ nat, address: "10.0.0.2" }).connect();
  lab.request(request(lab));
  lab.run(5000);
  const again = lab.client({ nat, address: "10.0.0.2" }).connect();
  expect(again.state, again.reason).toBe("up");
  expect(again.ping(INSIDE, 3)).toBe(3);
});

test("clearing what is not there harms nobody", () => {
  const { lab, first, second } = labWithTwo();
  lab.request({ type: "closeConnection", connection: 999, reason: "a slip of the pen" });
  lab.request({ type: "closeTunnel", tunnel: 999, reason: "a slip of the pen" });
  lab.request({ type: "closeSession", session: 999, reason: "a slip of the pen" });
  expect(lab.pingTogether([first, second], INSIDE, 3)).toEqual([3, 3]);
});

test("removing an LNS profile drops its tunnels and sessions", () => {
  const spec = specOf();
  const { lab, first, second } = labWithTwo(spec);
  lab.request({ type: "configure", spec: { ...spec, lnsProfiles: [] } });
  lab.run(5000);
  expect([first.state, second.state]).toEqual(["failed", "failed"]);
  expect(lab.log.join("\n")).toContain("its profile was removed");
  expect(lab.holdings).toMatchObject({ sessions: 0, leases: 0 });
});

test("switching L2TP off drops every tunnel, and switching it on lets clients in again", () => {
  const spec = specOf();
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const client = lab.client({ nat }).connect();
  lab.request({ type: "configure", spec: { ...spec, l2tp: { ...spec.l2tp, enabled: false } } });
  lab.run(5000);
  expect(client.state).toBe("failed");
  expect(lab.client({ nat }).connect().state).toBe("failed");
  lab.request({ type: "configure", spec });
  expect(lab.client({ nat }).connect().state).toBe("up");
});

test("taking the gateway away closes its connections", () => {
  const spec = specOf();
  const { lab, first, second } = labWithTwo(spec);
  lab.request({ type: "configure", spec: { ...spec, ipsecGateways: [] } });
  lab.run(5000);
  expect([first.state, second.state]).toEqual(["failed", "failed"]);
  lab.run(60_000);
  expect(lab.holdings).toMatchObject({ connections: 0, tunnels: 0, sessions: 0, leases: 0 });
});

test.each<readonly [string, (lab: Lab, client: LabClient) => void]>([
  ["the client hangs up", (_lab, client) => void client.disconnect()],
  [
    "an operator clears it",
    (lab) => {
      lab.request({ type: "closeSession", session: lab.snapshot.sessions[0]?.session ?? 0, reason: "cleared" });
      lab.run(5000);
    },
  ],
])("a session that is over still tells whose it was: %s", (_what, end) => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat() }).connect();
  const user = lab.snapshot.sessions[0]?.ppp.peerName ?? "";
  expect(user).not.toBe("");
  end(lab, client);
  expect(lab.snapshot.sessions).toEqual([]);
  expect(lab.snapshot.l2tp.tunnels[0]?.sessions).toMatchObject([{ state: "down", user }]);
  expect(
    lab.log.filter((line) => line.includes("L2TP session closed") && line.includes(`"user":"${user}"`)),
  ).toHaveLength(1);
});
