/** Codecs of ISAKMP: a message written out by hand after RFC 2408, round trips, truncation, mutation. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDecode } from "../../../src/engine/kernel/errors.ts";
import { Reader, Writer } from "../../../src/engine/wire/codec.ts";
import {
  attributeNumber,
  longAttribute,
  readAttribute,
  shortAttribute,
  writeAttribute,
} from "../../../src/engine/wire/isakmp-attribute.ts";
import {
  readDeletion,
  readIdentification,
  readNotification,
  readOriginalAddress,
  writeDeletion,
  writeIdentification,
  writeNotification,
  writeOriginalAddress,
} from "../../../src/engine/wire/isakmp-body.ts";
import { decodeIsakmpHeader, isakmpHeader, isZeroCookie } from "../../../src/engine/wire/isakmp-header.ts";
import { MAX_PAYLOADS, payloadType, readPayloads, writePayloads } from "../../../src/engine/wire/isakmp-payload.ts";
import {
  type Proposal,
  readSecurityAssociation,
  writeSecurityAssociation,
} from "../../../src/engine/wire/isakmp-sa.ts";
import { seededRandom } from "../../support/random.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/\s/g, ""), "hex"));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** A first message of main mode: one proposal with 3DES, SHA-1, group 2, a pre-shared key and 28800 s; and a vendor ID. */
const body = hex(`
  0d00003c 00000001 00000001
    00000030 01010002
      03000014 01010000 80010005 80020002 80040002
      00000014 02010000 80010007 800e0080 80020001
  00000014 4a131c81070358455c5728f20e95452f
`);
const header = hex("a1a2a3a4a5a6a7a8 0000000000000000 01 10 02 00 00000000 0000006c");
const message = Uint8Array.from([...header, ...body]);

test("a first message is read as it is written in RFC 2408", () => {
  expect(message.length).toBe(0x6c);
  const decoded = decodeIsakmpHeader(message);
  expect(decoded).toMatchObject({ nextPayload: 1, version: 0x10, exchange: 2, flags: 0, messageId: 0, length: 108 });
  expect(isZeroCookie(decoded.responderCookie)).toBe(true);
  const payloads = readPayloads(1, body, false);
  expect(payloads.map(({ type, at, end }) => [type, at, end])).toEqual([
    [1, 0, 60],
    [13, 60, 80],
  ]);
  const proposals = readSecurityAssociation(payloads[0]?.body ?? new Uint8Array(0));
  expect(proposals).toHaveLength(1);
  expect(proposals[0]?.transforms.map(({ number, id }) => [number, id])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect(
    proposals[0]?.transforms[1]?.attributes.map((attribute) => [attribute.type, attributeNumber(attribute)]),
  ).toEqual([
    [1, 7],
    [14, 128],
    [2, 1],
  ]);
  expect(toHex(writePayloads(payloads))).toBe(toHex(body));
  expect(toHex(writeSecurityAssociation(proposals))).toBe(toHex(body.subarray(4, 60)));
  expect(toHex(isakmpHeader.encode(decoded))).toBe(toHex(header));
});

/** Every proper prefix must be refused with an offset inside of it. */
function expectTruncationRefused(bytes: Uint8Array, decode: (part: Uint8Array) => unknown): void {
  for (let length = 0; length < bytes.length; length += 1) {
    const result = tryDecode(() => decode(bytes.slice(0, length)));
    expect(result.ok, `${length} octets`).toBe(false);
    if (!result.ok) expect(result.error.at).toBeLessThanOrEqual(length);
  }
}

test("a message, a chain and an SA payload are refused when cut at any octet", () => {
  expectTruncationRefused(message, decodeIsakmpHeader);
  expectTruncationRefused(body, (part) => readPayloads(1, part, false));
  expectTruncationRefused(body, (part) => readPayloads(1, part, true));
  // Cut after the situation, an SA payload offers nothing: that is read, and refused by whoever chooses.
  expectTruncationRefused(body.subarray(4, 60), (part) => {
    const proposals = readSecurityAssociation(part);
    if (proposals.length === 0) new Reader(part, "empty").fail("badValue");
    return proposals;
  });
});

test("the header is refused when its length lies or its version is another", () => {
  const withField = (at: number, ...octets: number[]): Uint8Array => {
    const copy = message.slice();
    copy.set(octets, at);
    return copy;
  };
  const code = (bytes: Uint8Array): string => {
    const result = tryDecode(() => decodeIsakmpHeader(bytes));
    return result.ok ? "ok" : result.error.code;
  };
  expect(code(withField(24, 0, 0, 0, 0))).toBe("badLength");
  expect(code(withField(24, 0, 0, 0, 0x6b))).toBe("badLength");
  expect(code(withField(24, 0, 0, 0, 0x6d))).toBe("badLength");
  expect(code(withField(24, 255, 255, 255, 255))).toBe("badLength");
  expect(code(withField(17, 0x20))).toBe("badVersion");
  expect(code(withField(17, 0x1f))).toBe("ok");
});

test("a payload chain is refused with lengths below 4, past the end, trailing octets or too many payloads", () => {
  const code = (bytes: Uint8Array, padding = false): string => {
    const result = tryDecode(() => readPayloads(10, bytes, padding));
    return result.ok ? "ok" : result.error.code;
  };
  for (const length of ["0000", "0001", "0003"]) expect(code(hex(`0000 ${length} 0000`))).toBe("badLength");
  expect(code(hex("0000 0009 01020304"))).toBe("truncated");
  expect(code(hex("0000 0008 01020304 00"))).toBe("trailing");
  expect(code(hex("0000 0008 01020304 00ff"), true)).toBe("ok");
  const chain = (count: number): Uint8Array =>
    writePayloads(Array.from({ length: count }, () => ({ type: payloadType.nonce, body: hex("00") })));
  expect(code(chain(MAX_PAYLOADS))).toBe("ok");
  expect(code(chain(MAX_PAYLOADS + 1))).toBe("tooMany");
  expect(code(chain(200))).toBe("tooMany");
  // Reserved octets of the generic header are passed over.
  expect(code(hex("00ff 0008 01020304"))).toBe("ok");
});

test("an SA payload is refused with another DOI, another situation or counts that lie", () => {
  const sa = body.slice(4, 60);
  const changed = (at: number, value: number): boolean => {
    const copy = sa.slice();
    copy[at] = value;
    return tryDecode(() => readSecurityAssociation(copy)).ok;
  };
  expect(changed(3, 2)).toBe(false);
  expect(changed(7, 3)).toBe(false);
  for (const count of [0, 1, 3, 255]) expect(changed(15, count)).toBe(false);
  for (const spiLength of [1, 4, 255]) expect(changed(14, spiLength)).toBe(false);
  for (const next of [1, 3, 13]) expect(changed(8, next)).toBe(false);
});

test("a lifetime may have one to eight octets; none and nine have no value", () => {
  const number = (text: string): number | undefined => {
    const attribute = readAttribute(new Reader(hex(text), "attribute"));
    return attributeNumber(attribute);
  };
  expect(number("800c 7080")).toBe(28_800);
  expect(number("000c 0001 3c")).toBe(60);
  expect(number("000c 0004 00007080")).toBe(28_800);
  expect(number("000c 0008 0000000000015180")).toBe(86_400);
  expect(number("000c 0008 ffffffffffffffff")).toBeCloseTo(2 ** 64);
  expect(number("000c 0000")).toBeUndefined();
  expect(number("000c 0009 000000000000000001")).toBeUndefined();
  expect(tryDecode(() => readAttribute(new Reader(hex("000c ffff 00"), "attribute"))).ok).toBe(false);
  const writer = new Writer();
  writeAttribute(writer, longAttribute(12, 250_000));
  writeAttribute(writer, shortAttribute(11, 2));
  expect(toHex(writer.finish())).toBe("000c00040003d090800b0002");
});

const octets = (max: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: max });
const byte = fc.integer({ min: 0, max: 255 });
const word = fc.integer({ min: 0, max: 0xffff });

