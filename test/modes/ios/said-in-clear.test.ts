/** Passwords and keys in the clear: where the box says so with `0`, where it does not, and what it hides as type 7. */

import { expect, test } from "vitest";
import { decodeType7 } from "../../../src/modes/common/type7.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

/** The last line that is printed of these. */
function printed(...lines: readonly string[]): string {
  const router = new TestShell(ios);
  router.load(lines.join("\n"));
  const word = (lines.at(-1) ?? "").trim().split(" ")[0] ?? "";
  const found = router.printed.split("\n").findLast((line) => line.trim().startsWith(`${word} `));
  // What is printed is read again as what it was.
  const again = new TestShell(ios);
  again.load(router.printed);
  expect(again.printed).toBe(router.printed);
  return found?.trim() ?? "";
}

const SILENT = [
  ["radius-server key"],
  ["tacacs-server key"],
  ["radius-server host 10.0.0.1 auth-port 1812 acct-port 1813 key"],
  ["radius server R", " key"],
  ["tacacs server R", " key"],
  ["aaa group server radius G", " server-private 10.0.0.9 auth-port 1812 acct-port 1813 key"],
  ["enable password"],
  ["line vty 0 4", " password"],
  ["interface Virtual-Template1", " ip ospf authentication-key"],
  ["key chain C", " key 1", "  key-string"],
  ["router bgp 1", " neighbor 10.0.0.1 password"],
  ["l2tp-class C", " password"],
  ["ip ftp password"],
];
const SAID = [
  ["username u password"],
  ["vpdn-group 1", " l2tp tunnel password"],
  ["interface Virtual-Template1", " ppp chap password"],
  ["interface Virtual-Template1", " ppp pap sent-username u password"],
];

function behind(place: readonly string[], words: string): [string[], string] {
  const last = `${place.at(-1)} ${words}`;
  return [[...place.slice(0, -1), last], last.trim()];
}

test.each(SILENT)("`%s %s`: the 0 in front of a key goes, unless the key would be taken for a type", (...place) => {
  const said = place.filter((line) => line !== undefined);
  for (const words of ["zebra", "0 zebra"]) expect(printed(...behind(said, words)[0])).toBe(behind(said, "zebra")[1]);
  expect(printed(...behind(said, "0 7")[0])).toBe(behind(said, "0 7")[1]);
});

test.each(SAID)("`%s %s`: the box says 0 whether it was typed or not", (...place) => {
  const said = place.filter((line) => line !== undefined);
  for (const words of ["zebra", "0 zebra"]) expect(printed(...behind(said, words)[0])).toBe(behind(said, "0 zebra")[1]);
});

test.each([...SILENT, ...SAID])("`%s %s` is hidden by `service password-encryption`", (...place) => {
  const said = place.filter((line) => line !== undefined);
  const line = printed("service password-encryption", ...behind(said, "zebra")[0]);
  expect(line).toMatch(/ 7 \S+$/);
  expect(decodeType7(line.split(" ").at(-1) ?? "")).toBe("zebra");
});
