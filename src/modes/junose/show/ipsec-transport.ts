/** `show ipsec transport profile` and `interface`. A transport interface is one IPsec connection. */

import type { SaCounters } from "../../../engine/forwarding.ts";
import { clearCarrier, tunnelMtu } from "../../../engine/router/sizes.ts";
import type { ConnectionSnapshot } from "../../../engine/snapshot.ts";
import type { ConfigNode, ConfigReader, ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { KILOBYTES, SECONDS } from "../commands/ipsec.ts";
import {
  application,
  localAddress,
  pfsGroup,
  profileTransforms,
  transportKilobytes,
  transportProfile,
  transportSeconds,
} from "../commands/ipsec-transport-profile.ts";
import { standing, stated } from "../compile/standing.ts";
import { DEFAULT_TRANSFORMS, transformText } from "../transforms.ts";
import { found, operationalSummary, type Standing } from "./text.ts";

export function showTransportProfiles({ chassis }: ExecContext, name: string | undefined): ExecResult {
  const all = chassis.all(transportProfile).filter((node) => name === undefined || node.values.name === name);
  if (name === undefined) {
    const lines = all.map((node) => `IPSEC transport profile ${node.values.name}`);
    return { lines: [...lines, found(all.length, "IPSEC transport profile")], model: all.map((node) => node.values) };
  }
  if (all.length === 0) return { lines: [found(0, "IPSEC transport profile")], model: [] };
  return {
    lines: all.flatMap((node) => [
      `IPSEC transport profile ${node.values.name}`,
      `   Virtual router ${node.values.virtualRouter}`,
      `   Peer address ${node.values.address}`,
      ...attributesOf(chassis, node).map((line) => `   ${line}`),
    ]),
    model: all.map((node) => node.values),
  };
}

function attributesOf(chassis: ConfigReader, node: ConfigNode): string[] {
  const seconds = stated(chassis, transportSeconds, node);
  const kilobytes = stated(chassis, transportKilobytes, node);
  const transforms = stated(chassis, profileTransforms, node);
  const range = (
    typed: { readonly min: number; readonly max?: number } | undefined,
    full: typeof SECONDS | typeof KILOBYTES,
  ) => (typed === undefined ? `${full.min} - ${full.max}` : `${typed.min} - ${typed.max ?? typed.min}`);
  return [
    `Application ${standing(chassis, application, node).applications.join(" ")}`,
    `Lifetime range in seconds ${range(seconds, SECONDS)}`,
    `Lifetime range in kilobytes ${range(kilobytes, KILOBYTES)}`,
    `Pfs group ${stated(chassis, pfsGroup, node)?.group ?? "none"}`,
    `Transform-set ${transforms?.name ?? (transforms?.transforms ?? DEFAULT_TRANSFORMS).join(" ")}`,
    ...chassis.under(node, localAddress).map((local) => `Local ip address: ${local.values.address}`),
  ];
}

export function showTransportInterfaces(
  { chassis, snapshot }: ExecContext,
  view: "brief" | "detail" | "summary",
  wanted: {
    readonly number?: number | undefined;
    readonly virtualRouter?: string | undefined;
    readonly address?: string | undefined;
  },
): ExecResult {
  const all = snapshot.connections.filter(
    ({ connection, virtualRouter, flow }) =>
      (wanted.address === undefined || flow.remote.address === wanted.address) &&
      (wanted.number === undefined || connection === wanted.number) &&
      (wanted.virtualRouter === undefined || virtualRouter === wanted.virtualRouter),
  );
  const model = all.map((one) => interfaceModel(chassis, one));
  if (view === "summary") {
    return { lines: operationalSummary(all.map((one) => ({ operational: operational(one) }))), model };
  }
  const lines = all.flatMap((connection) => [
    `IPSEC transport interface ${connection.connection} is ${operational(connection) === "up" ? "Up" : "Down"}`,
    ...(view === "detail" ? detailLines(chassis, connection) : []),
  ]);
  const counted = all.length === 0 || view === "brief" || wanted.number === undefined;
  return { lines: counted ? [...lines, found(all.length, "Ipsec transport interface")] : lines, model };
}

function operational({ sas }: ConnectionSnapshot): Standing["operational"] {
  return sas.length > 0 ? "up" : "down";
}

const PATH_MTU = 1500;

function interfaceModel(chassis: ConfigReader, connection: ConnectionSnapshot) {
  const current = connection.sas.find((sa) => !sa.superseded) ?? connection.sas[0];
  const clear = clearCarrier(connection.flow.remote.address);
  const carrier = { ...clear, encapsulation: connection.encapsulation, algorithms: current?.proposal };
  const profile = chassis.all(transportProfile).find((node) => node.values.name === connection.gateway?.label.map);
  return {
    name: String(connection.connection),
    state: operational(connection),
    virtualRouter: connection.virtualRouter,
    profile: profile?.values.name,
    applications: profile === undefined ? ["l2tp"] : standing(chassis, application, profile).applications,
    pfsGroup: current?.pfsGroup,
    // L2TP and PPP weigh the same with and without IPsec, so this is what ESP alone leaves of a packet.
    mtu: PATH_MTU - (tunnelMtu(clear, false) - tunnelMtu(carrier, false)),
    localAddress: connection.flow.local.address,
    remoteAddress: connection.flow.remote.address,
    natTraversalPort: connection.encapsulation === "udp" ? connection.flow.remote.port : undefined,
    lifetimeSeconds: current?.lifetimeSeconds ?? 0,
    lifetimeKilobytes: current?.lifetimeKilobytes ?? KILOBYTES.max,
    retired: connection.retired,
    sas: connection.sas.map((sa) => ({
      inboundSpi: hex(sa.inboundSpi),
      outboundSpi: hex(sa.outboundSpi),
      transform: transformText(sa.proposal),
      superseded: sa.superseded,
      inbound: sa.inbound,
      outbound: sa.outbound,
    })),
  };
}

function detailLines(chassis: ConfigReader, connection: ConnectionSnapshot): string[] {
  const model = interfaceModel(chassis, connection);
  const configuration = [
    ["Virtual router", model.virtualRouter],
    ["Application", model.applications.join(" ")],
    ["Pfs group", model.pfsGroup ?? "none"],
    ["Mtu", model.mtu],
    ["Local address", model.localAddress],
    ["Remote address", model.remoteAddress],
    ...(model.natTraversalPort === undefined ? [] : [["Remote NAT-T port", model.natTraversalPort] as const]),
    ["Lifetime", `${model.lifetimeSeconds} seconds ${model.lifetimeKilobytes} kilobytes`],
  ] as const;
  return [
    "   Configuration",
    ...configuration.map(([name, value]) => `     ${name.padEnd(18)} ${value}`),
    "   IPSEC inbound/outbound SAs",
    ...model.sas.flatMap((sa) => [
      `     Inbound spi        ${sa.inboundSpi}  transform ${sa.transform}`,
      `     Outbound spi       ${sa.outboundSpi}  transform ${sa.transform}`,
    ]),
    "   Statistics",
    ...statisticsLines(connection),
  ];
}

function hex(spi: number): string {
  return `0x${spi.toString(16).padStart(8, "0")}`;
}

/** Of all SAs that the connection has and had. */
function statisticsLines({ sas, retired }: ConnectionSnapshot): string[] {
  const all = [...sas, ...(retired === undefined ? [] : [retired])];
  const inbound = (of: (counters: SaCounters) => number): number => all.reduce((so, sa) => so + of(sa.inbound), 0);
  const outbound = (of: (counters: SaCounters) => number): number => all.reduce((so, sa) => so + of(sa.outbound), 0);
  const left = [
    ["InUserPackets", inbound((one) => one.packets)],
    ["InUserOctets", inbound((one) => one.octets)],
    ["InAccPackets", inbound((one) => one.packets)],
    ["InAccOctets", inbound((one) => one.wireOctets)],
    ["InAuthErrors", inbound((one) => one.authenticationErrors)],
    ["InReplayErrors", inbound((one) => one.replayErrors)],
    ["InPolicyErrors", inbound((one) => one.policyErrors)],
    ["InOtherRxErrors", inbound((one) => one.otherErrors)],
    ["InDecryptErrors", inbound((one) => one.decryptErrors)],
    ["InPadErrors", inbound((one) => one.padErrors)],
  ] as const;
  const right = [
    ["OutUserPackets", outbound((one) => one.packets)],
    ["OutUserOctets", outbound((one) => one.octets)],
    ["OutAccPackets", outbound((one) => one.packets)],
    ["OutAccOctets", outbound((one) => one.wireOctets)],
    ["OutPolicyErrors", outbound((one) => one.policyErrors)],
    ["OutOtherTxErrors", outbound((one) => one.otherErrors)],
  ] as const;
  return left.map(([name, value], index) => {
    const beside = right[index];
    const line = `     ${name.padEnd(13)} ${value}`;
    return beside === undefined ? line : `${line.padEnd(29)} ${beside[0].padEnd(14)} ${beside[1]}`;
  });
}
