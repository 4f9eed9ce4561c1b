/** Whole negotiations between two machines, over good networks and bad ones. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { DhGroup, HashName, IkePolicySpec } from "../../../src/engine/spec.ts";
import { gatewayOf, hostile, IkeNet, NAT, policy3des, serverConfiguration } from "../../support/ike-pair.ts";

function expectSameKeys(net: IkeNet): void {
  const [theirIn] = net.client.of("inboundSa").slice(-1);
  const [theirOut] = net.client.of("outboundSa").slice(-1);
  const [ourIn] = net.server.of("inboundSa").slice(-1);
  const [ourOut] = net.server.of("outboundSa").slice(-1);
  expect(ourIn?.keys).toEqual(theirOut?.keys);
  expect(ourOut?.keys).toEqual(theirIn?.keys);
  expect(ourIn?.pair.inboundSpi).toBe(theirOut?.pair.outboundSpi);
  expect(ourOut?.pair.outboundSpi).toBe(theirIn?.pair.inboundSpi);
}

test("a client without NAT opens a connection with raw ESP on port 500", () => {
  const net = new IkeNet();
  net.connect();
  expect(net.server.outputs.map(({ type }) => type)).toEqual(["connectionOpened", "inboundSa", "outboundSa"]);
  expect(net.client.outputs.map(({ type }) => type)).toEqual(["connectionOpened", "inboundSa", "outboundSa"]);
  expect(net.server.of("connectionOpened")[0]).toMatchObject({ encapsulation: "esp", behindNat: false });
  expectSameKeys(net);
  expect(net.wire).toHaveLength(9);
});

test("a client behind a NAT moves to port 4500 and gets ESP in UDP", () => {
  const net = new IkeNet({ nat: true });
  net.connect();
  const [opened] = net.server.of("connectionOpened");
  expect(opened).toMatchObject({ encapsulation: "udp", behindNat: true, virtualRouter: "default" });
  expect(opened?.flow.local.port).toBe(4500);
  expect(opened?.flow.remote).toEqual({ address: NAT, port: 20_001 });
  expect(opened?.peerIdentity).toEqual({ type: "address", address: "192.168.10.11" });
  expectSameKeys(net);
});

const combinations: Partial<IkePolicySpec>[] = [];
for (const [encryption, keyBits] of [
  ["des", 0],
  ["3des", 0],
  ["aes", 128],
  ["aes", 192],
  ["aes", 256],
] as const) {
  for (const hash of ["md5", "sha1", "sha256", "sha384", "sha512"] satisfies HashName[]) {
    combinations.push({ encryption, keyBits, hash });
  }
}
for (const group of [1, 2, 5, 14, 15, 16] satisfies DhGroup[]) combinations.push({ group });

test.each(combinations)("phase 1 with %o comes up with perfect forward secrecy", (change) => {
  const policy = { ...policy3des, ...change };
  const gateways = [gatewayOf({ pfsGroup: policy.group })];
  const net = new IkeNet({ configuration: serverConfiguration({ policies: [policy], gateways }) });
  net.connect({ policies: [policy], pfsGroup: policy.group });
  expectSameKeys(net);
  expect(net.server.of("inboundSa")).toHaveLength(1);
});

test("negotiation survives loss, duplication and reordering", () => {
  let connected = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const net = new IkeNet({ seed, nat: seed % 2 === 0, network: hostile });
    net.connect();
    if (net.client.of("outboundSa").length === 0) continue;
    net.run(20_000);
    connected += 1;
    expectSameKeys(net);
    expect(net.server.of("connectionOpened")).toHaveLength(1);
    expect(net.server.of("outboundSa")).toHaveLength(1);
  }
  expect(connected).toBeGreaterThan(36);
});

test("a wrong pre-shared key is named on both sides, and state goes away", () => {
  const net = new IkeNet({ nat: true });
  net.connect({ preSharedKey: new Secret("wrong") });
  net.run(40_000);
  expect(net.server.of("failed")).toHaveLength(1);
  expect(net.server.of("failed")[0]?.reason).toContain("pre-shared keys differ");
  expect(net.client.of("failed")[0]?.reason).toContain("pre-shared keys differ");
  expect(net.server.machine.view().sas).toHaveLength(0);
  expect(net.client.machine.view().sas).toHaveLength(0);
});
