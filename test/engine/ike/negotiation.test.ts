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

test("Windows 2000 comes in by draft 02 alone, with a host name as its end of quick mode", () => {
  const net = new IkeNet({ nat: true });
  const vendorIds = [new Uint8Array(Buffer.from("90cb80913ebb696e086381b5ec427b1f", "hex"))];
  net.connect({ vendorIds, quickModeIdentity: { type: "fqdn", name: "w2k01" }, lifetimeKilobytes: 250_000 });
  expect(net.server.of("connectionOpened")[0]).toMatchObject({ encapsulation: "udp", behindNat: true });
  expect(net.server.of("inboundSa")[0]?.pair.lifetimeKilobytes).toBe(4_000_000);
  expect(net.server.machine.view().sas[0]).toMatchObject({ natTraversal: true, deadPeerDetection: false });
  expectSameKeys(net);
  // A later pair, begun by the gateway, is for the same identities.
  net.input(net.server, { type: "rekey", connection: 1, spi: net.server.of("inboundSa")[0]?.pair.inboundSpi ?? 0 });
  net.run(2000);
  expect(net.server.of("outboundSa")).toHaveLength(2);
});

test("the gateway behind a NAT is found to be there, and the peer moves", () => {
  const net = new IkeNet();
  net.serverWire = "198.51.100.200";
  net.connect();
  expect(net.server.of("connectionOpened")[0]).toMatchObject({ encapsulation: "udp", behindNat: false });
  expect(net.server.of("connectionOpened")[0]?.flow.local.port).toBe(4500);
  expectSameKeys(net);
});

test("where only ESP in UDP can be carried, a client without NAT is brought to use it", () => {
  const net = new IkeNet({ configuration: serverConfiguration({ udpEncapsulationOnly: true }) });
  net.connect();
  expect(net.server.of("connectionOpened")[0]).toMatchObject({ encapsulation: "udp", behindNat: false });
  expectSameKeys(net);
});

test("without NAT traversal on the virtual router nothing of it is answered", () => {
  const net = new IkeNet({ nat: true, configuration: serverConfiguration({ natTraversal: new Set() }) });
  net.connect();
  expect(net.server.machine.view().sas[0]).toMatchObject({ natTraversal: false });
  expect(net.server.of("connectionOpened")[0]).toMatchObject({ encapsulation: "esp", behindNat: false });
  expect(net.wire.every(({ to, from }) => to.port !== 4500 && from.port !== 4500)).toBe(true);
});

test("an offer that meets no policy is refused with the reason on both sides, at once", () => {
  const net = new IkeNet({ nat: true });
  net.connect({ policies: [{ ...policy3des, hash: "md5" }] });
  expect(net.server.of("failed")[0]?.reason).toContain("hash md5 is not sha1");
  expect(net.client.of("failed")[0]?.reason).toBe("the peer refused: NO-PROPOSAL-CHOSEN");
  expect(net.server.reasons()).toContain("hash md5 is not sha1");
  expect(net.now).toBeLessThan(3000);
});

test("an ESP offer that meets no transform set is refused with the reason on both sides, at once", () => {
  const net = new IkeNet({ nat: true });
  net.connect({ proposals: [{ label: "x", cipher: "3des", keyBits: 0, integrity: "md5", mode: "transport" }] });
  expect(net.server.of("failed")[0]?.reason).toContain("cipher 3des is not aes");
  expect(net.client.of("failed")[0]?.reason).toBe("the peer refused: NO-PROPOSAL-CHOSEN");
  expect(net.client.machine.view().sas).toEqual([]);
});

test("a peer without a key is told nothing, and the log says so", () => {
  const net = new IkeNet({ configuration: serverConfiguration({ preSharedKeys: [] }) });
  net.connect();
  expect(net.server.of("failed")[0]?.reason).toBe("no pre-shared key is configured for this peer");
  expect(net.client.of("failed")[0]?.reason).toBe("the peer did not answer main mode message 3");
});

test("a shorter life of the gateway is told beside its answer", () => {
  const net = new IkeNet({
    nat: true,
    configuration: serverConfiguration({ gateways: [gatewayOf({ lifetimeSeconds: 600 })] }),
  });
  net.connect({ lifetimeSeconds: 3600 });
  expect(net.client.of("inboundSa")[0]?.pair.lifetimeSeconds).toBe(600);
  expect(net.server.of("inboundSa")[0]?.pair.lifetimeSeconds).toBe(600);
});

test("the same seed gives the same octets", () => {
  const run = (): string => {
    const net = new IkeNet({ seed: 12, nat: true });
    net.connect({ pfsGroup: 2 });
    return net.wire.map(({ bytes }) => Buffer.from(bytes).toString("hex")).join();
  };
  expect(run()).toBe(run());
});
