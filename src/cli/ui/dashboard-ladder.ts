/**
 * How one client came in, message by message: the client at the left, the gateway at the right. Which events are his is told by the ids
 * that his row has; the answers to keepalives, which would push everything else out, are left out.
 */

import type { Severity } from "../../engine/kernel/log.ts";
import { type Colour, cell, type Line, piece, printable } from "./cells.ts";
import type { ClientRow, TimedLog } from "./dashboard-model.ts";

const PROTOCOLS: Readonly<Record<string, string>> = {
  ike: "IKE",
  ipsec: "ESP",
  l2tp: "L2TP",
  ppp: "PPP",
  aaa: "AAA",
  ip: "IP",
  ssh: "SSH",
  config: "CLI",
  system: "SYS",
};

const severityColours: Readonly<Partial<Record<Severity, Colour>>> = {
  error: "red",
  warning: "red",
  notice: "yellow",
  debug: "gray",
};

const FROM_CLIENT = "──→";
const FROM_GATEWAY = "←──";
const NO_ARROW = "   ";

/** `sent` and `received` as the gateway says it. */
const ARROWS: Readonly<Record<string, string>> = {
  "PPP packet received": FROM_CLIENT,
  "PPP packet sent": FROM_GATEWAY,
};

/** What was said about a client, the oldest first. */
export function eventsOf({ peer, ids }: ClientRow, events: readonly TimedLog[]): readonly TimedLog[] {
  // Phase 1 begins on another port of the client's NAT than it ends on.
  const sas = new Set(events.flatMap(({ event: { fields } }) => (fields.peer === peer ? (fields.sa ?? []) : [])));
  return events.filter(({ event: { category, fields } }) => {
    if (String(fields.packet ?? "").startsWith("Echo-")) return false;
    if (category === "l2tp") {
      return (
        ids.tunnel !== undefined &&
        fields.tunnel === ids.tunnel &&
        (fields.session === undefined || fields.session === ids.call)
      );
    }
    if (fields.session !== undefined) return String(fields.session) === String(ids.session);
    if (fields.peer === peer || fields.remote === peer) return true;
    return fields.sa !== undefined && sas.has(fields.sa);
  });
}

export function ladderLine({ event, at }: TimedLog): Line {
  const { message, protocol, packet, identifier, options, ...rest } = event.fields;
  const arrow = message === undefined ? (ARROWS[event.text] ?? NO_ARROW) : FROM_CLIENT;
  const what = packet === undefined ? (message ?? event.text) : `${protocol} ${packet} ${identifier}`;
  const details = packet === undefined ? fieldsText(rest) : String(options ?? "");
  const colour = arrow === NO_ARROW ? (severityColours[event.severity] ?? "green") : undefined;
  return [
    ...head({ event, at }),
    piece(`${arrow} `, { colour: arrow === FROM_CLIENT ? "cyan" : "blue" }),
    piece(printable(String(what)), colour === undefined ? {} : { colour }),
    piece(`  ${printable(details)}`, { dim: true }),
  ];
}

export function logLine({ event, at }: TimedLog): Line {
  const colour = severityColours[event.severity];
  return [
    ...head({ event, at }),
    piece(printable(event.text), colour === undefined ? {} : { colour }),
    piece(` ${printable(fieldsText(event.fields))}`, { dim: true }),
  ];
}

function head({ event, at }: TimedLog): Line {
  const protocol = PROTOCOLS[event.category] ?? event.category;
  return [piece(`${at.toISOString().slice(11, 23)} `, { dim: true }), piece(cell(protocol, 5), { colour: "magenta" })];
}

function fieldsText({ peer: _peer, local: _local, session: _session, ...rest }: TimedLog["event"]["fields"]): string {
  return Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
}
