/** The switches of `debug`, and which of them an event concerns. */

import type { Category, LogEvent } from "../../engine/kernel/log.ts";
import type { DebugSwitches } from "../common/exec-context.ts";
import type { LogPlace } from "../common/log-buffer.ts";
import { debugText } from "./debug-words.ts";
import { DEFAULT_STYLE, lineHead, logStyle } from "./log-style.ts";
import { addressIn, field } from "./log-text.ts";

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

export const debugSwitches: readonly DebugSwitch[] = [
  {
    name: "crypto isakmp",
    help: "ISAKMP Key Management",
    categories: ["ike"],
    title: "Crypto ISAKMP debugging is on",
    subsystem: CRYPTO,
  },
  {
    name: "crypto isakmp error",
    help: "ISAKMP errors",
    categories: ["ike"],
    only: isTrouble,
    title: "Crypto ISAKMP Error debugging is on",
    subsystem: CRYPTO,
  },
  {
    name: "crypto ipsec",
    help: "IPSEC processing",
    categories: ["ipsec"],
    title: "Crypto IPSEC debugging is on",
    subsystem: CRYPTO,
  },
  {
    name: "crypto ipsec error",
    help: "IPSEC errors",
    categories: ["ipsec"],
    only: isTrouble,
    title: "Crypto IPSEC Error debugging is on",
    subsystem: CRYPTO,
  },
  ...(["messages", "transactions", "validation"] as const).map((name) => ({
    name: `crypto pki ${name}`,
    help: PKI[name].help,
    categories: ["ike"] as const,
    only: isAboutCertificates,
    title: `Crypto PKI ${PKI[name].title} debugging is on`,
    subsystem: CRYPTO,
  })),
  {
    name: "crypto engine",
    help: "Crypto Engine Debug",
    categories: ["ipsec"],
    only: ({ text }) => text.startsWith("IPsec SA pair"),
    title: "Crypto Engine debugging is on",
    subsystem: CRYPTO,
  },
  {
    name: "vpdn events",
    help: "VPDN protocol events",
    categories: ["l2tp"],
    only: ({ severity }) => severity !== "debug",
    title: "VPDN events debugging is on",
    subsystem: VPDN,
  },
  {
    name: "vpdn errors",
    help: "VPDN protocol errors",
    categories: ["l2tp"],
    only: isTrouble,
    title: "VPDN errors debugging is on",
    subsystem: VPDN,
  },
  {
    name: "vpdn l2x-events",
    help: "L2X protocol events",
    categories: ["l2tp"],
    only: ({ severity }) => severity !== "debug",
    title: "L2X protocol events debugging is on",
    subsystem: VPDN,
  },
  {
    name: "vpdn l2x-errors",
    help: "L2X protocol errors",
    categories: ["l2tp"],
    only: isTrouble,
    title: "L2X protocol errors debugging is on",
    subsystem: VPDN,
  },
  {
    name: "l2tp all",
    help: "All L2TP debugging",
    categories: ["l2tp"],
    title: "L2TP debugging is on",
    subsystem: VPDN,
  },
  {
    name: "l2tp errors",
    help: "L2TP errors",
    categories: ["l2tp"],
    only: isTrouble,
    title: "L2TP errors debugging is on",
    subsystem: VPDN,
  },
  {
    name: "ppp negotiation",
    help: "Protocol parameters negotiation",
    categories: ["ppp"],
    title: "PPP protocol negotiation debugging is on",
    subsystem: PPP,
  },
  {
    name: "ppp authentication",
    help: "CHAP and PAP authentication",
    categories: ["aaa", "ppp"],
    only: isAuthentication,
    title: "PPP authentication debugging is on",
    subsystem: PPP,
  },
  {
    name: "ppp packet",
    help: "Low-level PPP packet dump",
    categories: ["ppp"],
    only: isPacket,
    title: "PPP packet display debugging is on",
    subsystem: PPP,
  },
  {
    name: "ppp error",
    help: "Protocol errors and error statistics",
    categories: ["ppp"],
    only: isTrouble,
    title: "PPP protocol errors debugging is on",
    subsystem: PPP,
  },
  {
    name: "aaa authentication",
    help: "Authentication",
    categories: ["aaa"],
    title: "AAA Authentication debugging is on",
    subsystem: GENERAL,
  },
  {
    name: "ip packet",
    help: "General IP debugging and IPSO security transactions",
    categories: ["ip"],
    title: "IP packet debugging is on",
    subsystem: IP,
  },
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

export function debugLines(event: LogEvent, debug: DebugSwitches, at: Date, place?: LogPlace): readonly string[] {
  if (debug.on.size === 0) return [];
  const isOn = debugSwitches.some(
    ({ name, categories, only }) =>
      debug.on.has(name) && categories.includes(event.category) && (only === undefined || only(event)),
  );
  if (!isOn || !isWanted(event, debug)) return [];
  const head =
    place === undefined
      ? lineHead({ at, uptime: 0, sequence: 0 }, DEFAULT_STYLE)
      : lineHead({ at, uptime: place.uptimeMillis, sequence: place.sequence }, logStyle(place.config, "debug"));
  return debugText(event).map((line) => `${head}${line}`);
}
