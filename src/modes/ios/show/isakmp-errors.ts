/** `show crypto isakmp diagnose error`: the failures that came about in IKE, as far as the log remembers them. */

import type { Failure } from "../../common/failures.ts";
import { timestamp } from "../log-style.ts";
import { sentence } from "../log-text.ts";

/** So many the box keeps. */
const MAXIMUM = 50;

/** The last failures of IKE, oldest first. */
export function isakmpFailures(failures: readonly Failure[]): readonly Failure[] {
  return failures.filter(({ event }) => event.category === "ike").slice(-MAXIMUM);
}

export function showDiagnoseError(failures: readonly Failure[]): string[] {
  return [
    `Exit Path Table - status: enable, current entry ${failures.length}, deleted 0, max allow ${MAXIMUM}`,
    "",
    ...failures.flatMap(({ at, event, reason }, index) => [
      `Error(${index + 1}): ${reason}`,
      `  -${timestamp(at)}: ${sentence(event, ["reason"])}`,
    ]),
  ];
}

/** How often each reason came. */
export function showDiagnoseErrorCount(failures: readonly Failure[]): string[] {
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  const rows = reasons.map((reason) => ` ${failures.filter((one) => one.reason === reason).length} - ${reason}`);
  return ["Exit Trace counters", ...rows];
}
