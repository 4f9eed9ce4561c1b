/**
 * ISAKMP under mutation: recorded first messages and payload chains, changed where their structure says it hurts, thrown at a responder in
 * every state of a negotiation, in the clear and under the keys of a real SA. Whatever comes, nothing throws; strangers get no more than three
 * times what they sent, nothing without asking, and no answer to an answer; what is remembered stays bounded, and a neighbour
 * who did nothing keeps his SAs.
 */

import { expect } from "vitest";
import type { IkeOutput } from "../../src/engine/ike/events.ts";
import { FRAGMENTATION_VENDOR_ID } from "../../src/engine/ike/fragments.ts";
import { MAX_CONFIRMED, MAX_PER_ENDPOINT, MAX_UNCONFIRMED } from "../../src/engine/ike/half-open.ts";
import { tryDecode } from "../../src/engine/kernel/errors.ts";
import { decodeIsakmpHeader, exchangeType } from "../../src/engine/wire/isakmp-header.ts";
import { type Payload, payloadType, readPayloads } from "../../src/engine/wire/isakmp-payload.ts";
import { type Proposal, readSecurityAssociation, writeSecurityAssociation } from "../../src/engine/wire/isakmp-sa.ts";
import { keyOf, TestAuthority, TODAY } from "../support/authority.ts";
import { credentials, trustpoint } from "../support/certified.ts";
import { fuzz } from "../support/fuzzing.ts";
import { policy3des, serverConfiguration } from "../support/ike-pair.ts";
import { flowFrom, Prober, sent, Target } from "../support/ike-prober.ts";
import { Chance, joined, mutated, mutatedList } from "../support/mutation.ts";
import { seededRandom } from "../support/random.ts";
import { corpus } from "./corpus.ts";

const root = new TestAuthority("cn=Root,o=Example");
const gateway = root.issue("cn=gw");
const MESSAGES = 400;
const MOST_TIMES = 3;

const firsts = corpus("isakmp");
const offers = corpus("quick-mode");
const aggressive = corpus("aggressive-mode");
const fifths = corpus("message-5");
/** Payload types that are known, of IKEv2, reserved and private. */
const TYPES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 21, 33, 40, 46, 127, 128, 130, 131, 132, 255];

function strangers(chance: Chance): Payload[] {
  return Array.from({ length: 4 }, () => ({ type: chance.pick(TYPES), body: chance.octets(40) }));
}

function changedSa(body: Uint8Array, chance: Chance): Uint8Array {
  const proposals = tryDecode(() => readSecurityAssociation(body));
  if (!proposals.ok || chance.oneIn(3)) return mutated(body, chance);
  const list = mutatedList<Proposal>(
    proposals.value,
    chance,
    (proposal) => ({
      ...proposal,
      protocol: chance.oneIn(4) ? chance.between(0, 5) : proposal.protocol,
      spi: chance.oneIn(4) ? chance.octets(20) : proposal.spi,
      transforms: mutatedList(
        proposal.transforms,
        chance,
        (transform) => ({
          ...transform,
          id: chance.oneIn(3) ? chance.between(0, 30) : transform.id,
          attributes: mutatedList(
            transform.attributes,
            chance,
            (attribute) =>
              attribute.short
                ? { ...attribute, value: chance.random.bytes(2) }
                : { ...attribute, value: chance.octets(12) },
            [{ type: chance.between(0, 20), short: false, value: chance.octets(12) }],
          ),
        }),
        [],
      ),
    }),
    [],
  );
  return writeSecurityAssociation(list);
}

function changedPayloads(payloads: readonly Payload[], chance: Chance): Payload[] {
  return mutatedList(
    payloads,
    chance,
    ({ type, body }) => ({
      type: chance.oneIn(8) ? chance.pick(TYPES) : type,
      body: type === payloadType.sa ? changedSa(body, chance) : mutated(body, chance),
    }),
    strangers(chance),
  );
}

/** A clear message of the corpus under the prober's cookies, changed. */
function clearMessage(prober: Prober, chance: Chance): Uint8Array {
  const { bytes } = chance.pick(firsts);
  const exchange = chance.oneIn(4) ? chance.pick([2, 4, 5, 32, 33, 6, 0, 255]) : exchangeType.mainMode;
  const chain = tryDecode(() => readPayloads(decodeIsakmpHeader(bytes).nextPayload, bytes.subarray(28), false));
  const payloads = chain.ok ? changedPayloads(chain.value, chance) : [];
  const message = prober.clear(payloads, exchange, chance.oneIn(6) ? chance.between(0, 5) : 0);
  if (!chance.oneIn(3)) return message;
  const damaged = mutated(message, chance);
  // A length that is right lets the damage further in.
  if (damaged.length >= 28 && chance.oneIn(2)) new DataView(damaged.buffer).setUint32(24, damaged.length);
  return damaged;
}

