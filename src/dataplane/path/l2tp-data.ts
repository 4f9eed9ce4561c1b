/**
 * L2TP data messages in both directions (RFC 2661 §5.4). A message is taken for a session when its identifiers are that
 * session's and it came along that session's path: identifiers alone are easily guessed. Numbered messages are never held
 * back to be put in order: what is late is counted and, where that is configured, dropped.
 */

import type {
  InstallSession,
  LineModuleCounters,
  MoveSession,
  SessionCounters,
  SessionId,
} from "../../engine/forwarding.ts";
import { type Flow, sameEndpoint } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { decrementTimeToLive } from "../../engine/wire/ipv4.ts";
import {
  L2TP_SEQUENCED_HEADER_LENGTH,
  l2tpDataNumber,
  l2tpIdentifiers,
  l2tpMessageEnd,
  l2tpPayloadStart,
  putL2tpDataHeader,
} from "../../engine/wire/l2tp-data.ts";
import { copyOctets } from "../../engine/wire/octets.ts";
import { type EspOut, LARGEST_MESSAGE, MESSAGE_AT } from "./esp-out.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { FarProgramming } from "./far.ts";
import type { PathEntry } from "./path-table.ts";
import { wirePort } from "./port-demux.ts";
import { Session, type SessionPath } from "./session.ts";

/** Where a PPP frame is, and the session it came in. */
export interface ReceivedFrame {
  readonly session: Session;
  readonly from: number;
  readonly to: number;
}

const NO_OCTETS = new Uint8Array(0);

