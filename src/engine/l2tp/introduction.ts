/** What the two ends of a tunnel say of themselves in SCCRQ and SCCRP (RFC 2661 §6.1, §6.2). */

import type { AvpValues } from "../wire/l2tp-avp.ts";
import type { TunnelIdentity } from "./context.ts";
import { PROTOCOL_VERSION, type TunnelTerms } from "./terms.ts";

export interface Peer {
  readonly vendorName: string;
  readonly firmwareRevision: number | undefined;
  readonly framingCapabilities: number;
  readonly bearerCapabilities: number;
  readonly challenge: Uint8Array | undefined;
}

export const NOBODY: Peer = {
  vendorName: "",
  firmwareRevision: undefined,
  framingCapabilities: 0,
  bearerCapabilities: 0,
  challenge: undefined,
};

export function introduced(values: AvpValues): Peer {
  return {
    vendorName: values.vendorName ?? "",
    firmwareRevision: values.firmwareRevision,
    framingCapabilities: values.framingCapabilities ?? 0,
    bearerCapabilities: values.bearerCapabilities ?? 0,
    // A view of the datagram until here.
    challenge: values.challenge?.slice(),
  };
}

/** What we say. With a challenge the peer has to prove the tunnel password. */
export function introduction(
  terms: TunnelTerms,
  identity: TunnelIdentity,
  challenge: Uint8Array | undefined,
): AvpValues {
  const { framingCapabilities, bearerCapabilities, firmwareRevision, vendorName, receiveWindow, tieBreaker } = terms;
  return {
    protocolVersion: PROTOCOL_VERSION,
    framingCapabilities,
    ...(bearerCapabilities === undefined ? {} : { bearerCapabilities }),
    ...(firmwareRevision === undefined ? {} : { firmwareRevision }),
    hostName: identity.localHostName,
    vendorName,
    assignedTunnelId: identity.localTunnelId,
    receiveWindowSize: receiveWindow,
    ...(tieBreaker === undefined ? {} : { tieBreaker }),
    ...(challenge === undefined ? {} : { challenge }),
  };
}
