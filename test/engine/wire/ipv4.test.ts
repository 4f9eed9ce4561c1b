import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import { checksum, checksumHolds } from "../../../src/engine/wire/checksum.ts";
import { decrementTimeToLive, type Ipv4Packet, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { hex, toHex } from "../../support/hex.ts";

/** The original packet of RFC 3602 §4 case 5. */
const ping = hex(`
  45000054 08f20000 4001f9fe c0a87b03 c0a87b64
  08000ebd a70a0000 8e9c083d b95b0700 08090a0b 0c0d0e0f 10111213 14151617
  18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637`);

const packets: fc.Arbitrary<Ipv4Packet> = fc.record({
  typeOfService: fc.integer({ min: 0, max: 255 }),
  identification: fc.integer({ min: 0, max: 0xffff }),
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffset: fc.integer({ min: 0, max: 0x1fff }),
  timeToLive: fc.integer({ min: 0, max: 255 }),
  protocol: fc.integer({ min: 0, max: 255 }),
  source: fc.integer({ min: 0, max: 0xffff_ffff }),
  destination: fc.integer({ min: 0, max: 0xffff_ffff }),
  options: fc.integer({ min: 0, max: 10 }).map((words) => new Uint8Array(words * 4).fill(1)),
  payload: fc.uint8Array({ maxLength: 64 }),
});

test("the checksum of RFC 1071 §3's example is its complement", () => {
  expect(checksum(hex("0001 f203 f4f5 f6f7"))).toBe(0xddf2 ^ 0xffff);
});

test("an odd octet is summed as if a zero followed", () => {
  expect(checksum(hex("0001f2"))).toBe(checksum(hex("0001f200")));
});

test("the packet of RFC 3602 §4 case 5 is read and written back to the octet", () => {
  const packet = ipv4Packet.decode(ping);
  expect(packet).toMatchObject({ identification: 0x08f2, timeToLive: 64, protocol: 1, source: 0xc0a8_7b03 });
  expect(toHex(ipv4Packet.encode(packet))).toBe(toHex(ping));
});

test("every packet survives encoding and decoding", () => {
  fc.assert(
    fc.property(packets, (packet) => void expect(ipv4Packet.decode(ipv4Packet.encode(packet))).toEqual(packet)),
  );
});

test("octets behind the total length are link padding", () => {
  const packet = simplePacket({ protocol: 17, source: 1, destination: 2, payload: hex("0102") });
  expect(ipv4Packet.decode(Uint8Array.from([...ipv4Packet.encode(packet), 0, 0])).payload).toEqual(hex("0102"));
});

test("a packet cut at each octet is refused", () => {
  for (let length = 0; length < ping.length; length += 1) {
    expect(tryDecode(() => ipv4Packet.decode(ping.subarray(0, length))).ok).toBe(false);
  }
});

test("a header with any bit flipped is refused", () => {
  for (let bit = 0; bit < 160; bit += 1) {
    const damaged = ping.slice();
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(tryDecode(() => ipv4Packet.decode(damaged)).ok).toBe(false);
  }
});

test("random octets are a value or a WireError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      tryDecode(() => ipv4Packet.decode(bytes));
    }),
  );
});

test("a hop taken off leaves the header checksum right, whatever it was", () => {
  fc.assert(
    fc.property(packets, (packet) => {
      fc.pre(packet.timeToLive > 0);
      const bytes = ipv4Packet.encode(packet);
      decrementTimeToLive(bytes, 0);
      expect(checksumHolds(bytes, 0, 20 + packet.options.length)).toBe(true);
      expect(ipv4Packet.decode(bytes).timeToLive).toBe(packet.timeToLive - 1);
    }),
  );
});
