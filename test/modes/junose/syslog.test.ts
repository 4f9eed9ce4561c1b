import { expect, test } from "vitest";
import type { LogEvent } from "../../../src/engine/kernel/log.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { TestRouter } from "./router.ts";

const AT = new Date(Date.UTC(2026, 10, 21, 7, 10, 11));
const refused: LogEvent = {
  category: "ike",
  severity: "notice",
  text: "Main mode was refused",
  fields: { peer: "203.0.113.2:500", reason: "no proposal was acceptable", sa: undefined },
};
const opened: LogEvent = { category: "l2tp", severity: "info", text: "L2TP tunnel opened", fields: { tunnel: 7 } };

function debugOf(router: TestRouter, event: LogEvent): readonly string[] {
  const { switches } = router;
  return junose.debugLines(event, { on: switches, set: () => undefined, clear: () => undefined }, AT);
}

test("notices and worse are log lines: severity, time, category, virtual router, words and fields", () => {
  expect(junose.logLine(refused, AT)).toBe(
    "NOTICE 11/21/2026 07:10:11 ikeLog (default): Main mode was refused, peer 203.0.113.2:500, reason no proposal was acceptable",
  );
  expect(junose.logLine({ ...refused, fields: { virtualRouter: "westford" } }, AT)).toBe(
    "NOTICE 11/21/2026 07:10:11 ikeLog (westford): Main mode was refused",
  );
  expect(junose.logLine(opened, AT)).toBeUndefined();
});

test("a secret in a field stays hidden", () => {
  const line = junose.logLine({ ...refused, fields: { key: new Secret("groupSecret") } }, AT);
  expect(line).toContain("key <hidden>");
});

test("`log severity` shows more of one category, from that severity on, and is taken back", () => {
  const router = new TestRouter();
  expect(debugOf(router, opened)).toEqual([]);
  expect(router.shell.execute("log severity info l2tp").monitor).toBe(true);
  expect(debugOf(router, opened)).toEqual(["INFO 11/21/2026 07:10:11 l2tpLog (default): L2TP tunnel opened, tunnel 7"]);
  expect(debugOf(router, { ...opened, severity: "debug" })).toEqual([]);
  expect(debugOf(router, { ...opened, category: "ppp" })).toEqual([]);
  expect(debugOf(router, { ...opened, severity: "notice" })).toEqual([]);
  router.session("configure terminal", "log severity debug l2tp", "end");
  expect(debugOf(router, { ...opened, severity: "debug" })).toHaveLength(1);
  expect(router.session("show log severity")).toBe("host1#show log severity\ndebug l2tp\ninfo l2tp");
  router.session("no log severity debug l2tp");
  expect(debugOf(router, { ...opened, severity: "debug" })).toEqual([]);
  router.session("no log severity");
  expect(router.switches.size).toBe(0);
  expect(router.shell.execute("no log here").monitor).toBe(false);
  expect(router.printed()).toEqual([]);
});
