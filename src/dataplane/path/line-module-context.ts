/** What a line module is made with. */

import { newLineModuleCounters, newSaCounters, newSessionCounters } from "../../engine/counters.ts";
import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import type { LineModuleCounters, SaCounters, SessionCounters } from "../../engine/forwarding.ts";
import type { Random } from "../../engine/kernel/random.ts";

export interface LineModuleContext {
  readonly random: Random;
  /** The cipher implementation; absent = OpenSSL. */
  readonly suite?: CryptoSuite | undefined;
  /** Which of several line modules it is; absent = the only one. */
  readonly place?: { readonly module: number; readonly count: number } | undefined;
  /** Where it counts; absent = in objects of its own. */
  readonly counters?: CounterSource | undefined;
  /**
   * What `pollDatagram` and `pollHostPacket` give is good until they give nothing more or something is handed in, whichever is first: so a packet leaves nothing to the
   * collector. Absent = it is whoever's asked for it.
   */
  readonly lends?: boolean | undefined;
}

/** Asked for counters at zero when something begins to be counted. */
export interface CounterSource {
  totals(): LineModuleCounters;
  sa(): SaCounters;
  session(): SessionCounters;
}

export const OWN_COUNTERS: CounterSource = {
  totals: newLineModuleCounters,
  sa: newSaCounters,
  session: newSessionCounters,
};
