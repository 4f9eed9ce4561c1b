/** Clients that reach the gateway over IPv6: with and without a translator on the way, of each persona, for hours and across families. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Lab, lab } from "../../src/cli/api/api.ts";
import { packetOctets } from "../../src/dataplane/packet.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { PERSONA_NAMES } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { ANY_IPV6_PREFIX, ipv4ToNumber } from "../../src/engine/kernel/address.ts";
import type { EspProposalSpec, IpsecGatewaySpec } from "../../src/engine/spec.ts";
import { icmpEcho, icmpType } from "../../src/engine/wire/icmp.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { Lab as Chassis, GATEWAY, INSIDE, NAT } from "../support/lab.ts";
import { Nat64, synthesised } from "../support/nat64.ts";
import { specOf } from "../support/specs.ts";

const OURS = "2001:db8::1";

const CONFIG = `hostname lns
username fred password 0 fredPw
vpdn enable
vpdn-group 1
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
crypto isakmp policy 1
 encr aes 256
 authentication pre-share
 group 20
crypto isakmp policy 2
 encr aes 256
 authentication pre-share
 group 14
crypto isakmp policy 3
 encr aes 256
 authentication pre-share
 group 2
crypto isakmp policy 4
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key secret address 0.0.0.0 0.0.0.0
crypto isakmp key secret address ipv6 ::/0
crypto isakmp keepalive 20 5
crypto ipsec transform-set AES256 esp-aes 256 esp-sha-hmac
 mode transport
crypto ipsec transform-set AES esp-aes esp-sha-hmac
 mode transport
crypto ipsec transform-set DES3 esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set nat demux
 set transform-set AES256 AES DES3
crypto map MAP 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 12.0.0.8 255.255.255.255
interface FastEthernet0/0
 ip address ${GATEWAY} 255.255.255.0
 ipv6 address ${OURS}/64
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication ms-chap-v2 chap pap
ip local pool POOL 20.0.0.100 20.0.0.110
`;

const USER = { psk: "secret", user: "fred", password: "fredPw" } as const;

function laboratory(): Lab {
  const net = lab({ config: CONFIG });
  expect(net.router.report?.refused).toEqual([]);
  return net;
}

const said = (net: Lab) => net.router.run("show logging").text;

test.each(PERSONA_NAMES)("%s connects over IPv6, straight and across a NAT", (persona) => {
  using net = laboratory();
  const near = net.client({ ...USER, persona, gateway: OURS });
  const far = net.client({ ...USER, persona, gateway: OURS, behind: net.nat("2001:db8:f::7") });
  expect([near.connect(), far.connect()], said(net)).toEqual([true, true]);
  expect([near.ping(INSIDE, 3), far.ping(INSIDE, 3)]).toEqual([3, 3]);
  const { connections } = net.router.snapshot;
  expect(connections.map(({ flow, encapsulation }) => [flow.local.address, encapsulation])).toEqual([
    [OURS, "udp"],
    [OURS, "udp"],
  ]);
  near.disconnect();
  far.disconnect();
  net.drive(120);
  expect(net.router.snapshot.sessions).toEqual([]);
  expect(net.router.snapshot.connections).toEqual([]);
});

test.each(PERSONA_NAMES)(
  "%s connects from a network of IPv6 alone to our address of IPv4, across its translator",
  (persona) => {
    using net = laboratory();
    const client = net.client({
      ...USER,
      persona,
      gateway: synthesised(GATEWAY),
      behind: new Nat64({ outside: NAT }),
    });
    expect(client.connect(), said(net)).toBe(true);
    expect(client.ping(INSIDE, 5)).toBe(5);
    expect(net.router.snapshot.connections).toMatchObject([
      { encapsulation: "udp", flow: { local: { address: GATEWAY }, remote: { address: NAT } } },
    ]);
  },
);

test("JunosE, whose profiles name no end of IPv6: an address of the interface stands for the one they name", () => {
  const text = readFileSync(new URL("../../fixtures/configs/junose-l2tp-ipsec.cfg", import.meta.url), "utf8");
  const config = text.replace(/^(ip address 10\.0\.0\.1 .*)$/m, `$1\nipv6 address ${OURS.toUpperCase()}/64`);
  using net = lab({ config });
  expect(net.router.report?.refused).toEqual([]);
  expect(net.router.run("show configuration").text).toContain("ipv6 address 2001:db8::1/64");
  const user = { psk: "groupSecret", user: "fred", password: "fredPw", persona: "windows-xp" } as const;
  const near = net.client({ ...user, gateway: OURS });
  const far = net.client({ ...user, gateway: OURS, behind: net.nat("2001:db8:f::7") });
  const old = net.client(user);
  expect([near.connect(), far.connect(), old.connect()], net.router.run("show log data").text).toEqual([
    true,
    true,
    true,
  ]);
  expect([near, far, old].map((client) => client.ping("10.0.0.1", 3))).toEqual([3, 3, 3]);
  expect(net.router.snapshot.connections.map(({ flow }) => [flow.local.address, flow.wire.address])).toEqual([
    ["10.0.0.1", OURS],
    ["10.0.0.1", OURS],
    ["10.0.0.1", "10.0.0.1"],
  ]);
});

/** As a simulated gateway of its own: with ESP alone, and sizes that can be measured. */
function chassis(change: Partial<IpsecGatewaySpec> = {}, clear = false) {
  const made = specOf({ gateway: change });
  const [gateway] = made.ipsecGateways;
  const [key] = made.preSharedKeys;
  if (gateway === undefined || key === undefined) throw new Error("no gateway");
  const virtualRouters = made.virtualRouters.map((router) => ({
    ...router,
    interfaces: router.interfaces.map((port) => ({ ...port, ipsecOnly: !clear && port.ipsecOnly })),
  }));
  const spec = {
    ...made,
    virtualRouters,
    ipsecGateways: [gateway, { ...gateway, localAddress: OURS, remote: ANY_IPV6_PREFIX }],
    preSharedKeys: [key, { ...key, peer: { prefix: ANY_IPV6_PREFIX } }],
  };
  return new Chassis({ spec, addresses: [GATEWAY, OURS] });
}

