/** `show interfaces`, `show interfaces description`, `stats`, `counters`, and `show ip interface brief`. */

import type { Rates } from "../../common/rate-meter.ts";
import { age } from "./age.ts";
import { type InterfaceView, statesOf } from "./interface-list.ts";
import { shortName } from "./words.ts";

/** When the counters of an interface were last set to zero; milliseconds ago, `undefined` = never. */
export type ClearedAgo = (view: InterfaceView) => number | undefined;

const NEVER: ClearedAgo = () => undefined;

/** How fast an interface carries, averaged over its load interval. */
export type RatesOf = (view: InterfaceView) => Rates;

export const NO_RATES: Rates = { rxPackets: 0, rxOctets: 0, txPackets: 0, txOctets: 0 };
const STILL: RatesOf = () => NO_RATES;

/** Bits a second, to the thousand as the box rounds them. */
function bitRate(octetRate: number): number {
  return 1000 * Math.round((8 * octetRate) / 1000);
}

/** What stands for the sessions together, and each of them, has no rate of its own. */
function rateLines({ kind, name, loadIntervalSeconds }: InterfaceView, rates: Rates): string[] {
  if (kind === "session" || (kind === "virtualAccess" && name !== "Virtual-Access1")) return [];
  const over = loadIntervalSeconds % 60 === 0 ? `${loadIntervalSeconds / 60} minute` : `${loadIntervalSeconds} second`;
  return [
    `  ${over} input rate ${bitRate(rates.rxOctets)} bits/sec, ${Math.round(rates.rxPackets)} packets/sec`,
    `  ${over} output rate ${bitRate(rates.txOctets)} bits/sec, ${Math.round(rates.txPackets)} packets/sec`,
  ];
}

/** A share of the bandwidth in parts of 255, of which a quiet interface has one. */
function load(octetRate: number, bandwidthKilobits: number): string {
  const share = (8 * octetRate) / (1000 * bandwidthKilobits);
  return `${Math.min(255, Math.max(1, Math.round(255 * share)))}/255`;
}

export function showIpInterfaceBrief(views: readonly InterfaceView[]): string[] {
  return [
    "Interface                  IP-Address      OK? Method Status                Protocol",
    ...views.map((view) => {
      const [status, protocol] = statesOf(view);
      const address = view.address?.address ?? view.unnumbered?.address ?? "unassigned";
      const method = view.address === null ? "unset" : "manual";
      return `${view.name.padEnd(27)}${address.padEnd(16)}YES ${method.padEnd(7)}${status.padEnd(22)}${protocol.padEnd(8)}`;
    }),
  ];
}

export function showInterfaces(
  views: readonly InterfaceView[],
  clearedAgo: ClearedAgo = NEVER,
  ratesOf: RatesOf = STILL,
): string[] {
  return views.flatMap((view) => {
    const [status, protocol] = statesOf(view);
    return [
      `${view.name} is ${status}, line protocol is ${protocol} `,
      ...(view.kind === "session" ? sessionLines(view) : hardwareLines(view, ratesOf(view))),
      ...(view.kind === "session" ? [] : queueLines(view, clearedAgo(view))),
      ...rateLines(view, ratesOf(view)),
      ...countLines(view),
      ...(view.kind === "session" ? [clearingLine(clearedAgo(view))] : []),
    ];
  });
}

function clearingLine(millis: number | undefined): string {
  return `  Last clearing of "show interface" counters ${millis === undefined ? "never" : age(millis)}`;
}

function mediaLines({ mtu, bandwidthKilobits, delayMicroseconds }: InterfaceView, rates = NO_RATES): string[] {
  return [
    `  MTU ${mtu} bytes, BW ${bandwidthKilobits} Kbit/sec, DLY ${delayMicroseconds} usec, `,
    `     reliability 255/255, txload ${load(rates.txOctets, bandwidthKilobits)}, rxload ${load(rates.rxOctets, bandwidthKilobits)}`,
  ];
}

const HARDWARE: Readonly<Record<InterfaceView["kind"], string>> = {
  port: "UDP Port, address is 0000.0000.0000 (bia 0000.0000.0000)",
  loopback: "Loopback",
  virtualAccess: "Virtual Access interface",
  session: "Virtual Access interface",
  template: "Virtual Template interface",
};

