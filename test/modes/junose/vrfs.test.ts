/** VRFs within virtual routers: made, entered, printed, shown and removed. */

import { expect, test } from "vitest";
import { TestRouter } from "./router.ts";

const CONFIGURATION = `virtual-router isp
ip vrf red
rd 65000:1
route-target both 65000:1
ip vrf blue
interface fastEthernet 0/0
ip vrf forwarding red
ip address 192.0.2.1 255.255.255.0
virtual-router isp:red
ip route 0.0.0.0 0.0.0.0 192.0.2.254
virtual-router :blue
interface loopback 1
ip address 192.0.2.1 255.255.255.255`;

function configured(): TestRouter {
  const router = new TestRouter();
  expect(router.load(CONFIGURATION).refused).toEqual([]);
  return router;
}

const specOf = (router: TestRouter, name: string) =>
  router.snapshot().spec.virtualRouters.find((one) => one.name === name);

test("a VRF has its own routes and interfaces, and takes those that are put into it", () => {
  const router = configured();
  expect(router.snapshot().spec.virtualRouters.map(({ name }) => name)).toEqual([
    "default",
    "isp",
    "isp:red",
    "isp:blue",
  ]);
  expect(specOf(router, "isp")?.interfaces).toEqual([]);
  expect(specOf(router, "isp:red")).toMatchObject({
    interfaces: [{ name: "fastEthernet 0/0", address: { address: "192.0.2.1" } }],
    routes: [{ via: "192.0.2.254" }],
  });
  expect(specOf(router, "isp:blue")).toMatchObject({ interfaces: [{ name: "loopback 1" }], routes: [] });
});

test("its configuration prints behind that of its virtual router and pastes back", () => {
  const [router, again] = [configured(), new TestRouter()];
  router.load("virtual-router later");
  const printed = router.printed();
  expect(printed.filter((line) => /^virtual-router/.test(line))).toEqual([
    "virtual-router isp",
    "virtual-router isp:red",
    "virtual-router isp:blue",
    "virtual-router later",
  ]);
  expect(again.load(printed.join("\n")).refused).toEqual([]);
  expect(again.printed()).toEqual(printed);
});

test("it is entered by both names, and by its own where its virtual router is", () => {
  const router = configured();
  expect(
    router.session(
      "virtual-router isp:red",
      "virtual-router :blue",
      "virtual-router isp:green",
      "virtual-router nowhere:red",
      "configure terminal",
      "virtual-router isp:green",
      "virtual-router isp:red",
      "ip vrf inner",
      "no virtual-router isp:red",
      "virtual-router isp",
      "no ip vrf red",
      "virtual-router :red",
    ),
  ).toMatchInlineSnapshot(`
    "host1#virtual-router isp:red
    host1:isp:red#virtual-router :blue
    host1:isp:blue#virtual-router isp:green
    % VRF green does not exist in virtual router isp
    host1:isp:blue#virtual-router nowhere:red
    % Virtual router nowhere does not exist
    host1:isp:blue#configure terminal
    Enter configuration commands, one per line.  End with ^Z.
    host1:isp:blue(config)#virtual-router isp:green
    % VRF green does not exist in virtual router isp
    host1:isp:blue(config)#virtual-router isp:red
    host1:isp:red(config)#ip vrf inner
    % There are no VRFs within a VRF
    host1:isp:red(config)#no virtual-router isp:red
    % A VRF is removed by \`no ip vrf\` in its virtual router
    host1:isp:red(config)#virtual-router isp
    host1:isp(config)#no ip vrf red
    host1:isp(config)#virtual-router :red
    % VRF red does not exist in virtual router isp"
  `);
  expect(specOf(router, "isp:red")).toBeUndefined();
});

test("a virtual router takes its VRFs along", () => {
  const router = configured();
  router.load("virtual-router default\nno virtual-router isp");
  expect(router.snapshot().spec.virtualRouters.map(({ name }) => name)).toEqual(["default"]);
});

test("an interface that is put into a VRF which is not there is told of", () => {
  const router = configured();
  router.load("virtual-router isp\ninterface loopback 9\nip vrf forwarding ghost");
  expect(router.warnings()).toContain("interface loopback 9: VRF ghost of virtual router isp does not exist");
});

test("a prompt of a VRF in a listing leads to it, also where nothing else tells that it is there", () => {
  const router = new TestRouter();
  router.load("host1:isp:red(config)#ip route 10.0.0.0 255.0.0.0 null 0");
  expect(specOf(router, "isp:red")?.routes).toHaveLength(1);
  expect(router.printed()).toContain("ip vrf red");
});

test("`show` tells what is in it", () => {
  const router = configured();
  router.load("virtual-router isp");
  expect(
    router.session(
      "virtual-router isp",
      "show virtual-router",
      "show virtual-router summary",
      "show ip vrf",
      "show ip vrf detail red",
      "show ip route vrf red",
      "show ip interface brief vrf blue",
      "show ip route vrf green",
      "show configuration virtual-router isp:blue | exclude ^!",
    ),
  ).toMatchInlineSnapshot(`
    "host1#virtual-router isp
    host1:isp#show virtual-router
    Virtual Router : default
    Virtual Router : isp
            VRF : red
            VRF : blue
    host1:isp#show virtual-router summary
    Virtual routers without VRFs: 1
    Virtual routers with VRFs:    1
    VRFs:                         2
    Total:                        4
    host1:isp#show ip vrf
    VRF                               Default RD            Interfaces
    --------------------------------  --------------------  --------------------
    red                               65000:1               fastEthernet0/0
    blue                              ---                   loopback1
    2 VRFs found
    host1:isp#show ip vrf detail red
    VRF red, default RD 65000:1
      Import VPN route-target: 65000:1
      Export VPN route-target: 65000:1
      Remote users: 0
      Interfaces: fastEthernet0/0
    host1:isp#show ip route vrf red
    Protocol/Route type codes:
      Connect- directly connected, Static- configured,
      AccIntern- address of a remote user

      Prefix/Length       Type      Next Hop         Dst/Met   Intf
      ------------------  --------- ---------------  --------- -------------------
      0.0.0.0/0           Static    192.0.2.254      1/0       fastEthernet0/0
      192.0.2.0/24        Connect   192.0.2.1        0/0       fastEthernet0/0
    host1:isp#show ip interface brief vrf blue
    Interface             IP-Address          Status  Protocol  Description
    --------------------  ------------------  ------  --------  -----------
    loopback1             192.0.2.1/32        up      up
    host1:isp#show ip route vrf green
    % VRF green does not exist in virtual router isp
    host1:isp#show configuration virtual-router isp:blue | exclude ^!
    virtual-router isp:blue
    interface loopback 1
     ip address 192.0.2.1 255.255.255.255"
  `);
});
