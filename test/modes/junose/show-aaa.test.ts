/** `show aaa`, `show radius`, `show ppp` and the filters of `show subscribers`. */

import { expect, test } from "vitest";
import { TestRouter, text } from "./router.ts";
import { call, session, tunnel } from "./snapshots.ts";

const CONFIGURATION = `
aaa local database office
aaa local username fred database office
 password 0 fredPw
 ip-address 10.20.0.99
username gina password 0 ginaPw
aaa domain-map example.com
 router-name westford
 override-user name bob password 0verride
aaa authentication ppp default radius local
aaa local select database office
aaa dns primary 10.1.1.1
aaa wins secondary 10.1.1.9
aaa timeout idle 900
radius authentication server 192.0.2.10
 key radiusKey
 udp-port 1645
radius accounting server 192.0.2.11
`;

function router(): TestRouter {
  const made = new TestRouter();
  made.load(CONFIGURATION);
  const { l2tp } = made.snapshot();
  made.doing = {
    l2tp: { ...l2tp, tunnels: [tunnel({ sessions: [call(), call({ session: 2 })] })] },
    sessions: [session({ user: "fred" }), session({ user: "gina", session: 2, virtualRouter: "westford" })],
    aaa: [
      {
        virtualRouter: "default",
        counters: { accepted: 4, rejected: 3, addressesGranted: 2, addressesRefused: 1, mostUsers: 2 },
      },
    ],
  };
  return made;
}

test("settings of AAA are told as configured, or as the box has them", () => {
  const made = router();
  expect(
    made.session(
      "show aaa authentication ppp default",
      "show aaa accounting ppp default",
      "show aaa name-servers",
      "show aaa timeout",
      "show aaa duplicate-address-check",
      "show aaa delimiters",
    ),
  ).toBe(text`
    host1#show aaa authentication ppp default
    authentication ppp default: radius local
    host1#show aaa accounting ppp default
    accounting ppp default: none configured
    host1#show aaa name-servers
    primary dns address:    10.1.1.1
    secondary dns address:  not set
    primary wins address:   not set
    secondary wins address: 10.1.1.9
    host1#show aaa timeout
    Idle timeout:    900 seconds
    Session timeout: none
    host1#show aaa duplicate-address-check
    duplicate address check is enabled
    host1#show aaa delimiters
    domain delimiter(s): @
    realm delimiter(s):  NULL
  `);
});

test("local databases and users, without their passwords", () => {
  const made = router();
  expect(made.session("show aaa local database", "show aaa local username")).toBe(text`
    host1#show aaa local database
    Database                          Users   Selected
    --------------------------------  ------  --------
    default                           1       no
    office                            1       yes
    host1#show aaa local username
    User                  Database          Address          Pool
    --------------------  ----------------  ---------------  ----------------
    fred                  office            10.20.0.99       ---
    gina                  default           ---              ---
    2 local users found
  `);
});

test("decisions about users are counted per virtual router, and since the baseline", () => {
  const made = router();
  expect(made.session("show aaa statistics")).toBe(text`
    host1#show aaa statistics
    AAA Statistics
      incoming authentication requests:   7
      outgoing authentication grants:     4
      outgoing authentication denies:     3
      incoming address requests:          3
      outgoing address grants:            2
      outgoing address denies:            1
      users now:                          1
      most users at once:                 2
  `);
  made.session("baseline aaa");
  expect(made.session("show aaa statistics delta")).toMatch(
    /requests: +0\n.*grants: +0\n[\s\S]*most users at once: +2/,
  );
});

test("the limit of users stands beside how many there are and were", () => {
  const made = router();
  expect(made.session("show aaa subscriber-limit")).toContain(
    "subscriber limit: none, users now: 1, most users at once: 2",
  );
  made.load("aaa subscriber limit per-vr 500");
  expect(made.session("show aaa subscriber-limit")).toContain("subscriber limit: 500, users now: 1");
});

test("servers of RADIUS with their settings, and nothing of their keys", () => {
  const made = router();
  expect(made.session("show radius servers")).toBe(text`
    host1#show radius servers
    RADIUS Authentication Configuration
                     Udp   Retry           Maximum   Dead
    IP Address       Port  Count  Timeout  Sessions  Time  Secret
    ---------------  ----- -----  -------  --------  ----  ------
    192.0.2.10       1645  3      3        255       0     set
    RADIUS Accounting Configuration
                     Udp   Retry           Maximum   Dead
    IP Address       Port  Count  Timeout  Sessions  Time  Secret
    ---------------  ----- -----  -------  --------  ----  ------
    192.0.2.11       1813  3      3        255       0     none
  `);
  expect(made.session("show radius accounting servers")).not.toContain("192.0.2.10");
});

test("show ppp interface: what was asked for, agreed on and counted", () => {
  const made = router();
  expect(made.session("show ppp interface", "show ppp interface full l2tp 1/1/1")).toBe(text`
    host1#show ppp interface
    PPP interface l2tp 1/1/1 is Up
    1 PPP interface found
    host1#show ppp interface full l2tp 1/1/1
    PPP interface l2tp 1/1/1 is Up
      Configuration
        Profile is none
        Authentication is not required
        Authentication retries is 0
        Keepalive is disabled
      Status
        Phase is network, LCP is opened, IPCP is opened
        Authentication protocol is CHAP
        Peer name is 'fred'
        Local address is 10.0.0.1, peer address is 10.20.0.10
        Local MRU is 1500, peer MRU is 1500
      Statistics
        In packets 5, octets 111, discards 0
        Out packets 6, octets 144, discards 0
        In packets out of order 0
        Protocol-Rejects sent none
  `);
  expect(made.shell.execute("show ppp interface l2tp 7/7/7")).toMatchObject({
    ok: false,
    lines: ["% There is no PPP interface l2tp 7/7/7"],
  });
});

test("subscribers by name, address, interface and virtual router", () => {
  const made = router();
  const users = (line: string): unknown =>
    JSON.parse(made.shell.execute(`show subscribers ${line} | json`).lines.join("")).map(
      (one: { user: string }) => one.user,
    );
  expect(users("username gina")).toEqual(["gina"]);
  expect(users("interface l2tp 1/1/1")).toEqual(["fred"]);
  expect(users("ipv4-address 10.20.0.10")).toEqual(["fred", "gina"]);
  expect(users("virtual-router westford")).toEqual(["gina"]);
  expect(made.session("show subscribers summary virtual-router westford")).toContain("westford        1");
  expect(JSON.parse(made.shell.execute("show subscribers summary slot | json").lines.join(""))).toEqual([
    { slot: 2, subscribers: 2 },
  ]);
});

test("no listing of users and servers gives a secret away", () => {
  const made = router();
  const lines = [
    "show aaa domain-map",
    "show aaa local username",
    "show radius servers | json",
    "show aaa local username | json",
    "show aaa domain-map | json",
  ];
  const printed = made.session(...lines);
  expect(printed).toContain("aaa domain-map example.com");
  expect(printed).toContain(" router-name westford");
  expect(printed).not.toMatch(/fredPw|ginaPw|radiusKey/);
});
