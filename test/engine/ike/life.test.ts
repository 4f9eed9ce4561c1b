/** What happens to SAs over time: rekeying from both ends, deletes, dead peers, moves, INITIAL-CONTACT. */

import { expect, test } from "vitest";
import type { Identity } from "../../../src/engine/ike/events.ts";
import { writeDeletion } from "../../../src/engine/wire/isakmp-body.ts";
import { exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import { payloadType } from "../../../src/engine/wire/isakmp-payload.ts";
import {
  End,
  gatewayOf,
  hostile,
  IkeNet,
  NAT,
  perfect,
  policy3des,
  SERVER,
  serverConfiguration,
} from "../../support/ike-pair.ts";
import { Prober, Target } from "../../support/ike-prober.ts";

const keepalive = { intervalSeconds: 10, retrySeconds: 2, mode: "periodic" } as const;

function livePairs(end: End): number {
  return end.machine.view().connections.reduce((sum, { sas }) => sum + sas.length, 0);
}

/** Checks at every moment that each end's newest outbound SA is one that the other still accepts. */
function watchContinuity(net: IkeNet): () => number {
  const installed = new Map<End, { inbound: Set<number>; outbound: number | undefined; read: number }>();
  for (const end of [net.client, net.server]) installed.set(end, { inbound: new Set(), outbound: undefined, read: 0 });
  return () => {
    let gaps = 0;
    for (const [end, state] of installed) {
      for (const output of end.outputs.slice(state.read)) {
        if (output.type === "inboundSa") state.inbound.add(output.pair.inboundSpi);
        if (output.type === "outboundSa") state.outbound = output.pair.outboundSpi;
        if (output.type === "saRemoved" && output.direction === "inbound") state.inbound.delete(output.spi);
        if (output.type === "saRemoved" && output.spi === state.outbound) state.outbound = undefined;
      }
      state.read = end.outputs.length;
    }
    const [client, server] = [installed.get(net.client), installed.get(net.server)];
    for (const [from, to] of [
      [client, server],
      [server, client],
    ]) {
      if (from?.outbound === undefined || !to?.inbound.has(from.outbound)) gaps += 1;
    }
    return gaps;
  };
}

test.each([
  { name: "the client's lives are shorter", client: 120, server: 3600, nat: true },
  { name: "the gateway's lives are shorter", client: 3600, server: 120, nat: true },
  { name: "the gateway's lives are shorter, without NAT", client: 3600, server: 120, nat: false },
])("both phases are rekeyed for an hour without a gap when $name", ({ client, server, nat }) => {
  const net = new IkeNet({
    nat,
    configuration: serverConfiguration({
      policies: [{ ...policy3des, lifetimeSeconds: server + 33 }],
      gateways: [gatewayOf({ lifetimeSeconds: server })],
    }),
  });
  net.connect({ policies: [{ ...policy3des, lifetimeSeconds: client + 33 }], lifetimeSeconds: client });
  const gaps = watchContinuity(net);
  for (let i = 0; i < 7200; i += 1) {
    net.run(500);
    expect(gaps()).toBe(0);
  }
  expect(net.server.of("connectionOpened")).toHaveLength(1);
  expect(net.server.of("connectionClosed")).toHaveLength(0);
  expect(net.server.of("outboundSa").length).toBeGreaterThan(30);
  expect(net.server.of("failed")).toEqual([]);
  expect(net.client.of("failed")).toEqual([]);
  expect(livePairs(net.server)).toBeLessThan(5);
  expect(net.server.machine.view().sas.length).toBeLessThan(5);
});

test("rekeying goes on over a lossy network", () => {
  const net = new IkeNet({
    nat: true,
    configuration: serverConfiguration({ gateways: [gatewayOf({ lifetimeSeconds: 300 })] }),
  });
  net.connect({ lifetimeSeconds: 200, policies: [{ ...policy3des, lifetimeSeconds: 400 }] });
  net.network = hostile;
  const gaps = watchContinuity(net);
  let total = 0;
  for (let i = 0; i < 3600; i += 1) {
    net.run(1000);
    total += gaps() > 0 ? 1 : 0;
  }
  // A pair is usable at the answering end only when message 3 arrives; the old one carries on until then.
  expect(total).toBeLessThan(60);
  expect(net.server.of("connectionClosed")).toHaveLength(0);
});

test("the responder renews the pair when the initiator does not", () => {
  const net = new IkeNet({
    nat: true,
    configuration: serverConfiguration({ gateways: [gatewayOf({ lifetimeSeconds: 100 })] }),
  });
  // A client that never rekeys: it thinks that its SA lives for eight hours, and does not read RESPONDER-LIFETIME.
  net.connect({ lifetimeSeconds: 28_800 });
  const before = net.server.of("inboundSa")[0]?.pair.inboundSpi ?? 0;
  net.input(net.server, {
    type: "rekey",
    connection: net.server.of("connectionOpened")[0]?.connection ?? 0,
    spi: before,
  });
  net.run(1000);
  expect(net.server.of("outboundSa")).toHaveLength(2);
  expect(net.client.of("outboundSa")).toHaveLength(2);
  expect(net.server.machine.view().connections[0]?.sas.map(({ superseded }) => superseded)).toEqual([true, false]);
});

test.each([-8, -3, 0, 3, 8])(
  "when both ends rekey %i ms apart one new pair comes of it, and nothing besides",
  (apart) => {
    const net = new IkeNet({ nat: true });
    net.connect();
    const inbound = net.server.of("inboundSa")[0]?.pair;
    const connection = net.server.of("connectionOpened")[0]?.connection ?? 0;
    const byServer = () => net.input(net.server, { type: "rekey", connection, spi: inbound?.inboundSpi ?? 0 });
    const byClient = () => net.input(net.client, { type: "rekey", connection: 1, spi: inbound?.outboundSpi ?? 0 });
    (apart < 0 ? byServer : byClient)();
    net.run(Math.abs(apart));
    (apart < 0 ? byClient : byServer)();
    net.run(60_000);
    // Nobody waits for packets of a pair that the other end has given up.
    expect([net.client.of("inboundSa").length, net.server.of("inboundSa").length]).toEqual([2, 2]);
    expect([livePairs(net.client), livePairs(net.server)]).toEqual([1, 1]);
    expect(net.server.of("outboundSa").at(-1)?.pair.outboundSpi).toBe(
      net.client.of("inboundSa").at(-1)?.pair.inboundSpi,
    );
    expect(net.client.of("outboundSa")).toHaveLength(2);
  },
);

test("the old inbound SA is kept for 30 s after its successor is in use", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  const old = net.server.of("inboundSa")[0]?.pair.inboundSpi ?? 0;
  net.input(net.client, { type: "rekey", connection: 1, spi: net.client.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(30_000);
  expect(net.server.of("saRemoved")).toEqual([]);
  net.run(30_000);
  expect(net.server.of("saRemoved").map(({ direction, spi }) => direction === "inbound" && spi)).toContain(old);
  expect(livePairs(net.server)).toBe(1);
  expect(livePairs(net.client)).toBe(1);
});

test("the client's close deletes everything at the gateway", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  net.input(net.client, { type: "close", connection: 1, reason: "the user hung up" });
  expect(net.client.of("connectionClosed")[0]?.reason).toBe("the user hung up");
  net.run(1000);
  expect(net.server.of("connectionClosed")[0]?.reason).toContain("deleted its last IPsec SA");
  expect(net.server.machine.view()).toMatchObject({ sas: [], connections: [] });
  expect(net.client.machine.view()).toMatchObject({ sas: [], connections: [] });
});

test("the gateway's close tells the client", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  net.input(net.server, { type: "close", connection: 1, reason: "shutdown" });
  net.run(1000);
  expect(net.client.of("connectionClosed")).toHaveLength(1);
  expect(net.client.machine.view().sas).toEqual([]);
  expect(net.server.of("saRemoved")).toHaveLength(2);
});

