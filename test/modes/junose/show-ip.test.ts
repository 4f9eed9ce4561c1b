/** `show ip …` of a virtual router: interfaces, routes, pools, and what the line module could not place. */

import { expect, test } from "vitest";
import { TestRouter, text } from "./router.ts";
import { call, session, tunnel } from "./snapshots.ts";

const CONFIGURATION = `
interface loopback 0
 ip address 10.0.0.1 255.255.255.255
 ip description lends its address
profile users
 ip unnumbered loopback 0
interface fastEthernet 0/0
 ip address 192.168.5.200 255.255.255.0
 ip mtu 1400
interface fastEthernet 0/1
 ip address 172.20.0.1 255.255.0.0
 shutdown
ip route 0.0.0.0 0.0.0.0 192.168.5.1 254
ip route 172.20.99.0 255.255.255.0 172.20.0.9
ip route 10.50.0.0 255.255.0.0 10.20.0.10
l2tp destination profile lac ip address 0.0.0.0
 remote host default
  profile users
virtual-router westford
interface loopback 7
 ip address 7.7.7.7 255.255.255.255
`;

function router(): TestRouter {
  const made = new TestRouter();
  made.load(CONFIGURATION);
  const pppProfile = made.snapshot().spec.pppProfiles.find((profile) => profile.name === "users");
  const { l2tp } = made.snapshot();
  made.doing = {
    l2tp: { ...l2tp, tunnels: [tunnel({ sessions: [call()] })] },
    sessions: [session({ user: "fred", pppProfile })],
  };
  return made;
}

test("show ip interface brief lists configured interfaces and those of users, of this virtual router", () => {
  const made = router();
  expect(made.session("show ip interface brief", "virtual-router westford", "show ip interface brief")).toBe(text`
    host1#show ip interface brief
    Interface             IP-Address          Status  Protocol  Description
    --------------------  ------------------  ------  --------  -----------
    loopback0             10.0.0.1/32         up      up        lends its address
    fastEthernet0/0       192.168.5.200/24    up      up
    fastEthernet0/1       172.20.0.1/16       down    down
    l2tp 1/1/1            unnumbered          up      up
    host1#virtual-router westford
    host1:westford#show ip interface brief
    Interface             IP-Address          Status  Protocol  Description
    --------------------  ------------------  ------  --------  -----------
    loopback7             7.7.7.7/32          up      up
  `);
});

test("show ip interface of one interface, with counters where they are counted here", () => {
  expect(router().session("show ip interface fastEthernet 0/0", "show ip interface l2tp 1/1/1")).toBe(text`
    host1#show ip interface fastEthernet 0/0
    fastEthernet0/0 line protocol Ethernet is up, ip is up
      Description:
      Network Protocols: IP
      Internet address is 192.168.5.200/255.255.255.0
      Broadcast address is 255.255.255.255
      Operational MTU = 1400  Administrative MTU = 1400
      Packets are carried and counted by the host
    host1#show ip interface l2tp 1/1/1
    l2tp 1/1/1 line protocol Ppp is up, ip is up
      Description:
      Network Protocols: IP
      Unnumbered Interface on loopback0
        ( IP address  10.0.0.1 )
      Operational MTU = 1400  Administrative MTU = 0
      Peer address is 10.20.0.10
      In Received Packets 5, Bytes 111
      In Invalid Source Address Packets 0
      In Discarded Packets 0
      Out Forwarded Packets 6, Bytes 144
      Out Discarded Packets 0
      Filtered Packets 0
  `);
  expect(router().shell.execute("show ip interface loopback 9")).toMatchObject({
    ok: false,
    lines: ["% Interface loopback 9 does not exist"],
  });
});

test("programs find name, state, address and MTU of every interface", () => {
  const printed = router().session("show ip interface");
  const read = printed.matchAll(
    /^(\S+|l2tp \S+) line protocol(?: \S+)? is (up|down), ip is (up|down)\n\s+Description:.*\n\s+Network Protocols: .+\n(?:\s+Unnumbered Interface on (\S+)\n\s+\( IP address {2}(\S+) \)\n)?(?:\s+Internet address is (\S+)\/(\S+)\n)?(?:\s+Broadcast address is \S+\n)?\s+Operational MTU = (\d+) {2}Administrative MTU = \d+\n/gm,
  );
  expect([...read]).toHaveLength(printed.match(/ line protocol/g)?.length ?? 0);
});

test("delta subtracts the baseline of IP from an interface's counters", () => {
  const made = router();
  made.session("baseline ip interface l2tp 1/1/1");
  expect(made.session("show ip interface delta l2tp 1/1/1")).toContain("In Received Packets 0, Bytes 0");
  expect(made.session("show ip interface l2tp 1/1/1")).toContain("In Received Packets 5, Bytes 111");
});

