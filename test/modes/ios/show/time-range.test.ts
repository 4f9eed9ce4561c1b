/** Whether it is a time of the configuration now: by the minute, over midnight, over the end of the week. */

import { expect, test } from "vitest";
import { showTimeRanges, timeRanges } from "../../../../src/modes/ios/show/time-range.ts";

/** Minutes of the week that begins on Sunday, 4 January 2026, in which a range with these lines is active. */
function activeMinutes(...times: readonly string[]): number[] {
  const body = ["time-range T", ...times.map((line) => ` ${line}`)];
  const minutes = Array.from({ length: 7 * 24 * 60 }, (_, minute) => minute);
  return minutes.filter((minute) => timeRanges(body, new Date(Date.UTC(2026, 0, 4, 0, minute)))[0]?.active);
}

const at = (day: number, hour: number, minute = 0): number => (day * 24 + hour) * 60 + minute;
const run = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test.each([
  ["periodic daily 8:00 to 18:00", [0, 1, 2, 3, 4, 5, 6].flatMap((day) => run(at(day, 8), at(day, 18)))],
  ["periodic weekend 0:00 to 23:59", [...run(0, at(0, 23, 59)), ...run(at(6, 0), at(6, 23, 59))]],
  ["periodic Monday Thursday 12:00 to 13:30", [...run(at(1, 12), at(1, 13, 30)), ...run(at(4, 12), at(4, 13, 30))]],
  ["periodic Tuesday 22:00 to 6:00", run(at(2, 22), at(3, 6))],
  ["periodic Saturday 22:00 to 6:00", [...run(0, at(0, 6)), ...run(at(6, 22), at(6, 23, 59))]],
  ["periodic Friday 18:00 to Monday 8:00", [...run(0, at(1, 8)), ...run(at(5, 18), at(6, 23, 59))]],
  ["absolute start 8:00 5 January 2026 end 9:00 January 5 2026", run(at(1, 8), at(1, 9))],
  ["absolute end 12:00 04 January 2026", run(0, at(0, 12))],
])("%s", (line, expected) => {
  expect(activeMinutes(line)).toEqual(expected);
});

test("several periods add up, and what is absolute bounds them", () => {
  expect(
    activeMinutes(
      "absolute start 0:00 5 January 2026 end 23:59 5 January 2026",
      "periodic daily 8:00 to 9:00",
      "periodic weekdays 20:00 to 21:00",
    ),
  ).toEqual([...run(at(1, 8), at(1, 9)), ...run(at(1, 20), at(1, 21))]);
  expect(activeMinutes()).toEqual([]);
});

test("the lists that name a range are counted", () => {
  const body = [
    "access-list 101 permit ip any any time-range WORK",
    "ip access-list extended L",
    " permit tcp any any eq 22 time-range WORK log",
    " permit tcp any any eq 23 time-range WORKERS",
    "time-range WORK",
    " periodic weekdays 8:00 to 18:00",
  ];
  expect(showTimeRanges(timeRanges(body, new Date(Date.UTC(2026, 0, 5, 9))))).toEqual([
    "time-range entry: WORK (active)",
    "   periodic weekdays 8:00 to 18:00",
    "   used in: IP ACL entry",
    "   used in: IP ACL entry",
  ]);
});
