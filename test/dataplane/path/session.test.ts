/** L2TP data, PPP data and IP between sessions, on the gateway and on a client's end. */
import { expect, test } from "vitest";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { ANY_WILDCARD } from "../../../src/engine/access-list-spec.ts";
import { newLineModuleCounters } from "../../../src/engine/counters.ts";
import type { InstallSession, OpenSessionIp } from "../../../src/engine/forwarding.ts";
import { fragment } from "../../../src/engine/ip/fragment.ts";
import { Reassembly } from "../../../src/engine/ip/reassembly.ts";
import { ipv4FromNumber, ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { icmpEcho, icmpType } from "../../../src/engine/wire/icmp.ts";
import { readIcmpAnswer } from "../../../src/engine/wire/icmp-error.ts";
import { type Ipv4Packet, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { l2tpDataMessage } from "../../../src/engine/wire/l2tp-data.ts";
import { hex } from "../../support/hex.ts";
import {
  datagramsOf,
  dataMessage,
  GATEWAY,
  LinePeer,
  ping,
  pppIp,
  puntsOf,
  sessionIp,
  sessionThrough,
} from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

const LOOPBACK = "12.0.0.8";
const HOST = ["20.0.0.100", "20.0.0.101", "20.0.0.102"];
const LCP = hex("ff03 c021 0901 0008 00000000");

interface Client {
  readonly peer: LinePeer;
  /** Sends a PPP frame in the client's session. */
  send(frame: Uint8Array): void;
  /** PPP frames that the gateway sent to this client and nobody else could open. */
  take(): Uint8Array[];
}

/** A gateway with `count` clients whose sessions 1, 2, … are up; IP is open unless said otherwise. */
function setup(
  count: number,
  install: Partial<InstallSession> = {},
  ip: Partial<OpenSessionIp> | "closed" = {},
): { gateway: LineModule; clients: Client[]; first: Client; second: Client } {
  const gateway = new LineModule({ random: seededRandom(1) });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY, LOOPBACK],
    ipsecOnly: [GATEWAY],
    routes: [],
  });
  const clients = Array.from({ length: count }, (_, index): Client => {
    const session = index + 1;
    const peer = new LinePeer(gateway, { connection: session });
    gateway.program({ ...sessionThrough(session), ...install });
    if (ip !== "closed") openIp(gateway, session, ip);
    return {
      peer,
      send: (frame) => gateway.receive(peer.l2tp(dataMessage(100 + session, 200 + session, frame)), 1),
      take: () =>
        datagramsOf(gateway).flatMap((datagram) => {
          const received = peer.open(datagram);
          return received === undefined ? [] : [l2tpDataMessage.decode(received.message).payload];
        }),
    };
  });
  const [first, second = first] = clients;
  if (first === undefined || second === undefined) throw new Error("no client");
  return { gateway, clients, first, second };
}

/** The IP packet in a PPP frame that is not compressed. */
function ipIn(frame: Uint8Array | undefined): Ipv4Packet {
  return ipv4Packet.decode((frame ?? new Uint8Array(0)).subarray(4));
}

function answerIn(frame: Uint8Array | undefined): unknown {
  const answer = readIcmpAnswer(ipIn(frame).payload);
  if (answer?.kind !== "error") return answer;
  const { kind, type, code, destination } = answer;
  return { kind, type, code, about: ipv4FromNumber(destination) };
}

function openIp(gateway: LineModule, session: number, changes: Partial<OpenSessionIp> = {}): void {
  gateway.program(sessionIp({ session, localAddress: LOOPBACK, peerAddress: HOST[session - 1] ?? "", ...changes }));
}

test("a PPP frame that is not IP goes up from its protocol field on, however its header is written", () => {
  const { gateway, first } = setup(1);
  for (const frame of ["ff03 c021 01", "c021 01", "ff03 80fd 01", "ff03 fd 01", "fd 01"]) first.send(hex(frame));
  expect(puntsOf(gateway)).toMatchObject(
    ["c021 01", "c021 01", "80fd 01", "00fd 01", "00fd 01"].map((bytes) => ({
      type: "ppp",
      session: 1,
      bytes: hex(bytes),
    })),
  );
});

test("a frame that ends within its header is discarded", () => {
  const { gateway, first } = setup(1);
  for (const frame of ["", "ff03", "ff03 c0", "00"]) first.send(hex(frame));
  expect(puntsOf(gateway)).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ rxPackets: 4, rxDiscards: 4 });
});