const ENCAPSULATION: Readonly<Record<InterfaceView["kind"], string>> = {
  port: "ARPA, loopback not set",
  loopback: "LOOPBACK, loopback not set",
  virtualAccess: "PPP, LCP Closed",
  session: "PPP",
  template: "PPP, LCP Closed",
};

function hardwareLines(view: InterfaceView, rates: Rates): string[] {
  const { address, unnumbered } = view;
  return [
    `  Hardware is ${view.hostDevice === null ? HARDWARE[view.kind] : `TUN device ${view.hostDevice} of the host`}`,
    ...(view.description === null ? [] : [`  Description: ${view.description}`]),
    ...(address === null ? [] : [`  Internet address is ${address.address}/${address.length}`]),
    ...(unnumbered === null ? [] : [unnumberedLine(unnumbered)]),
    ...mediaLines(view, rates),
    `  Encapsulation ${ENCAPSULATION[view.kind]}`,
    view.kind === "port" ? "  Keepalive not supported " : "  Keepalive set (10 sec)",
    ...(view.kind === "port"
      ? ["  Full-duplex, Auto-speed, media type is unknown", "  ARP type: ARPA, ARP Timeout 04:00:00"]
      : []),
  ];
}

function unnumberedLine(lent: NonNullable<InterfaceView["unnumbered"]>): string {
  return `  Interface is unnumbered. Using address of ${lent.interface} (${lent.address ?? "unassigned"})`;
}

function sessionLines(view: InterfaceView): string[] {
  const { session, unnumbered } = view;
  if (session === undefined) return [];
  const { ppp, pppProfile } = session;
  return [
    `  Hardware is ${HARDWARE.session}`,
    ...(unnumbered === null ? [] : [unnumberedLine(unnumbered)]),
    ...mediaLines(view),
    `  Encapsulation PPP, LCP ${ppp.lcp === "opened" ? "Open" : "Closed"}`,
    ...(ppp.ipcp === "opened" ? ["  Open: IPCP"] : []),
    `  PPPoVPDN vaccess, cloned from ${pppProfile?.name ?? "nothing"}`,
    "  Vaccess status 0x0",
    `  Protocol l2tp, tunnel id ${session.localTunnelId}, session id ${session.localSessionId}`,
    pppProfile === undefined || pppProfile.keepaliveSeconds === 0
      ? "  Keepalive not set"
      : `  Keepalive set (${pppProfile.keepaliveSeconds} sec)`,
  ];
}

function lastText(seconds: number | null): string {
  return seconds === null ? "never" : age(seconds * 1000);
}

function queueLines({ idleSeconds }: InterfaceView, clearedAgo: number | undefined): string[] {
  return [
    `  Last input ${lastText(idleSeconds.input)}, output ${lastText(idleSeconds.output)}, output hang never`,
    clearingLine(clearedAgo),
    "  Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0",
    "  Queueing strategy: fifo",
    "  Output queue: 0/0 (size/max)",
  ];
}

function countLines({ kind, counters }: InterfaceView): string[] {
  const { rxPackets, rxOctets, rxErrors, txPackets, txOctets, txErrors } = counters;
  if (kind === "session") {
    return [
      `     ${rxPackets} packets input, ${rxOctets} bytes`,
      `     ${txPackets} packets output, ${txOctets} bytes`,
    ];
  }
  return [
    `     ${rxPackets} packets input, ${rxOctets} bytes, 0 no buffer`,
    "     Received 0 broadcasts (0 IP multicasts)",
    "     0 runts, 0 giants, 0 throttles",
    `     ${rxErrors} input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored`,
    `     ${txPackets} packets output, ${txOctets} bytes, 0 underruns`,
    `     ${txErrors} output errors, 0 collisions, 0 interface resets`,
    "     0 unknown protocol drops",
    "     0 output buffer failures, 0 output buffers swapped out",
  ];
}

/** Packets by protocol: IP is the only one that is carried. */
export function showInterfaceAccounting(views: readonly InterfaceView[]): string[] {
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => String(cell).padStart(index === 0 ? 22 : 10)).join(" ");
  return views.flatMap(({ name, description, counters }) => [
    `${name}${description === null ? "" : ` ${description}`} `,
    row(["Protocol", "Pkts In", "Chars In", "Pkts Out", "Chars Out"]),
    row(["IP", counters.rxPackets, counters.rxOctets, counters.txPackets, counters.txOctets]),
  ]);
}

