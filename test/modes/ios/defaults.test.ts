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
  return { spec: { ...spec, lnsProfiles }, warnings };
}

test.each(readdirSync(folder).filter((name) => name.startsWith("ios")))("%s", (name) => {
  const { store } = readConfiguration(ios, readFileSync(new URL(name, folder), "utf8"), now);
  const whole = ios.renderAll(store);
  expect(whole.length).toBeGreaterThan(ios.render(store).length);
  const again = readConfiguration(ios, whole.join("\n"), now);
  expect(again.report.refused.map(({ text }) => text)).toEqual([]);
  expect(meaning(ios.compile(again.store))).toEqual(meaning(ios.compile(store)));
  expect(ios.renderAll(again.store)).toEqual(whole);
});
