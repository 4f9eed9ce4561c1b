import fc from "fast-check";
import { expect, test } from "vitest";
import { addressFromOctets } from "../../../src/engine/kernel/address.ts";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import { putU16 } from "../../../src/engine/wire/octets.ts";
import { addressSum, putUdpHeader, udpChecksum, udpChecksumHolds, udpHeader } from "../../../src/engine/wire/udp.ts";
import { hex, toHex } from "../../support/hex.ts";

const ADDRESSES = fc
  .constantFrom(4, 16)
  .chain((length) => fc.tuple(...[0, 1].map(() => fc.uint8Array({ minLength: length, maxLength: length }))))
  .map((pair) => pair.map((octets) => addressFromOctets(octets) ?? ""));
const PORT = fc.integer({ min: 0, max: 0xffff });

test("a header is four 16-bit fields in order (RFC 768)", () => {
  const header = { sourcePort: 1701, destinationPort: 1024, length: 20, checksum: 0xbeef };
  expect(toHex(udpHeader.encode(header))).toBe("06a5040000" + "14beef");
  expect(udpHeader.decode(hex("06a5 0400 0014 beef"))).toEqual(header);
});

test("the per-packet writer writes what the codec writes", () => {
  fc.assert(
    fc.property(PORT, PORT, PORT, (sourcePort, destinationPort, length) => {
      const bytes = new Uint8Array(8).fill(0xee);
      putUdpHeader(bytes, 0, sourcePort, destinationPort, length);
      expect(udpHeader.decode(bytes)).toEqual({ sourcePort, destinationPort, length, checksum: 0 });
    }),
  );
});

test("a header cut at each octet is refused", () => {
  for (let length = 0; length < 8; length += 1) {
    expect(tryDecode(() => udpHeader.decode(new Uint8Array(length))).ok).toBe(false);
  }
});

test("a checksum that was computed holds, and no other does", () => {
  fc.assert(
    fc.property(ADDRESSES, fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 0, max: 7 }), (ends, data, bit) => {
      const [source = "", to = ""] = ends;
      const addresses = addressSum(source, to);
      expect(addressSum(to, source)).toBe(addresses);
      const bytes = new Uint8Array(8 + data.length);
      putUdpHeader(bytes, 0, 1701, 1701, bytes.length);
      bytes.set(data, 8);
      putU16(bytes, 6, udpChecksum(addresses, bytes, 0, bytes.length));
      expect(udpChecksumHolds(addresses, bytes, 0, bytes.length)).toBe(true);
      bytes[1] = (bytes[1] ?? 0) ^ (1 << bit);
      expect(udpChecksumHolds(addresses, bytes, 0, bytes.length)).toBe(false);
    }),
  );
});

test("a checksum that comes out as zero is sent as 0xffff, and zero means none (RFC 768)", () => {
  const bytes = hex("0000 0000 0008 0000 ffde");
  expect(udpChecksum(0, hex("ffe4 0000 0008 0000"), 0, 8)).not.toBe(0);
  expect(udpChecksumHolds(3, bytes, 0, bytes.length)).toBe(true);
  // Pseudo header 0x11 + 8, header 0x08: the sum 0xffff has the complement zero.
  const zero = hex("ffde 0000 0008 0000");
  expect(udpChecksum(0, zero, 0, 8)).toBe(0xffff);
});