test("the routing table holds what is up: networks, users, and static routes whose way is there", () => {
  expect(router().session("show ip route")).toBe(text`
    host1#show ip route
    Protocol/Route type codes:
      Connect- directly connected, Static- configured,
      AccIntern- address of a remote user

      Prefix/Length       Type      Next Hop         Dst/Met   Intf
      ------------------  --------- ---------------  --------- -------------------
      0.0.0.0/0           Static    192.168.5.1      254/0     fastEthernet0/0
      10.0.0.1/32         Connect   10.0.0.1         0/0       loopback0
      10.20.0.10/32       AccIntern 10.20.0.10       2/0       l2tp 1/1/1
      10.50.0.0/16        Static    10.20.0.10       1/0       l2tp 1/1/1
      192.168.5.0/24      Connect   192.168.5.200    0/0       fastEthernet0/0
  `);
});

test("a route is found by its destination, its prefix or its type", () => {
  const made = router();
  const prefixes = (line: string): unknown =>
    JSON.parse(made.shell.execute(`show ip route ${line} | json`).lines.join("")).map(
      (one: { prefix: string }) => one.prefix,
    );
  expect(prefixes("10.50.3.4")).toEqual(["10.50.0.0/16"]);
  expect(prefixes("8.8.8.8")).toEqual(["0.0.0.0/0"]);
  expect(prefixes("10.50.0.0 255.255.0.0")).toEqual(["10.50.0.0/16"]);
  expect(prefixes("10.50.0.0 255.255.255.0")).toEqual([]);
  expect(prefixes("access-internal")).toEqual(["10.20.0.10/32"]);
  expect(made.session("show ip route summary")).toBe(text`
    host1#show ip route summary
    2 connected routes
    2 static routes
    1 access-internal routes
    5 routes altogether
  `);
  expect(made.session("show ip static")).toMatch(/172\.20\.99\.0\/24\s+172\.20\.0\.9\s+no/);
});

test("pools by range and by use, and their other names", () => {
  const made = router();
  made.load("ip local pool vpnpool 10.20.0.10 10.20.0.19\nip local alias office pool-name vpnpool");
  made.doing = {
    pools: [
      {
        virtualRouter: "default",
        name: "vpnpool",
        ranges: [{ first: "10.20.0.10", last: "10.20.0.19", free: 1, inUse: 9 }],
        available: [],
        inUse: [],
      },
    ],
  };
  expect(made.session("show ip local pool statistics", "show ip local alias")).toBe(text`
    host1#show ip local pool statistics
    Pool              Size    Free    In Use  Utilization  Threshold
    ----------------  ------  ------  ------  -----------  ---------
    vpnpool           10      1       9       90%          exceeded
    host1#show ip local alias
    Alias             Pool
    ----------------  ----------------
    office            vpnpool
  `);
});

test("show ip traffic tells why packets reached no session", () => {
  const made = router();
  made.doing = { lineModule: { ...made.snapshot().lineModule, clearRefused: 4 } };
  expect(made.session("show ip traffic")).toContain("    4 L2TP in the clear where IPsec is required");
});

test("show ip udp statistics counts since the baseline where it is asked to", () => {
  const router = new TestRouter();
  router.doing = { udp: { received: 40, sent: 30 } };
  router.session("baseline ip udp");
  router.doing = { udp: { received: 47, sent: 33 } };
  expect(router.session("show ip udp statistics", "show ip udp statistics delta")).toBe(text`
    host1#show ip udp statistics
    UDP Statistics:
      Rcvd: 47 total
      Sent: 33 total
    host1#show ip udp statistics delta
    UDP Statistics:
      Rcvd: 7 total
      Sent: 3 total
  `);
});

test("an interface whose device could not be made is down, not shut down, and no route leads by it", () => {
  const made = router();
  const { spec } = made.snapshot();
  const lines = (command: string): string[] => made.session(command).split("\n");
  expect(lines("show ip route").some((line) => line.includes("fastEthernet0/0"))).toBe(true);
  made.doing = {
    spec: {
      ...spec,
      virtualRouters: spec.virtualRouters.map((one) => ({
        ...one,
        interfaces: one.interfaces.map((port) =>
          port.name === "fastEthernet 0/0" ? { ...port, unplugged: true as const } : port,
        ),
      })),
    },
  };
  expect(lines("show interfaces brief")).toEqual(
    expect.arrayContaining([
      "fastEthernet0/0 is Down, Administrative status is Up",
      "fastEthernet0/1 is Down, Administrative status is Down",
    ]),
  );
  expect(lines("show ip route").filter((line) => line.includes("fastEthernet0/0"))).toEqual([]);
});
