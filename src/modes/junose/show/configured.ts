/**
 * Listings of what is only kept: the lines of the running configuration that begin in one way, with the lines below them.
 * Secrets stand in them masked, as the configuration prints them.
 */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { found } from "./text.ts";

interface Block {
  /** The line itself, then those below it, indented. */
  readonly lines: readonly string[];
}

const ROUTER = /^virtual-router (\S+)$/;

/** Of the chassis and of the virtual router that the session stands in, in the order of the configuration. */
export function configuredBlocks(context: ExecContext, begins: RegExp): Block[] {
  let router: string | undefined;
  const blocks: { lines: string[] }[] = [];
  let open: { lines: string[] } | undefined;
  for (const line of context.renderConfiguration()) {
    router = ROUTER.exec(line)?.[1] ?? router;
    if (line.startsWith(" ")) {
      open?.lines.push(line);
      continue;
    }
    const here = router === undefined || router === context.virtualRouter;
    open = here && begins.test(line) ? { lines: [line] } : undefined;
    if (open !== undefined) blocks.push(open);
  }
  return blocks;
}

/** `noun` for the last line: `2 classifier lists found`. */
export function showConfigured(context: ExecContext, begins: RegExp, noun: string): ExecResult {
  const blocks = configuredBlocks(context, begins);
  const named = new Set(blocks.map(({ lines }) => lines[0]));
  const where = context.virtualRouter === DEFAULT_ROUTER ? "" : ` in virtual router ${context.virtualRouter}`;
  return {
    lines: [...blocks.flatMap(({ lines }) => lines), `${found(named.size, noun)}${where}`],
    model: blocks.map(({ lines }) => ({ line: lines[0], below: lines.slice(1).map((line) => line.trim()) })),
  };
}
