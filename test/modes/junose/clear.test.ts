/** Who is logged out, and what is refused because this router opens no tunnels of its own. */

import { expect, test } from "vitest";
import { TestRouter } from "./router.ts";
import { call, session, tunnel } from "./snapshots.ts";

function router(): TestRouter {
  const made = new TestRouter();
  const { l2tp } = made.snapshot();
  const calls = [call(), call({ session: 2 }), call({ session: 3 })];
  made.doing = {
    l2tp: { ...l2tp, tunnels: [tunnel({ sessions: calls })] },
    sessions: [
      session({ user: "ann" }),
      session({ user: "bob", session: 2, virtualRouter: "westford" }),
      session({ user: "ann", session: 3 }),
    ],
  };
  return made;
}

test.each([
  ["logout subscribers all", [1, 2, 3]],
  ["logout subscribers username ann", [1, 3]],
  ["logout subscribers virtual-router westford", [2]],
  ["logout subscribers interface l2tp 1/1/3", [3]],
  ["logout subscribers ipv4-address 10.20.0.10", [1, 2, 3]],
  ["clear ppp interface", [1, 3]],
  ["clear ppp interface l2tp 1/1/3", [3]],
])("%s ends the sessions %j", (line, sessions) => {
  const made = router();
  expect(made.shell.execute(line)).toMatchObject({ ok: true, lines: [] });
  expect(made.requests.map((request) => request.type === "closeSession" && request.session)).toEqual(sessions);
});

test.each([
  ["logout subscribers username carol", "% There is no remote user carol"],
  ["logout subscribers interface l2tp 9/9/9", "% There is no remote user 9/9/9"],
  ["clear ppp interface l2tp 1/1/2", "% There is no PPP interface l2tp 1/1/2"],
  [
    "l2tp unlock destination ip 192.0.2.1",
    "% L2TP destination 192.0.2.1 is not locked: this router opens no tunnels of its own",
  ],
])("%s ends nothing and says why", (line, text) => {
  const made = router();
  expect(made.shell.execute(line)).toMatchObject({ ok: false, lines: [text] });
  expect(made.requests).toEqual([]);
});

test.each(["l2tp tunnel test example.com", "telnet 192.0.2.1"])("%s is refused with a reason", (line) => {
  const result = router().shell.execute(line);
  expect(result.ok).toBe(false);
  expect(result.lines.join(" ")).toMatch(/opens no/);
});

test.each([
  ["l2tp drain tunnel 1/1", true],
  ["no l2tp drain tunnel 1/1", false],
  ["l2tp drain tunnel ip 172.31.1.98 LAC", true],
  ["no l2tp drain tunnel virtual-router default ip 172.31.1.98 LAC", false],
])("%s is of the tunnel by its name or by its peer", (line, draining) => {
  const made = router();
  made.session("configure terminal");
  expect(made.shell.execute(line)).toMatchObject({ ok: true, lines: [] });
  expect(made.requests).toEqual([{ type: "drainTunnel", tunnel: 1, draining }]);
});

test("a destination is drained and shut down by its name too, and stands in the configuration by its address", () => {
  const made = router();
  const lines = (): readonly string[] => made.printed().filter((line) => line.startsWith("l2tp"));
  made.session("configure terminal");
  expect(made.shell.execute("l2tp drain destination 1")).toMatchObject({ ok: true, lines: [], changed: true });
  expect(lines()).toEqual(["l2tp drain destination virtual-router default ip 172.31.1.98"]);
  made.shell.execute("l2tp shutdown destination 1");
  expect(lines()).toEqual(["l2tp shutdown destination virtual-router default ip 172.31.1.98"]);
  made.shell.execute("no l2tp drain destination 1");
  expect(lines()).toEqual([]);
  expect(made.shell.execute("l2tp drain destination 7").lines).toEqual(["% L2TP destination 7 does not exist"]);
});

test.each(["l2tp shutdown tunnel ip 172.31.1.98 other", "l2tp drain tunnel virtual-router west ip 172.31.1.98 LAC"])(
  "%s finds no such tunnel",
  (line) => {
    const made = router();
    made.session("configure terminal");
    expect(made.shell.execute(line).lines).toEqual([
      expect.stringMatching(/^% L2TP tunnel 172.31.1.98 \w+ does not exist$/),
    ]);
    expect(made.requests).toEqual([]);
  },
);

test.each([
  ["logout subscribers domain example.com", [2]],
  ["logout subscribers domain none", [1, 3]],
  ["clear ipsec sa", []],
])("%s ends what it names", (line, expected) => {
  const made = router();
  made.doing = {
    ...made.doing,
    sessions: [
      session({ user: "ann" }),
      session({ user: "bob@example.com", session: 2 }),
      session({ user: "eve", session: 3 }),
    ],
  };
  expect(made.shell.execute(line).ok).toBe(true);
  expect(made.requests.map((request) => request.type === "closeSession" && request.session)).toEqual(expected);
});
