/** NAT-D (RFC 3947 §3.2) as clients send it: swapped, several sets of it, too little of it, and none that fits. */

import { expect, test } from "vitest";
import { findNat, natDetectionHash, natDialects } from "../../../src/engine/ike/nat-traversal.ts";
import type { Flow } from "../../../src/engine/kernel/address.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";

const local = { address: "203.0.113.1", port: 500 };
const remote = { address: "198.51.100.7", port: 33_000 };
const flow: Flow = { local, wire: local, remote };
const cookies = { initiatorCookie: new Uint8Array(8).fill(1), responderCookie: new Uint8Array(8).fill(2) };
const hashOf = (endpoint: { readonly address: string; readonly port: number }) =>
  natDetectionHash("sha1", cookies, endpoint);
const TRUE = [hashOf(local), hashOf(remote)];
const PRIVATE = hashOf({ address: "192.168.10.11", port: 500 });
const JUNK = new Uint8Array(20).fill(9);

function found(bodies: readonly Uint8Array[], types: readonly number[] = [20]) {
  const payloads = bodies.flatMap((body, index) => {
    const type = types[index % types.length] ?? 20;
    return [{ type, body, at: 0, end: 0 }];
  });
  return findNat("sha1", cookies, flow, payloads);
}

test("both ends as they are: nobody is translated, in whichever order they stand", () => {
  const nobody = { localBehindNat: false, peerBehindNat: false };
  expect(found(TRUE)).toEqual(nobody);
  expect(found([...TRUE].reverse())).toEqual(nobody);
});

test("a client that names its private address is behind a NAT, in whichever order it says so", () => {
  const peer = { localBehindNat: false, peerBehindNat: true };
  expect(found([hashOf(local), PRIVATE])).toEqual(peer);
  expect(found([PRIVATE, hashOf(local)])).toEqual(peer);
  // It has several addresses and says them all.
  expect(found([hashOf(local), PRIVATE, JUNK, JUNK])).toEqual(peer);
  expect(found([hashOf(local), PRIVATE, hashOf(remote)])).toEqual({ ...peer, peerBehindNat: false });
});

test("who calls us by another address finds us behind a NAT, and who forges both finds both so", () => {
  expect(found([JUNK, hashOf(remote)])).toEqual({ localBehindNat: true, peerBehindNat: false });
  expect(found([JUNK, JUNK])).toEqual({ localBehindNat: true, peerBehindNat: true });
});

test("a set for each dialect, the wrong ones first, is read as a whole", () => {
  const types = [...new Set(natDialects.map(({ natDetection }) => natDetection))].flatMap((type) => [type, type]);
  const sets = [JUNK, JUNK, JUNK, JUNK, ...TRUE];
  expect(types).toHaveLength(sets.length);
  expect(found(sets, types)).toEqual({ localBehindNat: false, peerBehindNat: false });
});

test("one or none, or under a number that is nobody's, is no NAT traversal", () => {
  expect(found([])).toBeUndefined();
  expect(found([hashOf(local)])).toBeUndefined();
  expect(found(TRUE, [99])).toBeUndefined();
});

test("the hash covers both cookies, the address and the port", () => {
  const texts = [
    TRUE[0],
    hashOf({ ...local, port: 501 }),
    hashOf({ ...local, address: "203.0.113.2" }),
    natDetectionHash("sha1", { ...cookies, initiatorCookie: JUNK.subarray(0, 8) }, local),
    natDetectionHash("sha1", { ...cookies, responderCookie: JUNK.subarray(0, 8) }, local),
    natDetectionHash("md5", cookies, local),
  ].map((hash) => Buffer.from(hash ?? []).toString("hex"));
  expect(new Set(texts).size).toBe(texts.length);
});

test("message 5 may come from the other port only where a dialect was agreed on", () => {
  for (const dialect of [undefined, natDialects[0]]) {
    const target = new Target();
    const prober = new Prober(target, flowFrom(remote.address, remote.port));
    prober.dialect = dialect;
    const fifth = prober.halfway();
    const floated = flowFrom(remote.address, remote.port, 4500);
    const answers = sent(target.receive(floated, fifth));
    expect(answers, dialect?.name).toHaveLength(dialect === undefined ? 0 : 1);
    if (dialect === undefined) {
      expect(target.logs.at(-1)?.fields.reason).toBe("the port changed without NAT traversal");
      expect(target.machine.view().sas.map(({ state }) => state)).toEqual(["sentKe"]);
    }
  }
});
