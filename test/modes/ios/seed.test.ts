import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { toldDialect } from "../../../src/modes/telling.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { TestShell } from "../../support/shell.ts";

/** The sample configuration of Cisco's "L2TP IPsec Support for NAT and PAT Windows Clients", as it stands there. */
const listing = readFileSync(new URL("../../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8");

test("every line of the listing is taken, and what does nothing here says so", () => {
  const report = new TestShell(ios).load(listing);
  expect(report.refused).toEqual([]);
  const inert = report.inert.map((line) => line.text.trim());
  expect(inert).toContain("duplex full");
  expect(inert).toContain("router ospf 1");
  expect(inert).not.toContain("set nat demux");
  expect(report.inert.every((line) => line.outcome.kind === "inert" && line.outcome.reason.length > 10)).toBe(true);
});

test("what is printed pastes back to the same configuration", () => {
  const first = new TestShell(ios);
  first.load(listing);
  const second = new TestShell(ios);
  expect(second.load(first.printed).refused).toEqual([]);
  expect(storesEqual(first.store, second.store)).toBe(true);
  expect(second.printed).toBe(first.printed);
});

test("nothing of the listing is lost: each of its lines is printed in its block", () => {
  const shell = new TestShell(ios);
  shell.load(listing);
  const printed = shell.printed.split("\n").map((line) => line.trim());
  const wanted = listing
    .split("\n")
    .map((line) => line.trim().replace(/!$/, ""))
    .filter((line) => line !== "" && !line.startsWith("!") && line !== "end");
  expect(wanted.filter((line) => !printed.includes(line))).toEqual([]);
});

test("the listing describes the gateway that the document draws", () => {
  const shell = new TestShell(ios);
  shell.load(listing);
  const { spec, warnings } = ios.compile(shell.store);
  expect(spec).toMatchObject({
    hostname: "72_LNS",
    ikePolicies: [
      { priority: 1, encryption: "3des", hash: "sha1", group: 2, authentication: "preShared", lifetimeSeconds: 3600 },
    ],
    deadPeerDetection: { intervalSeconds: 3600, retrySeconds: 2, mode: "onDemand" },
    ipsecGateways: [
      {
        localAddress: "11.0.0.8",
        interfaceName: "FastEthernet0/0",
        proposals: [{ label: "TS1", cipher: "3des", integrity: "sha1", mode: "transport" }],
        lifetimeSeconds: 600,
        lifetimeKilobytes: 4_608_000,
        separation: "portDemux",
        ignoreUdpChecksums: true,
        label: { map: "CRYPT_MAP", sequence: 6000, dynamicMap: "DYN_MAP", dynamicSequence: 10 },
      },
    ],
    l2tp: { enabled: true, ignoreUdpChecksums: true },
    lnsProfiles: [
      {
        name: "L2TP",
        tunnelAuthentication: false,
        transport: "either",
        localHostName: "72_LNS",
        pppProfile: "Virtual-Template1",
      },
    ],
    pppProfiles: [
      {
        name: "Virtual-Template1",
        authentication: ["chap", "msChap"],
        localAddress: "12.0.0.8",
        pools: ["POOL"],
        mtuAdaptive: true,
      },
    ],
  });
  expect(spec.virtualRouters.map((router) => router.name)).toEqual(["default", "VPN"]);
  expect(spec.virtualRouters[0]?.interfaces.find((port) => port.name === "FastEthernet0/0")).toMatchObject({
    ipsecOnly: true,
  });
  expect(spec.preSharedKeys.map((key) => [key.label, key.key.reveal()])).toEqual([
    ["default", "cisco"],
    ["L2TP", "*****"],
  ]);
  expect(warnings).toEqual(["interface Virtual-Template1: clients must authenticate but no username is configured"]);
});

test("taking set nat demux out again takes it out of the gateway", () => {
  const shell = new TestShell(ios);
  shell.load(listing);
  shell.transcript("configure terminal", "crypto dynamic-map DYN_MAP 10", "no set nat demux");
  expect(ios.compile(shell.store).spec.ipsecGateways[0]?.separation).toBe("none");
});

test("the listing is recognised as IOS", () => {
  expect(toldDialect(listing)).toBe("ios");
});
