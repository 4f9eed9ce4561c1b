/** What is said about the configurations of `fixtures/configs`: each warning was judged, and is about something that the file lacks. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dialects } from "../../src/modes/dialects.ts";
import { examine } from "../../src/modes/shell/examine.ts";

const folder = new URL("../../fixtures/configs/", import.meta.url);
const LACKING: Readonly<Record<string, readonly string[]>> = {
  "ios-2811-radius.cfg": ["not-in-effect"],
  "ios-2911-branch-office.cfg": ["missing-definition", "no-certificates", "missing-definition", "map-without-address"],
  "ios-7206-show-run.cfg": ["not-in-effect", "not-in-effect", "not-in-effect", "missing-definition"],
  "ios-7206-wholesale-lns.cfg": ["missing-pool"],
  "ios-7301-isp-lns.cfg": ["not-in-effect"],
  "ios-nat-demux.cfg": ["hidden-secret", "nobody-can-authenticate"],
  "ios-terminal-log.cfg": ["not-in-effect"],
  "junose-e320-bras.cfg": ["not-in-effect"],
  "junose-erx1400-virtual-routers.cfg": ["lockout-outlives-destination"],
  "junose-erx705-lns.cfg": ["nobody-terminates-tunnels"],
  "junose-everything.cfg": [
    "not-in-effect",
    "profile-used-nowhere",
    "no-client-phase-1",
    "not-in-effect",
    "pfs-for-clients",
    "accepts-nobody",
    "accepts-nobody",
  ],
  "junose-radius-domain-maps.cfg": ["not-in-effect"],
};

test.each(readdirSync(folder))("%s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const { findings } = examine(dialects[name.startsWith("ios") ? "ios" : "junose"], text, new Date(0));
  expect(findings.map(({ rule }) => rule.id)).toEqual(LACKING[name] ?? []);
});
