/** A PPP session over L2TP as the line module holds it. */

import { newSessionCounters } from "../../engine/counters.ts";
import type { InstallSession, SessionCounters, SessionId } from "../../engine/forwarding.ts";
import type { Flow } from "../../engine/kernel/address.ts";
import type { PathEntry } from "./path-table.ts";
import type { VirtualRouter } from "./virtual-router.ts";

/** IP at one end of a wire, be it a session or a link to the host. Addresses are signed numbers of 32 bits. */
export interface PortIp {
  readonly router: VirtualRouter;
  readonly localAddress: number;
  readonly mtu: number;
  /** We are a router to who is at the other end: it is told what became of its packets. */
  readonly tellsSenders: boolean;
  /** The largest segment that TCP may announce through here; 0 = any. */
  readonly tcpMss: number;
  /** Access lists by name. */
  readonly filterIn: string | undefined;
  readonly filterOut: string | undefined;
}

/** What IPCP agreed on. */
export interface SessionIp extends PortIp {
  readonly peerAddress: number;
  readonly checkSource: boolean;
  /** What stands before an IP packet to the peer: address, control and protocol, as far as they are not compressed. */
  readonly pppHeader: Uint8Array;
}

/** Where a session's messages come from and go to. */
export type SessionPath =
  | { readonly type: "esp"; readonly entry: PathEntry }
  | { readonly type: "clear"; readonly flow: Flow }
  /** Its connection was gone before it came: nothing matches, nothing leaves. */
  | { readonly type: "nowhere" };

/** So many late messages in a row are no longer late: the peer counts anew. */
const RESYNC = 64;

export class Session {
  readonly id: SessionId;
  /** Our tunnel and session identifier as one signed number. */
  readonly identifiers: number;
  readonly remoteTunnelId: number;
  readonly remoteSessionId: number;
  path: SessionPath;
  localPort: number;
  remotePort: number;
  /** We number our messages. */
  sequencing: boolean;
  /** Number of our next numbered message. */
  ns = 0;
  ip: SessionIp | undefined;
  readonly counters: SessionCounters;
  readonly #followsPeer: boolean;
  readonly #dropsLate: boolean;
  /** The number after the highest that the peer has sent. */
  #nr = 0;
  /** Late messages in a row. */
  #late = 0;

  constructor(install: InstallSession, path: SessionPath, counters: SessionCounters = newSessionCounters()) {
    this.counters = counters;
    this.id = install.session;
    this.identifiers = (install.localTunnelId << 16) | install.localSessionId;
    this.remoteTunnelId = install.remoteTunnelId;
    this.remoteSessionId = install.remoteSessionId;
    this.localPort = install.path.local.port;
    this.remotePort = install.path.remote.port;
    this.sequencing = install.sequencing;
    this.#followsPeer = install.followsPeer === true;
    this.#dropsLate = install.dropsLate === true;
    this.path = path;
  }

  /** A message came under a number, -1 = without one (RFC 2661 §5.4). False = it is late, and to be dropped. */
  arrived(ns: number): boolean {
    if (this.#followsPeer) this.sequencing = ns >= 0;
    if (ns < 0) return true;
    const late = ((ns - this.#nr) & 0x8000) !== 0;
    if (!late || this.#late >= RESYNC) {
      this.#nr = (ns + 1) & 0xffff;
      this.#late = 0;
      return true;
    }
    this.#late += 1;
    this.counters.rxOutOfOrder += 1;
    return !this.#dropsLate;
  }
}
