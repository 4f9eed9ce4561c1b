/** What `debug` commands print: every event of their category, in plain words. */

import type { Category, LogEvent } from "../../engine/kernel/log.ts";
import type { DebugSwitches } from "../common/exec-context.ts";
import { sentence, timestamp } from "./log-text.ts";

export interface DebugSwitch {
  /** As typed behind `debug`, and the name of the switch. */
  readonly name: string;
  readonly help: string;
  readonly categories: readonly Category[];
  /** What `debug` answers, and `show debugging` lists. */
  readonly title: string;
  readonly subsystem: string;
}

const CRYPTO = "Cryptographic Subsystem:";
const VPDN = "VPN:";
const PPP = "PPP:";
const GENERAL = "General OS:";

export const debugSwitches = [
  {
    name: "crypto isakmp",
    help: "ISAKMP Key Management",
    categories: ["ike"],
    title: "Crypto ISAKMP debugging is on",
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
    name: "vpdn events",
    help: "VPDN protocol events",
    categories: ["l2tp"],
    title: "VPDN events debugging is on",
    subsystem: VPDN,
  },
  {
    name: "vpdn errors",
    help: "VPDN protocol errors",
    categories: ["l2tp"],
    title: "VPDN errors debugging is on",
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
    title: "PPP authentication debugging is on",
    subsystem: PPP,
  },
  {
    name: "aaa authentication",
    help: "Authentication",
    categories: ["aaa"],
    title: "AAA Authentication debugging is on",
    subsystem: GENERAL,
  },
] as const satisfies readonly DebugSwitch[];

const PREFIXES: Readonly<Partial<Record<Category, (event: LogEvent) => string>>> = {
  ike: (event) => `ISAKMP:(${event.fields.sa ?? 0})`,
  ipsec: () => "IPSEC",
  l2tp: (event) => `L2TP tnl ${event.fields.tunnel ?? "-"}`,
  ppp: (event) => `PPP ${event.fields.session ?? "-"}`,
  aaa: () => "AAA/AUTHEN/PPP",
};

export function debugLines(event: LogEvent, debug: DebugSwitches, at: Date): readonly string[] {
  const wanted = debugSwitches.some(
    (entry) => debug.on.has(entry.name) && entry.categories.some((category) => category === event.category),
  );
  const prefix = PREFIXES[event.category];
  if (!wanted || prefix === undefined) return [];
  return [`${timestamp(at)}: ${prefix(event)}: ${sentence(event, ["sa"])}`];
}
