/**
 * Result codes of StopCCN and CDN in plain words (RFC 2661 §4.4.2), and the ones we send. Codes that the RFC does not
 * know are shown as numbers.
 */

import { errorCode } from "../wire/l2tp-message.ts";
import type { Result } from "./events.ts";

function result(code: number, error?: number): Result {
  return { code, error, message: undefined };
}

export const stop = {
  clear: result(1),
  notAuthorized: result(4),
  /** The error code names the highest version we speak: 1, revision 0. */
  badVersion: result(5, 0x0100),
  shuttingDown: result(6),
  outOfTurn: result(7),
  noResources: result(2, errorCode.noResources),
  badValue: result(2, errorCode.badValue),
} as const;

export const disconnect = {
  generalError: (error: number) => result(2, error),
  administrative: result(3),
  temporarilyFull: result(4),
  permanentlyRefused: result(5),
  /** `session-out-of-resource-result-code-override`. */
  noResources: result(2, errorCode.noResources),
  timedOut: result(10),
} as const;

const stopWords: Readonly<Record<number, string>> = {
  1: "general request to clear the control connection",
  2: "general error",
  3: "control channel already exists",
  4: "not authorized to establish a control channel",
  5: "protocol version not supported",
  6: "the peer is being shut down",
  7: "finite state machine error",
};

const disconnectWords: Readonly<Record<number, string>> = {
  1: "loss of carrier",
  2: "general error",
  3: "administrative reasons",
  4: "no facilities available for now",
  5: "no facilities available",
  6: "invalid destination",
  7: "no carrier detected",
  8: "busy signal detected",
  9: "no dial tone",
  10: "not established in time",
  11: "no appropriate framing detected",
};

const errorWords: Readonly<Record<number, string>> = {
  1: "no control connection exists yet",
  2: "length is wrong",
  3: "a value is out of range",
  4: "insufficient resources",
  5: "session id is invalid",
  6: "vendor specific error",
  7: "try another LNS",
  8: "unknown mandatory AVP",
};

/** As much of a peer's message as goes into a log line. */
const MESSAGE_MAX = 120;

function words(table: Readonly<Record<number, string>>, value: Result): string {
  const parts = [table[value.code] ?? `result ${value.code}`];
  if (value.error !== undefined && value.error !== 0) parts.push(errorWords[value.error] ?? `error ${value.error}`);
  if (value.message !== undefined) parts.push(value.message.slice(0, MESSAGE_MAX));
  return parts.join(", ");
}

export function stopReason(value: Result | undefined): string {
  return value === undefined ? "the peer closed the tunnel" : `the peer closed the tunnel: ${words(stopWords, value)}`;
}

export function disconnectReason(value: Result | undefined): string {
  return value === undefined
    ? "the peer closed the session"
    : `the peer closed the session: ${words(disconnectWords, value)}`;
}
