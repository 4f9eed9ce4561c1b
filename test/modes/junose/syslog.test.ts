import { expect, test } from "vitest";
import type { Category, LogEvent, Severity } from "../../../src/engine/kernel/log.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { logBufferOf } from "../../support/machine-around.ts";
import { TestRouter, text } from "./router.ts";

const AT = new Date(Date.UTC(2026, 10, 21, 7, 10, 11));
const refused: LogEvent = {
  category: "ike",
  severity: "notice",
  text: "Main mode was refused",
  fields: { peer: "203.0.113.2:500", reason: "no proposal was acceptable", sa: undefined },
};
const opened: LogEvent = { category: "l2tp", severity: "info", text: "L2TP tunnel established", fields: { tunnel: 7 } };

function printed(router: TestRouter, event: LogEvent): string | undefined {
  return junose.logLine(
    event,
    AT,
    { on: router.switches },
    {
      config: router.store.chassis,
      destination: "console",
      sequence: 0,
      uptimeMillis: 0,
    },
  );
}

test("notices and worse are log lines: severity, time, category, virtual router, words and fields", () => {
  expect(junose.logLine(refused, AT)).toBe(
    "NOTICE 11/21/2026 07:10:11 ike (default): Main mode was refused, peer 203.0.113.2:500, reason no proposal was acceptable; step: phase 1; change: see debug for the message that was refused (Windows says error 789)",
  );
  expect(junose.logLine({ ...refused, fields: { virtualRouter: "westford" } }, AT)).toBe(
    "NOTICE 11/21/2026 07:10:11 ike (westford): Main mode was refused; step: phase 1; change: see debug for the message that was refused (Windows says error 789)",
  );
  expect(junose.logLine(opened, AT)).toBeUndefined();
});

test("a secret in a field stays hidden", () => {
  const line = junose.logLine({ ...refused, fields: { key: new Secret("groupSecret") } }, AT);
  expect(line).toContain("key <hidden>");
});

test("`log severity` decides from which severity on a category is printed, and is taken back", () => {
  const router = new TestRouter();
  const severities: readonly Severity[] = ["debug", "info", "notice", "warning", "error"];
  const seen = (category: Category): readonly Severity[] =>
    severities.filter((severity) => printed(router, { ...opened, category, severity }) !== undefined);
  expect(seen("l2tp")).toEqual(["notice", "warning", "error"]);
  expect(router.shell.execute("log severity info l2tp").monitor).toBe(true);
  expect(seen("l2tp")).toEqual(["info", "notice", "warning", "error"]);
  expect(seen("ppp")).toEqual(["notice", "warning", "error"]);
  router.session("log severity debug l2tpStateMachine");
  expect(seen("l2tp")).toEqual(severities);
  router.session("log severity off ike", "log severity error ppp");
  expect([seen("ike"), seen("ppp")]).toEqual([[], ["error"]]);
  router.session("no log severity error l2tp");
  expect(seen("l2tp")).toEqual(severities);
  router.session("no log severity debug l2tp");
  expect(seen("l2tp")).toEqual(["notice", "warning", "error"]);
  router.session("log severity debug");
  expect(seen("aaa")).toEqual(severities);
  router.session("no log severity");
  expect(router.switches.size).toBe(0);
  expect(router.shell.execute("no log here").monitor).toBe(false);
  expect(router.printed()).toEqual([]);
});

