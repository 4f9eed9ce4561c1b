/** Reliable delivery of control messages (RFC 2661 §5.8, Appendix A). */

import { expect, test } from "vitest";
import { randomBetween } from "../../../src/engine/kernel/random.ts";
import { ControlChannel } from "../../../src/engine/l2tp/control-channel.ts";
import { decodeL2tpControl, type L2tpControlHeader } from "../../../src/engine/wire/l2tp-control.ts";
import { seededRandom } from "../../support/random.ts";

function channel(
  options: {
    readonly localWindow?: number;
    readonly remoteWindow?: number;
    readonly retries?: number;
    readonly peerMayBeForged?: boolean;
  } = {},
) {
  const made = new ControlChannel(
    {
      localWindow: options.localWindow ?? 4,
      retransmitMillis: { min: 1000, max: 8000 },
      peerMayBeForged: options.peerMayBeForged ?? false,
    },
    options.retries ?? 5,
    0,
  );
  made.remoteTunnelId = 9;
  if (options.remoteWindow !== undefined) made.setRemoteWindow(options.remoteWindow);
  return made;
}

function header(fields: Partial<L2tpControlHeader>): L2tpControlHeader {
  return { flags: 0xc802, length: 12, tunnelId: 9, sessionId: 0, ns: 0, nr: 0, ...fields };
}

/** What a channel sends and delivers, in short: `3` is message 3, `zlb` an acknowledgement, `<x` a delivery of `x`. */
function drain(of: ControlChannel): readonly string[] {
  const seen: string[] = [];
  for (let output = of.pollOutput(); output !== undefined; output = of.pollOutput()) {
    if (output.type === "deliver") seen.push(`<${output.body[0]}`);
    else if (output.type === "dead") seen.push("dead");
    else {
      const { header, body } = decodeL2tpControl(output.bytes);
      seen.push(body.length === 0 ? "zlb" : String(header.ns));
    }
  }
  return seen;
}

function send(by: ControlChannel, count: number, now = 0): readonly string[] {
  for (let i = 0; i < count; i += 1) by.send(0, Uint8Array.of(i));
  by.flush(now);
  return drain(by);
}

function acknowledge(by: ControlChannel, nr: number, now = 0): readonly string[] {
  by.receive(header({ nr }), new Uint8Array(), now);
  by.flush(now);
  return drain(by);
}

function hear(by: ControlChannel, ns: number, now = 0): readonly string[] {
  by.receive(header({ ns }), Uint8Array.of(ns & 0xff), now);
  by.flush(now);
  return drain(by);
}

test("slow start opens the window by one for each message that is acknowledged", () => {
  const it = channel({ remoteWindow: 8 });
  expect(send(it, 10)).toEqual(["0"]);
  expect(acknowledge(it, 1)).toEqual(["1", "2"]);
  expect(acknowledge(it, 3)).toEqual(["3", "4", "5", "6"]);
  expect(it.view()).toMatchObject({ congestionWindow: 4, resendQueue: 4, unsentQueue: 3, unsentQueueMax: 10 });
});

test.each([0, 1])("a peer with a window of %i gets one message at a time, always", (remoteWindow) => {
  const it = channel({ remoteWindow });
  expect(send(it, 4)).toEqual(["0"]);
  for (const next of [1, 2, 3]) expect(acknowledge(it, next)).toEqual([String(next)]);
  expect(acknowledge(it, 4)).toEqual([]);
  expect(it.idle).toBe(true);
});

test("a window of 65535 does not make us send without acknowledgements", () => {
  const it = channel({ remoteWindow: 65_535 });
  expect(send(it, 60)).toHaveLength(1);
  expect(acknowledge(it, 1)).toHaveLength(2);
});

test("after a loss one message goes out again, then the window grows by one for each full window", () => {
  const it = channel({ remoteWindow: 8 });
  send(it, 20);
  acknowledge(it, 1);
  acknowledge(it, 3);
  acknowledge(it, 7);
  expect(it.view()).toMatchObject({ congestionWindow: 8, resendQueue: 8 });
  it.handleTimeout(1000);
  expect(drain(it)).toEqual(["7"]);
  expect(it.view()).toMatchObject({ congestionWindow: 1 });
  // Slow start up to half of what it was.
  expect(acknowledge(it, 8, 1100)).toEqual(["8", "9"]);
  expect(acknowledge(it, 9, 1200)).toEqual(["10", "11"]);
  expect(acknowledge(it, 10, 1300)).toEqual(["12", "13"]);
  expect(it.view().congestionWindow).toBe(4);
  // From there congestion avoidance: four acknowledgements for one more.
  acknowledge(it, 13, 1400);
  expect(it.view().congestionWindow).toBe(4);
  acknowledge(it, 14, 1500);
  expect(it.view().congestionWindow).toBe(5);
});

