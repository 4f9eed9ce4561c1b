/** `show crypto isakmp diagnose error`: the negotiations that failed lately, as far as the log remembers them. */

import type { LogBuffer } from "../../common/log-buffer.ts";
import { timestamp } from "../log-style.ts";
import { sentence } from "../log-text.ts";

/** So many the box keeps. */
const MAXIMUM = 50;

export interface NegotiationError {
  readonly at: string;
  readonly event: string;
  readonly reason: string;
}

/** Oldest first. */
export function negotiationErrors(buffer: LogBuffer): NegotiationError[] {
  return buffer.events
    .filter(({ event }) => event.category === "ike" && event.severity !== "info")
    .slice(-MAXIMUM)
    .map(({ event, at }) => ({
      at: timestamp(at),
      event: sentence(event, ["reason"]),
      reason: String(event.fields.reason ?? event.text),
    }));
}

export function showDiagnoseError(errors: readonly NegotiationError[]): string[] {
  return [
    `Exit Path Table - status: enable, current entry ${errors.length}, deleted 0, max allow ${MAXIMUM}`,
    "",
    ...errors.flatMap(({ at, event, reason }, index) => [`Error(${index + 1}): ${reason}`, `  -${at}: ${event}`]),
  ];
}
