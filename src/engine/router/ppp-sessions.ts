/**
 * The PPP ends of a chassis: one `PppMachine` for each L2TP session, joined with the users and address pools of its
 * virtual router. Questions that PPP asks (is this proof good, which address) are answered here and now; a remote
 * server would answer the same inputs later.
 */

import type { ConnectionId, EngineOutput, SessionId } from "../forwarding.ts";
import type { Address } from "../kernel/address.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import type { Log } from "../kernel/log.ts";
import { LowestFree } from "../kernel/lowest-free.ts";
import { type Deadline, earlier, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { LinkMagic, PppOutput, PppPlan } from "../ppp/events.ts";
import { PppMachine } from "../ppp/ppp.ts";
import type { DomainMapSpec, PppProfileSpec, SessionTimeoutsSpec } from "../ppp-spec.ts";
import type { AaaSnapshot, PoolSnapshot } from "../snapshot.ts";
import type { RouterSpec, VirtualRouterSpec } from "../spec.ts";
import { Decisions } from "./decisions.ts";
import { Newcomers } from "./newcomers.ts";
import { OpenSessions } from "./open-sessions.ts";
import { SessionAddresses } from "./session-addresses.ts";
import { openSessionIp, sessionMtu } from "./session-ip.ts";
import { sessionLog } from "./session-log.ts";
import type { SessionBrief, SessionOpening, SessionPlace, SessionState } from "./session-state.ts";
import { type Carrier, tunnelMtu } from "./sizes.ts";
import { StandingSessions } from "./standing.ts";
import { admitUser, placeOfProfile, type UserPlace } from "./user-place.ts";

/** Bounds what peers can make us keep. */
const MAX_SESSIONS = 100_000;

export type SessionsOutput =
  | EngineOutput
  | { readonly type: "userKnown"; readonly session: SessionId; readonly user: string }
  | { readonly type: "sessionEnded"; readonly session: SessionId; readonly reason: string };

interface Session {
  opening: SessionOpening;
  readonly index: number;
  readonly profile: PppProfileSpec;
  readonly machine: PppMachine;
  readonly openedAt: Millis;
  /** The profile's until the user is known. */
  place: UserPlace;
  pool: string | undefined;
  tunnelMtu: number;
  /** What IPCP agreed on, while it is open. */
  opened: Extract<PppOutput, { type: "opened" }> | undefined;
  /** IP is open in it. */
  online: boolean;
}

export class PppSessions {
  readonly #random: Random;
  readonly #log: Log;
  readonly #logOf: (place: () => SessionPlace) => Log;
  readonly #sessions = new Map<SessionId, Session>();
  readonly #deadlines = new DeadlineQueue<SessionId>();
  readonly #outputs = new Outputs<SessionsOutput>();
  readonly #open: OpenSessions;
  readonly #standing = new StandingSessions();
  readonly #newcomers = new Newcomers();
  readonly #indexes = new LowestFree(1, MAX_SESSIONS);
  readonly #routers = new Map<string, VirtualRouterSpec>();
  readonly #profiles = new Map<string, PppProfileSpec>();
  readonly #decisions = new Decisions();
  readonly #addresses: SessionAddresses;
  #domainMaps: readonly DomainMapSpec[] = [];
  #hostname = "";

  constructor(context: {
    readonly random: Random;
    readonly log: Log;
    /** For what is said of one session. */
    readonly logOf: (place: () => SessionPlace) => Log;
    /** Packets that a session has carried in both directions. */
    readonly packetsOf: (session: SessionId) => number;
  }) {
    this.#random = context.random;
    this.#log = context.log;
    this.#logOf = context.logOf;
    this.#open = new OpenSessions(context.packetsOf);
    this.#addresses = new SessionAddresses(context.log, this.#decisions);
  }

  configure(spec: RouterSpec): void {
    this.#hostname = spec.hostname;
    this.#domainMaps = spec.domainMaps ?? [];
    this.#profiles.clear();
    for (const profile of spec.pppProfiles) this.#profiles.set(profile.name, profile);
    this.#routers.clear();
    for (const router of spec.virtualRouters) this.#routers.set(router.name, router);
    this.#addresses.configure(spec.virtualRouters);
  }

  open(opening: SessionOpening, now: Millis): void {
    const profile = this.#profiles.get(opening.profileName);
    if (profile === undefined) {
      this.#refuse(opening, `the PPP profile ${opening.profileName} does not exist`);
      return;
    }
    if (!this.#newcomers.enter(opening.session, opening.localTunnelId)) {
      this.#refuse(opening, "too many sessions are being set up");
      return;
    }
    const index = this.#indexes.take();
    if (index === undefined) {
      this.#newcomers.leave(opening.session);
      this.#refuse(opening, `the chassis carries ${MAX_SESSIONS} sessions already`);
      return;
    }
    const mtu = tunnelMtu(opening.carrier, opening.numbered);
    const log = this.#logOfSession(() => session.opening);
    const context = { random: this.#random, log, label: String(opening.session) };
    const machine = new PppMachine(this.#plan(profile, mtu), context);
    const session: Session = {
      opening,
      profile,
      machine,
      index,
      openedAt: now,
      place: placeOfProfile(profile),
      pool: undefined,
      tunnelMtu: mtu,
      opened: undefined,
      online: false,
    };
    this.#sessions.set(opening.session, session);
    this.#say(session, "session link is up");
    machine.handleInput({ type: "up", proxy: opening.proxy }, now);
    this.#drain(session, now);
  }

  frame(session: SessionId, bytes: Uint8Array, now: Millis): void {
    const found = this.#sessions.get(session);
    if (found === undefined) return;
    found.machine.handleInput({ type: "frame", bytes }, now);
    this.#drain(found, now);
  }

  /** Both ends of every session that stands in a virtual router and knows them. */
  endsIn(virtualRouter: string): { readonly localAddress: Address; readonly peerAddress: Address }[] {
    return [...this.#sessions.values()].flatMap(({ place, machine }) => {
      const { localAddress, peerAddress } = machine.view();
      if (place.virtualRouter !== virtualRouter || localAddress === undefined || peerAddress === undefined) return [];
      return [{ localAddress, peerAddress }];
    });
  }

  /** Says goodbye to the peer; `sessionEnded` follows. */
  terminate(session: SessionId, reason: string, now: Millis): void {
    const found = this.#sessions.get(session);
    if (found === undefined) return;
    found.machine.handleInput({ type: "close", reason }, now);
    this.#drain(found, now);
  }

  /** The L2TP session under it is gone. */
  down(session: SessionId, now: Millis): void {
    const found = this.#sessions.get(session);
    if (found === undefined) return;
    this.#forget(found, now);
    found.machine.handleInput({ type: "down" }, now);
  }

  handleTimeout(now: Millis): void {
    for (let due = this.#deadlines.takeDue(now); due !== undefined; due = this.#deadlines.takeDue(now)) {
      const session = this.#sessions.get(due);
      if (session === undefined) continue;
      session.machine.handleTimeout(now);
      this.#drain(session, now);
    }
    for (let over = this.#open.takeExpired(now); over !== undefined; over = this.#open.takeExpired(now)) {
      this.#log("ppp", "info", "session timed out", { ...over });
      this.terminate(over.session, over.reason, now);
    }
  }

  pollOutput(): SessionsOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return earlier(this.#deadlines.peek(), this.#open.pollTimeout());
  }

  ids(): Iterable<SessionId> {
    return this.#sessions.keys();
  }

  states(): SessionState[] {
    return [...this.#sessions.values()].map((session) => {
      const view = session.machine.view();
      return {
        ...session.opening,
        index: session.index,
        virtualRouter: session.place.virtualRouter,
        profile: session.profile,
        openedAt: session.openedAt,
        view,
        mtu: sessionMtu(view.peerMru, session.tunnelMtu, session.profile),
        pool: session.pool,
      };
    });
  }

  /** The little of each session that a list of all of them shows. */
  briefs(countersOf: (session: SessionId) => SessionBrief["counters"]): SessionBrief[] {
    return Array.from(this.#sessions.values(), ({ opening, openedAt, machine }) => {
      const { session, connection, localTunnelId, localSessionId } = opening;
      return {
        session,
        connection,
        localTunnelId,
        localSessionId,
        openedAt,
        ppp: machine.view(),
        counters: countersOf(session),
      };
    });
  }

  pools(now: Millis): PoolSnapshot[] {
    return this.#addresses.view(now);
  }

  aaa(): AaaSnapshot[] {
    return this.#decisions.snapshot();
  }

  /** The sessions of a connection run over something else from now on, which takes more or less room. */
  resize(connection: ConnectionId, carrier: Carrier): void {
    for (const session of this.#sessions.values()) {
      if (session.opening.connection !== connection) continue;
      const mtu = tunnelMtu(carrier, session.opening.numbered);
      if (mtu === session.tunnelMtu) continue;
      session.tunnelMtu = mtu;
      this.#program(session);
    }
  }

  /** Its client has moved. */
  move(id: SessionId, place: SessionPlace): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    session.opening = { ...session.opening, ...place };
    session.tunnelMtu = tunnelMtu(place.carrier, session.opening.numbered);
    this.#program(session);
  }

  /** `undefined` = there is no such session, or its LCP is not open. */
  magicOf(id: SessionId): LinkMagic | undefined {
    return this.#sessions.get(id)?.machine.magic;
  }

  #program({ opening, opened, place, profile, tunnelMtu }: Session): void {
    if (opened === undefined) return;
    const { virtualRouter } = place;
    this.#outputs.push(openSessionIp(opened, { session: opening.session, virtualRouter, profile, tunnelMtu }));
  }

  #setOnline(session: Session, online: boolean): void {
    if (session.online === online) return;
    session.online = online;
    if (online) this.#newcomers.leave(session.opening.session);
    this.#say(session, online ? "session carries IP" : "session carries IP no more");
    this.#decisions.users(session.place.virtualRouter, online ? 1 : -1);
  }

  #refuse(opening: SessionOpening, reason: string): void {
    const { session } = opening;
    this.#logOfSession(() => opening)("ppp", "warning", "session refused", { session, reason });
    this.#outputs.push({ type: "sessionEnded", session, reason });
  }

  /** Asked when there is something to say: a session may move. */
  #logOfSession(place: () => SessionPlace): Log {
    return sessionLog(this.#logOf(place), () => place().remote);
  }

  #plan(profile: PppProfileSpec, mtu: number): PppPlan {
    return {
      demand: profile.authentication,
      demandOptional: profile.authenticationOptional,
      credentials: undefined,
      localName: this.#hostname,
      mru: Math.min(profile.mru, mtu),
      keepaliveSeconds: profile.keepaliveSeconds,
      keepaliveRetries: profile.keepaliveRetries,
      chapChallengeLength: profile.chapChallengeLength,
      authenticationRetries: profile.authenticationRetries,
      negotiation: profile.negotiation,
      localAddress: profile.localAddress,
      dns: profile.dns,
      nbns: profile.nbns,
      requestServers: false,
      offerCcp: false,
    };
  }

  #drain(session: Session, now: Millis): void {
    for (let output = session.machine.pollOutput(); output !== undefined; output = session.machine.pollOutput()) {
      this.#apply(session, output, now);
    }
    if (this.#sessions.has(session.opening.session)) {
      this.#deadlines.set(session.opening.session, session.machine.pollTimeout());
    }
  }

  #apply(session: Session, output: PppOutput, now: Millis): void {
    const id = session.opening.session;
    switch (output.type) {
      case "frame":
        this.#outputs.push({ type: "ppp", session: id, bytes: output.bytes });
        return;
      case "authenticate": {
        const directory = { routers: this.#routers, domainMaps: this.#domainMaps };
        // Who proves himself again does not stand in his own way.
        this.#standing.leave(id);
        const { verdict, place } = admitUser(directory, session.profile, output.name, output.proof, this.#standing);
        if (verdict.accepted) {
          this.#standing.enter(id, { virtualRouter: place.virtualRouter, user: place.who });
          this.#outputs.push({ type: "userKnown", session: id, user: output.name });
        }
        if (place.virtualRouter !== session.place.virtualRouter) this.#releaseAddress(session, now);
        session.place = place;
        this.#decisions.count(place.virtualRouter, verdict.accepted ? "accepted" : "rejected");
        if (!verdict.accepted) {
          const fields = { session: id, user: output.name, protocol: output.proof.protocol, reason: verdict.reason };
          this.#logOfSession(() => session.opening)("aaa", "notice", "PPP authentication failed", fields);
        }
        session.machine.handleInput({ type: "authenticated", verdict }, now);
        return;
      }
      case "requestAddress":
        session.machine.handleInput(
          { type: "address", address: this.#allocate(session, output.name, output.hint, now), terms: session.place },
          now,
        );
        return;
      case "opened":
        this.#setOnline(session, true);
        this.#open.opened(id, this.#timeoutsOf(session), now);
        session.opened = output;
        this.#program(session);
        return;
      case "closedIp":
        session.opened = undefined;
        this.#setOnline(session, false);
        this.#open.closed(id);
        this.#outputs.push({ type: "closeSessionIp", session: id });
        return;
      case "terminated":
        this.#forget(session, now);
        this.#outputs.push({ type: "sessionEnded", session: id, reason: output.reason });
        return;
    }
  }

  #allocate(session: Session, name: string, hint: Address | undefined, now: Millis): Address | undefined {
    this.#releaseAddress(session, now);
    const request = { session: session.opening.session, user: name, hint };
    const lease = this.#addresses.allocate(session.place, session.profile.peerAddress, request, now);
    if ("refused" in lease) {
      const fields = { session: request.session, user: name, reason: lease.refused };
      this.#logOfSession(() => session.opening)("aaa", "warning", "no address left for the client", fields);
      return undefined;
    }
    session.pool = lease.pool;
    return lease.address;
  }

  #releaseAddress(session: Session, now: Millis): void {
    this.#addresses.release(session.place.virtualRouter, session.opening.session, now);
    session.pool = undefined;
  }

  #timeoutsOf({ profile, place }: Session): SessionTimeoutsSpec {
    return profile.sessionTimeouts ?? this.#routers.get(place.virtualRouter)?.sessionTimeouts ?? {};
  }

  #say({ opening, index }: Session, text: string): void {
    this.#logOfSession(() => opening)("ppp", "info", text, { session: opening.session, index });
  }

  #forget(session: Session, now: Millis): void {
    this.#standing.leave(session.opening.session);
    this.#newcomers.leave(session.opening.session);
    this.#setOnline(session, false);
    this.#open.closed(session.opening.session);
    this.#say(session, "session link is down");
    this.#releaseAddress(session, now);
    this.#indexes.release(session.index);
    this.#deadlines.set(session.opening.session, undefined);
    this.#sessions.delete(session.opening.session);
  }
}
