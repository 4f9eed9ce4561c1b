/**
 * The queue of Diffie-Hellman computations. A few are asked of the host at a time; the others wait, each address in turn, so
 * that one host with many negotiations takes its share and no more. The queue is bounded: where it overflows, the longest row loses its
 * newest, whose peer will repeat itself. A computation nobody waits for any more is not asked.
 */

import type { Agreement, AgreementAnswer, AgreementQuestion, AgreementWork } from "../agreement.ts";
import { type Flow, sourceOf } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** As many as OpenSSL's threads in a process that has not been told otherwise. */
const MAX_ASKED = 4;
export const MAX_WAITING = 512;

export interface PendingAgreement {
  /** Where the message came from that this is the price of. */
  readonly source: string;
  readonly work: AgreementWork;
  /** Whether somebody still waits for it. */
  isWanted(): boolean;
  /** Goes on with it; the IKE SA whose phase 1 that completed, if any. */
  resume(agreement: Agreement, now: Millis): IkeSa | undefined;
  /** It is not going to be computed: the message may be repeated. */
  drop(): void;
}

export class Agreements {
  /** By source, in the order of their turns; no row is empty. */
  readonly #rows = new Map<string, PendingAgreement[]>();
  readonly #asked = new Map<number, PendingAgreement>();
  #waiting = 0;
  #nextQuestion = 1;

  get waiting(): number {
    return this.#waiting;
  }

  /** False where something had to be dropped for it, or it itself. */
  add(pending: PendingAgreement): boolean {
    const row = this.#rows.get(pending.source) ?? [];
    row.push(pending);
    this.#rows.set(pending.source, row);
    this.#waiting += 1;
    if (this.#waiting <= MAX_WAITING) return true;
    this.#dropNewestOfLongest();
    return false;
  }

  /** The next question for the host, as long as it is not busy enough. */
  next(): AgreementQuestion | undefined {
    while (this.#asked.size < MAX_ASKED) {
      const pending = this.#take();
      if (pending === undefined) return undefined;
      if (!pending.isWanted()) continue;
      const question = this.#nextQuestion;
      this.#nextQuestion += 1;
      this.#asked.set(question, pending);
      return { type: "agree", question, work: pending.work };
    }
    return undefined;
  }

  /** The IKE SA whose phase 1 this completed, if any. */
  answer({ question, agreement }: AgreementAnswer, now: Millis): IkeSa | undefined {
    const pending = this.#asked.get(question);
    this.#asked.delete(question);
    if (pending === undefined || agreement === undefined || !pending.isWanted()) {
      pending?.drop();
      agreement?.sharedSecret.fill(0);
      return undefined;
    }
    const established = pending.resume(agreement, now);
    agreement.sharedSecret.fill(0);
    return established;
  }

  #take(): PendingAgreement | undefined {
    for (const [source, row] of this.#rows) {
      const pending = row.shift();
      this.#waiting -= 1;
      this.#rows.delete(source);
      if (row.length > 0) this.#rows.set(source, row);
      return pending;
    }
    return undefined;
  }

  #dropNewestOfLongest(): void {
    let longest: PendingAgreement[] = [];
    for (const row of this.#rows.values()) if (row.length > longest.length) longest = row;
    const dropped = longest.pop();
    if (dropped === undefined) return;
    if (longest.length === 0) this.#rows.delete(dropped.source);
    this.#waiting -= 1;
    dropped.drop();
  }
}

/** Has a shared secret computed for a message that came by `flow`. */
export function askToAgree(ike: IkeContext, flow: Flow, pending: Omit<PendingAgreement, "source">): void {
  if (!ike.agreements.add({ ...pending, source: sourceOf(flow.remote.address) })) ike.counters.crowdedOut += 1;
}
