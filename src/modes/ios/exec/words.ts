/** Words that many exec commands begin with, and the shape in which show commands answer. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import { kw } from "../../../grammar/elements.ts";

/** The level of commands that change something or show secrets. */
export const PRIVILEGED = 15;

export const show = kw("show", "Show running system information");
export const clear = kw("clear", "Reset functions");
export const ip = kw("ip", "IP information");
export const ipv6 = kw("ipv6", "IPv6 information");

/** Lines for the eye and the same as a value for `| json`: plain objects, stable names, no secrets. */
export function print(lines: readonly string[], model: unknown): ExecResult {
  return { lines, model };
}

/** What a session is told that an operator ended. */
export const CLEARED = "cleared by the operator";

export const DONE: ExecResult = {};

export function refused(text: string): ExecResult {
  return { lines: [text], ok: false };
}
