/** `show crypto map` and `show crypto dynamic-map`. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { IpsecGatewaySpec } from "../../../engine/spec.ts";
import { remoteIdentPort } from "./crypto-ipsec.ts";
import { transformNames } from "./words.ts";

export interface CryptoMapFilter {
  readonly tag?: string;
  readonly interfaceName?: string;
}

/** Numbers of entries that the box makes for peers of a dynamic map, downward from the first that cannot be configured. */
const INSTANCE_SEQUENCE = 65_536;

function terms(gateway: IpsecGatewaySpec): string[] {
  const volume = gateway.lifetimeKilobytes ?? 4_608_000;
  return [
    `\tSecurity association lifetime: ${volume} kilobytes/${gateway.lifetimeSeconds} seconds`,
    "\tResponder-Only (Y/N): N",
    `\tPFS (Y/N): ${gateway.pfsGroup === undefined ? "N" : "Y"}`,
    ...(gateway.pfsGroup === undefined ? [] : [`\tDH group:  group${gateway.pfsGroup}`]),
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    ...gateway.proposals.map((proposal) => `\t\t${proposal.label}:  { ${transformNames(proposal)}  } , `),
    "\t}",
  ];
}

export function showCryptoMap(snapshot: Snapshot, filter: CryptoMapFilter): string[] {
  const gateways = snapshot.spec.ipsecGateways.filter(
    (gateway) =>
      (filter.tag === undefined || gateway.label.map === filter.tag) &&
      (filter.interfaceName === undefined || gateway.interfaceName === filter.interfaceName),
  );
  if (gateways.length === 0) return ["No crypto maps found."];
  return [...new Set(gateways.map((gateway) => gateway.label.map))].flatMap((map) => {
    const entries = gateways.filter((gateway) => gateway.label.map === map);
    const configured = entries.flatMap((gateway) => configuredEntry(gateway));
    const instances = snapshot.connections
      .filter(
        (connection) => connection.gateway?.label.map === map && connection.gateway.label.dynamicMap !== undefined,
      )
      .flatMap((connection, index) => {
        const gateway = connection.gateway;
        if (gateway === undefined) return [];
        const { local, remote } = connection.flow;
        const { dynamicMap, dynamicSequence } = gateway.label;
        return [
          `Crypto Map "${map}" ${INSTANCE_SEQUENCE + index} ipsec-isakmp`,
          `\tPeer = ${remote.address}`,
          "\tExtended IP access list ",
          `\t    access-list  permit udp host ${local.address} port = 1701 host ${remote.address} port = ${remoteIdentPort(connection)}`,
          `\t    dynamic (created from dynamic map ${dynamicMap}/${dynamicSequence})`,
          `\tCurrent peer: ${remote.address}`,
          ...terms(gateway),
        ];
      });
    const ports = [...new Set(entries.map((gateway) => gateway.interfaceName))];
    return [
      ...configured,
      ...instances,
      `\tInterfaces using crypto map ${map}:`,
      ...ports.map((name) => `\t\t${name}`),
      "",
    ];
  });
}

function configuredEntry(gateway: IpsecGatewaySpec): string[] {
  const head = `Crypto Map "${gateway.label.map}" ${gateway.label.sequence} ipsec-isakmp`;
  if (gateway.label.dynamicMap !== undefined) {
    return [head, `\tDynamic map template tag: ${gateway.label.dynamicMap}`, ""];
  }
  return [head, `\tPeer = ${gateway.remote.address}`, `\tCurrent peer: ${gateway.remote.address}`, ...terms(gateway)];
}

export function showDynamicMap(snapshot: Snapshot, tag?: string): string[] {
  const shown = new Set<string>();
  return snapshot.spec.ipsecGateways.flatMap((gateway) => {
    const { dynamicMap, dynamicSequence } = gateway.label;
    const name = `Crypto Map Template"${dynamicMap}" ${dynamicSequence}`;
    if (dynamicMap === undefined || shown.has(name) || (tag !== undefined && dynamicMap !== tag)) return [];
    shown.add(name);
    return [name, "\tNo matching address list set.", ...terms(gateway)];
  });
}
