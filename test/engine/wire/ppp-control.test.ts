import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode, WireError } from "../../../src/engine/kernel/errors.ts";
import { controlOptions, controlPacket, pppFrame, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";

const packet = fc.record({
  code: fc.nat(255),
  identifier: fc.nat(255),
  data: fc.uint8Array({ maxLength: 60 }),
});
const options = fc.array(fc.record({ type: fc.nat(255), data: fc.uint8Array({ maxLength: 20 }) }), { maxLength: 8 });

test("control packets and options come back as they were", () => {
  fc.assert(
    fc.property(packet, options, (one, many) => {
      expect(controlPacket.decode(controlPacket.encode(one))).toEqual(one);
      expect(controlOptions.decode(controlOptions.encode(many))).toEqual(many);
    }),
  );
});

test("cut off at any octet, a packet is refused with the octet", () => {
  const bytes = controlPacket.encode({ code: 1, identifier: 7, data: Uint8Array.of(1, 4, 5, 120, 5, 6, 1, 2, 3, 4) });
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => controlPacket.decode(bytes.subarray(0, length))).toThrow(WireError);
  }
  const encoded = controlOptions.encode([
    { type: 1, data: Uint8Array.of(5, 120) },
    { type: 5, data: Uint8Array.of(1, 2, 3, 4) },
  ]);
  for (const length of [1, 2, 3, 5, 6, 7, 8, 9]) {
    expect(() => controlOptions.decode(encoded.subarray(0, length))).toThrow(WireError);
  }
});

test("padding behind the length is cut off; lengths below the header and floods of options are refused", () => {
  expect(controlPacket.decode(Uint8Array.of(9, 1, 0, 4, 0xff, 0xff)).data).toHaveLength(0);
  expect(() => controlPacket.decode(Uint8Array.of(9, 1, 0, 3))).toThrow(/badLength/);
  expect(() => controlOptions.decode(Uint8Array.of(3, 1, 0, 0))).toThrow(/badLength/);
  expect(() => controlOptions.decode(new Uint8Array(200).fill(2))).toThrow(/tooMany/);
});

test("a Configure-Request of RFC 1661 §5.1 is read to the octet, and a frame begins with address and control", () => {
  const bytes = Uint8Array.of(1, 0x21, 0, 14, 1, 4, 5, 0xdc, 5, 6, 0xaa, 0xbb, 0xcc, 0xdd);
  const packet = controlPacket.decode(bytes);
  expect(packet).toMatchObject({ code: 1, identifier: 0x21 });
  expect(controlOptions.decode(packet.data)).toEqual([
    { type: 1, data: Uint8Array.of(5, 0xdc) },
    { type: 5, data: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd) },
  ]);
  expect(pppFrame(pppProtocol.lcp, bytes)).toEqual(Uint8Array.of(0xff, 3, 0xc0, 0x21, ...bytes));
});

test("random octets are a value or a WireError, never anything else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
      for (const read of [
        tryDecode<unknown>(() => controlPacket.decode(octets)),
        tryDecode<unknown>(() => controlOptions.decode(octets)),
      ]) {
        if (!read.ok) expect(read.error.at).toBeLessThanOrEqual(octets.length);
      }
    }),
    { numRuns: 500 },
  );
});
