/**
 * Log events as IOS log lines: the mnemonics that operators and tools look for, with the reason in plain words behind them. Which
 * lines a destination gets, and how they are dated, is configured.
 */

import type { LogEvent } from "../../engine/kernel/log.ts";
import type { ConfigReader } from "../../grammar/declaration.ts";
import { UTC } from "../common/civil-time.ts";
import type { DebugSwitches } from "../common/exec-context.ts";
import { adviceOn } from "../common/failures.ts";
import type { LogDestination, LogPlace } from "../common/log-buffer.ts";
import { sessionLogging } from "./commands/isakmp.ts";
import { loggingTarget } from "./commands/logging.ts";
import { logsLogin } from "./commands/login-log.ts";
import { sshLogging } from "./commands/ssh.ts";
import { vpdnLogging } from "./commands/vpdn.ts";
import { dateText } from "./document.ts";
import { civilTime, DEFAULT_STYLE, lineHead, logStyle } from "./log-style.ts";
import { addressIn, field, sentence } from "./log-text.ts";
import { virtualAccess } from "./show/words.ts";

/** When it happened, and where that is said; without a configuration a message is as long as it gets. */
interface Circumstances {
  readonly at: Date;
  readonly config: ConfigReader | undefined;
}

type Words = (event: LogEvent, about: Circumstances) => string;

function modeFailure(mode: string): Words {
  return (event) => {
    const sides =
      event.fields.offered === undefined
        ? ""
        : `; offered ${field(event, "offered")}; configured ${field(event, "configured")}`;
    return `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of ${mode} mode failed with peer at ${addressIn(event, "peer")}: ${field(event, "reason")}${sides}`;
  };
}

function upDown(mnemonic: "LINK-3-UPDOWN" | "LINEPROTO-5-UPDOWN", state: "up" | "down"): Words {
  const what = mnemonic === "LINK-3-UPDOWN" ? "Interface" : "Line protocol on Interface";
  return ({ fields }) =>
    `%${mnemonic}: ${what} ${virtualAccess(Number(fields.index ?? 0)).long}, changed state to ${state}`;
}

function portProtocol(state: "up" | "down"): Words {
  return ({ fields }) =>
    `%LINEPROTO-5-UPDOWN: Line protocol on Interface ${fields.interface}, changed state to ${state}`;
}

function notEncrypted(event: LogEvent): string {
  return `%CRYPTO-6-IKMP_NOT_ENCRYPTED: IKE packet from ${addressIn(event, "peer")} was not encrypted and it should've been.`;
}

/** Who a session failed for, and why. */
function sessionOf(event: LogEvent): string {
  const user = field(event, "user");
  return `L2TP LNS${user === "" ? "" : `, user ${user}`}, ${sentence(event, ["user"])}`;
}

/** The box's two messages of a session: who proved themselves or did not, and how it ended. */
function sshSession(kind: "SESSION" | "USERAUTH" | "CLOSE", outcome: (event: LogEvent) => string): Words {
  return (event) => {
    const { from, user, line, cipher, hmac } = event.fields;
    const session = (word: string): string => `SSH2 Session ${word} ${from} (tty = ${line})`;
    const what = {
      SESSION: session("request from"),
      USERAUTH: `User '${user}' authentication for ${session("from")}`,
      CLOSE: `${session("from")} for user '${user}'`,
    }[kind];
    return `%SSH-5-SSH2_${kind}: ${what} using crypto cipher '${cipher}', hmac '${hmac}' ${outcome(event)}`;
  };
}

function loginMessage(mnemonic: "5-LOGIN_SUCCESS: Login Success" | "4-LOGIN_FAILED: Login failed"): Words {
  return (event, { at, config }) => {
    const reason = mnemonic.startsWith("4") ? " [Reason: Login Authentication Failed]" : "";
    const when = dateText(at, config === undefined ? UTC : civilTime(config));
    const { user, from, localport } = event.fields;
    return `%SEC_LOGIN-${mnemonic} [user: ${user}] [Source: ${from}] [localport: ${localport}]${reason} at ${when}`;
  };
}

function quietMode(event: LogEvent, { at, config }: Circumstances): string {
  const { user, from, localport, left, list = "sl_def_acl" } = event.fields;
  const when = dateText(at, config === undefined ? UTC : civilTime(config));
  return `%SEC_LOGIN-1-QUIET_MODE_ON: Still timeleft for watching failures is ${left} secs, [user: ${user}] [Source: ${from}] [localport: ${localport}] [Reason: Login Authentication Failed] [ACL: ${list}] at ${when}`;
}

