/** An entry of a crypto map names transform sets that are there: they come before it where lines are typed. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

const SET = "crypto ipsec transform-set TS esp-3des esp-sha-hmac";
const MAPS = ["crypto dynamic-map D 10", "crypto map M 10 ipsec-isakmp"];

function typed(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) router.shell.execute(line);
  return router;
}

test.each(MAPS)("in `%s` a name that no transform set has is refused and changes nothing", (map) => {
  const router = typed(SET, map);
  const before = router.store.clone();
  expect(router.shell.execute("set transform-set TS OTHER")).toMatchObject({
    ok: false,
    changed: false,
    lines: ["ERROR: transform set with tag OTHER does not exist."],
  });
  expect(router.store).toEqual(before);
  expect(router.shell.execute("set transform-set TS")).toMatchObject({ ok: true, changed: true });
});

test("in a listing the transform set and the map may stand behind the lines that name them", () => {
  const router = new TestShell(ios);
  const { refused } = router.load(
    [
      "interface FastEthernet0/0",
      " crypto map M",
      "crypto map M 10 ipsec-isakmp dynamic D",
      "crypto dynamic-map D 10",
      " set transform-set TS",
      " set transform-set OTHER",
      SET,
    ].join("\n"),
  );
  expect(refused.map(({ text }) => text)).toEqual([" set transform-set OTHER"]);
  expect(router.printed).toMatch(/^ set transform-set TS $/m);
  expect(router.printed).toMatch(/^ crypto map M$/m);
  expect(new TestShell(ios).load(router.printed).refused).toEqual([]);
});
