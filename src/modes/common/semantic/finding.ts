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

/** How a line at the top begins, and words that stand in it, in small letters, the first one first: it is found by the rarest of them. */
export interface LineStart {
  readonly pattern: RegExp;
  readonly words: readonly string[];
}

/** Where a finding belongs: a name for people, and the written line, by itself or by how it begins. */
export interface Place {
  readonly name: string;
  readonly line: ConfigNode | LineStart | undefined;
}

export interface Finding {
  readonly rule: Rule;
  readonly place: Place;
  /** `there is no access list 101`. */
  readonly what: string;
}
