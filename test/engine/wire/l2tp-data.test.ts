import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import {
  isL2tpControl,
  l2tpDataMessage,
  l2tpIdentifiers,
  l2tpMessageEnd,
  l2tpPayloadStart,
} from "../../../src/engine/wire/l2tp-data.ts";
import { hex, toHex } from "../../support/hex.ts";

test.each([
  ["no optional field", "0002 0001 0002 ff03c021", undefined, "ff03c021"],
  ["a length", "4002 000c 0001 0002 ff03c021", undefined, "ff03c021"],
  ["a length and link padding", "4002 000a 0001 0002 ff03 0000", undefined, "ff03"],
  ["sequence numbers", "0802 0001 0002 0007 0000 0021", 7, "0021"],
  ["an offset of 3", "0202 0001 0002 0003 aaaaaa 0021", undefined, "0021"],
  ["everything", "4b02 0013 0001 0002 0009 ffff 0002 aaaa 002145", 9, "002145"],
])("a data message with %s is read (RFC 2661 §3.1)", (_what, octets, ns, payload) => {
  const message = l2tpDataMessage.decode(hex(octets));
  expect(message).toMatchObject({ tunnelId: 1, sessionId: 2, ns });
  expect(toHex(message.payload)).toBe(payload);
});

test.each([
  ["control", "8002 0001 0002"],
  ["version 1", "0001 0001 0002"],
  ["version 3", "0003 0001 0002"],
  ["version 15", "000f 0001 0002"],
  ["a length below the header", "4002 0007 0001 0002"],
  ["a length beyond the datagram", "4002 0009 0001 0002"],
  ["an offset beyond the datagram", "0202 0001 0002 0001"],
  ["sequence numbers that are missing", "0802 0001 0002 0000"],
])("a data message with %s is refused", (_what, octets) => {
  expect(tryDecode(() => l2tpDataMessage.decode(hex(octets))).ok).toBe(false);
});

test("every message survives encoding and decoding", () => {
  const id = fc.integer({ min: 0, max: 0xffff });
  const messages = fc.record({
    tunnelId: id,
    sessionId: id,
    ns: fc.option(id, { nil: undefined }),
    priority: fc.boolean(),
    payload: fc.uint8Array({ maxLength: 30 }),
  });
  fc.assert(
    fc.property(
      messages,
      (message) => void expect(l2tpDataMessage.decode(l2tpDataMessage.encode(message))).toEqual(message),
    ),
  );
});

test("a message cut within its header is refused at each octet", () => {
  const whole = hex("4b02 0012 0001 0002 0009 ffff 0002 aaaa 0021");
  for (let length = 0; length < whole.length; length += 1) {
    expect(tryDecode(() => l2tpDataMessage.decode(whole.subarray(0, length))).ok).toBe(false);
  }
});

test("by offset and by codec the same octets mean the same, for all flags and random octets", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xff }), fc.uint8Array({ minLength: 6, maxLength: 24 }), (flags, bytes) => {
      bytes[0] = flags;
      bytes[1] = ((bytes[1] ?? 0) & 0xf0) | 2;
      const decoded = tryDecode(() => l2tpDataMessage.decode(bytes));
      const start = l2tpPayloadStart(bytes);
      expect(decoded.ok).toBe(!isL2tpControl(bytes) && start >= 0);
      if (!decoded.ok) return;
      const { tunnelId, sessionId, payload } = decoded.value;
      expect(l2tpIdentifiers(bytes)).toBe(tunnelId * 0x1_0000 + sessionId);
      expect(toHex(bytes.subarray(start, l2tpMessageEnd(bytes)))).toBe(toHex(payload));
    }),
  );
});
