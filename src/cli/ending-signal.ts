/**
 * The signals that end a process: heard, so that those who are connected can be told first. Heard for good: what draws kills the process
 * on a signal that nobody else listens to.
 */

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

export type EndingSignal = (typeof SIGNALS)[number];

/** Resolves at the first of them. */
export function endingSignal(): Promise<EndingSignal> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal));
  });
}

/** Ends the process as the signal would have: whoever started it sees by what it ended. */
export function dieBy(signal: EndingSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
