/** The switches of `debug`, and which of them an event concerns. */

import type { Category, LogEvent } from "../../engine/kernel/log.ts";
import type { DebugSwitches } from "../common/exec-context.ts";
import type { LogPlace } from "../common/log-buffer.ts";
import { debugText } from "./debug-words.ts";
import { DEFAULT_STYLE, lineHead, logStyle } from "./log-style.ts";
import { addressIn, field } from "./log-text.ts";
import { logTarget } from "./syslog.ts";

export interface DebugSwitch {
  /** As typed behind `debug`, and the name of the switch. */
  readonly name: string;
  readonly help: string;
  /** Events of these categories are printed, as far as `only` lets them. */
  readonly categories: readonly Category[];
  readonly only?: (event: LogEvent) => boolean;
  /** What `debug` answers, and `show debugging` lists. */
  readonly title: string;
  readonly subsystem: string;
}

const CRYPTO = "Cryptographic Subsystem:";
const VPDN = "VPN:";
const PPP = "PPP:";
const TEMPLATES = "Virtual Template:";
const GENERAL = "General OS:";
const IP = "Generic IP:";

function isTrouble({ severity }: LogEvent): boolean {
  return severity !== "debug" && severity !== "info";
}

function isPacket({ text }: LogEvent): boolean {
  return text.startsWith("PPP packet");
}

function isAuthentication(event: LogEvent): boolean {
  if (event.category === "aaa") return true;
  return /authentication/i.test(event.text) || /^(CHAP|PAP)/.test(field(event, "protocol"));
}

/** What peers showed and what became of it; all of it is validation here, because nothing is enrolled over the network. */
function isAboutCertificates(event: LogEvent): boolean {
  return /certificate/i.test(event.text) || /certificate/i.test(field(event, "reason"));
}

const PKI = {
  messages: { help: "PKI Input/Output Messages", title: "Msg" },
  transactions: { help: "PKI Transactions", title: "Trans" },
  validation: { help: "PKI Path Validation", title: "Validation Path" },
} as const;

type Row = Pick<DebugSwitch, "name" | "help" | "title" | "only"> & { readonly of: readonly Category[] };

function switches(subsystem: string, rows: readonly Row[]): DebugSwitch[] {
  return rows.map(({ of: categories, title, ...row }) => ({
    ...row,
    categories,
    title: `${title} debugging is on`,
    subsystem,
  }));
}

function isNotice({ severity }: LogEvent): boolean {
  return severity !== "debug";
}

function says(pattern: RegExp): (event: LogEvent) => boolean {
  return ({ text }) => pattern.test(text);
}

const ONE_BY_ONE = ["messages", "transactions", "validation"] as const;

