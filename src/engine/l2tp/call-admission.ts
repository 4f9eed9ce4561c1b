/** Whether a peer may have one more session in its tunnel, and what it is told where it may not. */

import { type ControlBody, errorCode } from "../wire/l2tp-message.ts";
import { heldReason, type Refusal } from "./admission.ts";
import type { L2tpContext, TunnelIdentity } from "./context.ts";
import { disconnect } from "./results.ts";

/** How the calls of the tunnel stand. */
interface CallsStanding {
  readonly live: number;
  /** A call was refused, failed or ended. */
  readonly spent: boolean;
  /** There are too many, or too many are coming up. */
  readonly crowded: boolean;
}

export function callRefusal(
  { system, limits }: L2tpContext,
  tunnel: TunnelIdentity,
  { values, fault }: ControlBody,
  { live, spent, crowded }: CallsStanding,
): Refusal | undefined {
  const { profile, role } = tunnel;
  if (fault !== undefined) return { result: disconnect.generalError(fault.error), reason: fault.text };
  if (values.assignedSessionId === 0) {
    return { result: disconnect.generalError(errorCode.badValue), reason: "the peer assigned session id 0" };
  }
  if (role === "lac" || profile === undefined) {
    return { result: disconnect.permanentlyRefused, reason: "this end takes no incoming calls" };
  }
  const held = heldReason(system, tunnel);
  if (held !== undefined) return { result: disconnect.administrative, reason: held };
  if (profile.singleShot && (spent || live > 0)) {
    return { result: disconnect.permanentlyRefused, reason: "a single-shot tunnel carries one session" };
  }
  if (crowded) return { result: disconnect.temporarilyFull, reason: "too many sessions are being set up" };
  const full = limits.reached(profile);
  if (full === undefined) return undefined;
  return { result: profile.resultCodeOverride ? disconnect.noResources : disconnect.temporarilyFull, reason: full };
}
