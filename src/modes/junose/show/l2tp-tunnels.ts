/** `show l2tp destination`, `tunnel` and `session`. */

import type { L2tpPath } from "../../../engine/forwarding.ts";
import type { CallView, Result, TunnelView } from "../../../engine/l2tp/events.ts";
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
import { destinationModel, sessionModel, tunnelModel, userOf } from "./l2tp-model.ts";
import {
  administrativeState,
  type Destination,
  destinationState,
  destinations,
  effectiveState,
  isUp,
  type NamedSession,
  type NamedTunnel,
  type ShownState,
  shownState,
  tunnelState,
  tunnels,
} from "./l2tp-names.ts";
import { administrativeSummary, count, found, operationalSummary, type Standing } from "./text.ts";

type View = "brief" | "detail" | "summary";

/** Which of them; absent = whatever it is. */
export interface Wanted {
  readonly name?: string | undefined;
  readonly virtualRouter?: string | undefined;
  readonly address?: string | undefined;
  readonly state?: ShownState | Standing["administrative"] | undefined;
}

/** What the three listings have in common. */
interface Listing<Item> {
  readonly noun: string;
  readonly items: readonly Item[];
  /** Its tunnels; of a session, the one around it. */
  around(item: Item): readonly NamedTunnel[];
  /** The tunnel that it is or is in. */
  within(item: Item): TunnelView | undefined;
  nameOf(item: Item): string;
  statesOf(item: Item): readonly ShownState[];
  title(item: Item): string;
  detail(item: Item): readonly string[];
  model(item: Item): unknown;
}

function list<Item>(context: ExecContext, view: View, wanted: Wanted, listing: Listing<Item>): ExecResult {
  const stateOf = (item: Item): Standing["administrative"] => {
    const [first] = listing.around(item);
    return first === undefined
      ? administrativeState(context.snapshot)
      : effectiveState(context.snapshot, first.view.path, listing.within(item));
  };
  const items = listing.items.filter((item) => {
    const paths = listing.around(item).map((tunnel) => tunnel.view.path);
    const states: readonly Wanted["state"][] = [...listing.statesOf(item), stateOf(item)];
    return (
      (wanted.name === undefined || listing.nameOf(item) === wanted.name) &&
      (wanted.state === undefined || states.includes(wanted.state)) &&
      (wanted.virtualRouter === undefined || paths.some((path) => path.virtualRouter === wanted.virtualRouter)) &&
      (wanted.address === undefined || paths.some((path) => path.remote.address === wanted.address))
    );
  });
  const isUp = (item: Item): boolean => listing.statesOf(item).includes("established");
  if (view === "summary") {
    const standings = items.map(
      (item): Standing => ({ administrative: stateOf(item), operational: isUp(item) ? "up" : "down" }),
    );
    const counted = (state: Standing["administrative"]): number =>
      standings.filter((one) => one.administrative === state).length;
    return {
      lines: [...administrativeSummary(standings), ...operationalSummary(standings)],
      model: {
        total: items.length,
        up: items.filter(isUp).length,
        enabled: counted("enabled"),
        drain: counted("drain"),
        disabled: counted("disabled"),
      },
    };
  }
  const lines = items.flatMap((item) => [
    `${listing.noun} ${listing.nameOf(item)} is ${isUp(item) ? "Up" : "Down"}${listing.title(item)}`,
    ...(view === "detail" ? listing.detail(item) : []),
  ]);
  // Asked for by name, the details of one stand without a count.
  const counted = items.length === 0 || view === "brief" || (wanted.name ?? wanted.address) === undefined;
  return {
    lines: counted ? [...lines, found(items.length, listing.noun)] : lines,
    model: items.map((item) => listing.model(item)),
  };
}

export function showDestinations(context: ExecContext, view: View, wanted: Wanted): ExecResult {
  return list<Destination>(context, view, wanted, {
    noun: "L2TP destination",
    items: destinations(context.snapshot),
    around: (destination) => destination.tunnels,
    within: () => undefined,
    nameOf: (destination) => destination.name,
    statesOf: (destination) => destination.tunnels.map((tunnel) => shownState(tunnel.view.state)),
    title({ tunnels: all }) {
      const active = all.filter((tunnel) => isUp(tunnel.view.state)).length;
      return ` with ${count(active, "active tunnel")} and ${count(activeSessions(all), "active session")}`;
    },
    detail: (destination) => destinationDetail(context, destination),
    model: destinationModel,
  });
}