test("a peer that vanished is found dead, and one that answers is kept", () => {
  const net = new IkeNet({ nat: true, configuration: serverConfiguration({ deadPeerDetection: keepalive }) });
  net.connect();
  net.run(300_000);
  expect(net.server.of("connectionClosed")).toEqual([]);
  net.network = { ...perfect, loss: 1000 };
  net.run(25_000);
  expect(net.server.of("connectionClosed")[0]?.reason).toContain("dead peer detection");
  expect(net.server.machine.view()).toMatchObject({ sas: [], connections: [] });
});

test("a gateway's own dead peer detection holds for its peers, and for those of no other gateway", () => {
  const watched = { ...gatewayOf(), deadPeerDetection: keepalive };
  for (const [gateways, found] of [
    [[watched], 1],
    [[gatewayOf(), { ...watched, localAddress: "198.51.100.9" }], 0],
  ] as const) {
    const net = new IkeNet({ nat: true, configuration: serverConfiguration({ gateways }) });
    net.connect();
    net.network = { ...perfect, loss: 1000 };
    net.run(60_000);
    expect(net.server.of("connectionClosed")).toHaveLength(found);
  }
});

test("on demand nobody is asked while nothing is sent, and a silent peer is asked when something was", () => {
  const deadPeerDetection = { ...keepalive, mode: "onDemand" as const };
  const net = new IkeNet({ nat: true, configuration: serverConfiguration({ deadPeerDetection }) });
  net.connect();
  const quiet = net.wire.length;
  net.run(100_000);
  expect(net.wire.length).toBe(quiet);
  const connection = net.server.of("connectionOpened")[0]?.connection ?? 0;
  net.input(net.server, { type: "activity", connection, heardAt: net.now - 20_000, sentAt: net.now });
  net.run(12_000);
  expect(net.wire.length).toBe(quiet + 2);
});

