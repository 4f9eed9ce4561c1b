/** Whether peers are in common with somebody of a table, compared with asking each of them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { isIpv6, type Prefix, prefixContains } from "../../../src/engine/kernel/address.ts";
import { PrefixIndex } from "../../../src/modes/common/semantic/prefix-index.ts";

const ipv4 = fc.record({
  address: fc.tuple(fc.constantFrom(10, 192), fc.nat(2), fc.constant(0), fc.nat(3)).map((octets) => octets.join(".")),
  length: fc.constantFrom(0, 8, 15, 16, 24, 31, 32),
});
const ipv6 = fc.record({
  address: fc.nat(3).map((last) => `2001:db8::${last + 1}`),
  length: fc.constantFrom(0, 64, 126, 128),
});
const peers = fc.option(fc.oneof(ipv4, ipv6), { nil: undefined });
const table = fc.constantFrom("a", "b");

function haveInCommon(one: Prefix | undefined, other: Prefix | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  if (isIpv6(one.address) !== isIpv6(other.address)) return false;
  return prefixContains(one, other.address) || prefixContains(other, one.address);
}

test("somebody is for some of the peers exactly when one of the table is", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ table, peers }), { maxLength: 8 }), table, peers, (all, asked, wanted) => {
      const index = new PrefixIndex();
      for (const each of all) index.add(each.table, each.peers);
      const expected = all.some((each) => each.table === asked && haveInCommon(each.peers, wanted));
      expect(index.meets(asked, wanted)).toBe(expected);
    }),
    { numRuns: 500, seed: 11 },
  );
});
