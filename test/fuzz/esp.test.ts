/**
 * ESP under mutation, through real SAs of every suite: packets damaged on the way, and packets sealed with the right keys around whatever
 * a peer gone bad may put inside. Nothing throws; what is not authentic is counted and gets no answer and no hearing; what is inside is
 * heard only from UDP to 1701; and a neighbour's traffic passes all the while.
 */

import { createHmac } from "node:crypto";
import { expect } from "vitest";
import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import type { EspKeys, SaCounters, SessionCounters } from "../../src/engine/forwarding.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { fuzz } from "../support/fuzzing.ts";
import { hex } from "../support/hex.ts";
import {
  controlMessage,
  datagramsOf,
  dataMessage,
  LinePeer,
  NAT,
  ping,
  pppIp,
  puntsOf,
  sessionIp,
  udp,
} from "../support/line-peer.ts";
import { Chance, joined, mutated } from "../support/mutation.ts";
import { seededRandom } from "../support/random.ts";
import { corpus } from "./corpus.ts";

const PACKETS = 500;
const NULL_KEY = hex("01".repeat(20));
const suites: readonly Partial<EspKeys>[] = [
  { cipher: "null", encryptionKey: hex(""), integrity: "sha1", integrityKey: NULL_KEY },
  { cipher: "3des", encryptionKey: hex("0123456789abcdef".repeat(3)), integrity: "sha1" },
  { cipher: "aes", encryptionKey: hex("03".repeat(32)), integrity: "sha256", integrityKey: hex("04".repeat(32)) },
  { cipher: "aes-gcm", encryptionKey: hex("05".repeat(20)), integrity: undefined },
];
const HOST = "20.0.0.10";
const ROUTER = "12.0.0.8";
const frames = corpus("ppp");
const messages = corpus("l2tp");

/** A gateway with a client under each suite, each with an open session, and a neighbour. */
function setup() {
  const gateway = new LineModule({ random: seededRandom(1) });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [ROUTER],
    ipsecOnly: [],
    routes: [],
  });
  const peers = [...suites, {}].map((keys, index) => {
    const connection = index + 1;
    const peer = new LinePeer(gateway, { connection, keys, outer: { address: NAT, port: 20_000 + connection } });
    gateway.receive(peer.l2tp(controlMessage(1)), 1);
    const [punt] = puntsOf(gateway);
    if (punt?.type !== "l2tp") throw new Error("no path");
    gateway.program({
      type: "installSession",
      session: connection,
      path: punt.path,
      localTunnelId: connection,
      localSessionId: connection,
      remoteTunnelId: connection,
      remoteSessionId: connection,
      sequencing: false,
    });
    gateway.program(
      sessionIp({
        session: connection,
        localAddress: ROUTER,
        peerAddress: HOST.replace("10", String(10 + connection)),
      }),
    );
    return peer;
  });
  const neighbour = peers.pop();
  if (neighbour === undefined) throw new Error("no neighbour");
  return { gateway, peers, neighbour };
}

function addressOf(peer: LinePeer): string {
  return HOST.replace("10", String(10 + peer.connection));
}

function passes(gateway: LineModule, neighbour: LinePeer): void {
  const echo = dataMessage(neighbour.connection, neighbour.connection, pppIp(ping(addressOf(neighbour), ROUTER)));
  gateway.receive(neighbour.l2tp(echo), 5);
  const answers = datagramsOf(gateway);
  expect(answers).toHaveLength(1);
  expect(neighbour.open(answers[0])).toBeDefined();
}

function errors(counters: Readonly<SaCounters> | undefined): number {
  if (counters === undefined) throw new Error("no SA");
  const { authenticationErrors, replayErrors, policyErrors, decryptErrors, padErrors, otherErrors } = counters;
  return authenticationErrors + replayErrors + policyErrors + decryptErrors + padErrors + otherErrors;
}

/** Damage may turn one SPI into another's. */
function errorsOf(gateway: LineModule, peers: readonly LinePeer[]): number {
  return peers.reduce((sum, peer) => sum + errors(gateway.inboundSa(peer.connection, peer.inboundSpi)), 0);
}

function isSound(counters: Readonly<SessionCounters> | undefined): boolean {
  return Object.values(counters ?? {}).every((value) => Number.isSafeInteger(value) && value >= 0);
}

