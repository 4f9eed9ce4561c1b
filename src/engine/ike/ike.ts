/**
 * The IKE machine (RFC 2407, 2408, 2409): one for all virtual routers of a chassis, responder and initiator at once.
 * Here inputs find the SA or connection they are about; the exchanges are in the files beside it. Refuses
 * everything that is not main, aggressive or quick mode or informational; what belongs to no SA of ours is counted
 * and not answered.
 */

import type { IsakmpSecret } from "../crypto/keymat.ts";
import type { ConnectionId, LineModules } from "../forwarding.ts";
import { type Flow, sameEndpoint } from "../kernel/address.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Deadline, Machine, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import { CERTIFICATE_FAULTS } from "../pki/chain.ts";
import { NO_TRUST, ownFaults, trustOf } from "../pki/trust.ts";
import { decodeIsakmpHeader, exchangeType, type IsakmpHeader, isZeroCookie } from "../wire/isakmp-header.ts";
import { Agreements } from "./agreements.ts";
import { NO_CONFIGURATION } from "./configuration.ts";
import { closeConnection, createConnection, moveConnection } from "./connections.ts";
import type { IkeConfiguration, IkeCounters, IkeInput, IkeOutput, IkePeers, IkeView, InitiatorPlan } from "./events.ts";
import { Fragments, isFragment, takeFragment } from "./fragments.ts";
import { findGateway } from "./gateways.ts";
import { GuessLimit } from "./guess-limit.ts";
import { HalfOpenSas } from "./half-open.ts";
import { receiveInformational } from "./informational.ts";
import { watchPeer } from "./liveness.ts";
import { openAggressiveMode, receiveMainMode, repeatFirstAnswer } from "./main-mode.ts";
import { openMainMode } from "./main-mode-responder.ts";
import type { ReceivedMessage } from "./message.ts";
import { quickModeTimeout, receiveQuickMode } from "./quick-mode.ts";
import { cookieKey, setResponderCookie } from "./sas.ts";
import type { CertificateFaults, IkeContext, IkeSa, Timed } from "./state.ts";
import { StrangerLog } from "./stranger-log.ts";
import { afterPhase1, pairTimeout, requestPair, saTimeout } from "./successors.ts";
import { UnknownCookies } from "./unknown-cookies.ts";
import { peersOf, viewOf } from "./view.ts";

const FIRST_SA_ID = 1001;
const NO_COOKIE = new Uint8Array(8);

export interface IkeMachineContext {
  readonly random: Random;
  readonly log: Log;
  /** The wall clock, in milliseconds since 1970; without one no certificate is in its time. */
  readonly epoch?: ((now: Millis) => number) | undefined;
  /** Absent = there is one. */
  readonly lineModules?: LineModules | undefined;
}

export class IkeMachine implements Machine<IkeInput, IkeOutput> {
  readonly #ike: IkeContext;
  readonly #unknown = new UnknownCookies();
  #toldFaults: ReadonlySet<string> = new Set();

