/** Listings of what is only kept, who is logged in, and counts of virtual routers. */

import { expect, test } from "vitest";
import { loginAt } from "../../support/logins.ts";
import { TestRouter, text } from "./router.ts";

test("what is only kept is listed as configured, by name, and of this virtual router only", () => {
  const router = new TestRouter();
  router.load(`
access-list admins permit ip host 10.1.1.1 any
access-list others deny ip any any
profile users
 ppp authentication chap
virtual-router westford
access-list west permit ip any any
`);
  expect(router.session("show access-list", "show access-list admins", "show profile users")).toBe(text`
    host1#show access-list
    access-list admins permit ip host 10.1.1.1 any
    access-list others deny ip any any
    2 access list lines found
    host1#show access-list admins
    access-list admins permit ip host 10.1.1.1 any
    1 access list line found
    host1#show profile users
    profile users
     ppp authentication chap
    1 profile found
  `);
  const byName = router.session("show profile name users");
  expect(byName).toContain("show profile name users\nprofile users\n ppp authentication chap\n1 profile found");
  expect(router.session("virtual-router westford", "show access-list")).toContain("access-list west permit ip any any");
  expect(router.session("show access-list admins")).toContain("No access list lines found");
  expect(router.session("show access-list .*")).toContain("No access list lines found");
});

test("every listing answers on an empty router, in text and as JSON", () => {
  const router = new TestRouter();
  const listings = router.shell.help("show ");
  expect(listings.length).toBeGreaterThan(40);
  for (const line of [
    "show classifier-list",
    "show policy-list",
    "show route-map",
    "show ip prefix-list",
    "show hosts",
  ]) {
    expect(router.shell.execute(line).lines).toEqual([expect.stringMatching(/^No .* found$/)]);
    expect(JSON.parse(router.shell.execute(`${line} | json`).lines.join(""))).toEqual([]);
  }
});

test("show users lists everybody who is logged in and marks this session", () => {
  const router = new TestRouter();
  router.logins = [
    ...router.logins,
    { ...loginAt("vty 0", 4_353_000, "ann"), location: "192.0.2.7", idleMillis: 75_500 },
  ];
  expect(router.session("show users")).toBe(text`
    host1#show users
      line      user            connected from    connected since                idle (s)
      --------  --------------  ----------------  -----------------------------  --------
    * console   ---             local             MON DEC 01 2008 10:12:33 UTC   0
      vty 0     ann             192.0.2.7         MON DEC 01 2008 09:00:00 UTC   75
  `);
});

test("show virtual-router counts, and tells of one", () => {
  const router = new TestRouter();
  router.load("virtual-router westford\nip vrf vrfA\ninterface loopback 1\nip address 1.1.1.1 255.255.255.255");
  expect(router.session("show virtual-router summary", "show virtual-router detail westford")).toBe(text`
    host1#show virtual-router summary
    Virtual routers without VRFs: 1
    Virtual routers with VRFs:    1
    VRFs:                         1
    Total:                        3
    host1#show virtual-router detail westford
    Virtual Router : westford
            VRF : vrfA
            Interfaces : 1, static routes : 0
            Subscribers : 0, IPSEC transport interfaces : 0
  `);
  expect(router.shell.execute("show virtual-router nowhere")).toMatchObject({ ok: false });
});