/** Events that the box has a message of its own for, by their text. */
const MESSAGES: Readonly<Record<string, Words>> = {
  "Main mode was refused": modeFailure("Main"),
  "Main mode failed": modeFailure("Main"),
  "Main mode message was refused": (event) =>
    `%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from ${addressIn(event, "peer")} failed its sanity check or is malformed: ${field(event, "reason")}`,
  "Quick mode was refused": modeFailure("Quick"),
  "Quick mode failed": modeFailure("Quick"),
  "Quick mode message was not encrypted and should have been": notEncrypted,
  "Informational message was refused": modeFailure("Informational"),
  "Aggressive mode was refused": modeFailure("Aggressive"),
  "Aggressive mode failed": modeFailure("Aggressive"),
  "Connection was opened": (event) =>
    `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP  .  Peer ${field(event, "peer")}       Id: ${addressIn(event, "peer")}`,
  "Connection was closed": (event) =>
    `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN.  Peer ${field(event, "peer")}       Id: ${addressIn(event, "peer")}: ${field(event, "reason")}`,
  "L2TP in the clear refused": (event) =>
    `%CRYPTO-4-RECVD_PKT_NOT_IPSEC: Rec'd packet not an IPSEC packet. (ip) vrf/dest_addr= /${addressIn(event, "local")}, src_addr= ${addressIn(event, "peer")}, prot= 17`,
  "L2TP tunnel refused": (event) => `%VPDN-6-AUTHORFAIL: L2TP LNS, ${sentence(event)}`,
  "L2TP session refused": (event) => `%VPDN-6-AUTHORFAIL: L2TP LNS, ${sentence(event)}`,
  "L2TP session closed": (event) => `%VPDN-6-CLOSE: L2TP LNS, ${sentence(event)}`,
  "PPP authentication failed": (event) => `%VPDN-6-AUTHENFAIL: ${sessionOf(event)}`,
  "PPP failed": (event) => `%VPDN-6-AUTHENERR: ${sessionOf(event)}`,
  "no address left for the client": (event) => `%IP-4-POOL_EXHAUSTED: ${sentence(event)}`,
  "session link is up": upDown("LINK-3-UPDOWN", "up"),
  "session link is down": upDown("LINK-3-UPDOWN", "down"),
  "session carries IP": upDown("LINEPROTO-5-UPDOWN", "up"),
  "session carries IP no more": upDown("LINEPROTO-5-UPDOWN", "down"),
  "interface link is up": ({ fields }) => `%LINK-3-UPDOWN: Interface ${fields.interface}, changed state to up`,
  "interface was shut down": ({ fields }) =>
    `%LINK-5-CHANGED: Interface ${fields.interface}, changed state to administratively down`,
  "interface carries IP": portProtocol("up"),
  "interface carries IP no more": portProtocol("down"),
  "access list matched": accessListMatch,
  "SSH session requested": sshSession("SESSION", () => "Succeeded"),
  "SSH login": sshSession("USERAUTH", () => "Succeeded"),
  "SSH login failed": sshSession("USERAUTH", (event) => `Failed: ${field(event, "reason")}`),
  "SSH connection closed": sshSession("CLOSE", () => "closed"),
  "login succeeded": loginMessage("5-LOGIN_SUCCESS: Login Success"),
  "login failed": loginMessage("4-LOGIN_FAILED: Login failed"),
  "a user was locked out": (event) =>
    `%AAA-5-USER_LOCKED: User ${field(event, "user")} locked out on authentication failure`,
  "a user is locked out no more": (event) =>
    `%AAA-5-USER_UNLOCKED: User ${field(event, "user")} unlocked by ${field(event, "by")}`,
  "quiet mode began": quietMode,
  "quiet mode is over": (_event, { at, config }) =>
    `%SEC_LOGIN-5-QUIET_MODE_OFF: Quiet Mode is OFF, because block period timed out at ${dateText(at, config === undefined ? UTC : civilTime(config))}`,
  configured: (event) => {
    const [line, from] = [field(event, "line"), field(event, "from")];
    const place = line.startsWith("vty") ? ` on ${line.replace(" ", "")}${from === "" ? "" : ` (${from})`}` : "";
    return `%SYS-5-CONFIG_I: Configured from console by ${field(event, "by")}${place}`;
  },
  "command was logged": (event) =>
    `%PARSER-5-CFGLOG_LOGGEDCMD: User:${field(event, "user")}  logged command:${field(event, "command")}`,
  "a user logged": (event) =>
    `%SYS-${field(event, "level")}-USERLOG_${field(event, "name")}: Message from tty${field(event, "line")}(user id: ${field(event, "user")}): ${field(event, "text")}`,
  "the clock was set": (event, { config }) => {
    const zone = config === undefined ? UTC : civilTime(config);
    const at = (name: string): string => dateText(new Date(field(event, name)), zone);
    return `%SYS-6-CLOCKUPDATE: System clock has been updated from ${at("from")} to ${at("to")}, configured from console by ${field(event, "by")}.`;
  },
  "reload was requested": (event) =>
    `%SYS-5-RELOAD: Reload requested by ${field(event, "by")}. Reload Reason: ${field(event, "reason") || "Reload Command"}.`,
  "the router started": (event) => `%SYS-5-RESTART: System restarted -- lnsh ${field(event, "version")}`,
  "IPsec is terminated here": () => "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is ON",
  "IPsec is terminated here no more": () => "%CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is OFF",
};

