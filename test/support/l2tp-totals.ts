/** What L2TP has counted since the start: nothing yet, or a session in one tunnel of one peer. */

import type { L2tpView } from "../../src/engine/l2tp/events.ts";

export const NOTHING_COUNTED: L2tpView["totals"] = {
  destinationsTotal: 0,
  destinationsFailed: 0,
  tunnelsTotal: 0,
  tunnelsFailed: 0,
  sessionsTotal: 0,
  sessionsFailed: 0,
  authenticationErrors: 0,
};

export const ONE_COUNTED: L2tpView["totals"] = {
  ...NOTHING_COUNTED,
  destinationsTotal: 1,
  tunnelsTotal: 1,
  sessionsTotal: 1,
};
