import { expect, test } from "vitest";
import { verifyProof } from "../../../src/engine/aaa/local-users.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppInput, PppOutput, PppPlan } from "../../../src/engine/ppp/events.ts";
import type { PppAuthentication } from "../../../src/engine/ppp-spec.ts";
import { controlPacket, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { PppEnd, PppPair } from "../../support/ppp-pair.ts";
import { seededRandom } from "../../support/random.ts";

const users = [{ name: "fred", password: new Secret("fredPw"), address: undefined, pool: undefined }];

function answer(output: PppOutput): PppInput | undefined {
  if (output.type === "authenticate") {
    return { type: "authenticated", verdict: verifyProof({ users, methods: ["local"] }, output.name, output.proof) };
  }
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

function client(password: string, protocols: readonly PppAuthentication[], name = "fred"): Partial<PppPlan> {
  return { credentials: { name, password: new Secret(password), protocols }, keepaliveSeconds: 0, localName: "pc" };
}

function pair(server: Partial<PppPlan>, peer: Partial<PppPlan>): PppPair {
  const lns = new PppEnd({ localAddress: "10.20.0.1", ...server }, 1);
  return new PppPair(lns, new PppEnd(peer, 2), answer);
}

const protocols: PppAuthentication[] = ["pap", "chap", "msChap", "msChapV2"];

test.each(protocols)("a client that proves itself with %s gets its address", (protocol) => {
  const link = pair({ demand: [protocol] }, client("fredPw", protocols));
  link.start();
  expect(link.a.last("opened")).toMatchObject({ localAddress: "10.20.0.1", peerAddress: "10.20.0.10" });
  expect(link.b.last("opened")).toMatchObject({ localAddress: "10.20.0.10", peerAddress: "10.20.0.1" });
  expect(link.a.machine.view()).toMatchObject({ phase: "network", peerName: "fred", authentication: protocol });
});

test.each(protocols)("a wrong password with %s ends the link and says so on both sides", (protocol) => {
  const link = pair({ demand: [protocol] }, client("wrong", protocols));
  link.start();
  link.run(20_000);
  expect(link.a.last("terminated")?.reason).toBe("authentication of fred failed");
  expect(link.a.last("opened")).toBeUndefined();
  expect(link.b.last("terminated")?.reason).toContain("refuses our name or password");
});

test("an unknown user and a wrong password look the same on the wire", () => {
  const run = (name: string, password: string): string[] => {
    const link = pair({ demand: ["msChapV2"] }, client(password, protocols, name));
    link.start();
    link.run(20_000);
    return link.a.frames.map((frame) => Buffer.from(frame).toString("hex"));
  };
  expect(run("fred", "bad1")).toEqual(run("nobo", "bad1"));
});

test.each(protocols)("%s still comes up when a fifth of all frames is lost, whichever they are", (protocol) => {
  for (let seed = 1; seed <= 60; seed += 1) {
    // Without echoes: losing some of them in a row would rightly end the link.
    const link = pair({ demand: [protocol], keepaliveSeconds: 0 }, client("fredPw", protocols));
    const random = seededRandom(seed);
    link.delivers = () => (random.bytes(1)[0] ?? 0) >= 51;
    link.start();
    link.run(200_000);
    const phases = [link.a, link.b].map(({ machine }) => machine.view().ipcp);
    expect(phases, `seed ${seed}: ${link.a.machine.view().reason ?? link.b.machine.view().reason}`).toEqual([
      "opened",
      "opened",
    ]);
  }
});

test.each(protocols)("the loss of any single frame of a session with %s is mended", (protocol) => {
  for (let lost = 0; lost < 40; lost += 1) {
    const link = pair({ demand: [protocol], keepaliveSeconds: 0 }, client("fredPw", protocols));
    let count = 0;
    link.delivers = () => count++ !== lost;
    link.start();
    link.run(15_000);
    expect(link.a.machine.view().ipcp, `frame ${lost}`).toBe("opened");
    expect(link.b.machine.view().ipcp, `frame ${lost}`).toBe("opened");
  }
});

test("two ends that demand a proof of one another are both proven before IP", () => {
  const own = { name: "lns", password: new Secret("fredPw"), protocols };
  for (const protocol of protocols) {
    const lns = new PppEnd({ demand: [protocol], credentials: own, localAddress: "10.20.0.1" }, 1);
    const peer = new PppEnd({ demand: ["chap"], ...client("fredPw", protocols) }, 2);
    const known = [...users, { name: "lns", password: new Secret("fredPw"), address: undefined, pool: undefined }];
    const link = new PppPair(lns, peer, (output) => {
      if (output.type !== "authenticate") return answer(output);
      const verdict = verifyProof({ users: known, methods: ["local"] }, output.name, output.proof);
      return { type: "authenticated", verdict };
    });
    link.start();
    expect([lns, peer].map(({ machine }) => machine.view().peerName)).toEqual(["fred", "lns"]);
    expect(lns.last("opened")).toMatchObject({ peerAddress: "10.20.0.10" });
    expect(peer.last("opened")).toMatchObject({ localAddress: "10.20.0.10" });
  }
});

test("two ends of which only one accepts the other's password do not come up", () => {
  const own = { name: "lns", password: new Secret("not it"), protocols };
  const lns = new PppEnd({ demand: ["chap"], credentials: own, localAddress: "10.20.0.1" }, 1);
  const peer = new PppEnd({ demand: ["chap"], ...client("fredPw", protocols) }, 2);
  const link = new PppPair(lns, peer, answer);
  link.start();
  link.run(20_000);
  expect(lns.last("opened")).toBeUndefined();
  expect(peer.last("terminated")?.reason).toBe("authentication of lns failed");
});

test("the client's Nak steers to the next acceptable protocol", () => {
  const link = pair({ demand: ["chap", "msChap", "msChapV2"] }, client("fredPw", ["msChapV2"]));
  link.start();
  expect(link.a.machine.view()).toMatchObject({ phase: "network", authentication: "msChapV2" });
});

test("a client that refuses every acceptable protocol is told to go, with the reason in our words", () => {
  const link = pair({ demand: ["chap"] }, client("fredPw", ["pap"]));
  link.start();
  link.run(60_000);
  expect(link.a.last("terminated")?.reason).toBe("the peer refuses all of chap");
});

test("a client without credentials is not let in", () => {
  const link = pair({ demand: ["pap"] }, { localName: "pc" });
  link.start();
  link.run(60_000);
  expect(link.a.last("terminated")?.reason).toContain("refuses to authenticate");
});

test("no address left ends the link with that reason", () => {
  const link = pair({}, { ...client("x", []) });
  Object.assign(link, {
    answer: (output: PppOutput) =>
      output.type === "requestAddress" ? { type: "address", address: undefined } : undefined,
  });
  link.start();
  link.run(20_000);
  expect(link.a.last("terminated")?.reason).toBe("there is no address for the peer");
});

test("DNS and NBNS servers are handed out, and refused where there are none", () => {
  const given = pair({ dns: ["8.8.8.8", "9.9.9.9"], nbns: ["10.0.0.5"] }, { ...client("x", []), requestServers: true });
  given.start();
  expect(given.b.last("opened")).toMatchObject({ dns: ["8.8.8.8", "9.9.9.9"], nbns: ["10.0.0.5"] });
  const none = pair({}, { ...client("x", []), requestServers: true });
  none.start();
  expect(none.b.last("opened")).toMatchObject({ dns: [], nbns: [], localAddress: "10.20.0.10" });
});

test("an address may come with other terms than the plan's", () => {
  const terms = { localAddress: "10.30.0.254", dns: ["9.9.9.9"], nbns: [] };
  const lns = new PppEnd({ localAddress: "10.20.0.1", dns: ["8.8.8.8"] }, 1);
  const peer = new PppEnd({ ...client("x", []), requestServers: true }, 2);
  const link = new PppPair(lns, peer, (output) =>
    output.type === "requestAddress" ? { type: "address", address: "10.30.0.1", terms } : undefined,
  );
  link.start();
  expect(peer.last("opened")).toMatchObject({
    localAddress: "10.30.0.1",
    peerAddress: "10.30.0.254",
    dns: ["9.9.9.9"],
  });
  expect(lns.last("opened")).toMatchObject({ localAddress: "10.30.0.254" });
});

test("CCP is answered with a Protocol-Reject and callback with a Configure-Reject; the link comes up", () => {
  const link = pair({ demand: ["msChap"] }, { ...client("fredPw", protocols), offerCcp: true });
  link.start();
  const rejects = link.a.frames.filter((frame) => frame[2] === 0xc0 && frame[3] === 0x21 && frame[4] === 8);
  expect(rejects).toHaveLength(1);
  // It is not asked for before the client is proven (RFC 1661 §3.5).
  const order = link.b.frames.map((frame) => ((frame[2] ?? 0) << 8) | (frame[3] ?? 0));
  expect(order.indexOf(pppProtocol.ccp)).toBeGreaterThan(order.lastIndexOf(pppProtocol.chap));
  expect(link.a.last("opened")).toMatchObject({ compressProtocol: true, compressAddress: true });
});

test("unknown protocols are rejected ten times a second at most", () => {
  const link = pair({}, client("x", []));
  link.start();
  const before = link.a.frames.length;
  for (let protocol = 0x4001; protocol < 0x4001 + 2000; protocol += 2) {
    link.a.machine.handleInput(
      { type: "frame", bytes: Uint8Array.of(protocol >> 8, protocol & 255, 1, 2, 3) },
      link.now,
    );
  }
  link.run(1);
  expect(link.a.frames.length - before).toBe(10);
});

test("a peer that stops answering echoes is given up after the configured tries", () => {
  const link = pair({ keepaliveSeconds: 10, keepaliveRetries: 3 }, client("x", []));
  link.start();
  link.run(60_000);
  expect(link.a.machine.view().phase).toBe("network");
  link.delivers = () => false;
  const echoes = () => link.a.frames.filter((frame) => frame[2] === 0xc0 && frame[4] === 9).length;
  const before = echoes();
  // Three echoes, then the tick that finds the last one unanswered, then two farewells of three seconds.
  link.run(39_999);
  expect(echoes() - before).toBe(3);
  expect(link.a.last("closedIp")).toBeUndefined();
  link.run(1);
  expect(link.a.last("closedIp")).toBeDefined();
  link.run(6000);
  expect(link.a.last("terminated")?.reason).toBe("the peer does not answer LCP echoes");
  expect(link.a.machine.pollTimeout()).toBeUndefined();
});

test("no keepalive, no echo", () => {
  const link = pair({ keepaliveSeconds: 0 }, client("x", []));
  link.start();
  expect(link.a.machine.pollTimeout()).toBeUndefined();
});

test("either end may hang up", () => {
  const link = pair({}, client("x", []));
  link.start();
  link.input(link.b, { type: "close", reason: "user request" });
  link.run(10_000);
  expect(link.b.last("terminated")?.reason).toBe("user request");
  expect(link.a.last("closedIp")).toBeDefined();
  expect(link.a.last("terminated")?.reason).toBe("the peer closed LCP");
});

test("a new Configure-Request on an open link takes IP down and up again", () => {
  const link = pair({}, client("x", []));
  link.start();
  const request = link.b.frames.find((frame) => frame[2] === 0xc0 && frame[4] === 1) ?? new Uint8Array(0);
  const changed = request.slice(2);
  // The last octet of the magic number: as after a restart of the peer.
  changed.set([(changed.at(-1) ?? 0) ^ 1], changed.length - 1);
  link.input(link.a, { type: "frame", bytes: changed });
  link.run(30_000);
  expect(link.a.outputs.filter((output) => output.type === "closedIp")).toHaveLength(1);
  expect(link.a.outputs.filter((output) => output.type === "opened")).toHaveLength(2);
});

test("no IPCP before authentication, whatever the peer sends", () => {
  const link = pair({ demand: ["chap"] }, client("fredPw", protocols));
  link.delivers = (from, frame) => !(from === link.b && frame[2] === 0xc2);
  link.start();
  const request = controlPacket.encode({ code: 1, identifier: 1, data: Uint8Array.of(3, 6, 0, 0, 0, 0) });
  link.input(link.a, { type: "frame", bytes: Uint8Array.of(0x80, 0x21, ...request) });
  expect(link.a.frames.some((frame) => frame[2] === 0x80)).toBe(false);
  expect(link.a.last("requestAddress")).toBeUndefined();
});

test("random frames never throw and never open the link", () => {
  const random = seededRandom(99);
  const link = pair({ demand: ["chap"] }, client("fredPw", protocols));
  link.delivers = () => false;
  link.start();
  const known = [pppProtocol.lcp, pppProtocol.ipcp, pppProtocol.pap, pppProtocol.chap, pppProtocol.ccp];
  for (let count = 0; count < 20_000; count += 1) {
    const [pick = 0, length = 0] = random.bytes(2);
    const protocol = known[pick % known.length] ?? 0;
    link.a.machine.handleInput(
      { type: "frame", bytes: Uint8Array.of(protocol >> 8, protocol & 255, ...random.bytes(length % 40)) },
      link.now,
    );
    while (link.a.machine.pollOutput() !== undefined);
  }
  expect(link.a.machine.view().ipcp).not.toBe("opened");
});
