/** What an ISAKMP profile says of its peers: who they are, whom they are believed by, how they are watched. */

import { expect, test } from "vitest";
import type { PeerMatchSpec } from "../../../../src/engine/spec.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

function compiled(profile: readonly string[], before: readonly string[] = []) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of [...before, "crypto isakmp profile P", ...profile]) {
    expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  }
  const { spec, warnings } = ios.compile(router.store);
  return { profile: spec.peerProfiles?.[0], warnings: warnings.filter((text) => text.includes("isakmp profile P")) };
}

const anybody = { address: "0.0.0.0", length: 0 };

test.each<readonly [string, PeerMatchSpec]>([
  ["address 0.0.0.0", { type: "address", prefix: anybody, virtualRouter: undefined }],
  ["address 0.0.0.0 0.0.0.0", { type: "address", prefix: anybody, virtualRouter: undefined }],
  ["address 192.0.2.9", { type: "address", prefix: { address: "192.0.2.9", length: 32 }, virtualRouter: undefined }],
  [
    "address 192.0.2.0 255.255.255.0 OUT",
    { type: "address", prefix: { address: "192.0.2.0", length: 24 }, virtualRouter: "OUT" },
  ],
  ["group EZ", { type: "group", name: "EZ" }],
  ["host office", { type: "host", name: "office" }],
  ["host domain example.net", { type: "hostDomain", name: "example.net" }],
  ["user fred@example.net", { type: "user", name: "fred@example.net" }],
  ["user-fqdn fred@example.net", { type: "user", name: "fred@example.net" }],
  ["user domain example.net", { type: "userDomain", name: "example.net" }],
  ["user-fqdn domain example.net", { type: "userDomain", name: "example.net" }],
])("match identity %s", (match, expected) => {
  const { profile, warnings } = compiled([`match identity ${match}`]);
  expect(profile).toEqual({ name: "P", matches: [expected] });
  expect(warnings).toEqual([]);
});

test("match certificate takes the conditions of the map, each sequence number by itself", () => {
  const map = ["crypto pki certificate map SALES 10", "subject-name co ou = sales", "issuer-name co cn = root"];
  const { profile } = compiled(
    ["match certificate SALES"],
    [...map, "crypto pki certificate map SALES 20", "serial-number eq 7"],
  );
  expect(profile?.matches).toEqual([
    {
      type: "certificate",
      conditions: [
        expect.arrayContaining([
          { field: "subject", comparison: "contains", value: "ou = sales" },
          { field: "issuer", comparison: "contains", value: "cn = root" },
        ]),
        [{ field: "serial", comparison: "equals", value: "7" }],
      ],
    },
  ]);
});

test("trustpoints, liveness and our own address are the profile's", () => {
  const before = ["crypto pki trustpoint STAFF", "interface Loopback7", "ip address 192.0.2.77 255.255.255.255"];
  const more = ["ca trust-point STAFF", "ca trust-point GUESTS", "keepalive 30 retry 5", "local-address Loopback7"];
  const { profile, warnings } = compiled(["match identity address 0.0.0.0", ...more], before);
  expect(profile).toMatchObject({
    trustpoints: ["STAFF", "GUESTS"],
    deadPeerDetection: { intervalSeconds: 30, retrySeconds: 5, mode: "onDemand" },
    localAddress: "192.0.2.77",
  });
  expect(warnings).toEqual([expect.stringContaining("there is no crypto pki trustpoint GUESTS")]);
});

test("a profile without a match takes nobody, and says so", () => {
  const { profile, warnings } = compiled(["description nobody"]);
  expect(profile).toMatchObject({ matches: [] });
  expect(warnings.join()).toContain("it takes nobody until it has match statements");
});
