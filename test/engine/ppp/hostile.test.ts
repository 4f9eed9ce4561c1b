/**
 * Hostile peers: group 10 of the checklist of published faults, by its numbers. 10.19 (spoofed sources) belongs to the line
 * module, which checks them on every packet.
 */

import { expect, test } from "vitest";
import { verifyProof } from "../../../src/engine/aaa/local-users.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppInput, PppOutput } from "../../../src/engine/ppp/events.ts";
import { chapCode } from "../../../src/engine/wire/ppp-chap.ts";
import { controlCode, controlOptions, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { papCode, papRequest } from "../../../src/engine/wire/ppp-pap.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";
import { seededRandom } from "../../support/random.ts";

const { lcp, ipcp, pap, chap } = pppProtocol;
const { configureRequest, configureNak, configureReject, protocolReject, codeReject, echoRequest, echoReply } =
  controlCode;
const users = [{ name: "fred", password: new Secret("pw"), address: undefined, pool: undefined }];

function answer(output: PppOutput): PppInput | undefined {
  if (output.type === "authenticate") {
    return { type: "authenticated", verdict: verifyProof({ users, methods: ["local"] }, output.name, output.proof) };
  }
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

/** What stands after the storm has to work as if there had been none. */
function stillWorks(probe: PppProbe): void {
  probe.send(lcp, echoRequest, 250, Uint8Array.of(0, 0, 0, 0));
  expect(probe.last(lcp, echoReply).identifier).toBe(250);
}

test("10.01 option lengths 0, 1 and 255 are dropped with their packet", () => {
  for (const length of [0, 1, 255]) {
    const probe = new PppProbe({}).send(lcp, configureRequest, 1, Uint8Array.of(1, length, 5, 0xdc));
    expect(probe.sent(lcp), `length ${length}`).toHaveLength(1);
    stillWorks(probe.openLcp());
    const behind = new PppProbe({}, answer).openLcp().send(ipcp, configureRequest, 1, Uint8Array.of(3, length, 0, 0));
    expect(behind.sent(ipcp)).toHaveLength(1);
  }
});

test("10.02 our own magic number coming back means a loop, at first to be made sure of", () => {
  const probe = new PppProbe({});
  for (let turn = 0; turn < 10 && probe.view.phase === "establish"; turn += 1) {
    for (const frame of probe.frames.splice(0)) probe.send(frame.protocol, frame.code, frame.identifier, frame.data);
  }
  probe.run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the link is looped back");

  const echoing = new PppProbe({}, answer).openLcp();
  const magic = echoing.lastOptions(lcp, configureRequest).find(({ type }) => type === 5)?.data ?? new Uint8Array();
  echoing.send(lcp, echoRequest, 1, magic).run(10_000);
  expect(echoing.output("terminated")?.reason).toBe("the link is looped back");
});

test("10.02 a magic number of zero is refused, and one that is ours by chance gets another chance", () => {
  const probe = new PppProbe({}).send(lcp, configureRequest, 1, [option(5, 0, 0, 0, 0)]);
  expect(probe.lastOptions(lcp, configureNak)[0]?.type).toBe(5);
  const ours = probe.lastOptions(lcp, configureRequest).find(({ type }) => type === 5)?.data ?? [];
  probe.send(lcp, configureRequest, 2, [option(5, ...ours)]);
  expect(probe.lastOptions(lcp, configureNak)[0]?.data).not.toEqual(Uint8Array.from(ours));
  stillWorks(probe.openLcp(option(5, 1, 2, 3, 4)));
});

test("10.03 a storm of Configure-Requests that never ends in an agreement ends the link", () => {
  const good = new PppProbe({});
  for (let count = 0; count < 500; count += 1) good.send(lcp, configureRequest, count & 255, []);
  expect(good.frames.length).toBeLessThan(60);
  expect(good.output("terminated")?.reason).toBe("the peer never agrees to LCP");

  const late = new PppProbe({}, answer).openLcp();
  for (let count = 0; count < 500; count += 1) late.send(ipcp, configureRequest, count & 255, [option(3, 9, 9, 9, 9)]);
  late.run(10_000);
  expect(late.sent(ipcp).length).toBeLessThan(60);
  expect(late.output("terminated")?.reason).toBe("the peer never agrees to IPCP");
});

test("10.04 Naks and Rejects without end, and acknowledgements without a request, end the link", () => {
  for (const code of [configureNak, configureReject]) {
    const probe = new PppProbe({});
    for (let count = 0; count < 500; count += 1) {
      probe.send(lcp, code, probe.last(lcp, configureRequest).identifier, [option(1, 5, count & 1)]);
    }
    expect(probe.sent(lcp, configureRequest).length).toBeLessThan(50);
    expect(probe.output("terminated")?.reason).toBe("the peer never agrees to LCP");
  }
  const agreeing = new PppProbe({});
  for (let seconds = 0; seconds < 300; seconds += 3) {
    const { identifier, data } = agreeing.last(lcp, configureRequest);
    agreeing.send(lcp, controlCode.configureAck, identifier, data).run(3000);
  }
  expect(agreeing.output("terminated")?.reason).toBe("the peer never agrees to LCP");
});

test("10.05 a Protocol-Reject that is short, unasked for or early changes nothing", () => {
  const early = new PppProbe({}).send(lcp, protocolReject, 1, Uint8Array.of(0xc0, 0x21));
  expect(early.view.lcp).toBe("reqSent");
  const probe = new PppProbe({}, answer).openLcp();
  for (const data of [[], [0x80], [0x80, 0xfd], [0xc2, 0x23], [0x12, 0x34, 5]]) {
    probe.send(lcp, protocolReject, 1, Uint8Array.from(data));
  }
  expect(probe.view.phase).toBe("network");
  stillWorks(probe);
});

test("10.06 unknown protocols up to 65000 are rejected ten times a second, unknown codes likewise", () => {
  const probe = new PppProbe({}, answer).openLcp();
  for (let protocol = 0x0101; protocol < 0x1_0000; protocol += 2) {
    if (![lcp, ipcp, pap, chap].some((known) => known === protocol)) probe.raw(protocol >> 8, protocol & 255, 1, 2, 3);
  }
  expect(probe.sent(lcp, protocolReject)).toHaveLength(10);
  probe.run(1000);
  for (let count = 0; count < 1000; count += 1) probe.send(lcp, 14 + (count % 200), count & 255, new Uint8Array(1400));
  expect(probe.sent(lcp, codeReject)).toHaveLength(10);
  expect(probe.last(lcp, codeReject).data.length).toBeLessThanOrEqual(64);
  stillWorks(probe);
});

test("10.06 a rejected packet is cut to what the peer receives", () => {
  const probe = new PppProbe({}, answer).openLcp(option(1, 0, 128));
  probe.raw(0x80, 0xfd, ...new Uint8Array(1400));
  expect(probe.last(lcp, protocolReject).data.length).toBe(128 - 4);
});

test("10.07 PAP lengths that lie ask nobody", () => {
  const probe = new PppProbe({ demand: ["pap"] }, answer).openLcp();
  for (const data of [[], [255], [4, 65], [1, 65, 9, 66], [0, 1], [200, ...new Uint8Array(100)]]) {
    probe.send(pap, papCode.request, 1, Uint8Array.from(data));
  }
  expect(probe.output("authenticate")).toBeUndefined();
  probe.send(pap, papCode.request, 2, papRequest.encode({ name: "fred", password: Buffer.from("pw") }));
  expect(probe.view.phase).toBe("network");
});

test("10.08 and 10.09 CHAP values that are longer than their packet or too short for MS-CHAP ask nobody", () => {
  for (const protocol of ["chap", "msChap", "msChapV2"] as const) {
    const probe = new PppProbe({ demand: [protocol] }, answer).openLcp();
    const { identifier } = probe.last(chap, chapCode.challenge);
    const lies = [[], [0], [16], [255, 1, 2], [49, ...new Uint8Array(48)]];
    const short =
      protocol === "chap"
        ? []
        : [
            [48, ...new Uint8Array(48)],
            [50, ...new Uint8Array(50)],
            [1, 1],
          ];
    for (const data of [...lies, ...short]) probe.send(chap, chapCode.response, identifier, Uint8Array.from(data));
    expect(probe.output("authenticate"), protocol).toBeUndefined();
    expect(probe.view.phase).toBe("authenticate");
  }
});

test("10.10 old identifiers, replayed for ever, are no attempts", () => {
  const probe = new PppProbe({ demand: ["chap"], authenticationRetries: 1 }, answer).openLcp();
  const { identifier } = probe.last(chap, chapCode.challenge);
  const wrong = Uint8Array.of(16, ...new Uint8Array(16), 65);
  for (let count = 0; count < 100; count += 1) probe.send(chap, chapCode.response, identifier, wrong);
  expect(probe.outputs.filter(({ type }) => type === "authenticate")).toHaveLength(1);
  expect(probe.view.phase).toBe("authenticate");
});

test("10.11 and 10.12 EAP, of whatever size, gets a Protocol-Reject and no memory", () => {
  const probe = new PppProbe({ demand: ["chap"] }, answer).openLcp();
  probe.raw(0xc2, 0x27, 2, 1, 4, 0, 1, ...new Uint8Array(1019).fill(65));
  probe.raw(0xc2, 0x27, 2, 2, 0, 10, 13, 0x80, 0xff, 0xff, 0xff, 0xff);
  expect(probe.sent(lcp, protocolReject).map(({ data }) => [...data.subarray(0, 2)])).toEqual([
    [0xc2, 0x27],
    [0xc2, 0x27],
  ]);
  expect(probe.view.phase).toBe("authenticate");
});

test("10.13 to 10.15 twenty options, an address of three octets and VJ compression are rejected as they came", () => {
  const probe = new PppProbe({}, answer).openLcp();
  const many = Array.from({ length: 20 }, (_, index) => option(150 + index, index));
  for (const bad of [many, [option(3, 1)], [option(3, 1, 2, 3, 4, 5)], [option(2, 0, 0x2d, 15, 1)]]) {
    probe.send(ipcp, configureRequest, 1, bad);
    expect(probe.lastOptions(ipcp, configureReject)).toEqual(bad);
  }
  probe.openIpcp(option(3, 10, 20, 0, 10));
  expect(probe.output("opened")?.peerAddress).toBe("10.20.0.10");
});

test("10.16 an MRU of 0 is led to the least that works, 65535 is taken as it is", () => {
  const small = new PppProbe({}).send(lcp, configureRequest, 1, [option(1, 0, 0)]);
  expect(small.lastOptions(lcp, configureNak)).toEqual([option(1, 0, 128)]);
  for (let count = 2; count < 8; count += 1) small.send(lcp, configureRequest, count, [option(1, 0, 0)]);
  expect(small.lastOptions(lcp, configureReject)).toEqual([option(1, 0, 0)]);
  const large = new PppProbe({}, answer).openLcp(option(1, 0xff, 0xff));
  expect(large.view.peerMru).toBe(65_535);
  large.raw(0x80, 0xfd, ...new Uint8Array(1400));
  expect(large.last(lcp, protocolReject).data).toHaveLength(1402);
});

test("10.17 an echo with a wrong magic number is answered, and one that is too short is not", () => {
  const probe = new PppProbe({}, answer).openLcp(option(5, 1, 2, 3, 4));
  probe.send(lcp, echoRequest, 9, Uint8Array.of(7, 7, 7, 7));
  expect(probe.sent(lcp, echoReply)).toHaveLength(1);
  probe.send(lcp, echoRequest, 10, Uint8Array.of(7, 7, 7));
  expect(probe.sent(lcp, echoReply)).toHaveLength(1);
});

test("10.18 and 10.20 data and NCPs before authentication are dropped without an answer, MPPE after it is rejected", () => {
  const probe = new PppProbe({ demand: ["pap"] }, answer).openLcp();
  const before = probe.frames.length;
  probe.raw(0x00, 0x21, 0x45, ...new Uint8Array(19)).raw(0x00, 0xfd, 0x90, 0, 1, 2);
  probe.send(ipcp, configureRequest, 1, [option(3, 0, 0, 0, 0)]).send(0x80fd, configureRequest, 1, []);
  expect(probe.frames).toHaveLength(before);
  expect(probe.outputs.filter(({ type }) => type !== "frame")).toEqual([]);
  probe.send(pap, papCode.request, 1, papRequest.encode({ name: "fred", password: Buffer.from("pw") }));
  probe.raw(0x00, 0xfd, 0x90, 0, 1, 2);
  expect([...probe.last(lcp, protocolReject).data]).toEqual([0x00, 0xfd, 0x90, 0, 1, 2]);
});

test("10.18 IPCP requests before authentication are not held against the peer afterwards", () => {
  const probe = new PppProbe({ demand: ["pap"] }, answer).openLcp();
  for (let count = 0; count < 100; count += 1) probe.send(ipcp, configureRequest, count, [option(3, 0, 0, 0, 0)]);
  probe.send(pap, papCode.request, 1, papRequest.encode({ name: "fred", password: Buffer.from("pw") }));
  probe.openIpcp(option(3, 10, 20, 0, 10));
  expect(probe.output("opened")).toBeDefined();
});

test("nothing is answered before LCP is open but LCP", () => {
  const probe = new PppProbe({ demand: ["pap"] }, answer);
  probe.send(pap, papCode.request, 1, papRequest.encode({ name: "fred", password: Buffer.from("pw") }));
  probe.send(ipcp, configureRequest, 1, []).raw(0x80, 0xfd, 1, 1, 0, 4).send(lcp, echoRequest, 1, new Uint8Array(4));
  expect(probe.frames.map(({ code }) => code)).toEqual([configureRequest]);
});

test("frames of no octet and of one are dropped", () => {
  const probe = new PppProbe({}).raw().raw(0xc0).raw(0xc0, 0x21).raw(0xc0, 0x21, 1, 1, 0);
  expect(probe.frames).toHaveLength(1);
});

test("random packets in every phase neither throw nor open what is not proven, and leave the timers finite", () => {
  const random = seededRandom(99);
  const known = [lcp, ipcp, pap, chap, 0x80fd, 0xc227];
  for (let round = 0; round < 60; round += 1) {
    const probe = new PppProbe(
      { demand: [(["pap", "chap", "msChap", "msChapV2"] as const)[round % 4] ?? "pap"] },
      answer,
    );
    for (let count = 0; count < 200; count += 1) {
      if (count === 30 && probe.view.phase === "establish") {
        probe.send(lcp, configureRequest, 1, []);
        probe.acknowledge(lcp);
      }
      const [pick = 0, code = 0, identifier = 0, length = 0] = random.bytes(4);
      const data = random.bytes(length % 50);
      const wild = count % 3 === 0;
      const protocol = known[pick % known.length] ?? lcp;
      if (wild) probe.raw(protocol >> 8, protocol & 255, ...data);
      else probe.send(protocol, code % 16, identifier % 4, data);
      expect(probe.output("opened")).toBeUndefined();
    }
    probe.run(600_000);
    expect(probe.view.phase).toBe("dead");
  }
});

test("a client survives random packets of its server as well", () => {
  const random = seededRandom(7);
  for (let round = 0; round < 40; round += 1) {
    const protocol = (["pap", "chap", "msChap", "msChapV2"] as const)[round % 4] ?? "pap";
    const credentials = { name: "fred", password: new Secret("pw"), protocols: [protocol] };
    const asked = { pap: [0xc0, 0x23], chap: [0xc2, 0x23, 5], msChap: [0xc2, 0x23, 128], msChapV2: [0xc2, 0x23, 129] };
    const probe = new PppProbe({ credentials, localAddress: undefined, offerCcp: true, requestServers: true });
    probe.openLcp(option(3, ...asked[protocol]));
    for (let count = 0; count < 200; count += 1) {
      const [pick = 0, code = 0, identifier = 0, length = 0] = random.bytes(4);
      const carrier = [chap, pap, ipcp, lcp][pick % 4] ?? chap;
      probe.send(carrier, code % 12, identifier % 4, random.bytes(length % 60));
    }
    probe.run(600_000);
    expect(probe.machine.pollTimeout() === undefined || probe.view.ipcp === "opened").toBe(true);
  }
});

test("20 options of LCP and 40 are the same to us as one: the codec stops at 32", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => option(100 + index));
  const probe = new PppProbe({}).send(lcp, configureRequest, 1, many(20));
  expect(probe.lastOptions(lcp, configureReject)).toHaveLength(20);
  probe.send(lcp, configureRequest, 2, controlOptions.encode(many(40)));
  expect(probe.sent(lcp, configureReject)).toHaveLength(1);
});