test("every body comes back as it was written", () => {
  fc.assert(
    fc.property(byte, byte, word, octets(64), (type, protocol, port, data) => {
      const id = { type, protocol, port, data };
      expect(readIdentification(writeIdentification(id))).toEqual(id);
      const notification = { protocol, type: port, spi: data.slice(0, 16), data };
      expect(readNotification(writeNotification(notification))).toEqual(notification);
      const spis = [Uint8Array.of(type, 1, 2, 3), Uint8Array.of(protocol, 4, 5, 6)];
      expect(readDeletion(writeDeletion({ protocol, spis }))).toEqual({ protocol, spis });
      expect(readOriginalAddress(writeOriginalAddress({ type, data }))).toEqual({ type, data });
    }),
  );
});

const transform = fc.record({
  number: byte,
  id: byte,
  attributes: fc.array(
    fc.oneof(
      fc.record({
        type: fc.integer({ min: 0, max: 0x7fff }),
        short: fc.constant(true),
        value: fc.uint8Array({ minLength: 2, maxLength: 2 }),
      }),
      fc.record({ type: fc.integer({ min: 0, max: 0x7fff }), short: fc.constant(false), value: octets(12) }),
    ),
    { maxLength: 8 },
  ),
});
const proposal: fc.Arbitrary<Proposal> = fc.record({
  number: byte,
  protocol: byte,
  spi: octets(16),
  transforms: fc.array(transform, { minLength: 1, maxLength: 5 }),
});

test("every SA payload comes back as it was written", () => {
  fc.assert(
    fc.property(fc.array(proposal, { minLength: 1, maxLength: 5 }), (proposals) => {
      expect(readSecurityAssociation(writeSecurityAssociation(proposals))).toEqual(proposals);
    }),
  );
});

test("small bodies are refused when cut before their fixed part ends, and deletes when their count lies", () => {
  expectTruncationRefused(hex("01110000"), readIdentification);
  expectTruncationRefused(hex("00000001 03 04 000e 01020304"), readNotification);
  expectTruncationRefused(hex("00000001 03 04 0002 0102030405060708"), readDeletion);
  expectTruncationRefused(hex("01000000"), readOriginalAddress);
  expect(tryDecode(() => readDeletion(hex("00000001 03 04 ffff 01020304"))).ok).toBe(false);
  expect(tryDecode(() => readDeletion(hex("00000001 03 00 ffff"))).ok).toBe(false);
  expect(tryDecode(() => readNotification(hex("00000002 03 00 000e"))).ok).toBe(false);
});

test("random octets and random changes to a real message give a value or a WireError, never another throw", () => {
  const random = seededRandom(77);
  for (let i = 0; i < 20_000; i += 1) {
    const bytes = i % 2 === 0 ? random.bytes(1 + (i % 90)) : message.slice();
    if (i % 2 === 1)
      for (const [at = 0, value = 0] of [random.bytes(2), random.bytes(2)]) bytes[at % bytes.length] = value;
    tryDecode(() => decodeIsakmpHeader(bytes));
    const chain = tryDecode(() => readPayloads(bytes[0] ?? 0, bytes.subarray(1), i % 4 < 2));
    const bodies = chain.ok ? chain.value.map((payload) => payload.body) : [bytes];
    for (const each of bodies) {
      for (const read of [
        readSecurityAssociation,
        readIdentification,
        readNotification,
        readDeletion,
        readOriginalAddress,
      ]) {
        tryDecode(() => read(each));
      }
    }
  }
});
