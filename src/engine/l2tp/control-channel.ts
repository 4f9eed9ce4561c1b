/**
 * Reliable delivery of control messages over one tunnel (RFC 2661 §5.8 and Appendix A): numbers modulo 2^16, a send
 * window that the peer's receive window and the congestion window bound, retransmission with exponential back-off,
 * acknowledgement by the next message or by a zero-length body (ZLB).
 *
 * The owner calls `receive`, acts on what `pollOutput` delivers, queues its answers with `send` and calls `flush`:
 * so an acknowledgement travels with the answer where there is one, and alone but at once where there is none.
 * Messages that came too early wait, in a number that the peer cannot raise. While our own queue is full nothing new
 * is taken in: a peer that never acknowledges cannot make us remember answers without end. A peer in the clear that has not yet
 * acknowledged anything may be a forged address: it is sent no more than three times what came from there, and may ask again.
 */

import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import { encodeL2tpControl, L2TP_CONTROL_HEADER_LENGTH, type L2tpControlHeader } from "../wire/l2tp-control.ts";
import type { ControlCounters } from "./events.ts";

export interface ChannelSettings {
  /** What we announce as Receive Window Size. */
  readonly localWindow: number;
  readonly retransmitMillis: { readonly min: number; readonly max: number };
  /** Nothing has shown yet that the peer is where it says it is. */
  readonly peerMayBeForged: boolean;
}

export type ChannelOutput =
  | { readonly type: "transmit"; readonly bytes: Uint8Array }
  /** A message in its turn; `body` is not a view of the datagram only when it had to wait. */
  | { readonly type: "deliver"; readonly sessionId: number; readonly body: Uint8Array }
  /** The peer acknowledged nothing for the whole of the retransmission cycle. */
  | { readonly type: "dead" };

interface Outbound {
  readonly sessionId: number;
  readonly body: Uint8Array;
  /** It asks for nothing but its acknowledgement. */
  readonly hello: boolean;
}

interface Sent extends Outbound {
  readonly ns: number;
}

interface Early {
  readonly sessionId: number;
  readonly body: Uint8Array;
}

/** RFC 2661 §4.4.3: what a peer that names no window has. */
const DEFAULT_REMOTE_WINDOW = 4;
const EARLY_MAX = 32;
const UNSENT_MAX = 64;
const MAX_AMPLIFICATION = 3;

/** `a - b` modulo 2^16 as a distance from -32768 to 32767. */
function distance(a: number, b: number): number {
  return (((a - b) & 0xffff) ^ 0x8000) - 0x8000;
}

export class ControlChannel {
  /** Where the peer wants our messages: its Assigned Tunnel ID; 0 until we know it. */
  remoteTunnelId = 0;
  /** Retransmissions of one message before the peer counts as dead. */
  retries: number;
  /** When anything of the peer last arrived. */
  heardAt: Millis;
  readonly counters: ControlCounters = {
    txPackets: 0,
    txOctets: 0,
    rxPackets: 0,
    rxOctets: 0,
    txZlb: 0,
    rxZlb: 0,
    retransmissions: 0,
    rxOutOfSequence: 0,
    rxOutOfWindow: 0,
    discards: 0,
    authenticationFailures: 0,
  };

  readonly #settings: ChannelSettings;
  readonly #outputs = new Outputs<ChannelOutput>();
  readonly #unsent: Outbound[] = [];
  /** Sent and not acknowledged, oldest first. */
  readonly #unacknowledged: Sent[] = [];
  readonly #early = new Map<number, Early>();
  /** How many of `#unacknowledged` are believed to be under way; after a timeout they go out again from the first. */
  #underWay = 0;
  #ns = 0;
  #nr = 0;
  #remoteWindow = DEFAULT_REMOTE_WINDOW;
  #congestionWindow = 1;
  #slowStartThreshold = DEFAULT_REMOTE_WINDOW;
  /** Acknowledgements towards the next step of the congestion window. */
  #credit = 0;
  #attempts = 0;
  #resendAt: Millis | undefined;
  #acknowledgementOwed = false;
  #proven: boolean;
  #closed = false;
  #unsentMax = 0;
  #resendMax = 0;

