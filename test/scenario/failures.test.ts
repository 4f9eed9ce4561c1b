/** What goes wrong when somebody's settings do not fit: the log says why, and nothing is left behind. */

import { expect, test } from "vitest";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { type Failure, failureLines, failuresIn } from "../../src/modes/common/failures.ts";
import { debugLines, debugSwitches } from "../../src/modes/ios/debug.ts";
import { logLine } from "../../src/modes/ios/syslog.ts";
import { lineOf as junoseLine } from "../../src/modes/junose/syslog.ts";
import { type ClientOptions, INSIDE, Lab, type LabOptions } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

interface Expected {
  readonly spec: RouterSpec;
  readonly client: ClientOptions;
  /** How the gateway's host is. */
  readonly host?: Partial<LabOptions>;
  /** The step that `show` names, and the number that Windows gives it. */
  readonly told: readonly [string, number | undefined];
  /** What the gateway's log must say, in one line. */
  readonly says: RegExp;
  /** What `show` tells the operator to change, where others fail at the same step for other reasons. */
  readonly change?: RegExp;
}

const spec = specOf();
const [router] = spec.virtualRouters;
if (router === undefined) throw new Error("the specification has no virtual router");

const failures: Readonly<Record<string, Expected>> = {
  "a wrong pre-shared key": {
    spec,
    client: { preSharedKey: "guess" },
    told: ["phase 1", 789],
    says: /pre-shared key/,
  },
  "no pre-shared key for the peer": {
    spec: { ...spec, preSharedKeys: [] },
    client: {},
    told: ["phase 1", 789],
    says: /no pre-shared key/i,
  },
  "no matching phase 1 policy": {
    spec: { ...spec, ikePolicies: spec.ikePolicies.filter(({ encryption }) => encryption === "aes") },
    client: {},
    told: ["phase 1", 789],
    says: /no phase 1 proposal was acceptable/i,
  },
  "no gateway for the address that is called": {
    spec: { ...spec, ipsecGateways: [] },
    client: {},
    told: ["phase 1", 809],
    says: /no IPsec gateway is configured for this address/,
  },
  "perfect forward secrecy that the client does not offer": {
    spec: specOf({ gateway: { pfsGroup: 2 } }),
    client: {},
    told: ["phase 2", 789],
    says: /perfect forward secrecy group missing is not 2/,
  },
  "no matching transform set": {
    spec: specOf({
      gateway: { proposals: [{ label: "TS", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" }] },
    }),
    client: {},
    told: ["phase 2", 789],
    says: /no phase 2 proposal was acceptable/,
  },
  "a transform set in tunnel mode": {
    spec: specOf({
      gateway: { proposals: [{ label: "TS", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "tunnel" }] },
    }),
    client: {},
    told: ["phase 2", 789],
    says: /our own transform set is for tunnel mode/,
    change: /transport mode/,
  },
  "ESP without UDP, where only UDP passes": {
    spec,
    client: { manners: { vendorIds: [] } },
    host: { udpEncapsulationOnly: true },
    told: ["phase 2", 789],
    says: /ESP without UDP/,
  },
  "aggressive mode that nobody allowed": {
    spec,
    client: { plan: { group: "sales" } },
    told: ["phase 1", 789],
    says: /Aggressive mode was refused.*aggressive mode is not accepted/,
  },
  "a profile that does not take the client": {
    spec: specOf({ gateway: { peerProfile: "SALES" } }),
    client: {},
    told: ["phase 2", 789],
    says: /only peers of profile SALES are served, and the peer is of none/,
  },
  "a session limit": {
    spec: specOf({ lns: { maxSessions: 0 } }),
    client: {},
    told: ["L2TP", undefined],
    says: /L2TP session refused.*the session limit of L2TP is reached \(0\)/,
  },
  "a user who is there already": {
    spec: {
      ...spec,
      virtualRouters: [{ ...router, users: router.users.map((user) => ({ ...user, maxSessions: 0 })) }],
    },
    client: {},
    told: ["authentication", 691],
    says: /fred has the 0 sessions already that one user may have/,
  },
  "a wrong password": {
    spec,
    client: { password: "guess" },
    told: ["authentication", 691],
    says: /PPP authentication failed.*password/i,
  },
  "an unknown user": {
    spec,
    client: { user: "barney" },
    told: ["authentication", 691],
    says: /PPP authentication failed.*barney/,
  },
  "no common authentication protocol": {
    spec: specOf({ ppp: { authentication: ["pap"] } }),
    client: { manners: { authentication: ["msChapV2"] } },
    told: ["LCP", 691],
    says: /the peer refuses all of pap/,
  },
  "no address left": {
    spec: { ...spec, virtualRouters: [{ ...router, pools: [{ name: "POOL", ranges: [] }] }] },
    client: {},
    told: ["IPCP", 720],
    says: /no address left for the client.*POOL/,
  },
  "a pool that is not there": {
    spec: { ...spec, virtualRouters: [{ ...router, pools: [] }] },
    client: {},
    told: ["IPCP", 720],
    says: /no address left for the client.*there is no address pool POOL/,
    change: /configure the address pool/,
  },
  "L2TP that is draining": {
    spec: { ...spec, l2tp: { ...spec.l2tp, draining: true } },
    client: {},
    told: ["L2TP", undefined],
    says: /L2TP tunnel refused.*L2TP is draining/,
    change: /no l2tp drain/,
  },
  "a keyring that is not its profile's": {
    spec: {
      ...spec,
      peerProfiles: [
        {
          name: "SALES",
          keyLabels: ["SALES"],
          matches: [{ type: "address", prefix: { address: "0.0.0.0", length: 0 }, virtualRouter: undefined }],
        },
      ],
    },
    client: {},
    told: ["phase 1", 789],
    says: /its key is of keyring default, and profile SALES takes keys of SALES alone/,
    change: /keyring/,
  },
  "an unknown PPP profile": {
    spec: specOf({ lns: { pppProfile: "Virtual-Template9" } }),
    client: {},
    told: ["PPP", undefined],
    says: /the PPP profile Virtual-Template9 does not exist/,
  },
  "an unknown host name": {
    spec: specOf({ lns: { remoteHostName: "laptop" } }),
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /L2TP tunnel refused.*no profile accepts the host name of the peer/,
  },
  "no LNS profile at all": {
    spec: { ...spec, lnsProfiles: [] },
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /L2TP tunnel refused.*no profile of this virtual router accepts tunnels/,
  },
  "vpdn not enabled": {
    spec: { ...spec, l2tp: { ...spec.l2tp, enabled: false } },
    client: {},
    told: ["L2TP tunnel", 809],
    says: /L2TP tunnel refused.*L2TP is not enabled/,
  },
  "tunnel authentication without a password": {
    spec: specOf({ lns: { tunnelAuthentication: true, tunnelPassword: new Secret("tunnel") } }),
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /not authorized to establish a control channel/,
  },
};

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

function failuresOf(lab: Lab): Failure[] {
  const events = lab.events.filter(({ severity }) => severity !== "debug").map((event) => ({ event, at: new Date(0) }));
  return failuresIn({ events, logged: { console: 0, monitor: 0, buffer: 0 }, clear: () => undefined });
}

const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };

for (const persona of ["windows-2000", "linux"] as const) {
  test.each(Object.entries(failures))(
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
      const rows = failuresOf(lab);
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
  const rows = failuresOf(lab).filter(({ reason }) => reason.includes("locked out"));
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
    const row = failuresOf(lab).find(({ reason }) =>
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
