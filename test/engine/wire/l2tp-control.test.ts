/** L2TP control messages on the wire (RFC 2661 §3.1, §4.1, §4.4): vectors, truncation at each octet, random bytes. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode, WireError } from "../../../src/engine/kernel/errors.ts";
import { Writer } from "../../../src/engine/wire/codec.ts";
import {
  type AvpName,
  type AvpValues,
  avpTable,
  decodeAvpValue,
  encodeAvpValue,
  type ResultCode,
} from "../../../src/engine/wire/l2tp-avp.ts";
import {
  AVP_VALUE_MAX,
  decodeAvps,
  decodeL2tpControl,
  encodeL2tpControl,
  writeAvp,
} from "../../../src/engine/wire/l2tp-control.ts";
import { decodeControlBody, encodeControlBody, messageType } from "../../../src/engine/wire/l2tp-message.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replaceAll(/\s/g, "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** An SCCRQ written out by hand from the figures of RFC 2661 §3.1 and §4.4.3. */
const SCCRQ = hex(`
  c802 004d 0000 0000 0000 0000
  8008 0000 0000 0001
  8008 0000 0002 0100
  800a 0000 0003 00000003
  800f 0000 0007 616e6f6e796d6f7573
  8008 0000 0009 0001
  8008 0000 000a 0001
  0008 0000 0006 0500
`);

function refusal(datagram: Uint8Array): string | undefined {
  const decoded = tryDecode(() => decodeL2tpControl(datagram));
  return decoded.ok ? undefined : decoded.error.code;
}

test("an SCCRQ written out from the RFC reads as what it says", () => {
  const { header, body } = decodeL2tpControl(SCCRQ);
  expect(header).toEqual({ flags: 0xc802, length: 77, tunnelId: 0, sessionId: 0, ns: 0, nr: 0 });
  expect(decodeControlBody(body)).toEqual({
    name: "sccrq",
    values: {
      messageType: 1,
      protocolVersion: 0x0100,
      framingCapabilities: 3,
      hostName: "anonymous",
      assignedTunnelId: 1,
      receiveWindowSize: 1,
      firmwareRevision: 0x0500,
    },
    fault: undefined,
  });
});

test("the same values are written as the same octets", () => {
  const body = encodeControlBody("sccrq", {
    protocolVersion: 0x0100,
    framingCapabilities: 3,
    hostName: "anonymous",
    assignedTunnelId: 1,
    receiveWindowSize: 1,
    firmwareRevision: 0x0500,
  });
  expect(encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, body)).toEqual(SCCRQ);
});

test("what we send has the header word 0xC802, a Length, and Message Type 0x8008 first, as Android demands", () => {
  for (const name of Object.keys(messageType) as (keyof typeof messageType)[]) {
    const bytes = encodeL2tpControl({ tunnelId: 7, sessionId: 8, ns: 9, nr: 10 }, encodeControlBody(name, {}));
    expect([...bytes]).toEqual([0xc8, 2, 0, 20, 0, 7, 0, 8, 0, 9, 0, 10, 0x80, 8, 0, 0, 0, 0, 0, messageType[name]]);
  }
});

test("of all combinations of the first word only a control message of version 2 is read", () => {
  for (let word = 0; word <= 0xffff; word += 1) {
    const bytes = SCCRQ.slice();
    bytes[0] = word >>> 8;
    bytes[1] = word;
    // The reserved bits, 0x34F0, are ignored on receipt (RFC 2661 §3.1).
    const isControl = (word & ~0x34f0) === 0xc802;
    if (refusal(bytes) !== (isControl ? undefined : (word & 15) === 2 ? "badValue" : "badVersion")) {
      expect.fail(`the first word ${word.toString(16)} was misread`);
    }
  }
});

test.each([0, 1, 11, 78, 0xffff])("a Length of %i, which is not that of the message, is refused", (length) => {
  const bytes = SCCRQ.slice();
  bytes[2] = length >>> 8;
  bytes[3] = length;
  expect(refusal(bytes)).toBe("badLength");
});

