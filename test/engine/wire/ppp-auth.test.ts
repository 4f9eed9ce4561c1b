import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode, WireError } from "../../../src/engine/kernel/errors.ts";
import type { Codec } from "../../../src/engine/wire/codec.ts";
import { chapValue, msChapResponse, msChapV2Response } from "../../../src/engine/wire/ppp-chap.ts";
import { papMessage, papRequest } from "../../../src/engine/wire/ppp-pap.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const name = fc.string({ maxLength: 40 }).filter((text) => /^[ -~]*$/.test(text));

test("a PAP request is two strings behind their lengths (RFC 1334 §2.2.1)", () => {
  const bytes = Uint8Array.of(4, ...ascii("fred"), 2, ...ascii("pw"));
  expect(papRequest.decode(bytes)).toEqual({ name: "fred", password: ascii("pw") });
  expect(papRequest.encode({ name: "fred", password: ascii("pw") })).toEqual(bytes);
  expect(papMessage("no")).toEqual(Uint8Array.of(2, ...ascii("no")));
});

test("a CHAP value is behind its length and the name goes to the end (RFC 1994 §4.1)", () => {
  const bytes = Uint8Array.of(3, 9, 8, 7, ...ascii("lns"));
  expect(chapValue.decode(bytes)).toEqual({ value: Uint8Array.of(9, 8, 7), name: "lns" });
  expect(chapValue.encode({ value: Uint8Array.of(9, 8, 7), name: "lns" })).toEqual(bytes);
  expect(() => chapValue.decode(Uint8Array.of(0, 1, 2))).toThrow(/badLength at octet 0/);
});

test("MS-CHAP responses are 49 octets of fixed fields (RFC 2433 §4, RFC 2759 §4)", () => {
  const octets = Uint8Array.from({ length: 49 }, (_, index) => index);
  expect(msChapResponse.decode(octets)).toEqual({
    lmResponse: octets.subarray(0, 24),
    ntResponse: octets.subarray(24, 48),
    flags: 48,
  });
  expect(msChapV2Response.decode(octets)).toEqual({
    peerChallenge: octets.subarray(0, 16),
    reserved: octets.subarray(16, 24),
    ntResponse: octets.subarray(24, 48),
    flags: 48,
  });
  for (const codec of [msChapResponse, msChapV2Response] as Codec<object>[]) {
    expect(codec.encode(codec.decode(octets))).toEqual(octets);
    for (const length of [0, 16, 24, 48, 50, 255]) {
      expect(() => codec.decode(new Uint8Array(length)), `${codec.name} of ${length}`).toThrow(WireError);
    }
  }
});

test("requests and values come back as they were", () => {
  fc.assert(
    fc.property(name, fc.uint8Array({ minLength: 1, maxLength: 64 }), (who, octets) => {
      expect(papRequest.decode(papRequest.encode({ name: who, password: octets }))).toEqual({
        name: who,
        password: octets,
      });
      expect(chapValue.decode(chapValue.encode({ value: octets, name: who }))).toEqual({ value: octets, name: who });
    }),
  );
});

test("cut off at any octet that a length counts, a packet is refused", () => {
  const request = papRequest.encode({ name: "fred", password: ascii("secret") });
  for (let length = 0; length < request.length; length += 1) {
    expect(() => papRequest.decode(request.subarray(0, length)), `PAP at ${length}`).toThrow(WireError);
  }
  const value = chapValue.encode({ value: new Uint8Array(16), name: "" });
  for (let length = 0; length < value.length; length += 1) {
    expect(() => chapValue.decode(value.subarray(0, length)), `CHAP at ${length}`).toThrow(WireError);
  }
});

test("random octets are a value or a WireError, never anything else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      for (const codec of [papRequest, chapValue, msChapResponse, msChapV2Response] as Codec<unknown>[]) {
        const read = tryDecode(() => codec.decode(octets));
        if (!read.ok) expect(read.error.at).toBeLessThanOrEqual(octets.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("names are UTF-8, else Latin-1, and cannot forge a line of a log or hide a difference", () => {
  const named = (...octets: number[]): string => chapValue.decode(Uint8Array.of(1, 0, ...octets)).name;
  expect(named(...ascii("jürgen"))).toBe("jürgen");
  expect(named(0x6a, 0xfc, 0x72)).toBe("jür");
  expect(named(...ascii("fred\r\nroot\u001b[2J\u0000"))).toBe("fred\ufffd\ufffdroot\ufffd[2J\ufffd");
  expect(() => named(...new Uint8Array(257).fill(65))).toThrow(/badLength/);
});