test("IP before IPCP opened goes up as PPP, and again after it closed (case 10.18)", () => {
  const { gateway, first } = setup(1, {}, "closed");
  const frame = pppIp(ping(HOST[0] ?? "", LOOPBACK));
  first.send(frame);
  openIp(gateway, 1);
  first.send(frame);
  gateway.program({ type: "closeSessionIp", session: 1 });
  first.send(frame);
  expect(puntsOf(gateway)).toMatchObject([{ bytes: frame.subarray(2) }, { bytes: frame.subarray(2) }]);
  expect(first.take()).toHaveLength(1);
});

test("frames of the engine travel as they are, without a length or sequence numbers", () => {
  const { gateway, first } = setup(1);
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  const received = first.peer.open(datagramsOf(gateway)[0]);
  expect(received?.message).toEqual(Uint8Array.from([...hex("0002 0001 0002"), ...LCP]));
  gateway.transmit({ type: "ppp", session: 99, bytes: LCP }, 1);
  expect(datagramsOf(gateway)).toEqual([]);
  expect(gateway.totals().noSession).toBe(1);
});

test("we number our messages when the peer asked for it", () => {
  const { gateway, first } = setup(1, { sequencing: true });
  const numbers = [0, 1, 2].map(() => {
    gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
    const received = first.peer.open(datagramsOf(gateway)[0]);
    return l2tpDataMessage.decode(received?.message ?? hex("")).ns;
  });
  expect(numbers).toEqual([0, 1, 2]);
});

test("data for no session, or with a header that lies, is dropped and counted (cases 9.02 to 9.04, 9.16, 9.17)", () => {
  const { gateway, first } = setup(1);
  gateway.receive(first.peer.l2tp(dataMessage(101, 0, LCP)), 1);
  gateway.receive(first.peer.l2tp(dataMessage(1, 201, LCP)), 1);
  expect(gateway.totals()).toMatchObject({ noSession: 2, malformed: 0 });
  for (const message of ["0003 0065 00c9 ff03", "4002 0fff 0065 00c9", "0202 0065 00c9 0009", "0002 0065"]) {
    gateway.receive(first.peer.l2tp(hex(message)), 1);
  }
  expect(gateway.totals()).toMatchObject({ noSession: 2, malformed: 4 });
  expect(puntsOf(gateway)).toEqual([]);
});

test("the router answers a ping on each of its own addresses", () => {
  const { first } = setup(1);
  for (const address of [LOOPBACK, GATEWAY]) {
    first.send(pppIp(ping(HOST[0] ?? "", address)));
    const [frame] = first.take();
    expect(frame?.subarray(0, 4)).toEqual(hex("ff03 0021"));
    const reply = ipv4Packet.decode(frame?.subarray(4) ?? hex(""));
    expect(reply.payload[0]).toBe(0);
    expect(reply).toMatchObject({ protocol: 1, timeToLive: 255 });
  }
});

test.each([
  [false, false, "ff03 0021"],
  [true, false, "ff03 21"],
  [false, true, "0021"],
  [true, true, "21"],
])(
  "PPP headers are as short as was agreed on: protocol %s, address %s",
  (compressProtocol, compressAddress, header) => {
    const { first } = setup(1, {}, { compressProtocol, compressAddress });
    first.send(pppIp(ping(HOST[0] ?? "", LOOPBACK)));
    const [frame] = first.take();
    expect(frame?.subarray(0, hex(header).length + 1)).toEqual(Uint8Array.from([...hex(header), 0x45]));
  },
);

test("compressed headers are understood although they were not agreed on", () => {
  const { gateway, first } = setup(1);
  for (const header of ["ff03 0021", "ff03 21", "0021", "21"]) {
    first.send(Uint8Array.from([...hex(header), ...ping(HOST[0] ?? "", LOOPBACK)]));
  }
  expect(first.take()).toHaveLength(4);
  expect(gateway.session(1)).toMatchObject({ rxPackets: 4, txPackets: 4 });
});

test("a packet to another session's address is passed on one hop older, with a right checksum", () => {
  const { gateway, first, second } = setup(2);
  const packet = ping(HOST[0] ?? "", HOST[1] ?? "", 64);
  first.send(pppIp(packet));
  const [frame] = second.take();
  const passed = ipv4Packet.decode(frame?.subarray(4) ?? hex(""));
  expect(passed).toEqual({ ...ipv4Packet.decode(packet), timeToLive: 63 });
  expect(gateway.session(2)).toMatchObject({ txPackets: 1, txOctets: packet.length + 4 });
});

