/**
 * One control protocol at work (LCP or IPCP): the automaton of RFC 1661 with its restart timer, counters and identifiers.
 * What the options mean is the business of its `OptionPolicy`.
 */

import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import {
  type ControlOption,
  type ControlPacket,
  controlCode,
  controlOptions,
  controlPacket,
} from "../wire/ppp-control.ts";
import { type CpAction, type CpEvent, restartTimerRuns, step } from "./automaton.ts";
import type { CpState } from "./events.ts";
import type { NegotiationLimits } from "./limits.ts";

/** What to answer to the peer's Configure-Request. */
export type Judgement =
  | { readonly verdict: "ack" }
  | { readonly verdict: "nak" | "reject"; readonly options: readonly ControlOption[] };

export interface OptionPolicy {
  /** A new negotiation starts: what the peer refused in an earlier one is asked for again. */
  renew(): void;
  /** What we ask for now. */
  request(): readonly ControlOption[];
  /** `mayNak` is false once we have Nak'ed so often that only a Reject can end it (RFC 1661 §4.6 Max-Failure). */
  judge(options: readonly ControlOption[], mayNak: boolean): Judgement;
  /** The peer wants other values for these of ours. */
  nakked(options: readonly ControlOption[]): void;
  rejected(options: readonly ControlOption[]): void;
}

export type CpOutput =
  | { readonly type: "packet"; readonly bytes: Uint8Array }
  /** This layer up, down, finished. */
  | { readonly type: "up" }
  | { readonly type: "down" }
  /** `fault` is false where the peer simply said goodbye. */
  | { readonly type: "finished"; readonly reason: string; readonly fault: boolean };

/** Configure-Requests of the peer and of ours that may pass without an agreement: more is a storm, or a quarrel without end. */
const MAX_REQUESTS = 50;
const MAX_ROUNDS = 30;
/** So often an open link answers a request that it has acknowledged before; then it is a new negotiation after all. */
const MAX_REPEATS = 3;
/** Octets of a packet that we give back with a Code-Reject: enough to know it by, and never more than a peer takes. */
const REJECTED_PART = 64;

export class ControlProtocol {
  readonly #name: string;
  readonly #policy: OptionPolicy;
  readonly #limits: NegotiationLimits;
  readonly #outputs = new Outputs<CpOutput>();
  #state: CpState = "initial";
  #restarts = 0;
  #timerAt: Millis | undefined;
  #identifier = 0;
  /** Identifier of our last Configure-Request, and what it asked. */
  #requestIdentifier = NO_REQUEST;
  #requested: Uint8Array = new Uint8Array(0);
  /** The peer's request that we acknowledged last. */
  #acknowledged: Uint8Array | undefined;
  #repeats = 0;
  #failures = 0;
  #requests = 0;
  #rounds = 0;
  #reason = "";
  #goodbye = false;

  constructor(name: string, policy: OptionPolicy, limits: NegotiationLimits) {
    this.#name = name;
    this.#policy = policy;
    this.#limits = limits;
  }

  get state(): CpState {
    return this.#state;
  }

  get opened(): boolean {
    return this.#state === "opened";
  }

  up(now: Millis): void {
    this.#handle("up", now);
  }

  down(now: Millis): void {
    this.#handle("down", now);
  }

  open(now: Millis): void {
    this.#handle("open", now);
  }

  /** Opens at once, as if both requests had been acknowledged: somebody else has seen to that. */
  adopt(requested: Uint8Array, acknowledged: Uint8Array): void {
    this.#state = "opened";
    this.#requested = requested;
    this.#acknowledged = acknowledged;
    this.#outputs.push({ type: "up" });
  }

  close(reason: string, now: Millis): void {
    this.#reason = reason;
    this.#handle("close", now);
  }

  /** A fresh identifier for a packet outside of the negotiation. */
  nextIdentifier(): number {
    this.#identifier = (this.#identifier + 1) & 0xff;
    return this.#identifier;
  }

