/** The largest packet of a session follows from the suite that was agreed on and from the NAT, and so does TCP's segment. */

import { expect, test } from "vitest";
import { packetOctets } from "../../src/dataplane/packet.ts";
import { ipv4ToNumber } from "../../src/engine/kernel/address.ts";
import { openSessionIp } from "../../src/engine/router/session-ip.ts";
import type { EspProposalSpec } from "../../src/engine/spec.ts";
import { icmpEcho, icmpType } from "../../src/engine/wire/icmp.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { GATEWAY, INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { pppProfile, specOf } from "../support/specs.ts";

const tripleDes: EspProposalSpec = { label: "T", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "transport" };
const aes: EspProposalSpec = { label: "A", cipher: "aes", keyBits: 128, integrity: "sha1", mode: "transport" };

function connected(proposals: readonly EspProposalSpec[], behindNat: boolean): { lab: Lab; client: LabClient } {
  const lab = new Lab({ spec: specOf({ gateway: { proposals } }) });
  const nat = behindNat ? { nat: lab.nat() } : {};
  const client = lab.client({ persona: "windows-7", manners: { mru: 1500 }, ...nat }).connect();
  expect(client.state).toBe("up");
  return { lab, client };
}

/** Pings with an IP packet of so many octets; the lengths of what the gateway answered with, outside. */
function answers(lab: Lab, client: LabClient, octets: number): number[] {
  const lengths: number[] = [];
  lab.network.observe((packet) => {
    if (packet.source.address === GATEWAY) lengths.push(packetOctets(packet).length);
  });
  const data = new Uint8Array(octets - 28);
  const payload = icmpEcho.encode({ type: icmpType.echoRequest, identifier: 1, sequence: 1, data });
  const source = ipv4ToNumber(client.address ?? "");
  const destination = ipv4ToNumber(INSIDE);
  client.sendPacket(ipv4Packet.encode(simplePacket({ protocol: ipProtocol.icmp, source, destination, payload })));
  lab.run(500);
  return lengths;
}

test.each([
  ["3DES", [tripleDes], false, 1428],
  ["3DES", [tripleDes], true, 1420],
  ["AES", [aes], false, 1420],
  ["AES", [aes], true, 1404],
] as const)(
  "%s %j, behind a NAT %s: so large a packet travels in one piece of at most 1500",
  (_, proposals, nat, mtu) => {
    const { lab, client } = connected(proposals, nat);
    const [session] = lab.snapshot.sessions;
    expect(session?.mtu).toBe(mtu);
    // What the client may send in one piece is what we asked it not to exceed.
    expect(session?.ppp.localMru).toBe(mtu);
    const whole = answers(lab, client, mtu);
    expect(whole).toHaveLength(1);
    expect(whole[0]).toBeLessThanOrEqual(1500);
    expect(whole[0]).toBeGreaterThan(1500 - 17);
  },
);

test("a profile that says less is obeyed, as is a client that takes less", () => {
  const said = specOf({ ppp: { ipMtu: 1000 } });
  const lab = new Lab({ spec: said });
  lab.client({ manners: { mru: 1500 } }).connect();
  lab.client({ manners: { mru: 600 } }).connect();
  expect(lab.snapshot.sessions.map(({ mtu }) => mtu)).toEqual([1000, 600]);
});

test("TCP segments are lowered to what the session carries, or to what is configured where that is less", () => {
  const opened = {
    type: "opened",
    localAddress: "10.0.0.1",
    peerAddress: "10.0.0.2",
    dns: [],
    nbns: [],
    peerMru: 1500,
    compressProtocol: false,
    compressAddress: false,
  } as const;
  const terms = { session: 1, virtualRouter: "default", tunnelMtu: 1422 };
  const mssWith = (tcpMss?: number) => {
    const profile = { ...pppProfile, ...(tcpMss === undefined ? {} : { tcpMss }) };
    return openSessionIp(opened, { ...terms, profile }).tcpMss;
  };
  expect(mssWith()).toBe(1382);
  expect(mssWith(1200)).toBe(1200);
  expect(mssWith(1460)).toBe(1382);
});
