import { expect, test } from "vitest";
import { LogHub } from "../../../src/cli/log-hub.ts";
import { runDashboard } from "../../../src/cli/ui/dashboard.ts";
import { dashboardFrame } from "../../../src/cli/ui/dashboard-frame.ts";
import { type Key, press, START, shownRows } from "../../../src/cli/ui/dashboard-keys.ts";
import { DashboardModel } from "../../../src/cli/ui/dashboard-model.ts";
import { plot, rateText, sparkline } from "../../../src/cli/ui/plot.ts";
import { TerminalInput, TerminalOutput } from "../../../src/cli/ui/terminal-streams.ts";
import type { SessionSnapshot, Snapshot } from "../../../src/engine/snapshot.ts";
import { NOW, nothing, session, snapshotOf } from "../../modes/ios/show/snapshots.ts";
import { DrawnTerminal } from "../../support/drawn-terminal.ts";
import { TerminalScreen } from "../../support/terminal-screen.ts";

function clients(count: number, octets: number): readonly SessionSnapshot[] {
  return Array.from({ length: count }, (_, index) => ({
    ...session,
    session: index + 1,
    connection: undefined,
    ppp: { ...session.ppp, peerName: `user${index + 1}`, peerAddress: `20.0.0.${index + 1}` },
    counters: { ...session.counters, rxOctets: octets * (index + 1), txOctets: 0 },
  }));
}

function model(count = 3): DashboardModel {
  const made = new DashboardModel();
  for (let second = 0; second < 3; second += 1) {
    made.observe(snapshotOf({ ...nothing, now: NOW + second * 1000, sessions: clients(count, 1000 * second) }));
  }
  return made;
}

const text = (made: DashboardModel, state = START, columns = 80, rows = 24): string[] =>
  dashboardFrame(made, state, { columns, rows }).map((line) => line.map((each) => each.text).join(""));

test.each([
  [80, 24],
  [120, 40],
  [40, 10],
  [200, 60],
])("a frame of %i by %i is exactly so large", (columns, rows) => {
  for (const state of [START, { ...START, help: true }, { ...START, typing: true, filter: "x" }]) {
    const lines = text(model(50), state, columns, rows);
    expect(lines).toHaveLength(rows);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([columns]));
  }
});

test("rates are octets over time, and the busiest client stands first", () => {
  const rows = shownRows(model().rows, START);
  expect(rows.map(({ user, received }) => [user, received])).toEqual([
    ["user3", 24_000],
    ["user2", 16_000],
    ["user1", 8_000],
  ]);
  expect(model().received).toEqual([48_000, 48_000]);
});

test("keys choose, sort, reverse and filter", () => {
  const { rows } = model();
  const pressed = (...keys: readonly Key[]) =>
    keys.reduce((state, key) => press(state, key, shownRows(rows, state), 10), START);
  expect(pressed("down").chosen).toBe("s2");
  expect(pressed("down", "down", "down", "up").chosen).toBe("s2");
  const users = (...keys: readonly Key[]) => shownRows(rows, pressed(...keys)).map(({ user }) => user);
  expect(users({ text: "s" })).toEqual(["user1", "user2", "user3"]);
  expect(users({ text: "s" }, { text: "r" })).toEqual(["user3", "user2", "user1"]);
  expect(users({ text: "/" }, { text: "r2" }, "return")).toEqual(["user2"]);
  expect(users({ text: "/" }, { text: "r2" }, "escape")).toHaveLength(3);
  expect(users({ text: "/" }, { text: "q" })).toEqual([]);
  expect(pressed({ text: "q" }).over).toBe(true);
});

test("names of users cannot move the cursor", () => {
  const made = new DashboardModel();
  const [first] = clients(1, 0);
  if (first === undefined) throw new Error("no client");
  made.observe(snapshotOf({ ...nothing, sessions: [{ ...first, ppp: { ...first.ppp, peerName: "\x1b[2J日本" } }] }));
  expect(made.rows[0]?.user).toBe("?[2J??");
});

test("what was said about a client is told beside it", () => {
  const made = model();
  const say = (words: string, fields: Record<string, string | number>) =>
    made.hear({ category: "ppp", severity: "info", text: words, fields }, new Date(0));
  say("first", { session: 3 });
  say("second", { session: 2 });
  const lines = text(made, START).join("\n");
  expect(lines).toContain("What happened with user3");
  expect(lines).toContain("00:00:00.000 PPP      first");
  expect(lines).not.toContain("second");
  expect(text(made, { ...START, below: "log" }).join("\n")).toContain("second");
});

