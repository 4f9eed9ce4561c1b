/** Something that a configuration says, that is well formed, and that will not do what its author wants. */

import type { ConfigNode } from "../../../grammar/declaration.ts";

/** What a finding is an example of. */
export interface Rule {
  /** Stable, for those who suppress or count: `overlapping-pools`. */
  readonly id: string;
  /** The rule in general, one sentence. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
}

export interface Finding {
  readonly rule: Rule;
  /** `ip local pool POOL: …`. */
  readonly text: string;
  /** The line it belongs to; absent when it is about something that is not there. */
  readonly node: ConfigNode | undefined;
}
