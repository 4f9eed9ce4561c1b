/**
 * What a peer was told is not spoken here, by protocol, and how often it may be told: it may ask for many things, but not for a
 * flood of answers.
 */

import type { Millis } from "../kernel/machine.ts";

const REJECTS = 10;
const PERIOD: Millis = 1000;

/** Assigned numbers of what clients in the field ask for; whatever else there is counts as one. */
const NAMES: Readonly<Record<number, string>> = {
  45: "VJ compressed",
  47: "VJ uncompressed",
  61: "Multilink",
  87: "IPv6",
  253: "MPPE",
  32811: "IPXCP",
  32831: "NBFCP",
  32851: "ECP",
  32855: "IPv6CP",
  33021: "CCP",
  33333: "ACSP",
  49193: "CBCP",
  49703: "EAP",
};
const OTHER = "other";

export class Rejections {
  readonly #counts: Record<string, number> = {};
  #period = -1;
  #sent = 0;

  /** Sent Protocol-Rejects by the name of what they were about. */
  get counts(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }

  allows(now: Millis): boolean {
    const period = Math.floor(now / PERIOD);
    if (this.#period !== period) {
      this.#period = period;
      this.#sent = 0;
    }
    this.#sent += 1;
    return this.#sent <= REJECTS;
  }

  count(protocol: number): void {
    const name = NAMES[protocol] ?? OTHER;
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
  }
}
