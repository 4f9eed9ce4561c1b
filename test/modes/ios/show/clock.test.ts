import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { civilTime } from "../../../../src/modes/ios/log-style.ts";
import { clockLine, summerLines } from "../../../../src/modes/ios/show/clock.ts";
import { TestShell } from "../../../support/shell.ts";

function shown(configuration: string, at: string): string[] {
  const router = new TestShell(ios);
  expect(router.load(configuration).refused).toEqual([]);
  expect(router.printed).toContain(configuration);
  const [time, now] = [civilTime(router.store.chassis), new Date(at)];
  return [clockLine(now, time, true), ...summerLines(now, time)];
}

const BERLIN = "clock timezone CET 1\nclock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00";

test("summer time has its own name, and `detail` says when it begins and ends", () => {
  const changes = ["Summer time starts 02:00:00 CET Sun Mar 29 2026", "Summer time ends 03:00:00 CEST Sun Oct 25 2026"];
  expect(shown(BERLIN, "2026-07-06T12:00:00.5Z")).toEqual(["14:00:00.500 CEST Mon Jul 6 2026", ...changes]);
  expect(shown(BERLIN, "2026-03-29T00:59:59Z")[0]).toBe("01:59:59.000 CET Sun Mar 29 2026");
  expect(shown(BERLIN, "2026-03-29T01:00:00Z")[0]).toBe("03:00:00.000 CEST Sun Mar 29 2026");
});

test("south of the equator it ends in the next year", () => {
  const sydney = "clock timezone AEST 10\nclock summer-time AEDT recurring 1 Sun Oct 2:00 1 Sun Apr 3:00";
  expect(shown(sydney, "2026-01-01T00:00:00Z")).toEqual([
    "11:00:00.000 AEDT Thu Jan 1 2026",
    "Summer time starts 02:00:00 AEST Sun Oct 4 2026",
    "Summer time ends 03:00:00 AEDT Sun Apr 4 2027",
  ]);
});

test("without it there is nothing to say", () => {
  expect(shown("clock timezone IST 5 30", "2026-07-06T12:00:00Z")).toEqual(["17:30:00.000 IST Mon Jul 6 2026"]);
});