  constructor({ random, log, epoch = () => 0, lineModules }: IkeMachineContext) {
    const strangers = new StrangerLog(log, "strangers");
    const refused = new StrangerLog(log, "refused peers");
    this.#ike = {
      random,
      log,
      strangerLog: (now) => strangers.at(now),
      refusalLog: (now) => refused.at(now),
      outputs: new Outputs(),
      timers: new DeadlineQueue(),
      counters: {
        receivedPackets: 0,
        receivedOctets: 0,
        sentPackets: 0,
        sentOctets: 0,
        phase1Initiated: 0,
        phase1Answered: 0,
        phase1InitiatorFailures: 0,
        phase1ResponderFailures: 0,
        quickModes: 0,
        quickModesRefused: 0,
        quickModesFailed: 0,
        notificationsReceived: 0,
        deletesReceived: 0,
        malformed: 0,
        unknownCookies: 0,
        unexpected: 0,
        notEncrypted: 0,
        notAuthentic: 0,
        duplicates: 0,
        evicted: 0,
        lockedOut: 0,
        crowdedOut: 0,
      },
      configuration: NO_CONFIGURATION,
      trust: NO_TRUST,
      certificateFaults: Object.fromEntries(CERTIFICATE_FAULTS.map((fault) => [fault, 0])) as CertificateFaults,
      epoch,
      lineModules,
      sas: new Map(),
      halfOpen: new HalfOpenSas(),
      guesses: new GuessLimit(),
      agreements: new Agreements(),
      fragments: new Fragments(),
      connections: new Map(),
      connectionsByFlow: new Map(),
      sasByFlow: new Map(),
      inboundSpis: new Set(),
      nextSaId: FIRST_SA_ID,
      nextConnectionId: 1,
    };
  }

  /** What was dropped, and why. */
  get counters(): Readonly<IkeCounters> {
    return this.#ike.counters;
  }

  handleInput(input: IkeInput, now: Millis): void {
    const ike = this.#ike;
    switch (input.type) {
      case "configure":
        this.#configure(input.configuration, now);
        return;
      case "datagram":
        this.#receive(input.flow, input.bytes, now);
        return;
      case "agreed": {
        const established = ike.agreements.answer(input, now);
        if (established !== undefined) afterPhase1(ike, established, now);
        return;
      }
      case "initiate":
        this.#initiate(input.connection, input.plan, now);
        return;
      case "close":
      case "forget": {
        const connection = ike.connections.get(input.connection);
        const how = input.type === "close" ? "tellPeer" : "forgetAll";
        if (connection !== undefined) closeConnection(ike, connection, input.reason, how);
        return;
      }
      case "rekey": {
        const connection = ike.connections.get(input.connection);
        const { current } = connection ?? {};
        if (connection === undefined || current === undefined) return;
        if (current.inboundSpi === input.spi || current.outboundSpi === input.spi) requestPair(ike, connection, now);
        return;
      }
      case "moved": {
        const connection = ike.connections.get(input.connection);
        if (connection !== undefined) moveConnection(ike, connection, input.flow);
        return;
      }
      case "activity": {
        const connection = ike.connections.get(input.connection);
        if (connection === undefined) return;
        connection.heardAt = Math.max(connection.heardAt, input.heardAt);
        connection.sentAt = Math.max(connection.sentAt, input.sentAt);
        return;
      }
    }
  }

  handleTimeout(now: Millis): void {
    for (let timed = this.#ike.timers.takeDue(now); timed !== undefined; timed = this.#ike.timers.takeDue(now)) {
      this.#fire(timed, now);
    }
  }

  pollOutput(): IkeOutput | undefined {
    const output = this.#ike.outputs.poll() ?? this.#ike.agreements.next();
    if (output?.type === "send") {
      this.#ike.counters.sentPackets += 1;
      this.#ike.counters.sentOctets += output.bytes.length;
    }
    return output;
  }

  pollTimeout(): Deadline | undefined {
    return this.#ike.timers.peek();
  }

  /** `undefined` = there is no such SA, or it has no keys yet. */
  secretOf(initiatorCookie: Uint8Array, responderCookie: Uint8Array): IsakmpSecret | undefined {
    const sa = this.#ike.sas.get(cookieKey({ initiatorCookie, responderCookie }));
    if (sa?.keys === undefined) return undefined;
    const lastPhase1Block = sa.state === "established" ? sa.iv : undefined;
    return { initiatorCookie: sa.initiatorCookie, keys: sa.keys, lastPhase1Block };
  }

  view(): IkeView {
    return viewOf(this.#ike);
  }

  peers(): IkePeers {
    return peersOf(this.#ike);
  }

  #fire(timed: Timed, now: Millis): void {
    switch (timed.kind) {
      case "ikeSa":
        saTimeout(this.#ike, timed, now);
        return;
      case "pair":
        pairTimeout(this.#ike, timed, now);
        return;
      case "quickMode": {
        const { connection } = timed;
        const unanswered = quickModeTimeout(this.#ike, timed, now);
        // The IKE SA it went through is gone; a live connection gets another.
        if (unanswered && connection.current !== undefined) requestPair(this.#ike, connection, now);
        return;
      }
    }
  }

  /** Connections whose gateway is gone are closed; the others go on, and negotiate anew under the new terms. */
  #configure(configuration: IkeConfiguration, now: Millis): void {
    const ike = this.#ike;
    ike.configuration = configuration;
    const { certificates } = configuration;
    ike.trust = certificates === undefined ? NO_TRUST : trustOf(certificates.trustpoints, certificates.credentials);
    this.#tellOwnFaults(now);
    for (const connection of [...ike.connections.values()]) {
      if (connection.plan === undefined) {
        const gateway = findGateway(ike, connection.flow, connection);
        if (gateway === undefined) {
          closeConnection(ike, connection, "the configuration has no gateway for it any more", "tellPeer");
          continue;
        }
        connection.gateway = gateway;
      }
      for (const sa of connection.ikeSas) watchPeer(ike, sa, now);
    }
  }

  /** Each is told once, and again when it has come back. */
  #tellOwnFaults(now: Millis): void {
    const ike = this.#ike;
    const faults = ownFaults(ike.trust, ike.epoch(now));
    const told = new Set(faults.map((fault) => JSON.stringify(fault)));
    for (const fault of faults) {
      if (this.#toldFaults.has(JSON.stringify(fault))) continue;
      ike.log("ike", "warning", "Peers will not believe our certificate for long, or at all", fault);
    }
    this.#toldFaults = told;
  }

  #initiate(id: ConnectionId, plan: InitiatorPlan, now: Millis): void {
    const ike = this.#ike;
    if (ike.connections.has(id)) {
      ike.outputs.push({ type: "failed", connection: id, flow: plan.flow, reason: "the connection exists already" });
      return;
    }
    const { virtualRouter, flow } = plan;
    const made = { virtualRouter, flow, gateway: undefined, plan, peerIdentity: undefined };
    requestPair(ike, createConnection(ike, id, made, now), now);
  }

  #receive(flow: Flow, bytes: Uint8Array, now: Millis): void {
    const ike = this.#ike;
    ike.counters.receivedPackets += 1;
    ike.counters.receivedOctets += bytes.length;
    const header = tryDecode(() => decodeIsakmpHeader(bytes));
    if (!header.ok || isZeroCookie(header.value.initiatorCookie)) {
      ike.counters.malformed += 1;
      return;
    }
    const message: ReceivedMessage = { flow, header: header.value, datagram: bytes };
    if (isFragment(message.header)) this.#receivePiece(message, now);
    else this.#receiveWhole(message, now);
  }

  #receivePiece(piece: ReceivedMessage, now: Millis): void {
    const ike = this.#ike;
    const sa = this.#find(piece.header);
    if (sa === undefined) {
      this.#unknown.receive(ike, piece, now);
      return;
    }
    const datagram = takeFragment(ike, sa, piece, now);
    if (datagram === undefined) return;
    const header = tryDecode(() => decodeIsakmpHeader(datagram));
    if (!header.ok || isFragment(header.value) || cookieKey(header.value) !== cookieKey(sa))
      ike.counters.malformed += 1;
    else this.#receiveWhole({ flow: piece.flow, header: header.value, datagram }, now);
  }

  #receiveWhole(message: ReceivedMessage, now: Millis): void {
    const ike = this.#ike;
    switch (message.header.exchange) {
      case exchangeType.mainMode:
      case exchangeType.aggressiveMode:
        this.#receivePhase1(message, now);
        return;
      case exchangeType.quickMode:
        this.#withSa(message, now, (sa) => receiveQuickMode(ike, sa, message, now));
        return;
      case exchangeType.informational:
        this.#withSa(message, now, (sa) => receiveInformational(ike, sa, message, now));
        return;
      default:
        ike.counters.unexpected += 1;
    }
  }

  #receivePhase1(message: ReceivedMessage, now: Millis): void {
    const ike = this.#ike;
    const { header, flow } = message;
    if (isZeroCookie(header.responderCookie)) {
      const known = ike.halfOpen.find(header.initiatorCookie, flow);
      if (known !== undefined) repeatFirstAnswer(ike, known, message);
      else if (header.exchange === exchangeType.aggressiveMode) openAggressiveMode(ike, message, now);
      else openMainMode(ike, message, now);
      return;
    }
    const sa = this.#find(header) ?? this.#takeResponderCookie(header, flow);
    if (sa === undefined) {
      this.#unknown.receive(ike, message, now);
      return;
    }
    if (receiveMainMode(ike, sa, message, now)) afterPhase1(ike, sa, now);
    // What was refused has not shown that its cookie is the peer's.
    if (sa.initiator && sa.state === "sentSa" && sa.mainMode?.agreeing !== true) setResponderCookie(ike, sa, NO_COOKIE);
  }

  #withSa(message: ReceivedMessage, now: Millis, receive: (sa: IkeSa) => void): void {
    const sa = this.#find(message.header) ?? this.#waitingInitiator(message.header, message.flow);
    if (sa === undefined) this.#unknown.receive(this.#ike, message, now);
    else receive(sa);
  }

  #find(header: IsakmpHeader): IkeSa | undefined {
    return this.#ike.sas.get(cookieKey(header));
  }

  /** An SA of ours that has had no answer yet, if this comes from where its first message went. */
  #waitingInitiator(header: IsakmpHeader, flow: Flow): IkeSa | undefined {
    const sa = this.#ike.sas.get(cookieKey({ initiatorCookie: header.initiatorCookie, responderCookie: NO_COOKIE }));
    return sa?.initiator && sameEndpoint(sa.flow.remote, flow.remote) ? sa : undefined;
  }

  #takeResponderCookie(header: IsakmpHeader, flow: Flow): IkeSa | undefined {
    const sa = this.#waitingInitiator(header, flow);
    if (sa !== undefined) setResponderCookie(this.#ike, sa, header.responderCookie);
    return sa;
  }
}