test("the deletion of the IKE SA leaves IPsec SAs in place, and the next rekey makes a new IKE SA", () => {
  const net = new IkeNet({ nat: true });
  net.connect({ policies: [{ ...policy3des, lifetimeSeconds: 60 }] });
  net.network = { ...perfect, loss: 1000 };
  net.run(120_000);
  net.network = perfect;
  expect(net.server.machine.view().sas).toEqual([]);
  expect(livePairs(net.server)).toBe(1);
  net.input(net.client, { type: "rekey", connection: 1, spi: net.client.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(5000);
  expect(net.server.of("connectionOpened")).toHaveLength(1);
  expect(net.server.of("outboundSa")).toHaveLength(2);
});

test("a fresh main mode on port 500 from a floated peer ends in the same connection", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  const again = new End(net.client.address, 99);
  net.clients[0] = again;
  net.connect({}, again);
  expect(net.server.of("connectionOpened")).toHaveLength(1);
  expect(net.server.of("outboundSa")).toHaveLength(2);
});

test("INITIAL-CONTACT ends the old connection of that endpoint and not its neighbour's", () => {
  const net = new IkeNet({ nat: true, clients: 2 });
  const [first, second] = net.clients;
  if (first === undefined || second === undefined) throw new Error("two clients");
  const identity: Identity = { type: "fqdn", name: "office" };
  net.connect({ identity }, first);
  net.connect({ identity }, second);
  expect(net.server.of("connectionOpened")).toHaveLength(2);
  const again = new End(first.address, 99);
  net.clients[0] = again;
  net.connect({ identity, sendInitialContact: true }, again);
  expect(net.server.of("connectionClosed")).toEqual([
    { type: "connectionClosed", connection: 1, reason: expect.stringContaining("INITIAL-CONTACT") },
  ]);
  expect(net.server.machine.view().connections.map(({ connection }) => connection)).toEqual([2, 3]);
});

test("another identity at the same endpoint is another connection", () => {
  const net = new IkeNet({ nat: true });
  net.connect({ identity: { type: "fqdn", name: "one" } });
  const again = new End(net.client.address, 99);
  net.clients[0] = again;
  net.connect({ identity: { type: "fqdn", name: "two" } }, again);
  expect(net.server.of("connectionClosed")[0]?.reason).toContain("taken over");
  expect(net.server.of("connectionOpened")).toHaveLength(2);
});

test("an authentic message from a new port of the NAT moves the connection", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  net.rebind();
  net.input(net.client, { type: "rekey", connection: 1, spi: net.client.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(2000);
  const [moved] = net.server.of("connectionMoved");
  expect(moved?.flow.remote).toEqual({ address: NAT, port: 20_002 });
  expect(net.server.of("outboundSa")).toHaveLength(2);
});

test("authenticated ESP from elsewhere takes IKE along", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  const local = { address: SERVER, port: 4500 };
  const flow = { local, wire: local, remote: { address: "198.51.100.9", port: 7777 } };
  net.input(net.server, { type: "moved", connection: 1, flow });
  expect(net.server.machine.view().sas[0]?.flow).toEqual(flow);
  expect(net.server.of("connectionMoved")).toHaveLength(1);
});

test("a third message that is lost is asked for again", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  net.input(net.client, { type: "rekey", connection: 1, spi: net.client.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(11);
  net.network = { ...perfect, loss: 1000 };
  net.run(10);
  net.network = perfect;
  expect(net.client.of("outboundSa")).toHaveLength(2);
  expect(net.server.of("outboundSa")).toHaveLength(1);
  net.run(1500);
  expect(net.server.of("outboundSa")).toHaveLength(2);
});

test("a delete of the old SA before the third message puts the new pair to use, as Windows rekeys", () => {
  const prober = new Prober(new Target()).establish();
  prober.connect(0x0102_0304);
  prober.say(prober.hashed(prober.offer(0x0506_0708), exchangeType.quickMode));
  const body = writeDeletion({ protocol: 3, spis: [Uint8Array.of(1, 2, 3, 4)] });
  const outputs = prober.say(prober.hashed([{ type: payloadType.delete, body }]));
  expect(outputs).toMatchObject([
    { type: "outboundSa", pair: { outboundSpi: 0x0506_0708 } },
    { type: "saRemoved", direction: "outbound", spi: 0x0102_0304 },
  ]);
  const later = prober.target.run(29_000);
  expect(later.filter(({ type }) => type !== "send")).toEqual([]);
});

test("when the newest pair is deleted first, the one before it is current again", () => {
  const prober = new Prober(new Target()).establish();
  prober.connect(0x0102_0304);
  prober.connect(0x0506_0708);
  const superseded = (): boolean[] | undefined =>
    prober.target.machine.view().connections[0]?.sas.map((sa) => sa.superseded);
  expect(superseded()).toEqual([true, false]);
  const body = writeDeletion({ protocol: 3, spis: [Uint8Array.of(5, 6, 7, 8)] });
  prober.say(prober.hashed([{ type: payloadType.delete, body }]));
  expect(superseded()).toEqual([false, true]);
  prober.target.run(100_000);
  expect(superseded()).toEqual([false]);
});

test("taking the gateway out of the configuration closes its connections and leaves others", () => {
  const other = gatewayOf({ localAddress: "203.0.113.99" });
  const net = new IkeNet({ nat: true });
  net.connect();
  net.input(net.server, { type: "configure", configuration: serverConfiguration({ gateways: [other, gatewayOf()] }) });
  net.run(1000);
  expect(net.server.of("connectionClosed")).toHaveLength(0);
  net.input(net.server, { type: "configure", configuration: serverConfiguration({ gateways: [other] }) });
  net.run(1000);
  expect(net.client.of("connectionClosed")).toHaveLength(1);
});

test("a gateway without an answering client gives up opening after the negotiation timeout", () => {
  const net = new IkeNet({ network: { ...perfect, loss: 1000 } });
  net.connect();
  expect(net.client.of("failed")[0]?.reason).toBe("the peer did not answer main mode message 1");
  expect(net.client.machine.view()).toMatchObject({ sas: [], connections: [] });
  expect(net.client.machine.pollTimeout()).toBeUndefined();
});