  /** Handles codes 1 to 7; false for others, which belong to the protocol itself. */
  receive(packet: ControlPacket, now: Millis): boolean {
    switch (packet.code) {
      case controlCode.configureRequest:
        this.#configureRequest(packet, now);
        return true;
      case controlCode.configureAck:
        if (!this.#answersRequest(packet) || !equalOctets(packet.data, this.#requested)) return true;
        // One answer is enough: the same one again, from a network that doubles packets, is not about a new request.
        this.#requestIdentifier = NO_REQUEST;
        this.#handle("ack", now);
        return true;
      case controlCode.configureNak:
      case controlCode.configureReject:
        this.#configureNak(packet, now);
        return true;
      case controlCode.terminateRequest:
        if (!isClosing(this.#state)) {
          this.#reason = `the peer closed ${this.#name}`;
          this.#goodbye = true;
        }
        this.#handle("terminateRequest", now, packet);
        return true;
      case controlCode.terminateAck:
        this.#handle("terminateAck", now);
        return true;
      case controlCode.codeReject: {
        const code = packet.data[0] ?? 0;
        const vital = code >= controlCode.configureRequest && code <= controlCode.terminateAck;
        if (vital) this.#reason = `the peer does not know ${this.#name} code ${code}`;
        this.#handle(vital ? "rejectBad" : "rejectGood", now);
        return true;
      }
      default:
        return false;
    }
  }

  unknownCode(packet: ControlPacket, now: Millis): void {
    this.#handle("unknownCode", now, packet);
  }

  /** The peer does not speak this protocol at all. */
  protocolRejected(now: Millis): void {
    this.#reason = `the peer does not speak ${this.#name}`;
    this.#handle("rejectBad", now);
  }

  handleTimeout(now: Millis): void {
    if (this.#timerAt === undefined || now < this.#timerAt) return;
    this.#timerAt = undefined;
    if (this.#restarts <= 0 && this.#reason === "") this.#reason = `the peer does not answer ${this.#name}`;
    this.#handle(this.#restarts > 0 ? "timeout" : "timeoutLast", now);
  }

  pollOutput(): CpOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#timerAt === undefined ? undefined : { at: this.#timerAt, why: `${this.#name} restart` };
  }

  #configureRequest(packet: ControlPacket, now: Millis): void {
    if (this.#isRepeated(packet)) {
      this.#repeats += 1;
      this.#send({ ...packet, code: controlCode.configureAck });
      return;
    }
    const options = tryDecode(() => controlOptions.decode(packet.data));
    if (!options.ok) return;
    this.#requests += 1;
    if (this.#requests > Math.max(MAX_REQUESTS, 5 * this.#limits.maxConfigure)) {
      this.#reason = this.#neverAgrees;
      this.#handle("rejectBad", now);
      return;
    }
    const judgement = this.#policy.judge(options.value, this.#failures < this.#limits.maxFailure);
    const answer: ControlPacket = {
      code: ANSWER_CODES[judgement.verdict],
      identifier: packet.identifier,
      data: judgement.verdict === "ack" ? packet.data : controlOptions.encode(judgement.options),
    };
    this.#failures = judgement.verdict === "nak" ? this.#failures + 1 : 0;
    this.#acknowledged = judgement.verdict === "ack" ? packet.data.slice() : undefined;
    this.#handle(judgement.verdict === "ack" ? "requestGood" : "requestBad", now, answer);
  }

  /**
   * The peer has not seen our acknowledgement and asks again for the same. RFC 1661 §4.3 would take the link down and start
   * over, which on a line that loses packets never ends; so the acknowledgement is said again. A peer that really starts over
   * without any change in its request gets no request of ours, asks once more, and is then taken at its word.
   */
  #isRepeated({ data }: ControlPacket): boolean {
    const acknowledged = this.#acknowledged;
    return (
      this.#state === "opened" &&
      this.#repeats < MAX_REPEATS &&
      acknowledged !== undefined &&
      equalOctets(data, acknowledged)
    );
  }

  #configureNak(packet: ControlPacket, now: Millis): void {
    const options = tryDecode(() => controlOptions.decode(packet.data));
    if (!options.ok || !this.#answersRequest(packet)) return;
    if (packet.code === controlCode.configureNak) this.#policy.nakked(options.value);
    else this.#policy.rejected(options.value);
    this.#handle("nak", now);
  }

  /** RFC 1661 leaves a peer that never agrees and never falls silent to the implementation. */
  get #neverAgrees(): string {
    return `the peer never agrees to ${this.#name}`;
  }

