import { isIPv6 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANY_IPV6_PREFIX,
  ANY_PREFIX,
  addressFromOctets,
  addressOctets,
  canonicalAddress,
  endpointKey,
  isOfLink,
  prefixContains,
  prefixHoldsPeer,
  sourceOf,
} from "../../../src/engine/kernel/address.ts";
import { ipv6Text, parseIpv6 } from "../../../src/engine/kernel/ipv6.ts";

/** Zeros often enough to make runs of them. */
const groups = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
  minLength: 8,
  maxLength: 8,
});

function octetsOf(some: readonly number[]): Uint8Array {
  return Uint8Array.from(some.flatMap((group) => [group >>> 8, group & 255]));
}

test("an IPv6 address is written as the standard wants it, whichever way it was typed", () => {
  // RFC 5952 §4 and §5.
  const ways: readonly (readonly [string, string])[] = [
    ["2001:0db8::0001", "2001:db8::1"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:DB8::AAAA", "2001:db8::aaaa"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:201", "192.0.2.1"],
    ["192.0.2.1", "192.0.2.1"],
  ];
  for (const [typed, canonical] of ways) expect(canonicalAddress(typed)).toBe(canonical);
});

test("what is not an address is none", () => {
  for (const text of [
    "",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "12345::",
    "g::",
    "::1%eth0",
    "fe80::1%2",
    "[::1]",
    "::1.2.3",
    "::256.1.1.1",
    "::01.2.3.4",
    "1.2.3.4::",
    "::1.2.3.4:5",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "::1/64",
    " ::1",
  ]) {
    expect([text, canonicalAddress(text)]).toEqual([text, undefined]);
  }
});

test("any sixteen octets are written so that they are read back, and nothing shorter says the same", () => {
  fc.assert(
    fc.property(groups, (some) => {
      const octets = octetsOf(some);
      const text = ipv6Text(octets);
      expect(parseIpv6(text)).toEqual(octets);
      expect(isIPv6(text)).toBe(true);
      // The platform's own reader of URLs writes IPv6 in the same way.
      expect(`[${text}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }),
  );
});

test("we read what the platform reads, whatever the text", () => {
  const characters = fc.constantFrom(":", "::", "0", "1", "f", "ffff", "10", ".", "1.2.3.4", "%", "g", "00001");
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      if (!text.includes("%")) expect([text, parseIpv6(text) !== undefined]).toEqual([text, isIPv6(text)]);
    }),
    { numRuns: 2000, seed: 64 },
  );
});

test("octets of either family come back, and other numbers of octets are no address", () => {
  for (const address of ["0.0.0.0", "203.0.113.1", "::", "2001:db8::1", "64:ff9b::c000:221"]) {
    expect(addressFromOctets(addressOctets(address))).toBe(address);
  }
  for (const length of [0, 3, 5, 15, 17]) expect(addressFromOctets(new Uint8Array(length))).toBeUndefined();
});

test("a prefix holds the addresses that share its bits, and none of the other family", () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 0, max: 128 }), fc.integer({ min: 0, max: 127 }), (some, length, bit) => {
      const own = octetsOf(some);
      const other = own.map((octet, index) => octet ^ (index === bit >>> 3 ? 0x80 >>> (bit & 7) : 0));
      const prefix = { address: ipv6Text(own), length };
      expect(prefixContains(prefix, ipv6Text(own))).toBe(true);
      expect(prefixContains(prefix, ipv6Text(other))).toBe(bit >= length);
    }),
  );
  expect(prefixContains(ANY_PREFIX, "::1")).toBe(false);
  expect(prefixContains(ANY_IPV6_PREFIX, "127.0.0.1")).toBe(false);
});

test("where a host address of the other family stands for ours, everybody is meant and nobody else", () => {
  const end = (address: string) => ({ address, port: 500 });
  const flow = { local: end("192.0.2.1"), wire: end("::1"), remote: end("2001:db8::9") };
  expect(prefixHoldsPeer(ANY_PREFIX, flow)).toBe(true);
  expect(prefixHoldsPeer({ address: "0.0.0.0", length: 1 }, flow)).toBe(false);
  expect(prefixHoldsPeer(ANY_PREFIX, { ...flow, local: end("2001:db8::1") })).toBe(false);
  expect(prefixHoldsPeer(ANY_IPV6_PREFIX, { ...flow, local: end("2001:db8::1") })).toBe(true);
});

test("a source is an address of IPv4, or the network of an address of IPv6", () => {
  expect(sourceOf("192.0.2.1")).toBe("192.0.2.1");
  expect(sourceOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(sourceOf("2001:db8:1:2:ffff::")).toBe(sourceOf("2001:db8:1:2::1"));
  expect(sourceOf("2001:db8:1:3::")).not.toBe(sourceOf("2001:db8:1:2::"));
});

test("an address that one link alone knows is told from the others", () => {
  for (const address of ["fe80::1", "fe80:1::1", "febf:ffff::1"]) expect(isOfLink(address)).toBe(true);
  for (const address of ["fec0::1", "fe7f::1", "fd00::1", "2001:db8::fe80:1", "ff02::1", "192.0.2.1"]) {
    expect(isOfLink(address)).toBe(false);
  }
});

test("an endpoint is written so that its port can be told from its address", () => {
  expect(endpointKey({ address: "192.0.2.1", port: 500 })).toBe("192.0.2.1:500");
  expect(endpointKey({ address: "2001:db8::1", port: 500 })).toBe("[2001:db8::1]:500");
});
