/** How a client asks for a tunnel, and how it speaks PPP in it: the manners of its persona, and who its user is. */

import type { LacPlan } from "../l2tp/events.ts";
import type { PppPlan } from "../ppp/events.ts";
import type { ClientPlan } from "./client.ts";

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