test("a packet whose hops are used up is dropped; one to the router itself is not", () => {
  const { gateway, first, second } = setup(2);
  for (const hops of [0, 1]) first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "", hops)));
  expect(second.take()).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ rxDiscards: 2 });
  first.send(pppIp(ping(HOST[0] ?? "", LOOPBACK, 1)));
  expect(first.take()).toHaveLength(1);
});

test("a packet whose source is not the session's is dropped and counted (cases 8.15, 10.19)", () => {
  const { gateway, first, second } = setup(2);
  for (const source of [HOST[1] ?? "", LOOPBACK, "0.0.0.0", "255.255.255.255"]) {
    first.send(pppIp(ping(source, LOOPBACK)));
  }
  expect([...first.take(), ...second.take()]).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ spoofed: 4, rxDiscards: 0 });
});

test("a packet to nowhere is dropped and counted; of single hosts the sender is told that they cannot be reached", () => {
  const { gateway, first } = setup(1);
  for (const destination of ["8.8.8.8", "255.255.255.255", "224.0.0.1", HOST[1] ?? ""]) {
    first.send(pppIp(ping(HOST[0] ?? "", destination)));
  }
  expect(first.take().map(answerIn)).toEqual([
    { kind: "error", type: 3, code: 1, about: "8.8.8.8" },
    { kind: "error", type: 3, code: 1, about: HOST[1] },
  ]);
  expect(gateway.totals()).toMatchObject({ noRoute: 4, icmpErrors: 2 });
});

test("a packet whose hops are used up is told to its sender", () => {
  const { gateway, first } = setup(2);
  first.send(pppIp(ipv4Packet.encode({ ...ipv4Packet.decode(ping(HOST[0] ?? "", HOST[1] ?? "")), timeToLive: 1 })));
  expect(first.take().map(answerIn)).toEqual([{ kind: "error", type: 11, code: 0, about: HOST[1] }]);
  expect(gateway.session(2)).toMatchObject({ txPackets: 0 });
});

test("errors to clients are bounded: a burst, then so many a second", () => {
  const { gateway, first } = setup(1);
  for (let sent = 0; sent < 1000; sent += 1) first.send(pppIp(ping(HOST[0] ?? "", "8.8.8.8")));
  expect(gateway.totals()).toMatchObject({ noRoute: 1000, icmpErrors: 20 });
});

test("a packet that may not be cut and is too large is told to its sender with the size that passes", () => {
  const { gateway, first } = setup(2, {}, { mtu: 60 });
  const packet = ipv4Packet.decode(ping(HOST[0] ?? "", HOST[1] ?? ""));
  first.send(pppIp(ipv4Packet.encode({ ...packet, dontFragment: true, payload: new Uint8Array(100) })));
  const [error] = first.take();
  expect(answerIn(error)).toEqual({ kind: "error", type: 3, code: 4, about: HOST[1] });
  expect(ipIn(error).payload.subarray(4, 8)).toEqual(hex("0000 003c"));
  expect(gateway.session(2)).toMatchObject({ txPackets: 0, txDiscards: 1 });
});

test("an access list stands between a client and the rest, in both directions", () => {
  const { gateway, first, second } = setup(2);
  const any = ANY_WILDCARD;
  const entry = { protocol: undefined, sourcePorts: undefined, destinationPorts: undefined, icmp: undefined } as const;
  const to = (host: string) => ({ address: host, wildcard: "0.0.0.0" });
  gateway.program({
    type: "configureAccessLists",
    lists: [
      {
        name: "FROM",
        kind: "extended",
        entries: [
          {
            ...entry,
            sequence: 10,
            action: "permit",
            source: any,
            destination: to(HOST[1] ?? ""),

            log: true,
          },
          {
            ...entry,
            sequence: 20,
            action: "permit",
            source: any,
            destination: to("12.0.0.9"),

            log: false,
          },
        ],
      },
      { name: "TO", kind: "standard", entries: [] },
    ],
  });
  openIp(gateway, 1, { accessGroups: { in: "FROM" } });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(second.take()).toHaveLength(1);
  first.send(pppIp(ping(HOST[0] ?? "", LOOPBACK)));
  expect(first.take().map(answerIn)).toEqual([{ kind: "error", type: 3, code: 13, about: LOOPBACK }]);
  expect(gateway.session(1)).toMatchObject({ filtered: 1 });
  expect(puntsOf(gateway)).toMatchObject([{ type: "filterLog", list: "FROM", packets: 1, protocol: 1 }]);
  expect(gateway.accessList("FROM")).toEqual([1, 0]);

  openIp(gateway, 2, { accessGroups: { out: "TO" } });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(gateway.session(2)).toMatchObject({ filtered: 1, txPackets: 1 });
  gateway.program({ type: "clearAccessLists", list: undefined });
  expect(gateway.accessList("FROM")).toEqual([0, 0]);
});

