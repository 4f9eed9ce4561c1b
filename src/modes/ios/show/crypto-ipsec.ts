/** `show crypto ipsec …`. */

import { espOverhead } from "../../../engine/crypto/esp-transform.ts";
import type { SaCounters } from "../../../engine/forwarding.ts";
import { type Address, isIpv6 } from "../../../engine/kernel/address.ts";
import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import type { IpsecGatewaySpec } from "../../../engine/spec.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import type { TransformSetView } from "../compile/crypto-maps.ts";
import { type ConnectionFilter, connectionsOf, vrfText } from "./connection-filter.ts";
import { inboundNumbers, type LiveSa } from "./sa-numbers.ts";
import { modeName, spiText, transformNames } from "./words.ts";

/** How much is told of each flow; `identity` = the counters without the SAs. */
export interface IpsecSaStyle {
  readonly detail: boolean;
  readonly identity?: boolean;
  /** The snapshot with its counters since they were cleared; lives are always those of the SA. */
  readonly counted?: Snapshot;
}

type Direction = "inbound" | "outbound";

const PATH_MTU = 1500;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const UDP_HEADER = 8;
const ESP_HEADER = 8;
const ESP_TRAILER = 2;
const BLANK = "";

/** The interfaces that carry a crypto map, with their connections; each family of addresses heads a block of its own. */
export function showIpsecSa(snapshot: Snapshot, filter: ConnectionFilter, style: IpsecSaStyle): string[] {
  const counted = new Map((style.counted ?? snapshot).connections.map((one) => [one.connection, one.sas]));
  const ports = Map.groupBy(
    snapshot.spec.ipsecGateways.filter(
      ({ interfaceName, label }) =>
        (filter.interfaceName === undefined || interfaceName === filter.interfaceName) &&
        (filter.map === undefined || label.map === filter.map),
    ),
    ({ interfaceName }) => interfaceName,
  );
  if (ports.size === 0) return [BLANK, "No SAs found"];
  const ids = inboundNumbers(snapshot);
  const selected = connectionsOf(snapshot, filter);
  const narrow = filter.peer !== undefined || filter.vrf !== undefined || filter.standby === true;
  const blockOf = (gateway: IpsecGatewaySpec, alone: boolean): string[] => {
    const connections = selected.filter(
      ({ gateway: taken, flow }) =>
        taken?.interfaceName === gateway.interfaceName && isIpv6(flow.local.address) === isIpv6(gateway.localAddress),
    );
    if (!alone && connections.length === 0) return [];
    return [
      BLANK,
      `interface: ${gateway.interfaceName}`,
      `    Crypto map tag: ${gateway.label.map}, local addr ${inCapitals(gateway.localAddress)}`,
      ...connections.flatMap((connection) =>
        connectionBlock(snapshot, connection, {
          gateway,
          ids,
          ...style,
          counted: counted.get(connection.connection) ?? connection.sas,
        }),
      ),
    ];
  };
  return [...ports.values()].flatMap((gateways) => {
    const families = Map.groupBy(gateways, ({ localAddress }) => isIpv6(localAddress));
    return [...families.values()].flatMap(([gateway], index) =>
      gateway === undefined ? [] : blockOf(gateway, index === 0 && !narrow),
    );
  });
}

/**
 * The client's port in the negotiated selector: with `set nat demux` the NAT-T source port, which tells clients of one NAT
 * apart.
 */
export function remoteIdentPort(connection: ConnectionSnapshot): number {
  return connection.behindNat && connection.demuxPort !== undefined ? connection.flow.remote.port : connection.peerPort;
}