test("in configuration severities are kept for every session, and a session may say otherwise", () => {
  const router = new TestRouter();
  const prints = (severity: Severity, category: Category): boolean =>
    printed(router, { ...opened, category, severity }) !== undefined;
  router.load("log severity error\nlog severity debug pppPacket\nlog severity info bgpGeneral");
  expect([prints("debug", "ppp"), prints("warning", "l2tp"), prints("error", "l2tp")]).toEqual([true, false, true]);
  expect(router.printed()).toEqual([
    "log severity error",
    "log severity debug pppPacket",
    "log severity info bgpGeneral",
    "!",
  ]);
  expect(router.shell.execute("show log severity ppp").lines).toContain("ppp         DEBUG       PPP");
  router.session("log severity off ppp");
  expect(prints("error", "ppp")).toBe(false);
  router.session("no log severity ppp", "configure terminal", "no log severity debug pppPacket");
  expect([prints("debug", "ppp"), prints("error", "ppp")]).toEqual([false, true]);
  router.session("no log severity");
  expect(prints("notice", "l2tp")).toBe(true);
  expect(router.printed()).toEqual(["log severity info bgpGeneral", "!"]);
});

test("the messages that are kept are shown whole, by category, by severity and since the baseline", () => {
  const router = new TestRouter();
  const before = new Date(Date.UTC(2008, 11, 1, 10, 12, 0));
  const after = new Date(Date.UTC(2008, 11, 1, 10, 12, 40));
  router.logBuffer = logBufferOf([
    { event: opened, at: before },
    { event: refused, at: after },
  ]);
  expect(router.session("show log data")).toBe(text`
    host1#show log data
    INFO 12/01/2008 10:12:00 l2tp (default): L2TP tunnel established, tunnel 7
    NOTICE 12/01/2008 10:12:40 ike (default): Main mode was refused, peer 203.0.113.2:500, reason no proposal was acceptable; step: phase 1; change: see debug for the message that was refused (Windows says error 789)
  `);
  const lines = (line: string): number => router.shell.execute(line).lines.length;
  expect(lines("show log data category l2tp")).toBe(1);
  expect(lines("show log data severity notice")).toBe(1);
  expect(lines("show log data category l2tp severity notice")).toBe(0);
  expect(lines("show log data delta")).toBe(2);
  router.session("baseline log");
  expect(lines("show log data delta")).toBe(1);
  expect(lines("show log data")).toBe(2);
  router.session("clear log");
  expect(lines("show log data")).toBe(0);
});

test("show log configuration tells where messages go and what this session sees", () => {
  const router = new TestRouter();
  router.load("log destination syslog 192.0.2.9");
  router.session("log severity info ppp");
  const lines = router.shell.execute("show log configuration").lines;
  expect(lines).toContain("  log destination syslog 192.0.2.9");
  expect(lines).toContain("ppp         INFO        PPP");
  expect(lines).toContain("ike         NOTICE      IKE negotiations");
});

test("the console shows what is as severe as its destination says, other logins what its category says", () => {
  const router = new TestRouter();
  const prints = (destination: "console" | "monitor") =>
    junose.logLine(refused, new Date(0), undefined, {
      config: router.store.chassis,
      destination,
      sequence: 1,
      uptimeMillis: 0,
    }) !== undefined;
  const both = (): boolean[] => [prints("console"), prints("monitor")];
  expect(both()).toEqual([true, true]);
  router.load("log destination console severity warning");
  expect(both()).toEqual([false, true]);
  router.load("log destination console severity notice");
  expect(both()).toEqual([true, true]);
  router.load("no log destination console");
  expect(both()).toEqual([false, true]);
  router.load("log severity off\ndefault log destination console");
  expect(both()).toEqual([false, false]);
});

test("of several names for one kind of event its own decides, else the one that lets most through", () => {
  const router = new TestRouter();
  const passes = (severity: Severity): boolean => printed(router, { ...opened, severity }) !== undefined;
  router.load("log severity error l2tpIpLowerBinding\nlog severity info l2tpStateMachine");
  expect([passes("debug"), passes("info")]).toEqual([false, true]);
  router.load("log severity warning l2tp");
  expect([passes("notice"), passes("warning")]).toEqual([false, true]);
  router.load("log severity debug nameResolverLog\nno log severity warning l2tp");
  expect([passes("debug"), passes("info")]).toEqual([false, true]);
});
