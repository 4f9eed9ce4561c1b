/** What goes wrong when somebody's settings do not fit: the log says why, and nothing is left behind. */

import { expect, test } from "vitest";
import { type Failure, failureLines } from "../../src/modes/common/failures.ts";
import { debugLines, debugSwitches } from "../../src/modes/ios/debug.ts";
import { logLine } from "../../src/modes/ios/syslog.ts";
import { lineOf as junoseLine } from "../../src/modes/junose/syslog.ts";
import { failuresOf } from "../support/failures.ts";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";
import { failingConnections } from "./failing-connections.ts";

const spec = specOf();
const [router] = spec.virtualRouters;
if (router === undefined) throw new Error("the specification has no virtual router");

const everything = {
  on: new Set(debugSwitches.map(({ name }) => name)),
  set: () => undefined,
  clear: () => undefined,
};

/** What `show` tells of a failure the log of either box and debugging tell in a line as well. */
function saysTheSame({ event, at, who, reason, offered, configured, ...rest }: Failure): void {
  const { step, change, windowsError } = rest;
  const isTrouble = event.severity !== "info";
  const logged = [...(isTrouble ? [logLine(event, at) ?? ""] : []), junoseLine(event, at)];
  for (const line of logged) {
    expect(line).toContain(reason);
    expect(line).toContain(who);
    expect(line).toContain(step);
    expect(line).toContain(`change: ${change}`);
    if (windowsError !== undefined) expect(line).toContain(`Windows says error ${windowsError}`);
    expect(line).not.toContain("\n");
    expect(line).toContain(offered);
    expect(line).toContain(configured);
  }
  const debugged = debugLines(event, everything, at).filter((line) => line.includes(`change: ${change}`));
  expect(debugged.length, event.text).toBeGreaterThan(0);
  for (const told of [reason, who, step, offered, configured]) expect(debugged[0]).toContain(told);
  const row = { at, event, who, reason, offered, configured, ...rest };
  const shown = failureLines([row], (moment) => moment.toISOString());
  expect(shown).toHaveLength(1);
  for (const told of [at.toISOString(), who, rest.user, step, reason, offered, configured, `change: ${change}`])
    expect(shown[0]).toContain(told);
  if (windowsError !== undefined) expect(shown[0]).toContain(`Windows says error ${windowsError}`);
  expect(failureLines([row], String, "detail").join("\n")).toContain(`\n    ${reason}\n`);
}

const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };

for (const persona of ["windows-2000", "linux"] as const) {
  test.each(Object.entries(failingConnections))(
    `${persona} fails with %s: soon, with a reason, and without a trace`,
    (_, failure) => {
      // The Linux persona would find a policy and a transform set where Windows does not.
      const lab = new Lab({ spec: failure.spec, ...failure.host });
      const client = lab.client({
        nat: lab.nat(),
        ...failure.client,
        manners: {
          ...failure.client.manners,
          ...(persona === "linux" ? { sendInitialContact: true, longLifeAttributes: false, offerCcp: false } : {}),
        },
      });
      client.connect(130_000);
      expect(client.state, lab.log.join("\n")).toBe("failed");
      expect(client.reason).not.toBe("");
      const line = lab.events
        .filter(({ severity }) => severity !== "debug")
        .map((event) => `${event.text} ${JSON.stringify(event.fields)}`);
      expect(
        line.some((text) => failure.says.test(text)),
        lab.log.join("\n"),
      ).toBe(true);
      const rows = failuresOf(lab.events);
      const told = rows.map(({ step, windowsError }) => [step, windowsError]);
      expect(told, lab.log.join("\n")).toContainEqual(failure.told);
      for (const row of rows) saysTheSame(row);
      // One row for each thing that is to be changed.
      expect(new Set(rows.map(({ change }) => change)).size, JSON.stringify(rows)).toBe(1);
      if (failure.change !== undefined) expect(rows[0]?.change).toMatch(failure.change);
      lab.run(300_000);
      expect(lab.holdings, lab.log.join("\n")).toEqual(NOTHING);
      expect(lab.router.pollTimeout(), "a deadline is left").toBeUndefined();
    },
  );
}

test("who has guessed too often is locked out, and log, show and debug say so alike", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  for (let guess = 0; guess < 7; guess += 1) {
    const guesser = lab.client({ nat, address: "10.0.0.9", preSharedKey: `guess${guess}` });
    guesser.startConnecting();
    lab.run(1500);
    guesser.vanish();
  }
  // Even with the right key, until the time is over.
  const late = lab.client({ nat, address: "10.0.0.9" });
  expect(late.connect(5000).state).not.toBe("up");
  const rows = failuresOf(lab.events).filter(({ reason }) => reason.includes("locked out"));
  expect(rows.length, lab.log.join("\n")).toBeGreaterThan(0);
  expect(rows[0]).toMatchObject({ step: "phase 1", windowsError: 809 });
  for (const row of rows) saysTheSame(row);
});

test.each([
  ["main", undefined, 809, /let UDP 500 and 4500 pass/],
  ["aggressive", { group: "sales" }, 789, /pre-shared key.* and let UDP 500 and 4500 pass/],
] as const)(
  "a %s mode whose last message does not come through says what to look at",
  (exchange, plan, number, change) => {
    const policies = spec.ikePolicies.map((policy) => ({ ...policy, aggressiveMode: "accepted" as const }));
    const lab = new Lab({ spec: { ...spec, ikePolicies: plan === undefined ? spec.ikePolicies : policies } });
    lab.network.setFilter(({ destination }) => destination.port !== 4500);
    const client = lab.client({ nat: lab.nat(), ...(plan === undefined ? {} : { plan }) });
    client.connect(130_000);
    lab.run(60_000);
    expect(client.state).toBe("failed");
    const row = failuresOf(lab.events).find(({ reason }) =>
      reason.startsWith(`the peer did not send ${exchange} mode message`),
    );
    expect(row, lab.log.join("\n")).toMatchObject({ step: "phase 1", windowsError: number });
    expect(row?.change).toMatch(change);
    if (row !== undefined) saysTheSame(row);
  },
);

test("a secret never shows in the log", () => {
  const lab = new Lab({ spec });
  lab.client({ nat: lab.nat() }).connect();
  lab.client({ nat: lab.nat(), password: "hunter2" }).connect();
  expect(lab.log.join("\n")).not.toMatch(/fredPw|hunter2|"secret"/);
});

test("one client's failure does not touch the neighbour behind the same NAT", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const neighbour = lab.client({ nat }).connect();
  for (const wrong of [{ preSharedKey: "guess" }, { password: "guess" }, { user: "barney" }]) {
    expect(lab.client({ nat, ...wrong }).connect(130_000).state).toBe("failed");
    expect(neighbour.ping(INSIDE, 3)).toBe(3);
  }
  expect(lab.holdings).toMatchObject({ sessions: 1, leases: 1 });
});

test("the address that the first client gives back serves the one who found none", () => {
  const pools = [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.0.100" }] }];
  const lab = new Lab({ spec: { ...spec, virtualRouters: [{ ...router, pools }] } });
  const nat = lab.nat();
  const first = lab.client({ nat }).connect();
  const second = lab.client({ nat }).connect();
  expect([first.state, second.state]).toEqual(["up", "failed"]);
  first.disconnect();
  expect(lab.client({ nat }).connect().address).toBe("20.0.0.100");
});
