/** Bits a second of all sessions together, from what each has carried since it was looked at last: who comes and who goes makes no jump. */

import type { Pulse } from "../../engine/router/pulse.ts";

interface Carried {
  readonly rxOctets: number;
  readonly txOctets: number;
}

export class TrafficMeter {
  received = 0;
  sent = 0;
  #known = new Map<number, Carried>();
  #at: number | undefined;

  /** `now` in milliseconds. */
  observe(sessions: Pulse["sessions"], now: number): void {
    const seconds = this.#at === undefined ? 0 : (now - this.#at) / 1000;
    this.#at = now;
    let [received, sent] = [0, 0];
    const carried = new Map<number, Carried>();
    for (const [session, { rxOctets, txOctets }] of sessions) {
      const known = this.#known.get(session);
      received += Math.max(0, rxOctets - (known?.rxOctets ?? rxOctets));
      sent += Math.max(0, txOctets - (known?.txOctets ?? txOctets));
      carried.set(session, { rxOctets, txOctets });
    }
    this.#known = carried;
    if (seconds <= 0) return;
    this.received = (8 * received) / seconds;
    this.sent = (8 * sent) / seconds;
  }
}
