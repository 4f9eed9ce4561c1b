/**
 * Work that a client hands in faster than it can be done, done by turns: others have theirs in between. While the client does not read
 * what came of it, nothing more is done for it.
 */

import type { Writable } from "node:stream";

const TURN_MILLISECONDS = 50;

/**
 * `step` does a little, whose answers go to `outlets`, or says by `false` that there is nothing to do. Returns what is to be called when
 * there is again.
 */
export function byTurns(outlets: readonly Writable[], step: () => boolean): () => void {
  /** At work, or waiting for the next turn. */
  let isUnderWay = false;
  const turn = (): void => {
    const end = performance.now() + TURN_MILLISECONDS;
    for (;;) {
      // Not by a limit of our own: below the stream's one nothing tells when there is room again.
      const full = outlets.find(({ writableNeedDrain }) => writableNeedDrain);
      if (full !== undefined) full.once("drain", turn);
      else if (performance.now() > end) setImmediate(turn);
      else if (step()) continue;
      else isUnderWay = false;
      return;
    }
  };
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    turn();
  };
}
