/**
 * The end that demands a proof: PAP (RFC 1334), CHAP with MD5 (RFC 1994), MS-CHAP v1 (RFC 2433) and v2 (RFC 2759). It judges
 * nothing: the proof goes out as a question and the verdict comes back. The peer never learns what was wrong with it.
 */

import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import { type Random, randomBetween } from "../kernel/random.ts";
import { Secret } from "../kernel/secret.ts";
import type { PppAuthentication } from "../ppp-spec.ts";
import type { PppProof, PppVerdict } from "../proof.ts";
import { type ChapValue, chapCode, chapValue, msChapResponse, msChapV2Response } from "../wire/ppp-chap.ts";
import { type ControlPacket, controlPacket } from "../wire/ppp-control.ts";
import { nameOctets, textOf } from "../wire/ppp-name.ts";
import { papCode, papMessage, papRequest } from "../wire/ppp-pap.ts";
import { type AuthenticationOutput, CHALLENGE_LENGTH, carrierOf } from "./authentication.ts";
import type { PppClaim, PppPlan } from "./events.ts";
import type { NegotiationLimits } from "./limits.ts";

export class Authenticator {
  readonly #protocol: PppAuthentication;
  readonly #plan: PppPlan;
  readonly #limits: NegotiationLimits;
  readonly #random: Random;
  readonly #outputs = new Outputs<AuthenticationOutput>();
  #challenge: Uint8Array = new Uint8Array(0);
  #identifier: number;
  /** When this attempt is given up. */
  #giveUpAt: Millis = 0;
  #timerAt: Millis | undefined;
  #failures = 0;
  /** What a verdict is awaited for. */
  #pending: { readonly identifier: number; readonly name: string } | undefined;
  /** Our last answer, to say it again. */
  #answer: ControlPacket | undefined;
  #state: "asking" | "proven" | "refused" = "asking";

  constructor(protocol: PppAuthentication, plan: PppPlan, limits: NegotiationLimits, random: Random) {
    this.#protocol = protocol;
    this.#plan = plan;
    this.#limits = limits;
    this.#random = random;
    this.#identifier = randomBetween(random, 0, 0xff);
  }

