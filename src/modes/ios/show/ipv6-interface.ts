/** `show ipv6 interface`: the addresses of IPv6 at which peers reach us. There are none of the link, as no link is ours. */

import { networkOf } from "../../../engine/kernel/address.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { type InterfaceView, statesOf } from "./interface-list.ts";

/** Those with an address alone. */
export function showIpv6Interface(views: readonly InterfaceView[]): string[] {
  return views.flatMap((view) => {
    const [status, protocol] = statesOf(view);
    if (view.ipv6.length === 0) return [];
    return [
      `${view.name} is ${status}, line protocol is ${protocol}`,
      "  IPv6 is enabled",
      "  Global unicast address(es):",
      ...view.ipv6.map((prefix) => {
        const { address, length } = networkOf(prefix);
        return `    ${inCapitals(prefix.address)}, subnet is ${inCapitals(address)}/${length} `;
      }),
      `  MTU is ${view.mtu} bytes`,
    ];
  });
}

export function showIpv6InterfaceBrief(views: readonly InterfaceView[]): string[] {
  return views.flatMap((view) => {
    const [status, protocol] = statesOf(view);
    const addresses = view.ipv6.map(({ address }) => inCapitals(address));
    return [
      `${view.name.padEnd(26)} [${status}/${protocol}]`,
      ...(addresses.length === 0 ? ["unassigned"] : addresses).map((text) => `    ${text}`),
    ];
  });
}
