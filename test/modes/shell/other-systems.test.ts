/** Lines and files of systems that are taken for ours: whose they are is said, and nothing of ours is said to be theirs. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { neitherText } from "../../../src/modes/recognise.ts";
import { otherSystemOf, otherSystemText } from "../../../src/modes/shell/other-systems.ts";
import { TestShell } from "../../support/shell.ts";

const fixtures = new URL("../../../fixtures/", import.meta.url);

function listing(name: string): string {
  return readFileSync(new URL(name, fixtures), "utf8");
}

const THEIRS = [
  ["Cisco ASA", "crypto map M interface outside"],
  ["Cisco ASA", "crypto dynamic-map D 10 set transform-set T"],
  ["Cisco ASA", "sysopt connection permit-vpn"],
  ["Cisco ASA", " nameif outside"],
  ["Cisco ASA", "tunnel-group DefaultRAGroup general-attributes"],
  ["Cisco ASA", "access-list OUT extended permit udp any any eq 1701"],
  ["Cisco ASA", "isakmp enable outside"],
  ["Cisco ASA", "vpdn group 1 accept dialin l2tp"],
  ["Cisco ASA", "nat (inside) 0 access-list NONAT"],
  ["Cisco ASA", "route outside 0.0.0.0 0.0.0.0 198.51.100.1 1"],
  ["Junos", "set system host-name r1"],
  ["Junos", "system {"],
  ["Junos", "    host-name r1;"],
  ["Junos", "}"],
  ["Cisco IOS XR", " ipv4 address 192.0.2.1 255.255.255.0"],
  ["Cisco IOS XR", "route-policy PASS"],
  ["Cisco IOS XR", "end-policy"],
  ["Cisco NX-OS", "feature interface-vlan"],
  ["Cisco NX-OS", "vrf context management"],
  ["Cisco NX-OS", "vpc domain 10"],
] as const;

test.each(THEIRS)("of %s: `%s`, in either dialect", (name, line) => {
  for (const dialect of [ios, junose]) {
    const { refused } = new TestShell(dialect).load(line);
    const told = refused.map(({ outcome }) => (outcome.kind === "refused" ? outcome.fault : undefined));
    expect(told).toMatchObject([{ state: "unknown", reason: `a line of ${name}`, expected: [] }]);
  }
});

test("no line that a dialect knows is said to be of another system", () => {
  const known = ["ios", "junose", "ios-exec", "junose-exec"].flatMap((name) =>
    listing(`coverage/${name}.txt`)
      .split("\n")
      .filter((line) => /^[+~-] /.test(line))
      .map((line) => line.slice(2)),
  );
  const typed = readdirSync(new URL("configs/", fixtures)).flatMap((name) => listing(`configs/${name}`).split(/\r?\n/));
  expect([...known, ...typed].filter((line) => otherSystemOf(line) !== undefined)).toEqual([]);
});

test.each(readdirSync(new URL("configs/", fixtures)))("%s is of one of ours", (name) => {
  expect(otherSystemText(listing(`configs/${name}`))).toBeUndefined();
});

test("a whole file is told by its head, or by one line of five", () => {
  const said = (name: string) => `it looks like a configuration of ${name}, which is not read here`;
  expect(otherSystemText("!! IOS XR Configuration 5.3.3\nhostname r1\n")).toBe(said("Cisco IOS XR"));
  const nameless = "interface Vlan1\n ip address 192.0.2.1 255.255.255.0\n nameif inside\n security-level 100\n";
  expect(otherSystemText(nameless)).toBeUndefined();
  expect(otherSystemText(`${nameless}mtu inside 1500\n`)).toBe(said("Cisco ASA"));
  expect(otherSystemText(`${nameless}mtu inside 1500\n${"hostname r1\n".repeat(11)}`)).toBeUndefined();
  expect(neitherText("system {\n host-name r1;\n}\n")).toContain(said("Junos"));
  expect(neitherText("what is this")).toBe("neither an IOS nor a JunosE configuration; say which with --dialect");
});
