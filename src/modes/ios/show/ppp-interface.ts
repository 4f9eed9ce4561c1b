/** `show ppp interface` and `show ppp statistics`. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { methodName, virtualAccess } from "./words.ts";

function handle(number: number): string {
  return `0x${number.toString(16).toUpperCase().padStart(8, "0")}`;
}

/** `MRU 1400 (0x01040578)`: type, length and value as they went over the wire. */
function option(name: string, type: number, octets: readonly number[], text: string): string {
  const hex = [type, octets.length + 2, ...octets].map((octet) => octet.toString(16).toUpperCase().padStart(2, "0"));
  return `${name} ${text} (0x${hex.join("")})`;
}

function sixteen(value: number): number[] {
  return [value >> 8, value & 0xff];
}

/** Protocols that the peer began and was refused: `IPv6CP`, `CCP`. */
function rejectedOf(counts: Readonly<Record<string, number>>): string[] {
  const told = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return told.length === 0 ? [] : [`Protocol Rejects : ${told.join(", ")}`];
}

export function showPppInterface({ session, index, ppp }: SessionSnapshot): string[] {
  const name = virtualAccess(index).short;
  const open = (state: string): string => (state === "opened" ? "Open" : "Closed");
  const up = ppp.phase === "network";
  const proven = ppp.authentication === undefined ? "" : ` ${methodName(ppp.authentication)}+`;
  const address = (text: string | undefined): number[] => (text ?? "0.0.0.0").split(".").map(Number);
  return [
    "PPP Serial Context Info",
    "-------------------",
    `Interface        : ${name}`,
    `PPP Serial Handle: ${handle(session)}`,
    `PPP Handle       : ${handle(session)}`,
    `SSS Handle       : ${handle(session)}`,
    `AAA ID           : ${session}`,
    `Access IE        : ${handle(session)}`,
    `SHDB Handle      : ${handle(0)}`,
    `State            : ${up ? "Up" : "Binding"}`,
    `Last State       : ${up ? "Binding" : "Initial"}`,
    `Last Event       : ${up ? "LocalTerm" : "Start"}`,
    "",
    "PPP Session Info",
    "----------------",
    `Interface        : ${name}`,
    `PPP ID           : ${handle(session)}`,
    `Phase            : ${up ? "UP" : ppp.phase.toUpperCase()}`,
    `Stage            : ${up ? "Local Termination" : "Link Control"}`,
    `Peer Name        : ${ppp.peerName}`,
    `Peer Address     : ${ppp.peerAddress ?? "0.0.0.0"}`,
    `Control Protocols: LCP[${open(ppp.lcp)}]${proven} IPCP[${open(ppp.ipcp)}] `,
    `Session ID       : ${session}`,
    `AAA Unique ID    : ${session}`,
    `SSS Manager ID   : ${handle(session)}`,
    `SIP ID           : ${handle(session)}`,
    "PPP_IN_USE       : 0x11",
    ...rejectedOf(ppp.protocolsRejected ?? {}),
    "",
    `${name} LCP: [${open(ppp.lcp)}]`,
    "Our Negotiated Options",
    `${name} LCP:    ${option("MRU", 1, sixteen(ppp.localMru), String(ppp.localMru))}`,
    "Peer's Negotiated Options",
    `${name} LCP:    ${option("MRU", 1, sixteen(ppp.peerMru), String(ppp.peerMru))}`,
    "",
    `${name} IPCP: [${open(ppp.ipcp)}]`,
    "Our Negotiated Options",
    `${name} IPCP:    ${option("Address", 3, address(ppp.localAddress), ppp.localAddress ?? "0.0.0.0")}`,
    "Peer's Negotiated Options",
    `${name} IPCP:    ${option("Address", 3, address(ppp.peerAddress), ppp.peerAddress ?? "0.0.0.0")}`,
    "",
  ];
}

/** Numbers and names as the box lists them; the links are those that are there now, so peak and current are alike. */
export function pppStatistics({ sessions, l2tp }: Snapshot) {
  const count = (wanted: (session: SessionSnapshot) => boolean): number => sessions.filter(wanted).length;
  const opened = l2tp.totals.sessionsTotal - l2tp.totals.sessionsFailed;
  return {
    handlesAllocated: opened,
    handlesFreed: Math.max(0, opened - sessions.length),
    interfaces: sessions.length,
    lcpStage: count(({ ppp }) => ppp.phase === "establish"),
    unauthenticated: count(({ ppp }) => ppp.phase === "authenticate"),
    localTermination: count(({ ppp }) => ppp.phase === "network"),
    ipcpUp: count(({ ppp }) => ppp.ipcp === "opened"),
  };
}

export function showPppStatistics(counted: ReturnType<typeof pppStatistics>): string[] {
  const row = (type: number, name: string, first: number, second: number): string =>
    `${String(type).padEnd(4)} ${name.padEnd(43)} ${String(first).padEnd(10)} ${String(second).padEnd(11)}`;
  const heading = (name: string, first: string, second: string): string[] => [
    `Type ${name.padEnd(41)}  ${first.padEnd(10)} ${second}`,
    "---- -----------------------------------------  ---------- -------------",
  ];
  const links = (type: number, name: string, value: number): string => row(type, name, value, value);
  return [
    ...heading("PPP Statistic", "TOTAL", "SINCE CLEARED"),
    row(14, "PPP Handles Allocated", counted.handlesAllocated, counted.handlesAllocated),
    row(15, "PPP Handles Freed", counted.handlesFreed, counted.handlesFreed),
    row(19, "PPP Encapped Interfaces", counted.interfaces, counted.interfaces),
    "",
    ...heading("PPP MIB Counters", "PEAK", "CURRENT"),
    links(1, "Links at LCP Stage", counted.lcpStage),
    links(2, "Links at Unauthenticated Name Stage", counted.unauthenticated),
    links(7, "Links at Local Termination Stage", counted.localTermination),
    links(28, "IPCP UP Sessions", counted.ipcpUp),
    links(95, "Total Sessions", counted.interfaces),
    links(96, "Non-MLP Sessions", counted.interfaces),
    links(98, "Total Links", counted.interfaces),
    links(99, "Non-MLP Links", counted.interfaces),
    "",
  ];
}
