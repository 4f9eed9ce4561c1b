/** Texts that are said to be hidden: one that can hide nothing is refused by every command that takes one. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

/** Commands that take a text of type 7, each behind the lines that lead to it. */
const PLACES: readonly (readonly string[])[] = [
  ["enable password 7 %"],
  ["username bob password 7 %"],
  ["line vty 0 4", "password 7 %"],
  ["vpdn-group A", "l2tp tunnel password 7 %"],
  ["l2tp-class C", "password 7 %"],
  ["l2tp-class C", "digest secret 7 % hash md5"],
  ["interface Virtual-Template1", "ppp chap password 7 %"],
  ["interface Virtual-Template1", "ppp pap sent-username u password 7 %"],
  ["radius-server key 7 %"],
  ["radius-server host 10.0.0.1 key 7 %"],
  ["tacacs-server key 7 %"],
  ["radius server R", "key 7 %"],
  ["ip ftp password 7 %"],
  ["crypto pki trustpoint CA", "password 7 %"],
  ["key chain K", "key 1", "key-string 7 %"],
  ["router ospf 1", "area 0 virtual-link 10.0.0.1 authentication-key 7 %"],
];

test.each(PLACES.map((lines) => [lines.join(" / "), lines] as const))("%s", (_name, lines) => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines.slice(0, -1)) expect(router.shell.execute(line).ok, line).toBe(true);
  const before = router.store.clone();
  const say = (text: string) => router.shell.execute((lines.at(-1) ?? "").replace("%", text));
  for (const text of ["zzz", "0", "070C285F4", "99070C28"]) {
    expect(say(text), text).toMatchObject({ ok: false, lines: ["Invalid encrypted password"] });
    expect(router.store).toEqual(before);
  }
  expect(say("070C285F4D06")).toMatchObject({ ok: true, changed: true });
});

test("a text in the clear may begin with a 7, and a hash is looked at as a hash", () => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of ["username a password 0 7 up", "username b password 70s", "username c secret 0 7"]) {
    expect(router.shell.execute(line).ok, line).toBe(true);
  }
  for (const type of ["5", "8", "9"]) {
    expect(router.shell.execute(`username d secret ${type} zzz`), type).toMatchObject({
      ok: false,
      lines: ["ERROR: The secret you entered is not a valid encrypted secret."],
    });
  }
});
