/**
 * Threads for the agreements that a gateway answers: all that OpenSSL does for one, making keys of octets and octets of keys too, costs the loop one message there
 * and one back. They are begun with the first agreement; who asks before they are ready, or after one has ended, is told that there is none.
 */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Agreement } from "../../engine/agreement.ts";
import type { DhGroup } from "../../engine/spec.ts";

export interface AgreementRequest {
  readonly number: number;
  readonly group: DhGroup;
  readonly peerValue: Uint8Array;
}

export type AgreementResult =
  | { readonly number: number; readonly publicValue: Uint8Array; readonly sharedSecret: Uint8Array }
  /** It could not be computed. */
  | { readonly number: number };

type Done = (agreement: Agreement | undefined) => void;

/** As many as the engine asks for at a time; the loop has a core of its own where there are two. */
const MOST = 4;
const ENTRY = `./agreement-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
/** Nothing here is young for long, and little is there at all. */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { readonly group: DhGroup; readonly done: Done }>;
}

export class AgreementThreads {
  readonly #ready: Thread[] = [];
  #begun = false;
  #nextNumber = 0;

  /** Calls back once, later. False = there is no thread for it. */
  compute(group: DhGroup, peerValue: Uint8Array, done: Done): boolean {
    this.#begin();
    let idlest = this.#ready[0];
    for (const thread of this.#ready) if (thread.waiting.size < (idlest?.waiting.size ?? 0)) idlest = thread;
    if (idlest === undefined) return false;
    this.#nextNumber += 1;
    idlest.waiting.set(this.#nextNumber, { group, done });
    const request: AgreementRequest = { number: this.#nextNumber, group, peerValue };
    idlest.worker.postMessage(request);
    return true;
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const count = Math.min(MOST, Math.max(1, availableParallelism() - 1));
    for (let begun = 0; begun < count; begun += 1) {
      const worker = new Worker(new URL(ENTRY, import.meta.url), { resourceLimits: LIMITS, name: "agreements" });
      const thread: Thread = { worker, waiting: new Map() };
      worker.on("message", (message: "ready" | AgreementResult) => {
        if (message === "ready") this.#ready.push(thread);
        else answered(thread, message);
      });
      // Whatever ends it, the others and the threads of OpenSSL go on.
      worker.on("error", () => undefined);
      worker.on("exit", () => this.#lost(thread));
      worker.unref();
    }
  }

  #lost(thread: Thread): void {
    const at = this.#ready.indexOf(thread);
    if (at >= 0) this.#ready.splice(at, 1);
    for (const { done } of thread.waiting.values()) done(undefined);
    thread.waiting.clear();
  }
}

function answered({ waiting }: Thread, result: AgreementResult): void {
  const asked = waiting.get(result.number);
  waiting.delete(result.number);
  if (asked === undefined) return;
  if (!("sharedSecret" in result)) {
    asked.done(undefined);
    return;
  }
  const { publicValue, sharedSecret } = result;
  asked.done({ own: { group: asked.group, privateKey: GONE, publicValue }, sharedSecret });
}

/** The private half of a pair that has served. */
const GONE = Object.freeze({});
