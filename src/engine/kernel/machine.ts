/**
 * The one shape of everything that has state and time: bytes and events go in, outputs come out, and time is a
 * number that the caller passes. No machine owns a timer, a socket, a clock or a promise.
 *
 * Rules a machine keeps: after `handleInput` or `handleTimeout` the caller drains `pollOutput` until it answers
 * `undefined`, then asks `pollTimeout` when to come back. A parent drains its children inside its own `handle*`.
 */

/** Milliseconds on a monotonic clock. Only differences mean anything. */
export type Millis = number;

/** When a machine wants to be woken, and why: the reason is what a log or a test prints when it waits too long. */
export interface Deadline {
  readonly at: Millis;
  readonly why: string;
}

export interface Machine<Input, Output> {
  handleInput(input: Input, now: Millis): void;
  /** Called at or after the time that `pollTimeout` named. Calling it early does nothing. */
  handleTimeout(now: Millis): void;
  pollOutput(): Output | undefined;
  pollTimeout(): Deadline | undefined;
}

/** The earlier of two deadlines, either of which may be missing. */
export function earlier(a: Deadline | undefined, b: Deadline | undefined): Deadline | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  return b.at < a.at ? b : a;
}
