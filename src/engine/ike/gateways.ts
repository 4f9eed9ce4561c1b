/**
 * Which gateway a peer has come to: by the addresses of both ends, and among those that fit equally by the profile that the peer
 * has proven to be of. Before he has proven anything the first one speaks for all of them.
 */

import { type Flow, prefixHoldsPeer } from "../kernel/address.ts";
import type { IpsecGatewaySpec } from "../spec.ts";
import type { IkeContext } from "./state.ts";

/** `proven`: who it is that asks, once he is known. Gateways of another profile serve him only where there is no other one. */
export function findGateway(
  ike: IkeContext,
  flow: Flow,
  proven?: { readonly peerProfile: string | undefined },
): IpsecGatewaySpec | undefined {
  const rank = ({ remote, peerProfile }: IpsecGatewaySpec): number => {
    const isServed = proven === undefined || peerProfile === undefined || peerProfile === proven.peerProfile;
    return remote.length + (isServed ? 1000 : 0);
  };
  let best: IpsecGatewaySpec | undefined;
  for (const gateway of ike.configuration.gateways) {
    if (gateway.localAddress !== flow.local.address || !prefixHoldsPeer(gateway.remote, flow)) continue;
    if (best === undefined || rank(gateway) > rank(best)) best = gateway;
  }
  return best;
}