test("a ladder has the messages of both sides, from the first of phase 1 on, and no keepalives", () => {
  const made = model(1);
  const [row] = made.rows;
  const [tunnel, call] = (row?.tunnel ?? "").split("/").map(Number);
  const peer = row?.peer ?? "";
  const say = (category: "ike" | "l2tp" | "ppp", words: string, fields: Record<string, string | number>) =>
    made.hear({ category, severity: "debug", text: words, fields }, new Date(0));
  const ppp = { session: "1", protocol: "LCP", identifier: 7 };
  say("ike", "Main mode message was accepted", {
    peer: "before the NAT-T port",
    sa: 9,
    message: "main mode message 3",
  });
  say("ike", "Phase 1 was established", { peer, sa: 9 });
  say("ike", "Phase 1 was established", { peer: "elsewhere", sa: 10, of: "somebody else" });
  say("l2tp", "L2TP session established", { peer: "inside", tunnel: tunnel ?? 0, session: call ?? 0 });
  say("l2tp", "L2TP session established", { peer: "inside", tunnel: tunnel ?? 0, session: 1, of: "somebody else" });
  say("ppp", "PPP packet sent", { ...ppp, packet: "Configure-Request", options: "MRU 0x058C" });
  say("ppp", "PPP packet received", { ...ppp, packet: "Configure-Ack" });
  say("ppp", "PPP packet sent", { ...ppp, packet: "Echo-Request" });
  const whole = { ...START, whole: true };
  const lines = text(made, whole)
    .slice(1, -1)
    .filter((line) => line.trim() !== "");
  expect(lines.map((line) => line.trimEnd().replace("00:00:00.000 ", ""))).toEqual([
    "What happened with user1  client ──→ gateway",
    "IKE  ──→ main mode message 3  sa=9",
    "IKE      Phase 1 was established  sa=9",
    expect.stringMatching(/^L2TP {5}L2TP session established {2}tunnel=/),
    "PPP  ←── LCP Configure-Request 7  MRU 0x058C",
    "PPP  ──→ LCP Configure-Ack 7",
  ]);
});

test("the ladder takes the whole screen with Return, scrolls, and leaves it with Escape", () => {
  const made = model(1);
  for (let number = 0; number < 100; number += 1) {
    const fields = { session: "1", number };
    made.hear({ category: "ppp", severity: "info", text: "event", fields }, new Date(0));
  }
  const { rows } = made;
  const pressed = (...keys: readonly Key[]) =>
    keys.reduce((state, key) => press(state, key, shownRows(rows, state), 10), START);
  expect(text(made, pressed("return")).join("\n")).toMatch(/number=79\b[\s\S]*number=99\b/);
  const back = text(made, pressed("return", "pageUp", "up", "down")).join("\n");
  expect(back).toMatch(/ 10 lines below[\s\S]*number=69\b[\s\S]*number=89\b/);
  expect(back).not.toContain("number=90");
  expect(text(made, pressed("return", "home")).join("\n")).toContain("number=0 ");
  expect(pressed("return", "home", "end")).toMatchObject({ back: 0, whole: true });
  expect(text(made, pressed("return", "escape")).join("\n")).toContain("ADDRESS");
});

test("a narrow terminal shows who and how much, a wide one all", () => {
  const titles = (columns: number) => text(model(), START, columns, 40)[5]?.trim().split(/ +/);
  expect(titles(40)).toEqual(["USER", "IN", "OUT"]);
  expect(titles(50)).toEqual(["USER", "ADDRESS", "IN", "OUT"]);
  expect(titles(80)).toEqual(["USER", "ADDRESS", "PEER", "AGE", "IN", "OUT"]);
  expect(titles(120)).toEqual(["USER", "ADDRESS", "PEER", "TUNNEL", "AGE", "IN", "OUT"]);
});

test("bars and rates", () => {
  expect(sparkline([0, 1, 50, 100], 6)).toBe("   ▁▄█");
  expect(plot([100, 50, 0], 3, 2)).toEqual(["█  ", "██ "]);
  expect([0, 950, 1200, 123_456, 9_990_000, 12_300_000_000].map(rateText)).toEqual([
    "0",
    "950",
    "1.2k",
    "123k",
    "10.0M",
    "12.3G",
  ]);
});

