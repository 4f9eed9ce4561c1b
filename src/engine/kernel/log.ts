/**
 * What the engine has to say, as data. The text is constant and the fields carry what varies, so a vendor's show and
 * debug commands can word the same event in their own way (they look it up by `category` and `text`).
 *
 * Per packet = debug, change of state = info, refused peer = notice, broken promise of a peer = warning, a fault of
 * ours = error.
 */

import type { Secret } from "./secret.ts";

export type Severity = "debug" | "info" | "notice" | "warning" | "error";

export type Category = "ike" | "ipsec" | "l2tp" | "ppp" | "aaa" | "ip" | "config" | "ssh" | "system";

export type LogFields = Readonly<Record<string, string | number | boolean | Secret | undefined>>;

/** Fields of a line about an agreement that failed: what either side would have. */
export interface Sides {
  /** Absent where it cannot be seen, as a key. */
  readonly offered?: string;
  readonly configured: string;
}

export interface LogEvent {
  readonly category: Category;
  readonly severity: Severity;
  readonly text: string;
  readonly fields: LogFields;
}

/** What is said of every packet is worded by a function, which nobody may call, or only before the packet's octets are gone. */
export type SaidFields = LogFields | (() => LogFields);

export type Log = (category: Category, severity: Severity, text: string, fields?: SaidFields) => void;

export function fieldsOf(said: SaidFields | undefined): LogFields {
  return typeof said === "function" ? said() : (said ?? {});
}
