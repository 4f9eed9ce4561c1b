/** Where packets lie in memory that is used again, whoever keeps something of one keeps octets of their own. */

import { expect, test } from "vitest";
import { Recorder } from "../../../src/dataplane/capture/recorder.ts";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { toHex } from "../../support/hex.ts";
import {
  controlMessage,
  dataMessage,
  LinePeer,
  ping,
  pppIp,
  puntsOf,
  sessionIp,
  sessionThrough,
} from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

const OWN = "12.0.0.8";
const WORLD = "198.18.0.1";
const ROUNDS = 20;
const SLOT = 2048;
const LCP = [0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 8];

const openssl = openOpensslSuite();
const suites = [nodeSuite, ...(typeof openssl === "string" ? [] : [openssl])];

/** Octets that somebody has, and what they were when they were given. */
class Keeper {
  readonly #kept: { readonly kind: string; readonly octets: Uint8Array; readonly given: string }[] = [];

  keep(kind: string, octets: Uint8Array): void {
    this.#kept.push({ kind, octets, given: toHex(octets) });
  }

  get kinds(): string[] {
    return [...new Set(this.#kept.map(({ kind }) => kind))].sort();
  }

  get changed(): string[] {
    return this.#kept.filter(({ octets, given }) => toHex(octets) !== given).map(({ kind }) => kind);
  }
}

/** The first of two line modules, with sessions 1 and 2; 3 lives in the other one. */
function gatewayWith(suite: typeof nodeSuite): { gateway: LineModule; peers: readonly LinePeer[] } {
  const gateway = new LineModule({ random: seededRandom(1), suite, lends: true, place: { module: 1, count: 2 } });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [OWN],
    ipsecOnly: [],
    routes: [],
    hostLinks: [{ device: "lnsh0", address: undefined, mtu: 1500, networks: [{ address: "198.18.0.0", length: 16 }] }],
  });
  const peers = [1, 2].map((connection) => {
    const peer = new LinePeer(gateway, { connection, place: { module: 1, count: 2 } });
    gateway.program(sessionThrough(connection));
    gateway.program(sessionIp({ session: connection, localAddress: OWN, peerAddress: `20.0.0.${connection}` }));
    return peer;
  });
  const far = { session: 3, identifiers: 103 * 0x1_0000 + 203, module: 2 };
  gateway.programFar({ type: "openFar", virtualRouter: DEFAULT_ROUTER, address: "20.0.0.3", ...far });
  const elsewhere = new LinePeer({ program: () => undefined }, { connection: 3, place: { module: 2, count: 2 } });
  return { gateway, peers: [...peers, elsewhere] };
}

function udpPacket(source: string, destination: string, payload: number): Uint8Array {
  const addresses = { source: ipv4ToNumber(source), destination: ipv4ToNumber(destination) };
  return ipv4Packet.encode(
    simplePacket({ protocol: 17, ...addresses, payload: new Uint8Array(payload).fill(payload) }),
  );
}

/** One of everything that somebody keeps, and packets that pass. */
function batchOf([first, second, elsewhere]: readonly LinePeer[], round: number): OuterDatagram[] {
  if (first === undefined || second === undefined || elsewhere === undefined) return [];
  const ip = (packet: Uint8Array) => first.l2tp(dataMessage(101, 201, pppIp(packet)));
  const [own, foreign] = [`20.0.0.1`, `20.0.0.2`];
  const other = simplePacket({
    protocol: 89,
    source: ipv4ToNumber(own),
    destination: ipv4ToNumber(OWN),
    payload: Uint8Array.of(round),
  });
  return [
    ip(ping(own, foreign)),
    ip(ping(own, OWN)),
    first.l2tp(controlMessage(round)),
    first.l2tp(dataMessage(101, 201, Uint8Array.from([...LCP, 0, 0, 0, round]))),
    ip(udpPacket(own, WORLD, 100 + round)),
    ip(ipv4Packet.encode(other)),
    ip(udpPacket(own, "20.0.0.3", 200 + round)),
    first.l2tp(dataMessage(102, 202, Uint8Array.from([...LCP, 1, 1, 1, round]))),
    first.l2tp(dataMessage(777, 888, Uint8Array.from([...LCP, 2, 2, 2, round]))),
    elsewhere.l2tp(controlMessage(round)),
    ip(udpPacket(own, "20.0.0.99", 60)),
    second.l2tp(dataMessage(102, 202, pppIp(udpPacket(foreign, own, 1300)))),
  ];
}

test.each(suites.flatMap((suite) => [false, true].map((watched) => ({ suite, watched, name: suite.name }))))(
  "suite $name, watched: $watched: nothing that was punted, handed over or captured is overwritten",
  ({ suite, watched }) => {
    const { gateway, peers } = gatewayWith(suite);
    const slots = new Uint8Array(16 * SLOT);
    const placed = (octets: Uint8Array, i: number): Uint8Array => {
      slots.set(octets, i * SLOT);
      return slots.subarray(i * SLOT, i * SLOT + octets.length);
    };
    const keeper = new Keeper();
    const recorder = new Recorder(
      { octets: 1e7, circular: false, direction: "both" },
      () => 0,
      () => undefined,
    );
    if (watched) gateway.watch(recorder);
    let captured = 0;
    let junk = 0;
    const settle = (): void => {
      junk += 1;
      slots.fill(junk);
      for (const punt of puntsOf(gateway)) if ("bytes" in punt) keeper.keep(punt.type, punt.bytes);
      for (let one = gateway.pollHandOver(); one !== undefined; one = gateway.pollHandOver())
        keeper.keep(`for another: ${one.type}`, one.bytes);
      for (let one = gateway.pollEarly(); one !== undefined; one = gateway.pollEarly()) keeper.keep("early", one.bytes);
      for (const { octets } of recorder.packets.slice(captured)) keeper.keep("captured", octets);
      captured = recorder.packets.length;
      // Until there is no more: then the room is used again.
      while (gateway.pollDatagram() !== undefined);
      while (gateway.pollHostPacket() !== undefined);
    };
    for (let round = 1; round <= ROUNDS; round += 1) {
      gateway.receiveAll(
        batchOf(peers, round).map((datagram, i) => ({ ...datagram, bytes: placed(datagram.bytes, i) })),
        round,
      );
      settle();
      const fromHost = [
        udpPacket(WORLD, "20.0.0.1", 1000 + round),
        udpPacket(WORLD, "20.0.0.3", 60),
        ping(WORLD, OWN),
        udpPacket(WORLD, OWN, 9),
      ];
      for (const [i, packet] of fromHost.entries()) gateway.receiveFromHost("lnsh0", placed(packet, i), round);
      settle();
    }
    const always = ["early", "for another: esp", "for another: packet", "ip", "l2tp", "ppp", "stray"];
    expect(keeper.kinds).toEqual([...always, ...(watched ? ["captured"] : [])].sort());
    expect(keeper.changed).toEqual([]);
  },
);