const AES: EspProposalSpec = { label: "A", cipher: "aes", keyBits: 128, integrity: "sha1", mode: "transport" };

test.each([
  ["ESP alone", "esp", undefined],
  ["ESP in UDP", "udp", "2001:db8:f::7"],
  ["L2TP in the clear", "clear", undefined],
] as const)(
  "with %s the largest packet of a session fills 1500 octets of IPv6 and no more",
  (_, encapsulation, outside) => {
    const transport = encapsulation === "clear" ? "clear" : "ipsec";
    const lab = chassis({ proposals: [AES] }, transport === "clear");
    const nat = outside === undefined ? {} : { nat: lab.nat(outside) };
    const plan = { transport } as const;
    const client = lab.client({ persona: "windows-7", gateway: OURS, manners: { mru: 1500 }, plan, ...nat }).connect();
    expect(client.client.view(), lab.log.join("\n")).toMatchObject({ state: "up" });
    expect(lab.snapshot.connections).toMatchObject(transport === "clear" ? [] : [{ encapsulation }]);
    const { mtu = 0 } = lab.snapshot.sessions[0] ?? {};
    const lengths: number[] = [];
    lab.network.observe((packet) => {
      if (packet.source.address === OURS) lengths.push(packetOctets(packet).length);
    });
    const payload = icmpEcho.encode({
      type: icmpType.echoRequest,
      identifier: 1,
      sequence: 1,
      data: new Uint8Array(mtu - 28),
    });
    const source = ipv4ToNumber(client.address ?? "");
    const destination = ipv4ToNumber(INSIDE);
    client.sendPacket(ipv4Packet.encode(simplePacket({ protocol: ipProtocol.icmp, source, destination, payload })));
    lab.run(500);
    expect(lengths).toHaveLength(1);
    expect(lengths[0]).toBeLessThanOrEqual(1500);
    expect(lengths[0]).toBeGreaterThan(1500 - 17);
  },
);

test("behind a translator the session is as small as the wider header of the other side wants it", () => {
  const mtuOf = (nat: Nat, gateway: string) => {
    const lab = chassis({ proposals: [AES] });
    lab.client({ persona: "windows-7", gateway, nat, manners: { mru: 1500 } }).connect();
    return lab.snapshot.sessions[0]?.mtu;
  };
  const translated = mtuOf(new Nat64({ outside: NAT }), synthesised(GATEWAY));
  expect(translated).toBe(mtuOf(new Nat({ outside: "2001:db8:f::7" }), OURS));
  expect(translated).toBeLessThan(mtuOf(new Nat({ outside: NAT }), GATEWAY) ?? 0);
});

test.each(["windows-10", "macos", "android", "strongswan"] as const)(
  "%s over IPv6: both phases are renewed from either side for hours, across a NAT that moves, and no ping is lost",
  (persona) => {
    const lab = chassis({ proposals: [AES], lifetimeKilobytes: 40 });
    const nat = lab.nat("2001:db8:f::7");
    const policies = personas[persona].policies.map((policy) => ({ ...policy, lifetimeSeconds: 600 }));
    const client = lab.client({ persona, gateway: OURS, nat, manners: { lifetimeSeconds: 300, policies } }).connect();
    const { ikeSas, connections, sessions } = lab.snapshot;
    expect(client.ping(INSIDE, 400, 5000), lab.log.join("\n")).toBe(400);
    nat.moveTo("2001:db8:f::8");
    expect(client.ping(INSIDE, 10)).toBeGreaterThanOrEqual(9);
    expect(client.ping(INSIDE, 400, 5000)).toBe(400);
    const after = lab.snapshot;
    expect(after.connections[0]?.sas.at(-1)?.inboundSpi).not.toBe(connections[0]?.sas[0]?.inboundSpi);
    expect(after.connections[0]?.flow.remote.address).toBe("2001:db8:f::8");
    expect(after.sessions.map(({ session }) => session)).toEqual(sessions.map(({ session }) => session));
    expect(after.ikeSas.at(-1)?.id).not.toBe(ikeSas[0]?.id);
  },
);

test.each([
  [OURS, GATEWAY],
  [GATEWAY, OURS],
])("who leaves %s for %s is there once: what he left ends when it stays silent", (first, second) => {
  const lab = chassis();
  const before = lab.client({ gateway: first }).connect();
  expect(before.ping(INSIDE, 3)).toBe(3);
  before.vanish();
  const after = lab.client({ gateway: second }).connect();
  expect(after.ping(INSIDE, 60, 10_000)).toBe(60);
  expect(lab.holdings).toMatchObject({ tunnels: 1, sessions: 1, leases: 1 });
});
