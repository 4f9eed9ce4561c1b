/** Attributes that are sent hidden (RFC 2661 §4.3), and the limits of sessions. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { hideAvp, revealAvp } from "../../../src/engine/l2tp/authentication.ts";
import { type AvpName, avpTable } from "../../../src/engine/wire/l2tp-avp.ts";
import { decodeAvps, decodeL2tpControl } from "../../../src/engine/wire/l2tp-control.ts";
import { seededRandom } from "../../support/random.ts";
import { End, Pair, PROFILE, pathOf, ScriptedPeer, SYSTEM } from "./pair.ts";

const password = new Secret("TunnelPass");

test("what is hidden is read again by who knows the password, and its length shows only in steps of 16", () => {
  const random = seededRandom(3);
  const vector = random.bytes(16);
  for (let length = 0; length <= 200; length += 1) {
    const value = random.bytes(length);
    const hidden = hideAvp(password, 9, vector, value, random);
    expect(hidden.length % 16).toBe(0);
    expect(revealAvp(password, 9, vector, hidden)).toEqual(value);
    const otherwise = revealAvp(new Secret("tunnelPass"), 9, vector, hidden);
    if (length > 0) expect(otherwise).not.toEqual(value);
  }
});

test("two ends that hide what may be hidden, both ways, come up and say nothing of it in the clear", () => {
  const terms = { tunnelPassword: password, tunnelAuthentication: true, hidesAttributes: true };
  const pair = new Pair({ profile: terms });
  const bodies: Uint8Array[] = [];
  for (const end of [pair.lac, pair.lns]) {
    const input = end.machine.handleInput.bind(end.machine);
    end.machine.handleInput = (given, now) => {
      if (given.type === "control") bodies.push(decodeL2tpControl(given.bytes).body.slice());
      input(given, now);
    };
  }
  pair.open({ tunnelPassword: password, hidesAttributes: true });
  pair.run(5000);
  expect(pair.lns.event("sessionOpened")).toBeDefined();
  expect(pair.lac.event("sessionOpened")).toBeDefined();
  const nameOf = (type: number) => (Object.keys(avpTable) as AvpName[]).find((name) => avpTable[name].type === type);
  const avps = bodies.flatMap((body) => [...decodeAvps(body)]);
  const hidden = new Set(avps.filter((avp) => avp.hidden).map(({ type }) => nameOf(type)));
  expect([...hidden].sort()).toEqual(
    [
      "assignedSessionId",
      "assignedTunnelId",
      "bearerCapabilities",
      "callSerialNumber",
      "challenge",
      "challengeResponse",
      "firmwareRevision",
      "framingCapabilities",
      "framingType",
      "txConnectSpeed",
      "vendorName",
    ].sort(),
  );
  const clear = new Set(avps.filter((avp) => !avp.hidden).map(({ type }) => nameOf(type)));
  for (const name of hidden) expect(clear.has(name), name).toBe(false);
  for (const body of bodies) {
    const types = decodeAvps(body).map(({ type }) => type);
    // The Random Vector stands before what was hidden under it, right behind Message Type.
    if (decodeAvps(body).some((avp) => avp.hidden)) expect(types.indexOf(36)).toBe(1);
  }
});

test("each message is hidden under a vector of its own", () => {
  const lns = new End(3, 1);
  const profile = { ...PROFILE, tunnelPassword: password, hidesAttributes: true };
  lns.input({ type: "configure", configuration: { system: SYSTEM, profiles: [profile] } }, 1000);
  const vectors = Array.from({ length: 20 }, (_, index) => {
    const peer = new ScriptedPeer(lns, { path: pathOf({ connection: index + 1 }) });
    peer.lns.input(
      {
        type: "control",
        path: peer.path,
        bytes: Uint8Array.from([
          0xc8, 2, 0, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 8, 0, 0, 0, 0, 0, 1, 0x80, 8, 0, 0, 0, 9, 0, 1,
        ]),
      },
      1000,
    );
    const bytes = lns.sent.at(-1)?.bytes ?? new Uint8Array(0);
    const vector = decodeAvps(decodeL2tpControl(bytes).body).find(({ type }) => type === 36);
    return Buffer.from(vector?.value ?? []).toString("hex");
  });
  expect(new Set(vectors).size).toBe(20);
  expect(vectors[0]).toHaveLength(32);
});

test("without a tunnel password nothing can be hidden, and nothing is", () => {
  const pair = new Pair({ profile: { hidesAttributes: true } });
  pair.open({ hidesAttributes: true });
  pair.run(5000);
  expect(pair.lns.event("sessionOpened")).toBeDefined();
});

test("hidden by one end and read by an end without the password: the tunnel does not come up, and says why", () => {
  const pair = new Pair({ profile: {} });
  pair.open({ tunnelPassword: password, hidesAttributes: true });
  pair.run(5000);
  expect(pair.lns.event("tunnelOpened")).toBeUndefined();
  expect(pair.lns.event("refused")?.reason).toBe("a hidden AVP cannot be read");
});

const limits = [
  ["of the chassis", { maxSessions: 2 }, {}, "the session limit of the chassis is reached (2)"],
  ["of the profile", {}, { maxSessions: 2 }, "the session limit of boston4 is reached (2)"],
  [
    "of a group of profiles",
    {},
    { sharedLimits: [{ of: "boston as a whole", maxSessions: 2 }] },
    "the session limit of boston as a whole is reached (2)",
  ],
] as const;

test.each(limits)(
  "the limit %s refuses the third session and takes it when another has gone",
  (_, system, profile, reason) => {
    const lns = new End(3, 1);
    const configuration = { system: { ...SYSTEM, ...system }, profiles: [{ ...PROFILE, ...profile }] };
    lns.input({ type: "configure", configuration }, 1000);
    const peers = [1, 2, 3].map((connection) => new ScriptedPeer(lns, { path: pathOf({ connection }) }));
    for (const peer of peers) peer.establish();
    const [first, second, third] = peers as [ScriptedPeer, ScriptedPeer, ScriptedPeer];
    const session = first.call();
    expect(session).not.toBe(0);
    expect(second.call()).not.toBe(0);
    expect(third.say("icrq", { assignedSessionId: 9, callSerialNumber: 1 })).toMatchObject([
      { name: "cdn", sessionId: 9, values: { resultCode: { code: 4 } } },
    ]);
    expect(lns.event("refused")?.reason).toBe(reason);
    first.say("cdn", { resultCode: { code: 3, error: undefined, message: undefined }, assignedSessionId: 1 }, session);
    expect(third.call()).not.toBe(0);
  },
);
