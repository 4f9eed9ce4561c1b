/** The configuration of a session's interface: its template's words, except where the session has something else. */

import { expect, test } from "vitest";
import { derivedBlock, derivedBody } from "../../../../src/modes/ios/show/derived-config.ts";
import { interfaceList } from "../../../../src/modes/ios/show/interface-list.ts";
import { session, snapshotOf } from "./snapshots.ts";

const BODY = [
  "interface Virtual-Template1",
  " ip vrf forwarding BLUE",
  " ip unnumbered Loopback0",
  " peer default ip address pool FIRST SECOND",
  " ppp authentication ms-chap-v2",
  "!",
];

function derived(given: { readonly virtualRouter?: string; readonly pool?: string }): readonly string[] {
  const snapshot = snapshotOf({ sessions: [{ ...session, ...given }] });
  const [view] = interfaceList(snapshot, BODY).filter(({ kind }) => kind === "session");
  return view === undefined ? [] : derivedBlock(view, BODY);
}

test("a session that stands where its template says has the template's words", () => {
  expect(derived({ virtualRouter: "BLUE", pool: "SECOND" })).toEqual([
    "interface Virtual-Access2.1",
    ...BODY.slice(1, 5),
  ]);
});

test("the VRF and the pool that a session was given stand in place of the template's", () => {
  expect(derived({ virtualRouter: "RED", pool: "THIRD" })).toEqual([
    "interface Virtual-Access2.1",
    " vrf forwarding RED",
    " ip unnumbered Loopback0",
    " peer default ip address pool THIRD",
    " ppp authentication ms-chap-v2",
  ]);
  expect(derived({ virtualRouter: "default", pool: "FIRST" }).slice(1, 3)).toEqual([
    " ip unnumbered Loopback0",
    " peer default ip address pool FIRST SECOND",
  ]);
});

test("where there is no session the configuration is the running one", () => {
  expect(derivedBody(interfaceList(snapshotOf({ sessions: [] }), BODY), BODY)).toEqual(BODY);
});
