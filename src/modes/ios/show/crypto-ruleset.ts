/** `show crypto ruleset`, and the packets that SAs of an interface dropped: what IPsec does to a packet, rule by rule. */

import type { SaCounters } from "../../../engine/forwarding.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { remoteIdentPort } from "./crypto-ipsec.ts";

/** What a peer may send and is sent under IPsec. */
export interface CryptoRule {
  readonly interface: string;
  readonly cryptoMap: string | null;
  readonly localAddress: string;
  readonly remoteAddress: string;
  /** The port that the peer's L2TP packets carry. */
  readonly remotePort: number;
  readonly sas: number;
  readonly packetsIn: number;
  readonly packetsOut: number;
}

export function cryptoRules({ connections }: Snapshot): CryptoRule[] {
  return connections.map((connection) => ({
    interface: connection.gateway?.interfaceName ?? "",
    cryptoMap: connection.gateway?.label.map ?? null,
    localAddress: connection.flow.local.address,
    remoteAddress: connection.flow.remote.address,
    remotePort: remoteIdentPort(connection),
    sas: 2 * connection.sas.length,
    packetsIn: connection.sas.reduce((sum, { inbound }) => sum + inbound.packets, 0),
    packetsOut: connection.sas.reduce((sum, { outbound }) => sum + outbound.packets, 0),
  }));
}

/** Interface by interface: IKE comes in for everybody, and each peer has a rule of its own once it has SAs. */
export function showCryptoRuleset(snapshot: Snapshot, rules: readonly CryptoRule[], detail: boolean): string[] {
  return snapshot.spec.ipsecGateways.flatMap(({ interfaceName, localAddress, label }) => [
    `Interface: ${interfaceName}${label.map === undefined ? "" : `, crypto map tag: ${label.map}`}`,
    `  permit udp any host ${inCapitals(localAddress)} port = 500`,
    `  permit udp any host ${inCapitals(localAddress)} port = 4500`,
    ...rules
      .filter((rule) => rule.interface === interfaceName && rule.localAddress === localAddress)
      .flatMap((rule) => [
        `  permit udp host ${inCapitals(localAddress)} port = 1701 host ${inCapitals(rule.remoteAddress)} port = ${rule.remotePort}`,
        ...(detail ? [`    SAs: ${rule.sas}, packets in: ${rule.packetsIn}, packets out: ${rule.packetsOut}`] : []),
      ]),
    "",
  ]);
}

const DROPS = [
  "authenticationErrors",
  "replayErrors",
  "padErrors",
  "decryptErrors",
  "otherErrors",
  "policyErrors",
] as const satisfies readonly (keyof SaCounters)[];

export function droppedPackets({ spec, connections }: Snapshot) {
  return spec.ipsecGateways.map(({ interfaceName, localAddress }) => ({
    interface: interfaceName,
    address: localAddress,
    dropped: connections
      .filter(({ gateway, flow }) => gateway?.interfaceName === interfaceName && flow.local.address === localAddress)
      .flatMap(({ sas }) => sas)
      .reduce(
        (sum, { inbound, outbound }) => DROPS.reduce((all, name) => all + inbound[name] + outbound[name], sum),
        0,
      ),
  }));
}

export function showDroppedPackets(rows: ReturnType<typeof droppedPackets>): string[] {
  const row = (name: string, address: string, count: string): string =>
    `${name.padEnd(20)} ${inCapitals(address).padEnd(15)} ${count.padStart(10)}`;
  return [
    row("Interface", "IP-Address", "Drop Count"),
    ...rows.map(({ interface: name, address, dropped }) => row(name, address, String(dropped))),
    "",
  ];
}