function run(
  columns: number,
  rows: number,
  snapshot: () => Snapshot,
  intervalMillis = 20,
  logs = new LogHub(),
): DrawnTerminal & { readonly over: Promise<void> } {
  const terminal = new DrawnTerminal(columns, rows);
  const { input, output } = terminal;
  const over = runDashboard({ roster: snapshot, logs }, { input, output, colour: true, intervalMillis });
  return Object.assign(terminal, { over });
}

test("on a terminal: the second screen, keys, another size, and the first screen as it was", async () => {
  const snapshot = () => snapshotOf({ ...nothing, now: performance.now(), sessions: clients(3, 0) });
  const { screen, input, output, over, until } = run(80, 24, snapshot);
  const lines = await until((shown) => shown.some((line) => line.includes("user3")));
  expect(screen.isAlternate).toBe(true);
  expect(lines).toHaveLength(24);
  expect(lines.at(-1)).toContain("q quit");
  input.write("/r2");
  await until((shown) => shown.some((line) => line.includes("/r2_")) && !shown.some((line) => line.includes("user3")));
  input.write("\x1b");
  await until((shown) => shown.some((line) => line.includes("user3")));
  screen.resize(120, 40);
  output.resize(120, 40);
  const larger = await until((shown) => shown.length === 40 && (shown[39] ?? "").includes("quit"));
  expect(larger.some((line) => line.includes("TUNNEL"))).toBe(true);
  input.write("q");
  await over;
  await screen.lines();
  expect(screen.isAlternate).toBe(false);
});

test("a second in which little changes costs a slow line little", async () => {
  let now = 1000;
  let seconds = 0;
  const snapshot = () => {
    now += 1000;
    seconds += 1;
    return snapshotOf({ ...nothing, now, startedAt: 0, sessions: clients(20, 0) });
  };
  const { screen, input, over, until } = run(120, 40, snapshot, 120);
  await until((shown) => shown.some((line) => line.includes("user20")));
  const first = screen.written;
  const from = seconds;
  await until(() => seconds >= from + 6);
  const perSecond = (screen.written - first) / (seconds - from);
  input.write("q");
  await over;
  expect(perSecond).toBeLessThan(first / 3);
});

test("what was said before and while it is open stands in the log once", async () => {
  const logs = new LogHub();
  logs.log("system", "info", "said before");
  let seconds = 0;
  const snapshot = () => {
    seconds += 1;
    return snapshotOf({ ...nothing, now: seconds * 1000 });
  };
  const { input, over, until } = run(80, 24, snapshot, 5, logs);
  await until((shown) => shown.some((line) => line.includes("said before")));
  logs.log("system", "info", "said meanwhile");
  const from = seconds;
  const lines = await until((shown) => seconds > from + 5 && shown.some((line) => line.includes("said meanwhile")));
  input.write("q");
  await over;
  expect(lines.filter((line) => line.includes("said "))).toHaveLength(2);
});

test("a terminal that takes nothing is sent nothing more, and shows what stands when it takes again", async () => {
  let seconds = 0;
  const snapshot = () => {
    seconds += 1;
    return snapshotOf({ ...nothing, now: seconds * 1000, startedAt: 0, sessions: clients(4 + (seconds % 3), 0) });
  };
  const screen = new TerminalScreen(100, 30);
  const input = new TerminalInput();
  let unread = 0;
  let takes = true;
  const take = (drawn: string): void => {
    screen.write(drawn);
    if (!takes) unread += drawn.length;
  };
  const output = new TerminalOutput({ columns: 100, rows: 30 }, take, () => unread);
  const over = runDashboard(
    { roster: snapshot, logs: new LogHub() },
    { input, output, colour: true, intervalMillis: 5 },
  );
  const shows = (text: string) => expect.poll(async () => (await screen.lines()).join("\n")).toContain(text);
  await shows("user4");
  takes = false;
  await expect.poll(() => unread).toBeGreaterThan(0);
  const [stood, from] = [unread, seconds];
  for (const key of "sssrrr") input.write(key);
  screen.resize(80, 24);
  output.resize(80, 24);
  await expect.poll(() => seconds).toBeGreaterThan(from + 40);
  expect(unread).toBe(stood);
  [takes, unread] = [true, 0];
  // The screen is read between two frames or within one.
  const keysShown = async () => (await screen.lines()).map((line) => line.includes("q quit"));
  await expect.poll(keysShown).toEqual([...Array<boolean>(23).fill(false), true]);
  input.write("q");
  await over;
});