/** Messages that the box gives only where the configuration asks for them. */
const ASKED_FOR: Readonly<Record<string, (config: ConfigReader, event: LogEvent) => boolean>> = {
  "Connection was opened": logsConnections,
  "Connection was closed": logsConnections,
  "L2TP tunnel refused": logsVpdn,
  "L2TP session refused": logsVpdn,
  "L2TP session closed": logsVpdn,
  "PPP authentication failed": logsVpdn,
  "PPP failed": logsVpdn,
  "SSH session requested": logsSsh,
  "SSH login": logsSsh,
  // A box would be silent without either line; a guesser is not to go unseen.
  "SSH login failed": (config) => logsSsh(config) || !logsLogin(config, "on-failure", 0),
  "SSH connection closed": logsSsh,
  "login succeeded": (config, { fields }) => logsLogin(config, "on-success", Number(fields.count)),
  "login failed": (config, { fields }) => logsLogin(config, "on-failure", Number(fields.count)),
};

function logsConnections(config: ConfigReader): boolean {
  return config.all(sessionLogging).some(({ negated }) => !negated);
}

function logsVpdn(config: ConfigReader): boolean {
  return config.all(vpdnLogging).every(({ negated }) => !negated);
}

function logsSsh(config: ConfigReader): boolean {
  return config.all(sshLogging).some(({ negated }) => !negated);
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: "icmp", 6: "tcp", 17: "udp" };

function accessListMatch(event: LogEvent): string {
  const { list, action, protocol, packets } = event.fields;
  const end = (name: string): string => field(event, name).replace(/:(\d+)$/, "($1)");
  const count = Number(packets ?? 1);
  const verb = String(action ?? "permit") === "deny" ? "denied" : "permitted";
  return `%SEC-6-IPACCESSLOGP: list ${list} ${verb} ${PROTOCOLS[Number(protocol)] ?? protocol} ${end("source")} -> ${end("destination")}, ${count} packet${count === 1 ? "" : "s"}`;
}

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

/** It is a line of the log, or is one because it was asked for. */
export function isMessage(event: LogEvent, config: ConfigReader): boolean {
  const { text, severity } = event;
  if (MESSAGES[text] === undefined) return severity !== "debug" && severity !== "info";
  return ASKED_FOR[text]?.(config, event) !== false;
}

/** What the box would not log by itself stays with `debug`. */
export function messageOf(
  event: LogEvent,
  about: Circumstances,
): { readonly level: number; readonly text: string } | undefined {
  const words = MESSAGES[event.text];
  if (words !== undefined) {
    if (about.config !== undefined && ASKED_FOR[event.text]?.(about.config, event) === false) return undefined;
    const text = advised(event, words(event, about));
    return { level: Number(/^%[A-Z_]+-(\d)-/.exec(text)?.[1] ?? 6), text };
  }
  if (event.severity === "debug" || event.severity === "info") return undefined;
  const level = SEVERITIES[event.severity];
  return {
    level,
    text: advised(event, `%${FACILITIES[event.category]}-${level}-${event.severity.toUpperCase()}: ${sentence(event)}`),
  };
}

function advised(event: LogEvent, text: string): string {
  return `${text}${adviceOn(event, text)}`;
}

export const LOG_LEVELS = [
  "emergencies",
  "alerts",
  "critical",
  "errors",
  "warnings",
  "notifications",
  "informational",
  "debugging",
] as const;

const TARGETS: Readonly<Record<LogDestination, string>> = {
  buffer: "buffered",
  console: "console",
  monitor: "monitor",
};

/** What a destination takes; `undefined` = nothing (`no logging console`). */
export interface LogTarget {
  readonly level: number;
  readonly sizeBytes: number;
}

const DEBUGGING = 7;

/** A level by its name or its number; everything where none is given. */
export function levelNumber(level: string | undefined): number {
  if (level === undefined) return DEBUGGING;
  return /^[0-7]$/.test(level) ? Number(level) : Math.max(0, ([...LOG_LEVELS] as string[]).indexOf(level));
}

const DEFAULT_SIZE = 4096;

export function logTarget(config: ConfigReader, destination: LogDestination): LogTarget | undefined {
  const line = config.all(loggingTarget).find(({ values }) => values.target === TARGETS[destination]);
  if (line?.negated === true) return undefined;
  return { level: levelNumber(line?.values.level), sizeBytes: line?.values.size ?? DEFAULT_SIZE };
}

export function logLine(
  event: LogEvent,
  at: Date,
  _debug?: Pick<DebugSwitches, "on">,
  place?: LogPlace,
): string | undefined {
  const message = messageOf(event, { at, config: place?.config });
  if (message === undefined) return undefined;
  if (place === undefined) return `${lineHead({ at, uptime: 0, sequence: 0 }, DEFAULT_STYLE)}${message.text}`;
  const { config, destination, sequence, uptimeMillis, vouched } = place;
  const target = logTarget(config, destination);
  if (target === undefined || message.level > target.level) return undefined;
  return `${lineHead({ at, uptime: uptimeMillis, sequence, vouched }, logStyle(config, "log"))}${message.text}`;
}
