/** A peer has one pre-shared key: another is refused until the first is taken away. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { differenceBetween } from "../../../src/modes/tree/difference.ts";
import { TestShell } from "../../support/shell.ts";

function routerWith(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.load(`${lines.join("\n")}\n`);
  router.shell.enterConfiguration();
  return router;
}

const keysOf = (router: TestShell): readonly string[] => router.printed.match(/^crypto isakmp key .*/gm) ?? [];

test.each([
  ["address 192.0.2.1", "address 192.0.2.1", "address mask 192.0.2.1 255.255.255.255"],
  ["address 192.0.2.1", "address 192.0.2.1 255.255.255.255", "address mask 192.0.2.1 255.255.255.255"],
  ["address 192.0.2.1 255.255.255.255", "address 192.0.2.1", "address mask 192.0.2.1 255.255.255.255"],
  ["address 0.0.0.0", "address 0.0.0.0 0.0.0.0", "address mask 0.0.0.0 0.0.0.0"],
  ["address 192.0.2.0 255.255.255.0", "address 192.0.2.0 255.255.255.0", "address mask 192.0.2.0 255.255.255.0"],
  ["hostname office", "hostname office", "hostname office"],
  ["address ipv6 2001:DB8::/32", "address ipv6 2001:db8:0::/32", "address 2001:DB8::/32"],
])("beside a key for `%s` one for `%s` is refused", (first, second, said) => {
  const router = routerWith(`crypto isakmp key first ${first}`);
  const before = router.store.clone();
  expect(router.shell.execute(`crypto isakmp key second ${second}`)).toMatchObject({
    ok: false,
    lines: [`A pre-shared key for ${said} already exists!`],
  });
  expect(router.store).toEqual(before);
  expect(router.shell.execute(`no crypto isakmp key first ${first}`).changed).toBe(true);
  expect(router.shell.execute(`crypto isakmp key second ${second}`)).toMatchObject({ ok: true, changed: true });
});

test("a keyring has one key for a peer, and another ring may have another", () => {
  const router = routerWith("crypto keyring A", "  pre-shared-key address 192.0.2.1 key 0 first");
  router.shell.execute("crypto keyring A");
  const before = router.store.clone();
  for (const [line, said] of [
    ["address 192.0.2.1 key second", "address mask 192.0.2.1 255.255.255.255"],
    ["address 192.0.2.1 255.255.255.255 key first", "address mask 192.0.2.1 255.255.255.255"],
  ] as const) {
    const lines = [`A pre-shared key for ${said} already exists!`];
    expect(router.shell.execute(`pre-shared-key ${line}`), line).toMatchObject({ ok: false, lines });
    expect(router.store).toEqual(before);
  }
  expect(router.printed).toContain("\n  pre-shared-key address 192.0.2.1 key first\n");
  for (const line of [
    "address 192.0.2.1 key first",
    "hostname office key 0 first",
    "address ipv6 2001:DB8::/32 key one",
  ])
    expect(router.shell.execute(`pre-shared-key ${line}`).ok, line).toBe(true);
  expect(router.shell.execute("pre-shared-key hostname office key second").ok).toBe(false);
  expect(router.shell.execute("pre-shared-key address ipv6 2001:db8::/32 key two").ok).toBe(false);
  expect(router.shell.execute("no pre-shared-key address 192.0.2.1 key 0 first").changed).toBe(true);
  expect(router.shell.execute("pre-shared-key address 192.0.2.1 key second").ok).toBe(true);
  router.shell.execute("crypto keyring B");
  expect(router.shell.execute("pre-shared-key address 192.0.2.1 key third").ok).toBe(true);
});

test("the same line again is no fault, a key for other addresses neither", () => {
  const router = routerWith("crypto isakmp key one address 192.0.2.0 255.255.255.0 no-xauth");
  for (const [line, changed] of [
    ["crypto isakmp key one address 192.0.2.0 255.255.255.0 no-xauth", false],
    ["crypto isakmp key 0 one address 192.0.2.0 255.255.255.0 no-xauth", false],
    ["crypto isakmp key two address 192.0.2.0", true],
    ["crypto isakmp key three address 192.0.2.0 255.255.0.0", true],
  ] as const) {
    expect(router.shell.execute(line), line).toMatchObject({ ok: true, changed, lines: [] });
  }
});

test("a key in the clear prints without the 0 that says so, and goes by either spelling", () => {
  const lines = ["address 192.0.2.1", "hostname office", "address ipv6 2001:DB8::/32"];
  const router = routerWith(...lines.map((peer) => `crypto isakmp key 0 secret ${peer}`));
  expect(keysOf(router)).toEqual(lines.map((peer) => `crypto isakmp key secret ${peer}`));
  for (const peer of lines) expect(router.shell.execute(`no crypto isakmp key 0 secret ${peer}`).changed).toBe(true);
  expect(keysOf(router)).toEqual([]);
});

test("what leads from one key to another takes the first away before", () => {
  const before = routerWith("crypto isakmp key one address 192.0.2.1", "crypto isakmp key same hostname office");
  const after = routerWith("crypto isakmp key two address 192.0.2.1", "crypto isakmp key same hostname office");
  const { commands } = differenceBetween(before.store, after.store, ios);
  expect(commands).toEqual(["no crypto isakmp key one address 192.0.2.1", "crypto isakmp key two address 192.0.2.1"]);
  for (const line of commands) expect(before.shell.execute(line).ok, line).toBe(true);
  expect([...keysOf(before)].sort()).toEqual([...keysOf(after)].sort());
});