test("octets behind Length are not part of the message", () => {
  const padded = new Uint8Array([...SCCRQ, 1, 2, 3]);
  expect(decodeControlBody(decodeL2tpControl(padded).body)).toEqual(decodeControlBody(SCCRQ.subarray(12)));
});

test("a message beyond 4096 octets is refused", () => {
  const large = encodeL2tpControl({ tunnelId: 0, sessionId: 0, ns: 0, nr: 0 }, new Uint8Array(4085));
  expect(refusal(large)).toBe("badLength");
});

test("an SCCRQ cut at any octet is refused by its header", () => {
  for (let length = 0; length < SCCRQ.length; length += 1) {
    expect(refusal(SCCRQ.subarray(0, length))).toBe(length < 12 ? "truncated" : "badLength");
  }
});

test("a body cut at any octet but between AVPs has a fault, and never throws", () => {
  const body = SCCRQ.subarray(12);
  const edges = [0, 8, 16, 26, 41, 49, 57];
  for (let length = 0; length < body.length; length += 1) {
    const { fault } = decodeControlBody(body.subarray(0, length));
    if (edges.includes(length) && length >= 49) expect(fault).toBeUndefined();
    else expect(fault).toBeDefined();
  }
});

test.each([0, 1, 2, 3, 4, 5])("an AVP of length %i is refused", (length) => {
  const body = encodeControlBody("hello", {});
  const bytes = new Uint8Array([...body, 0x80, length, 0, 0, 0, 7]);
  expect(decodeControlBody(bytes).fault).toMatchObject({ error: 2 });
});

test("an AVP that runs past the end is refused", () => {
  const body = encodeControlBody("hello", {});
  expect(decodeControlBody(new Uint8Array([...body, 0x80, 9, 0, 0, 0, 7, 65, 66])).fault).toMatchObject({ error: 2 });
});

test("a length above 1023 has no place to stand: its bits are reserved, and make the AVP unknown", () => {
  const body = encodeControlBody("sccrq", { assignedTunnelId: 5 });
  const optional = new Uint8Array([...body, 0x04, 8, 0, 0, 0, 6, 1, 1]);
  expect(decodeControlBody(optional)).toMatchObject({ fault: undefined, values: { assignedTunnelId: 5 } });
  expect(decodeControlBody(optional).values.firmwareRevision).toBeUndefined();
  const mandatory = new Uint8Array([...body, 0x84, 8, 0, 0, 0, 6, 1, 1]);
  expect(decodeControlBody(mandatory).fault).toMatchObject({ error: 8 });
});

function withAvp(avp: Partial<Parameters<typeof writeAvp>[1]>): Uint8Array {
  const writer = new Writer();
  writer.put(encodeControlBody("icrq", { assignedSessionId: 3 }));
  writeAvp(writer, { mandatory: true, hidden: false, vendor: 0, type: 7, value: new Uint8Array(), ...avp });
  return writer.finish();
}

test("an unknown AVP is ignored without the M bit and a fault with it", () => {
  for (const unknown of [{ type: 999 }, { vendor: 311, type: 1 }, { type: 20 }]) {
    expect(decodeControlBody(withAvp({ ...unknown, mandatory: false })).fault).toBeUndefined();
    expect(decodeControlBody(withAvp({ ...unknown, mandatory: true })).fault).toMatchObject({ error: 8 });
  }
});

test("strings of 0 and of 1017 octets are read", () => {
  expect(AVP_VALUE_MAX).toBe(1017);
  expect(decodeControlBody(withAvp({})).values.hostName).toBe("");
  const long = decodeControlBody(withAvp({ value: new Uint8Array(1017).fill(65) }));
  expect(long.values.hostName).toBe("A".repeat(1017));
});

