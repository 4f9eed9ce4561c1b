import { expect, test } from "vitest";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import {
  espHeader,
  espNextHeader,
  espPayloadLength,
  espSequence,
  espSpi,
  espTrailerLength,
  putEspHeader,
  putEspTrailer,
} from "../../../src/engine/wire/esp.ts";
import { hex, toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

test("the header of RFC 3602 §4 case 5 is SPI 0x4321, sequence 1, by codec and by offset", () => {
  const bytes = hex("00004321 00000001");
  expect(espHeader.decode(bytes)).toEqual({ spi: 0x4321, sequence: 1 });
  expect([espSpi(bytes), espSequence(bytes)]).toEqual([0x4321, 1]);
  const written = new Uint8Array(8);
  putEspHeader(written, 0xffff_fffe, 0x8000_0000);
  expect(espHeader.decode(written)).toEqual({ spi: 0xffff_fffe, sequence: 0x8000_0000 });
  for (let length = 0; length < 8; length += 1) {
    expect(tryDecode(() => espHeader.decode(bytes.subarray(0, length))).ok).toBe(false);
  }
});

test("the trailer of RFC 3602 §4 case 5 is 14 octets of padding", () => {
  const plain = new Uint8Array(80);
  putEspTrailer(plain, 64, espTrailerLength(64, 16), 1);
  expect(toHex(plain.subarray(64))).toBe("0102030405060708090a0b0c0d0e0e01");
});

test("every length is filled to whole blocks and read back", () => {
  for (const alignment of [4, 8, 16]) {
    for (let length = 0; length < 50; length += 1) {
      const trailer = espTrailerLength(length, alignment);
      expect(trailer).toBeGreaterThanOrEqual(2);
      expect(trailer).toBeLessThan(2 + alignment);
      expect((length + trailer) % alignment).toBe(0);
      const plain = new Uint8Array(length + trailer);
      putEspTrailer(plain, length, trailer, 17);
      expect([espPayloadLength(plain), espNextHeader(plain)]).toEqual([length, 17]);
    }
  }
});

test("padding longer than the packet, or not counting from 1, is refused; longer padding than needed is fine", () => {
  expect(espPayloadLength(hex("0102 0302"))).toBeUndefined();
  expect(espPayloadLength(hex("aa02 0211"))).toBeUndefined();
  expect(espPayloadLength(hex("0102 0211"))).toBe(0);
  expect(espPayloadLength(hex("aabb ff11"))).toBeUndefined();
  expect(espPayloadLength(hex(""))).toBeUndefined();
  const long = new Uint8Array(300);
  putEspTrailer(long, 43, 257, 17);
  expect(espPayloadLength(long)).toBe(43);
});

test("random octets never throw", () => {
  const random = seededRandom(5);
  for (let i = 0; i < 500; i += 1) espPayloadLength(random.bytes(i % 40));
});
