/** What the box shows of peers that came over IPv6, in its own way to write their addresses. */

import { expect, test } from "vitest";
import { lab } from "../../../src/cli/api/api.ts";

const CONFIG = `hostname lns
username fred password 0 fredPw
vpdn enable
vpdn-group 1
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
crypto isakmp policy 1
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key secret address ipv6 2001:db8::/32
crypto isakmp key other address ipv6 2001:0DB8:F::0/48
crypto isakmp profile SIX
 match identity address ipv6 2001:db8::/32
crypto ipsec transform-set DES3 esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set nat demux
 set transform-set DES3
crypto map MAP 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 12.0.0.8 255.255.255.255
interface FastEthernet0/0
 ipv6 address 2001:0db8:0:0::1/64
 ipv6 address 2001:db8:a::1/64
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication ms-chap-v2 chap
ip local pool POOL 20.0.0.100 20.0.0.110
`;

function connected() {
  const net = lab({ config: CONFIG });
  expect(net.router.report?.refused).toEqual([]);
  expect(net.router.report?.warnings).toEqual([]);
  const client = net.client({ psk: "secret", user: "fred", password: "fredPw", gateway: "2001:db8::1" });
  expect(client.connect(), net.router.run("show logging").text).toBe(true);
  const show = (command: string) => net.router.run(command).text.split("\n");
  return { net, show };
}

test("SAs of IKE stand in the part of IPv6, their ends below each other", () => {
  const { net, show } = connected();
  using _ = net;
  expect(show("show crypto isakmp sa")).toEqual([
    "IPv4 Crypto ISAKMP SA",
    "dst             src             state          conn-id status",
    "",
    "IPv6 Crypto ISAKMP SA",
    "",
    " dst: 2001:DB8::1",
    " src: 2001:DB8:B::2",
    " state: QM_IDLE        conn-id:   1001 status: ACTIVE",
    "",
  ]);
  const detail = show("show crypto isakmp sa detail");
  expect(detail.slice(detail.indexOf("IPv6 Crypto ISAKMP SA"))).toEqual([
    "IPv6 Crypto ISAKMP SA",
    "",
    " dst: 2001:DB8::1",
    " src: 2001:DB8:B::2",
    " conn-id: 1001   I-VRF:        Status: ACTIVE Encr: 3des Hash: sha    Auth: psk",
    expect.stringMatching(/^ DH: 2 {2}Lifetime: \d\d:\d\d:\d\d Cap: N {4}Engine-id:Conn-id = {2}SW:1$/),
    "       ISAKMP profile: SIX",
    "",
  ]);
  expect(show("show crypto isakmp sa peer 2001:0db8:b::2")).toContain(" src: 2001:DB8:B::2");
  expect(show("show crypto isakmp sa peer 2001:db8:b::3")).not.toContain(" src: 2001:DB8:B::2");
  expect(show("show crypto isakmp peers")).toContain("Peer: 2001:DB8:B::2 Port: 4500 Local: 2001:DB8::1");
});

test("SAs of IPsec, sessions and tunnels name the peer in capitals", () => {
  const { net, show } = connected();
  using _ = net;
  const ipsec = show("show crypto ipsec sa");
  expect(ipsec).toContain("   local  ident (addr/mask/prot/port): (2001:DB8::1/128/17/1701)");
  expect(ipsec).toContain("   current_peer 2001:DB8:B::2 port 4500");
  expect(ipsec).toContain("     local crypto endpt.: 2001:DB8::1,");
  expect(ipsec).toContain("     remote crypto endpt.: 2001:DB8:B::2");
  expect(show("show crypto session").join("\n")).toContain(
    "IKEv1 SA: local 2001:DB8::1/4500 remote 2001:DB8:B::2/4500 Active",
  );
  expect(show("show vpdn").join("\n")).toContain("2001:DB8:B::2");
  expect(show("show vpdn tunnel transport").join("\n")).toMatch(/2001:DB8::1 +1701 +2001:DB8:B::2/);
});

test("who fails over IPv6 is told of with his address, in the log and among the failures", () => {
  using net = lab({ config: CONFIG });
  const wrong = net.client({ psk: "wrong", user: "fred", password: "fredPw", gateway: "2001:db8::1" });
  expect(wrong.connect()).toBe(false);
  expect(net.router.run("show crypto isakmp failures").text).toContain("2001:db8:b::2");
  expect(net.router.run("show logging").text).toContain("2001:DB8:B::2");
});

test("interfaces show their addresses, and the configuration keeps them in one way to write them", () => {
  const { net, show } = connected();
  using _ = net;
  const brief = show("show ipv6 interface brief");
  const at = brief.indexOf("FastEthernet0/0            [up/up]");
  expect(brief.slice(at, at + 3)).toEqual([
    "FastEthernet0/0            [up/up]",
    "    2001:DB8::1",
    "    2001:DB8:A::1",
  ]);
  expect(brief).toContain("    unassigned");
  expect(show("show ipv6 interface FastEthernet0/0")).toContain("    2001:DB8::1, subnet is 2001:DB8::/64 ");
  const kept = show("show running-config");
  for (const line of [
    "crypto isakmp key secret address ipv6 2001:DB8::/32",
    "crypto isakmp key other address ipv6 2001:DB8:F::/48",
    "   match identity address ipv6 2001:DB8::/32",
    " ipv6 address 2001:DB8::1/64",
  ]) {
    expect(kept).toContain(line);
  }
});

test("an address that nobody could call us by is refused, and no ipv6 address takes all away", () => {
  using net = lab({ config: CONFIG });
  const typed = (...lines: string[]) =>
    ["configure terminal", "interface FastEthernet0/0", ...lines, "end"]
      .map((line) => net.router.run(line).text)
      .join("\n");
  for (const address of ["fe80::1", "ff02::1", "::1", "::"]) {
    expect(typed(`ipv6 address ${address}/64`)).toContain("Not a valid host address");
  }
  expect(typed("ipv6 address 2001:db8::9")).toContain("% Incomplete command.");
  expect(typed("ipv6 address 2001:db8::9/129")).toContain("^");
  expect(typed("ipv6 address 2001:db8::9::/64")).toContain("^");
  expect(net.router.snapshot.spec.ipsecGateways.map(({ localAddress }) => localAddress)).toEqual([
    "2001:db8::1",
    "2001:db8:a::1",
  ]);
  typed("no ipv6 address 2001:DB8:A:0::1/64");
  expect(net.router.snapshot.spec.ipsecGateways.map(({ localAddress }) => localAddress)).toEqual(["2001:db8::1"]);
  typed("no ipv6 address");
  expect(net.router.snapshot.spec.ipsecGateways).toEqual([]);
});
