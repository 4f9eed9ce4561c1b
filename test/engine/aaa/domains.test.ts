/** How names are taken apart, and which map and which rule a domain falls to. */

import { expect, test } from "vitest";
import { judgeDomain, splitName } from "../../../src/engine/aaa/domains.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { DomainMapSpec, DomainRulesSpec } from "../../../src/engine/ppp-spec.ts";

function mapOf(domain: string, change: Partial<DomainMapSpec> = {}): DomainMapSpec {
  return {
    domain,
    authenticationRouter: undefined,
    virtualRouter: undefined,
    unnumbered: undefined,
    pools: [],
    stripDomain: false,
    override: undefined,
    ...change,
  };
}

test.each([
  ["fred", undefined, "fred", "none"],
  ["fred@isp.com", undefined, "fred", "isp.com"],
  ["fred@west@isp.com", undefined, "fred@west", "isp.com"],
  ["fred!isp.com", undefined, "fred!isp.com", "none"],
  ["fred!isp.com", "@!", "fred", "isp.com"],
  ["fred@isp!com", "@!", "fred@isp", "com"],
  ["fred@", undefined, "fred", "none"],
  ["@isp.com", undefined, "", "isp.com"],
  ["", undefined, "", "none"],
])("%j with delimiters %j is user %j of %j", (name, delimiters, user, domain) => {
  expect(splitName(name, delimiters)).toEqual({ user, domain });
});

const maps = [mapOf("isp.com"), mapOf("none"), mapOf("default"), mapOf("cut.com", { stripDomain: true })];
const terms = { delimiters: undefined, rules: undefined };

test.each([
  ["fred@isp.com", "isp.com", "fred@isp.com"],
  ["fred@ISP.com", "isp.com", "fred@ISP.com"],
  ["fred@cut.com", "cut.com", "fred"],
  ["fred@other.com", "default", "fred@other.com"],
  ["fred", "none", "fred"],
])("%s falls to the map of %s and is looked up as %s", (name, domain, user) => {
  expect(judgeDomain(name, maps, terms)).toMatchObject({ admitted: true, map: { domain }, user });
});

test("users without a domain do not fall to the map of `default`, and without maps nothing is said", () => {
  expect(judgeDomain("fred", [mapOf("default")], terms)).toMatchObject({ map: undefined, user: "fred" });
  expect(judgeDomain("fred@isp.com", [], terms)).toMatchObject({ map: undefined, user: "fred@isp.com" });
});

test("an override makes everybody of a domain one user", () => {
  const override = { name: "guest", password: new Secret("g") };
  expect(judgeDomain("fred@isp.com", [mapOf("isp.com", { override })], terms)).toMatchObject({ user: "guest" });
});

const rules: DomainRulesSpec = {
  access: [
    { domain: "isp.com", admit: true },
    { domain: "default", admit: false },
    { domain: "none", admit: false },
  ],
  translate: [{ from: "old.com", to: "isp.com" }],
};

test.each([
  ["fred@isp.com", true],
  ["fred@old.com", true],
  ["fred@other.com", false],
  ["fred", false],
])("%s is let in: %s", (name, admitted) => {
  expect(judgeDomain(name, maps, { delimiters: undefined, rules }).admitted).toBe(admitted);
});
