/**
 * A thread that reads packets rests a little between two readings while many come in small numbers, as network cards do before they interrupt: whoever is
 * woken for each pays for the waking and not for the packet. Its event loop rests too, so nobody rests where little comes, where much comes at once, or where other work has
 * taken the time already; a single packet on an idle gateway is never kept waiting.
 */

import type { Millis } from "../../engine/kernel/machine.ts";

/** From one reading to the next, at least, once the thread rests at all: what network cards take for bulk traffic. */
const PERIOD: Millis = 0.25;
/** The kernel wakes a thread so much later than it asked (PR_SET_TIMERSLACK, and what a sleeping core takes). */
const LATER: Millis = 0.06;
/** Fewer, in a period, are not worth a rest. */
const WORTH_A_REST = 3;
/** So many at once come together already. */
const ENOUGH = 24;
/** Behind so few the thread rests whatever came of it before. */
const FEW = 2;
/** How many more are too few, with each reading, to be the end of what came together. */
const TRUST = 0.5;
/** How long packets are counted before anything is made of their number. */
const WINDOW: Millis = 2;

/** When to rest, from what is read and when. */
export class Moderation {
  #since: Millis = 0;
  #count = 0;
  #rests = false;
  /** Where packets come in bursts, a reading of so many was the end of one. */
  #enough = ENOUGH;
  /** The last rest: how many were read before it, and when it was over. */
  #countBefore = 0;
  #over: Millis = Number.POSITIVE_INFINITY;

  /** At `began` the thread read `count` packets, and at `now` it is through with them: how long it rests; 0 = not at all. */
  restAfter(count: number, began: Millis, now: Millis): Millis {
    this.#count += count;
    const elapsed = now - this.#since;
    if (elapsed >= WINDOW) {
      this.#rests = this.#count * PERIOD >= WORTH_A_REST * elapsed;
      this.#since = now;
      this.#count = 0;
    }
    // Nothing had come by the end of the rest, so it spared nothing.
    if (began - this.#over > LATER) this.#enough = Math.max(FEW, this.#countBefore / 2);
    else this.#enough = Math.min(ENOUGH, this.#enough + TRUST);
    this.#over = Number.POSITIVE_INFINITY;
    const rest = PERIOD - LATER - (now - began);
    if (!this.#rests || count === 0 || count >= this.#enough || rest <= 0) return 0;
    this.#countBefore = count;
    this.#over = began + PERIOD;
    return rest;
  }
}

const moderation = new Moderation();
const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** The thread has worked on `count` packets since `began` and rests, if that is worth it. */
export function rest(count: number, began: Millis): void {
  const millis = moderation.restAfter(count, began, performance.now());
  if (millis > 0) Atomics.wait(cell, 0, 0, millis);
}

let underWay = 0;
let read = 0;
let firstAsked: Millis = 0;

/** In the event loop descriptors are read in turns of their own: one was asked for. */
export function turnAsked(): void {
  if (underWay === 0) firstAsked = performance.now();
  underWay += 1;
}

/** It is over, and `count` packets were read. What was kept for the end of the turn leaves before the thread rests. */
export function turnOver(count: number): void {
  read += count;
  underWay -= 1;
  if (underWay === 0) queueMicrotask(restAfterTurns);
}

function restAfterTurns(): void {
  const count = read;
  read = 0;
  rest(count, firstAsked);
}
