/**
 * What the E-series manual says of L2TP under IPsec, sentence by sentence, on a router as it is typed: which keys and selectors
 * are taken, what NAT traversal does and for whom, and what is on the wire. Its timeouts are in `table-19.test.ts`.
 */

import { expect, test } from "vitest";
import type { OuterPacket } from "../../src/dataplane/packet.ts";
import { Lab } from "../support/lab.ts";
import { TypedLab } from "../support/typed-lab.ts";
import { ScriptedLac } from "./scripted-lac.ts";
import { SecuredLac } from "./secured-lac.ts";

const CONFIG = `hostname host1
interface loopback 0
 ip address 10.0.0.1 255.255.255.255
interface loopback 1
 ip address 10.0.0.2 255.255.255.255
ip local pool vpnpool 10.20.0.10 10.20.0.250
ip address-pool local
aaa local database default
username fred password fredPw
aaa local select database default
aaa authentication ppp default local none
profile georgeProfile1
 ip unnumbered loopback 0
 ppp authentication chap
ipsec ike-policy-rule 5
 authentication pre-share
 encryption 3des
 group 2
ipsec transport profile first virtual-router default ip address 0.0.0.0
 application l2tp
 local ip address 10.0.0.1
  pre-share firstSecret
ipsec transport profile second virtual-router default ip address 0.0.0.0
 application l2tp
 local ip address 10.0.0.2
  pre-share secondSecret
l2tp destination profile boston4 ip address 0.0.0.0
 remote host default
  enable ipsec-transport
  profile georgeProfile1
`;
const FIRST = { psk: "firstSecret", gateway: "10.0.0.1" };

function laboratory(more = "") {
  const lab = new TypedLab(`${CONFIG}${more}`);
  const seen: OuterPacket[] = [];
  lab.network.observe((packet) => seen.push(packet));
  return { lab, seen, nat: lab.nat("172.31.1.99") };
}

/** What an octet of ours or of a client's is, by its place: IKE, IKE behind the marker, ESP in UDP, or a keepalive. */
function kindOf({ protocol, source, destination, payload }: OuterPacket): string {
  if (protocol === "esp") return "esp";
  const ports = [source.port, destination.port];
  if (ports.includes(500)) return "ike";
  if (!ports.includes(4500)) return `udp ${ports.join(" ")}`;
  if (payload.length === 1) return "keepalive";
  return payload.subarray(0, 4).every((octet) => octet === 0) ? "marked ike" : "esp in udp";
}

test("a group preshared key is that of the local address which the client calls", () => {
  const { lab, nat } = laboratory();
  const clients = [
    { psk: "firstSecret", gateway: "10.0.0.1" },
    { psk: "secondSecret", gateway: "10.0.0.2" },
    { psk: "secondSecret", gateway: "10.0.0.1" },
    { psk: "firstSecret", gateway: "10.0.0.2" },
  ].map((call) => lab.client({ behind: nat, ...call }).connect());
  expect(clients).toEqual([true, true, false, false]);
});

test("under a group preshared key only selectors of L2TP are taken: UDP port 1701 of the router", () => {
  const { lab, nat } = laboratory();
  const { plan, context } = lab.enrol({ behind: nat, ...FIRST });
  const elsewhere = new SecuredLac(lab, { ...plan, remoteL2tpPort: 1702 }, context);
  expect(elsewhere.secure()).toBe(false);
  expect(lab.show("show ipsec transport interface")).toEqual(["No Ipsec transport interfaces found"]);
  expect(new SecuredLac(lab, plan, context).secure()).toBe(true);
});

test("the LAC may use any source port; the LNS stays at 1701", () => {
  const { lab, nat } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST, manners: { l2tpPort: 40_001 } });
  expect(client.connect()).toBe(true);
  expect(lab.show("show l2tp tunnel detail 1/1")).toContain("    Local UDP port 1701, peer UDP port 40001");
  expect(client.ping("10.0.0.1", 3)).toBe(3);
});

