/** The log of a gateway: what of it is a line by itself, and what its buffer keeps because debugging is on for every login. */

import type { Dialect } from "../modes/dialect.ts";
import type { ConfigStore } from "../modes/tree/config-store.ts";
import { debugSwitches } from "./debug-switches.ts";
import { type LogClock, LogHub } from "./log-hub.ts";

interface Router {
  readonly dialect: Dialect;
  readonly store: Pick<ConfigStore, "chassis">;
}

/** `debugging`: names of the switches that are on. */
export function gatewayLog(router: Router, debugging: Set<string>, clock: LogClock): LogHub {
  const debug = debugSwitches(debugging);
  return new LogHub(
    (event) => router.dialect.logs(event, router.store.chassis),
    clock,
    ({ event, at, ...when }) => {
      if (debugging.size === 0) return [];
      const place = { ...when, config: router.store.chassis, destination: "buffer" } as const;
      return router.dialect.debugLines(event, debug, at, place);
    },
  );
}
