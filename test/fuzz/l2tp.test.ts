/**
 * L2TP control messages under mutation: recorded ones and every kind that can be written, with their AVPs shuffled, lied about, hidden with and
 * without the password, in every state of a tunnel. Nothing throws; a stranger in the clear gets no more than three times what he sent;
 * tunnels, calls and queues stay bounded; nothing outlives its timers; a neighbour's tunnel lives on.
 */

import { expect } from "vitest";
import { tryDecode } from "../../src/engine/kernel/errors.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { hideAvp } from "../../src/engine/l2tp/authentication.ts";
import { Writer } from "../../src/engine/wire/codec.ts";
import {
  AVP_VALUE_MAX,
  decodeAvps,
  decodeL2tpControl,
  encodeL2tpControl,
  type RawAvp,
  writeAvp,
} from "../../src/engine/wire/l2tp-control.ts";
import { encodeControlBody, type MessageName, messageType } from "../../src/engine/wire/l2tp-message.ts";
import { type End, lnsWith, pathOf, ScriptedPeer } from "../engine/l2tp/pair.ts";
import { fuzz } from "../support/fuzzing.ts";
import { Chance, mutated, mutatedList } from "../support/mutation.ts";
import { seededRandom } from "../support/random.ts";
import { corpus } from "./corpus.ts";

const MESSAGES = 500;
const MOST_TIMES = 3;
const PASSWORD = new Secret("TunnelPass");
const samples = corpus("l2tp").map(({ bytes }) => decodeL2tpControl(bytes).body);
const names = Object.keys(messageType) as MessageName[];
const RANDOM_VECTOR = 36;

function anyAvp(chance: Chance): RawAvp {
  return {
    mandatory: chance.oneIn(2),
    hidden: chance.oneIn(5),
    reserved: false,
    vendor: chance.oneIn(6) ? chance.between(0, 0xffff) : 0,
    type: chance.oneIn(8) ? chance.between(0, 0xffff) : chance.between(0, 50),
    value: chance.octets(chance.oneIn(10) ? AVP_VALUE_MAX : 24),
  };
}

/** A Random Vector and one of the values hidden under it, with a length prefix that may lie. */
function hiddenPair(avp: RawAvp, chance: Chance): RawAvp[] {
  const vector = chance.octets(24);
  const password = chance.oneIn(3) ? new Secret("guess") : PASSWORD;
  const value = hideAvp(password, avp.type, vector, avp.value.subarray(0, 900), chance.random);
  const random = { ...avp, vendor: 0, type: RANDOM_VECTOR, value: vector, hidden: false };
  return [random, { ...avp, hidden: true, value: chance.oneIn(3) ? mutated(value, chance) : value }];
}

function body(chance: Chance): Uint8Array {
  const plain = chance.oneIn(2)
    ? chance.pick(samples)
    : encodeControlBody(chance.pick(names), {
        assignedTunnelId: chance.between(0, 100),
        assignedSessionId: chance.between(0, 10),
        hostName: "fuzz",
        resultCode: { code: chance.between(0, 12), error: undefined, message: undefined },
      });
  const avps = tryDecode(() => decodeAvps(plain));
  if (!avps.ok || chance.oneIn(4)) return mutated(plain, chance);
  const list = mutatedList(
    avps.value,
    chance,
    (avp) => ({ ...avp, value: mutated(avp.value, chance).subarray(0, AVP_VALUE_MAX) }),
    [anyAvp(chance), anyAvp(chance)],
  );
  const writer = new Writer();
  for (const avp of list) {
    for (const each of chance.oneIn(8) ? hiddenPair(avp, chance) : [avp]) writeAvp(writer, each);
  }
  return writer.finish();
}

