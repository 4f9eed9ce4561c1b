/** When IOS configurations let aggressive mode in: for keys that only it can use, and unless it is forbidden. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

const POLICY = ["crypto isakmp policy 10", "authentication pre-share", "exit"];

test.each([
  ["a key for a name", ["crypto isakmp key K hostname sales"], "named"],
  ["a key for a name in a key ring", ["crypto keyring R", "pre-shared-key hostname sales key K"], "named"],
  ["keys for addresses alone", ["crypto isakmp key K address 0.0.0.0"], undefined],
  [
    "aggressive mode forbidden",
    ["crypto isakmp key K hostname sales", "crypto isakmp aggressive-mode disable"],
    undefined,
  ],
])("%s", (_name, lines, expected) => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of [...POLICY, ...lines]) expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  expect(ios.compile(router.store).spec.ikePolicies[0]?.aggressiveMode).toBe(expected);
  for (const line of lines) expect(router.printed).toContain(line);
});
