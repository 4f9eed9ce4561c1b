/** Two ends that open tunnels towards each other (RFC 2661 §4.4.3, §7.2.1). */

import { expect, test } from "vitest";
import type { LacPlan } from "../../../src/engine/l2tp/events.ts";
import { breakTie } from "../../../src/engine/l2tp/tie-breaker.ts";
import { seededRandom } from "../../support/random.ts";
import { LAC_SESSION, lnsWith, pathOf, ScriptedPeer } from "./pair.ts";

const LOW = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 9);
const HIGH = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0);

const plan: LacPlan = {
  hostName: "us",
  vendorName: "lnsh",
  firmwareRevision: undefined,
  assignedTunnelId: 77,
  framingCapabilities: 3,
  bearerCapabilities: undefined,
  receiveWindow: 4,
  tunnelPassword: undefined,
};

/** We have asked the peer for a tunnel when its own request comes. */
function crossing(ours: Uint8Array | undefined, theirs: Uint8Array | undefined) {
  const lns = lnsWith();
  const tieBreaker = ours === undefined ? {} : { tieBreaker: ours };
  lns.input({ type: "open", path: pathOf(), session: LAC_SESSION, plan: { ...plan, ...tieBreaker } }, 1000);
  const peer = new ScriptedPeer(lns);
  const answered = peer.request(theirs === undefined ? {} : { tieBreaker: theirs }).map(({ name }) => name);
  const states = lns.tunnels(1000).map(({ localInitiated, state }) => `${localInitiated ? "ours" : "theirs"} ${state}`);
  return { answered, states, lns };
}

test.each([
  [
    "neither end breaks ties",
    undefined,
    undefined,
    ["sccrp"],
    ["ours waitControlReply", "theirs waitControlConnected"],
  ],
  ["ours is lower", LOW, HIGH, [], ["ours waitControlReply"]],
  ["only ours has a value", HIGH, undefined, [], ["ours waitControlReply"]],
  ["theirs is lower", HIGH, LOW, ["sccrp"], ["theirs waitControlConnected", "ours down"]],
  ["only theirs has a value", undefined, HIGH, ["sccrp"], ["theirs waitControlConnected", "ours down"]],
  ["both are equal", LOW, LOW, [], ["ours down"]],
] as const)("%s", (_, ours, theirs, answers, standing) => {
  const { answered, states } = crossing(ours, theirs);
  expect(answered).toEqual(answers);
  expect(states).toEqual(standing);
});

test("the tunnel that gives way ends without a word on the wire, and its session says why", () => {
  const { lns } = crossing(undefined, LOW);
  expect(lns.event("sessionClosed")).toMatchObject({
    session: LAC_SESSION,
    reason: "the peer has asked for a tunnel at the same time, and its request wins",
  });
});

test("once the peer has answered ours, its request is one like any other", () => {
  const lns = lnsWith();
  const peer = new ScriptedPeer(lns);
  lns.input({ type: "open", path: pathOf(), session: LAC_SESSION, plan: { ...plan, tieBreaker: LOW } }, 1000);
  peer.lnsTunnelId = 77;
  peer.nr = 1;
  peer.say("sccrp", { protocolVersion: 0x0100, hostName: "them", assignedTunnelId: 1 });
  expect(lns.tunnels(1000).map(({ state }) => state)).toEqual(["established"]);
  const second = new ScriptedPeer(lns, { tunnelId: 2 });
  expect(second.request({ tieBreaker: HIGH }).map(({ name }) => name)).toEqual(["sccrp"]);
});

test("whatever the values, the two ends come to opposite ends of the same decision", () => {
  const random = seededRandom(9);
  const opposite = { ours: "theirs", theirs: "ours", both: "both", neither: "neither" } as const;
  for (let round = 0; round < 500; round += 1) {
    const [a, b] = [random.bytes(8), round % 5 === 0 ? undefined : random.bytes(8)];
    expect(breakTie(b, a)).toBe(opposite[breakTie(a, b)]);
  }
});
