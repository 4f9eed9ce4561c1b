/** Access lists without sequence numbers: each entry finds its place, however long the list is. */

import { expect, test } from "vitest";
import { extendedEntry, extendedNamed } from "../../../src/modes/ios/commands/access-list.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { growth } from "../../support/growth.ts";
import { TestShell } from "../../support/shell.ts";

const host = (index: number): string => `permit ip host 10.0.${index >> 8}.${index & 255} any`;

function sequences(router: TestShell): readonly unknown[] {
  const { chassis } = router.store;
  const [list] = chassis.all(extendedNamed);
  if (list === undefined) throw new Error("there is no list");
  return chassis.under(list, extendedEntry).map(({ values }) => values.sequence);
}

function typed(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  return router;
}

test("eight times the entries cost about eight times as much, by name and by number", () => {
  const named = (count: number): void => {
    new TestShell(ios).load(
      ["ip access-list extended L", ...Array.from({ length: count }, (_, i) => host(i))].join("\n"),
    );
  };
  const numbered = (count: number): void => {
    new TestShell(ios).load(Array.from({ length: count }, (_, i) => `access-list 101 ${host(i)}`).join("\n"));
  };
  expect(growth(named, 250, 8)).toBeLessThan(24);
  expect(growth(numbered, 250, 8)).toBeLessThan(24);
});

test("an entry goes behind the last, also after entries were taken out, changed or resequenced", () => {
  const router = typed("ip access-list extended L", host(1), host(2), "5 deny ip any host 10.9.9.9", host(3), host(2));
  expect(sequences(router)).toEqual([10, 20, 5, 30]);
  router.shell.execute("no 30");
  router.shell.execute(host(4));
  expect(sequences(router)).toEqual([10, 20, 5, 30]);
  router.shell.execute("10 permit icmp any any");
  router.shell.execute(host(1));
  expect(sequences(router)).toEqual([10, 20, 5, 30, 40]);
  router.shell.execute("ip access-list resequence L 100 1");
  router.shell.execute("ip access-list extended L");
  router.shell.execute(host(7));
  expect([...sequences(router)].sort()).toEqual([100, 101, 102, 103, 104, 114]);
});
