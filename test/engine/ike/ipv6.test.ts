/** What IKE makes of addresses of IPv6: in identities and selectors, for keys, and where it counts who asks. */

import { expect, test } from "vitest";
import { GuessLimit } from "../../../src/engine/ike/guess-limit.ts";
import { HalfOpenSas, MAX_UNCONFIRMED } from "../../../src/engine/ike/half-open.ts";
import { identificationOf, identityOf } from "../../../src/engine/ike/identities.ts";
import { findPreSharedKey } from "../../../src/engine/ike/pre-shared-keys.ts";
import { checkSelectors } from "../../../src/engine/ike/selectors.ts";
import type { IkeSa } from "../../../src/engine/ike/state.ts";
import { addressOctets, type Flow } from "../../../src/engine/kernel/address.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { type Identification, identificationType, writeIdentification } from "../../../src/engine/wire/isakmp-body.ts";

const OURS = "2001:db8::1";
const THEIRS = "2001:db8:5::9";
const IPV4 = "203.0.113.1";
const UDP = 17;

function flowOf(remote: string, local = OURS): Flow {
  const end = { address: local, port: 500 };
  return { local: end, wire: end, remote: { address: remote, port: 500 } };
}

function idOf(type: number, data: Uint8Array, port = 1701): Identification {
  return { type, protocol: UDP, port, data };
}

const v6 = (address: string, port = 1701) => idOf(identificationType.ipv6Address, addressOctets(address), port);

test("an identity of IPv6 is read and written, and one of other than sixteen octets is none", () => {
  const identity = { type: "address", address: OURS } as const;
  const written = identificationOf(identity, 0, 0);
  expect(written).toEqual({ type: 5, protocol: 0, port: 0, data: addressOctets(OURS) });
  expect(identityOf(written)).toEqual(identity);
  for (const length of [4, 15, 17, 32]) {
    expect(identityOf(idOf(identificationType.ipv6Address, new Uint8Array(length)))).toBeUndefined();
  }
});

function checked(ours: Identification, theirs: Identification, flow: Flow, natFound: boolean) {
  const context = { flow, natFound, groupKey: true, localPort: 1701 };
  return checkSelectors(writeIdentification(ours), writeIdentification(theirs), context);
}

test("quick mode is for UDP port 1701 of our address, also where it is written as a network of one", () => {
  const flow = flowOf(THEIRS);
  const accepted = { ok: true, peerPort: 0, note: undefined };
  expect(checked(v6(OURS), v6(THEIRS, 0), flow, false)).toEqual(accepted);
  const one = (length: number) =>
    Uint8Array.from([...addressOctets(OURS), ...new Uint8Array(16).map((_, at) => (at * 8 < length ? 255 : 0))]);
  expect(checked(idOf(identificationType.ipv6Subnet, one(128)), v6(THEIRS, 0), flow, false)).toEqual(accepted);
  for (const ours of [
    v6("2001:db8::2"),
    idOf(identificationType.ipv6Subnet, one(64)),
    idOf(identificationType.ipv6Subnet, one(128).subarray(1)),
    idOf(identificationType.ipv6Address, new Uint8Array(4)),
  ]) {
    expect(checked(ours, v6(THEIRS), flow, false)).toMatchObject({ ok: false });
  }
  expect(checked(v6(OURS), idOf(identificationType.ipv6Address, new Uint8Array(15)), flow, false)).toEqual({
    ok: false,
    reason: "the peer's end is a malformed address",
  });
});

test("who speaks IPv6 to us across a translator is served by the IPv4 that we see, and nobody else who calls us so", () => {
  const flow = flowOf("198.51.100.7", IPV4);
  const synthesised = v6("64:ff9b::cb00:7101");
  expect(checked(synthesised, v6(THEIRS, 49_152), flow, true)).toEqual({
    ok: true,
    peerPort: 49_152,
    note: "the peer calls us 64:ff9b::cb00:7101",
  });
  expect(checked(synthesised, v6(THEIRS), flow, false)).toMatchObject({ ok: false });
});

test("the key for the longest prefix of the peer's family serves", () => {
  const key = (address: string, length: number, label: string) => ({
    virtualRouter: "default",
    peer: { prefix: { address, length } },
    localAddress: undefined,
    key: new Secret(label),
    group: false,
    label,
  });
  const keys = [
    key("0.0.0.0", 0, "every IPv4"),
    key("::", 0, "every IPv6"),
    key("2001:db8:5::", 48, "network"),
    key(THEIRS, 128, "host"),
  ];
  const found = (remote: string, local = OURS) => findPreSharedKey(keys, "default", flowOf(remote, local))?.label;
  expect(found(THEIRS)).toBe("host");
  expect(found("2001:db8:5:1::1")).toBe("network");
  expect(found("2001:db8:6::1")).toBe("every IPv6");
  expect(found("198.51.100.7", IPV4)).toBe("every IPv4");
  expect(findPreSharedKey(keys.slice(0, 1), "default", flowOf(THEIRS))).toBeUndefined();
});

test("who guesses keys from a new address of his network each time is slowed, and other networks are not", () => {
  const guesses = new GuessLimit();
  const from = (network: number, host: number) => flowOf(`2001:db8:${network.toString(16)}::${host.toString(16)}`);
  for (let host = 1; host <= 40; host += 1) guesses.failed(from(7, host), 1000);
  const refused = Array.from({ length: 10 }, (_, index) => guesses.refuses(from(7, 1000 + index), false, 1000));
  expect(refused.filter(Boolean)).toHaveLength(9);
  expect(guesses.refuses(from(8, 1), false, 1000)).toBe(false);
});

test("a network with more than half of the room for half-open negotiations gives way first, whichever address it uses", () => {
  const halfOpen = new HalfOpenSas();
  const from = (remote: string, number: number) => {
    const initiatorCookie = new Uint8Array(8);
    new DataView(initiatorCookie.buffer).setUint32(0, number);
    return { flow: flowOf(remote), initiatorCookie } as unknown as IkeSa;
  };
  const others = Array.from({ length: 100 }, (_, index) => from(`2001:db8:${index.toString(16)}:1::1`, index));
  for (const sa of others) expect(halfOpen.add(sa)).toBeUndefined();
  const gone = new Set<IkeSa>();
  for (let host = 0; host < 2 * MAX_UNCONFIRMED; host += 1) {
    const evicted = halfOpen.add(from(`2001:db8:ffff:1::${host.toString(16)}`, 1000 + host));
    if (evicted !== undefined) {
      halfOpen.remove(evicted);
      gone.add(evicted);
    }
  }
  expect(gone.size).toBe(MAX_UNCONFIRMED + 100);
  for (const sa of others) expect(gone.has(sa)).toBe(false);
});
