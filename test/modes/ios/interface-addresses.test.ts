/** The addresses of interfaces among each other: which networks may stand side by side, and what goes with a VRF. */

import { describe, expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { differenceBetween } from "../../../src/modes/tree/difference.ts";
import { TestShell } from "../../support/shell.ts";

const TWO = `ip vrf RED
interface FastEthernet0/0
 ip address 10.0.0.1 255.255.0.0
 ip address 172.16.0.1 255.255.255.0 secondary
interface FastEthernet0/1
`;

function at(port: string, configuration = TWO): TestShell {
  const router = new TestShell(ios);
  expect(router.load(configuration).refused).toEqual([]);
  router.shell.enterConfiguration();
  router.shell.execute(`interface ${port}`);
  return router;
}

describe("a network stands on one interface of a VRF", () => {
  test.each([
    ["ip address 10.0.0.2 255.255.0.0", "% 10.0.0.0 overlaps with FastEthernet0/0"],
    ["ip address 10.0.9.1 255.255.255.0", "% 10.0.9.0 overlaps with FastEthernet0/0"],
    ["ip address 10.200.0.1 255.0.0.0", "% 10.0.0.0 overlaps with FastEthernet0/0"],
    ["ip address 172.16.0.9 255.255.255.255", "% 172.16.0.9 overlaps with FastEthernet0/0"],
    ["ip address 172.16.0.9 255.255.255.0 secondary", "% 172.16.0.0 overlaps with FastEthernet0/0"],
  ])("%s is refused", (line, text) => {
    const router = at("FastEthernet0/1");
    const before = router.store.clone();
    expect(router.shell.execute(line)).toMatchObject({ ok: false, lines: [text] });
    expect(router.store).toEqual(before);
  });

  test("a network beside it, its own network once more and one in another VRF are taken", () => {
    const router = at("FastEthernet0/1");
    expect(router.shell.execute("ip address 10.1.0.1 255.255.0.0").ok).toBe(true);
    expect(router.shell.execute("ip address 10.1.0.2 255.255.255.0").ok).toBe(true);
    expect(router.shell.execute("ip vrf forwarding RED").lines).toEqual([
      "% Interface FastEthernet0/1 IP address 10.1.0.2 removed due to enabling VRF RED",
    ]);
    expect(router.shell.execute("ip address 10.0.0.2 255.255.0.0").ok).toBe(true);
    expect(router.shell.execute("no ip vrf forwarding").lines).toEqual([
      "% Interface FastEthernet0/1 IP address 10.0.0.2 removed due to disabling VRF RED",
    ]);
    expect(router.printed).not.toContain("10.0.0.2");
  });

  test("the VRF that an interface has already takes nothing away", () => {
    const router = at("FastEthernet0/0", TWO.replace(" ip address 10", " ip vrf forwarding RED\n ip address 10"));
    expect(router.shell.execute("ip vrf forwarding RED").lines).toEqual([]);
    expect(router.printed).toContain(" ip address 10.0.0.1 255.255.0.0");
  });
});

test("one that is shut down may have the network of another, and does not come up with it", () => {
  const router = at("FastEthernet0/1");
  for (const line of ["shutdown", "ip address 10.0.0.2 255.255.0.0"]) {
    expect(router.shell.execute(line).ok, line).toBe(true);
  }
  expect(router.shell.execute("no shutdown")).toMatchObject({
    ok: false,
    lines: ["% 10.0.0.0 overlaps with FastEthernet0/0", "FastEthernet0/1: incorrect IP address assignment"],
  });
  const again = new TestShell(ios);
  expect(again.load(router.printed).refused).toEqual([]);
  expect(again.printed).toBe(router.printed);
});

test("an interface says that it has no address, until it has one of whatever kind", () => {
  const router = at("FastEthernet0/0");
  const shown = (line: string): string[] => {
    expect(router.shell.execute(line).ok, line).toBe(true);
    return router.printed.split("\n").filter((each) => /^ (no )?ip (address|unnumbered)/.test(each));
  };
  expect(shown("no ip address")).toEqual([" no ip address"]);
  expect(shown("ip address 10.0.0.1 255.255.255.0")).toEqual([" ip address 10.0.0.1 255.255.255.0"]);
  expect(shown("no ip address 10.0.0.1 255.255.255.0")).toEqual([]);
  expect(shown("no ip address")).toEqual([" no ip address"]);
  expect(shown("ip address dhcp")).toEqual([" ip address dhcp"]);
  expect(shown("no ip address")).toEqual([" no ip address"]);
  expect(shown("ip unnumbered Loopback0")).toEqual([" ip unnumbered Loopback0"]);
  expect(shown("default ip unnumbered")).toEqual([]);
  expect(router.shell.execute("ip address").error?.kind).toBe("incomplete");
});

test("a VRF is said in one of its two ways", () => {
  const router = at("FastEthernet0/0");
  for (const line of ["ip vrf forwarding RED", "vrf forwarding RED"]) router.shell.execute(line);
  expect(router.printed.match(/.*vrf forwarding RED/g)).toEqual([" vrf forwarding RED"]);
});

test("an address of its own and a borrowed one take each other's place", () => {
  const router = at("FastEthernet0/0");
  router.shell.execute("ip unnumbered Loopback0");
  expect(router.printed).not.toContain("ip address");
  router.shell.execute("ip address 10.0.0.1 255.255.255.0");
  expect(router.printed).not.toContain("unnumbered");
});

test("the commands of a replacement say the addresses again that a VRF takes away", () => {
  const [router, other] = [at("FastEthernet0/0"), at("FastEthernet0/0")];
  for (const line of ["ip vrf forwarding RED", "ip address 10.0.0.1 255.255.0.0"]) other.shell.execute(line);
  const { commands } = router.kept.running.differenceTo(other.store);
  router.shell.end();
  router.shell.enterConfiguration();
  for (const line of commands) expect(router.shell.execute(line).ok, line).toBe(true);
  expect(router.printed).toBe(other.printed);
});

describe("a primary address beside secondary ones", () => {
  const addresses = (router: TestShell): readonly string[] => router.printed.match(/^ (no )?ip address.*/gm) ?? [];

  test.each(["no", "default"])("goes with `%s` once they are gone", (manner) => {
    const router = at("FastEthernet0/0");
    const before = router.store.clone();
    expect(router.shell.execute(`${manner} ip address 10.0.0.1 255.255.0.0`)).toMatchObject({
      ok: false,
      lines: ["Must delete secondary before deleting primary"],
    });
    expect(router.store).toEqual(before);
    for (const line of ["172.16.0.1 255.255.255.0 secondary", "10.0.0.1 255.255.0.0"]) {
      expect(router.shell.execute(`${manner} ip address ${line}`), line).toMatchObject({ ok: true, changed: true });
    }
    expect(addresses(router).filter((line) => !line.includes("no "))).toEqual([]);
  });

  test("goes with them by `no ip address`, and another takes its place", () => {
    const router = at("FastEthernet0/0");
    expect(router.shell.execute("ip address 10.0.0.2 255.255.0.0").ok).toBe(true);
    expect(addresses(router)).toHaveLength(2);
    expect(router.shell.execute("no ip address")).toMatchObject({ ok: true, changed: true });
    expect(addresses(router).filter((line) => !line.includes("no "))).toEqual([]);
  });

  test("what leads to an interface without any takes the secondary ones first", () => {
    const [before, after] = [at("FastEthernet0/0"), at("FastEthernet0/0")];
    after.shell.execute("no ip address");
    after.shell.execute("exit");
    before.shell.execute("exit");
    for (const line of differenceBetween(before.store, after.store, ios).commands) {
      expect(before.shell.execute(line).ok, line).toBe(true);
    }
    expect(addresses(before)).toEqual(addresses(after));
  });
});
