/** Keys of type 6: read where their master key is given, hidden where the box hides them, and told apart where it is not there. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

const HIDDEN = "fe_a`iJYE\\DZYJhDhTP[`MYaTgRH_MAAB";
const KEYS = `crypto isakmp key 6 ${HIDDEN} address 192.0.2.1
crypto keyring K
  pre-shared-key address 192.0.2.2 key 6 ${HIDDEN}`;
const MASTER = "key config-key password-encrypt Cisco123";

function loaded(...texts: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.load(texts.join("\n"));
  return router;
}

function keysOf(router: TestShell): string[] {
  return ios.compile(router.store).spec.preSharedKeys.map(({ key }) => key.reveal());
}

function warningsOf(router: TestShell): string {
  return ios.compile(router.store).warnings.join("; ");
}

test.each([[[MASTER, KEYS]], [[KEYS, MASTER]]])("with their master key they are used: %j", (texts) => {
  const router = loaded(...texts);
  expect(keysOf(router)).toEqual(["Cisco123", "Cisco123"]);
  expect(warningsOf(router)).not.toContain("encrypted key");
});

test("the master key is never printed, and type 6 keys print as they were", () => {
  const { printed } = loaded(MASTER, KEYS);
  expect(printed).not.toContain("Cisco123");
  expect(printed).not.toContain("config-key");
  expect(printed).toContain(`crypto isakmp key 6 ${HIDDEN} address 192.0.2.1`);
});

test("without it, or with another one, they are no keys, and it is said which of both it is", () => {
  expect(keysOf(loaded(KEYS))).toEqual([]);
  expect(warningsOf(loaded(KEYS))).toContain("without its master key");
  const other = loaded("key config-key password-encrypt another-one", KEYS);
  expect(keysOf(other)).toEqual([]);
  expect(warningsOf(other)).toContain("not encrypted under the master key");
  expect(keysOf(loaded(MASTER, KEYS, "no key config-key password-encrypt"))).toEqual([]);
});

test("`password encryption aes` hides keys in the clear under it; without one they stay", () => {
  const clear = "crypto isakmp key zebra address 192.0.2.1";
  expect(loaded("password encryption aes", clear).printed).toContain(clear);
  const router = loaded("password encryption aes", MASTER, clear, "radius-server key zebra");
  expect(router.printed).not.toContain("zebra");
  expect(router.printed).toMatch(/\ncrypto isakmp key 6 [A-i]+ address 192\.0\.2\.1 *\n/);
  expect(router.printed).toMatch(/\nradius-server key 6 [A-i]+\n/);
  expect(keysOf(router)).toEqual(["zebra"]);
  expect(keysOf(loaded(MASTER, router.printed))).toEqual(["zebra"]);
});

test("a configuration that is replaced by one of a file, which cannot say it, has the same master key", () => {
  const router = loaded(MASTER, KEYS);
  router.kept.running.replace(`hostname B\n${KEYS}\n`, "somebody");
  expect(router.printed).toContain("hostname B");
  expect(keysOf(router)).toEqual(["Cisco123", "Cisco123"]);
  router.kept.running.replace("key config-key password-encrypt another-one\n", "somebody");
  router.load(KEYS);
  expect(keysOf(router)).toEqual([]);
});

test("a log of what was typed shows every key but that one", () => {
  const router = loaded("archive\nlog config\nlogging enable");
  const { commandLog } = router.kept.running;
  for (const command of [MASTER, "crypto isakmp key zebra address 192.0.2.1"]) {
    commandLog.add({ user: "fred", line: "con 0", command });
  }
  expect(commandLog.commands.map(({ command }) => command)).toEqual([
    "key config-key password-encrypt ********",
    "crypto isakmp key zebra address 192.0.2.1",
  ]);
});

test("a master key has 8 characters at least", () => {
  const router = loaded();
  router.shell.enterConfiguration();
  expect(router.shell.execute("key config-key password-encrypt short").ok).toBe(false);
});
