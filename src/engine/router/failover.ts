/**
 * Clients that make IPsec anew and go on with the L2TP tunnel they have, as Apple's do when an interface returns: complete new phases 1 and 2,
 * perhaps from another port of the NAT, and no new tunnel. What such a client sends, or what it would be sent, then runs over a connection that
 * the tunnel does not belong to.
 *
 * A tunnel follows on proof only. Under a group key an identity proves nothing and a neighbour behind the same NAT may have the same private address,
 * so the peer is asked with an LCP echo (RFC 1661 §5.8) through the new connection, and must answer with the magic number that was agreed on in the
 * session. Nobody is asked who comes with another identity, who has opened a tunnel of his own there, or while the old connection
 * is still heard. Links without a magic number do not move.
 */

import type { ConnectionId, L2tpPath, SessionId } from "../forwarding.ts";
import type { Identity, IkeOutput } from "../ike/events.ts";
import { identityText, sameIdentity } from "../ike/identities.ts";
import type { Address } from "../kernel/address.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { L2tpOutput, TunnelKey } from "../l2tp/events.ts";
import type { LinkMagic } from "../ppp/events.ts";
import { putL2tpDataHeader } from "../wire/l2tp-data.ts";
import { putU32, u16At, u32At } from "../wire/octets.ts";
import { controlCode, controlPacket, pppFrame, pppProtocol } from "../wire/ppp-control.ts";

export interface FailoverContext {
  readonly random: Random;
  /** When ESP of a connection was last good; 0 = never. */
  readonly heardAt: (connection: ConnectionId) => Millis;
  /** `undefined` = there is no such session, or its LCP is not open. */
  readonly magicOf: (session: SessionId) => LinkMagic | undefined;
}

