/** Where the address of a PPP client comes from, and what is said when it cannot be had. */

import { expect, test } from "vitest";
import { Decisions } from "../../../src/engine/router/decisions.ts";
import { SessionAddresses } from "../../../src/engine/router/session-addresses.ts";
import type { UserSpec } from "../../../src/engine/spec.ts";
import { specOf } from "../../support/specs.ts";

const ann: UserSpec = { name: "ann", password: undefined, address: "10.5.5.5", pool: undefined };

/** One virtual router whose pool `P` has two addresses. */
function addressesOfOneRouter() {
  const decisions = new Decisions();
  const said: string[] = [];
  const addresses = new SessionAddresses(
    (_facility, severity, text) => void said.push(`${severity}: ${text}`),
    decisions,
  );
  const [router] = specOf().virtualRouters;
  if (router === undefined) throw new Error("no router");
  const warning = { high: 100, abated: 50 };
  const pools = [{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.2" }], warning }];
  addresses.configure([{ ...router, name: "vr", pools }]);
  const ask = (session: number, from: { user?: UserSpec; profile?: string; pools?: readonly string[] } = {}) => {
    const place = { virtualRouter: "vr", user: from.user, pools: from.pools ?? ["P"] };
    const lease = addresses.allocate(place, from.profile, { session, user: `user${session}`, hint: undefined }, 0);
    return "refused" in lease ? lease.refused : lease.address;
  };
  return { addresses, decisions, said, ask, router };
}

test("a user's own address goes before the profile's, and the profile's before a pool's", () => {
  const { ask } = addressesOfOneRouter();
  expect(ask(1, { user: ann, profile: "10.6.6.6" })).toBe("10.5.5.5");
  expect(ask(2, { profile: "10.6.6.6" })).toBe("10.6.6.6");
  expect(ask(3)).toBe("10.0.0.1");
});

test("a refusal says what is missing, and both outcomes are counted for the virtual router", () => {
  const { ask, decisions } = addressesOfOneRouter();
  expect(ask(1, { user: ann })).toBe("10.5.5.5");
  expect(ask(2, { user: ann })).toBe("10.5.5.5 is another session's");
  expect(ask(3, { pools: [] })).toBe("no address pool is named");
  expect(ask(4, { pools: ["Q", "R"] })).toBe("there is no address pool Q R");
  expect([ask(5), ask(6), ask(7, { pools: ["Q", "P"] })]).toEqual(["10.0.0.1", "10.0.0.2", "none is free of P"]);
  expect(decisions.snapshot()).toMatchObject([
    { virtualRouter: "vr", counters: { addressesGranted: 3, addressesRefused: 4 } },
  ]);
});

test("a pool that fills up and empties again is told once each way", () => {
  const { addresses, ask, said } = addressesOfOneRouter();
  ask(1);
  ask(2);
  ask(3);
  expect(said).toEqual(["warning: address pool is nearly used up"]);
  addresses.release("vr", 1, 0);
  addresses.release("vr", 2, 0);
  expect(said).toEqual(["warning: address pool is nearly used up", "notice: address pool has room again"]);
});

test("leases stay while the virtual router is configured anew and end with it", () => {
  const { addresses, ask, router } = addressesOfOneRouter();
  ask(1);
  const pools = [{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.9" }] }];
  addresses.configure([{ ...router, name: "vr", pools }]);
  expect(ask(2)).toBe("10.0.0.2");
  addresses.configure([{ ...router, name: "other", pools }]);
  expect(addresses.view(0).map(({ virtualRouter, inUse }) => ({ virtualRouter, inUse }))).toEqual([
    { virtualRouter: "other", inUse: [] },
  ]);
});
