/**
 * The authentication phase of a link (RFC 1661 §3.5): what we demand of the peer and what it demands of us, side by side. It is
 * over when both are proven. The same two ends answer repetitions and new challenges for as long as the link is open.
 */

import { type Deadline, earlier, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { PppAuthentication } from "../ppp-spec.ts";
import type { PppVerdict } from "../proof.ts";
import type { ControlPacket } from "../wire/ppp-control.ts";
import type { AuthenticationOutput } from "./authentication.ts";
import { Authenticator } from "./authenticator.ts";
import type { PppClaim, PppPlan } from "./events.ts";
import type { NegotiationLimits } from "./limits.ts";
import { Prover } from "./prover.ts";

export class AuthenticationPhase {
  readonly #plan: PppPlan;
  readonly #limits: NegotiationLimits;
  readonly #random: Random;
  readonly #outputs = new Outputs<AuthenticationOutput>();
  #authenticator: Authenticator | undefined;
  #prover: Prover | undefined;
  readonly #unproven = new Set<Authenticator | Prover>();
  /** Answers come in order, and after a renegotiation only the last one is about the proof at hand. */
  #questions = 0;
  #peerName = "";

  constructor(plan: PppPlan, limits: NegotiationLimits, random: Random) {
    this.#plan = plan;
    this.#limits = limits;
    this.#random = random;
  }

  /** The name that the peer proved, else the one that we proved, else empty. */
  get peerName(): string {
    return this.#peerName;
  }

  get complete(): boolean {
    return this.#unproven.size === 0;
  }

  /** `claim` = what the peer has proven itself with already, to somebody else in our place. */
  start(
    demanded: PppAuthentication | undefined,
    owed: PppAuthentication | undefined,
    claim: PppClaim | undefined,
    now: Millis,
  ): void {
    this.stop();
    this.#peerName = "";
    const { credentials } = this.#plan;
    if (demanded !== undefined) {
      this.#authenticator = new Authenticator(demanded, this.#plan, this.#limits, this.#random);
      this.#unproven.add(this.#authenticator);
    }
    if (owed !== undefined && credentials !== undefined) {
      this.#prover = new Prover(owed, credentials, this.#limits, this.#random);
      this.#unproven.add(this.#prover);
    }
    if (claim !== undefined && claim.proof.protocol === demanded) this.#authenticator?.takeOver(claim);
    else this.#authenticator?.start(now);
    this.#prover?.start(now);
    this.#drain();
  }

  stop(): void {
    this.#authenticator = undefined;
    this.#prover = undefined;
    this.#unproven.clear();
  }

  receive(protocol: number, packet: ControlPacket, now: Millis): void {
    this.#authenticator?.receive(protocol, packet);
    this.#prover?.receive(protocol, packet, now);
    this.#drain();
  }

  verdict(verdict: PppVerdict, now: Millis): void {
    this.#questions -= 1;
    if (this.#questions === 0) this.#authenticator?.verdict(verdict, now);
    this.#drain();
  }

  handleTimeout(now: Millis): void {
    this.#authenticator?.handleTimeout(now);
    this.#prover?.handleTimeout(now);
    this.#drain();
  }

  pollOutput(): AuthenticationOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return earlier(this.#authenticator?.pollTimeout(), this.#prover?.pollTimeout());
  }

  #drain(): void {
    for (const end of [this.#authenticator, this.#prover]) {
      for (let output = end?.pollOutput(); output !== undefined; output = end?.pollOutput()) {
        if (output.type === "ask") this.#questions += 1;
        if (output.type === "done" && end !== undefined) {
          this.#unproven.delete(end);
          if (end === this.#authenticator || this.#authenticator === undefined) this.#peerName = output.name;
        }
        this.#outputs.push(output);
      }
    }
  }
}
