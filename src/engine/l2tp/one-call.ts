/** What the tunnel remembers of one call (RFC 2661 §7.4), from its request until the destruct timeout forgets it. */

import type { SessionId } from "../forwarding.ts";
import type { Millis } from "../kernel/machine.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import type { CallState, CallView, ProxyAvps, Result } from "./events.ts";

export interface Call {
  readonly session: SessionId;
  readonly localSessionId: number;
  readonly callSerialNumber: number;
  readonly bearerType: number;
  remoteSessionId: number;
  state: CallState;
  changedAt: Millis;
  txSpeed: number;
  rxSpeed: number;
  framingType: number;
  sequencing: boolean;
  proxy: ProxyAvps | undefined;
  errors: CallView["errors"];
  accm: CallView["accm"];
  user: CallView["user"];
  /** Whether anyone outside was told that it opened. */
  opened: boolean;
  /** Of one that is over: the line module forgets it. */
  carried: CallView["carried"];
  lastResult: Result | undefined;
}

/** A call that waits for its first step. */
export function newCall(
  ids: Pick<Call, "session" | "localSessionId" | "remoteSessionId">,
  values: AvpValues,
  now: Millis,
): Call {
  return {
    ...ids,
    callSerialNumber: values.callSerialNumber ?? 0,
    bearerType: values.bearerType ?? 0,
    state: "idle",
    changedAt: now,
    txSpeed: 0,
    rxSpeed: 0,
    framingType: 0,
    sequencing: false,
    proxy: undefined,
    errors: undefined,
    accm: undefined,
    user: undefined,
    opened: false,
    carried: undefined,
    lastResult: undefined,
  };
}
