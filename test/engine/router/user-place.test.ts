/** Which of those that may name an address is heard: the user, then the domain, then the profile. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { DomainMapSpec } from "../../../src/engine/ppp-spec.ts";
import { StandingSessions } from "../../../src/engine/router/standing.ts";
import { admitUser } from "../../../src/engine/router/user-place.ts";
import type { UserSpec, VirtualRouterSpec } from "../../../src/engine/spec.ts";
import { pppProfile, specOf } from "../../support/specs.ts";

const password = new Secret("pw");
const [base] = specOf().virtualRouters;

function router(name: string, users: readonly UserSpec[]): VirtualRouterSpec {
  if (base === undefined) throw new Error("no router");
  const pools = ["A", "B"].map((pool) => ({ name: `${name}-${pool}`, ranges: [] }));
  return { ...base, name, users, pools };
}

function map(domain: string, rest: Partial<DomainMapSpec>): DomainMapSpec {
  return {
    domain,
    authenticationRouter: "default",
    virtualRouter: undefined,
    unnumbered: undefined,
    pools: [],
    stripDomain: true,
    override: undefined,
    ...rest,
  };
}

function placeOf(name: string, user: Partial<UserSpec>, domainMaps: readonly DomainMapSpec[]) {
  const users = [{ name: "ann", password, address: undefined, pool: undefined, ...user }];
  const routers = new Map(["default", "blue"].map((each) => [each, router(each, each === "default" ? users : [])]));
  const proof = { protocol: "pap", password } as const;
  const { verdict, place } = admitUser({ routers, domainMaps }, pppProfile, name, proof, new StandingSessions());
  expect(verdict).toMatchObject({ accepted: true });
  return { virtualRouter: place.virtualRouter, pools: place.pools, address: place.user?.address };
}

const poolMap = map("corp", { pools: ["default-B", "default-A"] });
const blueMap = map("corp", { virtualRouter: "blue" });
const own = { address: undefined, virtualRouter: "default" };

test.each([
  ["nothing is said: the profile's pools", "ann", {}, [], { ...own, pools: ["POOL"] }],
  ["the domain names pools, in their order", "ann@corp", {}, [poolMap], { ...own, pools: ["default-B", "default-A"] }],
  ["another domain names nothing", "ann", {}, [poolMap], { ...own, pools: ["POOL"] }],
  [
    "the user's pool goes before the domain's",
    "ann@corp",
    { pool: "default-A" },
    [poolMap],
    { ...own, pools: ["default-A"] },
  ],
  [
    "the user's address goes before everything",
    "ann@corp",
    { address: "9.9.9.9", pool: "default-A" },
    [poolMap],
    { ...own, address: "9.9.9.9", pools: ["default-A"] },
  ],
  [
    "a domain of another router without pools: all of that router's",
    "ann@corp",
    {},
    [blueMap],
    { ...own, virtualRouter: "blue", pools: ["blue-A", "blue-B"] },
  ],
  [
    "the user's router goes before the domain's",
    "ann@corp",
    { virtualRouter: "default" },
    [blueMap],
    { ...own, pools: ["POOL"] },
  ],
] as const)("%s", (_, name, user, maps, expected) => {
  expect(placeOf(name, user, maps)).toEqual(expected);
});
