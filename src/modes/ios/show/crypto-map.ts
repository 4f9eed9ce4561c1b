/**
 * `show crypto map` and `show crypto dynamic-map`: what is configured, whether or not an interface carries it, and an instance for
 * each peer of a dynamic map.
 */

import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import type { CryptoMapEntry, CryptoMaps, CryptoTemplate, MapTerms } from "../compile/crypto-maps.ts";
import { remoteIdentPort } from "./crypto-ipsec.ts";
import { lifetimeLines, transformNames } from "./words.ts";

export interface CryptoMapFilter {
  readonly tag?: string | undefined;
  readonly interfaceName?: string | undefined;
}

/** Entries that the box makes for peers of a dynamic map count up from the first number that cannot be configured. */
const INSTANCE_SEQUENCE = 65_536;

function termLines(terms: MapTerms): string[] {
  const { pfsGroup, proposals } = terms;
  return [
    ...lifetimeLines(terms).map((line) => `\t${line}`),
    "\tResponder-Only (Y/N): N",
    `\tPFS (Y/N): ${pfsGroup === undefined ? "N" : "Y"}`,
    ...(pfsGroup === undefined ? [] : [`\tDH group:  group${pfsGroup}`]),
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    ...proposals.map((proposal) => `\t\t${proposal.label}:  { ${transformNames(proposal)}  } , `),
    "\t}",
  ];
}

export function showCryptoMap(snapshot: Snapshot, configured: CryptoMaps, filter: CryptoMapFilter): string[] {
  const { tag, interfaceName } = filter;
  const isOn = (map: string): boolean =>
    interfaceName === undefined ||
    configured.interfaces.some((port) => port.map === map && port.name === interfaceName);
  const maps = [...new Set(configured.entries.map((entry) => entry.map))].filter(
    (map) => (tag === undefined || map === tag) && isOn(map),
  );
  if (maps.length === 0) return ["No crypto maps found."];
  return maps.flatMap((map) => {
    const peers = snapshot.connections.filter(
      ({ gateway }) =>
        gateway?.label.map === map &&
        gateway.label.dynamicMap !== undefined &&
        (interfaceName === undefined || gateway.interfaceName === interfaceName),
    );
    return [
      ...configured.entries.filter((entry) => entry.map === map).flatMap(entryLines),
      ...peers.flatMap(instanceLines),
      `\tInterfaces using crypto map ${map}:`,
      ...configured.interfaces.filter((port) => port.map === map).map((port) => `\t\t${port.name}`),
      "",
    ];
  });
}

function entryLines(entry: CryptoMapEntry): string[] {
  const head = `Crypto Map "${entry.map}" ${entry.sequence} ipsec-isakmp`;
  if (entry.kind === "dynamic") return [head, `\tDynamic map template tag: ${entry.dynamicMap}`, ""];
  const [current] = entry.peers;
  const isComplete = current !== undefined && entry.accessList !== undefined;
  return [
    head,
    ...(isComplete ? [] : ["\tWARNING: This crypto map is in an incomplete state!"]),
    ...(isComplete ? [] : ["\t\t(missing peer or access-list definitions)"]),
    ...entry.peers.map((peer) => `\tPeer = ${peer}`),
    accessListLine(entry.accessList),
    ...(current === undefined ? [] : [`\tCurrent peer: ${current}`]),
    ...termLines(entry.terms),
  ];
}

function accessListLine(name: string | undefined): string {
  return name === undefined ? "\tNo matching address list set." : `\tExtended IP access list ${name}`;
}

function instanceLines(connection: ConnectionSnapshot, index: number): string[] {
  const { gateway } = connection;
  if (gateway === undefined) return [];
  const { local, remote } = connection.flow;
  const { map, dynamicMap, dynamicSequence } = gateway.label;
  return [
    `Crypto Map "${map}" ${INSTANCE_SEQUENCE + index} ipsec-isakmp`,
    `\tPeer = ${inCapitals(remote.address)}`,
    "\tExtended IP access list ",
    `\t    access-list  permit udp host ${inCapitals(local.address)} port = 1701 host ${inCapitals(remote.address)} port = ${remoteIdentPort(connection)}`,
    `\t    dynamic (created from dynamic map ${dynamicMap}/${dynamicSequence})`,
    `\tCurrent peer: ${inCapitals(remote.address)}`,
    ...termLines(gateway),
  ];
}

export function showDynamicMap({ templates }: CryptoMaps, tag?: string): string[] {
  const shown = templates.filter((template) => tag === undefined || template.name === tag);
  return shown.length === 0 ? ["No crypto map templates found."] : shown.flatMap(templateLines);
}

/** `set nat demux` has no line of its own: the box shows it in the configuration only. */
function templateLines({ name, sequence, accessList, terms }: CryptoTemplate): string[] {
  return [`Crypto Map Template"${name}" ${sequence}`, accessListLine(accessList), ...termLines(terms)];
}
