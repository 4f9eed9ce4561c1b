/** Clients that call the gateway over IPv6: strongSwan and the kernel's ESP, before a NAT of IPv6 and behind one. */

import type { Case } from "../lab/case.ts";
import { expect } from "../lab/command.ts";
import { NAT_ADDRESS_6, ROUTED_CLIENT, SERVER_ADDRESS_6 } from "../lab/network.ts";
import { pingWithoutLoss } from "../lab/ping.ts";
import { connect, type Stage } from "../lab/stage.ts";
import { type IpsecPeer, ipsecPeers } from "./ios-views.ts";
import { IOS_LOOPBACK } from "./routers.ts";

const PINGS = 15;

export const ipv6: Case = {
  name: "client-over-ipv6",
  async run(stage) {
    const peer = await pingOver(stage, ROUTED_CLIENT.number, ROUTED_CLIENT.address6);
    expect(peer.port === 500, "the peer in show crypto ipsec sa is not on port 500", peer.text);
    expect(!peer.text.includes("UDP-Encaps"), "its ESP is in UDP", peer.text);
  },
};

export const ipv6BehindNat: Case = {
  name: "client-over-ipv6-behind-nat",
  async run(stage) {
    const peer = await pingOver(stage, 1, NAT_ADDRESS_6);
    expect(peer.text.includes("UDP-Encaps"), "its ESP is not in UDP", peer.text);
  },
};

/** Boots a client, lets it ping through its tunnel and leave; what the gateway showed of it. */
async function pingOver(stage: Stage, number: number, outside: string): Promise<IpsecPeer> {
  const client = await stage.boot({ ipv6: true }, number);
  await connect(client);
  await pingWithoutLoss(client, IOS_LOOPBACK, PINGS);
  await pingWithoutLoss(client, IOS_LOOPBACK, 5, { payloadBytes: 1372 });
  const peers = await ipsecPeers(stage);
  const peer = peers.find(({ address }) => address.toLowerCase() === outside);
  expect(peer !== undefined, `show crypto ipsec sa has no peer ${outside}`, peers.map(({ text }) => text).join("\n"));
  const carried = peer.encapsulated >= PINGS && peer.decapsulated >= PINGS;
  expect(carried, "show crypto ipsec sa does not count the pings", peer.text);
  await stage.powerOff(client);
  const frames = await stage.frames();
  for (const source of [outside, SERVER_ADDRESS_6]) {
    const pings = frames.filter((frame) => frame.source === source && frame.authentic && frame.layers.includes("icmp"));
    expect(pings.length >= PINGS, `${pings.length} pings inside ESP from ${source} were recorded`);
  }
  return peer;
}
