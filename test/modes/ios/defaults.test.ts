/** A configuration with its defaults said means what it meant before, in every published configuration of the ios. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Compiled } from "../../../src/modes/dialect.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";

import { readConfiguration } from "../../../src/modes/shell/read-configuration.ts";

const folder = new URL("../../../fixtures/configs/", import.meta.url);
const now = new Date(0);

/** A profile's own timers beside those of the chassis: a default that is said stands where it held before. */
function meaning({ spec, warnings }: Compiled) {
  const {
    idleTimeoutSeconds,
    retransmitRetriesEstablished,
    retransmitRetriesNotEstablished,
    retransmitTimeoutSeconds,
  } = spec.l2tp;
  const shared = {
    idleTimeoutSeconds,
    retransmitRetriesEstablished,
    retransmitRetriesNotEstablished,
    retransmitTimeoutSeconds,
  };
  const lnsProfiles = spec.lnsProfiles.map((profile) => ({ ...profile, timers: { ...shared, ...profile.timers } }));
  // A listing may have them in another order than the box prints them in.
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    interfaces: router.interfaces.map((port) => JSON.stringify(port)).sort(),
  }));
  return { spec: { ...spec, lnsProfiles, virtualRouters }, warnings };
}

test("everything that holds without being said is said, also what is off", () => {
  const typed = [
    "interface FastEthernet0/0",
    "interface Virtual-Template1",
    "vpdn-group OFFICES",
    "crypto isakmp policy 10",
    "crypto ipsec transform-set T esp-3des esp-sha-hmac",
    "line vty 0 4",
  ];
  const whole = ios.renderAll(readConfiguration(ios, typed.join("\n"), now).store).map((line) => line.trim());
  for (const line of [
    "no aaa new-model",
    "no service password-encryption",
    "logging buffered 4096 debugging",
    "logging console debugging",
    "logging monitor debugging",
    "logging on",
    "logging trap informational",
    "logging facility local7",
    "ip classless",
    "ip cef",
    "no ip http server",
    "ip domain lookup",
    "no vpdn enable",
    "no crypto isakmp aggressive-mode disable",
    "no crypto isakmp fragmentation",
    "crypto isakmp default policy",
    "crypto ipsec security-association replay window-size 64",
    "encr des",
    "mode tunnel",
    "mtu 1500",
    "no shutdown",
    "ip redirects",
    "keepalive 10 5",
    "l2tp tunnel hello 60",
    "l2tp tunnel busy timeout 300",
    "l2tp tunnel retransmit timeout max 8",
    "exec-timeout 10 0",
    "exec-banner",
    "no full-help",
    "radius-server timeout 5",
  ]) {
    expect(whole).toContain(line);
  }
});

test("the defaults of an empty router come to an empty router", () => {
  const empty = readConfiguration(ios, "", now).store;
  const again = readConfiguration(ios, ios.renderAll(empty).join("\n"), now);
  expect(again.report.refused).toEqual([]);
  expect(meaning(ios.compile(again.store))).toEqual(meaning(ios.compile(empty)));
  expect(ios.renderAll(again.store)).toEqual(ios.renderAll(empty));
});

test.each(readdirSync(folder).filter((name) => name.startsWith("ios")))("%s", (name) => {
  const { store } = readConfiguration(ios, readFileSync(new URL(name, folder), "utf8"), now);
  const whole = ios.renderAll(store);
  expect(whole.length).toBeGreaterThan(ios.render(store).length);
  const again = readConfiguration(ios, whole.join("\n"), now);
  expect(again.report.refused.map(({ text }) => text)).toEqual([]);
  expect(meaning(ios.compile(again.store))).toEqual(meaning(ios.compile(store)));
  expect(ios.renderAll(again.store)).toEqual(whole);
});
