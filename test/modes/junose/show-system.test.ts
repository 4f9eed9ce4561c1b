/** `show` of the router, its users and pools, and what client tools read from it. */

import { expect, test } from "vitest";
import { loginAt } from "../../support/logins.ts";
import { fixture, TestRouter, text } from "./router.ts";
import { call, session, tunnel } from "./snapshots.ts";

/** A row of `show version` as an ERX prints it for a slot without a module. */
function emptySlot(slot: number): string {
  return `${String(slot).padEnd(6)}---     ---      ---    ---        ---            ---`;
}

test("show version satisfies every pattern of the tool that reads it", () => {
  const lines = new TestRouter().session("show version").split("\n").slice(1);
  expect(lines).toEqual([
    "Juniper Edge Routing Switch ERX-1440",
    "Copyright (c) 2026 the lnsh authors; emulated by lnsh",
    "System Release: lnsh_1-2-3.rel",
    "        Version: 1.2.3 release-0.0 [BuildId 1.2.3]",
    "System running for: 2 days, 4 hours, 4 minutes, 56 seconds",
    "        (since SAT NOV 29 2008 06:07:37 UTC)",
    "",
    "slot state    type    admin  spare running release  slot uptime",
    "---- ------ -------- ------- ----- --------------- -------------",
    "0    online SRP-10Ge enabled  ---  lnsh_1-2-3.rel  2d04h:04m:56s",
    emptySlot(1),
    "2    online GE       enabled  ---  lnsh_1-2-3.rel  2d04h:04m:56s",
    emptySlot(3),
    emptySlot(4),
    "5    online ISM      enabled  ---  lnsh_1-2-3.rel  2d04h:04m:56s",
    ...[6, 7, 8, 9, 10, 11, 12, 13].map(emptySlot),
  ]);
  // RANCID's jerancid, ShowVersion.
  for (const pattern of [
    /^Juniper Edge .* (\S+)$/,
    /^System Release: /,
    /^\s+(Version: .*)$/,
    /^(slot .*)\s+slot uptime/i,
    /^(--.*) --+$/,
    /^(\d+\s+(\S+)\s+\S+\s+.*) \S+/,
  ]) {
    expect(lines.some((line) => pattern.test(line))).toBe(true);
  }
});

test("show configuration opens and ends as the tool wants, and holds nothing but configuration between", () => {
  const router = new TestRouter();
  router.load("hostname east\nvirtual-router westford\nno ipsec option nat-t");
  expect(router.session("show configuration")).toBe(text`
    east#show configuration
    ! Configuration script being generated on MON DEC 01 2008 10:12:33 UTC
    ! Juniper Edge Routing Switch ERX-1440
    ! Version: 1.2.3 release-0.0 [BuildId 1.2.3]
    ! Copyright (c) 2026 the lnsh authors; emulated by lnsh
    !
    ! Commands displayed are limited to those available at privilege level 15
    !
    hostname "east"
    !
    virtual-router westford
    !
    no ipsec option nat-t
    !
    ! End of generated configuration script.
  `);
});

test("what says no more than the default is not shown, unless defaults are asked for", () => {
  const router = new TestRouter();
  router.load("l2tp destruct-timeout 600\nl2tp tunnel idle-timeout 0\nipsec ike-policy-rule 5\nhash sha\ngroup 5");
  expect(router.printed()).toEqual(["l2tp tunnel idle-timeout 0", "!", "ipsec ike-policy-rule 5", " group 5", "!"]);
  const all = router.session("show configuration include-defaults").split("\n");
  expect(all).toEqual(expect.arrayContaining(["l2tp destruct-timeout 600", " hash sha", " group 5"]));
});

test("show configuration of one virtual router", () => {
  const router = new TestRouter();
  router.load("virtual-router a\nip router-id 1.1.1.1\nvirtual-router b\nip router-id 2.2.2.2");
  const body = (name: string) =>
    router
      .session(`show configuration virtual-router ${name}`)
      .split("\n")
      .filter((line) => !line.startsWith("!"))
      .slice(1);
  expect(body("a")).toEqual(["virtual-router a", "ip router-id 1.1.1.1"]);
  expect(body("b")).toEqual(["virtual-router b", "ip router-id 2.2.2.2"]);
  expect(router.shell.execute("show configuration virtual-router c")).toMatchObject({
    ok: false,
    lines: ["% Virtual router c does not exist"],
  });
});

test("show virtual-router", () => {
  const router = new TestRouter();
  router.load("virtual-router westford\nip vrf vrfA");
  expect(router.session("show virtual-router")).toBe(
    text`
    host1#show virtual-router
    Virtual Router : default
    Virtual Router : westford
            VRF : vrfA
  `,
  );
});

test("show subscribers: who, at which address, through which session, since when", () => {
  const router = new TestRouter();
  router.doing = { l2tp: { ...router.snapshot().l2tp, tunnels: [tunnel()] }, sessions: [session({ user: "fred" })] };
  expect(router.session("show subscribers").split("\n")).toEqual([
    "host1#show subscribers",
    "                                Subscriber List",
    "                                ---------------",
    "                                                             Virtual",
    "     User Name       Type       Addr|Endpt                    Router",
    "--------------------  -----  ------------------------------  ------------",
    "fred                  ppp    10.20.0.10/local                default",
    "",
    "     User Name         Interface",
    "--------------------   --------------------------------",
    "fred                   l2tp 1/1/1",
    "",
    "     User Name           Login Time        Circuit Id   Remote Id",
    "--------------------   ------------------- -----------  -----------",
    "fred                   08/12/01 10:12:33",
  ]);
});