export function showInterfaceDescriptions(views: readonly InterfaceView[]): string[] {
  return [
    "Interface                      Status         Protocol Description",
    ...views.map((view) => {
      const [status, protocol] = statesOf(view);
      const short = status === "administratively down" ? "admin down" : status;
      return `${shortName(view.name).padEnd(30)} ${short.padEnd(14)} ${protocol.padEnd(8)} ${view.description ?? ""}`;
    }),
  ];
}

export function showInterfaceStats(views: readonly InterfaceView[]): string[] {
  return views.flatMap(({ name, counters: { rxPackets, rxOctets, txPackets, txOctets } }) => {
    const row = (path: string, cells: readonly number[]): string =>
      `${path.padStart(24)}${cells.map((cell) => String(cell).padStart(11)).join("")}`;
    return [
      name,
      "          Switching path    Pkts In   Chars In   Pkts Out  Chars Out",
      row("Processor", [0, 0, 0, 0]),
      row("Route cache", [rxPackets, rxOctets, txPackets, txOctets]),
      row("Total", [rxPackets, rxOctets, txPackets, txOctets]),
    ];
  });
}

export function showInterfaceSummary(views: readonly InterfaceView[], ratesOf: RatesOf): string[] {
  return [
    "",
    " *: interface is up",
    " IHQ: pkts in input hold queue     IQD: pkts dropped from input queue",
    " OHQ: pkts in output hold queue    OQD: pkts dropped from output queue",
    " RXBS: rx rate (bits/sec)          RXPS: rx rate (pkts/sec)",
    " TXBS: tx rate (bits/sec)          TXPS: tx rate (pkts/sec)",
    " TRTL: throttle count",
    "",
    "  Interface                   IHQ       IQD       OHQ       OQD      RXBS      RXPS      TXBS      TXPS      TRTL",
    "-----------------------------------------------------------------------------------------------------------------",
    ...views.map((view) => {
      const { rxErrors, txErrors } = view.counters;
      const { rxOctets, rxPackets, txOctets, txPackets } = ratesOf(view);
      const rates = [bitRate(rxOctets), Math.round(rxPackets), bitRate(txOctets), Math.round(txPackets)];
      const cells = [0, rxErrors, 0, txErrors, ...rates, 0].map((cell) => String(cell).padStart(10)).join("");
      return `${view.up ? "*" : " "} ${view.name.padEnd(21)}${cells}`;
    }),
  ];
}

export function showInterfaceCounters(views: readonly InterfaceView[], errors: boolean): string[] {
  const heads = errors
    ? ["Align-Err", "FCS-Err", "Xmit-Err", "Rcv-Err", "UnderSize", "OutDiscards"]
    : ["InOctets", "InUcastPkts", "OutOctets", "OutUcastPkts"];
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padEnd(12)}${cells.map((cell) => String(cell).padStart(15)).join("")}`;
  return [
    "",
    row("Port", heads),
    ...views.map(({ name, counters }) => {
      const { rxPackets, rxOctets, rxErrors, txPackets, txOctets, txErrors } = counters;
      const cells = errors ? [0, 0, txErrors, rxErrors, 0, 0] : [rxOctets, rxPackets, txOctets, txPackets];
      return row(shortName(name), cells);
    }),
  ];
}

/** Ports alone: the columns are those of a switch. */
export function showInterfaceStatus(views: readonly InterfaceView[]): string[] {
  return [
    "",
    "Port         Name               Status       Vlan       Duplex  Speed Type",
    ...views
      .filter(({ kind }) => kind === "port")
      .map((view) => {
        const status = view.shutdown ? "disabled" : view.up ? "connected" : "notconnect";
        const name = (view.description ?? "").slice(0, 18);
        return `${shortName(view.name).padEnd(12)} ${name.padEnd(18)} ${status.padEnd(12)} ${"routed".padEnd(10)} ${"full".padStart(6)} ${"auto".padStart(6)} UDP Port`;
      }),
  ];
}
