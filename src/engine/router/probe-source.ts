/** The address that an operator's probe leaves with where none was asked for: the one by which the destination knows us. */

import type { ProbeRequest } from "../ip/probes.ts";
import { type Address, ANY_ADDRESS, prefixContains } from "../kernel/address.ts";
import type { RouterSpec, VirtualRouterSpec } from "../spec.ts";
import type { PppSessions } from "./ppp-sessions.ts";

export function probeSource(request: ProbeRequest, spec: RouterSpec | undefined, sessions: PppSessions): Address {
  const { virtualRouter, source, destination } = request;
  if (source !== undefined) return source;
  const router = spec?.virtualRouters.find(({ name }) => name === virtualRouter);
  const own = (router?.interfaces ?? []).flatMap(({ enabled, address }) =>
    enabled && address !== undefined ? [address.address] : [],
  );
  if (own.includes(destination)) return destination;
  return throughSession(router, destination, sessions) ?? own[0] ?? ANY_ADDRESS;
}

/** Our end of the session that leads to a client or to a network behind it; `undefined` where none does. */
function throughSession(
  router: VirtualRouterSpec | undefined,
  destination: Address,
  sessions: PppSessions,
): Address | undefined {
  if (router === undefined) return undefined;
  const ends = sessions.endsIn(router.name);
  const own = ends.find(({ peerAddress }) => peerAddress === destination);
  if (own !== undefined) return own.localAddress;
  const route = router.routes
    .filter(({ prefix, via }) => typeof via === "string" && prefixContains(prefix, destination))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  return ends.find(({ peerAddress }) => peerAddress === route?.via)?.localAddress;
}
