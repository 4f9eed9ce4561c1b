/**
 * One end of tunnel authentication (RFC 2661 §5.1.1): the challenge that we send with our introduction, the answer to the
 * peer's, and the judgement on what it answered to ours. Without a password nothing is proved, and nothing hidden can
 * be read. What follows from a failure is the tunnel's to decide.
 */

import type { Random } from "../kernel/random.ts";
import type { Secret } from "../kernel/secret.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import { CHALLENGE_LENGTH, challengeResponse, provesPassword, revealAvp } from "./authentication.ts";
import type { TunnelTerms } from "./terms.ts";

/** The messages that carry an answer. */
type Answer = "sccrp" | "scccn";

export class TunnelProof {
  /** Ours; `undefined` = the peer need not prove anything. */
  readonly challenge: Uint8Array | undefined;
  readonly #password: Secret | undefined;

  constructor(terms: Pick<TunnelTerms, "password" | "challenge">, random: Random) {
    this.#password = terms.password;
    this.challenge = terms.challenge ? random.bytes(CHALLENGE_LENGTH) : undefined;
  }

  /** Whether we have what the peer asks for; `challenge` is the peer's. */
  canAnswer(challenge: Uint8Array | undefined): boolean {
    return challenge === undefined || this.#password !== undefined;
  }

  /** What our message says to the peer's challenge. */
  answer(answer: Answer, challenge: Uint8Array | undefined): AvpValues {
    if (challenge === undefined || this.#password === undefined) return {};
    return { challengeResponse: challengeResponse(answer, this.#password, challenge) };
  }

  /** Why the peer's message does not prove the password; `undefined` = it does, or need not. */
  doubt(answer: Answer, response: Uint8Array | undefined): string | undefined {
    if (this.#password === undefined || this.challenge === undefined) return undefined;
    if (provesPassword(answer, this.#password, this.challenge, response)) return undefined;
    return response === undefined ? "the peer did not answer our challenge" : "the tunnel passwords do not match";
  }

  /** The value behind a hidden AVP. */
  reveal(type: number, randomVector: Uint8Array, hidden: Uint8Array): Uint8Array | undefined {
    return this.#password === undefined ? undefined : revealAvp(this.#password, type, randomVector, hidden);
  }
}
