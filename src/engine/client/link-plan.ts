/** How a client asks for a tunnel, and how it speaks PPP in it: the manners of its persona, and who its user is. */

import type { ConnectionId, L2tpPath } from "../forwarding.ts";
import type { LacPlan } from "../l2tp/events.ts";
import type { PppPlan } from "../ppp/events.ts";
import { DEFAULT_ROUTER } from "../spec.ts";
import type { ClientPlan } from "./client-plan.ts";

export function lacPlan({ persona, hostName }: ClientPlan): LacPlan {
  return {
    hostName,
    vendorName: persona.vendorName,
    firmwareRevision: persona.firmwareRevision,
    assignedTunnelId: persona.assignedTunnelId,
    framingCapabilities: persona.framingCapabilities,
    bearerCapabilities: persona.bearerCapabilities,
    receiveWindow: persona.receiveWindow,
    tunnelPassword: undefined,
    helloSeconds: persona.helloSeconds,
  };
}

export function pppPlan({ persona, user, password }: ClientPlan): PppPlan {
  return {
    demand: [],
    credentials: { name: user, password, protocols: persona.authentication },
    localName: user,
    mru: persona.mru,
    keepaliveSeconds: 0,
    keepaliveRetries: 0,
    chapChallengeLength: { min: 16, max: 16 },
    authenticationRetries: 0,
    localAddress: undefined,
    dns: [],
    nbns: [],
    requestServers: persona.requestServers,
    offerCcp: persona.offerCcp,
  };
}

/** Where L2TP of the client speaks; without a connection in the clear. */
export function tunnelPath(
  { persona, flow, remoteL2tpPort }: ClientPlan,
  connection: ConnectionId | undefined,
): L2tpPath {
  return {
    virtualRouter: DEFAULT_ROUTER,
    local: { address: flow.local.address, port: persona.l2tpPort },
    remote: { address: flow.remote.address, port: remoteL2tpPort },
    connection,
  };
}