fuzz("ESP damaged on its way: never heard, never answered, always counted", 201, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const { gateway, peers, neighbour } = setup();
  for (let count = 0; count < PACKETS; count += 1) {
    const peer = chance.pick(peers);
    const good = peer.l2tp(controlMessage(count & 255));
    const bytes = mutated(good.bytes, chance);
    if (Buffer.compare(bytes, good.bytes) === 0) continue;
    const before = errorsOf(gateway, [...peers, neighbour]);
    const { unknownSpi, malformed, keepalives } = { ...gateway.totals() };
    gateway.receive({ ...good, bytes }, 2);
    const after = gateway.totals();
    const counted =
      errorsOf(gateway, [...peers, neighbour]) -
      before +
      (after.unknownSpi + after.malformed + after.keepalives - unknownSpi - malformed - keepalives);
    const punts = puntsOf(gateway);
    // An SPI of 0 makes it a message for IKE, whose judge is another.
    if (punts.length > 0) expect(punts.map(({ type }) => type)).toEqual(["ike"]);
    else expect(counted).toBe(1);
    expect(datagramsOf(gateway)).toEqual([]);
  }
  passes(gateway, neighbour);
});

fuzz("ESP of a peer gone bad: sound outside, anything inside", 202, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const { gateway, peers, neighbour } = setup();
  let heard = 0;
  for (let count = 0; count < PACKETS; count += 1) {
    const peer = chance.pick(peers);
    gateway.receive(insidious(peer, chance), 2);
    for (const punt of puntsOf(gateway)) {
      expect(["l2tp", "ppp", "ip", "peerMoved"]).toContain(punt.type);
      if (punt.type === "l2tp") expect(punt.path.connection).toBe(peer.connection);
      if (punt.type === "ppp") expect(punt.session).toBe(peer.connection);
      heard += 1;
    }
    const answers = datagramsOf(gateway);
    // One packet has one answer at most, or is passed on to whom it is addressed.
    expect(answers.length).toBeLessThanOrEqual(1);
    for (const { flow } of answers) expect(peers.map((each) => each.flow.remote)).toContainEqual(flow.remote);
    expect(isSound(gateway.session(peer.connection))).toBe(true);
  }
  expect(heard).toBeGreaterThan(PACKETS / 100);
  passes(gateway, neighbour);
});

fuzz("ESP trailers of a peer gone bad: padding and next header under a right ICV", 203, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const { gateway, peers, neighbour } = setup();
  const [peer] = peers;
  if (peer === undefined) throw new Error("no peer");
  for (let count = 0; count < PACKETS; count += 1) {
    const { bytes } = peer.l2tp(controlMessage(count & 255));
    const body = bytes.slice(0, bytes.length - 12);
    const at = body.length - chance.between(1, 8);
    body[at] = chance.between(0, 255);
    const icv = createHmac("sha1", NULL_KEY).update(body).digest().subarray(0, 12);
    gateway.receive(peer.outer(joined(body, icv)), 2);
    for (const punt of puntsOf(gateway)) expect(punt.type).toBe("l2tp");
    expect(datagramsOf(gateway)).toEqual([]);
  }
  const counters = gateway.inboundSa(peer.connection, peer.inboundSpi);
  expect(counters?.padErrors).toBeGreaterThan(0);
  expect(counters?.policyErrors).toBeGreaterThan(0);
  expect(counters?.authenticationErrors).toBe(0);
  passes(gateway, neighbour);
});

/** Sealed with the right keys: UDP, L2TP, PPP or IP that is changed at one of these layers. */
function insidious(peer: LinePeer, chance: Chance): OuterDatagram {
  const { connection } = peer;
  const packet = ping(chance.oneIn(3) ? "20.0.0.99" : addressOf(peer), chance.pick([ROUTER, "20.0.0.11", "8.8.8.8"]));
  const frame = chance.oneIn(2) ? pppIp(packet) : joined(Uint8Array.of(0xff, 3), chance.pick(frames).bytes);
  const data = dataMessage(connection, connection, chance.oneIn(2) ? mutated(frame, chance) : frame);
  const message = chance.oneIn(3) ? chance.pick(messages).bytes : data;
  const inner = udp(1701, 1701, chance.oneIn(3) ? mutated(message, chance) : message);
  const nextHeader = chance.oneIn(6) ? chance.pick([0, 4, 6, 41, 50, 59, 255]) : 17;
  const sequence = chance.oneIn(12) ? { sequence: peer.sequence + chance.between(-80, 200) } : {};
  return peer.esp(chance.oneIn(4) ? mutated(inner, chance) : inner, { nextHeader, ...sequence });
}
