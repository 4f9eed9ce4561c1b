/** IP between sessions and the host: what passes, what is refused and to whom that is told, and that everything is counted once. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { ANY_WILDCARD } from "../../../src/engine/access-list-spec.ts";
import { ipv4FromNumber, ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { readIcmpAnswer } from "../../../src/engine/wire/icmp-error.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import {
  DEVICE,
  hostPacketsOf,
  LOOPBACK,
  WIRE,
  type WiredClient,
  wiredGateway,
  wiredRouter,
} from "../../support/gateway-with-sessions.ts";
import { datagramsOf, GATEWAY, ping } from "../../support/line-peer.ts";

const WORLD = "192.0.2.50";

function tcp(source: string, destination: string, length: number, mayFragment = false, timeToLive = 64): Uint8Array {
  const packet = simplePacket({
    protocol: 6,
    source: ipv4ToNumber(source),
    destination: ipv4ToNumber(destination),
    payload: new Uint8Array(length - 20),
    timeToLive,
  });
  return ipv4Packet.encode({ ...packet, dontFragment: !mayFragment });
}

function setup(...parameters: Parameters<typeof wiredGateway>): {
  gateway: LineModule;
  client: WiredClient;
  other: WiredClient;
} {
  const { gateway, clients } = wiredGateway(...parameters);
  const [client, other = client] = clients;
  if (client === undefined || other === undefined) throw new Error("no client");
  return { gateway, client, other };
}

/** Source, destination and hops left. */
function brief(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "nothing";
  const { source, destination, timeToLive } = ipv4Packet.decode(bytes);
  return `${ipv4FromNumber(source)} > ${ipv4FromNumber(destination)} ${timeToLive}`;
}

function errorIn(bytes: Uint8Array | undefined): unknown {
  const answer = readIcmpAnswer(ipv4Packet.decode(bytes ?? new Uint8Array(0)).payload);
  return answer?.kind === "error" ? [answer.type, answer.code] : answer?.kind;
}

test("packets pass between a session and the host, one hop older, with sound checksums", () => {
  const { gateway, client } = setup(1);
  client.send(ping(client.address, WORLD));
  const [out, ...more] = hostPacketsOf(gateway);
  expect([brief(out), more.length]).toEqual([`${client.address} > ${WORLD} 63`, 0]);
  gateway.receiveFromHost(DEVICE, ping(WORLD, client.address), 2);
  expect(client.read(datagramsOf(gateway)).map(brief)).toEqual([`${WORLD} > ${client.address} 63`]);
  expect(gateway.hostLink(DEVICE)).toMatchObject({ rxPackets: 1, txPackets: 1, rxOctets: 32, txOctets: 32 });
  expect(gateway.hostLink(DEVICE)).toMatchObject({ lastInputAt: 2, lastOutputAt: 1 });
});

test("the router answers pings from the host on every address of its own", () => {
  const { gateway } = setup(1);
  for (const address of [LOOPBACK, WIRE, GATEWAY]) gateway.receiveFromHost(DEVICE, ping(WORLD, address), 1);
  expect(hostPacketsOf(gateway).map(brief)).toEqual([LOOPBACK, WIRE, GATEWAY].map((own) => `${own} > ${WORLD} 255`));
});

test("the host cannot speak for a session, for the router or for nobody", () => {
  const { gateway, client, other } = setup(2);
  const forged = [client.address, LOOPBACK, WIRE, "127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"];
  for (const source of forged) gateway.receiveFromHost(DEVICE, ping(source, other.address), 1);
  expect(datagramsOf(gateway)).toEqual([]);
  expect(hostPacketsOf(gateway)).toEqual([]);
  expect(gateway.hostLink(DEVICE)).toMatchObject({ spoofed: forged.length, rxPackets: forged.length });
});

test("a session cannot speak for the world or for another session", () => {
  const { gateway, client, other } = setup(2);
  for (const source of [WORLD, other.address, LOOPBACK]) client.send(ping(source, WORLD));
  expect(hostPacketsOf(gateway)).toEqual([]);
  expect(gateway.session(1)).toMatchObject({ spoofed: 3 });
});

test("what no session takes goes back to the host as an error, never as itself", () => {
  const { gateway } = setup(1);
  gateway.receiveFromHost(DEVICE, ping(WORLD, "20.0.0.77"), 1);
  const [answer, ...more] = hostPacketsOf(gateway);
  expect([brief(answer), errorIn(answer), more.length]).toEqual([`${WIRE} > ${WORLD} 255`, [3, 1], 0]);
  gateway.receiveFromHost(DEVICE, ping(WORLD, "224.0.0.251"), 1);
  expect(hostPacketsOf(gateway)).toEqual([]);
});

test("what is too large is cut where it may be and told where it may not, in both directions", () => {
  const { gateway, client } = setup(1, { hostLinks: [{ ...link(), mtu: 1000 }] });
  client.send(tcp(client.address, WORLD, 1300));
  expect(client.read(datagramsOf(gateway)).map(errorIn)).toEqual([[3, 4]]);
  client.send(tcp(client.address, WORLD, 1300, true));
  expect(hostPacketsOf(gateway).map((packet) => packet.length)).toEqual([996, 324]);
  gateway.receiveFromHost(DEVICE, tcp(WORLD, client.address, 1450), 1);
  expect(hostPacketsOf(gateway).map(errorIn)).toEqual([[3, 4]]);
  gateway.receiveFromHost(DEVICE, tcp(WORLD, client.address, 1450, true), 1);
  expect(client.read(datagramsOf(gateway)).map((packet) => packet.length)).toEqual([1396, 74]);
});