/** A quick mode or informational message under the prober's keys. */
function sealedMessage(prober: Prober, chance: Chance): Uint8Array {
  const { bytes } = chance.pick(offers);
  const payloads = chance.oneIn(3)
    ? strangers(chance)
    : changedPayloads(readPayloads(payloadType.sa, bytes, false), chance);
  const notify = { type: payloadType.notification, body: mutated(NOTIFICATION, chance) };
  const deletion = { type: payloadType.delete, body: mutated(DELETION, chance) };
  const all = chance.oneIn(3) ? [...payloads, notify, deletion] : payloads;
  const exchange = chance.pick([exchangeType.quickMode, exchangeType.informational, exchangeType.mainMode]);
  const id = chance.oneIn(5) ? chance.between(0, 20) : undefined;
  const message = chance.oneIn(4) ? prober.sealed(all, exchange, id) : prober.hashed(all, exchange, id);
  return chance.oneIn(4) ? mutated(message, chance) : message;
}

/** R-U-THERE, and a delete of one ESP SA. */
const NOTIFICATION = joined(Uint8Array.of(0, 0, 0, 1, 1, 16, 0x8d, 0x28), new Uint8Array(20));
const DELETION = Uint8Array.of(0, 0, 0, 1, 3, 4, 0, 1, 1, 2, 3, 4);

function octets(messages: readonly Uint8Array[]): number {
  return messages.reduce((sum, { length }) => sum + length, 0);
}

/** What strangers must never be given. */
class Stranger {
  readonly target: Target;
  readonly flow;

  constructor(target: Target, port: number, address = "192.0.2.66") {
    this.target = target;
    this.flow = flowFrom(address, port);
  }

  say(bytes: Uint8Array): IkeOutput[] {
    const outputs = this.target.receive(this.flow, bytes);
    const answers = sent(outputs);
    expect(octets(answers), "an answer that amplifies").toBeLessThanOrEqual(MOST_TIMES * bytes.length);
    for (const answer of answers)
      expect(sent(this.target.receive(this.flow, answer)), "an answer to an answer").toEqual([]);
    return outputs;
  }
}

function neighbourOf(target: Target): Prober {
  const neighbour = new Prober(target, flowFrom("198.51.100.7", 500), 9).establish();
  neighbour.connect();
  return neighbour;
}

function isBounded(target: Target, most = 4): void {
  const { sas, connections } = target.machine.view();
  expect(sas.length).toBeLessThanOrEqual(MAX_UNCONFIRMED + MAX_CONFIRMED + 8);
  expect(connections.length).toBeLessThanOrEqual(most);
  expect(target.logs.length).toBeLessThan(MESSAGES * 50);
}

function stillThere(neighbour: Prober): void {
  const { connections } = neighbour.target.machine.view();
  expect(connections.some(({ flow }) => flow.remote.address === neighbour.flow.remote.address)).toBe(true);
  expect(sent(neighbour.say(neighbour.hashed(neighbour.offer(0x0c0d_0e0f), exchangeType.quickMode)))).toHaveLength(1);
}

fuzz("ISAKMP in the clear: payload chains, proposals and headers in every state before message 5", 101, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const target = new Target();
  const neighbour = neighbourOf(target);
  for (let count = 0; count < MESSAGES; count += 1) {
    const port = 1024 + chance.between(0, 40);
    const stranger = new Stranger(target, port);
    const prober = new Prober(target, stranger.flow, chance.between(1, 1_000_000));
    if (chance.oneIn(2)) {
      if (target.machine.view().sas.length < 200) {
        const [answer] = sent(stranger.say(prober.first()));
        if (answer !== undefined) prober.responderCookie = decodeIsakmpHeader(answer).responderCookie;
      }
      if (chance.oneIn(3)) {
        stranger.say(
          prober.clear([
            { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
            { type: payloadType.nonce, body: prober.nonce },
          ]),
        );
      }
    }
    for (let again = chance.between(1, 3); again > 0; again -= 1) stranger.say(clearMessage(prober, chance));
    const there = target.machine.view().sas.filter(({ flow }) => flow.remote.port === port);
    expect(there.length).toBeLessThanOrEqual(MAX_PER_ENDPOINT);
  }
  isBounded(target);
  const before = target.now;
  const unasked = target.run(40_000).flatMap((output) => (output.type === "send" ? [output] : []));
  expect(unasked.filter(({ flow }) => flow.remote.address === "192.0.2.66")).toEqual([]);
  expect(target.now - before).toBe(40_000);
  expect(target.machine.view().sas.filter(({ flow }) => flow.remote.address === "192.0.2.66")).toEqual([]);
  stillThere(neighbour);
});

