/** Hands an operator's probes to the router and its reports back, each to the command that waits for it. */

import type { ProbeReport, ProbeRequest } from "../engine/ip/probes.ts";
import type { Router } from "../engine/router/router.ts";
import type { RouterRequest } from "../engine/router/router-interface.ts";
import type { Reach } from "../modes/common/reach.ts";
import type { Timers } from "./host.ts";

export class Prober implements Reach {
  readonly #request: (request: RouterRequest) => void;
  readonly #timers: Timers;
  readonly #waiting = new Map<number, (report: ProbeReport) => void>();
  #next = 1;

  constructor(request: (request: RouterRequest) => void, timers: Timers) {
    this.#request = request;
    this.#timers = timers;
  }

  probe(request: ProbeRequest, report: (report: ProbeReport) => void): () => void {
    const probe = this.#next++;
    this.#waiting.set(probe, report);
    this.#request({ type: "probe", probe, request });
    return () => {
      if (this.#waiting.delete(probe)) this.#request({ type: "dropProbe", probe });
    };
  }

  after(millis: number, tell: () => void): () => void {
    return this.#timers.after(millis, tell);
  }

  /** Tells what the router has to report. A probe of our own address is answered at once: the next one waits its turn. */
  collect(router: Router): void {
    for (let told = router.pollReport(); told !== undefined; told = router.pollReport()) {
      const { id, report } = told;
      this.#timers.after(0, () => {
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        waiting?.(report);
      });
    }
  }
}
