/** Compiling looks at twice as many lines when there are twice as many: nothing is looked for among all others. */

import { afterEach, expect, test, vi } from "vitest";
import { ios } from "../../src/modes/ios/dialect.ts";
import { junose } from "../../src/modes/junose/dialect.ts";
import { ConfigTree } from "../../src/modes/tree/config-tree.ts";
import { TestShell } from "../support/shell.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Shape = (index: number) => string;

const net = (index: number): string => `${index >> 8}.${index & 255}`;

const IOS: Readonly<Record<string, Shape>> = {
  "templates with pools and groups": (i) => `vpdn-group G${i}
 accept-dialin
  protocol l2tp
  virtual-template ${i + 1}
 terminate-from hostname h${i}
 source vpdn-template T${i}
vpdn-template T${i}
ip local pool P${i} 10.${net(i)}.1 10.${net(i)}.9
username u${i} password 0 p
username u${i} user-maxlinks 2
interface Virtual-Template${i + 1}
 ip unnumbered Loopback${i}
 peer default ip address pool P${i}
 ppp authentication chap
interface Loopback${i}
 ip address 10.200.${net(i)} 255.255.255.255`,
  "routing tables": (i) => `ip vrf V${i}
 rd 1:${i}
ip route vrf V${i} 0.0.0.0 0.0.0.0 10.1.1.2
interface FastEthernet0/0.${i + 1}
 encapsulation dot1Q ${i + 1}
 ip vrf forwarding V${i}
 ip address 10.1.1.1 255.255.255.0`,
  "crypto maps": (i) => `crypto ipsec transform-set T${i} esp-3des esp-sha-hmac
crypto dynamic-map D${i} 10
 set transform-set T${i}
crypto map M${i} 10 ipsec-isakmp
 set peer 172.17.${net(i)}
 set transform-set T${i}
crypto map M${i} 20 ipsec-isakmp dynamic D${i}
crypto map M${i} local-address Loopback${i}
crypto isakmp key k address 172.17.${net(i)}
crypto keyring K${i}
  pre-shared-key address 172.17.${net(i)} key s
crypto isakmp profile I${i}
   keyring K${i}
   match identity address 172.17.${net(i)} 255.255.255.255
   local-address Loopback${i}
interface Loopback${i}
 ip address 10.200.${net(i)} 255.255.255.255
interface FastEthernet0/0.${i + 1}
 crypto map M${i}`,
};

const JUNOSE: Readonly<Record<string, Shape>> = {
  "destination profiles": (i) => `l2tp destination profile d${i} ip address 10.0.${net(i)}
 remote host h
  profile p${i}
  local ip address 10.200.${net(i)}
  enable ipsec-transport
  exit
 exit
profile p${i}
 ip unnumbered loopback ${i}
 exit
ipsec transport profile t${i} virtual-router default ip address 10.0.${net(i)}
 application l2tp
 local ip address 10.200.${net(i)}
  exit
 exit
ipsec key manual pre-share 10.0.${net(i)}
 exit
interface loopback ${i}
 ip address 10.200.${net(i)} 255.255.255.255
 exit`,
  "domain maps": (i) => `aaa domain-map d${i}
 ip-router-name default
 address-pool-name a${i}
 loopback ${i}
 exit
ip local alias a${i} pool-name p${i}
ip local pool p${i} 10.${net(i)}.1 10.${net(i)}.9`,
  "virtual routers": (i) => `virtual-router v${i}
interface loopback 0
 ip address 10.1.1.1 255.255.255.255
 exit
virtual-router default
ip vrf x${i}
 exit
interface loopback ${i}
 ip vrf x${i}
 exit`,
};

/** How many lines are handed out to be looked at. */
function lines(dialect: typeof ios, shape: Shape, count: number): number {
  const router = new TestShell(dialect);
  router.load(Array.from({ length: count }, (_, index) => shape(index)).join("\n"));
  const all = vi.spyOn(ConfigTree.prototype, "all");
  const under = vi.spyOn(ConfigTree.prototype, "under");
  dialect.compile(router.store);
  const handed = [all, under].flatMap((spy) => spy.mock.results.map(({ value }) => (value as unknown[]).length));
  const searched = under.mock.calls.map(([node]) => node.children.length);
  vi.restoreAllMocks();
  return [...handed, ...searched].reduce((sum, each) => sum + each, 0);
}

test.each([
  ...Object.entries(IOS).map(([name, shape]) => [`IOS: ${name}`, ios, shape] as const),
  ...Object.entries(JUNOSE).map(([name, shape]) => [`JunosE: ${name}`, junose, shape] as const),
])("%s", (_, dialect, shape) => {
  const few = lines(dialect, shape, 40);
  expect(few).toBeGreaterThan(40);
  expect(lines(dialect, shape, 160) / few).toBeLessThan(4.5);
});