export type FailoverOutput =
  /** A data message for `path`. */
  | { readonly type: "ask"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  /** The client of the tunnel has been found again: its sessions run over `path` from now on. */
  | {
      readonly type: "found";
      readonly tunnel: TunnelKey;
      readonly sessions: readonly SessionId[];
      readonly path: L2tpPath;
      /** The connection that it has left. */
      readonly left: ConnectionId;
    };

/** A connection, seen as where a client may be. */
interface Place {
  readonly connection: ConnectionId;
  readonly virtualRouter: string;
  readonly local: Address;
  readonly identity: Identity;
  readonly openedAt: Millis;
  readonly path: L2tpPath;
  /** Under which those are found that may be the same client. */
  readonly key: string;
  /** It has asked for a tunnel of its own. */
  hasOwnTunnel: boolean;
  asked: number;
}

interface Link {
  readonly session: SessionId;
  readonly tunnel: TunnelKey;
  readonly remoteTunnelId: number;
  readonly remoteSessionId: number;
  connection: ConnectionId;
}

interface Question {
  readonly via: ConnectionId;
  readonly path: L2tpPath;
  readonly identifier: number;
  readonly nonce: Uint8Array;
  readonly askedAt: Millis;
}

const L2TP_PORT = 1701;
/** A client with nothing to say is looked for, unless it opens a tunnel at once as every new one does. */
const FIRST_SEARCH: Millis = 2000;
const NEXT_SEARCH: Millis = 3000;
const SEARCHES = 3;
/** Tunnels whose client a newcomer may be: more are not asked about. */
const CANDIDATES = 8;
/** Between two questions about the same session. */
const PATIENCE: Millis = 1000;
/** Questions put to one connection; who has not answered by then is somebody else. */
const MOST_QUESTIONS = 32;
const MAGIC_OCTETS = 4;
const NONCE_OCTETS = 8;
/** Header of a data message without options. */
const DATA_HEADER = 6;

export class Failover {
  readonly #context: FailoverContext;
  readonly #places = new Map<ConnectionId, Place>();
  readonly #byKey = new Map<string, Set<Place>>();
  readonly #links = new Map<SessionId, Link>();
  readonly #byConnection = new Map<ConnectionId, Set<Link>>();
  readonly #questions = new Map<SessionId, Question>();
  readonly #searches = new DeadlineQueue<ConnectionId>();
  readonly #outputs = new Outputs<FailoverOutput>();

  constructor(context: FailoverContext) {
    this.#context = context;
  }

  /** `demuxPort` stands for the client where the gateway gives ports; `exclusive` as in `L2tpPath`. */
  connectionOpened(
    opened: Extract<IkeOutput, { type: "connectionOpened" }>,
    { demuxPort, exclusive }: { readonly demuxPort: number | undefined; readonly exclusive: boolean },
    now: Millis,
  ): void {
    const { connection, virtualRouter, flow, peerIdentity: identity, peerPort } = opened;
    const { local, remote } = flow;
    const key = JSON.stringify([virtualRouter, local.address, remote.address, identityText(identity)]);
    const place: Place = {
      connection,
      virtualRouter,
      local: local.address,
      identity,
      openedAt: now,
      path: {
        virtualRouter,
        local: { address: local.address, port: L2TP_PORT },
        remote: { address: remote.address, port: demuxPort ?? (peerPort === 0 ? L2TP_PORT : peerPort) },
        connection,
        ...(exclusive && { exclusive }),
      },
      key,
      hasOwnTunnel: false,
      asked: 0,
    };
    const alike = this.#byKey.get(key) ?? new Set();
    if (alike.size > 0) this.#searches.set(connection, { at: now + FIRST_SEARCH, why: "client of a tunnel" });
    this.#byKey.set(key, alike.add(place));
    this.#places.set(connection, place);
  }

  connectionClosed(connection: ConnectionId): void {
    const place = this.#places.get(connection);
    if (place === undefined) return;
    this.#places.delete(connection);
    this.#searches.set(connection, undefined);
    const alike = this.#byKey.get(place.key);
    alike?.delete(place);
    if (alike?.size === 0) this.#byKey.delete(place.key);
  }

  tunnelOpened({ path }: Extract<L2tpOutput, { type: "tunnelOpened" }>): void {
    const place = path.connection === undefined ? undefined : this.#places.get(path.connection);
    if (place === undefined) return;
    place.hasOwnTunnel = true;
    this.#searches.set(place.connection, undefined);
  }

  sessionOpened(opened: Extract<L2tpOutput, { type: "sessionOpened" }>): void {
    const { session, tunnel, remoteTunnelId, remoteSessionId, path } = opened;
    if (path.connection === undefined) return;
    const link = { session, tunnel, remoteTunnelId, remoteSessionId, connection: path.connection };
    this.#links.set(session, link);
    this.#index(link);
  }

  sessionClosed(session: SessionId): void {
    const link = this.#links.get(session);
    if (link === undefined) return;
    this.#links.delete(session);
    this.#questions.delete(session);
    this.#unindex(link);
  }

  /** A PPP frame of a session came along a path that is not the session's. */
  strayFrame(session: SessionId, path: L2tpPath, frame: Uint8Array, now: Millis): void {
    const link = this.#links.get(session);
    if (link === undefined) return;
    const question = this.#questions.get(session);
    if (question !== undefined && question.via === path.connection && this.#isProof(session, question, frame)) {
      this.#found(link, path);
      return;
    }
    this.#ask(link, path, now);
  }

  /** A control message for a tunnel came along a path that is not the tunnel's. */
  strayControl(tunnel: TunnelKey, known: L2tpPath, path: L2tpPath, now: Millis): void {
    const links = known.connection === undefined ? [] : (this.#byConnection.get(known.connection) ?? []);
    for (const link of links) {
      if (link.tunnel !== tunnel) continue;
      this.#ask(link, path, now);
      return;
    }
  }

  handleTimeout(now: Millis): void {
    for (let due = this.#searches.takeDue(now); due !== undefined; due = this.#searches.takeDue(now)) {
      const place = this.#places.get(due);
      if (place !== undefined) this.#search(place, now);
    }
  }

  pollTimeout(): Deadline | undefined {
    return this.#searches.peek();
  }

  pollOutput(): FailoverOutput | undefined {
    return this.#outputs.poll();
  }

  /** Whose client may this be? Of each tunnel one session is asked about. */
  #search(place: Place, now: Millis): void {
    const tunnels = new Map<TunnelKey, Link>();
    for (const other of this.#byKey.get(place.key) ?? []) {
      if (!this.#mayHaveMoved(other, place)) continue;
      for (const link of this.#byConnection.get(other.connection) ?? []) {
        if (tunnels.size < CANDIDATES && !tunnels.has(link.tunnel)) tunnels.set(link.tunnel, link);
      }
    }
    for (const link of tunnels.values()) this.#ask(link, place.path, now);
    if (tunnels.size === 0 || now + NEXT_SEARCH > place.openedAt + SEARCHES * NEXT_SEARCH) return;
    this.#searches.set(place.connection, { at: now + NEXT_SEARCH, why: "client of a tunnel" });
  }

  #mayHaveMoved(from: Place, to: Place): boolean {
    return (
      from.connection !== to.connection &&
      from.virtualRouter === to.virtualRouter &&
      from.local === to.local &&
      !to.hasOwnTunnel &&
      sameIdentity(from.identity, to.identity) &&
      this.#context.heardAt(from.connection) <= to.openedAt
    );
  }

  #ask(link: Link, path: L2tpPath, now: Millis): void {
    const { session, remoteTunnelId, remoteSessionId } = link;
    const from = this.#places.get(link.connection);
    const to = path.connection === undefined ? undefined : this.#places.get(path.connection);
    if (from === undefined || to === undefined || !this.#mayHaveMoved(from, to)) return;
    const pending = this.#questions.get(session);
    if (to.asked >= MOST_QUESTIONS || (pending !== undefined && now - pending.askedAt < PATIENCE)) return;
    const magic = this.#context.magicOf(session);
    if (magic === undefined || magic.peer === 0) return;
    to.asked += 1;
    const [identifier = 0, ...nonce] = this.#context.random.bytes(1 + NONCE_OCTETS);
    const question = { via: to.connection, path, identifier, nonce: Uint8Array.from(nonce), askedAt: now };
    this.#questions.set(session, question);
    const data = new Uint8Array(MAGIC_OCTETS + NONCE_OCTETS);
    putU32(data, 0, magic.local);
    data.set(question.nonce, MAGIC_OCTETS);
    const echo = controlPacket.encode({ code: controlCode.echoRequest, identifier, data });
    const frame = pppFrame(pppProtocol.lcp, echo);
    const bytes = new Uint8Array(DATA_HEADER + frame.length);
    putL2tpDataHeader(bytes, 0, remoteTunnelId, remoteSessionId, -1);
    bytes.set(frame, DATA_HEADER);
    this.#outputs.push({ type: "ask", path, bytes });
  }

  /** The answer has the peer's magic number and gives back what was sent with ours (RFC 1661 §5.8). */
  #isProof(session: SessionId, { identifier, nonce }: Question, frame: Uint8Array): boolean {
    if (frame.length < 2 || u16At(frame, 0) !== pppProtocol.lcp) return false;
    const packet = tryDecode(() => controlPacket.decode(frame.subarray(2)));
    if (!packet.ok || packet.value.code !== controlCode.echoReply || packet.value.identifier !== identifier)
      return false;
    const { data } = packet.value;
    const magic = this.#context.magicOf(session);
    if (magic === undefined || magic.peer === 0 || magic.peer === magic.local) return false;
    if (data.length !== MAGIC_OCTETS + NONCE_OCTETS || u32At(data, 0) !== magic.peer) return false;
    return nonce.every((octet, index) => data[MAGIC_OCTETS + index] === octet);
  }

  #found(link: Link, path: L2tpPath): void {
    const { tunnel, connection: left } = link;
    if (path.connection === undefined) return;
    const moved = [...(this.#byConnection.get(left) ?? [])].filter((each) => each.tunnel === tunnel);
    for (const each of moved) {
      this.#unindex(each);
      this.#questions.delete(each.session);
      each.connection = path.connection;
      this.#index(each);
    }
    this.#searches.set(path.connection, undefined);
    this.#outputs.push({ type: "found", tunnel, sessions: moved.map(({ session }) => session), path, left });
  }

  #index(link: Link): void {
    const sharing = this.#byConnection.get(link.connection) ?? new Set();
    this.#byConnection.set(link.connection, sharing.add(link));
  }

  #unindex(link: Link): void {
    const sharing = this.#byConnection.get(link.connection);
    sharing?.delete(link);
    if (sharing?.size === 0) this.#byConnection.delete(link.connection);
  }
}
