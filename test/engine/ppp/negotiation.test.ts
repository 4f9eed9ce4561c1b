/** LCP and IPCP against a peer played packet by packet. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppInput, PppOutput, PppPlan } from "../../../src/engine/ppp/events.ts";
import { controlCode, controlOptions, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";

const { lcp, ipcp } = pppProtocol;
const { configureRequest, configureAck, configureNak, configureReject } = controlCode;

function answer(output: PppOutput): PppInput | undefined {
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

const ASSIGNED = [10, 20, 0, 10];

function openServer(plan: Partial<PppPlan> = {}): PppProbe {
  return new PppProbe(plan, answer).openLcp();
}

const credentials = { name: "fred", password: new Secret("pw"), protocols: ["chap"] } as const;

test("we ask for MRU, the authentication that we like best, and a magic number", () => {
  const probe = new PppProbe({ demand: ["msChapV2", "chap"], mru: 1400 });
  const options = probe.lastOptions(lcp, configureRequest);
  expect(options.map(({ type }) => type)).toEqual([1, 3, 5]);
  expect(options[0]?.data).toEqual(Uint8Array.of(0x05, 0x78));
  expect(options[1]?.data).toEqual(Uint8Array.of(0xc2, 0x23, 0x81));
});

test("a Configure-Request is sent ten times, every three seconds, before the peer is given up", () => {
  const probe = new PppProbe({});
  probe.run(29_999);
  expect(probe.sent(lcp, configureRequest)).toHaveLength(10);
  expect(new Set(probe.sent(lcp, configureRequest).map(({ identifier }) => identifier)).size).toBe(10);
  probe.run(1);
  expect(probe.output("terminated")?.reason).toBe("the peer does not answer LCP");
  expect(probe.machine.pollTimeout()).toBeUndefined();
});

test("what Windows, Apple and pppd ask for is taken: MRU, asyncmap, magic, field compression", () => {
  const wanted = [option(1, 5, 0x78), option(2, 0, 0, 0, 0), option(5, 1, 2, 3, 4), option(7), option(8)];
  const probe = new PppProbe({}, answer).openLcp(...wanted).openIpcp(option(3, ...ASSIGNED));
  expect(probe.lastOptions(lcp, configureAck)).toEqual(wanted);
  expect(probe.output("opened")).toMatchObject({ peerMru: 1400, compressProtocol: true, compressAddress: true });
});

test("callback, multilink, quality reports and the unknown are rejected as they came, and only they", () => {
  const bad = [option(13, 6), option(17, 5, 0xdc), option(19, 1, 2), option(4, 0xc0, 0x25, 0, 0, 0, 9), option(200, 1)];
  const probe = new PppProbe({}).send(lcp, configureRequest, 7, [option(5, 1, 2, 3, 4), ...bad]);
  expect(probe.last(lcp, configureReject).identifier).toBe(7);
  expect(probe.lastOptions(lcp, configureReject)).toEqual(bad);
});

test("options of a wrong length are rejected", () => {
  const bad = [option(1, 5), option(5, 1, 2, 3), option(7, 1), option(2, 0)];
  const probe = new PppProbe({}).send(lcp, configureRequest, 1, bad);
  expect(probe.lastOptions(lcp, configureReject)).toEqual(bad);
});

test("a peer that asks us to authenticate is refused without credentials and steered with them", () => {
  const asked = option(3, 0xc0, 0x23);
  const refusing = new PppProbe({}).send(lcp, configureRequest, 1, [asked]);
  expect(refusing.lastOptions(lcp, configureReject)).toEqual([asked]);
  const able = new PppProbe({ credentials, localAddress: undefined }).send(lcp, configureRequest, 1, [asked]);
  expect(able.lastOptions(lcp, configureNak)).toEqual([option(3, 0xc2, 0x23, 5)]);
  const none = new PppProbe({ credentials: { ...credentials, protocols: [] }, localAddress: undefined });
  none.send(lcp, configureRequest, 1, [asked]);
  expect(none.lastOptions(lcp, configureReject)).toEqual([asked]);
});

test("a Nak leads to the protocol that it names where we accept it, else to our next one, and to the end after the last", () => {
  const asked = (probe: PppProbe) => probe.lastOptions(lcp, configureRequest).find(({ type }) => type === 3)?.data;
  const nak = (probe: PppProbe, ...data: number[]) =>
    probe.send(lcp, configureNak, probe.last(lcp, configureRequest).identifier, [option(3, ...data)]);
  const probe = new PppProbe({ demand: ["chap", "pap", "msChapV2"] });
  expect(asked(nak(probe, 0xc2, 0x23, 129))).toEqual(Uint8Array.of(0xc2, 0x23, 129));
  expect(asked(nak(probe, 0xc2, 0x27))).toEqual(Uint8Array.of(0xc0, 0x23));
  nak(probe, 0xc2, 0x27).run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the peer refuses all of chap, pap, msChapV2");
});

test("a Nak or Ack with another identifier than our request's is passed over", () => {
  const probe = new PppProbe({});
  const { identifier, data } = probe.last(lcp, configureRequest);
  probe.send(lcp, configureAck, identifier + 1, data).send(lcp, configureNak, identifier + 1, [option(1, 2, 0)]);
  // An acknowledgement has to name what was asked for (RFC 1661 §5.2).
  probe.send(lcp, configureAck, identifier, [option(1, 5, 0xdc)]);
  expect(probe.view.lcp).toBe("reqSent");
  expect(probe.sent(lcp, configureRequest)).toHaveLength(1);
});

test("an MRU that the peer would rather have is asked for, and an option that it rejects no longer", () => {
  const probe = new PppProbe({ mru: 1400 });
  const mru = () => probe.lastOptions(lcp, configureRequest).find(({ type }) => type === 1)?.data;
  const nak = (value: number) =>
    probe.send(lcp, configureNak, probe.last(lcp, configureRequest).identifier, [option(1, value >> 8, value & 255)]);
  nak(1280);
  expect(mru()).toEqual(Uint8Array.of(5, 0));
  nak(9000);
  expect(mru()).toEqual(Uint8Array.of(5, 0xdc));
  nak(0);
  expect(mru()).toEqual(Uint8Array.of(0, 128));
  probe.send(lcp, configureReject, probe.last(lcp, configureRequest).identifier, [option(1, 0, 128)]);
  expect(mru()).toBeUndefined();
  expect(probe.view.localMru).toBe(1500);
});

test("echoes are answered with our magic number, or zero where the peer rejected it", () => {
  const probe = openServer();
  const magic = probe.lastOptions(lcp, configureRequest).find(({ type }) => type === 5)?.data ?? [];
  probe.send(lcp, controlCode.echoRequest, 77, Uint8Array.of(0, 0, 0, 0, 1, 2, 3));
  expect(probe.last(lcp, controlCode.echoReply)).toMatchObject({
    identifier: 77,
    data: Uint8Array.from([...magic, 1, 2, 3]),
  });

  const plain = new PppProbe({}, answer);
  const request = plain.last(lcp, configureRequest);
  const refused = controlOptions.decode(request.data).filter(({ type }) => type === 5);
  plain.send(lcp, configureReject, request.identifier, refused).openLcp();
  plain.send(lcp, controlCode.echoRequest, 1, Uint8Array.of(9, 9, 9, 9));
  expect(plain.last(lcp, controlCode.echoReply).data).toEqual(Uint8Array.of(0, 0, 0, 0));
});

test("Identification, Time-Remaining and Discard-Request get no answer, an unknown code a Code-Reject", () => {
  const probe = openServer();
  const before = probe.frames.length;
  for (const code of [controlCode.identification, controlCode.timeRemaining, controlCode.discardRequest]) {
    probe.send(lcp, code, 1, Uint8Array.of(1, 2, 3, 4));
  }
  expect(probe.frames).toHaveLength(before);
  probe.send(lcp, 99, 42, Uint8Array.of(5));
  expect(probe.last(lcp, controlCode.codeReject).data).toEqual(Uint8Array.of(99, 42, 0, 5, 5));
});

test("the server names its own address without waiting for the peer", () => {
  const probe = openServer();
  expect(probe.lastOptions(ipcp, configureRequest)).toEqual([option(3, 10, 20, 0, 1)]);
});

test("zeros and wishes of the peer are led to its address and the servers, in one Nak", () => {
  const probe = openServer({ dns: ["8.8.8.8", "9.9.9.9"], nbns: ["10.0.0.5", "10.0.0.6"] });
  const zero = [0, 0, 0, 0] as const;
  const asked = [3, 129, 130, 131, 132].map((type) => option(type, ...(type === 3 ? [192, 168, 0, 1] : zero)));
  probe.send(ipcp, configureRequest, 1, asked);
  expect(probe.lastOptions(ipcp, configureNak)).toEqual([
    option(3, ...ASSIGNED),
    option(129, 8, 8, 8, 8),
    option(130, 10, 0, 0, 5),
    option(131, 9, 9, 9, 9),
    option(132, 10, 0, 0, 6),
  ]);
});

test("servers that are not configured are rejected, as is header compression", () => {
  const probe = openServer({ dns: ["8.8.8.8"] });
  const bad = [option(2, 0, 0x2d, 15, 1), option(130, 0, 0, 0, 0), option(131, 0, 0, 0, 0)];
  probe.send(ipcp, configureRequest, 1, [option(3, 0, 0, 0, 0), option(129, 0, 0, 0, 0), ...bad]);
  expect(probe.lastOptions(ipcp, configureReject)).toEqual(bad);
});

test("a peer that names no address is told its own, once (RFC 1332 §3.3)", () => {
  const probe = openServer();
  probe.send(ipcp, configureRequest, 1, []);
  expect(probe.lastOptions(ipcp, configureNak)).toEqual([option(3, ...ASSIGNED)]);
  probe.openIpcp();
  expect(probe.output("opened")?.peerAddress).toBe("10.20.0.10");
});

test("a peer that insists on its wish has the option rejected, as it came, after five Naks", () => {
  const probe = openServer();
  const wish = option(3, 192, 168, 0, 1);
  for (let count = 1; count <= 6; count += 1) probe.send(ipcp, configureRequest, count, [wish]);
  expect(probe.sent(ipcp, configureNak)).toHaveLength(5);
  expect(probe.lastOptions(ipcp, configureReject)).toEqual([wish]);
});

test("a client asks with zeros, takes what it is given and forgets what it is refused", () => {
  const probe = new PppProbe({ credentials, localAddress: undefined, requestServers: true }).openLcp();
  const zeros = [3, 129, 130, 131, 132].map((type) => option(type, 0, 0, 0, 0));
  expect(new Set(probe.lastOptions(ipcp, configureRequest))).toEqual(new Set(zeros));
  const id = () => probe.last(ipcp, configureRequest).identifier;
  probe.send(ipcp, configureReject, id(), [option(130, 0, 0, 0, 0), option(132, 0, 0, 0, 0), option(131, 0, 0, 0, 0)]);
  probe.send(ipcp, configureNak, id(), [option(3, ...ASSIGNED), option(129, 8, 8, 8, 8)]);
  probe.openIpcp(option(3, 10, 20, 0, 1));
  expect(probe.output("opened")).toMatchObject({
    localAddress: "10.20.0.10",
    peerAddress: "10.20.0.1",
    dns: ["8.8.8.8"],
    nbns: [],
  });
});

test("a client that is given no address does not open", () => {
  const probe = new PppProbe({ credentials, localAddress: undefined }).openLcp();
  probe.openIpcp(option(3, 10, 20, 0, 1)).run(10_000);
  expect(probe.output("opened")).toBeUndefined();
  expect(probe.output("terminated")?.reason).toBe("the peer gives us no address");
});

test("a server that has credentials of its own still asks which address the peer shall have", () => {
  const probe = new PppProbe({ credentials, localAddress: "10.20.0.1" }, answer).openLcp();
  expect(probe.output("requestAddress")).toBeDefined();
});

test("a new IPCP request takes IP down until both have agreed again", () => {
  const probe = openServer().openIpcp(option(3, ...ASSIGNED));
  expect(probe.view.openedAt).toBe(probe.now);
  probe.send(ipcp, configureRequest, 2, [option(3, 0, 0, 0, 0)]);
  expect(probe.outputs.filter(({ type }) => type === "closedIp")).toHaveLength(1);
  expect(probe.view.openedAt).toBeUndefined();
  probe.openIpcp(option(3, ...ASSIGNED));
  expect(probe.outputs.filter(({ type }) => type === "opened")).toHaveLength(2);
});

test("what a peer rejected in one negotiation is asked for again in the next one", () => {
  const probe = new PppProbe({}, answer);
  const { identifier } = probe.last(lcp, configureRequest);
  probe.send(lcp, configureReject, identifier, [option(1, 5, 0x78)]).openLcp();
  expect(probe.view.localMru).toBe(1500);
  probe.send(lcp, configureRequest, 60, [option(5, 1, 2, 3, 4)]);
  expect(probe.lastOptions(lcp, configureRequest)[0]).toEqual(option(1, 5, 0x78));
});

test("a new LCP request on an open link starts from the beginning: everything is asked for again, and so is the address", () => {
  const probe = openServer();
  const refused = probe.last(lcp, configureRequest);
  probe.openIpcp(option(3, ...ASSIGNED)).send(lcp, configureRequest, 50, [option(5, 1, 2, 3, 4)]);
  expect(probe.view).toMatchObject({ phase: "establish", lcp: "ackSent", openedAt: undefined });
  const request = probe.last(lcp, configureRequest);
  expect(controlOptions.decode(request.data).map(({ type }) => type)).toEqual([1, 5]);
  expect(request.identifier).not.toBe(refused.identifier);
  probe.acknowledge(lcp).openIpcp(option(3, ...ASSIGNED));
  expect(probe.outputs.map(({ type }) => type).filter((type) => type !== "frame")).toEqual([
    "requestAddress",
    "opened",
    "closedIp",
    "requestAddress",
    "opened",
  ]);
});

test("an address that was asked for before a renegotiation is not the one that counts", () => {
  const probe = new PppProbe({}).openLcp().openLcp(option(5, 1, 2, 3, 4));
  probe.input({ type: "address", address: "10.20.0.99" });
  expect(probe.sent(ipcp)).toHaveLength(0);
  probe.input({ type: "address", address: "10.20.0.10" }).send(ipcp, configureRequest, 1, [option(3, 0, 0, 0, 0)]);
  expect(probe.lastOptions(ipcp, configureNak)).toEqual([option(3, ...ASSIGNED)]);
});

test("the peer's Terminate-Request is acknowledged, IP goes down at once and the link three seconds later", () => {
  const probe = openServer().openIpcp(option(3, ...ASSIGNED));
  probe.send(lcp, controlCode.terminateRequest, 33, Buffer.from("User request"));
  expect(probe.last(lcp, controlCode.terminateAck).identifier).toBe(33);
  expect(probe.output("closedIp")).toBeDefined();
  expect(probe.view.phase).toBe("terminate");
  probe.run(3000);
  expect(probe.output("terminated")?.reason).toBe("the peer closed LCP");
  expect(probe.log.filter(({ severity }) => severity === "notice")).toHaveLength(0);
});

test("we say goodbye twice and then go, and sooner when the peer agrees", () => {
  const silent = openServer().input({ type: "close", reason: "cleared by the operator" });
  silent.run(6000);
  expect(silent.sent(lcp, controlCode.terminateRequest)).toHaveLength(2);
  expect(silent.output("terminated")?.reason).toBe("cleared by the operator");
  const polite = openServer().input({ type: "close", reason: "cleared by the operator" });
  polite.send(lcp, controlCode.terminateAck, polite.last(lcp, controlCode.terminateRequest).identifier);
  expect(polite.view.phase).toBe("dead");
  // What we know of the reason is not the peer's to read.
  expect(polite.last(lcp, controlCode.terminateRequest).data).toHaveLength(0);
});

test("a peer that does not speak IPCP is let go with that reason", () => {
  const probe = openServer();
  const rejected = Uint8Array.of(0x80, 0x21, 1, 1, 0, 4);
  probe.send(lcp, controlCode.protocolReject, 1, rejected).run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the peer does not speak IPCP");
  expect(probe.log.some(({ severity, text }) => severity === "notice" && text === "PPP failed")).toBe(true);
});

test("a peer that rejects the authentication protocol it agreed to is let go", () => {
  const probe = new PppProbe({ demand: ["chap"] }).openLcp();
  probe.send(lcp, controlCode.protocolReject, 1, Uint8Array.of(0xc2, 0x23, 1, 1, 0, 4)).run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the peer does not speak the authentication it agreed to");
});

test("the debug log names packets and options in words", () => {
  const probe = new PppProbe({}).send(lcp, configureRequest, 1, [option(13, 6), option(7)]);
  expect(probe.log).toContainEqual({
    category: "ppp",
    severity: "debug",
    text: "PPP packet received",
    fields: {
      session: "probe",
      protocol: "LCP",
      packet: "Configure-Request",
      identifier: 1,
      options: "Callback 0x06, PFC",
    },
  });
});

test("a link whose carrier is gone wants nothing more", () => {
  const probe = openServer({ keepaliveSeconds: 10 }).openIpcp(option(3, ...ASSIGNED));
  probe.input({ type: "down" });
  expect(probe.machine.pollTimeout()).toBeUndefined();
  expect(probe.input({ type: "up" }).view.phase).toBe("dead");
});

test("a peer that refuses to authenticate is let in where that is optional, and nowhere else", () => {
  const refuse = (demandOptional: boolean): PppProbe => {
    const probe = new PppProbe({ demand: ["chap"], demandOptional }, answer);
    const asked = probe.last(lcp, configureRequest);
    return probe.send(lcp, configureReject, asked.identifier, [option(3, 0xc2, 0x23, 5)]);
  };
  expect(refuse(true).openLcp().view).toMatchObject({ phase: "network", authentication: undefined });
  expect(refuse(false).view.reason).toContain("refuses to authenticate");
});