test("an access list at an outer address refuses what it does not permit, and nothing is answered", () => {
  const { gateway, first, second } = setup(2);
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY, LOOPBACK],
    ipsecOnly: [GATEWAY],
    routes: [],
    filters: [{ address: GATEWAY, list: "OUTSIDE" }],
  });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(second.take()).toHaveLength(1);
  gateway.program({ type: "configureAccessLists", lists: [{ name: "OUTSIDE", kind: "standard", entries: [] }] });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(second.take()).toEqual([]);
  expect(gateway.totals()).toMatchObject({ filtered: 1 });
});

test("what is not sound IPv4 is discarded, cut at each octet too", () => {
  const { gateway, first } = setup(1);
  const packet = ping(HOST[0] ?? "", LOOPBACK);
  for (let length = 0; length < packet.length; length += 1) first.send(pppIp(packet.subarray(0, length)));
  const damaged = packet.slice();
  damaged[1] = 7;
  first.send(pppIp(damaged));
  expect(first.take()).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ rxDiscards: packet.length + 1 });
});

test("octets behind a packet are cut off before it is passed on", () => {
  const { first, second } = setup(2);
  first.send(Uint8Array.from([...pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")), 0, 0, 0]));
  expect(second.take()[0]?.length).toBe(4 + ping("1.1.1.1", "1.1.1.1").length);
});

test("a packet to the router that is no ping goes up, when it is whole; no UDP port is open", () => {
  const { gateway, first } = setup(1);
  const decoded = ipv4Packet.decode(ping(HOST[0] ?? "", LOOPBACK));
  first.send(pppIp(ipv4Packet.encode({ ...decoded, protocol: 17 })));
  expect(first.take().map(answerIn)).toEqual([{ kind: "error", type: 3, code: 3, about: LOOPBACK }]);
  const packet = ipv4Packet.encode({ ...decoded, protocol: 6, payload: new Uint8Array(16) });
  first.send(pppIp(packet));
  expect(puntsOf(gateway)).toEqual([{ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: packet }]);
  const fragment = ipv4Packet.encode({ ...ipv4Packet.decode(packet), moreFragments: true });
  first.send(pppIp(fragment));
  expect(puntsOf(gateway)).toEqual([]);
  const rest = ipv4Packet.encode({ ...ipv4Packet.decode(packet), fragmentOffset: (packet.length - 20) / 8 });
  first.send(pppIp(rest));
  expect(puntsOf(gateway)).toMatchObject([{ type: "ip", bytes: { length: 2 * packet.length - 20 } }]);
});

test("the largest ping there is, in pieces and in disorder, is answered in pieces", () => {
  const { gateway, first } = setup(1, {}, { mtu: 1400 });
  const data = seededRandom(1).bytes(65_535 - 28);
  const payload = icmpEcho.encode({ type: icmpType.echoRequest, identifier: 7, sequence: 9, data });
  const [source, destination] = [ipv4ToNumber(HOST[0] ?? ""), ipv4ToNumber(LOOPBACK)];
  const whole = ipv4Packet.encode(simplePacket({ protocol: 1, source, destination, payload, identification: 77 }));
  const pieces = fragment(whole, 1400);
  for (const piece of pieces.reverse()) first.send(pppIp(piece));
  const answers = first.take().map((frame) => frame.subarray(4));
  expect(Math.max(...answers.map(({ length }) => length))).toBeLessThanOrEqual(1400);
  const together = new Reassembly(newLineModuleCounters());
  const [answer] = answers.map((piece) => together.add(DEFAULT_ROUTER, piece, 0)).filter((one) => one !== undefined);
  const decoded = ipv4Packet.decode(answer ?? hex(""));
  expect(decoded).toMatchObject({ source: destination, destination: source, identification: 77 });
  expect(icmpEcho.decode(decoded.payload)).toMatchObject({
    type: icmpType.echoReply,
    identifier: 7,
    sequence: 9,
    data,
  });
  const { length } = pieces;
  expect(gateway.totals()).toMatchObject({ reassembled: 1, fragmented: 1, fragments: length });
  expect(gateway.session(1)).toMatchObject({ rxPackets: length, txPackets: length, rxDiscards: 0, txDiscards: 0 });
});

test("an address belongs to its session only while IP is open there", () => {
  const { gateway, first, second } = setup(2);
  gateway.program({ type: "closeSessionIp", session: 2 });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(gateway.totals().noRoute).toBe(1);
  openIp(gateway, 2);
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(second.take()).toHaveLength(1);
  gateway.program({ type: "removeSession", session: 2 });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(gateway.totals().noRoute).toBe(2);
  expect(gateway.session(2)).toBeUndefined();
});

test("sessions of different virtual routers do not reach each other, with equal addresses either", () => {
  const { gateway, first, second } = setup(2);
  openIp(gateway, 2, { virtualRouter: "boston", peerAddress: HOST[0] ?? "" });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[0] ?? "")));
  expect(second.take()).toEqual([]);
  gateway.transmit({ type: "ip", virtualRouter: "boston", bytes: ping(LOOPBACK, HOST[0] ?? "") }, 1);
  expect(second.take()).toHaveLength(1);
  gateway.program({ type: "removeRouter", virtualRouter: "boston" });
  gateway.transmit({ type: "ip", virtualRouter: "boston", bytes: ping(LOOPBACK, HOST[0] ?? "") }, 1);
  expect(second.take()).toEqual([]);
});

