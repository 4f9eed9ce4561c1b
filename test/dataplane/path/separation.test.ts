/** Clients behind one NAT, all on UDP 1701: the three ways of docs/ARCHITECTURE.md. */
import { expect, test } from "vitest";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import type { L2tpPath, OpenConnection } from "../../../src/engine/forwarding.ts";
import {
  controlMessage,
  datagramsOf,
  dataMessage,
  GATEWAY,
  LinePeer,
  NAT,
  type PeerOptions,
  puntsOf,
} from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

function gatewayWith(...options: PeerOptions[]) {
  const gateway = new LineModule({ random: seededRandom(1) });
  return { gateway, peers: options.map((one) => new LinePeer(gateway, one)) };
}

/** The path that L2TP is told when the peer speaks. */
function pathOf(gateway: LineModule, peer: LinePeer | undefined): L2tpPath {
  if (peer !== undefined) gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const punt = puntsOf(gateway)[0];
  if (punt?.type !== "l2tp") throw new Error("the peer's message did not come up");
  return punt.path;
}

/** Which of the peers can open what the gateway sends along `path`, and to which inner port it went. */
function reached(gateway: LineModule, path: L2tpPath, peers: readonly LinePeer[]) {
  gateway.transmit({ type: "l2tp", path, bytes: controlMessage(2) }, 1);
  const sent = datagramsOf(gateway);
  return peers.flatMap((peer) =>
    sent.flatMap((datagram) => {
      const received = peer.open(datagram);
      return received === undefined ? [] : [`${peer.connection}:${received.header.destinationPort}`];
    }),
  );
}

function installSession(gateway: LineModule, session: number, path: L2tpPath, localSessionId = 1): void {
  gateway.program({
    type: "installSession",
    session,
    path,
    localTunnelId: 1,
    localSessionId,
    remoteTunnelId: 7,
    remoteSessionId: 8,
    sequencing: false,
  });
}

const LCP = Uint8Array.from([0xff, 0x03, 0xc0, 0x21, 9, 9]);

const shared = (separation: OpenConnection["separation"]): [PeerOptions, PeerOptions] => [
  { connection: 1, separation },
  { connection: 2, separation },
];

test("with port demultiplexing L2TP sees 1024 and 1025, and each client is answered on its own 1701", () => {
  const { gateway, peers } = gatewayWith(
    { connection: 1, separation: "portDemux", demuxPort: 1024 },
    { connection: 2, separation: "portDemux", demuxPort: 1025 },
  );
  const paths = peers.map((peer) => pathOf(gateway, peer));
  expect(paths.map(({ remote }) => remote)).toEqual([
    { address: NAT, port: 1024 },
    { address: NAT, port: 1025 },
  ]);
  expect(paths.map(({ local }) => local)).toEqual([
    { address: GATEWAY, port: 1701 },
    { address: GATEWAY, port: 1701 },
  ]);
  expect(paths.map((path) => reached(gateway, path, peers))).toEqual([["1:1701"], ["2:1701"]]);
});

test("a client that speaks from another port than 1701 gets that one back, and is still 1024 to L2TP", () => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation: "portDemux", demuxPort: 1024 });
  const [peer] = peers;
  const first = pathOf(gateway, peer);
  if (peer !== undefined) peer.port = 33_333;
  const second = pathOf(gateway, peer);
  expect(second).toBe(first);
  expect(reached(gateway, second, peers)).toEqual(["1:33333"]);
});

test("new SAs of the same client keep its port and its sessions", () => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation: "portDemux", demuxPort: 1024 });
  const [peer] = peers;
  const path = pathOf(gateway, peer);
  installSession(gateway, 1, path);
  peer?.rekey();
  expect(pathOf(gateway, peer)).toBe(path);
  expect(reached(gateway, path, peers)).toEqual(["1:1701"]);
  if (peer !== undefined) gateway.receive(peer.l2tp(dataMessage(1, 1, LCP)), 1);
  expect(puntsOf(gateway)).toMatchObject([{ type: "ppp", session: 1 }]);
});

test("without separation a second client takes over what goes to the first", () => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation: "none" });
  const [first] = peers;
  const path = pathOf(gateway, first);
  expect(path.remote).toEqual({ address: NAT, port: 1701 });
  expect(reached(gateway, path, peers)).toEqual(["1:1701"]);
  peers.push(new LinePeer(gateway, { connection: 2, separation: "none" }));
  expect(reached(gateway, path, peers)).toEqual(["2:1701"]);
  // The first client is still heard; only what goes out is lost on it.
  expect(pathOf(gateway, first)).toEqual(path);
  // Its next rekey takes the path back.
  first?.rekey();
  expect(reached(gateway, path, peers)).toEqual(["1:1701"]);
});