  #answersRequest(packet: ControlPacket): boolean {
    return packet.identifier === this.#requestIdentifier;
  }

  #handle(event: CpEvent, now: Millis, packet?: ControlPacket): void {
    const before = this.#state;
    let taken = step(before, event);
    if (this.#rounds >= Math.max(MAX_ROUNDS, 3 * this.#limits.maxConfigure) && taken.actions.includes("scr")) {
      this.#reason = this.#neverAgrees;
      taken = step(before, "rejectBad");
    }
    const { state, actions } = taken;
    this.#state = state;
    for (const action of actions) this.#apply(action, now, packet);
    if (!restartTimerRuns(state)) this.#timerAt = undefined;
    else if (!restartTimerRuns(before)) this.#timerAt ??= now + this.#limits.retryMillis;
  }

  #apply(action: CpAction, now: Millis, packet: ControlPacket | undefined): void {
    switch (action) {
      case "tlu":
        this.#requests = 0;
        this.#rounds = 0;
        this.#failures = 0;
        this.#repeats = 0;
        this.#outputs.push({ type: "up" });
        return;
      case "tld":
        this.#policy.renew();
        this.#outputs.push({ type: "down" });
        return;
      case "tlf":
        this.#outputs.push({ type: "finished", reason: this.#reason, fault: !this.#goodbye });
        return;
      case "irc":
        this.#restarts = isClosing(this.#state) ? this.#limits.maxTerminate : this.#limits.maxConfigure;
        return;
      case "zrc":
        this.#restarts = 0;
        this.#timerAt = now + this.#limits.retryMillis;
        return;
      case "scr":
        this.#requestIdentifier = this.nextIdentifier();
        this.#requested = controlOptions.encode(this.#policy.request());
        this.#rounds += 1;
        this.#countedSend(controlCode.configureRequest, this.#requestIdentifier, this.#requested, now);
        return;
      case "str":
        // Without a text: what we know of the reason is not the peer's to read.
        this.#countedSend(controlCode.terminateRequest, this.nextIdentifier(), NOTHING, now);
        return;
      case "sca":
      case "scn":
        if (packet !== undefined) this.#send(packet);
        return;
      case "sta":
        this.#send({
          code: controlCode.terminateAck,
          identifier: packet?.identifier ?? this.nextIdentifier(),
          data: NOTHING,
        });
        return;
      case "scj":
        if (packet === undefined) return;
        this.#send({
          code: controlCode.codeReject,
          identifier: this.nextIdentifier(),
          data: controlPacket.encode(packet).subarray(0, REJECTED_PART),
        });
        return;
      case "tls":
      case "ser":
        // The link under us needs no starting, and echoes are the business of LCP alone.
        return;
    }
  }

  #countedSend(code: number, identifier: number, data: Uint8Array, now: Millis): void {
    this.#restarts -= 1;
    this.#timerAt = now + this.#limits.retryMillis;
    this.#send({ code, identifier, data });
  }

  #send(packet: ControlPacket): void {
    this.#outputs.push({ type: "packet", bytes: controlPacket.encode(packet) });
  }
}

const NOTHING = new Uint8Array(0);
const NO_REQUEST = -1;

const ANSWER_CODES = {
  ack: controlCode.configureAck,
  nak: controlCode.configureNak,
  reject: controlCode.configureReject,
} as const;

function isClosing(state: CpState): boolean {
  return state === "closing" || state === "stopping";
}

function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
