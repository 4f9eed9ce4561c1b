/** How often and how long a link tries: the counters and the timer of RFC 1661 §4.6 with the values it recommends. */

import type { Millis } from "../kernel/machine.ts";
import type { PppNegotiationSpec } from "../ppp-spec.ts";

export interface NegotiationLimits {
  readonly maxConfigure: number;
  readonly maxTerminate: number;
  readonly maxFailure: number;
  readonly retryMillis: Millis;
  readonly authenticationMillis: Millis;
  /** `undefined` = the counters alone end it. */
  readonly networkMillis: Millis | undefined;
  readonly networkAgainMillis: Millis | undefined;
}

const AUTHENTICATION_TRIES = 10;

export function limitsOf(spec: PppNegotiationSpec = {}): NegotiationLimits {
  const { retrySeconds = 3, networkSeconds, networkAgainSeconds } = spec;
  const retryMillis = retrySeconds * 1000;
  return {
    maxConfigure: spec.maxConfigure ?? 10,
    maxTerminate: spec.maxTerminate ?? 2,
    maxFailure: spec.maxFailure ?? 5,
    retryMillis,
    authenticationMillis: (spec.authenticationSeconds ?? retrySeconds * AUTHENTICATION_TRIES) * 1000,
    networkMillis: networkSeconds === undefined ? undefined : networkSeconds * 1000,
    networkAgainMillis: networkAgainSeconds === undefined ? undefined : networkAgainSeconds * 1000,
  };
}
