/** The next deadline of each record, from the times that stand in it. */

import type { Deadline, Millis } from "../kernel/machine.ts";
import type { IkeContext, IkeSa, Pair, QuickMode, Timed } from "./state.ts";

/** To be called after every change to a time in `timed`. */
export function schedule(ike: IkeContext, timed: Timed): void {
  ike.timers.set(timed, deadlineOf(timed));
}

export function unschedule(ike: IkeContext, timed: Timed): void {
  ike.timers.set(timed, undefined);
}

function deadlineOf(timed: Timed): Deadline | undefined {
  switch (timed.kind) {
    case "ikeSa":
      return ofSa(timed);
    case "quickMode":
      return ofQuickMode(timed);
    case "pair":
      return ofPair(timed);
  }
}

function ofSa(sa: IkeSa): Deadline | undefined {
  return first([
    [sa.retransmission?.at, "repeat a main mode message"],
    [sa.negotiationEndsAt, "give up main mode"],
    [sa.rekeyAt, "replace the IKE SA"],
    [sa.expiresAt, "end the IKE SA"],
    [sa.dpd.at, "ask whether the peer is there"],
  ]);
}

function ofQuickMode(quick: QuickMode): Deadline | undefined {
  return first([
    [quick.retransmission?.at, "repeat a quick mode message"],
    [quick.endsAt, quick.state === "done" ? "forget quick mode" : "give up quick mode"],
  ]);
}

function ofPair(pair: Pair): Deadline | undefined {
  return first([
    [pair.removeAt, "remove the old IPsec SA"],
    [pair.rekeyAt, "replace the IPsec SA"],
    [pair.removeAt === undefined ? pair.expiresAt : undefined, "end the IPsec SA"],
  ]);
}

function first(candidates: readonly (readonly [at: Millis | undefined, why: string])[]): Deadline | undefined {
  let best: Deadline | undefined;
  for (const [at, why] of candidates) {
    if (at !== undefined && (best === undefined || at < best.at)) best = { at, why };
  }
  return best;
}