export function showTunnels(context: ExecContext, view: View, wanted: Wanted): ExecResult {
  return list<NamedTunnel>(context, view, wanted, {
    noun: "L2TP tunnel",
    items: tunnels(context.snapshot),
    around: (tunnel) => [tunnel],
    within: (tunnel) => tunnel.view,
    nameOf: (tunnel) => tunnel.name,
    statesOf: (tunnel) => [shownState(tunnel.view.state)],
    title: (tunnel) => ` with ${count(activeSessions([tunnel]), "active session")}`,
    detail: (tunnel) => tunnelDetail(context, tunnel),
    model: tunnelModel,
  });
}

export function showSessions(context: ExecContext, view: View, wanted: Wanted): ExecResult {
  const all = tunnels(context.snapshot).flatMap((tunnel) => tunnel.sessions.map((session) => ({ tunnel, session })));
  return list<(typeof all)[number]>(context, view, wanted, {
    noun: "L2TP session",
    items: all,
    around: ({ tunnel }) => [tunnel],
    within: ({ tunnel }) => tunnel.view,
    nameOf: ({ session }) => session.name,
    statesOf: ({ session }) => [shownState(session.call.state)],
    title: () => "",
    detail: ({ session, tunnel }) => sessionDetail(context, session, tunnel.view),
    model: ({ session }) => sessionModel(session),
  });
}

function configurationLines(administrative: Standing["administrative"]): string[] {
  return ["  Configuration", `    Administrative state is ${administrative}`, "    SNMP traps are enabled"];
}

function effectiveLine({ snapshot }: ExecContext, path: L2tpPath, tunnel?: TunnelView): string {
  return `    Effective administrative state is ${effectiveState(snapshot, path, tunnel)}`;
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
  const [path] = destination.tunnels.map((tunnel) => tunnel.view.path);
  if (path === undefined) return [];
  return [
    ...configurationLines(destinationState(context.snapshot, path)),
    "  Destination address",
    "    Transport ipUdp",
    `    Virtual router ${destination.virtualRouter}`,
    `    Local address ${destination.localAddress}, peer address ${destination.peerAddress}`,
    "  Destination status",
    effectiveLine(context, path),
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
    ...configurationLines(tunnelState(view)),
    "  Tunnel address",
    "    Transport ipUdp",
    `    Virtual router ${path.virtualRouter}`,
    `    Local address ${path.local.address}, peer address ${path.remote.address}`,
    `    Local UDP port ${path.local.port}, peer UDP port ${path.remote.port}`,
    "  Tunnel status",
    effectiveLine(context, path, view),
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

/** `crcErrors 7, framingErrors 0`: as the peer's WAN-Error-Notify has it. */
function lineErrors(errors: NonNullable<CallView["errors"]>): string {
  return Object.entries(errors)
    .map(([what, count]) => `${what} ${count}`)
    .join(", ");
}

/** The LAC's words for how it authenticated its client, by the number in its AVP. */
const PROXY_METHODS: Readonly<Record<number, string>> = {
  1: "textual",
  2: "pppChap",
  3: "pppPap",
  4: "none",
  5: "pppMsChap",
};

function proxyMethod({ proxyAuthenticationType: type }: CallView): string {
  return type === undefined ? "was not provided" : `is ${PROXY_METHODS[type] ?? `type ${type}`}`;
}

function sessionDetail(context: ExecContext, session: NamedSession, tunnel: TunnelView): string[] {
  const { call } = session;
  const data = dataTraffic([session]);
  const user = userOf(session);
  return [
    ...configurationLines("enabled"),
    "  Session status",
    effectiveLine(context, tunnel.path, tunnel),
    `    State is ${shownState(call.state)}`,
    `    Local session id is ${call.localSessionId}, peer session id is ${call.remoteSessionId}`,
    ...lastResult(call.lastResult),
    ...statisticsLines([
      ["Data rx", data.rx],
      ["Data tx", data.tx],
    ]),
    "  Session operational configuration",
    ...(user === undefined ? [] : [`    User name is '${user}'`]),
    "    Call type is lnsIncoming",
    `    Call serial number is ${call.callSerialNumber}`,
    `    Tx connect speed is ${call.txSpeed}`,
    `    Rx connect speed is ${call.rxSpeed}`,
    `    Bearer type is ${capabilities(call.bearerType, "digital", "analog")}`,
    `    Framing type is ${capabilities(call.framingType, "sync", "async")}`,
    `    Proxy LCP was ${call.proxyLcp === true ? "" : "not "}provided`,
    `    Authentication method ${proxyMethod(call)}`,
    `    Sequencing is ${call.sequencing ? "both" : "none"}`,
    ...(call.errors === undefined ? [] : [`    Line errors at the peer are ${lineErrors(call.errors)}`]),
  ];
}
