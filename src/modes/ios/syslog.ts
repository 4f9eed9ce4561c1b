/** Log events as IOS log lines: the mnemonics that operators and tools look for, with the reason in plain words. */

import type { LogEvent } from "../../engine/kernel/log.ts";
import { sentence, timestamp } from "./log-text.ts";

type Words = (event: LogEvent) => string;

function field(event: LogEvent, name: string): string {
  return String(event.fields[name] ?? "");
}

/** `1.2.3.4:500` without the port. */
function peerAddress(event: LogEvent): string {
  return field(event, "peer").replace(/:\d+$/, "");
}

function modeFailure(mode: string): Words {
  return (event) =>
    `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of ${mode} mode failed with peer at ${peerAddress(event)}: ${field(event, "reason")}`;
}

/** Events that the box has a message of its own for, by their text. */
const MESSAGES: Readonly<Record<string, Words>> = {
  "Main mode was refused": modeFailure("Main"),
  "Main mode failed": modeFailure("Main"),
  "Main mode message was refused": (event) =>
    `%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from ${peerAddress(event)} failed its sanity check or is malformed: ${field(event, "reason")}`,
  "Quick mode was refused": modeFailure("Quick"),
  "Quick mode failed": modeFailure("Quick"),
  "Informational message was refused": modeFailure("Informational"),
  "Aggressive mode was refused": modeFailure("Aggressive"),
  "Connection was opened": (event) =>
    `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP  .  Peer ${field(event, "peer")}       Id: ${peerAddress(event)}`,
  "Connection was closed": (event) =>
    `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN.  Peer ${field(event, "peer")}       Id: ${peerAddress(event)}: ${field(event, "reason")}`,
  "L2TP tunnel refused": (event) => `%VPDN-6-AUTHORFAIL: L2TP LNS, ${sentence(event)}`,
  "L2TP session refused": (event) => `%VPDN-6-AUTHORFAIL: L2TP LNS, ${sentence(event)}`,
  "L2TP session closed": (event) => `%VPDN-6-CLOSE: L2TP LNS, ${sentence(event)}`,
  "PPP authentication failed": (event) => `%VPDN-6-AUTHENFAIL: L2TP LNS, ${sentence(event)}`,
  "no address left for the client": (event) => `%IP-4-POOL_EXHAUSTED: ${sentence(event)}`,
};

const FACILITIES: Readonly<Record<LogEvent["category"], string>> = {
  ike: "CRYPTO",
  ipsec: "CRYPTO",
  l2tp: "VPDN",
  ppp: "PPP",
  aaa: "AAA",
  ip: "IP",
  config: "PARSER",
  ssh: "SSH",
  system: "SYS",
};

const SEVERITIES = { error: 3, warning: 4, notice: 5 } as const;

/** What the box would not log by itself stays with `debug`. */
export function logLine(event: LogEvent, at: Date): string | undefined {
  const words = MESSAGES[event.text];
  if (words !== undefined) return `${timestamp(at)}: ${words(event)}`;
  if (event.severity === "debug" || event.severity === "info") return undefined;
  const mnemonic = event.severity === "notice" ? "NOTICE" : event.severity === "warning" ? "WARNING" : "ERROR";
  return `${timestamp(at)}: %${FACILITIES[event.category]}-${SEVERITIES[event.severity]}-${mnemonic}: ${sentence(event)}`;
}