  constructor(settings: ChannelSettings, retries: number, now: Millis) {
    this.#settings = settings;
    this.#proven = !settings.peerMayBeForged;
    this.retries = retries;
    this.heardAt = now;
  }

  /** Nothing of ours waits for the peer. */
  get idle(): boolean {
    return this.#unacknowledged.length === 0 && this.#unsent.length === 0;
  }

  /** A window of zero would be a tunnel that never speaks; it is read as one. */
  setRemoteWindow(messages: number): void {
    this.#remoteWindow = Math.max(1, messages);
    this.#slowStartThreshold = this.#remoteWindow;
  }

  /** Queues a message; `flush` sends it when the windows allow. */
  send(sessionId: number, body: Uint8Array, hello = false): void {
    this.#unsent.push({ sessionId, body, hello });
    this.#unsentMax = Math.max(this.#unsentMax, this.#unsent.length);
  }

  /** Forgets what was queued and never sent: the tunnel has only its farewell left to say. */
  dropUnsent(): void {
    this.#unsent.length = 0;
  }

  /** From now on nothing is sent but acknowledgements of what the peer repeats (§5.7). */
  close(): void {
    this.#closed = true;
    this.#unsent.length = 0;
    this.#unacknowledged.length = 0;
    this.#underWay = 0;
    this.#early.clear();
    this.#resendAt = undefined;
  }

