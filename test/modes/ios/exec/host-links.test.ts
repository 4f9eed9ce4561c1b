/** Links to the host among what is counted: `show ip traffic` adds up, and an interface was busy when its wire was. */

import { expect, test } from "vitest";
import { newHostLinkCounters, newLineModuleCounters, newSessionCounters } from "../../../../src/engine/counters.ts";
import { session, snapshotOf } from "../show/snapshots.ts";
import { BusyRouter } from "./busy-router.ts";

test("packets of sessions, of links to the host and of strangers are summed, each by what became of it", () => {
  const router = new BusyRouter();
  const counted = { rxPackets: 10, txPackets: 20, spoofed: 1, rxDiscards: 2, txDiscards: 3, filtered: 4 };
  router.snapshot = snapshotOf({
    sessions: [
      { ...session, counters: { ...newSessionCounters(), ...counted } },
      { ...session, session: 3, counters: { ...newSessionCounters(), ...counted } },
    ],
    hostLinks: { lnsh0: { ...newHostLinkCounters(), ...counted, rxPackets: 100, txPackets: 200 } },
    lineModule: { ...newLineModuleCounters(), noRoute: 7, filtered: 50, malformed: 6 },
  });
  const lines = router.run("show ip traffic").map((line) => line.trim());
  expect(lines).toContain("Rcvd:  120 total");
  expect(lines).toContain("6 malformed, 3 with a source that is not behind the wire they came by");
  expect(lines).toContain("Sent:  240 total");
  expect(lines).toContain("Drop:  7 no route, 15 discarded, 62 by access lists");
});

test("an interface that is plugged into the host had its last packets when its wire had them", () => {
  const router = new BusyRouter();
  const { spec, now } = router.snapshot;
  const [first, ...others] = spec.virtualRouters;
  if (first === undefined) throw new Error("no virtual router");
  const wire = {
    name: "FastEthernet0/1",
    address: undefined,
    enabled: true,
    ipsecOnly: false,
    loopback: false,
    hostDevice: "lnsh0",
  };
  router.snapshot = {
    ...router.snapshot,
    spec: { ...spec, virtualRouters: [{ ...first, interfaces: [...first.interfaces, wire] }, ...others] },
    hostLinks: { lnsh0: { ...newHostLinkCounters(), lastInputAt: now - 5000, lastOutputAt: now - 65_000 } },
  };
  const lines = router.run("show interfaces FastEthernet0/1");
  expect(lines).toContain("  Last input 00:00:05, output 00:01:05, output hang never");
});

test("an interface whose device could not be made is down, and routes by it are in no table", () => {
  const router = new BusyRouter();
  const { spec } = router.snapshot;
  const [first, ...others] = spec.virtualRouters;
  if (first === undefined) throw new Error("no virtual router");
  const wire = {
    name: "FastEthernet0/1",
    address: { address: "10.1.0.1", length: 30 },
    enabled: true,
    ipsecOnly: false,
    loopback: false,
  };
  const routes = [
    { prefix: { address: "10.7.0.0", length: 16 }, via: "10.1.0.2" },
    { prefix: { address: "10.8.0.0", length: 16 }, via: { interface: "FastEthernet0/1" } },
  ];
  const told = (unplugged: { readonly unplugged?: true }): string[] => {
    const interfaces = [...first.interfaces, { ...wire, ...unplugged }];
    router.snapshot = {
      ...router.snapshot,
      spec: { ...spec, virtualRouters: [{ ...first, interfaces, routes }, ...others] },
    };
    const head = router.run("show interfaces FastEthernet0/1").slice(0, 1);
    const table = router.run("show ip route").filter((line) => /via 10\.1\.0\.2|FastEthernet0\/1/.test(line));
    return [...head, ...table].map((line) => line.trim());
  };
  expect(told({})).toHaveLength(4);
  expect(told({ unplugged: true })).toEqual(["FastEthernet0/1 is down, line protocol is down"]);
});
