/**
 * What each end of a tunnel says of itself, and what it asks of the other: as LNS from the profile that took the
 * request, as LAC from its plan.
 */

import type { Secret } from "../kernel/secret.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "../l2tp-spec.ts";
import type { LacPlan } from "./events.ts";

/** Version 1, revision 0 (RFC 2661 §4.4.3). */
export const PROTOCOL_VERSION = 0x0100;

/** We take either framing (§4.4.3); the frames are PPP all the same. */
const SYNCHRONOUS_AND_ASYNCHRONOUS = 3;
/** We have no telephone lines. */
const NO_BEARER = 0;
const FIRMWARE_REVISION = 0x0100;
const VENDOR_NAME = "lnsh";

/** Until it is configured, a machine is a LAC only. */
export const LAC_ONLY: L2tpSystemSpec = {
  enabled: false,
  idleTimeoutSeconds: 0,
  destructTimeoutSeconds: 0,
  retransmitRetriesEstablished: 5,
  retransmitRetriesNotEstablished: 5,
  retransmitTimeoutSeconds: { min: 1, max: 8 },
  ignoreUdpChecksums: false,
};

export interface TunnelTerms {
  readonly vendorName: string;
  readonly firmwareRevision: number | undefined;
  readonly framingCapabilities: number;
  readonly bearerCapabilities: number | undefined;
  readonly receiveWindow: number;
  readonly password: Secret | undefined;
  readonly hidesAttributes: boolean;
  /** A LAC's. */
  readonly tieBreaker: Uint8Array | undefined;
  /** The peer must prove the password. */
  readonly challenge: boolean;
  /** 0 = no hello. */
  readonly helloSeconds: number;
}

export function lnsTerms(profile: LnsProfileSpec): TunnelTerms {
  return {
    vendorName: VENDOR_NAME,
    firmwareRevision: FIRMWARE_REVISION,
    framingCapabilities: SYNCHRONOUS_AND_ASYNCHRONOUS,
    bearerCapabilities: NO_BEARER,
    receiveWindow: Math.max(1, profile.receiveWindow),
    password: profile.tunnelPassword,
    hidesAttributes: profile.hidesAttributes === true,
    tieBreaker: undefined,
    challenge: profile.tunnelAuthentication,
    helloSeconds: profile.helloSeconds,
  };
}

export function lacTerms(plan: LacPlan): TunnelTerms {
  return {
    vendorName: plan.vendorName,
    firmwareRevision: plan.firmwareRevision,
    framingCapabilities: plan.framingCapabilities,
    bearerCapabilities: plan.bearerCapabilities,
    receiveWindow: Math.max(1, plan.receiveWindow),
    password: plan.tunnelPassword,
    hidesAttributes: plan.hidesAttributes === true,
    tieBreaker: plan.tieBreaker,
    challenge: plan.tunnelPassword !== undefined,
    helloSeconds: plan.helloSeconds ?? 0,
  };
}
