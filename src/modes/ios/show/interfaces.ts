/** `show ip interface brief`, `show interfaces`, `show ip route`. */

import { ipv4FromNumber, ipv4ToNumber, maskOf, type Prefix } from "../../../engine/kernel/address.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import type { InterfaceSpec } from "../../../engine/spec.ts";
import { sessionsByInterface } from "./sessions-by-interface.ts";
import { virtualAccess } from "./words.ts";

function briefRow(name: string, address: string, method: string, status: string, protocol: string): string {
  return `${name.padEnd(27)}${address.padEnd(16)}${"YES".padEnd(4)}${method.padEnd(7)}${status.padEnd(22)}${protocol.padEnd(8)}`;
}

/** Each interface with its primary address, which stands before its secondary ones. */
function configuredInterfaces(snapshot: Snapshot): InterfaceSpec[] {
  const ports = new Map<string, InterfaceSpec>();
  for (const port of snapshot.spec.virtualRouters.flatMap((router) => router.interfaces)) {
    if (!ports.has(port.name)) ports.set(port.name, port);
  }
  return [...ports.values()];
}

export function showIpInterfaceBrief(snapshot: Snapshot): string[] {
  const configured = configuredInterfaces(snapshot).map((port) =>
    briefRow(
      port.name,
      port.address?.address ?? "unassigned",
      port.address === undefined ? "unset" : "manual",
      port.enabled ? "up" : "administratively down",
      port.enabled ? "up" : "down",
    ),
  );
  const templates = snapshot.spec.pppProfiles;
  const access =
    templates.length === 0
      ? []
      : [
          briefRow("Virtual-Access1", "unassigned", "unset", "down", "down"),
          ...(snapshot.sessions.length === 0 ? [] : [briefRow("Virtual-Access2", "unassigned", "unset", "up", "up")]),
        ];
  const sessions = sessionsByInterface(snapshot).map((session) => {
    const state = session.ppp.phase === "network" ? "up" : "down";
    const address = session.pppProfile?.localAddress ?? "unassigned";
    return briefRow(virtualAccess(session.index).long, address, "unset", state, state);
  });
  const profiles = templates.map((profile) =>
    briefRow(profile.name, profile.localAddress ?? "unassigned", "unset", "down", "down"),
  );
  const heading = "Interface                  IP-Address      OK? Method Status                Protocol";
  return [heading, ...configured, ...access, ...sessions, ...profiles];
}

export function showInterfaces(snapshot: Snapshot, name?: string): string[] {
  const sessions = sessionsByInterface(snapshot).filter(
    (session) => name === undefined || virtualAccess(session.index).long === name,
  );
  const ports = configuredInterfaces(snapshot).filter((port) => name === undefined || port.name === name);
  return [
    ...ports.flatMap((port) => {
      const state = port.enabled ? "up" : "administratively down";
      const address =
        port.address === undefined ? [] : [`  Internet address is ${port.address.address}/${port.address.length}`];
      return [`${port.name} is ${state}, line protocol is ${port.enabled ? "up" : "down"} `, ...address];
    }),
    ...sessions.flatMap((session) => sessionBlock(snapshot, session)),
  ];
}

function sessionBlock(snapshot: Snapshot, session: SessionSnapshot): string[] {
  const { counters, ppp, pppProfile } = session;
  const state = ppp.phase === "network" ? "up" : "down";
  const tunnel = snapshot.l2tp.tunnels.find((candidate) =>
    candidate.sessions.some((call) => call.session === session.session),
  );
  return [
    `${virtualAccess(session.index).long} is ${state}, line protocol is ${state} `,
    "  Hardware is Virtual Access interface",
    `  Interface is unnumbered. Using address of ${pppProfile?.unnumbered ?? "nothing"} (${pppProfile?.localAddress ?? "unassigned"})`,
    `  MTU ${ppp.peerMru} bytes`,
    `  Encapsulation PPP, LCP ${ppp.lcp === "opened" ? "Open" : "Closed"}`,
    ...(ppp.ipcp === "opened" ? ["  Open: IPCP"] : []),
    `  PPPoVPDN vaccess, cloned from ${pppProfile?.name ?? "nothing"}`,
    "  Vaccess status 0x0",
    `  Protocol l2tp, tunnel id ${tunnel?.localTunnelId ?? session.localTunnelId}, session id ${session.localSessionId}`,
    pppProfile === undefined || pppProfile.keepaliveSeconds === 0
      ? "  Keepalive not set"
      : `  Keepalive set (${pppProfile.keepaliveSeconds} sec)`,
    `     ${counters.rxPackets} packets input, ${counters.rxOctets} bytes`,
    `     ${counters.txPackets} packets output, ${counters.txOctets} bytes`,
    '  Last clearing of "show interface" counters never',
  ];
}

function network({ address, length }: Prefix): string {
  return `${ipv4FromNumber((ipv4ToNumber(address) & maskOf(length)) >>> 0)}/${length}`;
}

const LEGEND = [
  "Codes: C - connected, S - static, R - RIP, M - mobile, B - BGP",
  "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ",
  "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2",
  "       E1 - OSPF external type 1, E2 - OSPF external type 2",
  "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2",
  "       ia - IS-IS inter area, * - candidate default, U - per-user static route",
  "       o - ODR, P - periodic downloaded static route",
  "",
];

/** The global table: connected networks, static routes, and a host route for each session. */
export function showIpRoute(snapshot: Snapshot): string[] {
  const router = snapshot.spec.virtualRouters[0];
  const connected = (router?.interfaces ?? []).flatMap((port) =>
    port.enabled && port.address !== undefined
      ? [`C    ${network(port.address)} is directly connected, ${port.name}`]
      : [],
  );
  const peers = snapshot.sessions
    .filter((session) => session.virtualRouter === router?.name && session.ppp.ipcp === "opened")
    .map((session) => `C    ${session.ppp.peerAddress}/32 is directly connected, ${virtualAccess(session.index).long}`);
  const routes = (router?.routes ?? []).map((route) => {
    const via =
      typeof route.via === "string" ? `[1/0] via ${route.via}` : `is directly connected, ${route.via.interface}`;
    return `S    ${network(route.prefix)} ${via}`;
  });
  const gateway = router?.routes.find((route) => route.prefix.length === 0);
  const last =
    gateway === undefined || typeof gateway.via !== "string"
      ? "Gateway of last resort is not set"
      : `Gateway of last resort is ${gateway.via} to network 0.0.0.0`;
  return [...LEGEND, last, "", ...connected, ...peers, ...routes];
}
