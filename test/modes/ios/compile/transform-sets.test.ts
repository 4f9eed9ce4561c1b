/** What transform sets become: proposals, or warnings where this gateway does not speak them. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { transformNames } from "../../../../src/modes/ios/show/words.ts";
import { TestShell } from "../../../support/shell.ts";

function compiled(transforms: string) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of [
    `crypto ipsec transform-set TS ${transforms}`,
    "mode transport",
    "crypto dynamic-map DYN 10",
    "set transform-set TS",
    "crypto map MAP 10 ipsec-isakmp dynamic DYN",
    "interface GigabitEthernet0/0",
    "ip address 203.0.113.1 255.255.255.0",
    "crypto map MAP",
  ]) {
    expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  }
  const { spec, warnings } = ios.compile(router.store);
  return { proposal: spec.ipsecGateways[0]?.proposals[0], warnings, router };
}

test.each([
  ["esp-gcm", { cipher: "aes-gcm", keyBits: 128, integrity: undefined }, "esp-gcm"],
  ["esp-gcm 256", { cipher: "aes-gcm", keyBits: 256, integrity: undefined }, "esp-gcm 256"],
  ["esp-aes 192 esp-sha256-hmac", { cipher: "aes", keyBits: 192, integrity: "sha256" }, "esp-192-aes esp-sha256-hmac"],
  ["esp-aes esp-sha512-hmac", { cipher: "aes", keyBits: 128, integrity: "sha512" }, "esp-aes esp-sha512-hmac"],
  ["esp-null esp-sha-hmac", { cipher: "null", keyBits: 0, integrity: "sha1" }, "esp-null esp-sha-hmac"],
])("%s", (transforms, expected, shown) => {
  const { proposal, router } = compiled(transforms);
  expect(proposal).toMatchObject(expected);
  expect(proposal && transformNames(proposal)).toBe(shown);
  expect(router.printed).toContain(`crypto ipsec transform-set TS ${transforms}`);
});

test.each([
  ["esp-gcm esp-sha-hmac", "takes no other transform"],
  ["esp-gmac", "esp-gmac is not spoken here"],
  ["ah-sha-hmac", "AH cannot cross a NAT"],
])("%s is warned of and proposes nothing", (transforms, warning) => {
  const { proposal, warnings } = compiled(transforms);
  expect(proposal).toBeUndefined();
  expect(warnings.join("\n")).toContain(warning);
});
