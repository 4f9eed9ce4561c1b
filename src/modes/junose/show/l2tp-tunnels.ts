/** `show l2tp destination`, `tunnel` and `session`. */

import type { Result } from "../../../engine/l2tp/events.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  activeSessions,
  controlTraffic,
  dataTraffic,
  sessionCounts,
  statisticsLines,
  subInterfaceLines,
  tunnelCounts,
} from "./l2tp-counters.ts";
import {
  administrativeState,
  type Destination,
  destinations,
  isUp,
  type NamedSession,
  type NamedTunnel,
  sessions,
  shownState,
  tunnels,
} from "./l2tp-names.ts";
import { administrativeSummary, count, found, operationalSummary, type Standing } from "./text.ts";

type View = "brief" | "detail" | "summary";

/** What the three listings have in common. */
interface Listing<Item> {
  readonly noun: string;
  readonly items: readonly Item[];
  /** Asked for by name: its details stand without a count. */
  readonly named: boolean;
  isUp(item: Item): boolean;
  title(item: Item): string;
  detail(item: Item): readonly string[];
}

function list<Item>(context: ExecContext, view: View, listing: Listing<Item>): ExecResult {
  const { items } = listing;
  const administrative = administrativeState(context.snapshot);
  if (view === "summary") {
    const standings = items.map(
      (item): Standing => ({ administrative, operational: listing.isUp(item) ? "up" : "down" }),
    );
    return { lines: [...administrativeSummary(standings), ...operationalSummary(standings)], model: standings };
  }
  const lines = items.flatMap((item) => [
    `${listing.noun} ${listing.title(item)}`,
    ...(view === "detail" ? listing.detail(item) : []),
  ]);
  const counted = items.length === 0 || view === "brief" || !listing.named;
  return { lines: counted ? [...lines, found(items.length, listing.noun)] : lines, model: items };
}

function upDown(up: boolean): string {
  return up ? "Up" : "Down";
}

export function showDestinations(
  context: ExecContext,
  view: View,
  wanted: { readonly name?: string | undefined; readonly address?: string | undefined },
): ExecResult {
  const up = ({ tunnels }: Destination): boolean => tunnels.some((tunnel) => isUp(tunnel.view.state));
  return list<Destination>(context, view, {
    noun: "L2TP destination",
    items: destinations(context.snapshot).filter(
      (destination) =>
        (wanted.name === undefined || destination.name === wanted.name) &&
        (wanted.address === undefined || destination.peerAddress === wanted.address),
    ),
    named: wanted.name !== undefined || wanted.address !== undefined,
    isUp: up,
    title(destination) {
      const active = destination.tunnels.filter((tunnel) => isUp(tunnel.view.state)).length;
      const calls = activeSessions(destination.tunnels);
      return `${destination.name} is ${upDown(up(destination))} with ${count(active, "active tunnel")} and ${count(calls, "active session")}`;
    },
    detail: (destination) => destinationDetail(context, destination),
  });
}

export function showTunnels(context: ExecContext, view: View, name: string | undefined): ExecResult {
  return list<NamedTunnel>(context, view, {
    noun: "L2TP tunnel",
    items: tunnels(context.snapshot).filter((tunnel) => name === undefined || tunnel.name === name),
    named: name !== undefined,
    isUp: (tunnel) => isUp(tunnel.view.state),
    title: (tunnel) =>
      `${tunnel.name} is ${upDown(isUp(tunnel.view.state))} with ${count(activeSessions([tunnel]), "active session")}`,
    detail: (tunnel) => tunnelDetail(context, tunnel),
  });
}

export function showSessions(context: ExecContext, view: View, name: string | undefined): ExecResult {
  return list<NamedSession>(context, view, {
    noun: "L2TP session",
    items: sessions(context.snapshot).filter((session) => name === undefined || session.name === name),
    named: name !== undefined,
    isUp: (session) => isUp(session.call.state),
    title: (session) => `${session.name} is ${upDown(isUp(session.call.state))}`,
    detail: (session) => sessionDetail(context, session),
  });
}

const CONFIGURATION = ["  Configuration", "    Administrative state is enabled", "    SNMP traps are enabled"];

function effectiveState({ snapshot }: ExecContext): string {
  return `    Effective administrative state is ${administrativeState(snapshot)}`;
}

function lastResult(result: Result | undefined): string[] {
  if (result === undefined) return [];
  const message = result.message === undefined || result.message === "" ? "" : `, message is '${result.message}'`;
  return [`    Last result code is ${result.code}, error code is ${result.error ?? 0}${message}`];
}