test("a name of the peer brings no control characters and no broken UTF-8 to a terminal", () => {
  const sequence = withAvp({ value: hex("1b5b324a410d0a42") });
  expect(decodeControlBody(sequence).values.hostName).toBe("\uFFFD[2JA\uFFFD\uFFFDB");
  expect(decodeControlBody(withAvp({ value: hex("4dfc6c6c6572") })).values.hostName).toBe("Müller");
});

test("a hidden AVP without a Random Vector cannot be read", () => {
  const value = new Uint8Array(16);
  expect(decodeControlBody(withAvp({ hidden: true, value })).fault).toMatchObject({ error: 6 });
  expect(decodeControlBody(withAvp({ hidden: true, mandatory: false, value })).fault).toBeUndefined();
});

test("Message Type stands first, once, and in the clear", () => {
  const first = encodeControlBody("icrq", { assignedSessionId: 3 });
  expect(decodeControlBody(withAvp({ type: 0, value: hex("000a") })).fault?.text).toMatch(/twice/);
  const late = new Uint8Array([...first.subarray(8), ...first.subarray(0, 8)]);
  expect(decodeControlBody(late)).toMatchObject({ name: undefined, fault: { error: 3 } });
  const hidden = first.slice();
  hidden[0] = 0xc0;
  expect(decodeControlBody(hidden).name).toBeUndefined();
});

test("an unknown message is a fault only when it is mandatory", () => {
  expect(decodeControlBody(hex("8008 0000 0000 0063"))).toMatchObject({ name: undefined, fault: { error: 3 } });
  expect(decodeControlBody(hex("0008 0000 0000 0063"))).toMatchObject({ name: undefined, fault: undefined });
});

test("a repeated AVP does not change what was said first", () => {
  const body = new Uint8Array([...encodeControlBody("icrq", { assignedSessionId: 3 }), ...hex("8008 0000 000e 0009")]);
  expect(decodeControlBody(body)).toMatchObject({ values: { assignedSessionId: 3 }, fault: undefined });
});

test("65 AVPs are too many", () => {
  const body = new Uint8Array([
    ...encodeControlBody("hello", {}),
    ...Array.from({ length: 64 }, () => [0, 6, 0, 0, 3, 9]).flat(),
  ]);
  expect(() => decodeAvps(body)).toThrow(WireError);
  expect(decodeControlBody(body).fault).toBeDefined();
});

test.each([
  ["0001", { code: 1, error: undefined, message: undefined }, "Windows"],
  ["0006", { code: 6, error: undefined, message: undefined }, "Android, two octets"],
  ["0600 0000", { code: 6, error: 0, message: undefined }, "Apple, byte-swapped"],
  ["0200 0400", { code: 2, error: 4, message: undefined }, "Apple, byte-swapped with an error code"],
  ["0002 0006 6261642064 6179", { code: 2, error: 6, message: "bad day" }, "with a message"],
])("a result code %s reads as %o (%s)", (value: string, expected: ResultCode, _client: string) => {
  expect(decodeAvpValue("resultCode", hex(value))).toEqual(expected);
});

