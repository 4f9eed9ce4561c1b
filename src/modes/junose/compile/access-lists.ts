/** The access lists of the default router, for those who come in by a terminal line; every list ends in a deny. */

import type { AccessListEntrySpec, AccessListSpec, WildcardAddress } from "../../../engine/access-list-spec.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { accessList } from "../commands/access-list.ts";

const ANY: WildcardAddress = { address: "0.0.0.0", wildcard: "255.255.255.255" };
const ONE = "0.0.0.0";
const PROTOCOLS: Readonly<Record<string, number | undefined>> = {
  icmp: 1,
  igmp: 2,
  ip: undefined,
  ipinip: 4,
  tcp: 6,
  udp: 17,
  ospf: 89,
};

export function accessLists(config: ConfigReader): AccessListSpec[] {
  const lists = new Map<string, AccessListEntrySpec[]>();
  for (const { values } of config.all(accessList)) {
    const { name, action, protocol, number } = values;
    if (action === undefined) continue;
    const entries = lists.get(name) ?? [];
    lists.set(name, entries);
    entries.push({
      sequence: (entries.length + 1) * 10,
      action,
      protocol: protocol === undefined ? number : PROTOCOLS[protocol],
      source: wildcardOf(values.sourceHost, values.sourceAddress, values.sourceWildcard),
      destination: wildcardOf(values.destinationHost, values.destinationAddress, values.destinationWildcard),
      sourcePorts: undefined,
      destinationPorts: undefined,
      icmp: undefined,
      log: values.log === true,
    });
  }
  return Array.from(lists, ([name, entries]) => ({ name, kind: "extended", entries }));
}

/** Neither = any; an address alone is one host. */
function wildcardOf(
  host: string | undefined,
  address: string | undefined,
  wildcard: string | undefined,
): WildcardAddress {
  const chosen = host ?? address;
  return chosen === undefined ? ANY : { address: chosen, wildcard: wildcard ?? ONE };
}
