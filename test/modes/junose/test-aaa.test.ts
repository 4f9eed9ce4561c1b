import { expect, test } from "vitest";
import { fixture, TestRouter } from "./router.ts";

function router(): TestRouter {
  const made = new TestRouter();
  made.load(fixture("configs/junose-l2tp-ipsec.cfg").replace("default local none", "default local"));
  return made;
}

test("`test aaa` grants and denies as a session would be, and says where it would stand", () => {
  const { shell } = router();
  expect(shell.execute("test aaa ppp fred fredPw").lines).toEqual([
    "Authentication grant, by profile georgeProfile1",
    "  Virtual router: default",
    "  Address:        from vpnpool",
  ]);
  expect(shell.execute("test aaa ppp fred guess").lines).toEqual([expect.stringMatching(/^Authentication deny: /)]);
  expect(shell.execute("test aaa ppp fred fredPw profile other")).toMatchObject({ ok: false });
});

test("a domain leads to its virtual router and pool, and a user with an address keeps it", () => {
  const made = router();
  made.load(`
aaa domain-map isp.example west
 address-pool-name westPool
aaa local database west
aaa local username ann@isp.example database west
 password annPw
aaa local username eve@isp.example database west
 password evePw
 ip-address 10.77.0.9
virtual-router west
 aaa local select database west
 aaa authentication ppp default local
 ip local pool westPool 10.77.0.1 10.77.0.5
`);
  expect(made.shell.execute("test aaa ppp ann@isp.example annPw").lines.slice(1)).toEqual([
    "  Virtual router: west",
    "  Address:        from westPool",
  ]);
  expect(made.shell.execute("test aaa ppp eve@isp.example evePw").lines.at(-1)).toBe("  Address:        10.77.0.9");
});

test("nothing is counted and nobody is told of", () => {
  const made = router();
  made.shell.execute("test aaa ppp fred fredPw");
  expect(made.requests).toEqual([]);
  expect(made.shell.execute("show aaa statistics").lines).toContain("  incoming authentication requests:   0");
});
