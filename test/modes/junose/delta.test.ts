/** `baseline` and `delta`: counters since a point in time, for the whole of a family and for single things. */

import { expect, test } from "vitest";
import { TestRouter, text } from "./router.ts";
import { call, connection, session, tunnel } from "./snapshots.ts";

/** Two tunnels of one destination each, with a session in each; every counter is `moved` further. */
function router(moved = 0): TestRouter {
  const made = new TestRouter();
  made.doing = traffic(moved);
  return made;
}

function traffic(moved: number): TestRouter["doing"] {
  const tunnels = [1, 2].map((number) => {
    const one = tunnel({ tunnel: number, sessions: [call({ session: number })], sessionsTotal: 1 + moved });
    const path = { ...one.path, remote: { address: `172.31.1.${number}`, port: 1701 } };
    return { ...one, path, counters: { ...one.counters, rxPackets: one.counters.rxPackets + moved } };
  });
  const sessions = [1, 2].map((number) => {
    const one = session({ user: `user${number}`, session: number });
    return { ...one, counters: { ...one.counters, rxPackets: one.counters.rxPackets + moved } };
  });
  const plain = connection();
  const sas = plain.sas.map((sa) => ({
    ...sa,
    inbound: { ...sa.inbound, packets: sa.inbound.packets + moved, lastSequence: 900 + moved },
  }));
  return {
    l2tp: {
      tunnels,
      totals: {
        destinationsTotal: 2 + moved,
        destinationsFailed: 0,
        tunnelsTotal: 2 + moved,
        tunnelsFailed: moved,
        sessionsTotal: 2 + moved,
        sessionsFailed: 0,
        authenticationErrors: 0,
      },
    },
    sessions,
    connections: [{ ...plain, sas }],
  };
}

const counts = (made: TestRouter, line: string, pattern: RegExp): string[] =>
  made.shell.execute(line).lines.filter((one) => pattern.test(one));

test("delta prints what moved since the baseline, and without delta everything stands as it was", () => {
  const made = router();
  made.session("baseline l2tp", "baseline ipsec transport interface");
  made.doing = traffic(7);
  expect(counts(made, "show l2tp tunnel detail delta 1/1", /(Control|Data) rx/)).toEqual([
    "    Control rx       7         0        0          0",
    "    Data rx          7         0        0          0",
  ]);
  expect(counts(made, "show l2tp tunnel detail 1/1", /Control rx/)).toEqual([
    "    Control rx       202       9684     0          0",
  ]);
  expect(counts(made, "show l2tp delta", /Destinations/)).toEqual([
    "  Destinations          7       2        0        n/a",
  ]);
  expect(counts(made, "show l2tp delta", /Tunnels/)).toEqual(["  Tunnels               7       2        7        0"]);
  expect(counts(made, "show ipsec transport interface detail delta 1", /InUserPackets/)).toEqual([
    "     InUserPackets 7          OutUserPackets 0",
  ]);
});

test("without a baseline delta counts from the start", () => {
  const made = router();
  const whole = made.shell.execute("show l2tp session detail");
  expect(made.shell.execute("show l2tp session detail delta")).toEqual(whole);
  const one = made.shell.execute("show l2tp tunnel detail delta 1/1");
  expect(made.shell.execute("show l2tp tunnel detail 1/1 delta")).toEqual(one);
});

test("a baseline of one session leaves the other ones where they were", () => {
  const made = router();
  made.session("baseline l2tp");
  made.doing = traffic(7);
  made.session("baseline l2tp session 1/1/1");
  made.doing = traffic(9);
  expect(counts(made, "show l2tp session detail delta", /Data rx/)).toEqual([
    "    Data rx          2         0        0          0",
    "    Data rx          9         0        0          0",
  ]);
});

test("a baseline of a tunnel takes its sessions with it", () => {
  const made = router();
  made.session("baseline l2tp tunnel 2/1");
  made.doing = traffic(4);
  expect(counts(made, "show l2tp session detail delta 2/1/2", /Data rx/)).toEqual([
    "    Data rx          4         0        0          0",
  ]);
  expect(counts(made, "show l2tp session detail delta 1/1/1", /Data rx/)).toEqual([
    "    Data rx          9         111      0          0",
  ]);
});

test("a baseline is of its family only, and of nothing that is not there", () => {
  const made = router();
  made.session("baseline ppp interface");
  made.doing = traffic(4);
  expect(counts(made, "show l2tp session detail delta 1/1/1", /Data rx/)).toEqual([
    "    Data rx          9         111      0          0",
  ]);
  expect(
    made.session(
      "baseline l2tp session 9/9/9",
      "baseline ipsec transport interface 77",
      "baseline ppp interface l2tp 3",
    ),
  ).toBe(text`
    host1#baseline l2tp session 9/9/9
    % There is no L2TP session 9/9/9
    host1#baseline ipsec transport interface 77
    % There is no IPsec transport interface 77
    host1#baseline ppp interface l2tp 3
    % There is no interface l2tp 3
  `);
});

test("show-delta-counts makes every show command begin at the baseline, until it is taken back", () => {
  const made = router();
  made.session("baseline l2tp", "baseline show-delta-counts");
  made.doing = traffic(3);
  const rx = () => counts(made, "show l2tp session detail 1/1/1", /Data rx/);
  expect(rx()).toEqual(["    Data rx          3         0        0          0"]);
  made.session("no baseline show-delta-counts");
  expect(rx()).toEqual(["    Data rx          8         111      0          0"]);
});

test("listings are filtered by state, peer and virtual router", () => {
  const made = router();
  const [first, second] = made.snapshot().l2tp.tunnels;
  if (first === undefined || second === undefined) throw new Error("two tunnels");
  const { l2tp } = made.snapshot();
  made.doing = { l2tp: { ...l2tp, tunnels: [{ ...first, state: "waitControlConnected", sessions: [] }, second] } };
  const names = (line: string): unknown =>
    JSON.parse(made.shell.execute(`${line} | json`).lines.join("")).map((one: { name: string }) => one.name);
  expect(names("show l2tp tunnel state connecting")).toEqual(["1/1"]);
  expect(names("show l2tp tunnel state established")).toEqual(["2/1"]);
  expect(names("show l2tp session ip 172.31.1.2")).toEqual(["2/1/2"]);
  expect(names("show l2tp destination virtual-router default")).toEqual(["1", "2"]);
  expect(names("show l2tp destination virtual-router other")).toEqual([]);
  expect(made.session("show l2tp tunnel state idle")).toBe("host1#show l2tp tunnel state idle\nNo L2TP tunnels found");
});
