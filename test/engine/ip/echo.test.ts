import fc from "fast-check";
import { expect, test } from "vitest";
import { echoReply, isEchoRequest } from "../../../src/engine/ip/echo.ts";
import { checkIpv4 } from "../../../src/engine/ip/packet-check.ts";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import { icmpEcho, icmpType } from "../../../src/engine/wire/icmp.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";

const request = icmpEcho.encode({
  type: icmpType.echoRequest,
  identifier: 7,
  sequence: 9,
  data: Uint8Array.from([1, 2, 3]),
});
const packet = simplePacket({ protocol: 1, source: 0x0a00_0002, destination: 0x0c00_0008, payload: request });

test("a ping is answered with its own identifier, sequence and data, and ends exchanged", () => {
  const bytes = ipv4Packet.encode(packet);
  expect(isEchoRequest(bytes)).toBe(true);
  const reply = echoReply(bytes);
  expect(reply).toBeDefined();
  const decoded = ipv4Packet.decode(reply ?? new Uint8Array(0));
  expect(decoded).toMatchObject({ source: packet.destination, destination: packet.source, protocol: 1 });
  expect(icmpEcho.decode(decoded.payload)).toEqual({
    type: icmpType.echoReply,
    identifier: 7,
    sequence: 9,
    data: Uint8Array.from([1, 2, 3]),
  });
});

test("replies, other protocols and cut messages are no requests", () => {
  const reply = icmpEcho.encode({ type: icmpType.echoReply, identifier: 1, sequence: 1, data: new Uint8Array(0) });
  expect(isEchoRequest(ipv4Packet.encode({ ...packet, payload: reply }))).toBe(false);
  expect(isEchoRequest(ipv4Packet.encode({ ...packet, protocol: 17 }))).toBe(false);
  expect(isEchoRequest(ipv4Packet.encode({ ...packet, payload: request.subarray(0, 7) }))).toBe(false);
});

test("damage, fragments and options go unanswered", () => {
  const damaged = request.slice();
  damaged[9] = 99;
  expect(echoReply(ipv4Packet.encode({ ...packet, payload: damaged }))).toBeUndefined();
  expect(echoReply(ipv4Packet.encode({ ...packet, moreFragments: true }))).toBeUndefined();
  expect(echoReply(ipv4Packet.encode({ ...packet, fragmentOffset: 1 }))).toBeUndefined();
  expect(echoReply(ipv4Packet.encode({ ...packet, options: new Uint8Array(4) }))).toBeUndefined();
});

test("the per-packet check accepts what the codec accepts, and nothing else", () => {
  const bytes = ipv4Packet.encode(packet);
  expect(checkIpv4(bytes)).toBe(bytes.length);
  expect(checkIpv4(Uint8Array.from([...bytes, 0, 0]))).toBe(bytes.length);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length }), fc.nat(255), fc.nat(40), (length, value, at) => {
      const changed = bytes.slice(0, length);
      if (at < length) changed[at] = value;
      expect(checkIpv4(changed) >= 0).toBe(tryDecode(() => ipv4Packet.decode(changed)).ok);
    }),
  );
});