function connectionBlock(
  snapshot: Snapshot,
  connection: ConnectionSnapshot,
  {
    gateway,
    ids,
    detail,
    identity = false,
    counted,
  }: Omit<IpsecSaStyle, "counted"> & {
    readonly gateway: IpsecGatewaySpec;
    readonly ids: ReadonlyMap<LiveSa, number>;
    readonly counted: readonly LiveSa[];
  },
): string[] {
  const { local, remote } = connection.flow;
  const current = connection.sas.findLast((sa) => !sa.superseded) ?? connection.sas.at(-1);
  const sum = (direction: Direction, field: keyof SaCounters): number =>
    counted.reduce((total, sa) => total + sa[direction][field], 0);
  const sent = sum("outbound", "packets");
  const received = sum("inbound", "packets");
  const head = [
    BLANK,
    `   protected vrf: ${vrfText(connection.virtualRouter)}`,
    `   local  ident (addr/mask/prot/port): (${identText(local.address)}/17/1701)`,
    `   remote ident (addr/mask/prot/port): (${identText(remote.address)}/17/${remoteIdentPort(connection)})`,
    `   current_peer ${inCapitals(remote.address)} port ${remote.port}`,
    `     PERMIT, flags={}`,
    `    #pkts encaps: ${sent}, #pkts encrypt: ${sent}, #pkts digest: ${sent}`,
    `    #pkts decaps: ${received}, #pkts decrypt: ${received}, #pkts verify: ${received}`,
    "    #pkts compressed: 0, #pkts decompressed: 0",
    "    #pkts not compressed: 0, #pkts compr. failed: 0",
    "    #pkts not decompressed: 0, #pkts decompress failed: 0",
    ...(detail
      ? detailCounters(sum)
      : [`    #send errors ${errors(sum, "outbound")}, #recv errors ${errors(sum, "inbound")}`]),
  ];
  if (identity) return head;
  return [
    ...head,
    BLANK,
    ...endpointLines(local.address, remote.address),
    `     plaintext mtu ${plaintextMtu(connection, current)}, path mtu ${PATH_MTU}, ip mtu ${PATH_MTU}, ip mtu idb ${gateway.interfaceName}`,
    `     current outbound spi: ${spiText(current?.outboundSpi ?? 0)}`,
    `     PFS (Y/N): ${current?.pfsGroup === undefined ? "N" : "Y"}, DH group: ${current?.pfsGroup === undefined ? "none" : `group${current.pfsGroup}`}`,
    BLANK,
    "     inbound esp sas:",
    ...connection.sas.flatMap((sa) => saBlock(snapshot, connection, sa, "inbound", gateway, ids)),
    BLANK,
    "     inbound ah sas:",
    BLANK,
    "     inbound pcp sas:",
    BLANK,
    "     outbound esp sas:",
    ...connection.sas.flatMap((sa) => saBlock(snapshot, connection, sa, "outbound", gateway, ids)),
    BLANK,
    "     outbound ah sas:",
    BLANK,
    "     outbound pcp sas:",
  ];
}

type Sum = (direction: Direction, field: keyof SaCounters) => number;

function errors(sum: Sum, direction: Direction): number {
  const fields = [
    "authenticationErrors",
    "replayErrors",
    "policyErrors",
    "decryptErrors",
    "padErrors",
    "otherErrors",
  ] as const;
  return fields.reduce((total, field) => total + sum(direction, field), 0);
}

function detailCounters(sum: Sum): string[] {
  return [
    `    #pkts no sa (send) 0, #pkts invalid sa (rcv) 0`,
    `    #pkts encaps failed (send) ${sum("outbound", "otherErrors")}, #pkts decaps failed (rcv) ${sum("inbound", "otherErrors")}`,
    `    #pkts invalid prot (recv) ${sum("inbound", "policyErrors")}, #pkts verify failed: ${sum("inbound", "authenticationErrors")}`,
    `    #pkts invalid identity (recv) 0, #pkts invalid len (rcv) ${sum("inbound", "padErrors")}`,
    "    #pkts replay rollover (send): 0, #pkts replay rollover (rcv) 0",
    `    ##pkts replay failed (rcv): ${sum("inbound", "replayErrors")}`,
    "    #pkts tagged (send): 0, #pkts untagged (rcv): 0",
    "    #pkts not tagged (send): 0, #pkts not untagged (rcv): 0",
    `    #pkts internal err (send): 0, #pkts internal err (recv) ${sum("inbound", "decryptErrors")}`,
  ];
}

/** An address and its mask, or the length of its prefix. */
function identText(address: Address): string {
  return isIpv6(address) ? `${inCapitals(address)}/128` : `${address}/255.255.255.255`;
}

function endpointLines(local: Address, remote: Address): string[] {
  const [own, peer] = [
    `     local crypto endpt.: ${inCapitals(local)},`,
    `remote crypto endpt.: ${inCapitals(remote)}`,
  ];
  return isIpv6(remote) ? [own, `     ${peer}`] : [`${own} ${peer}`];
}

