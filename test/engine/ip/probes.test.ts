import { expect, test } from "vitest";
import { echoReply } from "../../../src/engine/ip/echo.ts";
import { type ProbeRequest, Probes } from "../../../src/engine/ip/probes.ts";
import { ipv4FromNumber, ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { icmpErrorAbout, readIcmpAnswer } from "../../../src/engine/wire/icmp-error.ts";
import { ipv4Packet } from "../../../src/engine/wire/ipv4.ts";
import { addressSum, udpChecksumHolds } from "../../../src/engine/wire/udp.ts";
import { seededRandom } from "../../support/random.ts";

const request: ProbeRequest = {
  kind: "echo",
  virtualRouter: DEFAULT_ROUTER,
  destination: "20.0.0.100",
  source: undefined,
  sizeOctets: 101,
  timeToLive: 7,
  dontFragment: true,
  timeoutMillis: 2000,
  pattern: 0xabcd,
  port: 33_434,
};

function sent(probes: Probes): Uint8Array {
  return probes.pollPacket()?.bytes ?? new Uint8Array(0);
}

test("an echo request has the size, pattern and lifetime that were asked for, and its reply is timed", () => {
  const probes = new Probes(seededRandom(1));
  probes.start(5, request, "12.0.0.8", 100);
  const packet = sent(probes);
  expect(packet).toHaveLength(101);
  const decoded = ipv4Packet.decode(packet);
  expect(decoded).toMatchObject({ timeToLive: 7, dontFragment: true, source: ipv4ToNumber("12.0.0.8") });
  expect([...decoded.payload.subarray(8, 12)]).toEqual([0xab, 0xcd, 0xab, 0xcd]);
  probes.receive(DEFAULT_ROUTER, echoReply(packet) ?? packet, 130);
  expect(probes.pollReport()).toMatchObject({
    id: 5,
    report: { type: "answered", by: "20.0.0.100", answer: "echoReply", roundTripMillis: 30 },
  });
  expect(probes.pollTimeout()).toBeUndefined();
});

test("a probe of a traceroute is a whole UDP datagram, and the error that quotes it answers it", () => {
  const probes = new Probes(seededRandom(2));
  probes.start(1, { ...request, kind: "udp" }, "12.0.0.8", 0);
  const packet = sent(probes);
  const { payload, source, destination } = ipv4Packet.decode(packet);
  expect(
    udpChecksumHolds(addressSum(ipv4FromNumber(source), ipv4FromNumber(destination)), payload, 0, payload.length),
  ).toBe(true);
  const error = icmpErrorAbout(packet, { type: 11, code: 0 }, ipv4ToNumber("10.9.9.9"));
  probes.receive(DEFAULT_ROUTER, error ?? packet, 4);
  expect(probes.pollReport()?.report).toMatchObject({ by: "10.9.9.9", answer: "timeExceeded", roundTripMillis: 4 });
});

test("nobody answers for another: a reply from elsewhere, of another router or of another number is not taken", () => {
  const probes = new Probes(seededRandom(3));
  probes.start(1, request, "12.0.0.8", 0);
  const reply = ipv4Packet.decode(echoReply(sent(probes)) ?? new Uint8Array(0));
  probes.receive(DEFAULT_ROUTER, ipv4Packet.encode({ ...reply, source: 99 }), 1);
  probes.receive("boston", ipv4Packet.encode(reply), 1);
  const wrong = reply.payload.slice();
  wrong[5] = (wrong[5] ?? 0) ^ 1;
  probes.receive(DEFAULT_ROUTER, ipv4Packet.encode({ ...reply, payload: wrong }), 1);
  expect(probes.pollReport()).toBeUndefined();
  probes.handleTimeout(2000);
  expect(probes.pollReport()).toEqual({ id: 1, report: { type: "timedOut" } });
});

test("what was dropped is not reported; too many at once are given up at once", () => {
  const probes = new Probes(seededRandom(4));
  probes.start(1, request, "12.0.0.8", 0);
  probes.drop(1);
  probes.handleTimeout(5000);
  expect(probes.pollReport()).toBeUndefined();
  for (let id = 0; id < 1001; id += 1) probes.start(id, request, "12.0.0.8", 0);
  expect(probes.pollReport()).toEqual({ id: 1000, report: { type: "timedOut" } });
});

test("octets that are no answer never throw", () => {
  const probes = new Probes(seededRandom(5));
  const random = seededRandom(6);
  probes.start(1, request, "12.0.0.8", 0);
  const packet = sent(probes);
  const error = icmpErrorAbout(packet, { type: 3, code: 3 }, 5) ?? packet;
  for (let length = 0; length < error.length; length += 1) probes.receive(DEFAULT_ROUTER, error.subarray(0, length), 1);
  const icmp = ipv4Packet.decode(error);
  for (let length = 0; length <= icmp.payload.length; length += 1) readIcmpAnswer(icmp.payload.subarray(0, length));
  for (let round = 0; round < 1000; round += 1) {
    const payload = random.bytes(round % 64);
    probes.receive(DEFAULT_ROUTER, ipv4Packet.encode({ ...icmp, payload }), 1);
  }
  expect(probes.pollReport()).toBeUndefined();
});

test("no error is sent about an error, a later fragment, or to what is no host", () => {
  const probes = new Probes(seededRandom(7));
  probes.start(1, request, "12.0.0.8", 0);
  const packet = sent(probes);
  const about = (changes: object) =>
    icmpErrorAbout(ipv4Packet.encode({ ...ipv4Packet.decode(packet), ...changes }), { type: 3, code: 1 }, 5);
  expect(about({})).toBeDefined();
  expect(about({ fragmentOffset: 1 })).toBeUndefined();
  expect(about({ source: 0 })).toBeUndefined();
  expect(about({ source: ipv4ToNumber("224.0.0.5") })).toBeUndefined();
  expect(about({ destination: 0xffff_ffff })).toBeUndefined();
  const error = about({}) ?? packet;
  expect(icmpErrorAbout(error, { type: 3, code: 1 }, 5)).toBeUndefined();
});