test("a packet of the router's own takes the session's way; to itself it comes back up", () => {
  const { gateway, first } = setup(1);
  gateway.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: ping(LOOPBACK, HOST[0] ?? "") }, 1);
  expect(ipv4Packet.decode(first.take()[0]?.subarray(4) ?? hex("")).timeToLive).toBe(64);
  gateway.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: ping(LOOPBACK, GATEWAY) }, 1);
  const [punt] = puntsOf(gateway);
  expect(punt?.type === "ip" && punt.bytes[20]).toBe(0);
});

test("a client's end sends everything else to its session, answers pings, and passes nothing on", () => {
  const { gateway: client, first } = setup(
    1,
    {},
    { localAddress: "20.0.0.50", peerAddress: LOOPBACK, checkSource: false, defaultRoute: true },
  );
  client.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: ["20.0.0.50"],
    ipsecOnly: [],
    routes: [],
  });
  client.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: ping("20.0.0.50", "8.8.8.8") }, 1);
  expect(first.take()).toHaveLength(1);
  first.send(pppIp(ping("8.8.8.8", "20.0.0.50")));
  expect(first.take()).toHaveLength(1);
  first.send(pppIp(ping("8.8.8.8", "9.9.9.9")));
  expect(first.take()).toEqual([]);
});

test("a network routed to a session's address is reached through it, the longest prefix first, and may send from it", () => {
  const { gateway, first, second } = setup(2);
  const routes = [
    { prefix: { address: "192.168.0.0", length: 16 }, nextHop: HOST[0] ?? "" },
    { prefix: { address: "192.168.5.0", length: 24 }, nextHop: HOST[1] ?? "" },
    { prefix: { address: "0.0.0.0", length: 0 }, nextHop: "172.19.192.1" },
  ];
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY, LOOPBACK],
    ipsecOnly: [GATEWAY],
    routes,
  });
  first.send(pppIp(ping(HOST[0] ?? "", "192.168.5.9")));
  expect(second.take()).toHaveLength(1);
  second.send(pppIp(ping("192.168.5.9", "192.168.7.1")));
  expect(first.take()).toHaveLength(1);
  // The other network is the first client's: the second one may not speak from it.
  second.send(pppIp(ping("192.168.7.1", HOST[0] ?? "")));
  expect(first.take()).toEqual([]);
  expect(gateway.session(2)?.spoofed).toBe(1);
  // A next hop that is no session leads nowhere.
  first.send(pppIp(ping(HOST[0] ?? "", "8.8.8.8")));
  expect(gateway.totals().noRoute).toBe(1);
});