function destinationDetail(context: ExecContext, destination: Destination): string[] {
  const calls = destination.tunnels.flatMap((tunnel) => tunnel.sessions);
  const control = controlTraffic(destination.tunnels);
  const data = dataTraffic(calls);
  return [
    ...CONFIGURATION,
    "  Destination address",
    "    Transport ipUdp",
    `    Virtual router ${destination.virtualRouter}`,
    `    Local address ${destination.localAddress}, peer address ${destination.peerAddress}`,
    "  Destination status",
    effectiveState(context),
    ...subInterfaceLines(
      [
        ["Tunnels", tunnelCounts(destination.tunnels)],
        ["Sessions", sessionCounts(destination.tunnels)],
      ],
      true,
    ),
    ...statisticsLines([
      ["Control rx", control.rx],
      ["Control tx", control.tx],
      ["Data rx", data.rx],
      ["Data tx", data.tx],
    ]),
  ];
}

/** RFC 2661 §4.4.3: bit 1 is digital bearer and synchronous framing, bit 2 analog and asynchronous. */
function capabilities(bits: number, first: string, second: string): string {
  const names = [...((bits & 1) === 0 ? [] : [first]), ...((bits & 2) === 0 ? [] : [second])];
  return names.length === 0 ? "none" : names.join(" and ");
}

function tunnelDetail(context: ExecContext, tunnel: NamedTunnel): string[] {
  const { view } = tunnel;
  const { counters, path } = view;
  const control = controlTraffic([tunnel]);
  const data = dataTraffic(tunnel.sessions);
  const bearer = capabilities(view.remoteBearer, "digital", "analog");
  const framing = capabilities(view.remoteFraming, "sync", "async");
  return [
    ...CONFIGURATION,
    "  Tunnel address",
    "    Transport ipUdp",
    `    Virtual router ${path.virtualRouter}`,
    `    Local address ${path.local.address}, peer address ${path.remote.address}`,
    `    Local UDP port ${path.local.port}, peer UDP port ${path.remote.port}`,
    "  Tunnel status",
    effectiveState(context),
    `    State is ${shownState(view.state)}`,
    `    Initiated by ${view.localInitiated ? "local" : "remote"}`,
    `    Local tunnel id is ${view.localTunnelId}, peer tunnel id is ${view.remoteTunnelId}`,
    ...lastResult(view.lastResult),
    ...subInterfaceLines([["Sessions", sessionCounts([tunnel])]], false),
    ...statisticsLines([
      ["Control rx", control.rx],
      ["Control tx", control.tx],
      ["Data rx", data.rx],
      ["Data tx", data.tx],
    ]),
    "  Control channel statistics",
    `    Receive window size = ${view.localWindow}`,
    `    Receive ZLB = ${counters.rxZlb}`,
    `    Receive out-of-sequence = ${counters.rxOutOfSequence}`,
    `    Receive out-of-window = ${counters.rxOutOfWindow}`,
    `    Transmit window size = ${view.remoteWindow}`,
    `    Transmit ZLB = ${counters.txZlb}`,
    `    Transmit queue depth = ${view.resendQueue + view.unsentQueue}`,
    `    Retransmissions = ${counters.retransmissions}`,
    "  Tunnel operational configuration",
    `    Peer host name is '${view.remoteHostName}'`,
    `    Peer vendor name is '${view.remoteVendorName}'`,
    "    Peer protocol version is 1.0",
    `    Peer firmware revision is 0x${(view.remoteFirmware ?? 0).toString(16)}`,
    `    Peer bearer capabilities are ${bearer}`,
    `    Peer framing capabilities are ${framing}`,
  ];
}

function sessionDetail(context: ExecContext, session: NamedSession): string[] {
  const { call, ppp } = session;
  const data = dataTraffic([session]);
  return [
    ...CONFIGURATION,
    "  Session status",
    effectiveState(context),
    `    State is ${shownState(call.state)}`,
    `    Local session id is ${call.localSessionId}, peer session id is ${call.remoteSessionId}`,
    ...lastResult(call.lastResult),
    ...statisticsLines([
      ["Data rx", data.rx],
      ["Data tx", data.tx],
    ]),
    "  Session operational configuration",
    `    User name is '${ppp?.ppp.peerName ?? ""}'`,
    "    Call type is lnsIncoming",
    `    Call serial number is ${call.callSerialNumber}`,
    `    Tx connect speed is ${call.txSpeed}`,
    `    Rx connect speed is ${call.rxSpeed}`,
    `    Bearer type is ${capabilities(call.bearerType, "digital", "analog")}`,
    `    Framing type is ${capabilities(call.framingType, "sync", "async")}`,
    "    Proxy LCP was not provided",
    "    Authentication method was not provided",
    `    Sequencing is ${call.sequencing ? "both" : "none"}`,
  ];
}