test("a message is repeated after 1, 2, 4, 8 and 8 seconds, and then the peer is dead", () => {
  const it = channel();
  const times: number[] = [];
  send(it, 1);
  for (;;) {
    const next = it.pollTimeout();
    if (next === undefined) break;
    it.handleTimeout(next.at);
    times.push(next.at);
    if (times.length < 6) expect(drain(it)).toEqual(["0"]);
  }
  expect(times).toEqual([1000, 3000, 7000, 15_000, 23_000, 31_000]);
  expect(drain(it)).toEqual(["dead"]);
  expect(it.view().counters.retransmissions).toBe(5);
});

test("a timeout that comes early does nothing", () => {
  const it = channel();
  send(it, 1);
  it.handleTimeout(999);
  expect(drain(it)).toEqual([]);
});

test("an acknowledgement starts the back-off again", () => {
  const it = channel({ remoteWindow: 4 });
  send(it, 2);
  it.handleTimeout(1000);
  it.handleTimeout(3000);
  expect(it.view().retransmitSeconds).toBe(4);
  acknowledge(it, 1, 3100);
  expect(it.view().retransmitSeconds).toBe(1);
  expect(it.pollTimeout()?.at).toBe(4100);
});

test("a repeated message carries the newest acknowledgement", () => {
  const it = channel();
  send(it, 1);
  hear(it, 0);
  it.handleTimeout(1000);
  const output = it.pollOutput();
  expect(output?.type === "transmit" && decodeL2tpControl(output.bytes).header).toMatchObject({ ns: 0, nr: 1 });
});

test("an answer carries the acknowledgement, and there is no acknowledgement beside it", () => {
  const it = channel();
  it.receive(header({ ns: 0 }), Uint8Array.of(7), 0);
  expect(drain(it)).toEqual(["<7"]);
  it.send(0, Uint8Array.of(1));
  it.flush(0);
  expect(drain(it)).toEqual(["0"]);
});

test("without an answer the acknowledgement goes out at once, alone", () => {
  const it = channel();
  expect(hear(it, 0)).toEqual(["<0", "zlb"]);
});

test("an answer that must wait for the window does not hold the acknowledgement back", () => {
  const it = channel({ remoteWindow: 1 });
  send(it, 1);
  it.receive(header({ ns: 0 }), Uint8Array.of(7), 0);
  it.send(0, Uint8Array.of(1));
  it.flush(0);
  expect(drain(it)).toEqual(["<7", "zlb"]);
});

test("what came too early waits for its turn", () => {
  const it = channel();
  expect(hear(it, 2)).toEqual([]);
  expect(hear(it, 1)).toEqual([]);
  expect(hear(it, 0)).toEqual(["<0", "<1", "<2", "zlb"]);
  expect(it.view()).toMatchObject({ nr: 3, counters: { rxOutOfSequence: 2, rxOutOfWindow: 0 } });
});

test("what came before is acknowledged again and not delivered again", () => {
  const it = channel();
  hear(it, 0);
  expect(hear(it, 0)).toEqual(["zlb"]);
  expect(hear(it, 0xffff)).toEqual(["zlb"]);
  expect(it.view().nr).toBe(1);
});

test("what is beyond our window is dropped and counted", () => {
  const it = channel({ localWindow: 4 });
  expect(hear(it, 4)).toEqual([]);
  expect(hear(it, 0x7fff)).toEqual([]);
  expect(it.view().counters.rxOutOfWindow).toBe(2);
  expect(hear(it, 0)).toEqual(["<0", "zlb"]);
  expect(hear(it, 4)).toEqual([]);
});

test("an acknowledgement of what was never sent discards the message that carries it", () => {
  const it = channel();
  send(it, 1);
  it.receive(header({ ns: 0, nr: 2 }), Uint8Array.of(7), 0);
  it.flush(0);
  expect(drain(it)).toEqual([]);
  expect(it.view()).toMatchObject({ nr: 0, resendQueue: 1, counters: { discards: 1 } });
  it.receive(header({ ns: 0, nr: 0x8001 }), Uint8Array.of(7), 0);
  expect(it.view()).toMatchObject({ nr: 1, resendQueue: 1 });
});

test("numbers wrap at 2^16 in both directions", () => {
  const sender = channel({ remoteWindow: 4 });
  const receiver = channel({ localWindow: 4 });
  let delivered = 0;
  for (let i = 0; i < 70_000; i += 1) {
    sender.send(0, Uint8Array.of(i & 0xff));
    sender.flush(0);
    for (const [from, to] of [
      [sender, receiver],
      [receiver, sender],
    ] as const) {
      for (let output = from.pollOutput(); output !== undefined; output = from.pollOutput()) {
        if (output.type === "deliver") delivered += 1;
        if (output.type !== "transmit") continue;
        const { header: read, body } = decodeL2tpControl(output.bytes);
        to.receive(read, body, 0);
      }
      for (let output = to.pollOutput(); output !== undefined; output = to.pollOutput()) {
        if (output.type === "deliver") delivered += 1;
      }
      to.flush(0);
    }
    for (let output = sender.pollOutput(); output !== undefined; output = sender.pollOutput());
  }
  expect(delivered).toBe(70_000);
  expect(sender.view()).toMatchObject({ ns: 70_000 & 0xffff, resendQueue: 0 });
  expect(receiver.view().nr).toBe(70_000 & 0xffff);
});

