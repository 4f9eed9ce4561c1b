/** `delta`: the counters of a show command since the last `baseline` of its family. */

import { flag } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";

/** What `baseline` marks, by the family whose counters it holds. */
export type BaselineName = "l2tp" | "ipsec" | "ip" | "ppp" | "aaa" | "log";

export const delta = flag("delta", "delta", "Counters since the baseline");

/** What a show command counts from: the start, or the baseline where that is asked for. */
export function counting(
  context: ExecContext,
  name: BaselineName,
  values: { readonly delta?: true | undefined },
): ExecContext {
  if (values.delta !== true && !context.baselines.always) return context;
  return { ...context, snapshot: context.baselines.since(name, context.snapshot) };
}