test("when a client's session goes, so does its way out", () => {
  const { gateway: client } = setup(1, {}, { defaultRoute: true });
  client.program({ type: "closeSessionIp", session: 1 });
  client.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: ping(LOOPBACK, "8.8.8.8") }, 1);
  expect(client.totals().noRoute).toBe(1);
});

test("the address of our end of the link is ours, though no interface has it", () => {
  const { first } = setup(1, {}, { localAddress: "12.0.0.99" });
  first.send(pppIp(ping(HOST[0] ?? "", "12.0.0.99")));
  expect(first.take()).toHaveLength(1);
});

test("a session that is given another address answers to the old one no more", () => {
  const { gateway, first, second } = setup(2);
  openIp(gateway, 2, { peerAddress: HOST[2] ?? "" });
  first.send(pppIp(ping(HOST[0] ?? "", HOST[1] ?? "")));
  expect(gateway.totals().noRoute).toBe(1);
  first.send(pppIp(ping(HOST[0] ?? "", HOST[2] ?? "")));
  expect(second.take()).toHaveLength(1);
});

test("when its virtual router is removed a session carries no IP any more", () => {
  const { gateway, first } = setup(1);
  gateway.program({ type: "removeRouter", virtualRouter: DEFAULT_ROUTER });
  first.send(pppIp(ping(HOST[0] ?? "", LOOPBACK)));
  expect(puntsOf(gateway)).toMatchObject([{ type: "ppp", session: 1 }]);
  expect(first.take()).toEqual([]);
});

test("sessions in the clear carry data between their own two ends only", () => {
  const gateway = new LineModule({ random: seededRandom(1) });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY],
    ipsecOnly: [],
    routes: [],
  });
  const local = { address: GATEWAY, port: 1701 };
  const remote = { address: "192.0.2.1", port: 1701 };
  gateway.program({
    type: "installSession",
    session: 1,
    path: { virtualRouter: DEFAULT_ROUTER, local, remote, connection: undefined },
    localTunnelId: 1,
    localSessionId: 1,
    remoteTunnelId: 3,
    remoteSessionId: 4,
    sequencing: false,
  });
  const from = (address: string, port: number) =>
    gateway.receive(
      { role: "l2tp", flow: { local, remote: { address, port }, wire: local }, bytes: dataMessage(1, 1, LCP) },
      1,
    );
  from("192.0.2.2", 1701);
  from("192.0.2.1", 1702);
  expect(gateway.totals().noSession).toBe(2);
  from("192.0.2.1", 1701);
  expect(puntsOf(gateway)).toMatchObject([{ type: "ppp", session: 1 }]);
  const peer = new LinePeer(gateway, { connection: 5 });
  gateway.receive(peer.l2tp(dataMessage(1, 1, LCP)), 1);
  expect(puntsOf(gateway)).toEqual([]);
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(datagramsOf(gateway)).toEqual([
    { role: "l2tp", flow: { local, remote, wire: local }, bytes: dataMessage(3, 4, LCP) },
  ]);
});

test("a session whose connection is gone neither speaks nor hears", () => {
  const { gateway, first } = setup(1, {}, "closed");
  gateway.program({ type: "closeConnection", connection: 1 });
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(first.take()).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ txDiscards: 1, txPackets: 0 });
});

test("when its sequence numbers are used up an SA asks for a successor in time and then falls silent (case 8.12)", () => {
  const { gateway, first } = setup(1);
  const counters = gateway.outboundSa(1, first.peer.outboundSpi);
  if (counters === undefined) throw new Error("no SA");
  Object.assign(counters, { lastSequence: 0xfbff_ffff - 1 });
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(puntsOf(gateway)).toEqual([{ type: "saVolume", connection: 1, spi: first.peer.outboundSpi }]);
  Object.assign(counters, { lastSequence: 0xffff_fffe });
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(datagramsOf(gateway)).toHaveLength(3);
  gateway.transmit({ type: "ppp", session: 1, bytes: LCP }, 1);
  expect(datagramsOf(gateway)).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ txDiscards: 1 });
});

test("a packet that is too large for the peer and may be cut comes in pieces that fit", () => {
  const { gateway, first } = setup(2, {}, { mtu: 68 });
  const decoded = ipv4Packet.decode(ping(HOST[0] ?? "", HOST[1] ?? ""));
  first.send(pppIp(ipv4Packet.encode({ ...decoded, payload: new Uint8Array(100) })));
  expect(gateway.session(2)).toMatchObject({ txPackets: 3, txDiscards: 0 });
});