export class L2tpData {
  readonly #espOut: EspOut;
  readonly #outputs: LineModuleOutputs;
  readonly #totals: LineModuleCounters;
  readonly #sessions = new Map<SessionId, Session>();
  readonly #received: { session: Session | undefined; from: number; to: number } = {
    session: undefined,
    from: 0,
    to: 0,
  };
  /** Identifiers are signed numbers of 32 bits as keys: an unsigned one may be an object to V8. */
  readonly #byIdentifiers = new Map<number, Session>();
  /** Sessions under ESP of other line modules, by their identifiers. */
  readonly #far = new Map<number, SessionId>();

  constructor(espOut: EspOut, outputs: LineModuleOutputs, totals: LineModuleCounters) {
    this.#espOut = espOut;
    this.#outputs = outputs;
    this.#totals = totals;
  }

  install(install: InstallSession, path: SessionPath, counters: SessionCounters): void {
    const session = new Session(install, path, counters);
    this.#sessions.set(session.id, session);
    this.#byIdentifiers.set(session.identifiers, session);
  }

  /** Its messages go and come along another path from now on. */
  move({ session: id, path: named }: MoveSession, path: SessionPath): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    session.path = path;
    session.localPort = named.local.port;
    session.remotePort = named.remote.port;
  }

  /** The session under ESP whose identifiers a message bears that did not come along its path. */
  strayed(message: Uint8Array): { readonly session: SessionId; readonly frame: Uint8Array } | undefined {
    const start = l2tpPayloadStart(message);
    if (start < 0) return undefined;
    const identifiers = l2tpIdentifiers(message) | 0;
    const own = this.#byIdentifiers.get(identifiers);
    const session = own === undefined ? this.#far.get(identifiers) : own.path.type === "esp" ? own.id : undefined;
    if (session === undefined) return undefined;
    return { session, frame: message.subarray(start, l2tpMessageEnd(message)) };
  }

  /** Nobody has a session of these identifiers. */
  isUnknown(message: Uint8Array): boolean {
    if (l2tpPayloadStart(message) < 0) return false;
    const identifiers = l2tpIdentifiers(message) | 0;
    return !this.#byIdentifiers.has(identifiers) && !this.#far.has(identifiers);
  }

  configureFar(operation: FarProgramming): void {
    if (operation.type === "openFar") this.#far.set(operation.identifiers | 0, operation.session);
    if (operation.type === "closeFar" && this.#far.get(operation.identifiers | 0) === operation.session) {
      this.#far.delete(operation.identifiers | 0);
    }
  }

  /** The session that was removed. */
  remove(id: SessionId): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    this.#sessions.delete(id);
    if (this.#byIdentifiers.get(session.identifiers) === session) this.#byIdentifiers.delete(session.identifiers);
    return session;
  }

  get(id: SessionId): Session | undefined {
    return this.#sessions.get(id);
  }

  /**
   * The message in `from…to` of `octets`; `source` is the path that ESP delivered it by, or the flow of a message in the clear. What is given is good
   * until the next call.
   */
  receive(octets: Uint8Array, from: number, to: number, source: PathEntry | Flow): ReceivedFrame | undefined {
    const start = l2tpPayloadStart(octets, from, to);
    if (start < 0) {
      this.#totals.malformed += 1;
      return undefined;
    }
    const session = this.#byIdentifiers.get(l2tpIdentifiers(octets, from) | 0);
    if (session === undefined || !cameFrom(session.path, source)) {
      this.#totals.noSession += 1;
      return undefined;
    }
    if (!session.arrived(l2tpDataNumber(octets, from))) return undefined;
    const end = l2tpMessageEnd(octets, from, to);
    session.counters.rxPackets += 1;
    session.counters.rxOctets += end - start;
    const received = this.#received;
    received.session = session;
    received.from = start;
    received.to = end;
    return received as ReceivedFrame;
  }

  /** A PPP frame as it is. */
  sendFrame(session: Session, frame: Uint8Array, now: Millis): void {
    this.#send(session, NO_OCTETS, frame, false, now);
  }

  /** An IP packet; `forwarded` = one hop is counted. `session.ip` is present. */
  sendPacket(session: Session, packet: Uint8Array, forwarded: boolean, now: Millis): void {
    const { ip } = session;
    if (ip === undefined || packet.length > ip.mtu) session.counters.txDiscards += 1;
    else this.#send(session, ip.pppHeader, packet, forwarded, now);
  }

  #send(session: Session, header: Uint8Array, body: Uint8Array, forwarded: boolean, now: Millis): void {
    const { counters } = session;
    if (L2TP_SEQUENCED_HEADER_LENGTH + header.length + body.length > LARGEST_MESSAGE) {
      counters.txDiscards += 1;
      return;
    }
    const { frame } = this.#espOut;
    let at = MESSAGE_AT;
    const ns = session.sequencing ? session.ns : -1;
    at += putL2tpDataHeader(frame, at, session.remoteTunnelId, session.remoteSessionId, ns);
    frame.set(header, at);
    at += header.length;
    frame.set(body, at);
    if (forwarded) decrementTimeToLive(frame, at);
    at += body.length;
    if (!this.#dispatch(session, at - MESSAGE_AT, now)) {
      counters.txDiscards += 1;
      return;
    }
    if (session.sequencing) session.ns = (session.ns + 1) & 0xffff;
    counters.txPackets += 1;
    counters.txOctets += header.length + body.length;
  }

  /** False when the message has no way out. */
  #dispatch(session: Session, length: number, now: Millis): boolean {
    const { path } = session;
    if (path.type === "nowhere") return false;
    if (path.type === "clear") {
      const message = this.#outputs.datagrams.room.make(length);
      copyOctets(this.#espOut.frame, MESSAGE_AT, MESSAGE_AT + length, message, 0);
      this.#outputs.send("l2tp", path.flow, message);
      return true;
    }
    const { owner } = path.entry;
    if (owner === undefined) return false;
    return this.#espOut.send(owner, session.localPort, wirePort(owner, session.remotePort), length, now);
  }
}

function cameFrom(path: SessionPath, from: PathEntry | Flow): boolean {
  if (path.type === "esp") return path.entry === from;
  if (path.type === "nowhere" || !("remote" in from)) return false;
  return sameEndpoint(path.flow.remote, from.remote) && sameEndpoint(path.flow.local, from.local);
}
