/** What the router does with packets: between its clients, to itself, and to nowhere. */

import { expect, test } from "vitest";
import { ipv4ToNumber } from "../../src/engine/kernel/address.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { icmpEcho, icmpType } from "../../src/engine/wire/icmp.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { GATEWAY, INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { gatewaySpec, lnsProfile, pppProfile, specOf } from "../support/specs.ts";

function twoClients(): { lab: Lab; first: LabClient; second: LabClient } {
  const lab = new Lab({ spec: specOf() });
  const nat = lab.nat();
  return { lab, first: lab.client({ nat }).connect(), second: lab.client({ nat, persona: "linux" }).connect() };
}

function echoRequest(source: string, destination: string, timeToLive = 64): Uint8Array {
  const payload = icmpEcho.encode({ type: icmpType.echoRequest, identifier: 7, sequence: 1, data: new Uint8Array(8) });
  return ipv4Packet.encode(
    simplePacket({
      protocol: ipProtocol.icmp,
      source: ipv4ToNumber(source),
      destination: ipv4ToNumber(destination),
      payload,
      timeToLive,
    }),
  );
}

test("two clients ping each other through the router", () => {
  const { lab, first, second } = twoClients();
  expect(first.ping(second.address ?? "", 10)).toBe(10);
  expect(second.ping(first.address ?? "", 10)).toBe(10);
  expect(lab.snapshot.lineModule.noRoute).toBe(0);
});

test("a packet whose source is not the client's own address is dropped and counted", () => {
  const { lab, first, second } = twoClients();
  const received = () => lab.snapshot.sessions[1]?.counters.txPackets;
  const before = received();
  first.sendPacket(echoRequest("20.0.0.77", second.address ?? ""));
  first.sendPacket(echoRequest(second.address ?? "", INSIDE));
  lab.run(1000);
  expect(lab.snapshot.sessions.map(({ counters }) => counters.spoofed)).toEqual([2, 0]);
  expect(received()).toBe(before);
});

test("the router answers on its own addresses and on no others", () => {
  const { lab, first } = twoClients();
  expect(first.ping(INSIDE, 3)).toBe(3);
  expect(first.ping(GATEWAY, 3)).toBe(3);
  expect(first.ping("12.0.0.9", 3)).toBe(0);
  expect(first.ping("20.0.0.99", 3)).toBe(0);
  expect(lab.snapshot.lineModule.noRoute).toBe(6);
});

test("a packet at the end of its time to live goes no further, but reaches the router itself", () => {
  const { lab, first, second } = twoClients();
  first.sendPacket(echoRequest(first.address ?? "", second.address ?? "", 1));
  lab.run(1000);
  expect(lab.snapshot.sessions[0]?.counters.rxDiscards).toBe(1);
  const before = lab.snapshot.sessions[0]?.counters.txPackets ?? 0;
  first.sendPacket(echoRequest(first.address ?? "", INSIDE, 1));
  lab.run(1000);
  expect(lab.snapshot.sessions[0]?.counters.txPackets).toBe(before + 1);
});

test("an address that was given back is not routed to its old holder", () => {
  const { lab, first, second } = twoClients();
  const address = second.address ?? "";
  second.disconnect();
  expect(first.ping(address, 3)).toBe(0);
  const third = lab.client().connect();
  expect(first.ping(third.address ?? "", 3)).toBe(3);
});

const OTHER_GATEWAY = "203.0.113.2";

/** A second virtual router with its own gateway address and the same pool of addresses. */
function twoRouters(): RouterSpec {
  const spec = specOf();
  const [router] = spec.virtualRouters;
  const [key] = spec.preSharedKeys;
  if (router === undefined || key === undefined) throw new Error("the specification is empty");
  const other = {
    ...router,
    name: "westford",
    interfaces: [
      {
        name: "FastEthernet1/0",
        address: { address: OTHER_GATEWAY, length: 24 },
        enabled: true,
        ipsecOnly: true,
        loopback: false,
      },
      {
        name: "Loopback1",
        address: { address: "13.0.0.8", length: 32 },
        enabled: true,
        ipsecOnly: false,
        loopback: true,
      },
    ],
  };
  const names = { virtualRouter: "westford", localAddress: "13.0.0.8", name: "West", unnumbered: "Loopback1" };
  return {
    ...spec,
    virtualRouters: [router, other],
    preSharedKeys: [key, { ...key, virtualRouter: "westford" }],
    ipsecGateways: [gatewaySpec, { ...gatewaySpec, virtualRouter: "westford", localAddress: OTHER_GATEWAY }],
    lnsProfiles: [lnsProfile, { ...lnsProfile, name: "West", virtualRouter: "westford", pppProfile: "West" }],
    pppProfiles: [pppProfile, { ...pppProfile, ...names }],
  };
}

test("two virtual routers do not see each other, though they give out the same addresses", () => {
  const lab = new Lab({ spec: twoRouters(), addresses: [GATEWAY, OTHER_GATEWAY] });
  const nat = lab.nat();
  const boston = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
  const westford = lab.client({ nat, gateway: OTHER_GATEWAY }).connect();
  expect(westford.state, lab.log.join("\n")).toBe("up");
  expect([boston[0]?.address, westford.address]).toEqual(["20.0.0.100", "20.0.0.100"]);
  expect(boston[0]?.ping(INSIDE, 3)).toBe(3);
  expect(westford.ping("13.0.0.8", 3)).toBe(3);
  expect(boston[0]?.ping("13.0.0.8", 3)).toBe(0);
  expect(westford.ping(INSIDE, 3)).toBe(0);
  // Boston's second client is nobody in Westford.
  expect(boston[0]?.ping("20.0.0.101", 3)).toBe(3);
  expect(westford.ping("20.0.0.101", 3)).toBe(0);
});
