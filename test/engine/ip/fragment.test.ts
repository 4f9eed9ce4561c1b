import fc from "fast-check";
import { expect, test } from "vitest";
import { fragment } from "../../../src/engine/ip/fragment.ts";
import { checkIpv4 } from "../../../src/engine/ip/packet-check.ts";
import { lowerMaximumSegment } from "../../../src/engine/ip/tcp-mss.ts";
import { addToSum, foldSum } from "../../../src/engine/wire/checksum.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { hex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

/** Router alert (copied into every piece) and record route (in the first alone). */
const OPTIONS = hex("94040000 07070400000000 00");

function packet(
  payload: Uint8Array,
  options: Uint8Array,
  more: { moreFragments?: boolean; fragmentOffset?: number } = {},
) {
  const fields = { protocol: 17, source: 1, destination: 2, payload, identification: 77 };
  return ipv4Packet.encode({ ...simplePacket(fields), options, ...more });
}

test("pieces are sound packets that fit, and put together they are the packet", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 4000 }),
      fc.integer({ min: 68, max: 1500 }),
      fc.boolean(),
      (payload, mtu, hasOptions) => {
        const whole = packet(payload, hasOptions ? OPTIONS : new Uint8Array(0));
        const pieces = fragment(whole, mtu);
        const decoded = pieces.map((piece) => ipv4Packet.decode(piece));
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(mtu);
          expect(checkIpv4(piece)).toBe(piece.length);
        }
        expect(decoded.map((piece) => piece.moreFragments)).toEqual(
          decoded.map((_, index) => index < decoded.length - 1),
        );
        let at = 0;
        for (const { fragmentOffset, payload: part } of decoded) {
          expect(fragmentOffset * 8).toBe(at);
          expect(part).toEqual(payload.subarray(at, at + part.length));
          at += part.length;
        }
        expect(at).toBe(payload.length);
      },
    ),
    { seed: 1 },
  );
});

test("options that are not for every piece stand in the first alone; a piece of a piece says where it belongs", () => {
  const pieces = fragment(packet(new Uint8Array(100), OPTIONS, { moreFragments: true, fragmentOffset: 10 }), 76);
  const decoded = pieces.map((piece) => ipv4Packet.decode(piece));
  expect(decoded[0]?.options).toEqual(OPTIONS);
  expect(decoded[1]?.options).toEqual(hex("94040000"));
  expect(decoded.map(({ fragmentOffset }) => fragmentOffset)).toEqual([10, 15, 21]);
  expect(decoded.every(({ moreFragments }) => moreFragments)).toBe(true);
});

test("where not even eight octets fit, nothing is made", () => {
  expect(fragment(packet(new Uint8Array(100), new Uint8Array(0)), 27)).toEqual([]);
});

/** A TCP segment with its checksum. */
function tcp(flags: number, options: Uint8Array): Uint8Array {
  const offset = (20 + options.length) / 4;
  const segment = Uint8Array.of(4, 0, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, offset << 4, flags, 1, 0, 0, 0, 0, 0, ...options);
  const whole = ipv4Packet.encode(
    simplePacket({ protocol: 6, source: 0x0a000001, destination: 0x0a000002, payload: segment }),
  );
  const sum = tcpSum(whole) ^ 0xffff;
  whole[36] = sum >> 8;
  whole[37] = sum;
  return whole;
}

function tcpSum(whole: Uint8Array): number {
  return foldSum(addToSum(addToSum(6 + whole.length - 20, whole, 12, 20), whole, 20, whole.length));
}

test.each([
  ["at an even place", hex("020405b4"), 22],
  ["at an odd place", hex("01 020405b4 010101"), 23],
])("the maximum segment size of a SYN is lowered %s, and the checksum stays right", (_, options, at) => {
  const syn = tcp(2, options);
  expect(tcpSum(syn)).toBe(0xffff);
  lowerMaximumSegment(syn, 1360);
  expect([...syn.subarray(20 + at, 20 + at + 2)]).toEqual([0x05, 0x50]);
  expect(tcpSum(syn)).toBe(0xffff);
  const again = syn.slice();
  lowerMaximumSegment(again, 1400);
  expect(again).toEqual(syn);
});

test("what is no SYN, is cut or is odd is left as it is", () => {
  const untouched = (bytes: Uint8Array) => {
    const before = bytes.slice();
    lowerMaximumSegment(bytes, 100);
    expect(bytes).toEqual(before);
  };
  untouched(tcp(0x10, hex("020405b4")));
  untouched(tcp(2, hex("02000000")));
  untouched(tcp(2, hex("02ff05b4")));
  untouched(tcp(2, hex("00000000")));
  const random = seededRandom(1);
  const syn = tcp(2, hex("020405b4"));
  for (let length = 20; length < syn.length - 1; length += 1) untouched(syn.slice(0, length));
  for (let round = 0; round < 1000; round += 1) lowerMaximumSegment(tcp(2, random.bytes(4 * (round % 10))), 100);
});
