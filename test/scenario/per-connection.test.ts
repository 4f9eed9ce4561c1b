/** JunosE: NAT-T alone keeps clients behind one NAT apart, because each IPsec connection stands for itself. */

import { expect, test } from "vitest";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const spec = specOf({ gateway: { separation: "perConnection" }, lns: { transport: "ipsec" } });

test("two clients behind one NAT are both 1701 to L2TP and keep their sessions apart", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
  expect(lab.snapshot.l2tp.tunnels).toMatchObject([
    { remoteTunnelId: 1, path: { remote: { port: 1701 } } },
    { remoteTunnelId: 1, path: { remote: { port: 1701 } } },
  ]);
  expect(lab.snapshot.connections.map(({ demuxPort }) => demuxPort)).toEqual([undefined, undefined]);
  expect(lab.pingTogether(clients, INSIDE, 20)).toEqual([20, 20]);
});

test("UDP of the route processor is IKE and L2TP control, and no packet of a session", () => {
  const lab = new Lab({ spec });
  const client = lab.client({ nat: lab.nat() }).connect();
  const before = lab.snapshot.udp;
  expect(before?.received).toBeGreaterThan(8);
  expect(before?.sent).toBeGreaterThan(7);
  expect(client.ping(INSIDE, 5)).toBe(5);
  expect(lab.snapshot.udp).toEqual(before);
});

test("they stay apart through new SAs of both phases", () => {
  const lab = new Lab({
    spec: { ...spec, ipsecGateways: spec.ipsecGateways.map((one) => ({ ...one, lifetimeSeconds: 120 })) },
  });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
  expect(lab.pingTogether(clients, INSIDE, 100, 3000)).toEqual([100, 100]);
  expect(lab.holdings).toMatchObject({ connections: 2, tunnels: 2, sessions: 2 });
});

test("one client's hang-up does not touch the other", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const first = lab.client({ nat }).connect();
  const second = lab.client({ nat }).connect();
  first.disconnect();
  expect(first.state).toBe("closed");
  expect(second.ping(INSIDE, 5)).toBe(5);
});
