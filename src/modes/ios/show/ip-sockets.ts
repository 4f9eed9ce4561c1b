/** `show ip sockets`: where the router listens. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";

const PORTS = [500, 4500, 1701] as const;

export interface IpSocket {
  readonly protocol: number;
  readonly address: string;
  readonly port: number;
}

/** IKE, NAT-T and L2TP at every address that IPsec is terminated at. */
export function ipSockets({ spec }: Snapshot): IpSocket[] {
  const addresses = [...new Set(spec.ipsecGateways.map(({ localAddress }) => localAddress))];
  return addresses.flatMap((address) => PORTS.map((port) => ({ protocol: 17, address, port })));
}

export function showIpSockets(sockets: readonly IpSocket[]): string[] {
  return [
    "Proto        Remote      Port      Local       Port  In Out  Stat TTY OutputIF",
    ...sockets.map(
      ({ protocol, address, port }) =>
        `${String(protocol).padStart(2)}    --listen--          ${inCapitals(address).padEnd(15)} ${String(port).padStart(5)}   0   0   211   0`,
    ),
  ];
}