export const debugSwitches: readonly DebugSwitch[] = [
  ...switches(CRYPTO, [
    { name: "crypto isakmp", help: "ISAKMP Key Management", of: ["ike"], title: "Crypto ISAKMP" },
    { name: "crypto isakmp aaa", help: "ISAKMP and users", of: ["aaa"], title: "Crypto ISAKMP AAA" },
    { name: "crypto isakmp detail", help: "ISAKMP in detail", of: ["ike"], title: "Crypto ISAKMP internals" },
    { name: "crypto isakmp error", help: "ISAKMP errors", of: ["ike"], only: isTrouble, title: "Crypto ISAKMP Error" },
    { name: "crypto ipsec", help: "IPSEC processing", of: ["ipsec"], title: "Crypto IPSEC" },
    { name: "crypto ipsec error", help: "IPSEC errors", of: ["ipsec"], only: isTrouble, title: "Crypto IPSEC Error" },
    {
      name: "crypto ipsec states",
      help: "IPSEC sessions that come and go",
      of: ["ipsec"],
      only: says(/^(Connection|client behind)/),
      title: "Crypto IPSEC SADB states",
    },
    ...ONE_BY_ONE.map((name) => ({
      name: `crypto pki ${name}`,
      help: PKI[name].help,
      of: ["ike"] as const,
      only: isAboutCertificates,
      title: `Crypto PKI ${PKI[name].title}`,
    })),
    {
      name: "crypto engine",
      help: "Crypto Engine Debug",
      of: ["ipsec"],
      only: says(/^IPsec SA pair/),
      title: "Crypto Engine",
    },
    { name: "crypto kmi", help: "Crypto key management", of: ["ike"], only: says(/quick mode/i), title: "Crypto KMI" },
    { name: "crypto verbose", help: "Everything of crypto", of: ["ike", "ipsec"], title: "verbose" },
  ]),
  ...switches(VPDN, [
    { name: "vpdn events", help: "VPDN protocol events", of: ["l2tp"], only: isNotice, title: "VPDN events" },
    { name: "vpdn errors", help: "VPDN protocol errors", of: ["l2tp"], only: isTrouble, title: "VPDN errors" },
    { name: "vpdn packet", help: "VPDN packets", of: ["l2tp"], only: says(/message/i), title: "VPDN packet" },
    { name: "vpdn call", help: "VPDN calls", of: ["l2tp", "aaa"], only: says(/session|user/i), title: "VPDN call" },
    {
      name: "vpdn l2x-events",
      help: "L2X protocol events",
      of: ["l2tp"],
      only: isNotice,
      title: "L2X protocol events",
    },
    {
      name: "vpdn l2x-errors",
      help: "L2X protocol errors",
      of: ["l2tp"],
      only: isTrouble,
      title: "L2X protocol errors",
    },
    { name: "vpdn l2x-packets", help: "L2X control packets", of: ["l2tp"], title: "L2X control packets" },
    { name: "l2tp all", help: "All L2TP debugging", of: ["l2tp"], title: "L2TP" },
    { name: "l2tp errors", help: "L2TP errors", of: ["l2tp"], only: isTrouble, title: "L2TP errors" },
    { name: "l2tp events", help: "L2TP events", of: ["l2tp"], only: isNotice, title: "L2TP events" },
    { name: "l2tp packet", help: "L2TP control packets", of: ["l2tp"], only: says(/message/i), title: "L2TP packets" },
  ]),
  ...switches(PPP, [
    {
      name: "ppp negotiation",
      help: "Protocol parameters negotiation",
      of: ["ppp"],
      title: "PPP protocol negotiation",
    },
    {
      name: "ppp authentication",
      help: "CHAP and PAP authentication",
      of: ["aaa", "ppp"],
      only: isAuthentication,
      title: "PPP authentication",
    },
    { name: "ppp authorization", help: "What users are given", of: ["aaa"], title: "PPP authorization" },
    { name: "ppp packet", help: "Low-level PPP packet dump", of: ["ppp"], only: isPacket, title: "PPP packet display" },
    { name: "ppp events", help: "Sessions that come and go", of: ["ppp"], only: isNotice, title: "PPP events" },
    {
      name: "ppp error",
      help: "Protocol errors and error statistics",
      of: ["ppp"],
      only: isTrouble,
      title: "PPP protocol errors",
    },
  ]),
  ...switches(TEMPLATES, [
    {
      name: "vtemplate events",
      help: "Interfaces that are cloned and freed",
      of: ["ppp"],
      only: says(/^session (link|timed|ended|carries)/),
      title: "Virtual Template events",
    },
  ]),
  ...switches(GENERAL, [
    { name: "aaa authentication", help: "Authentication", of: ["aaa"], title: "AAA Authentication" },
    {
      name: "aaa authorization",
      help: "Authorization",
      of: ["aaa"],
      only: says(/address|pool/i),
      title: "AAA Authorization",
    },
  ]),
  ...switches(IP, [
    { name: "ip packet", help: "General IP debugging and IPSO security transactions", of: ["ip"], title: "IP packet" },
    {
      name: "ip peer",
      help: "IP peer address activity",
      of: ["aaa", "ppp"],
      only: says(/address|carries IP/i),
      title: "IP peer address activity",
    },
    { name: "ip ssh", help: "Incoming ssh connections", of: ["ssh"], title: "Incoming SSH" },
  ]),
];

/** The name under which a condition is kept among the switches: `condition peer 1.2.3.4`. */
export const CONDITION = "condition ";

/** What `debug crypto condition` was told; nothing told lets everything through. */
export function conditionsOf(switches: Pick<DebugSwitches, "on">): { readonly kind: string; readonly value: string }[] {
  return [...switches.on]
    .filter((name) => name.startsWith(CONDITION))
    .map((name) => {
      const [kind = "", value = ""] = name.slice(CONDITION.length).split(" ");
      return { kind, value };
    });
}

/** Conditions of one kind are alternatives, those of different kinds must all hold. */
function isWanted(event: LogEvent, switches: Pick<DebugSwitches, "on">): boolean {
  const facts: Readonly<Record<string, string>> = {
    peer: addressIn(event, "peer"),
    connid: field(event, "sa"),
    username: field(event, "user"),
  };
  const conditions = conditionsOf(switches).filter(({ kind }) => (facts[kind] ?? "") !== "");
  const kinds = new Set(conditions.map(({ kind }) => kind));
  return [...kinds].every((kind) => conditions.some((one) => one.kind === kind && one.value === facts[kind]));
}

/** The level of the log that debugging has. */
const DEBUGGING = 7;

export function debugLines(event: LogEvent, debug: DebugSwitches, at: Date, place?: LogPlace): readonly string[] {
  if (debug.on.size === 0) return [];
  if (place !== undefined && (logTarget(place.config, place.destination)?.level ?? -1) < DEBUGGING) return [];
  const isOn = debugSwitches.some(
    ({ name, categories, only }) =>
      debug.on.has(name) && categories.includes(event.category) && (only === undefined || only(event)),
  );
  if (!isOn || !isWanted(event, debug)) return [];
  const head =
    place === undefined
      ? lineHead({ at, uptime: 0, sequence: 0 }, DEFAULT_STYLE)
      : lineHead(
          { at, uptime: place.uptimeMillis, sequence: place.sequence, vouched: place.vouched },
          logStyle(place.config, "debug"),
        );
  return debugText(event).map((line) => `${head}${line}`);
}