const samples: { readonly [Name in AvpName]: NonNullable<AvpValues[Name]> } = {
  messageType: 1,
  resultCode: { code: 2, error: 6, message: "why" },
  protocolVersion: 0x0100,
  framingCapabilities: 3,
  bearerCapabilities: 0,
  tieBreaker: hex("0102030405060708"),
  firmwareRevision: 0x0690,
  hostName: "lns1",
  vendorName: "lnsh",
  assignedTunnelId: 65_535,
  receiveWindowSize: 4,
  challenge: hex("aabbcc"),
  q931Cause: hex("001001"),
  challengeResponse: new Uint8Array(16).fill(9),
  assignedSessionId: 1,
  callSerialNumber: 4_294_967_295,
  minimumBps: 1,
  maximumBps: 2,
  bearerType: 2,
  framingType: 1,
  calledNumber: hex("313233"),
  callingNumber: new Uint8Array(),
  subAddress: hex("34"),
  txConnectSpeed: 100_000_000,
  physicalChannelId: 5,
  initialReceivedLcp: hex("0104"),
  lastSentLcp: hex("0204"),
  lastReceivedLcp: hex("0304"),
  proxyAuthenType: hex("0002"),
  proxyAuthenName: hex("61"),
  proxyAuthenChallenge: hex("62"),
  proxyAuthenId: hex("0001"),
  proxyAuthenResponse: hex("63"),
  callErrors: {
    crcErrors: 1,
    framingErrors: 2,
    hardwareOverruns: 3,
    bufferOverruns: 4,
    timeouts: 5,
    alignmentErrors: 0xffff_ffff,
  },
  accm: { send: 0x000a_0000, receive: 0xffff_ffff },
  randomVector: hex("0011"),
  privateGroupId: hex("67"),
  rxConnectSpeed: 64_000,
  sequencingRequired: true,
  disconnectCause: { code: 3, protocol: 0xc021, direction: 1, message: "done" },
};

const names = Object.keys(avpTable) as AvpName[];

test.each(names)("%s survives writing and reading", (name) => {
  const value = samples[name];
  expect(decodeAvpValue(name, encodeAvpValue(name, value as never))).toEqual(value);
});

/** The least number of octets a value may have (RFC 2661 §4.4, RFC 3145 §2). */
const shortest: Partial<Record<AvpName, number>> = {
  resultCode: 2,
  tieBreaker: 8,
  challenge: 1,
  q931Cause: 3,
  challengeResponse: 16,
  proxyAuthenType: 2,
  proxyAuthenId: 2,
  callErrors: 26,
  accm: 10,
  randomVector: 1,
  disconnectCause: 5,
};

test.each(names)("%s cut at any octet is a value or a refusal", (name) => {
  const whole = encodeAvpValue(name, samples[name] as never);
  const isText = name === "hostName" || name === "vendorName";
  const isOpaque = avpTable[name].field !== avpTable.messageType.field && samples[name] instanceof Uint8Array;
  const least = shortest[name] ?? (isText || isOpaque ? 0 : whole.length);
  for (let length = 0; length < whole.length; length += 1) {
    const decoded = tryDecode(() => decodeAvpValue(name, whole.subarray(0, length)));
    // A result code ends before its error code or after it, not within.
    expect(decoded.ok).toBe(length >= least && !(name === "resultCode" && length === 3));
  }
});

test("numbers refuse octets that are too many", () => {
  for (const name of ["messageType", "assignedTunnelId", "framingType", "sequencingRequired"] as const) {
    const bytes = new Uint8Array([...encodeAvpValue(name, samples[name] as never), 0]);
    expect(() => decodeAvpValue(name, bytes)).toThrow(WireError);
  }
});

test("a text we send is cut at 255 octets and never through a character", () => {
  const bytes = encodeAvpValue("hostName", `a${"ü".repeat(200)}`);
  expect(bytes.length).toBe(255);
  expect(decodeAvpValue("hostName", bytes)).toBe(`a${"ü".repeat(127)}`);
  expect(encodeAvpValue("hostName", "ü".repeat(200)).length).toBe(254);
});

test("random octets never break the decoders", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      tryDecode(() => decodeL2tpControl(bytes));
      decodeControlBody(bytes, (_type, _vector, hidden) => hidden);
    }),
    { numRuns: 2000 },
  );
});

test("an SCCRQ with any one octet changed is read or refused, and never breaks the decoders", () => {
  fc.assert(
    fc.property(fc.nat(SCCRQ.length - 1), fc.nat(255), (at, octet) => {
      const bytes = SCCRQ.slice();
      bytes[at] = octet;
      const decoded = tryDecode(() => decodeL2tpControl(bytes));
      if (decoded.ok) decodeControlBody(decoded.value.body);
    }),
    { numRuns: 2000 },
  );
});
