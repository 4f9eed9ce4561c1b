/**
 * What the path leaves to the collector, as a program of its own: what a test runner makes of a module is compiled otherwise. A line for each suite and direction: octets of V8's
 * heap for each packet, once it is warm. Says nothing where V8 does not tell.
 */

import { getHeapStatistics } from "node:v8";
import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import { systemRandom } from "../../src/dataplane/io/entropy.ts";
import { openOpensslSuite } from "../../src/dataplane/io/native/suite-openssl.ts";
import { hostSystem } from "../../src/dataplane/io/native/system.ts";
import { UdpPorts } from "../../src/dataplane/io/udp.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import type { CryptoSuite } from "../../src/engine/crypto/suite.ts";
import { nodeSuite } from "../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../src/engine/forwarding.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { dataMessage, LinePeer, pppIp, sessionIp, sessionThrough } from "./line-peer.ts";

const TOGETHER = 32;
const ROUNDS = 400;
/** The least of them counts: V8 allocates too while it compiles, but not all the time. */
const WINDOWS = 12;
/** Of each window: enough to call it nothing. */
const LITTLE = 4;
/** Of IP: what fills a frame, what acknowledges it, and others. */
const LENGTHS = [1400, 52, 576, 1400, 1399];

const [CLIENT, HOST] = [0x1400_0001, 0xc612_0001];

/** Since the isolate began; not every V8 tells. */
const allocated = () => (getHeapStatistics() as { readonly total_allocated_bytes?: number }).total_allocated_bytes;

const openssl = openOpensslSuite();

const cbc: Partial<EspKeys> = { cipher: "aes", encryptionKey: new Uint8Array(16).fill(3) };
const gcm: Partial<EspKeys> = {
  cipher: "aes-gcm",
  encryptionKey: new Uint8Array(20).fill(3),
  integrity: undefined,
  integrityKey: new Uint8Array(0),
};
/** Has no lanes: one packet at a time. */
const sha512: Partial<EspKeys> = { ...cbc, integrity: "sha512", integrityKey: new Uint8Array(64).fill(5) };

interface Case {
  readonly name: string;
  readonly suite: CryptoSuite;
  readonly keys: Partial<EspKeys>;
}

/** With `node:crypto`, what a call of a cipher leaves is shared by a batch; the object that its AES-GCM needs for each packet is not ours and not here. */
const cases: readonly Case[] = [
  { name: "node, AES-CBC", suite: nodeSuite, keys: cbc },
  ...(typeof openssl === "string"
    ? []
    : [
        { name: "openssl, AES-CBC", suite: openssl, keys: cbc },
        { name: "openssl, AES-GCM", suite: openssl, keys: gcm },
        { name: "openssl, AES-CBC with SHA-512", suite: openssl, keys: sha512 },
      ]),
];

function ipPacket(source: number, destination: number, length: number): Uint8Array {
  return ipv4Packet.encode(simplePacket({ protocol: 17, source, destination, payload: new Uint8Array(length - 20) }));
}

function setup({ suite, keys }: Case): { gateway: LineModule; peer: LinePeer } {
  const gateway = new LineModule({ random: systemRandom(), suite, lends: true });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: ["12.0.0.8"],
    ipsecOnly: [],
    routes: [],
    hostLinks: [{ device: "lnsh0", address: undefined, mtu: 1500, networks: [{ address: "198.18.0.0", length: 16 }] }],
  });
  const peer = new LinePeer(gateway, { connection: 1, replayWindow: 0, keys });
  gateway.program(sessionThrough(1));
  gateway.program(sessionIp({ session: 1, localAddress: "12.0.0.8", peerAddress: "20.0.0.1", mtu: 1500 }));
  return { gateway, peer };
}

if (allocated() !== undefined) {
  for (const one of cases) {
    for (const [way, octets] of measured(one)) process.stdout.write(`${one.name}, ${way}: ${octets.toFixed(1)}\n`);
  }
  if ("system" in hostSystem()) process.stdout.write(`the host's sockets: ${(await measuredSockets()).toFixed(1)}\n`);
}

/** Datagrams that a socket sends to itself: each is received and sent again. */
async function measuredSockets(): Promise<number> {
  const wire = { address: "127.0.0.1", port: 0 };
  const ports = await UdpPorts.open([{ role: "natt", local: wire, wire }], "native");
  const own = ports.wireOf(wire) ?? wire;
  let left = 0;
  let done: () => void = () => undefined;
  ports.onDatagrams((datagrams) => {
    left -= datagrams.length;
    if (left <= 0) done();
    else for (const datagram of datagrams) ports.send(datagram);
  });
  const round = (): Promise<void> =>
    new Promise((resolve) => {
      left = ROUNDS * TOGETHER;
      done = resolve;
      for (let i = 0; i < TOGETHER; i += 1) {
        const bytes = new Uint8Array(LENGTHS[i % LENGTHS.length] ?? 0).fill(1);
        ports.send({ role: "natt", flow: { local: wire, remote: own, wire: own }, bytes });
      }
    });
  let least = Number.POSITIVE_INFINITY;
  for (let window = 0; window < WINDOWS && least > LITTLE; window += 1) {
    const before = allocated() ?? 0;
    await round();
    least = Math.min(least, ((allocated() ?? 0) - before) / (ROUNDS * TOGETHER));
  }
  await ports.close();
  return least;
}

function measured(one: Case): (readonly [string, number])[] {
  const { gateway, peer } = setup(one);
  const lengths = Array.from({ length: TOGETHER }, (_, i) => LENGTHS[i % LENGTHS.length] ?? 0);
  const batch: OuterDatagram[] = lengths.map((length) =>
    peer.l2tp(dataMessage(101, 201, pppIp(ipPacket(CLIENT, HOST, length)))),
  );
  const outward = lengths.map((length) => ipPacket(HOST, CLIENT, length));
  const ways = {
    up() {
      gateway.receiveAll(batch, 1);
      let out = 0;
      while (gateway.pollHostPacket() !== undefined) out += 1;
      return out;
    },
    down() {
      for (const packet of outward) gateway.receiveFromHost("lnsh0", packet, 1);
      let out = 0;
      while (gateway.pollDatagram() !== undefined) out += 1;
      return out;
    },
  };
  return Object.entries(ways).map(([name, way]) => [name, leastOf(way)] as const);
}

function leastOf(way: () => number): number {
  if (way() !== TOGETHER) throw new Error("packets were lost");
  let least = Number.POSITIVE_INFINITY;
  for (let window = 0; window < WINDOWS && least > LITTLE; window += 1) {
    const before = allocated() ?? 0;
    for (let round = 0; round < ROUNDS; round += 1) way();
    least = Math.min(least, ((allocated() ?? 0) - before) / (ROUNDS * TOGETHER));
  }
  return least;
}
