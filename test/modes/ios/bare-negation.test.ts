/** What `no` with values comes to, and values that stand in one order or within a range whatever was typed. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function typed(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) router.shell.execute(line);
  return router;
}

test.each([
  ["line vty 0 4", "exec-timeout 5 30", "exec-timeout 0 0"],
  ["line vty 0 4", "history size 100", "no history"],
  ["line vty 0 4", "login authentication L", "no login"],
  ["line vty 0 4", "escape-character 3", "escape-character NONE"],
  ["interface Virtual-Template1", "keepalive 20 3", "no keepalive"],
  ["hostname Router", "logging buffered 8192 errors", "no logging buffered"],
  ["hostname Router", "logging console errors", "no logging console"],
  ["hostname Router", "logging trap errors", "no logging trap"],
  ["hostname Router", "service timestamps log datetime msec year", "no service timestamps log uptime"],
])("below `%s`, `no %s` is kept as `%s`, which `default` takes back", (place, line, kept) => {
  const before = typed(place).printed;
  const router = typed(place, line, `no ${line}`);
  const news = router.printed.split("\n").filter((each) => !before.split("\n").includes(each));
  expect(news.map((each) => each.trim())).toEqual([kept]);
  router.shell.execute(`default ${line}`);
  expect(router.printed).toBe(before);
});

test("`default` of one kind leaves what is said of another", () => {
  const router = typed("interface FastEthernet0/0", "no ip route-cache", "default ip route-cache cef");
  expect(router.printed).toContain("\n no ip route-cache\n");
});

test.each(["tag 4 name N", "name N tag 4"])("a route takes `%s` and says its tag first", (said) => {
  const router = typed(`ip route 10.2.0.0 255.255.0.0 192.0.2.1 30 ${said} track 3`);
  expect(router.printed).toContain("\nip route 10.2.0.0 255.255.0.0 192.0.2.1 30 tag 4 name N track 3");
});

test.each([
  ["65535:4294967295", true],
  ["65535:4294967296", false],
  ["65536:65535", true],
  ["65536:65536", false],
  ["4294967295:0", true],
  ["4294967296:0", false],
  ["192.0.2.255:65535", true],
  ["192.0.2.255:65536", false],
  ["192.0.2.256:1", false],
])("six octets hold a route distinguisher %s: %s", (rd, ok) => {
  const router = typed("ip vrf V");
  expect(router.shell.execute(`rd ${rd}`).ok).toBe(ok);
  expect(router.shell.execute(`route-target both ${rd}`).ok).toBe(ok);
});

test("what a line or a template begins with does not print", () => {
  expect(typed("line con 0", "databits 8").printed).not.toContain("databits");
  expect(typed("interface Virtual-Template1", "encapsulation ppp").printed).not.toContain("encapsulation");
  expect(typed("interface Serial0/0", "encapsulation ppp").printed).toContain("\n encapsulation ppp\n");
});
