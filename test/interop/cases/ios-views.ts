/** What the cases read from the IOS gateway's `show` commands. */

import { expect } from "../lab/command.ts";
import { NAT_ADDRESS } from "../lab/network.ts";
import type { Stage } from "../lab/stage.ts";

/** The translated ports of the tunnels from behind the NAT, ascending. */
export async function translatedPorts(stage: Stage): Promise<readonly number[]> {
  const text = await stage.gateway.show("show l2tp tunnel all");
  const remote = new RegExp(`Internet Address ${NAT_ADDRESS.replaceAll(".", "\\.")}, port (\\d+)`, "g");
  return [...text.matchAll(remote)].map(([, port]) => Number(port)).sort((a, b) => a - b);
}

/** How many addresses of the pool are given out. */
export async function addressesInUse(stage: Stage): Promise<number> {
  const text = await stage.gateway.show("show ip local pool POOL");
  const [, inUse] = /^ *POOL +[\d.]+ +[\d.]+ +\d+ +(\d+)/m.exec(text) ?? [];
  expect(inUse !== undefined, "`show ip local pool POOL` has no row for the pool", text);
  return Number(inUse);
}

/** The NAT's ports that `show crypto ipsec sa` lists as peers: one for each client. */
export async function ipsecPeers(stage: Stage): Promise<readonly IpsecPeer[]> {
  const text = await stage.gateway.show("show crypto ipsec sa");
  return text
    .split(/(?=current_peer )/)
    .slice(1)
    .map((block) => ({
      address: /current_peer (\S+)/.exec(block)?.[1] ?? "",
      port: Number(/current_peer \S+ port (\d+)/.exec(block)?.[1]),
      encapsulated: Number(/#pkts encaps: (\d+)/.exec(block)?.[1]),
      decapsulated: Number(/#pkts decaps: (\d+)/.exec(block)?.[1]),
      text: block,
    }));
}

export interface IpsecPeer {
  readonly address: string;
  readonly port: number;
  readonly encapsulated: number;
  readonly decapsulated: number;
  readonly text: string;
}
