/**
 * Listings of what is only kept: the lines of the running configuration that begin in one way, with the lines below them.
 * Secrets stand in them as the configuration prints them.
 */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { found } from "./text.ts";

const ROUTER = /^virtual-router (\S+)$/;

/** Of the chassis and of the virtual router that the session stands in, in the order of the configuration. */
function blocksOf(context: ExecContext, begins: RegExp): (readonly string[])[] {
  let router: string | undefined;
  let open: string[] | undefined;
  const blocks: string[][] = [];
  for (const line of context.renderConfiguration()) {
    router = ROUTER.exec(line)?.[1] ?? router;
    if (line.startsWith(" ")) {
      open?.push(line);
      continue;
    }
    const here = router === undefined || router === context.virtualRouter;
    open = here && begins.test(line) ? [line] : undefined;
    if (open !== undefined) blocks.push(open);
  }
  return blocks;
}

/**
 * Lines that begin with these words, and with this name behind them where one is wanted. `noun` is for the last line:
 * `2 classifier lists found`.
 */
export function showConfigured(
  context: ExecContext,
  words: string,
  name: string | undefined,
  noun: string,
): ExecResult {
  const escaped = name?.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const blocks = blocksOf(
    context,
    new RegExp(`^(?:${words})(?: |$)${escaped === undefined ? "" : `"?${escaped}"?(?: |$)`}`),
  );
  return {
    lines: [...blocks.flat(), found(blocks.length, noun)],
    model: blocks.map(([line, ...below]) => ({ line, below: below.map((one) => one.trim()) })),
  };
}
