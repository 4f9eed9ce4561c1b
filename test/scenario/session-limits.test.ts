/** How many sessions there may be, at every level that has a say: who comes too late is told so, is counted, and comes in when somebody has left. */

import { expect, test } from "vitest";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { RouterSpec, VirtualRouterSpec } from "../../src/engine/spec.ts";
import { INSIDE, Lab } from "../support/lab.ts";
import { lnsProfile, specOf } from "../support/specs.ts";

interface Level {
  readonly level: string;
  readonly spec: RouterSpec;
  /** What the log says of the one too many, and what that one hears. */
  readonly reason: string;
  readonly heard: RegExp;
  /** It is refused by L2TP, else by PPP. */
  readonly byL2tp: boolean;
}

const base = specOf();
const router = (change: Partial<VirtualRouterSpec>): RouterSpec => ({
  ...base,
  virtualRouters: base.virtualRouters.map((each) => ({ ...each, ...change })),
});
const fred = { name: "fred", password: new Secret("fredPw"), address: undefined, pool: undefined };

const levels: readonly Level[] = [
  {
    level: "the chassis (vpdn session-limit)",
    spec: { ...base, l2tp: { ...base.l2tp, maxSessions: 2 } },
    reason: "the session limit of the chassis is reached (2)",
    heard: /no facilities available for now/,
    byL2tp: true,
  },
  {
    level: "a host profile or a vpdn-group",
    spec: specOf({ lns: { maxSessions: 2 } }),
    reason: "the session limit of L2TP is reached (2)",
    heard: /no facilities available for now/,
    byL2tp: true,
  },
  {
    level: "a destination profile as a whole",
    spec: specOf({ lns: { sharedLimits: [{ of: "all as a whole", maxSessions: 2 }], maxSessions: 10 } }),
    reason: "the session limit of all as a whole is reached (2)",
    heard: /no facilities available for now/,
    byL2tp: true,
  },
  {
    level: "a host profile that has another result code",
    spec: specOf({ lns: { maxSessions: 2, resultCodeOverride: true } }),
    reason: "the session limit of L2TP is reached (2)",
    heard: /insufficient resources|general error/,
    byL2tp: true,
  },
  {
    level: "a virtual router",
    spec: router({ maxSubscribers: 2 }),
    reason: "virtual router default has its 2 subscribers already",
    heard: /refused|fail|authenticat/i,
    byL2tp: false,
  },
  {
    level: "a user",
    spec: router({ users: [{ ...fred, maxSessions: 2 }] }),
    reason: "fred has the 2 sessions already that one user may have",
    heard: /refused|fail|authenticat/i,
    byL2tp: false,
  },
  {
    level: "a pool",
    spec: router({ pools: [{ name: "POOL", ranges: [{ first: "20.0.0.1", last: "20.0.0.2" }] }] }),
    reason: "none is free of POOL",
    heard: /./,
    byL2tp: false,
  },
];

test.each(levels)(
  "at the limit of $level the third is refused, until one leaves",
  ({ spec, reason, heard, byL2tp }) => {
    const lab = new Lab({ spec });
    const nat = lab.nat();
    const [first, second] = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
    expect([first?.state, second?.state], lab.log.join("\n")).toEqual(["up", "up"]);
    const late = lab.client({ nat }).connect(90_000);
    expect(late.state).toBe("failed");
    expect(late.reason).toMatch(heard);
    expect(
      lab.log.some((line) => line.includes(reason)),
      lab.log.join("\n"),
    ).toBe(true);
    const { l2tp, aaa = [] } = lab.snapshot;
    if (byL2tp) expect(l2tp.totals.sessionsFailed).toBe(1);
    else expect(aaa.some(({ counters }) => counters.rejected + counters.addressesRefused > 0)).toBe(true);
    // Those who are in lose nothing by it.
    expect(lab.pingTogether([first, second], INSIDE, 3)).toEqual([3, 3]);
    first.disconnect();
    lab.run(5000);
    const next = lab.client({ nat }).connect();
    expect(next.state, next.reason).toBe("up");
    expect(next.ping(INSIDE, 3)).toBe(3);
  },
);

test("a crowd that comes at once does not slip past any of them", () => {
  for (const { level, spec } of levels) {
    const lab = new Lab({ spec, network: { latencyMillis: 40 } });
    const nat = lab.nat();
    const clients = Array.from({ length: 6 }, () => lab.client({ nat }));
    for (const client of clients) client.startConnecting();
    lab.run(90_000);
    expect(
      clients.filter(({ state }) => state === "up"),
      level,
    ).toHaveLength(2);
    expect(lab.snapshot.sessions.filter(({ openedAt }) => openedAt !== undefined).length, level).toBe(2);
  }
});

test("a limit that is lowered ends no session, and lets nobody in until there is room", () => {
  const lab = new Lab({ spec: base });
  const nat = lab.nat();
  const clients = [1, 2, 3].map(() => lab.client({ nat }).connect());
  lab.request({ type: "configure", spec: { ...base, lnsProfiles: [{ ...lnsProfile, maxSessions: 1 }] } });
  expect(lab.pingTogether(clients, INSIDE, 3)).toEqual([3, 3, 3]);
  expect(lab.client({ nat }).connect(60_000).state).toBe("failed");
  for (const client of clients) client.disconnect();
  expect(lab.client({ nat }).connect().state).toBe("up");
});