/** Header fields that are right, or nearly. */
function message(peer: ScriptedPeer, chance: Chance): Uint8Array {
  const off = (value: number): number => (chance.oneIn(6) ? (value + chance.between(-3, 3)) & 0xffff : value);
  const header = {
    tunnelId: chance.oneIn(5) ? chance.between(0, 0xffff) : peer.lnsTunnelId,
    sessionId: chance.oneIn(2) ? 0 : chance.between(0, 0xffff),
    ns: off(peer.ns),
    nr: off(peer.nr),
  };
  const bytes = encodeL2tpControl(header, body(chance));
  return chance.oneIn(5) ? mutated(bytes, chance) : bytes;
}

function isBounded(lns: End, now: number): void {
  for (const tunnel of lns.tunnels(now)) {
    expect(tunnel.sessions.length).toBeLessThanOrEqual(100);
    expect(tunnel.unsentQueue + tunnel.resendQueue).toBeLessThanOrEqual(128);
  }
}

fuzz("L2TP of strangers in the clear: never more than three times the question, nothing left behind", 301, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const lns = lnsWith({ tunnelPassword: PASSWORD, tunnelAuthentication: chance.oneIn(2) }, {}, seed);
  const received = new Map<string, number>();
  let now = 1000;
  for (let count = 0; count < MESSAGES; count += 1) {
    const remote = { address: `192.0.2.${chance.between(1, 20)}`, port: 1701 };
    const peer = new ScriptedPeer(lns, { path: pathOf({ remote }), tunnelId: chance.between(1, 50) });
    peer.now = now;
    const bytes = chance.oneIn(2)
      ? encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, body(chance))
      : message(peer, chance);
    received.set(remote.address, (received.get(remote.address) ?? 0) + bytes.length);
    lns.input({ type: "control", path: peer.path, bytes }, now);
    if (chance.oneIn(20)) {
      lns.run(now, now + 3000);
      now += 3000;
    }
  }
  lns.run(now, now + 3_600_000);
  for (const [address, octets] of received) {
    const answers = lns.sent.filter(({ path }) => path.remote.address === address);
    const sum = answers.reduce((total, { bytes }) => total + bytes.length, 0);
    expect(sum, `to ${address}`).toBeLessThanOrEqual(MOST_TIMES * octets);
  }
  expect(lns.tunnels(now + 3_600_000)).toEqual([]);
  expect(lns.machine.pollTimeout()).toBeUndefined();
});

fuzz(
  "L2TP of a peer gone bad: tunnels and calls in every state, hidden attributes, numbers beside the window",
  302,
  (seed) => {
    const chance = new Chance(seededRandom(seed));
    const lns = lnsWith({ tunnelPassword: PASSWORD }, {}, seed);
    const victim = new ScriptedPeer(lns, {
      path: pathOf({ remote: { address: "203.0.113.9", port: 1701 }, connection: 9 }),
      tunnelId: 31,
    });
    victim.establish();
    victim.call(32);
    let peer = peerOf(lns, chance, 1000);
    for (let count = 0; count < MESSAGES; count += 1) {
      if (chance.oneIn(25)) peer = peerOf(lns, chance, peer.now);
      const seen = tryDecode(() => peer.raw(message(peer, chance)));
      if (chance.oneIn(3)) peer.ns = (peer.ns + 1) & 0xffff;
      expect(seen.ok ? seen.value.length : 0).toBeLessThanOrEqual(16);
      if (chance.oneIn(15)) peer.wait(chance.between(0, 4000));
      isBounded(lns, peer.now);
    }
    expect(lns.tunnels(peer.now).find(({ remoteTunnelId }) => remoteTunnelId === 31)?.state).toBe("established");
  },
);

/** In one of the states that a tunnel can be in. */
function peerOf(lns: End, chance: Chance, now: number): ScriptedPeer {
  const path = pathOf({ connection: chance.between(10, 20) });
  const peer = new ScriptedPeer(lns, { path, tunnelId: chance.between(100, 60_000) });
  peer.now = now;
  const state = chance.between(0, 3);
  if (state >= 1) peer.request();
  if (state >= 2) peer.say("scccn");
  if (state >= 3) peer.call(chance.between(1, 9));
  return peer;
}
