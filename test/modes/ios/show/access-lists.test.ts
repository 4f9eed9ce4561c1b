/** `show access-lists`: a line for each line that was typed, however many conditions it comes to. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { accessLists, showAccessLists } from "../../../../src/modes/ios/show/access-lists.ts";
import { TestShell } from "../../../support/shell.ts";

/** A line, what it prints where not the same, and in how many parts its matches are counted. */
const LINES: readonly (readonly [typed: string, printed: string | undefined, parts: number])[] = [
  ["permit udp any any eq isakmp non500-isakmp", undefined, 2],
  ["permit udp any any eq 4500 isakmp 1701", "permit udp any any eq non500-isakmp isakmp 1701", 3],
  ["permit tcp any eq ftp www host 10.0.0.1 eq telnet smtp pop3", undefined, 6],
  ["permit tcp any eq ftp www any gt 1023", undefined, 2],
  ["deny tcp any neq ftp any range ftp-data ftp", undefined, 1],
  ["permit tcp any any eq 0", undefined, 1],
  ["permit ip any any", undefined, 1],
];

test("an entry with several ports is one line with all of them and the sum of its matches", () => {
  const router = new TestShell(ios);
  expect(router.load(`ip access-list extended L\n${LINES.map(([line]) => ` ${line}\n`).join("")}`).refused).toEqual([]);
  const { spec } = ios.compile(router.store);
  const count = LINES.reduce((sum, [, , parts]) => sum + parts, 0);
  // Bits of their own: every sum tells which parts it is of.
  const counted = Array.from({ length: count }, (_, part) => 2 ** part);
  const snapshot = { spec, accessListMatches: { L: counted } } as unknown as Parameters<typeof accessLists>[0];
  const sums = LINES.map(([, , parts], index) => {
    const first = LINES.slice(0, index).reduce((sum, [, , before]) => sum + before, 0);
    return 2 ** first * (2 ** parts - 1);
  });
  expect(showAccessLists(accessLists(snapshot))).toEqual([
    "Extended IP access list L",
    ...LINES.map(([typed, printed = typed], index) => `    ${10 * (index + 1)} ${printed} (${sums[index]} matches)`),
  ]);
});
