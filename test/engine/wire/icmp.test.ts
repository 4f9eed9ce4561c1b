import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import { icmpEcho, icmpType } from "../../../src/engine/wire/icmp.ts";
import { hex, toHex } from "../../support/hex.ts";

/** The message inside RFC 3602 §4 case 5. */
const ping = hex(`
  08000ebd a70a0000 8e9c083d b95b0700 08090a0b 0c0d0e0f 10111213 14151617
  18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637`);

test("the ping of RFC 3602 §4 case 5 is read and written back to the octet", () => {
  const message = icmpEcho.decode(ping);
  expect(message).toMatchObject({ type: icmpType.echoRequest, identifier: 0xa70a, sequence: 0 });
  expect(toHex(icmpEcho.encode(message))).toBe(toHex(ping));
});

test("every echo survives encoding and decoding", () => {
  const echoes = fc.record({
    type: fc.constantFrom(icmpType.echoReply, icmpType.echoRequest),
    identifier: fc.integer({ min: 0, max: 0xffff }),
    sequence: fc.integer({ min: 0, max: 0xffff }),
    data: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(fc.property(echoes, (echo) => void expect(icmpEcho.decode(icmpEcho.encode(echo))).toEqual(echo)));
});

test("a message cut at each octet is refused", () => {
  for (let length = 0; length < ping.length; length += 1) {
    expect(tryDecode(() => icmpEcho.decode(ping.subarray(0, length))).ok).toBe(false);
  }
});

test("other types, other codes and damage are refused; random octets never throw past the codec", () => {
  expect(tryDecode(() => icmpEcho.decode(hex("0300fcff00000000"))).ok).toBe(false);
  expect(tryDecode(() => icmpEcho.decode(hex("0801f7fe00000000"))).ok).toBe(false);
  expect(tryDecode(() => icmpEcho.decode(hex("0800f7fe00000000"))).ok).toBe(false);
  expect(tryDecode(() => icmpEcho.decode(hex("0800f7ff00000000"))).ok).toBe(true);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      tryDecode(() => icmpEcho.decode(bytes));
    }),
  );
});
