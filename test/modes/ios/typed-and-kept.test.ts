/** What is typed and what the running configuration makes of it, where the two are not the same. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function typed(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  return router;
}

const SET = "crypto ipsec transform-set X";
const MAP = "crypto map M 10 ipsec-isakmp";
const LIFETIME = "set security-association lifetime";
const HISTORY = "vpdn history failure";
const SPI_MATCHING = "crypto ipsec nat-transparency spi-matching";
const POLICY = "crypto isakmp policy 10";

test.each([
  [[`${SET} esp-aes 128 esp-sha-hmac`], [`${SET} esp-aes esp-sha-hmac `]],
  [[`${SET} esp-aes 256`], [`${SET} esp-aes 256 `]],
  [[`${SET} esp-gcm 128`], [`${SET} esp-gcm `]],
  [[`${SET} esp-sha-hmac esp-3des`], [`${SET} esp-3des esp-sha-hmac `]],
  [[`${SET} comp-lzs`], [`${SET} comp-lzs `]],
  [[`${SET} comp-lzs esp-3des esp-sha-hmac`], [`${SET} esp-3des esp-sha-hmac comp-lzs `]],
  [[`${SET} esp-3des esp-sha-hmac ah-md5-hmac`], [`${SET} ah-md5-hmac esp-3des esp-sha-hmac `]],
  [
    [POLICY, "encryption aes 128"],
    [POLICY, " encr aes"],
  ],
  [[POLICY, "encr aes 256", "no encr"], [POLICY]],
  [[SPI_MATCHING, `no ${SPI_MATCHING}`], []],
  [[`${HISTORY} table-size 21`], [`${HISTORY} table-size 21`]],
  [[`${HISTORY} table-size 21`, `no ${HISTORY} table-size`], []],
  [
    [`no ${HISTORY}`, `${HISTORY} table-size 21`],
    [`no ${HISTORY}`, `${HISTORY} table-size 21`],
  ],
  [
    [MAP, `${LIFETIME} seconds 500`, `${LIFETIME} days 2`],
    [`${MAP} `, ` ${LIFETIME} days 2`],
  ],
  [
    [MAP, `${LIFETIME} days 2`, `${LIFETIME} seconds 500`],
    [`${MAP} `, ` ${LIFETIME} seconds 500`],
  ],
])("%j is kept as %j", (lines, kept) => {
  const before = typed().printed.split("\n");
  const { printed } = typed(...lines);
  const added = printed.split("\n").filter((line) => !before.includes(line) && line !== " mode tunnel");
  expect(added).toEqual(kept);
  const again = new TestShell(ios);
  expect(again.load(printed).refused).toEqual([]);
  expect(again.printed).toBe(printed);
});

test.each([
  ["", `${SET} esp-3des 128`, `${SET} esp-3des `],
  ["", `${SET} esp-3des esp-des`, `${SET} esp-3des esp-`],
  [POLICY, "encr 3des 128", "encr 3des "],
])("in `%s` %j is understood as far as %j", (mode, line, known) => {
  const router = typed(...(mode === "" ? [] : [mode]));
  const caret = " ".repeat(router.shell.prompt().length + known.length);
  expect(router.shell.execute(line)).toMatchObject({ ok: false, changed: false });
  expect(router.shell.execute(line).lines[0]).toBe(`${caret}^`);
});

test("a word that may be several in the mode is told as such, whatever the modes around it know of it", () => {
  const line = "sourc vpdn-template";
  expect(typed("vpdn-group G").shell.execute(line).lines).toEqual([`% Ambiguous command:  "${line}"`, ""]);
});

test("a set of compression alone has nothing to offer", () => {
  const router = typed(`${SET} comp-lzs`, "exit", "crypto dynamic-map D 1", "set transform-set X", "exit");
  for (const line of ["crypto map M 10 ipsec-isakmp dynamic D", "interface FastEthernet0/0", "crypto map M"]) {
    router.shell.execute(line);
  }
  expect(ios.compile(router.store).warnings.join("\n")).toContain("comp-lzs alone protects nothing");
});

test("a profile of IKE says that it matches nobody, until it does", () => {
  const INCOMPLETE = "% A profile is deemed incomplete until it has match identity statements";
  const PROFILE = "crypto isakmp profile P";
  const router = typed();
  expect(router.shell.execute(PROFILE)).toMatchObject({ ok: true, lines: [INCOMPLETE] });
  expect(router.shell.execute("match identity address 192.0.2.1")).toMatchObject({ ok: true, lines: [] });
  expect(router.shell.execute(PROFILE)).toMatchObject({ ok: true, lines: [] });
  expect(router.shell.execute("match certificate MAP")).toMatchObject({ ok: true, lines: [] });
  router.shell.execute("no match identity address 192.0.2.1");
  expect(router.shell.execute(PROFILE).lines).toEqual([]);
  router.shell.execute("no match certificate MAP");
  expect(router.shell.execute(PROFILE).lines).toEqual([INCOMPLETE]);
});
