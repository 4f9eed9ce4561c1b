/**
 * What a shell gets that only reads a listing: nobody. Commands that look at a running gateway or change its files are
 * understood and not run: a transcript that somebody saved must not reload the router that reads it.
 */

import type { ShellSupport } from "./exec-context-of.ts";
import { type LineResult, QUIET } from "./line-result.ts";

/** A command of a listing asked for the gateway. */
export class NotInAListing extends Error {
  readonly result: LineResult = QUIET;
}

export function listingSupport(since: Date): ShellSupport {
  return {
    context: () => {
      throw new NotInAListing("a command of a listing is not run");
    },
    session: { user: "", line: "listing", since },
  };
}