test("the client has an address of its provider, then IKE, then a tunnel and a session over the SAs; nothing else is on the wire", () => {
  const { lab, nat, seen } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST });
  expect(client.connect()).toBe(true);
  expect(client.ping("10.0.0.1", 3)).toBe(3);
  const kinds = seen.map(kindOf);
  // Four messages find the NAT; with the fifth IKE moves to the port of NAT-T and wears the marker there.
  expect(kinds.slice(0, 4)).toEqual(["ike", "ike", "ike", "ike"]);
  expect(kinds[4]).toBe("marked ike");
  expect([...new Set(kinds)]).toEqual(["ike", "marked ike", "esp in udp"]);
  expect(kinds.lastIndexOf("marked ike")).toBeLessThan(kinds.indexOf("esp in udp"));
  const detail = lab.show("show ipsec transport interface detail 1");
  expect(detail).toContain("     Application        l2tp");
  client.disconnect();
});

test("NAT-T is on in every virtual router, and the command speaks of the one that it is typed in", () => {
  const { lab } = laboratory("virtual-router westford\nvirtual-router sunnyvale\n");
  const told = (router: string) => {
    lab.router.run(`virtual-router ${router}`);
    const [line] = lab.show("show ipsec option").filter((each) => each.startsWith("NAT Traversal"));
    lab.router.run("virtual-router default");
    return line;
  };
  const on = "NAT Traversal      : enabled";
  const off = "NAT Traversal      : disabled";
  expect(["default", "westford", "sunnyvale"].map(told)).toEqual([on, on, on]);
  lab.configure("virtual-router westford", "no ipsec option nat-t");
  expect(["default", "westford", "sunnyvale"].map(told)).toEqual([on, off, on]);
  lab.configure("virtual-router westford", "ipsec option nat-t");
  expect(told("westford")).toBe(on);
});

test("ipsec option nat-t affects IKE SAs that are negotiated after it, and none from before", () => {
  const { lab, nat } = laboratory();
  const early = lab.client({ behind: nat, ...FIRST });
  expect(early.connect()).toBe(true);
  lab.configure("no ipsec option nat-t");
  const late = lab.client({ behind: nat, ...FIRST });
  expect(late.connect()).toBe(false);
  // New SAs under the old IKE SA are encapsulated as those before.
  early.expireSa();
  lab.run(5000);
  expect(early.ping("10.0.0.1", 3)).toBe(3);
  lab.configure("ipsec option nat-t");
  expect(lab.client({ behind: nat, ...FIRST }).connect()).toBe(true);
});

test("who does not say that it knows NAT-T is not asked to use it", () => {
  const { lab, nat, seen } = laboratory();
  expect(lab.client({ behind: nat, ...FIRST, manners: { vendorIds: [] } }).connect()).toBe(false);
  expect(seen.map(kindOf)).not.toContain("marked ike");
});

/** Of the route processor: what came and went. */
function udpCounts(lab: TypedLab): string[] {
  const lines = lab.show("show ip udp statistics").filter((line) => /\d/.test(line));
  expect(lines.length).toBeGreaterThan(1);
  return lines;
}

test("UDP statistics of the route processor do not move with what sessions carry", () => {
  const { lab, nat } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST });
  client.connect();
  lab.run(500);
  const before = udpCounts(lab);
  expect(client.ping("10.0.0.1", 10)).toBe(10);
  expect(udpCounts(lab)).toEqual(before);
});

test("the router sends no NAT keepalives in an hour of silence: L2TP's own hellos hold the translation", () => {
  const { lab, nat, seen } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST, manners: { helloSeconds: 0 } });
  client.connect();
  lab.run(3_600_000);
  expect(seen.map(kindOf)).not.toContain("keepalive");
  expect(client.ping("10.0.0.1", 3)).toBe(3);
});

test("NAT keepalives of a client are discarded where they come in", () => {
  const { lab, nat, seen } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST });
  client.connect();
  lab.run(500);
  const before = udpCounts(lab);
  const [last] = seen.filter(({ destination }) => destination.port === 4500).slice(-1);
  if (last === undefined) throw new Error("the client has sent nothing");
  seen.length = 0;
  for (let count = 0; count < 5; count += 1) lab.network.inject({ ...last, payload: Uint8Array.of(0xff) });
  lab.run(1000);
  expect(seen.map(kindOf)).toEqual(Array(5).fill("keepalive"));
  expect(udpCounts(lab)).toEqual(before);
  expect(lab.router.snapshot.lineModule?.keepalives).toBe(5);
});

