/**
 * What keeps a slow line from filling up: the next frame is drawn when the one before it has gone, and those between are dropped. Ink sends
 * what has changed since the last frame that it drew, so nothing is missing when the line is free again.
 */

import { type ReactElement, useEffect, useRef } from "react";
import { TerminalOutput, unreadOf } from "./terminal-streams.ts";

/** What is to stand on the terminal: `next`, or what stands there as long as the terminal has not taken it. */
export function useSteady(output: NodeJS.WriteStream | TerminalOutput, next: ReactElement): ReactElement {
  const drawn = useRef(next);
  if (unreadOf(output) === 0) drawn.current = next;
  useEffect(() => {
    if (output instanceof TerminalOutput) output.settle();
  });
  return drawn.current;
}
