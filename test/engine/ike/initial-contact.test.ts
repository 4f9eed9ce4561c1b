/** INITIAL-CONTACT (RFC 2407 §4.6.3.3) where it is of no use any more: it ends nothing that the peer has just made, and never a neighbour's. */

import { expect, test } from "vitest";
import type { IkeOutput } from "../../../src/engine/ike/events.ts";
import { clearMessage } from "../../../src/engine/ike/message.ts";
import { notifyType, writeNotification } from "../../../src/engine/wire/isakmp-body.ts";
import { decodeIsakmpHeader, exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import { payloadType, readPayloads } from "../../../src/engine/wire/isakmp-payload.ts";
import { protocolId } from "../../../src/engine/wire/isakmp-sa.ts";
import { planOf, policy3des, serverConfiguration } from "../../support/ike-pair.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";

const NAT = "198.51.100.7";

function announcement({ initiatorCookie, responderCookie }: Pick<Prober, "initiatorCookie" | "responderCookie">) {
  const spi = Buffer.concat([initiatorCookie, responderCookie]);
  const value = { protocol: protocolId.isakmp, type: notifyType.initialContact, spi, data: new Uint8Array(0) };
  return [{ type: payloadType.notification, body: writeNotification(value) }];
}

function standing(target: Target) {
  return target.machine.view().connections.map(({ flow, sas }) => [flow.remote.port, sas.length]);
}

test("after its quick mode it comes too late: the pair that the peer has just made stays", () => {
  const target = new Target();
  const peer = new Prober(target, flowFrom(NAT, 500)).establish();
  peer.connect(0x0102_0304);
  peer.say(peer.hashed(announcement(peer)));
  peer.say(peer.hashed(announcement(peer)));
  expect(standing(target)).toEqual([[500, 1]]);
});

test("right behind phase 1 it ends what the peer had before, and nothing of the client on the next port of its NAT", () => {
  const target = new Target();
  const neighbour = new Prober(target, flowFrom(NAT, 501), 2).establish();
  neighbour.connect(0x0a0b_0c0d);
  const before = new Prober(target, flowFrom(NAT, 500), 3).establish();
  before.connect(0x0102_0304);
  const after = new Prober(target, flowFrom(NAT, 500), 4).establish();
  expect(standing(target)).toEqual([
    [501, 1],
    [500, 1],
  ]);
  after.say(after.hashed(announcement(after)));
  expect(standing(target)).toEqual([[501, 1]]);
  after.connect(0x0506_0708);
  expect(standing(target)).toEqual([
    [501, 1],
    [500, 1],
  ]);
});

test("a quick mode that announces it and negotiates nothing, as Windows servers send it, is passed over without a refusal", () => {
  const target = new Target();
  const peer = new Prober(target, flowFrom(NAT, 500)).establish();
  peer.connect(0x0102_0304);
  const logged = target.logs.length;
  expect(sent(peer.say(peer.hashed(announcement(peer), exchangeType.quickMode)))).toEqual([]);
  expect(target.logs.slice(logged).filter(({ severity }) => severity !== "debug")).toEqual([]);
  expect(target.machine.view().counters).toMatchObject({ quickModesRefused: 0, malformed: 0 });
  expect(standing(target)).toEqual([[500, 1]]);
});

/** The same message as it comes when somebody on the path has added to it what its proof does not cover. */
function withAnnouncement(bytes: Uint8Array): Uint8Array {
  const header = decodeIsakmpHeader(bytes);
  const payloads = readPayloads(header.nextPayload, bytes.subarray(28), false);
  const { exchange, messageId, initiatorCookie, responderCookie } = header;
  const head = { initiatorCookie, responderCookie, exchange, messageId };
  return clearMessage(head, [...payloads, ...announcement(head)]);
}

test.each([
  ["encrypted, it ends what the peer had before", false, [2, 1]],
  ["in the clear, where anyone could have added it, it ends nothing", true, [1, 2]],
] as const)("in the third message of aggressive mode, %s", (_, provesInClear, left) => {
  const policies = [{ ...policy3des, aggressiveMode: "accepted" as const }];
  const target = new Target(serverConfiguration({ policies }));
  const client = new Target();
  const flow = flowFrom(NAT, 500);
  const thirds: string[] = [];
  const carry = (outputs: readonly IkeOutput[]): void => {
    for (const bytes of sent(outputs)) {
      const { exchange, responderCookie, flags } = decodeIsakmpHeader(bytes);
      const isThird = exchange === exchangeType.aggressiveMode && responderCookie.some((octet) => octet !== 0);
      if (isThird) thirds.push((flags & 1) === 1 ? "encrypted" : "clear");
      const answers = target.receive(flow, isThird && provesInClear ? withAnnouncement(bytes) : bytes);
      for (const answer of sent(answers)) carry(client.receive(planOf(NAT).flow, answer));
    }
  };
  for (const connection of [1, 2]) {
    const plan = planOf(NAT, { aggressive: true, provesInClear, sendInitialContact: true, vendorIds: [] });
    carry(client.give({ type: "initiate", connection, plan }));
    client.give({ type: "forget", connection, reason: "started anew" });
  }
  expect(thirds).toEqual(provesInClear ? ["clear", "clear"] : ["encrypted", "encrypted"]);
  const { connections } = target.machine.view();
  expect(connections.map(({ connection, sas }) => [connection, sas.length])).toEqual([left]);
});
