/** The address that an operator's probe leaves with where none was asked for: the one by which the destination knows us. */

import type { ProbeRequest } from "../ip/probes.ts";
import { type Address, ANY_ADDRESS } from "../kernel/address.ts";
import type { RouterSpec } from "../spec.ts";
import type { PppSessions } from "./ppp-sessions.ts";

export function probeSource(request: ProbeRequest, spec: RouterSpec | undefined, sessions: PppSessions): Address {
  const { virtualRouter, source, destination } = request;
  if (source !== undefined) return source;
  const router = spec?.virtualRouters.find(({ name }) => name === virtualRouter);
  const own = (router?.interfaces ?? []).flatMap(({ enabled, address }) =>
    enabled && address !== undefined ? [address.address] : [],
  );
  if (own.includes(destination)) return destination;
  return sessions.localAddressTowards(virtualRouter, destination) ?? own[0] ?? ANY_ADDRESS;
}