  /** False = it cannot be from our peer, and changed nothing. */
  receive(header: L2tpControlHeader, body: Uint8Array, now: Millis): boolean {
    this.counters.rxPackets += 1;
    this.counters.rxOctets += header.length;
    // An acknowledgement of what was never sent is not from our peer, or from a life of it that is over.
    if (distance(header.nr, this.#ns) > 0) {
      this.counters.discards += 1;
      return false;
    }
    this.heardAt = now;
    this.#acknowledged(header.nr, now);
    if (body.length === 0) {
      this.counters.rxZlb += 1;
      return true;
    }
    const ahead = distance(header.ns, this.#nr);
    if (ahead < 0) {
      this.counters.rxOutOfSequence += 1;
      this.#acknowledgementOwed = true;
      // It has not heard our answer, and once it is told that we heard the question it will not ask again.
      if (!this.#proven) this.#underWay = 0;
    } else if (this.#closed || this.#unsent.length >= UNSENT_MAX) {
      this.counters.discards += 1;
    } else if (ahead >= this.#settings.localWindow) {
      this.counters.rxOutOfWindow += 1;
    } else if (ahead > 0) {
      this.counters.rxOutOfSequence += 1;
      if (this.#early.size < EARLY_MAX && !this.#early.has(header.ns)) {
        this.#early.set(header.ns, { sessionId: header.sessionId, body: body.slice() });
      }
    } else {
      this.#deliver(header.sessionId, body);
      for (let next = this.#early.get(this.#nr); next !== undefined; next = this.#early.get(this.#nr)) {
        this.#early.delete(this.#nr);
        this.#deliver(next.sessionId, next.body);
      }
    }
    return true;
  }

  /** Sends what the windows allow, then the acknowledgement that nothing carried. */
  flush(now: Millis): void {
    this.sendQueued(now);
    if (!this.#acknowledgementOwed) return;
    this.counters.txZlb += 1;
    this.#transmit(0, this.#ns, new Uint8Array(), now);
  }

  /** Sends what the windows allow; an acknowledgement may still be owed. */
  sendQueued(now: Millis): void {
    const window = Math.min(this.#congestionWindow, this.#remoteWindow);
    while (this.#underWay < window) {
      const again = this.#unacknowledged[this.#underWay];
      if (again !== undefined) {
        this.counters.retransmissions += 1;
        this.#transmit(again.sessionId, again.ns, again.body, now);
      } else {
        const first = this.#unsent.shift();
        if (first === undefined) break;
        const sent = { ...first, ns: this.#ns };
        this.#unacknowledged.push(sent);
        this.#resendMax = Math.max(this.#resendMax, this.#unacknowledged.length);
        this.#ns = (this.#ns + 1) & 0xffff;
        this.#transmit(sent.sessionId, sent.ns, sent.body, now);
      }
      this.#underWay += 1;
    }
  }

  /** `lives` says whether the peer, which acknowledges nothing, has been heard in another way. */
  handleTimeout(now: Millis, lives: () => boolean = () => false): void {
    if (this.#resendAt === undefined || now < this.#resendAt) return;
    if (this.#attempts >= this.retries) {
      // There are phones that never acknowledge a hello (Android 9 and 10): while they speak, that alone is not their death.
      const helloAlone = this.#unsent.length === 0 && this.#unacknowledged.every(({ hello }) => hello);
      if (!helloAlone || !lives()) {
        this.close();
        this.#outputs.push({ type: "dead" });
        return;
      }
    }
    this.#attempts = Math.min(this.#attempts + 1, this.retries);
    // Appendix A: a loss halves the threshold and starts again with one message under way.
    this.#slowStartThreshold = Math.max(1, Math.floor(this.#congestionWindow / 2));
    this.#congestionWindow = 1;
    this.#credit = 0;
    this.#underWay = 0;
    this.#resendAt = undefined;
    this.flush(now);
  }

  pollOutput(): ChannelOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#resendAt === undefined ? undefined : { at: this.#resendAt, why: "L2TP retransmission" };
  }

  view() {
    return {
      ns: this.#ns,
      nr: this.#nr,
      localWindow: this.#settings.localWindow,
      remoteWindow: this.#remoteWindow,
      congestionWindow: this.#congestionWindow,
      resendQueue: this.#unacknowledged.length,
      resendQueueMax: this.#resendMax,
      unsentQueue: this.#unsent.length,
      unsentQueueMax: this.#unsentMax,
      retransmitSeconds: this.#pause() / 1000,
      counters: { ...this.counters },
    };
  }

  #deliver(sessionId: number, body: Uint8Array): void {
    this.#nr = (this.#nr + 1) & 0xffff;
    this.#acknowledgementOwed = true;
    this.#outputs.push({ type: "deliver", sessionId, body });
  }

  #acknowledged(nr: number, now: Millis): void {
    const oldest = this.#unacknowledged[0];
    if (oldest === undefined) return;
    const count = distance(nr, oldest.ns);
    if (count <= 0) return;
    this.#proven = true;
    this.#unacknowledged.splice(0, count);
    this.#underWay = Math.max(0, this.#underWay - count);
    this.#attempts = 0;
    this.#resendAt = this.#underWay > 0 ? now + this.#pause() : undefined;
    for (let i = 0; i < count; i += 1) this.#widen();
  }

  /** Appendix A: by one for each message in slow start, then by one for each full window. */
  #widen(): void {
    if (this.#congestionWindow >= this.#remoteWindow) return;
    if (this.#congestionWindow >= this.#slowStartThreshold) {
      this.#credit += 1;
      if (this.#credit < this.#congestionWindow) return;
      this.#credit = 0;
    }
    this.#congestionWindow += 1;
  }

  #pause(): number {
    const { min, max } = this.#settings.retransmitMillis;
    return Math.min(max, min * 2 ** Math.min(this.#attempts, 16));
  }

  #transmit(sessionId: number, ns: number, body: Uint8Array, now: Millis): void {
    const bytes = encodeL2tpControl({ tunnelId: this.remoteTunnelId, sessionId, ns, nr: this.#nr }, body);
    this.#acknowledgementOwed = false;
    if (bytes.length > L2TP_CONTROL_HEADER_LENGTH) this.#resendAt ??= now + this.#pause();
    if (!this.#proven && this.counters.txOctets + bytes.length > MAX_AMPLIFICATION * this.counters.rxOctets) return;
    this.counters.txPackets += 1;
    this.counters.txOctets += bytes.length;
    this.#outputs.push({ type: "transmit", bytes });
  }
}
