/** `show ip interface`: what IP does on each interface. */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { type InterfaceView, statesOf } from "./interface-list.ts";

function listText(name: string | null): string {
  return name ?? "not set";
}

export function showIpInterface(views: readonly InterfaceView[]): string[] {
  return views.flatMap((view) => {
    const [status, protocol] = statesOf(view);
    const head = `${view.name} is ${status}, line protocol is ${protocol}`;
    if (view.address === null && view.unnumbered === null) return [head, "  Internet protocol processing disabled"];
    return [head, ...addressLines(view), ...packetLines(view), ...FEATURES, ...cryptoLines(view)];
  });
}

function addressLines({ address, secondary, unnumbered, peerAddress, kind }: InterfaceView): string[] {
  return [
    ...(address === null ? [] : [`  Internet address is ${address.address}/${address.length}`]),
    ...(unnumbered === null
      ? []
      : [
          `  Interface is unnumbered. Using address of ${unnumbered.interface} (${unnumbered.address ?? "unassigned"})`,
        ]),
    "  Broadcast address is 255.255.255.255",
    ...(kind === "session" ? [`  Peer address is ${peerAddress ?? "0.0.0.0"}`] : []),
    ...(address === null ? [] : ["  Address determined by non-volatile memory"]),
    ...secondary.map((prefix) => `  Secondary address ${prefix.address}/${prefix.length}`),
  ];
}

function packetLines({ mtu, accessGroups, virtualRouter }: InterfaceView): string[] {
  return [
    `  MTU is ${mtu} bytes`,
    "  Helper address is not set",
    "  Directed broadcast forwarding is disabled",
    `  Outgoing access list is ${listText(accessGroups.out)}`,
    `  Inbound  access list is ${listText(accessGroups.in)}`,
    ...(virtualRouter === DEFAULT_ROUTER ? [] : [`  VPN Routing/Forwarding "${virtualRouter}"`]),
  ];
}

/** What this router does and does not, whatever is configured. */
const FEATURES = [
  "  Proxy ARP is disabled",
  "  Local Proxy ARP is disabled",
  "  Security level is default",
  "  Split horizon is disabled",
  "  ICMP redirects are never sent",
  "  ICMP unreachables are always sent",
  "  ICMP mask replies are never sent",
  "  IP fast switching is enabled",
  "  IP Flow switching is disabled",
  "  IP CEF switching is disabled",
  "  IP multicast fast switching is disabled",
  "  IP route-cache flags are Fast",
  "  Router Discovery is disabled",
  "  IP output packet accounting is disabled",
  "  IP access violation accounting is disabled",
  "  TCP/IP header compression is disabled",
  "  RTP/IP header compression is disabled",
  "  Policy routing is disabled",
  "  Network address translation is disabled",
];

function cryptoLines({ cryptoMap }: InterfaceView): string[] {
  return cryptoMap === null
    ? []
    : [
        "  Input features: IPSec input classification",
        "  Output features: IPSec output classification, IPSec: to crypto engine and fwd",
      ];
}