/** What fits into a packet of the path's size: whole cipher blocks less the trailer; transport mode keeps the IP header. */
function plaintextMtu(connection: ConnectionSnapshot, sa: LiveSa | undefined): number {
  if (sa === undefined) return PATH_MTU;
  const { ivLength, alignment, icvLength } = espOverhead(sa.proposal);
  const natt = connection.encapsulation === "udp" ? UDP_HEADER : 0;
  const header = isIpv6(connection.flow.remote.address) ? IPV6_HEADER : IPV4_HEADER;
  const room = PATH_MTU - header - natt - ESP_HEADER - ivLength - icvLength;
  const inner = Math.floor(room / alignment) * alignment - ESP_TRAILER;
  return sa.proposal.mode === "transport" ? inner + header : inner;
}

export function saBlock(
  snapshot: Snapshot,
  connection: ConnectionSnapshot,
  sa: LiveSa,
  direction: Direction,
  gateway: IpsecGatewaySpec,
  ids: ReadonlyMap<LiveSa, number>,
): string[] {
  const spi = direction === "inbound" ? sa.inboundSpi : sa.outboundSpi;
  const encapsulation = connection.encapsulation === "udp" ? " UDP-Encaps" : "";
  const connId = (ids.get(sa) ?? 0) + (direction === "inbound" ? 0 : 1);
  const replay = replayWindow(gateway);
  return [
    `      spi: ${spiText(spi)}`,
    `        transform: ${transformNames(sa.proposal)} ,`,
    `        in use settings ={${modeName(sa.proposal)}${encapsulation}, }`,
    `        conn id: ${connId}, flow_id: SW:${connId}, sibling_flags 80000000, crypto map: ${gateway.label.map}`,
    ...timing(snapshot, sa),
    `        IV size: ${espOverhead(sa.proposal).ivLength} bytes`,
    `        replay detection support: ${replay}`,
    `        Status: ACTIVE(ACTIVE)`,
  ];
}

const DEFAULT_WINDOW = 64;

function replayWindow(gateway: IpsecGatewaySpec): string {
  if (gateway.replayWindow === 0) return "N";
  return gateway.replayWindow === DEFAULT_WINDOW ? "Y" : `Y  replay window size: ${gateway.replayWindow}`;
}

/** Both directions share one life, in seconds and in kilobytes. */
function timing(snapshot: Snapshot, sa: LiveSa): string[] {
  const seconds = secondsLeft(snapshot, sa);
  if (sa.lifetimeKilobytes === undefined) {
    return [
      `        sa timing: remaining key lifetime (sec): ${seconds}`,
      "        Kilobyte Volume Rekey has been disabled",
    ];
  }
  return [`        sa timing: remaining key lifetime (k/sec): (${kilobytesLeft(sa)}/${seconds})`];
}

export function secondsLeft(snapshot: Snapshot, sa: LiveSa): number {
  return Math.max(0, Math.floor((sa.expiresAt - snapshot.now) / 1000));
}

export function kilobytesLeft(sa: LiveSa): number {
  const used = Math.ceil((sa.inbound.octets + sa.outbound.octets) / 1024);
  return Math.max(0, (sa.lifetimeKilobytes ?? 0) - used);
}

export function showTransformSets(sets: readonly TransformSetView[]): string[] {
  return sets.flatMap(({ name, words, mode }) => [
    `Transform set ${name}: { ${words.join(" ")}  } `,
    `   will negotiate = { ${mode === "transport" ? "Transport" : "Tunnel"},  }, `,
    BLANK,
  ]);
}

export function showIpsecLifetime(snapshot: Snapshot): string[] {
  const gateway = snapshot.spec.ipsecGateways[0];
  const kilobytes = gateway?.lifetimeKilobytes ?? 4_608_000;
  return [`Security association lifetime: ${kilobytes} kilobytes/${gateway?.lifetimeSeconds ?? 3600} seconds`];
}

export function showIpsecSaCount(snapshot: Snapshot): string[] {
  const sas = snapshot.connections.flatMap((connection) => connection.sas);
  const active = 2 * sas.filter((sa) => !sa.superseded).length;
  const total = 2 * sas.length;
  return [`IPsec SA total: ${total}, active: ${active}, rekeying: 0, unused: ${total - active}, invalid: 0`];
}