test("without separation data of either client is taken for the session, and goes out to the newest", () => {
  const { gateway, peers } = gatewayWith(...shared("none"));
  const [first, second] = peers;
  installSession(gateway, 1, pathOf(gateway, first));
  for (const peer of [first, second]) if (peer !== undefined) gateway.receive(peer.l2tp(dataMessage(1, 1, LCP)), 1);
  expect(puntsOf(gateway)).toMatchObject([
    { type: "ppp", session: 1 },
    { type: "ppp", session: 1 },
  ]);
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  const [sent] = datagramsOf(gateway);
  expect([first?.open(sent), second?.open(sent)?.message]).toEqual([undefined, dataMessage(7, 8, LCP)]);
});

test("without separation the path falls back to the client that is left when the newest one goes", () => {
  const { gateway, peers } = gatewayWith(...shared("none"));
  const path = pathOf(gateway, peers[0]);
  expect(reached(gateway, path, peers)).toEqual(["2:1701"]);
  gateway.program({ type: "closeConnection", connection: 2 });
  expect(reached(gateway, path, peers)).toEqual(["1:1701"]);
});

test("without separation clients of different NATs or on different inner ports do not meet", () => {
  const { gateway, peers } = gatewayWith(
    { connection: 1, separation: "none" },
    { connection: 2, separation: "none", outer: { address: "192.0.2.9", port: 4500 } },
    { connection: 3, separation: "none", outer: { address: "192.0.2.10", port: 4500 } },
  );
  const paths = peers.map((peer) => pathOf(gateway, peer));
  expect(paths.map((path) => reached(gateway, path, peers))).toEqual([["1:1701"], ["2:1701"], ["3:1701"]]);
});

test("per connection equal addresses, ports and identifiers stay apart", () => {
  const { gateway, peers } = gatewayWith(...shared("perConnection"));
  const paths = peers.map((peer) => pathOf(gateway, peer));
  expect(paths.map(({ remote, connection }) => [remote.port, connection])).toEqual([
    [1701, 1],
    [1701, 2],
  ]);
  expect(paths.map((path) => reached(gateway, path, peers))).toEqual([["1:1701"], ["2:1701"]]);
});

test.each([
  ["perConnection", true],
  ["portDemux", undefined],
  ["none", undefined],
] as const)("with %s L2TP is told whether an equal address and port could be another peer", (separation, exclusive) => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation, demuxPort: 1024 });
  const path = pathOf(gateway, peers[0]);
  expect(path.exclusive).toBe(exclusive);
  // The way out is found by whom the path names; what is known of it beside that does not count.
  const { exclusive: _, ...bare } = path;
  expect([path, bare].map((one) => reached(gateway, one, peers))).toEqual([["1:1701"], ["1:1701"]]);
});

test.each(["perConnection", "portDemux"] as const)(
  "with %s a client cannot speak into a session of another (case 9.17)",
  (separation) => {
    const [one, two] = shared(separation);
    const { gateway, peers } = gatewayWith({ ...one, demuxPort: 1024 }, { ...two, demuxPort: 1025 });
    const [first, second] = peers;
    installSession(gateway, 1, pathOf(gateway, first));
    if (second !== undefined) gateway.receive(second.l2tp(dataMessage(1, 1, LCP)), 1);
    // The engine asks who that is; the session has not heard it.
    expect(puntsOf(gateway)).toMatchObject([{ type: "stray", session: 1, path: { connection: 2 } }]);
    expect(gateway.session(1)).toMatchObject({ rxPackets: 0 });
    expect(gateway.totals().noSession).toBe(1);
    if (first !== undefined) gateway.receive(first.l2tp(dataMessage(1, 1, LCP)), 1);
    expect(puntsOf(gateway)).toHaveLength(1);
  },
);

test("a port that was given to another client does not lead its traffic into the old client's session", () => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation: "portDemux", demuxPort: 1024 });
  const path = pathOf(gateway, peers[0]);
  installSession(gateway, 1, path);
  gateway.program({ type: "closeConnection", connection: 1 });
  const next = new LinePeer(gateway, { connection: 2, separation: "portDemux", demuxPort: 1024 });
  gateway.receive(next.l2tp(dataMessage(1, 1, LCP)), 1);
  expect(puntsOf(gateway)).toMatchObject([{ type: "stray", session: 1, path: { connection: 2 } }]);
  expect(gateway.session(1)).toMatchObject({ rxPackets: 0 });
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(datagramsOf(gateway)).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ txDiscards: 1 });
});

test("a client that keeps changing its inner port is stopped after a while", () => {
  const { gateway, peers } = gatewayWith({ connection: 1, separation: "none" });
  const [peer] = peers;
  for (let port = 2000; peer !== undefined && port < 2100; port += 1) {
    peer.port = port;
    gateway.receive(peer.l2tp(controlMessage(1)), 1);
  }
  const counted = gateway.inboundSa(1, peer?.inboundSpi ?? 0);
  expect(puntsOf(gateway).length + (counted?.policyErrors ?? 0)).toBe(100);
  expect(counted?.policyErrors).toBeGreaterThan(60);
});