fuzz(
  "ISAKMP under the keys of a real SA: quick modes, deletes and notifications with and without their HASH",
  102,
  (seed) => {
    const chance = new Chance(seededRandom(seed));
    const target = new Target();
    const neighbour = neighbourOf(target);
    let prober = new Prober(target, flowFrom("192.0.2.66", 500), chance.between(1, 1_000_000)).establish();
    for (let count = 0; count < MESSAGES; count += 1) {
      const message = sealedMessage(prober, chance);
      prober.say(message);
      prober.say(message);
      if (chance.oneIn(40)) target.run(chance.between(0, 20_000));
      const alive = target.machine.view().sas.some(({ flow }) => flow.remote.address === "192.0.2.66");
      if (!alive) prober = new Prober(target, prober.flow, chance.between(1, 1_000_000)).establish();
      const { connections, sas } = target.machine.view();
      expect(connections.length).toBeLessThanOrEqual(3);
      expect(sas.length).toBeLessThanOrEqual(8);
      for (const { sas: pairs } of connections) expect(pairs.length).toBeLessThanOrEqual(40);
    }
    stillThere(neighbour);
    target.run(4 * 3_600_000);
    expect(target.machine.view().connections, "everything comes to an end").toEqual([]);
  },
);

fuzz("ISAKMP message 5: what is sealed with keys that both have agreed on, before anybody is proven", 103, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const target = new Target();
  const neighbour = neighbourOf(target);
  for (let count = 0; count < 60; count += 1) {
    const stranger = new Stranger(target, 500, `192.0.2.${count}`);
    const prober = new Prober(target, stranger.flow, chance.between(1, 1_000_000));
    prober.halfway();
    const payloads = changedPayloads(
      [
        {
          type: payloadType.identification,
          body: joined(Uint8Array.of(chance.between(0, 12), 0, 0, 0), chance.octets(40)),
        },
        { type: payloadType.hash, body: chance.random.bytes(20) },
      ],
      chance,
    );
    const sealed = prober.sealed(payloads, exchangeType.mainMode, 0);
    expect(sent(stranger.say(chance.oneIn(3) ? mutated(sealed, chance) : sealed))).toEqual([]);
    expect(target.machine.view().sas.filter(({ state }) => state === "established")).toHaveLength(1);
  }
  stillThere(neighbour);
});

fuzz(
  "ISAKMP message 5 of who signs: certificates of the corpus, their DER and their envelopes changed",
  107,
  (seed) => {
    const chance = new Chance(seededRandom(seed));
    const signing = { ...policy3des, authentication: "rsaSignature" } as const;
    const target = new Target(
      serverConfiguration({
        policies: [signing],
        certificates: {
          trustpoints: [trustpoint([root.certificate, gateway])],
          credentials: credentials(keyOf("cn=gw")),
          identity: "address",
        },
      }),
      TODAY,
    );
    for (let count = 0; count < 60; count += 1) {
      const stranger = new Stranger(target, 500, `192.0.2.${count}`);
      const prober = new Prober(target, stranger.flow, chance.between(1, 1_000_000), signing);
      const { bytes } = chance.pick(fifths);
      const recorded = readPayloads(payloadType.identification, bytes, false);
      const payloads = changedPayloads(recorded, chance);
      const id = payloads.find(({ type }) => type === payloadType.identification)?.body ?? new Uint8Array(0);
      const message = prober.fifth(undefined, id, () => payloads);
      expect(sent(stranger.say(chance.oneIn(4) ? mutated(message, chance) : message))).toEqual([]);
      if (chance.oneIn(10)) target.run(chance.between(0, 10_000));
    }
    expect(target.machine.view().sas.filter(({ state }) => state === "established")).toEqual([]);
    target.run(60_000);
    expect(target.machine.view().sas).toEqual([]);
  },
);

/** Announces that it takes messages in pieces. */
class PiecewiseProber extends Prober {
  override first(): Uint8Array {
    const sa = { type: payloadType.sa, body: super.first().slice(32) };
    return this.clear([sa, { type: payloadType.vendorId, body: FRAGMENTATION_VENDOR_ID }]);
  }
}

