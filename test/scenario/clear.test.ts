/** L2TP in the clear: refused where IPsec is required, served where the configuration allows it. */

import { expect, test } from "vitest";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { failuresIn } from "../../src/modes/common/failures.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { type SpecVariation, specOf } from "../support/specs.ts";

/** An interface without a crypto map. */
function openSpec(variation: SpecVariation = {}): RouterSpec {
  const spec = specOf(variation);
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    interfaces: router.interfaces.map((port) => ({ ...port, ipsecOnly: false })),
  }));
  return { ...spec, virtualRouters };
}

function clearClient(lab: Lab): LabClient {
  return lab.client({ plan: { transport: "clear" } });
}

/** What the gateway's rows of failures say to change. */
function changesTold(lab: Lab): string[] {
  const events = lab.events.map((event) => ({ event, at: new Date(0) }));
  const rows = failuresIn({ events, logged: { console: 0, monitor: 0, buffer: 0 }, clear: () => undefined });
  return [...new Set(rows.map(({ change }) => change))];
}

test("an interface with a crypto map drops L2TP in the clear without an answer, and counts it", () => {
  const lab = new Lab({ spec: specOf() });
  const client = clearClient(lab).connect(120_000);
  expect(client.client.view()).toMatchObject({ state: "failed", reason: "the peer does not answer" });
  expect(lab.snapshot.lineModule.clearRefused).toBeGreaterThan(1);
  expect(lab.holdings).toMatchObject({ tunnels: 0, sessions: 0 });
  const told = lab.events.filter(({ category }) => category === "l2tp");
  expect(told[0]).toMatchObject({ text: "L2TP in the clear refused", fields: { peer: "192.0.2.1:1701" } });
  expect(told.length).toBe(lab.snapshot.lineModule.clearRefused);
  expect(changesTold(lab)).toEqual(["let the client use IPsec; nothing else is taken where IPsec is required"]);
});

test("a profile that requires IPsec refuses a tunnel in the clear, with the reason", () => {
  const lab = new Lab({ spec: openSpec({ lns: { transport: "ipsec" } }) });
  const client = clearClient(lab).connect(120_000);
  expect(client.state).toBe("failed");
  expect(client.reason).toMatch(/not authorized/);
  expect(lab.log.join("\n")).toMatch(/L2TP tunnel refused.*the profile accepts L2TP only under IPsec/);
  expect(changesTold(lab)).toEqual(["let the client use IPsec, or take enable ipsec-transport out of the profile"]);
  expect(lab.holdings).toMatchObject({ tunnels: 0, sessions: 0 });
});

test.each(["clear", "either"] as const)("a profile with transport %s takes a tunnel in the clear", (transport) => {
  const lab = new Lab({ spec: openSpec({ lns: { transport } }) });
  const client = clearClient(lab).connect();
  expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up", address: "20.0.0.100" });
  expect(client.ping(INSIDE, 10)).toBe(10);
  expect(lab.snapshot).toMatchObject({ connections: [], ikeSas: [], sessions: [{ connection: undefined }] });
  client.disconnect();
  expect(client.state).toBe("closed");
  expect(lab.holdings).toMatchObject({ sessions: 0, leases: 0 });
});

test("a profile for the clear refuses a tunnel under IPsec", () => {
  const lab = new Lab({ spec: openSpec({ lns: { transport: "clear" } }) });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.state).toBe("failed");
  expect(lab.log.join("\n")).toMatch(/the profile accepts L2TP only without IPsec/);
  expect(changesTold(lab)).toEqual(["let the client do without IPsec, or say enable ipsec-transport in the profile"]);
});

test("a client in the clear and one under IPsec share the gateway", () => {
  const lab = new Lab({ spec: openSpec() });
  const clients = [clearClient(lab).connect(), lab.client({ nat: lab.nat() }).connect()];
  expect(lab.pingTogether(clients, INSIDE, 10)).toEqual([10, 10]);
});

test("two clients in the clear with the same tunnel id come from different addresses", () => {
  const lab = new Lab({ spec: openSpec() });
  const clients = [clearClient(lab).connect(), clearClient(lab).connect()];
  expect(lab.snapshot.l2tp.tunnels.map(({ remoteTunnelId }) => remoteTunnelId)).toEqual([1, 1]);
  expect(lab.pingTogether(clients, INSIDE, 10)).toEqual([10, 10]);
});

test("in the clear the session outlives loss, duplicates and packets that overtake each other", () => {
  const lab = new Lab({
    spec: openSpec(),
    network: { loss: 0.1, duplication: 0.1, jitterMillis: 50 },
  });
  const client = clearClient(lab).connect();
  expect(client.state, client.reason).toBe("up");
  expect(client.ping(INSIDE, 100)).toBeGreaterThan(60);
  expect(client.state).toBe("up");
});
