/** Clients as they are in the field: strict ones, sloppy ones, and those that say things nobody asked for. */

import { expect, test } from "vitest";
import type { Millis } from "../../../src/engine/kernel/machine.ts";
import { randomBetween } from "../../../src/engine/kernel/random.ts";
import { decodeL2tpControl, encodeL2tpControl } from "../../../src/engine/wire/l2tp-control.ts";
import { decodeControlBody, encodeControlBody, type MessageName } from "../../../src/engine/wire/l2tp-message.ts";
import { seededRandom } from "../../support/random.ts";
import { End, lnsWith, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

/**
 * Android's mtpd: a window of 1 both ways. What it has had it acknowledges again; it drops, without an acknowledgement, what is
 * not the next message and what comes before its own was acknowledged; it repeats its own every two seconds; it asks for a
 * session, and starts PPP, only after an acknowledgement of SCCCN and of ICCN.
 */
class Mtpd {
  ns = 0;
  nr = 0;
  lnsTunnel = 0;
  lnsSession = 0;
  pppStarted = false;
  hellos = 0;
  /** Faults of the LNS, by this client's measure. */
  readonly faults: string[] = [];
  #last: MessageName = "sccrq";
  #outstanding: { readonly sessionId: number; readonly body: Uint8Array } | undefined;
  #resendAt: Millis = 0;
  readonly #send: (bytes: Uint8Array) => void;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  start(now: Millis): void {
    this.#say(
      "sccrq",
      0,
      {
        protocolVersion: 0x0100,
        hostName: "anonymous",
        framingCapabilities: 3,
        assignedTunnelId: 9,
        receiveWindowSize: 1,
      },
      now,
    );
  }

  tick(now: Millis): void {
    if (this.#outstanding === undefined || now < this.#resendAt) return;
    this.#resendAt = now + 2000;
    this.#transmit((this.ns - 1) & 0xffff, this.#outstanding.sessionId, this.#outstanding.body);
  }

  receive(bytes: Uint8Array, now: Millis): void {
    const { header, body } = decodeL2tpControl(bytes);
    if ((header.flags & 0xcb0f) !== 0xc802) this.faults.push(`flags ${header.flags.toString(16)}`);
    if (header.length !== bytes.length) this.faults.push("length");
    if (header.tunnelId !== 9) this.faults.push(`tunnel ${header.tunnelId}`);
    if (((header.ns - this.nr) & 0x8000) !== 0) {
      if (body.length > 0) this.#transmit(this.ns, 0, new Uint8Array());
      return;
    }
    const acknowledged = header.nr === this.ns;
    if (body.length === 0) {
      if (acknowledged) this.#acknowledged(now);
      return;
    }
    if (body[0] !== 0x80 || body[1] !== 0x08) this.faults.push("the first AVP");
    if (header.ns === ((this.nr + 1) & 0xffff)) this.faults.push("a message before the last one was acknowledged");
    if (header.ns !== this.nr || (this.#outstanding !== undefined && !acknowledged)) return;
    this.nr = (this.nr + 1) & 0xffff;
    this.#outstanding = undefined;
    const { name, values } = decodeControlBody(body);
    if (name === "sccrp") {
      this.lnsTunnel = values.assignedTunnelId ?? 0;
      this.#say("scccn", 0, {}, now);
    } else if (name === "icrp") {
      this.lnsSession = values.assignedSessionId ?? 0;
      this.#say("iccn", this.lnsSession, { txConnectSpeed: 100_000_000, framingType: 3 }, now);
    } else {
      if (name === "hello") this.hellos += 1;
      this.#transmit(this.ns, 0, new Uint8Array());
      if (name === "hello") this.#acknowledged(now);
    }
  }

  #acknowledged(now: Millis): void {
    this.#outstanding = undefined;
    if (this.#last === "scccn") this.#say("icrq", 0, { assignedSessionId: 5, callSerialNumber: 1 }, now);
    else if (this.#last === "iccn") this.pppStarted = true;
  }

  #say(name: MessageName, sessionId: number, values: Parameters<typeof encodeControlBody>[1], now: Millis): void {
    this.#last = name;
    const body = encodeControlBody(name, values);
    this.#outstanding = { sessionId, body };
    this.#resendAt = now + 2000;
    this.ns = (this.ns + 1) & 0xffff;
    this.#transmit((this.ns - 1) & 0xffff, sessionId, body);
  }

  #transmit(ns: number, sessionId: number, body: Uint8Array): void {
    this.#send(encodeL2tpControl({ tunnelId: this.lnsTunnel, sessionId, ns, nr: this.nr }, body));
  }
}

/** Both over a link that loses so many packets in a thousand; how it stands after `millis`. */
function android(lossPerMille: number, seed: number, millis: Millis) {
  const random = seededRandom(seed);
  const lns = new End(seed, 1);
  const profile = { ...PROFILE, helloSeconds: 10, receiveWindow: 1024 };
  let now = 1000;
  lns.input(
    { type: "configure", configuration: { system: { ...SYSTEM, idleTimeoutSeconds: 0 }, profiles: [profile] } },
    now,
  );
  const lost = (): boolean => randomBetween(random, 1, 1000) <= lossPerMille;
  let queue: { readonly at: Millis; readonly to: "lns" | "phone"; readonly bytes: Uint8Array }[] = [];
  const phone = new Mtpd((bytes) => {
    if (!lost()) queue.push({ at: now + 30, to: "lns", bytes });
  });
  phone.start(now);
  for (const end = now + millis; now < end; now += 10) {
    for (const packet of queue.filter(({ at }) => at <= now)) {
      if (packet.to === "phone") phone.receive(packet.bytes, now);
      else lns.input({ type: "control", path: pathOf(), bytes: packet.bytes }, now);
    }
    queue = queue.filter(({ at }) => at > now);
    lns.machine.handleTimeout(now);
    lns.drain();
    phone.tick(now);
    for (const { bytes } of lns.sent.splice(0)) if (!lost()) queue.push({ at: now + 30, to: "phone", bytes });
  }
  return { phone, lns, tunnels: lns.tunnels(now) };
}

test("Android's mtpd comes up without a resend on a good link, and starts PPP after a few round trips", () => {
  const { phone, tunnels } = android(0, 1, 500);
  expect(phone).toMatchObject({ pppStarted: true, faults: [] });
  expect(tunnels).toMatchObject([{ state: "established", sessions: [{ state: "established" }] }]);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  "Android's mtpd comes up and stays on a link that loses a tenth: nothing of ours ever overlaps (seed %i)",
  (seed) => {
    const { phone, tunnels } = android(100, seed, 300_000);
    expect(phone.faults).toEqual([]);
    expect(phone.pppStarted).toBe(true);
    expect(phone.hellos).toBeGreaterThan(5);
    expect(tunnels).toMatchObject([{ state: "established", sessions: [{ state: "established" }] }]);
  },
);

/** A tunnel with a session, whose peer acknowledges no hello; `packets` = data that have come by the time it is asked. */
function deafToHello(packets: () => number) {
  const lns = new End(5, 1, packets);
  const profiles = [{ ...PROFILE, helloSeconds: 60 }];
  lns.input({ type: "configure", configuration: { system: { ...SYSTEM, idleTimeoutSeconds: 0 }, profiles } }, 0);
  const peer = new ScriptedPeer(lns);
  peer.establish();
  peer.call();
  peer.zlb();
  return peer;
}

/** More each time. */
function counting(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

test("a phone that never acknowledges a hello keeps its tunnel while its data come (Android 9 and 10)", () => {
  const peer = deafToHello(counting());
  let hellos = 0;
  for (let minute = 0; minute < 30; minute += 1)
    hellos += peer.wait(60_000).filter(({ name }) => name === "hello").length;
  expect(peer.view()?.state).toBe("established");
  // One hello, repeated at the longest interval: never a second one beside it.
  expect(hellos).toBeGreaterThan(100);
  expect(peer.view()).toMatchObject({ resendQueue: 1, unsentQueue: 0 });
  // As soon as it is acknowledged the tunnel is as good as any.
  peer.zlb();
  expect(peer.view()?.resendQueue).toBe(0);
});

test("a phone that acknowledges no hello and sends no data is gone", () => {
  const peer = deafToHello(() => 7);
  for (let minute = 0; minute < 3; minute += 1) peer.wait(60_000);
  expect(peer.lns.event("tunnelClosed")?.reason).toBe("the peer does not answer");
});

test("whatever waits behind a hello is not waited for without end", () => {
  const peer = deafToHello(counting());
  peer.wait(200_000);
  expect(peer.view()?.state).toBe("established");
  const session = peer.view()?.sessions[0]?.session ?? 0;
  peer.lns.input({ type: "closeSession", session, result: { code: 3, error: undefined, message: "bye" } }, peer.now);
  peer.wait(60_000);
  expect(peer.lns.event("tunnelClosed")).toBeDefined();
});

test("Apple's hellos before its SCCRQ are for no tunnel: not an answer, not a trace, and the SCCRQ is taken", () => {
  const lns = lnsWith();
  const peer = new ScriptedPeer(lns);
  for (let i = 0; i < 55; i += 1) {
    expect(
      peer.raw(encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, encodeControlBody("hello", {}))),
    ).toEqual([]);
  }
  expect(lns.sent).toEqual([]);
  expect(lns.tunnels(peer.now)).toEqual([]);
  expect(lns.log.filter(({ severity }) => severity !== "debug")).toEqual([]);
  expect(peer.request().map(({ name }) => name)).toEqual(["sccrp"]);
});

test("Deterministic Networks' client ends its tunnel although its StopCCN names another one", () => {
  const peer = new ScriptedPeer(lnsWith({}, {}), { path: pathOf({ connection: 5 }) });
  peer.establish({ vendorName: "Deterministic Networks Inc.", firmwareRevision: 0xff00 });
  peer.call();
  const stop = encodeControlBody("stopCcn", {
    assignedTunnelId: 1,
    resultCode: { code: 1, error: undefined, message: undefined },
  });
  const wrong = (peer.lnsTunnelId + 1) & 0xffff;
  expect(peer.body(stop, 0, wrong)).toMatchObject([{ name: "zlb" }]);
  expect(peer.view()?.state).toBe("down");
  expect(peer.lns.types()).toContain("sessionClosed");
});

test("Apple's result and error codes are read in either order of octets, and shown in words", () => {
  for (const [octets, reason] of [
    [[0, 6], "the peer closed the tunnel: the peer is being shut down"],
    [[6, 0], "the peer closed the tunnel: the peer is being shut down"],
    [[2, 0, 4, 0], "the peer closed the tunnel: general error, insufficient resources"],
    [
      [0, 2, 0, 6, ...Buffer.from("no more")],
      "the peer closed the tunnel: general error, vendor specific error, no more",
    ],
  ] as const) {
    const peer = new ScriptedPeer(lnsWith());
    peer.establish();
    const head = encodeControlBody("stopCcn", { assignedTunnelId: 1 });
    peer.body(Uint8Array.from([...head, 0x80, 6 + octets.length, 0, 0, 0, 1, ...octets]));
    expect(peer.lns.event("tunnelClosed")?.reason).toBe(reason);
  }
});