test("the last hop is told to the host, and lists of the interface are obeyed both ways", () => {
  const { gateway, client } = setup(1, { hostLinks: [{ ...link(), accessGroups: { in: "IN", out: "OUT" } }] });
  const deny = (name: string, protocol: number) =>
    ({
      name,
      kind: "extended",
      entries: [
        { action: "deny", protocol },
        { action: "permit", protocol: undefined },
      ].map((entry, index) => ({
        sequence: index,
        source: ANY_WILDCARD,
        destination: ANY_WILDCARD,
        sourcePorts: undefined,
        destinationPorts: undefined,
        icmp: undefined,
        established: false,
        log: false,
        ...entry,
      })),
    }) as never;
  gateway.program({ type: "configureAccessLists", lists: [deny("IN", 6), deny("OUT", 1)] });
  gateway.receiveFromHost(DEVICE, ping(WORLD, client.address, 1), 1);
  expect(hostPacketsOf(gateway).map(errorIn)).toEqual([[11, 0]]);
  gateway.receiveFromHost(DEVICE, tcp(WORLD, client.address, 100), 1);
  expect(hostPacketsOf(gateway).map(errorIn)).toEqual([[3, 13]]);
  client.send(ping(client.address, WORLD));
  expect(client.read(datagramsOf(gateway)).map(errorIn)).toEqual([[3, 13]]);
  expect(gateway.hostLink(DEVICE)).toMatchObject({ filtered: 2 });
});

test("without the link there is no way out; made anew it goes on counting", () => {
  const { gateway, client } = setup(1);
  client.send(ping(client.address, WORLD));
  gateway.program(wiredRouter({ hostLinks: [{ ...link(), mtu: 1200 }] }));
  client.send(ping(client.address, WORLD));
  expect(gateway.hostLink(DEVICE)?.txPackets).toBe(2);
  gateway.program(wiredRouter({ hostLinks: [] }));
  hostPacketsOf(gateway);
  client.send(ping(client.address, WORLD));
  gateway.receiveFromHost(DEVICE, ping(WORLD, client.address), 1);
  expect(hostPacketsOf(gateway)).toEqual([]);
  expect(client.read(datagramsOf(gateway)).map(errorIn)).toEqual([[3, 1]]);
});

test("whatever is sent from wherever, SAs, sessions, links and what really left agree with each other", () => {
  const { gateway, clients } = wiredGateway(3);
  const places = [...clients.map(({ address }) => address), WORLD, LOOPBACK, "20.0.0.99", "127.0.0.1"];
  const sent = { esp: [0, 0, 0], espOctets: [0, 0, 0], host: 0, hostOctets: 0 };
  const entered = { sessions: [0, 0, 0], host: 0, hostOctets: 0 };
  fc.assert(
    fc.property(
      fc.record({
        from: fc.integer({ min: 0, max: 3 }),
        source: fc.constantFrom(...places),
        destination: fc.constantFrom(...places),
        length: fc.integer({ min: 20, max: 1500 }),
        mayFragment: fc.boolean(),
        timeToLive: fc.integer({ min: 0, max: 3 }),
        broken: fc.boolean(),
      }),
      ({ from, source, destination, length, mayFragment, timeToLive, broken }) => {
        const packet = tcp(source, destination, length, mayFragment, timeToLive);
        if (broken) packet[length % 20] = 0xff;
        const client = clients[from];
        if (client === undefined) {
          gateway.receiveFromHost(DEVICE, packet, 1);
          entered.host += 1;
          entered.hostOctets += length;
        } else {
          client.send(packet);
          entered.sessions[from] = (entered.sessions[from] ?? 0) + 1;
        }
        for (const datagram of datagramsOf(gateway)) {
          const to = clients.findIndex(({ peer }) => peer.open(datagram) !== undefined);
          sent.esp[to] = (sent.esp[to] ?? 0) + 1;
          sent.espOctets[to] = (sent.espOctets[to] ?? 0) + datagram.bytes.length;
        }
        for (const bytes of hostPacketsOf(gateway)) {
          sent.host += 1;
          sent.hostOctets += bytes.length;
        }
        while (gateway.pollPunt() !== undefined);
        for (const [index, { peer }] of clients.entries()) {
          const inbound = gateway.inboundSa(peer.connection, peer.inboundSpi);
          const outbound = gateway.outboundSa(peer.connection, peer.outboundSpi);
          const session = gateway.session(peer.connection);
          expect([inbound?.packets, session?.rxPackets]).toEqual([entered.sessions[index], entered.sessions[index]]);
          expect([outbound?.packets, session?.txPackets]).toEqual([sent.esp[index], sent.esp[index]]);
          expect(outbound?.wireOctets).toBe(sent.espOctets[index]);
        }
        expect(gateway.hostLink(DEVICE)).toMatchObject({
          rxPackets: entered.host,
          rxOctets: entered.hostOctets,
          txPackets: sent.host,
          txOctets: sent.hostOctets,
        });
      },
    ),
    { numRuns: 1500, seed: 6 },
  );
});

function link() {
  return { device: DEVICE, address: WIRE, mtu: 1500, networks: [{ address: "0.0.0.0", length: 0 }] };
}