  start(now: Millis): void {
    if (this.#protocol !== "pap") this.#newChallenge();
    this.#giveUpAt = now + this.#limits.authenticationMillis;
    this.#send(now);
  }

  receive(protocol: number, packet: ControlPacket): void {
    const expected = this.#protocol === "pap" ? papCode.request : chapCode.response;
    if (protocol !== carrierOf(this.#protocol) || packet.code !== expected || this.#pending !== undefined) return;
    if (this.#repeats(packet)) {
      // RFC 1994 §4.2, RFC 1334 §2.2.1: the answer may have been lost; whatever a repetition says, it gets the same one.
      if (this.#answer !== undefined) this.#reply({ ...this.#answer, identifier: packet.identifier });
      return;
    }
    if (this.#state !== "asking") return;
    const claim = this.#claimOf(packet);
    if (claim !== undefined) this.#ask(claim);
  }

  /** The peer has proven itself to somebody else in our place, with this. */
  takeOver(claim: PppClaim): void {
    this.#ask(claim);
  }

  #ask({ identifier, name, proof }: PppClaim): void {
    this.#pending = { identifier, name };
    this.#timerAt = undefined;
    this.#outputs.push({ type: "ask", name, proof });
  }

  verdict(verdict: PppVerdict, now: Millis): void {
    const asked = this.#pending;
    if (asked === undefined) return;
    this.#pending = undefined;
    if (verdict.accepted) {
      this.#state = "proven";
      this.#answer = this.#packet(true, asked.identifier, successText(verdict.authenticatorResponse));
      this.#reply(this.#answer);
      this.#outputs.push({ type: "done", name: asked.name });
      return;
    }
    this.#failures += 1;
    if (this.#failures > this.#plan.authenticationRetries) {
      this.#state = "refused";
      this.#answer = undefined;
      this.#reply(this.#packet(false, asked.identifier, this.#failureText(false)));
      this.#outputs.push({ type: "failed", reason: `authentication of ${asked.name} failed` });
      return;
    }
    this.#again(asked.identifier, now);
  }

  handleTimeout(now: Millis): void {
    if (this.#timerAt === undefined || now < this.#timerAt) return;
    this.#timerAt = undefined;
    if (now < this.#giveUpAt) {
      this.#send(now);
      return;
    }
    this.#state = "refused";
    this.#outputs.push({ type: "failed", reason: "the peer does not authenticate itself" });
  }

  pollOutput(): AuthenticationOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#timerAt === undefined ? undefined : { at: this.#timerAt, why: "PPP authentication" };
  }

  /**
   * Another attempt. MS-CHAP brings the new challenge in its failure packet (RFC 2433 §6, RFC 2759 §6). After a CHAP failure a
   * peer hangs up, so with CHAP the new challenge comes instead of it.
   */
  #again(identifier: number, now: Millis): void {
    this.#giveUpAt = now + this.#limits.authenticationMillis;
    if (this.#protocol === "chap") {
      this.#newChallenge();
      this.#send(now);
      return;
    }
    if (this.#protocol !== "pap") this.#newChallenge();
    const answer = this.#packet(false, identifier, this.#failureText(true));
    // A PAP peer asks again in its own time, and each request is an attempt.
    if (this.#protocol !== "pap") this.#answer = answer;
    this.#reply(answer);
    this.#awaitAnswer(now);
  }

  /** True for a packet that was answered before: with CHAP by its identifier, with PAP once the peer is proven. */
  #repeats(packet: ControlPacket): boolean {
    if (this.#protocol === "pap") return this.#state === "proven";
    return this.#answer !== undefined && packet.identifier === this.#answer.identifier;
  }

  #awaitAnswer(now: Millis): void {
    this.#timerAt = Math.min(now + this.#limits.retryMillis, this.#giveUpAt);
  }

  #send(now: Millis): void {
    this.#awaitAnswer(now);
    // With PAP it is the peer that speaks: the timer alone runs. So it is after an MS-CHAP failure, which bore the challenge.
    if (this.#protocol === "pap" || (this.#protocol !== "chap" && this.#failures > 0)) return;
    const data = chapValue.encode({ value: this.#challenge, name: this.#plan.localName });
    this.#reply({ code: chapCode.challenge, identifier: this.#identifier, data });
  }

  #newChallenge(): void {
    const { min, max } = this.#plan.chapChallengeLength;
    const length = CHALLENGE_LENGTH[this.#protocol] ?? randomBetween(this.#random, min, max);
    this.#challenge = this.#random.bytes(length);
    this.#identifier = (this.#identifier + 1) & 0xff;
  }

  #claimOf(packet: ControlPacket): PppClaim | undefined {
    if (this.#protocol === "pap") {
      const request = tryDecode(() => papRequest.decode(packet.data));
      if (!request.ok) return undefined;
      const { name, password } = request.value;
      return {
        identifier: packet.identifier,
        name,
        proof: { protocol: "pap", password: new Secret(textOf(password)) },
      };
    }
    const { identifier } = packet;
    if (identifier !== this.#identifier) return undefined;
    const read = tryDecode(() => {
      const claimed = chapValue.decode(packet.data);
      return { identifier, name: claimed.name, proof: this.#chapProof(identifier, claimed) };
    });
    return read.ok ? read.value : undefined;
  }

  #chapProof(identifier: number, { value }: ChapValue): PppProof {
    const challenge = this.#challenge;
    // The packet is a view of a datagram; a proof outlives it.
    const octets = value.slice();
    if (this.#protocol === "msChap") {
      return { protocol: "msChap", challenge, response: msChapResponse.decode(octets).ntResponse };
    }
    if (this.#protocol === "msChapV2") {
      const { peerChallenge, ntResponse } = msChapV2Response.decode(octets);
      return { protocol: "msChapV2", challenge, peerChallenge, response: ntResponse };
    }
    return { protocol: "chap", identifier, challenge, response: octets };
  }

  /** Error 691 is "authentication failure" (RFC 2433 §6); it says nothing about what was wrong. */
  #failureText(again: boolean): string {
    const challenge = Buffer.from(this.#challenge).toString("hex").toUpperCase();
    const retry = again ? 1 : 0;
    if (this.#protocol === "msChap") return `E=691 R=${retry} C=${challenge} V=2`;
    if (this.#protocol === "msChapV2") return `E=691 R=${retry} C=${challenge} V=3 M=Authentication failed`;
    return "Authentication failed";
  }

  #packet(good: boolean, identifier: number, text: string): ControlPacket {
    if (this.#protocol === "pap") {
      return { code: good ? papCode.ack : papCode.nak, identifier, data: papMessage(text) };
    }
    return { code: good ? chapCode.success : chapCode.failure, identifier, data: nameOctets(text) };
  }

  #reply(packet: ControlPacket): void {
    const bytes = controlPacket.encode(packet);
    this.#outputs.push({ type: "packet", protocol: carrierOf(this.#protocol), bytes });
  }
}

/** With MS-CHAP v2 we prove ourselves too, and the message comes behind that (RFC 2759 §5). */
function successText(authenticatorResponse: string | undefined): string {
  return authenticatorResponse === undefined ? "" : `${authenticatorResponse} M=Welcome`;
}
