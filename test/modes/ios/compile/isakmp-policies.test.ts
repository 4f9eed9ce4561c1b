/** Policies of IKE as the engine is given them. */

import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

function compiled(...lines: readonly string[]) {
  const made = new TestShell(ios);
  made.load(lines.join("\n"));
  return ios.compile(made.store);
}

const ENCRYPTED = ["crypto isakmp policy 5", " authentication rsa-encr"];

test("a policy with public-key encryption lets nobody in, and says so", () => {
  const { spec, warnings } = compiled(...ENCRYPTED, "crypto isakmp policy 9", " authentication pre-share");
  expect(spec.ikePolicies.map(({ priority, authentication }) => [priority, authentication])).toEqual([
    [9, "preShared"],
  ]);
  expect(warnings).toContainEqual(expect.stringMatching(/^crypto isakmp policy 5: authentication rsa-encr .*no peer/));
});

test("where it is the only one, the default suite does not stand in for it", () => {
  expect(compiled(...ENCRYPTED).spec.ikePolicies).toEqual([]);
  expect(compiled("hostname a").spec.ikePolicies).toHaveLength(1);
});