/** A gateway that can send ESP alone, with or without NAT passthrough, and clients that know nothing of NAT-T behind one NAT. */
function withoutNatTraversal(application: string) {
  const router = new TypedLab(`${CONFIG.replaceAll("application l2tp", application)}no ipsec option nat-t\n`).router;
  const lab = new Lab({ spec: router.snapshot.spec, addresses: ["10.0.0.1"] });
  const nat = lab.nat();
  const manners = { vendorIds: [] };
  const call = { gateway: "10.0.0.1", preSharedKey: "firstSecret", manners };
  return { lab, nat, client: () => lab.client({ nat, ...call }), direct: () => lab.client(call) };
}

test("behind a NAT without NAT-T, checksums are wrong: the tunnel comes up in NAT passthrough mode and not without it", () => {
  expect(withoutNatTraversal("application l2tp").client().connect().state).toBe("failed");
  expect(withoutNatTraversal("application l2tp").direct().connect().state).toBe("up");
  const client = withoutNatTraversal("application l2tp-nat-passthrough").client().connect();
  expect(client.ping("10.0.0.1", 3)).toBe(3);
});

test("NAT passthrough serves a single user behind a NAT, not several", () => {
  const { lab, client } = withoutNatTraversal("application l2tp-nat-passthrough");
  const [first, second] = [client().connect(), client().connect()];
  expect([first.state, second.state]).toEqual(["up", "up"]);
  // The NAT knows of one host that ESP is for: whoever spoke last.
  expect(lab.pingTogether([first, second], "10.0.0.1", 3)).toEqual([0, 3]);
  expect(lab.snapshot.connections.every(({ encapsulation }) => encapsulation === "esp")).toBe(true);
});

test("a destination profile is for the address that it names, and 0.0.0.0 is everybody", () => {
  const { lab, nat } = laboratory("no l2tp destination profile boston4\n");
  const call = () => lab.client({ behind: nat, ...FIRST }).connect();
  expect(call()).toBe(false);
  const profile = (address: string) => [
    `l2tp destination profile boston ip address ${address}`,
    "remote host default",
    "enable ipsec-transport",
    "profile georgeProfile1",
  ];
  lab.configure(...profile("10.10.76.12"));
  expect(call()).toBe(false);
  lab.configure(...profile("172.31.1.99"));
  expect(call()).toBe(true);
});

test("a host profile is for the local address that it names", () => {
  const { lab, nat } = laboratory(
    " l2tp destination profile boston4 ip address 0.0.0.0\nremote host default\nlocal ip address 10.0.0.1\n",
  );
  expect(lab.client({ behind: nat, ...FIRST }).connect()).toBe(true);
  expect(lab.client({ behind: nat, psk: "secondSecret", gateway: "10.0.0.2" }).connect()).toBe(false);
});

test("a host profile that enables IPsec transport takes no tunnel in the clear", () => {
  const { lab } = laboratory();
  const lac = ScriptedLac.inTheClear(lab, "192.0.2.77", "10.0.0.1");
  expect(lac.establish()).toEqual(["stopCcn"]);
});

test("removing a destination profile drops its tunnels and sessions", () => {
  const { lab, nat } = laboratory();
  const client = lab.client({ behind: nat, ...FIRST });
  expect(client.connect()).toBe(true);
  lab.configure("no l2tp destination profile boston4");
  lab.run(5000);
  expect(client.state).toBe("failed");
  expect(lab.router.state.sessions).toEqual([]);
});

test("single-shot tunnels may be without IPsec: one session, and then the tunnel goes", () => {
  const { lab } = laboratory(`l2tp tunnel idle-timeout 0
l2tp destination profile boston4 ip address 0.0.0.0
remote host default
no enable ipsec-transport
single-shot-tunnel
`);
  const lac = ScriptedLac.inTheClear(lab, "192.0.2.77", "10.0.0.1");
  expect(lac.establish()).toEqual(["sccrp"]);
  const session = lac.call(1);
  expect(session).toEqual(expect.any(Number));
  expect(lac.call(2)).toMatchObject({ name: "cdn" });
  expect(lac.hangUp(1, Number(session))).toEqual(["stopCcn"]);
});
