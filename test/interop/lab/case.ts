/** What the runner runs. */

import type { Stage } from "./stage.ts";

export interface Case {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

/** Cases on one gateway process. */
export interface Group {
  /** A file in configs/. */
  readonly config: string;
  /** How many of the cases may run at once; more than one only where each boots clients of its own. */
  readonly atOnce: number;
  readonly cases: readonly Case[];
  /** Runs alone, when all of them have ended. */
  readonly last?: Case;
}
