/** `show ppp interface`: the PPP end of each remote user's session. */

import type { PppAuthentication } from "../../../engine/ppp-spec.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { sessionNames } from "./l2tp-names.ts";
import { found, operationalSummary } from "./text.ts";

export type PppView = "brief" | "config" | "status" | "statistics" | "full" | "summary";

const PROTOCOLS: Readonly<Record<PppAuthentication, string>> = {
  pap: "PAP",
  chap: "CHAP",
  msChap: "MS-CHAP",
  msChapV2: "MS-CHAP version 2",
};

function modelsOf(context: ExecContext) {
  const { snapshot, virtualRouter } = context;
  const names = sessionNames(snapshot);
  return snapshot.sessions
    .filter((session) => session.virtualRouter === virtualRouter)
    .map((session) => ({
      name: `l2tp ${names.get(session.session) ?? session.session}`,
      up: session.ppp.ipcp === "opened",
      profile: session.pppProfile?.name,
      demanded: session.pppProfile?.authentication ?? [],
      keepaliveSeconds: session.pppProfile?.keepaliveSeconds ?? 0,
      keepaliveRetries: session.pppProfile?.keepaliveRetries ?? 0,
      authenticationRetries: session.pppProfile?.authenticationRetries ?? 0,
      phase: session.ppp.phase,
      lcp: session.ppp.lcp,
      ipcp: session.ppp.ipcp,
      authentication: session.ppp.authentication,
      peerName: session.ppp.peerName,
      localAddress: session.ppp.localAddress,
      peerAddress: session.ppp.peerAddress,
      localMru: session.ppp.localMru,
      peerMru: session.ppp.peerMru,
      protocolsRejected: session.ppp.protocolsRejected ?? {},
      counters: session.counters,
    }));
}

type PppModel = ReturnType<typeof modelsOf>[number];

export function showPppInterfaces(context: ExecContext, view: PppView, name: string | undefined): ExecResult {
  const all = modelsOf(context).filter((one) => name === undefined || one.name === name);
  if (name !== undefined && all.length === 0) return { ok: false, lines: [`% There is no PPP interface ${name}`] };
  if (view === "summary") {
    return { lines: operationalSummary(all.map(({ up }) => ({ operational: up ? "up" : "down" }))), model: all };
  }
  const parts = view === "full" ? ([configuration, status, statistics] as const) : PARTS[view];
  return {
    lines: [
      ...all.flatMap((one) => [
        `PPP interface ${one.name} is ${one.up ? "Up" : "Down"}`,
        ...parts.flatMap((part) => part(one)),
      ]),
      ...(name === undefined || view === "brief" ? [found(all.length, "PPP interface")] : []),
    ],
    model: all,
  };
}

const PARTS = { brief: [], config: [configuration], status: [status], statistics: [statistics] } as const;

function configuration(one: PppModel): string[] {
  const demanded = one.demanded.map((protocol) => PROTOCOLS[protocol]).join(", ");
  return [
    "  Configuration",
    `    Profile is ${one.profile ?? "none"}`,
    `    Authentication is ${demanded === "" ? "not required" : demanded}`,
    `    Authentication retries is ${one.authenticationRetries}`,
    one.keepaliveSeconds === 0
      ? "    Keepalive is disabled"
      : `    Keepalive is ${one.keepaliveSeconds} seconds, ${one.keepaliveRetries} may stay unanswered`,
  ];
}

function status(one: PppModel): string[] {
  return [
    "  Status",
    `    Phase is ${one.phase}, LCP is ${one.lcp}, IPCP is ${one.ipcp}`,
    `    Authentication protocol is ${one.authentication === undefined ? "none" : PROTOCOLS[one.authentication]}`,
    `    Peer name is '${one.peerName}'`,
    `    Local address is ${one.localAddress ?? "none"}, peer address is ${one.peerAddress ?? "none"}`,
    `    Local MRU is ${one.localMru}, peer MRU is ${one.peerMru}`,
  ];
}

function statistics({ counters, protocolsRejected }: PppModel): string[] {
  const rejected = Object.entries(protocolsRejected).map(([name, count]) => `${name} ${count}`);
  return [
    "  Statistics",
    `    In packets ${counters.rxPackets}, octets ${counters.rxOctets}, discards ${counters.rxDiscards}`,
    `    Out packets ${counters.txPackets}, octets ${counters.txOctets}, discards ${counters.txDiscards}`,
    `    In packets out of order ${counters.rxOutOfOrder}`,
    `    Protocol-Rejects sent ${rejected.length === 0 ? "none" : rejected.join(", ")}`,
  ];
}