test("a peer that asks and never acknowledges is stopped after so many answers", () => {
  const it = channel({ remoteWindow: 4 });
  let ns = 0;
  for (let i = 0; i < 1000; i += 1) {
    it.receive(header({ ns, nr: 0 }), Uint8Array.of(1), 0);
    if (drain(it).includes("<1")) {
      ns += 1;
      it.send(0, Uint8Array.of(2));
    }
    it.flush(0);
    drain(it);
  }
  expect(ns).toBeLessThan(70);
  expect(it.view().unsentQueue).toBeLessThanOrEqual(64);
});

test("early messages are kept in a bounded number, however large the window", () => {
  const it = channel({ localWindow: 5000 });
  for (let ns = 1; ns < 5000; ns += 1) hear(it, ns);
  const delivered = hear(it, 0).filter((seen) => seen.startsWith("<"));
  expect(delivered).toHaveLength(33);
});

test("a closed channel acknowledges what is repeated and takes nothing new", () => {
  const it = channel();
  hear(it, 0);
  send(it, 1);
  it.close();
  expect(it.pollTimeout()).toBeUndefined();
  expect(hear(it, 0)).toEqual(["zlb"]);
  expect(hear(it, 1)).toEqual([]);
});

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "every message arrives once and in order over a bad link (seed %i)",
  (seed) => {
    const random = seededRandom(seed + 1);
    const ends = [
      channel({ remoteWindow: 1 + seed, retries: 60 }),
      channel({ localWindow: 1 + seed, retries: 60 }),
    ] as const;
    let flying: { at: number; to: 0 | 1; bytes: Uint8Array }[] = [];
    const got: number[] = [];
    for (let i = 0; i < 60; i += 1) ends[0].send(0, Uint8Array.of(i));
    ends[0].flush(0);
    let now = 0;
    for (let step = 0; step < 20_000 && got.length < 60; step += 1) {
      for (const from of [0, 1] as const) {
        const end = ends[from];
        for (let output = end.pollOutput(); output !== undefined; output = end.pollOutput()) {
          if (output.type === "deliver") got.push(output.body[0] ?? -1);
          if (output.type !== "transmit") continue;
          const copies = randomBetween(random, 1, 10) === 1 ? 2 : 1;
          for (let i = 0; i < copies; i += 1) {
            if (randomBetween(random, 1, 10) <= 3) continue;
            flying.push({ at: now + randomBetween(random, 5, 900), to: from === 0 ? 1 : 0, bytes: output.bytes });
          }
        }
      }
      const times = [...flying.map((packet) => packet.at), ...ends.map((end) => end.pollTimeout()?.at ?? Infinity)];
      now = Math.max(now, Math.min(...times));
      const landed = flying.filter((packet) => packet.at <= now);
      flying = flying.filter((packet) => packet.at > now);
      for (const { to, bytes } of landed) {
        const { header: read, body } = decodeL2tpControl(bytes);
        ends[to].receive(read, body.slice(), now);
        ends[to].flush(now);
      }
      for (const end of ends) end.handleTimeout(now);
    }
    expect(got).toEqual(Array.from({ length: 60 }, (_, i) => i));
  },
);

test("a peer in the clear that acknowledges nothing is sent three times what it sent, and no more", () => {
  const it = channel({ peerMayBeForged: true, retries: 20 });
  const question = { length: 60, ns: 0 };
  it.receive(header(question), Uint8Array.of(7), 0);
  it.send(0, new Uint8Array(68));
  it.flush(0);
  expect(drain(it)).toEqual(["<7", "0"]);
  // 80 octets each: the third would be more than 180.
  for (let now = 1000; now < 60_000; now += 1000) it.handleTimeout(now);
  expect(drain(it)).toEqual(["0"]);
  // Asked again it answers, with the answer itself.
  it.receive(header(question), Uint8Array.of(7), 60_000);
  it.flush(60_000);
  expect(drain(it)).toEqual(["0"]);
  expect(it.counters.txOctets).toBeLessThanOrEqual(3 * it.counters.rxOctets);
  // Whoever acknowledges is there.
  it.receive(header({ ns: 1, nr: 1 }), new Uint8Array(), 60_100);
  for (let i = 0; i < 4; i += 1) it.send(0, new Uint8Array(500));
  it.flush(60_100);
  expect(drain(it).length).toBeGreaterThan(0);
});
