/** Bounds that hold because of one line each, held where the line is. */

import { expect, test } from "vitest";
import type { IkeOutput } from "../../../src/engine/ike/events.ts";
import { offerPhase2 } from "../../../src/engine/ike/phase2-proposals.ts";
import { notifyType, writeNotification } from "../../../src/engine/wire/isakmp-body.ts";
import { exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import { payloadType } from "../../../src/engine/wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../../../src/engine/wire/isakmp-sa.ts";
import { aesSha1, gatewayOf, serverConfiguration } from "../../support/ike-pair.ts";
import { flowFrom, l2tpId, Prober, sent, serverId, Target } from "../../support/ike-prober.ts";

const HALF_A_MINUTE = 29_000;

test("no answer of phase 1 is sent again by itself, neither to the first message nor to the third", () => {
  const prober = new Prober(new Target());
  expect(sent(prober.say(prober.thirdMessage()))).toHaveLength(1);
  expect(sent(prober.target.run(HALF_A_MINUTE))).toEqual([]);
});

test("an answer to cookies that nobody knows is not sent where it would be longer than the question", () => {
  const target = new Target(serverConfiguration({ gateways: [{ ...gatewayOf(), answersUnknownCookies: true }] }));
  const lost = new Prober(new Target()).establish();
  const ask = (octets: number) => {
    const body = new Uint8Array(octets);
    return sent(target.receive(flowFrom("198.51.100.7", 500), lost.clear([{ type: payloadType.nonce, body }], 32, 5)));
  };
  expect(ask(8)).toEqual([]);
  expect(ask(60)).toHaveLength(1);
});

test("three wrong proofs end a negotiation: the right one after them is not looked at", () => {
  for (const [wrong, answers] of [
    [2, 1],
    [3, 0],
  ] as const) {
    const prober = new Prober(new Target());
    const right = prober.halfway();
    for (let guess = 1; guess <= wrong; guess += 1) {
      const altered = right.slice();
      altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ guess;
      expect(sent(prober.say(altered))).toEqual([]);
    }
    expect(sent(prober.say(right))).toHaveLength(answers);
  }
});

const OCTETS = 128;
const values: Readonly<Record<string, Uint8Array>> = {
  "0": new Uint8Array(OCTETS),
  "1": new Uint8Array(OCTETS).fill(1, OCTETS - 1),
  "more than the prime": new Uint8Array(OCTETS).fill(0xff),
  "an octet short": new Uint8Array(OCTETS - 1).fill(3),
  nothing: new Uint8Array(0),
};

test.each(Object.entries(values))("quick mode with a public value of %s agrees to nothing", (_, value) => {
  const target = new Target(serverConfiguration({ gateways: [{ ...gatewayOf(), pfsGroup: 2 }] }));
  const prober = new Prober(target).establish();
  const terms = { proposals: [aesSha1], lifetimeSeconds: 3600, lifetimeKilobytes: undefined, pfsGroup: 2 } as const;
  const quick = (body: Uint8Array) =>
    prober.hashed(
      [
        { type: payloadType.sa, body: writeSecurityAssociation([offerPhase2(terms, 4711, "esp", undefined, true)]) },
        { type: payloadType.nonce, body: new Uint8Array(20).fill(1) },
        { type: payloadType.keyExchange, body },
        { type: payloadType.identification, body: l2tpId },
        { type: payloadType.identification, body: serverId },
      ],
      exchangeType.quickMode,
    );
  const outputs = prober.say(quick(value));
  expect(outputs.map(({ type }) => type)).not.toContain("agree");
  expect(target.logs.at(-1)).toMatchObject({ text: "Quick mode was refused" });
  expect(target.machine.view().connections).toEqual([]);
  prober.say(quick(new Uint8Array(OCTETS).fill(3)));
  expect(target.machine.view().connections).toHaveLength(1);
});

test("a peer that makes phase 1 after phase 1 keeps the newest four, and pair after pair the newest sixteen", () => {
  const target = new Target();
  const flow = flowFrom("198.51.100.7", 500);
  for (let seed = 1; seed <= 10; seed += 1) new Prober(target, flow, seed).establish();
  expect(target.machine.view().sas).toHaveLength(4);
  const newest = new Prober(target, flow, 11).establish();
  for (let spi = 1; spi <= 40; spi += 1) newest.connect(0x0102_0300 + spi);
  const { sas, connections } = target.machine.view();
  expect(sas).toHaveLength(4);
  expect(connections.map((connection) => connection.sas.length)).toEqual([16]);
});

/** Keeps what it says. */
class Recorder extends Prober {
  readonly said: Uint8Array[] = [];

  override say(bytes: Uint8Array): IkeOutput[] {
    this.said.push(bytes);
    return super.say(bytes);
  }
}

test("of the quick modes that are done the last 32 are remembered, of those before them no more than their message id", () => {
  const prober = new Recorder(new Target()).establish();
  const opening = prober.said.length;
  for (let spi = 1; spi <= 40; spi += 1) prober.connect(0x0102_0300 + spi);
  const offers = prober.said.slice(opening).filter((_, index) => index % 2 === 0);
  const counters = () => {
    const { duplicates = 0, unexpected = 0 } = prober.target.machine.view().counters ?? {};
    return { duplicates, unexpected };
  };
  const counted = offers.map((offer) => {
    const before = counters();
    expect(prober.say(offer)).toEqual([]);
    const after = counters();
    return [after.duplicates - before.duplicates, after.unexpected - before.unexpected];
  });
  // What is remembered knows its state, in which no first message comes any more.
  const [known, remembered] = [
    [1, 0],
    [0, 1],
  ];
  expect(counted).toEqual([...new Array(8).fill(known), ...new Array(32).fill(remembered)]);
});

test("an error in the clear does not end a negotiation that the peer began: anyone on the path could say it", () => {
  const prober = new Prober(new Target());
  const fifth = prober.halfway();
  const error = writeNotification({
    protocol: 1,
    type: notifyType.noProposalChosen,
    spi: new Uint8Array(0),
    data: new Uint8Array(0),
  });
  const said = prober.clear([{ type: payloadType.notification, body: error }], exchangeType.informational);
  expect(sent(prober.say(said))).toEqual([]);
  expect(sent(prober.say(fifth))).toHaveLength(1);
});
