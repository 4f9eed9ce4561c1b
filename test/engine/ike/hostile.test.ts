/** What strangers, and peers gone bad, may send: nothing throws, nothing grows without bound, nothing amplifies. */

import { describe, expect, test } from "vitest";
import { FRAGMENTATION_VENDOR_ID } from "../../../src/engine/ike/fragments.ts";
import { MAX_CONFIRMED, MAX_UNCONFIRMED } from "../../../src/engine/ike/half-open.ts";
import { sealMessage } from "../../../src/engine/ike/message.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import {
  notifyType,
  readNotification,
  writeDeletion,
  writeIdentification,
  writeNotification,
} from "../../../src/engine/wire/isakmp-body.ts";
import { decodeIsakmpHeader, exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import { payloadType, readPayloads } from "../../../src/engine/wire/isakmp-payload.ts";
import { gatewayOf, IkeNet, serverConfiguration } from "../../support/ike-pair.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";
import { seededRandom } from "../../support/random.ts";

const { quickMode, informational, mainMode, aggressiveMode } = exchangeType;
const empty = new Uint8Array(0);

describe("headers and order", () => {
  test("what is no message of a known SA is dropped and counted", () => {
    const target = new Target();
    const prober = new Prober(target);
    for (const bytes of [
      empty,
      Uint8Array.of(0xff),
      new Uint8Array(27),
      new Uint8Array(28),
      prober.first().slice(0, 60),
    ]) {
      expect(prober.say(bytes)).toEqual([]);
    }
    expect(target.machine.counters.malformed).toBe(5);
    prober.responderCookie = new Uint8Array(8).fill(9);
    for (const exchange of [mainMode, quickMode, informational]) {
      expect(prober.say(prober.clear([{ type: payloadType.nonce, body: new Uint8Array(16) }], exchange))).toEqual([]);
    }
    expect(target.machine.counters.unknownCookies).toBe(3);
    expect(prober.say(prober.clear([], aggressiveMode))).toEqual([]);
    expect(target.machine.view().sas).toEqual([]);
  });

  test("the first message again gets the first answer again, and never by itself", () => {
    const prober = new Prober(new Target());
    const [answer] = sent(prober.say(prober.first()));
    expect(sent(prober.say(prober.first()))).toEqual([answer]);
    expect(sent(prober.target.run(29_000))).toEqual([]);
    prober.target.run(2000);
    expect(prober.target.machine.view().sas).toEqual([]);
  });

  test("answers to one repeated message come to an end", () => {
    const prober = new Prober(new Target());
    let answers = 0;
    for (let i = 0; i < 100; i += 1) answers += sent(prober.say(prober.first())).length;
    expect(answers).toBeLessThan(12);
  });

  test("no first answer is longer than three times its request", () => {
    const prober = new Prober(new Target());
    const request = prober.first();
    expect(sent(prober.say(request))[0]?.length ?? 0).toBeLessThanOrEqual(3 * request.length);
    const refused = new Target(serverConfiguration({ policies: [] }));
    const [notify] = sent(refused.receive(prober.flow, request));
    expect(notify?.length ?? 0).toBeLessThanOrEqual(request.length);
  });

  test("message 3 from another endpoint, with another cookie or encrypted is not taken", () => {
    const prober = new Prober(new Target());
    const fifth = prober.halfway();
    const elsewhere = flowFrom("198.51.100.8", 500);
    expect(prober.target.receive(elsewhere, fifth)).toEqual([]);
    const wrongCookie = fifth.slice();
    wrongCookie[8] = (wrongCookie[8] ?? 0) ^ 1;
    expect(prober.say(wrongCookie)).toEqual([]);
    const unencrypted = fifth.slice();
    unencrypted[19] = 0;
    expect(prober.say(unencrypted)).toEqual([]);
    expect(sent(prober.say(fifth))).toHaveLength(1);
  });

  test("an encrypted message before there are keys is not taken", () => {
    const prober = new Prober(new Target());
    prober.begin();
    const bytes = prober.clear([{ type: payloadType.identification, body: new Uint8Array(12) }]);
    bytes[19] = 1;
    expect(prober.say(bytes)).toEqual([]);
    for (const exchange of [quickMode, informational]) {
      const early = prober.clear([{ type: payloadType.hash, body: new Uint8Array(20) }], exchange, 5);
      early[19] = 1;
      expect(prober.say(early)).toEqual([]);
    }
    expect(prober.target.machine.view().sas).toHaveLength(1);
  });
});

describe("payloads of main mode", () => {
  const value = new Uint8Array(128).fill(3);
  const ke = (body: Uint8Array) => ({ type: payloadType.keyExchange, body });
  const nonce = (length: number) => ({ type: payloadType.nonce, body: new Uint8Array(length).fill(1) });

  test.each([
    ["two KE payloads", [ke(value), ke(value), nonce(20)]],
    ["two nonces", [ke(value), nonce(20), nonce(20)]],
    ["no nonce", [ke(value)]],
    ["a nonce of 7 octets", [ke(value), nonce(7)]],
    ["a nonce of 257 octets", [ke(value), nonce(257)]],
    ["a KE of no octets", [ke(empty), nonce(20)]],
    ["a KE of one octet", [ke(Uint8Array.of(2)), nonce(20)]],
    ["a KE of 0", [ke(new Uint8Array(128)), nonce(20)]],
    ["a KE above p", [ke(new Uint8Array(128).fill(255)), nonce(20)]],
    ["a payload of IKEv2", [ke(value), nonce(20), { type: 40, body: empty }]],
    ["an ID in the clear", [ke(value), nonce(20), { type: payloadType.identification, body: empty }]],
  ])("message 3 with %s is refused and the negotiation waits for a good one", (_name, payloads) => {
    const prober = new Prober(new Target());
    prober.begin();
    expect(sent(prober.say(prober.clear(payloads)))).toEqual([]);
    expect(sent(prober.say(prober.clear([ke(value), nonce(8), { type: 20, body: empty }])))).toHaveLength(1);
  });

  test("two SA payloads, or a first payload that is none, are refused", () => {
    const prober = new Prober(new Target());
    const body = prober.first().slice(32);
    const sa = { type: payloadType.sa, body };
    const vid = { type: payloadType.vendorId, body: new Uint8Array(16) };
    expect(sent(prober.say(prober.clear([sa, sa])))).toEqual([]);
    expect(sent(prober.say(prober.clear([vid, sa])))).toEqual([]);
    expect(sent(prober.say(prober.clear([sa, vid])))).toHaveLength(1);
  });
});

describe("pre-shared keys", () => {
  test("a wrong key gets no answer, one reason, and no second decryption of the same message", () => {
    const prober = new Prober(new Target());
    const fifth = prober.halfway("wrong");
    const outputs = prober.say(fifth);
    expect(outputs.map(({ type }) => type)).toEqual(["failed"]);
    expect(prober.say(fifth)).toEqual([]);
    const reasons = prober.target.logs.filter(({ text }) => text === "Main mode message was refused");
    expect(reasons).toHaveLength(1);
    expect(JSON.stringify(prober.target.logs)).not.toContain("cisco");
    prober.target.run(31_000);
    expect(prober.target.machine.view().sas).toEqual([]);
  });

  test("an endpoint that keeps guessing is locked out for a while, its neighbour behind the NAT is not", () => {
    const target = new Target();
    for (let i = 0; i < 6; i += 1) {
      const prober = new Prober(target, flowFrom("198.51.100.7", 500), i + 1);
      prober.say(prober.halfway(`guess ${i}`));
    }
    const again = new Prober(target, flowFrom("198.51.100.7", 500), 50);
    expect(again.say(again.first())).toEqual([]);
    expect(target.machine.counters.lockedOut).toBe(1);
    new Prober(target, flowFrom("198.51.100.7", 1024), 51).establish();
    target.run(31_000);
    new Prober(target, flowFrom("198.51.100.7", 500), 52).establish();
  });

  test("who takes a new port for each guess is admitted twice a second; neighbours come in, and who is in renews untouched", () => {
    const target = new Target();
    const inside = new Prober(target, flowFrom("198.51.100.7", 500), 900).establish();
    inside.connect();
    for (let i = 0; i < 25; i += 1) {
      const prober = new Prober(target, flowFrom("198.51.100.7", 2000 + i), i + 1);
      if (sent(prober.say(prober.first())).length > 0) prober.say(prober.halfway(`guess ${i}`));
    }
    let admitted = 0;
    for (let millis = 0; millis < 10_000; millis += 10) {
      target.run(10);
      const prober = new Prober(target, flowFrom("198.51.100.7", 3000 + millis), 1000 + millis);
      if (sent(prober.say(prober.first())).length === 0) continue;
      admitted += 1;
      prober.say(prober.halfway(`guess ${millis}`));
    }
    expect(admitted).toBeGreaterThan(15);
    expect(admitted).toBeLessThanOrEqual(23);
    const renewing = new Prober(target, inside.flow, 901);
    expect(sent(renewing.say(renewing.first()))).toHaveLength(1);
    target.run(600);
    new Prober(target, flowFrom("198.51.100.7", 4711), 902).establish();
    // Another address never was under suspicion.
    const other = new Prober(target, flowFrom("198.51.100.8", 500), 903);
    expect(sent(other.say(other.first()))).toHaveLength(1);
    target.run(300_000);
    for (let i = 0; i < 5; i += 1) {
      const again = new Prober(target, flowFrom("198.51.100.7", 5000 + i), 910 + i);
      expect(sent(again.say(again.first()))).toHaveLength(1);
    }
  });

  test("a group key opens L2TP and nothing else", () => {
    const group = {
      virtualRouter: "default",
      peer: { prefix: { address: "0.0.0.0", length: 0 } },
      localAddress: "203.0.113.1",
      key: new Secret("cisco"),
      group: true,
      label: "profile",
    };
    const prober = new Prober(new Target(serverConfiguration({ preSharedKeys: [group] }))).establish();
    const web = writeIdentification({ type: 1, protocol: 17, port: 80, data: Uint8Array.of(203, 0, 113, 1) });
    const [sa, nonce, peer] = prober.offer();
    if (sa === undefined || nonce === undefined || peer === undefined) throw new Error("an offer");
    const refused = prober.say(prober.hashed([sa, nonce, peer, { ...peer, body: web }], quickMode));
    expect(refused[0]).toMatchObject({
      type: "failed",
      reason: expect.stringContaining("a group key serves L2TP only"),
    });
    const [notify] = sent(refused);
    const body = prober.open(notify ?? empty).payloads[1]?.body ?? empty;
    expect(readNotification(body).type).toBe(notifyType.invalidIdInformation);
    expect(sent(prober.say(prober.hashed([sa, nonce], quickMode)))).toHaveLength(1);
    const taken = prober.say(prober.hashed(prober.offer(), quickMode));
    expect(taken.map(({ type }) => type)).toEqual(["connectionOpened", "inboundSa", "send"]);
  });
});

describe("messages in pieces", () => {
  const fragment = (id: number, number: number, flags: number, data: Uint8Array) => ({
    type: payloadType.fragment,
    body: new Uint8Array([0, id, number, flags, ...data]),
  });

  function announcing(target: Target): Prober {
    const prober = new Prober(target);
    const sa = { type: payloadType.sa, body: prober.first().slice(32) };
    const [answer] = sent(prober.say(prober.clear([sa, { type: 13, body: FRAGMENTATION_VENDOR_ID }])));
    prober.responderCookie = decodeIsakmpHeader(answer ?? empty).responderCookie;
    return prober;
  }

  const third = [
    { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
    { type: payloadType.nonce, body: new Uint8Array(20).fill(1) },
  ];

  test("a message in two pieces is answered; the same as a piece within a piece is not", () => {
    const prober = announcing(new Target(serverConfiguration({ fragmentation: true })));
    const message = prober.clear(third);
    const nested = prober.clear([fragment(1, 1, 1, message)]);
    expect(prober.say(prober.clear([fragment(2, 1, 1, nested)]))).toEqual([]);
    expect(prober.say(prober.clear([fragment(3, 1, 0, message.subarray(0, 60))]))).toEqual([]);
    expect(sent(prober.say(prober.clear([fragment(3, 2, 1, message.subarray(60))])))).toHaveLength(1);
  });

  test("pieces from another address, or of a peer that did not announce them, are not put together", () => {
    const target = new Target(serverConfiguration({ fragmentation: true }));
    const silent = new Prober(target, flowFrom("198.51.100.9", 500), 3);
    silent.begin();
    expect(silent.say(silent.clear([fragment(1, 1, 1, silent.clear(third))]))).toEqual([]);
    const prober = announcing(target);
    const message = prober.clear(third);
    const foreign = prober.clear([fragment(1, 1, 1, message)]);
    // Nor do they take the place of the peer's own.
    expect(prober.say(prober.clear([fragment(2, 1, 0, message.subarray(0, 60))]))).toEqual([]);
    expect(target.receive(flowFrom("198.51.100.8", 500), foreign)).toEqual([]);
    expect(target.receive(flowFrom("198.51.100.8", 500), prober.clear([fragment(3, 1, 0, message)]))).toEqual([]);
    expect(sent(prober.say(prober.clear([fragment(2, 2, 1, message.subarray(60))])))).toHaveLength(1);
  });
});

describe("floods", () => {
  test("20 000 first messages from one address leave memory bounded and an established peer alone", () => {
    const target = new Target();
    const peer = new Prober(target).establish();
    const random = seededRandom(9);
    const slow = new Prober(target, flowFrom("203.0.113.77", 4000), 9);
    slow.say(slow.first());
    const bytes = new Prober(target).first();
    for (let i = 0; i < 20_000; i += 1) {
      bytes.set(random.bytes(8), 0);
      target.receive(flowFrom("192.0.2.1", 1024 + i), bytes);
    }
    const { sas } = target.machine.view();
    expect(sas.length).toBeLessThanOrEqual(MAX_UNCONFIRMED + 1);
    expect(sas.filter(({ flow }) => flow.remote.address === "203.0.113.77")).toHaveLength(1);
    expect(target.logs.length).toBeLessThan(500);
    expect(sent(peer.say(peer.hashed(peer.offer(), quickMode)))).toHaveLength(1);
    new Prober(target, flowFrom("192.0.2.1", 500), 77).establish();
    target.run(31_000);
    expect(target.machine.view().sas).toHaveLength(2);
  });

  test("a proven peer that is refused without end fills no log, and hides no stranger", () => {
    const target = new Target();
    const peer = new Prober(target).establish();
    const before = target.logs.length;
    const bad = [{ type: payloadType.notification, body: new Uint8Array(3) }];
    for (let i = 0; i < 2000; i += 1) {
      const offer = peer.offer(0x1000 + i).filter(({ type }) => type !== payloadType.nonce);
      peer.say(peer.hashed(offer, quickMode));
      peer.say(peer.hashed(bad));
    }
    const told = target.logs.slice(before).filter(({ severity }) => severity !== "debug");
    expect(told.length).toBeLessThanOrEqual(201);
    expect(told.map(({ text }) => text)).toContain("Notification was refused");
    target.run(60_000);
    peer.say(peer.hashed(bad));
    expect(target.logs.at(-2)).toMatchObject({ text: "Log lines about refused peers were left out" });
    target.receive(flowFrom("192.0.2.1", 500), new Prober(target, flowFrom("192.0.2.1", 500)).clear([]));
    expect(target.logs.at(-1)).toMatchObject({ severity: "notice", text: "Main mode was refused" });
  });

  test("one endpoint pushes out itself only", () => {
    const target = new Target();
    const neighbour = new Prober(target, flowFrom("192.0.2.1", 4000), 5);
    const fifth = neighbour.halfway();
    for (let i = 0; i < 1000; i += 1) {
      const other = new Prober(target, flowFrom("192.0.2.1", 4001), 100 + i);
      other.say(other.first());
    }
    expect(target.machine.view().sas.length).toBeLessThan(12);
    expect(sent(neighbour.say(fifth))).toHaveLength(1);
  });

  test("negotiations that stop before message 5 are bounded as well", () => {
    const target = new Target();
    for (let i = 0; i < MAX_CONFIRMED + 50; i += 1) {
      new Prober(target, flowFrom(`192.0.2.${i % 250}`, 1024 + i), i + 1).third();
    }
    expect(target.machine.view().sas.length).toBeLessThanOrEqual(MAX_CONFIRMED);
    for (let i = 0; i < MAX_CONFIRMED; i += 1) {
      new Prober(target, flowFrom("192.0.2.251", 1024 + i), 5000 + i).third();
    }
    const ofOne = target.machine.view().sas.filter(({ flow }) => flow.remote.address === "192.0.2.251");
    expect(ofOne.length).toBeLessThanOrEqual(MAX_CONFIRMED / 2 + 1);
    expect(target.machine.view().sas.length).toBeLessThanOrEqual(MAX_CONFIRMED);
    target.run(31_000);
    expect(target.machine.view().sas).toEqual([]);
    expect(target.machine.pollTimeout()).toBeUndefined();
  });
});

describe("cookies that mean nothing here", () => {
  const stranger = (answersUnknownCookies: boolean) => {
    const gateways = [{ ...gatewayOf(), answersUnknownCookies }];
    const lost = new Prober(new Target(), flowFrom("198.51.100.7", 500), 1).establish();
    const target = new Target(serverConfiguration({ gateways }));
    const say = (exchange: number): Uint8Array[] => {
      const bytes = lost.clear([{ type: payloadType.notification, body: new Uint8Array(60) }], exchange, 5);
      return sent(target.receive(flowFrom("198.51.100.7", 500), bytes));
    };
    return { lost, target, say };
  };

  test("they are answered only where the gateway says so, and then told apart by both cookies", () => {
    expect(stranger(false).say(quickMode)).toEqual([]);
    const { lost, say } = stranger(true);
    const [answer] = say(quickMode);
    const header = decodeIsakmpHeader(answer ?? empty);
    expect(header.exchange).toBe(informational);
    expect([...header.initiatorCookie, ...header.responderCookie]).toEqual([
      ...lost.initiatorCookie,
      ...lost.responderCookie,
    ]);
    const [payload] = readPayloads(header.nextPayload, (answer ?? empty).subarray(28), false);
    expect(readNotification(payload?.body ?? empty).type).toBe(notifyType.invalidCookie);
  });

  test("a notification is never answered, and a flood gets few answers", () => {
    const { target, say } = stranger(true);
    expect(say(informational)).toEqual([]);
    let answers = 0;
    for (let i = 0; i < 500; i += 1) answers += say(quickMode).length;
    expect(answers).toBeLessThanOrEqual(20);
    target.run(1000);
    expect(say(quickMode)).toHaveLength(1);
  });
});

describe("under the keys of an SA", () => {
  const delete1 = (spi: number[]) => ({
    type: payloadType.delete,
    body: writeDeletion({ protocol: 3, spis: [Uint8Array.from(spi)] }),
  });
  const dpd = (sequence: number) => ({
    type: payloadType.notification,
    body: writeNotification({
      protocol: 1,
      type: notifyType.areYouThere,
      spi: new Uint8Array(16),
      data: Uint8Array.of(0, 0, sequence >>> 8, sequence & 255),
    }),
  });

  /** A prober with one complete pair, whose own SPI is 01020304. */
  function connected(target = new Target(), port = 500, seed = 1): Prober {
    const prober = new Prober(target, flowFrom("198.51.100.7", port), seed).establish();
    prober.connect();
    return prober;
  }

  test("a delete is taken only with its HASH, encrypted, and once", () => {
    const prober = connected();
    const { keys } = prober;
    if (keys === undefined) throw new Error("keys");
    const payload = delete1([1, 2, 3, 4]);
    expect(prober.say(prober.clear([payload], informational, 77))).toEqual([]);
    expect(prober.say(prober.sealed([payload]))).toEqual([]);
    expect(prober.say(prober.sealed([{ type: payloadType.hash, body: new Uint8Array(20) }, payload]))).toEqual([]);
    expect(prober.say(prober.sealed([{ type: payloadType.hash, body: new Uint8Array(5) }, payload]))).toEqual([]);
    expect(prober.target.machine.view().connections[0]?.sas).toHaveLength(1);
    const good = prober.hashed([payload]);
    expect(prober.say(good).map(({ type }) => type)).toContain("connectionClosed");
    expect(prober.say(good)).toEqual([]);
    expect(prober.say(prober.hashed([payload, payload]))).toEqual([]);
  });

  test("a delete that names another client's SPI changes nothing", () => {
    const target = new Target();
    const first = connected(target, 500, 1);
    const second = new Prober(target, flowFrom("198.51.100.7", 1024), 2).establish();
    second.connect(0x0506_0708);
    second.say(second.hashed([delete1([1, 2, 3, 4])]));
    expect(target.machine.view().connections).toHaveLength(2);
    const foreign = new Uint8Array(16);
    foreign.set(first.initiatorCookie);
    foreign.set(first.responderCookie, 8);
    const body = writeDeletion({ protocol: 1, spis: [foreign] });
    second.say(second.hashed([{ type: payloadType.delete, body }]));
    expect(target.machine.view().sas).toHaveLength(2);
  });

  test("a delete of thousands of SPIs, and one of the IKE SA before a notification, are taken as they stand", () => {
    const prober = connected();
    const spis = Array.from({ length: 15_000 }, (_, i) => Uint8Array.of(9, 9, i >>> 8, i & 255));
    prober.say(prober.hashed([{ type: payloadType.delete, body: writeDeletion({ protocol: 3, spis }) }]));
    const own = new Uint8Array(16);
    own.set(prober.initiatorCookie);
    own.set(prober.responderCookie, 8);
    const body = writeDeletion({ protocol: 1, spis: [own] });
    expect(
      sent(prober.say(prober.hashed([{ type: payloadType.delete, body }, dpd(1), delete1([1, 2, 3, 4])]))),
    ).toEqual([]);
    expect(prober.target.machine.view().sas).toEqual([]);
    // IPsec SAs outlive the IKE SA.
    expect(prober.target.machine.view().connections).toHaveLength(1);
  });

  test("dead peer detection is answered once per message, and not with a sequence number that goes back", () => {
    const prober = connected();
    const question = prober.hashed([dpd(20)]);
    const [ack] = sent(prober.say(question));
    const body = prober.open(ack ?? empty).payloads[1]?.body ?? empty;
    expect(readNotification(body)).toMatchObject({ type: notifyType.areYouThereAck, data: Buffer.from([0, 0, 0, 20]) });
    expect(prober.say(question)).toEqual([]);
    expect(sent(prober.say(prober.hashed([dpd(21)])))).toHaveLength(1);
    expect(sent(prober.say(prober.hashed([dpd(3)])))).toEqual([]);
    // What the machine has said itself is not taken when it comes back.
    expect(prober.say(ack ?? empty)).toEqual([]);
  });

  test("an answer to dead peer detection that nobody asked for is passed over", () => {
    const prober = connected();
    const body = writeNotification({
      protocol: 1,
      type: notifyType.areYouThereAck,
      spi: new Uint8Array(16),
      data: Uint8Array.of(0xff, 0xff, 0xff, 0xff),
    });
    expect(prober.say(prober.hashed([{ type: payloadType.notification, body }]))).toEqual([]);
    expect(prober.target.logs.at(-1)?.text).toContain("wrong sequence number");
    expect(prober.target.machine.view().connections).toHaveLength(1);
  });

  test("a flood of questions neither grows state nor is answered more than one for one", () => {
    const prober = connected();
    let answers = 0;
    for (let i = 0; i < 6000; i += 1)
      answers += sent(prober.say(prober.hashed([dpd(i)], informational, 1000 + i))).length;
    expect(answers).toBe(6000);
    expect(prober.target.machine.pollTimeout()).toBeDefined();
  });

  test("a quick mode message that comes again gets the same answer, a used identifier none", () => {
    const prober = new Prober(new Target()).establish();
    const offer = prober.hashed(prober.offer(), quickMode, 4711);
    const [answer] = sent(prober.say(offer));
    expect(sent(prober.say(offer))).toEqual([answer]);
    const other = prober.hashed(prober.offer(0x0a0b_0c0d), quickMode, 4711);
    expect(prober.say(other)).toEqual([]);
    prober.target.run(200_000);
    expect(prober.say(offer)).toEqual([]);
    expect(prober.target.machine.view().connections).toEqual([]);
  });

  test.each([
    ["no HASH", (p: Prober) => p.sealed(p.offer(), quickMode)],
    [
      "a wrong third octet",
      (p: Prober) => p.hashed(p.offer(), quickMode).map((octet, i) => (i === 40 ? octet ^ 1 : octet)),
    ],
    ["two SA payloads", (p: Prober) => p.hashed([...p.offer().slice(0, 1), ...p.offer()], quickMode)],
    ["two nonces", (p: Prober) => p.hashed([...p.offer(), ...p.offer().slice(1, 2)], quickMode)],
    ["one identity", (p: Prober) => p.hashed(p.offer().slice(0, 3), quickMode)],
    ["three identities", (p: Prober) => p.hashed([...p.offer(), ...p.offer().slice(3)], quickMode)],
    [
      "a KE without a group",
      (p: Prober) => p.hashed([...p.offer(), { type: 4, body: new Uint8Array(128).fill(3) }], quickMode),
    ],
    ["message identifier 0", (p: Prober) => p.hashed(p.offer(), quickMode, 0)],
  ])("a quick mode message with %s installs nothing", (_name, build) => {
    const prober = new Prober(new Target()).establish();
    prober.say(build(prober));
    expect(prober.target.machine.view().connections).toEqual([]);
    expect(sent(prober.say(prober.hashed(prober.offer(), quickMode)))).toHaveLength(1);
  });

  test("a quick mode with notifications only is passed over", () => {
    const prober = new Prober(new Target()).establish();
    const body = writeNotification({
      protocol: 1,
      type: notifyType.initialContact,
      spi: new Uint8Array(16),
      data: empty,
    });
    expect(prober.say(prober.hashed([{ type: payloadType.notification, body }], quickMode))).toEqual([]);
  });

  test("a third message with a wrong HASH does not install the outbound SA", () => {
    const prober = new Prober(new Target()).establish();
    const { keys, initiatorCookie, responderCookie } = prober;
    const [answer] = sent(prober.say(prober.hashed(prober.offer(), quickMode, 99)));
    if (keys === undefined || answer === undefined) throw new Error("an answer");
    const head = { initiatorCookie, responderCookie, exchange: quickMode, messageId: 99 };
    const wrong = sealMessage(head, keys.cipher, answer.slice(-8), [{ type: 8, body: new Uint8Array(20) }]).bytes;
    expect(prober.say(wrong)).toEqual([]);
    // Without a third message the answer is repeated for a while, then the inbound SA goes.
    const outputs = prober.target.run(31_000);
    expect(sent(outputs).length).toBeGreaterThan(2);
    expect(outputs.map(({ type }) => type)).toContain("connectionClosed");
  });

  test("quick modes without a third message are bounded", () => {
    const prober = new Prober(new Target()).establish();
    for (let i = 0; i < 100; i += 1) prober.say(prober.hashed(prober.offer(0x1000 + i), quickMode, 5000 + i));
    expect(prober.target.machine.view().connections[0]?.sas.length).toBeLessThanOrEqual(8);
  });
});

test("real messages with octets changed at random never throw, and a live responder's state stays bounded", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  net.input(net.client, { type: "rekey", connection: 1, spi: net.client.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(1000);
  const recorded = net.wire.filter(({ to }) => to.address === "203.0.113.1");
  const random = seededRandom(31);
  for (let i = 0; i < 20_000; i += 1) {
    const datagram = recorded[i % recorded.length];
    if (datagram === undefined) throw new Error("a datagram");
    const bytes = datagram.bytes.slice(0, i % 5 === 0 ? (random.bytes(1)[0] ?? 1) : undefined);
    for (let k = 0; k <= i % 4; k += 1) {
      const [a = 0, b = 0, value = 0] = random.bytes(3);
      if (bytes.length > 0) bytes[(a * 256 + b) % bytes.length] = value;
    }
    if (bytes.length >= 28 && i % 3 === 0) new DataView(bytes.buffer).setUint32(24, bytes.length);
    net.inject(datagram.from, datagram.to, bytes);
  }
  const { sas, connections } = net.server.machine.view();
  expect(sas.length).toBeLessThan(20);
  expect(connections.map(({ connection }) => connection)).toEqual([1]);
  expect(decodeIsakmpHeader(recorded[0]?.bytes ?? empty).exchange).toBe(mainMode);
});
