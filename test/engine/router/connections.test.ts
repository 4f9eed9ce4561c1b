/** What the join knows of a connection: its port behind the NAT, and the suite that its sessions have to fit into. */

import { expect, test } from "vitest";
import type { IkeOutput } from "../../../src/engine/ike/events.ts";
import { Connections } from "../../../src/engine/router/connections.ts";
import { tunnelMtu } from "../../../src/engine/router/sizes.ts";
import type { EspProposalSpec } from "../../../src/engine/spec.ts";
import { gatewaySpec } from "../../support/specs.ts";

const [tripleDes, aes] = gatewaySpec.proposals as [EspProposalSpec, EspProposalSpec];
const nobody = { inboundSa: () => undefined, outboundSa: () => undefined, session: () => undefined };
const statistics = { ...nobody, totals: () => ({}) } as unknown as ConstructorParameters<typeof Connections>[0];

function opened(connection: number, behindNat: boolean): Extract<IkeOutput, { type: "connectionOpened" }> {
  const local = { address: "203.0.113.1", port: 4500 };
  return {
    type: "connectionOpened",
    connection,
    virtualRouter: "default",
    flow: { local, remote: { address: "198.51.100.7", port: 20_000 + connection }, wire: local },
    encapsulation: "udp",
    behindNat,
    gateway: gatewaySpec,
    peerPort: 0,
    peerIdentity: { type: "keyId", bytes: new Uint8Array(1) },
  };
}

function outbound(connection: number, proposal: EspProposalSpec): Extract<IkeOutput, { type: "outboundSa" }> {
  const pair = {
    inboundSpi: 1,
    outboundSpi: 2,
    proposal,
    lifetimeSeconds: 60,
    lifetimeKilobytes: undefined,
    pfsGroup: undefined,
  };
  const keys = { encryptionKey: new Uint8Array(0), integrity: undefined, integrityKey: new Uint8Array(0) };
  return { type: "outboundSa", connection, pair, keys: { cipher: "null", ...keys } };
}

test("the sizes of sessions follow the newest suite, and a change of it is told once", () => {
  const connections = new Connections(statistics);
  connections.open(opened(1, false), 0);
  const mtu = () => tunnelMtu(connections.carrierOf(1, "192.0.2.7"), false);
  const unknown = mtu();
  expect(connections.addSa(outbound(1, tripleDes))).toBeUndefined();
  const before = mtu();
  expect(connections.addSa(outbound(1, tripleDes))).toBeUndefined();
  expect(connections.addSa(outbound(1, aes))).toMatchObject({ encapsulation: "udp", algorithms: aes });
  expect(connections.addSa(outbound(1, aes))).toBeUndefined();
  expect([unknown, before, mtu()]).toEqual([1388, 1420, 1404]);
});

test("what has no connection is in the clear, and what has lost it as well", () => {
  const connections = new Connections(statistics);
  connections.open(opened(1, false), 0);
  const clear = { encapsulation: "clear", overIpv6: true };
  expect(connections.carrierOf(undefined, "2001:db8::7")).toMatchObject(clear);
  expect(connections.carrierOf(1, "2001:db8::7").encapsulation).toBe("udp");
  connections.close(1);
  expect(connections.carrierOf(1, "2001:db8::7")).toMatchObject(clear);
});

test("each client behind the NAT has a port, which is free again when it goes; others have none", () => {
  const connections = new Connections(statistics);
  const ports = [1, 2, 3].map((id) => connections.open(opened(id, true), 0).demuxPort);
  expect(ports).toEqual([1024, 1025, 1026]);
  expect(connections.open(opened(4, false), 0).demuxPort).toBeUndefined();
  connections.close(2);
  expect(connections.open(opened(5, true), 0).demuxPort).toBe(1025);
  expect(connections.demuxPortOf(3)).toBe(1026);
});

test("activity is told every half interval, and not where nobody asks", () => {
  const connections = new Connections(statistics);
  connections.open(opened(1, false), 0);
  expect(connections.pollTimeout()).toBeUndefined();
  connections.configure(10, 0);
  expect(connections.pollTimeout()?.at).toBe(5000);
  expect(connections.takeActivity(5000)).toEqual({ connection: 1, heardAt: 0, sentAt: 0 });
  expect(connections.pollTimeout()?.at).toBe(10_000);
});
