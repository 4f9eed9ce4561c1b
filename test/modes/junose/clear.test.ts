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

test.each(["l2tp tunnel test example.com", "telnet 192.0.2.1", "macro test.mac"])(
  "%s is refused with a reason",
  (line) => {
    const result = router().shell.execute(line);
    expect(result.ok).toBe(false);
    expect(result.lines.join(" ")).toMatch(/opens no|not interpreted/);
  },
);