test("another virtual router sees its own subscribers only", () => {
  const router = new TestRouter();
  router.load("virtual-router westford");
  router.doing = {
    l2tp: { ...router.snapshot().l2tp, tunnels: [tunnel({ sessions: [call(), call({ session: 2 })] })] },
    sessions: [session({ user: "fred" }), session({ user: "ann", session: 2, virtualRouter: "westford" })],
  };
  expect(router.session("show subscribers summary")).toBe(text`
    host1#show subscribers summary
    Virtual Router  Subscribers
    --------------  -----------
    default         1
    westford        1
    Total: 2
  `);
  router.session("virtual-router westford");
  const shown = router.session("show subscribers");
  expect(shown).toContain("\nann ");
  expect(shown).not.toContain("\nfred ");
});

test("show ip local pool", () => {
  const router = new TestRouter();
  router.load(fixture("configs/junose-l2tp-ipsec.cfg"));
  router.doing = {
    pools: [
      {
        virtualRouter: "default",
        name: "vpnpool",
        ranges: [{ first: "10.20.0.10", last: "10.20.0.250", free: 240, inUse: 1 }],
        available: [],
        inUse: [],
      },
    ],
  };
  expect(router.session("show ip local pool")).toBe(text`
    host1#show ip local pool
    Pool        Begin           End             Free   In Use   High  Abated  Trap
    ----------  --------------  --------------  -----  -------  ----  ------  ----
    vpnpool     10.20.0.10      10.20.0.250     240    1        85    75      N
  `);
  router.load("ip local pool vpnpool warning 90 80\nip local pool vpnpool snmpTrap");
  expect(router.session("show ip local pool vpnpool")).toMatch(/240 {4}1 {8}90 {4}80 {6}Y$/);
});

test("licenses, clock, privilege", () => {
  const router = new TestRouter();
  router.load("license b-ras XXXXXXXXXXXX\nlicense ipsec-tunnels YYYYYYYYYYYY");
  expect(router.session("show license b-ras", "show clock", "show privilege")).toBe(text`
    host1#show license b-ras
    b-ras license key is XXXXXXXXXXXX which allows unlimited use
    host1#show clock
    MON DEC 01 2008 10:12:33 UTC
    host1#show privilege
    Privilege level is 15
  `);
});

test("times are those of the zone, in summer those of summer", () => {
  const router = new TestRouter();
  const shown = () => router.session("show clock").split("\n").at(-1);
  router.load("clock timezone NST -3 30");
  expect(shown()).toBe("MON DEC 01 2008 06:42:33 NST");
  router.load("clock timezone CET 1\nclock summer-time CEST recurring last sunday march 2:00 last sunday october 3:00");
  expect(shown()).toBe("MON DEC 01 2008 11:12:33 CET");
  expect(router.session("show configuration")).toContain("generated on MON DEC 01 2008 11:12:33 CET");
  expect(router.printed()).toContain("clock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00");
  router.load("clock summer-time CEST date 1 Nov 2008 2:00 24 Dec 2008 3:00 120");
  expect(shown()).toBe("MON DEC 01 2008 13:12:33 CEST");
  router.load("no clock summer-time\nno clock timezone");
  expect(shown()).toBe("MON DEC 01 2008 10:12:33 UTC");
});

test("the console is called by the name that its line has in the configuration", () => {
  const router = new TestRouter();
  router.logins = [loginAt("con 0", 0), loginAt("vty 1", 0, "ann")];
  expect(router.session("show users")).toMatch(/console 0 .*\n.*vty 1 /);
});

test("show users tells where each stands, and which lines nobody is at", () => {
  const router = new TestRouter();
  router.logins = [loginAt("con 0", 0), { ...loginAt("vty 1", 0, "ann"), level: 10, virtualRouter: "west" }];
  expect(router.shell.execute("show users detail").lines.filter((line) => line.includes("privilege"))).toEqual([
    "            privilege level 15, virtual router default",
    "            privilege level 10, virtual router west",
  ]);
  const named = (line: string) =>
    router.shell
      .execute(line)
      .lines.slice(2)
      .map((each) => each.slice(2, 15));
  router.load("line vty 0 2");
  expect(named("show users all")).toEqual(["console 0 ---", "vty 0     ---", "vty 1     ann", "vty 2     ---"]);
});

test("the clock is set by what it shows", () => {
  const router = new TestRouter();
  router.load("clock timezone EST -5\nclock summer-time EDT recurring");
  const set = (line: string) => {
    router.shell.execute(line);
    return router.clockSets.at(-1)?.toISOString();
  };
  expect(set("clock set 12:00:00 1 July 2027")).toBe("2027-07-01T16:00:00.000Z");
  expect(set("clock set 12:00:00 1 December 2027")).toBe("2027-12-01T17:00:00.000Z");
});

test("what a show prints can be filtered and taken as a value", () => {
  const router = new TestRouter();
  expect(router.session("show l2tp | include idle")).toBe(text`
    host1#show l2tp | include idle
      Tunnel idle timeout is 60 seconds
  `);
  expect(JSON.parse(router.shell.execute("show ipsec option | json").lines.join("\n"))).toEqual({
    deadPeerDetection: false,
    natTraversal: true,
    txInvalidCookie: false,
  });
});
