/**
 * Diffie-Hellman as a question to whoever runs the engine, and its answer: a millisecond here and there that strangers can make us spend,
 * and that must not be spent between two packets of those who have proved themselves.
 */

import type { DhGroup } from "./spec.ts";

export interface DhKeyPair {
  readonly group: DhGroup;
  /** Opaque to all but `engine/crypto`. */
  readonly privateKey: object;
  /** Big-endian, exactly as long as the group has it. */
  readonly publicValue: Uint8Array;
}

export interface AgreementWork {
  readonly group: DhGroup;
  /** Our pair, where it is made already. */
  readonly own: DhKeyPair | undefined;
  /** Else what it may be made of, so that a simulated run repeats itself; a host may use entropy of its own. */
  readonly entropy: Uint8Array;
  /** Has been found good. */
  readonly peerValue: Uint8Array;
}

export interface Agreement {
  readonly own: DhKeyPair;
  /** Whoever derives keys from it wipes it. */
  readonly sharedSecret: Uint8Array;
}

/** Answers may come at any time and in any order, each under the number of its question. */
export interface AgreementQuestion {
  readonly type: "agree";
  readonly question: number;
  readonly work: AgreementWork;
}

export interface AgreementAnswer {
  readonly type: "agreed";
  readonly question: number;
  /** `undefined` = it could not be computed. */
  readonly agreement: Agreement | undefined;
}