/** A message in pieces whose headers, number and order may lie. */
function pieces(prober: Prober, message: Uint8Array, chance: Chance): Uint8Array[] {
  const size = chance.between(1, Math.max(1, message.length));
  const count = Math.min(60, Math.ceil(message.length / size));
  const id = chance.between(0, 3);
  const bodies = Array.from({ length: count }, (_, index) =>
    joined(
      Uint8Array.of(0, id, index + 1, index === count - 1 ? 1 : 0),
      message.subarray(index * size, (index + 1) * size),
    ),
  );
  const list = chance.oneIn(3)
    ? bodies
    : mutatedList(bodies, chance, (body) => mutated(body, chance), [chance.octets(9)]);
  const exchange = chance.pick([exchangeType.mainMode, exchangeType.quickMode, exchangeType.informational]);
  return list.map((body) => {
    const stray = chance.oneIn(12) ? strangers(chance) : [];
    return prober.clear([{ type: payloadType.fragment, body }, ...stray], exchange, chance.between(0, 3));
  });
}

fuzz("ISAKMP in pieces: under a half-open and under a real SA, pieces of pieces, pieces that lie", 105, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const target = new Target(serverConfiguration({ fragmentation: true }));
  const neighbour = neighbourOf(target);
  for (let round = 0; round < 40; round += 1) {
    const stranger = new Stranger(target, 3000 + round);
    const prober = new PiecewiseProber(target, stranger.flow, chance.between(1, 1_000_000));
    const proven = chance.oneIn(2);
    if (proven) prober.establish();
    else prober.begin();
    for (let count = 0; count < 6; count += 1) {
      const plain = proven ? sealedMessage(prober, chance) : clearMessage(prober, chance);
      const message = chance.oneIn(6) ? (pieces(prober, plain, chance)[0] ?? plain) : plain;
      const list = pieces(prober, message, chance);
      const asked = octets(list);
      const answers = list.flatMap((piece) => sent(target.receive(stranger.flow, piece)));
      if (!proven) expect(octets(answers)).toBeLessThanOrEqual(MOST_TIMES * asked);
    }
    isBounded(target, 45);
  }
  stillThere(neighbour);
});

fuzz("ISAKMP aggressive mode, where a policy allows it: first messages of strangers", 106, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const policies = [{ ...policy3des, aggressiveMode: "accepted" as const }];
  const target = new Target(serverConfiguration({ policies }));
  const neighbour = neighbourOf(target);
  let answered = 0;
  for (let count = 0; count < 120; count += 1) {
    const stranger = new Stranger(target, 1024 + count);
    const prober = new Prober(target, stranger.flow, chance.between(1, 1_000_000));
    const sound: Payload[] = [
      { type: payloadType.sa, body: prober.first().slice(32) },
      { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
      { type: payloadType.nonce, body: prober.nonce },
      {
        type: payloadType.identification,
        body: joined(Uint8Array.of(chance.pick([1, 2, 3, 11]), 0, 0, 0), chance.octets(9)),
      },
    ];
    const { bytes } = chance.pick(aggressive);
    const recorded = readPayloads(decodeIsakmpHeader(bytes).nextPayload, bytes.subarray(28), false);
    const payloads = chance.oneIn(4) ? sound : changedPayloads(chance.oneIn(2) ? recorded : sound, chance);
    const answers = sent(stranger.say(prober.clear(payloads, exchangeType.aggressiveMode)));
    answered += answers.length;
    const [second] = answers;
    if (second === undefined || second.length < 28) continue;
    prober.responderCookie = decodeIsakmpHeader(second).responderCookie;
    const third = changedPayloads([{ type: payloadType.hash, body: chance.random.bytes(20) }], chance);
    stranger.say(prober.clear(third, exchangeType.aggressiveMode));
    expect(target.machine.view().sas.filter(({ state }) => state === "established")).toHaveLength(1);
  }
  expect(answered).toBeGreaterThan(5);
  const unasked = sent(
    target.run(40_000).filter((output) => output.type === "send" && output.flow.remote.port >= 1024),
  );
  expect(unasked).toEqual([]);
  expect(target.machine.view().sas).toHaveLength(1);
  stillThere(neighbour);
});

fuzz("ISAKMP: every recorded message cut at any octet, and with any octet changed", 104, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const target = new Target();
  for (const { bytes } of firsts) {
    for (let length = 0; length < bytes.length; length += 1) {
      const stranger = new Stranger(target, 500 + length);
      const cut = bytes.slice(0, length);
      expect(sent(stranger.say(cut))).toEqual([]);
      if (cut.length >= 28) {
        new DataView(cut.buffer).setUint32(24, cut.length);
        stranger.say(cut);
      }
      const changed = bytes.slice();
      changed.set(chance.random.bytes(1), length);
      stranger.say(changed);
    }
  }
  expect(target.machine.view().sas.length).toBeLessThanOrEqual(MAX_UNCONFIRMED);
});
