/** What both ends of quick mode share (RFC 2409 §5.5): terms, SPIs, keys, NAT-OA, and the pair that comes of it. */

import { publicValueFault } from "../crypto/dh.ts";
import { deriveEspKeys, type QuickModeSecrets } from "../crypto/keymat.ts";
import type { EspKeys } from "../forwarding.ts";
import { addressOctets } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";
import type { DhGroup } from "../spec.ts";
import { writeOriginalAddress } from "../wire/isakmp-body.ts";
import { type Payload, payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { protocolId } from "../wire/isakmp-sa.ts";
import { addressType } from "./identities.ts";
import { rekeyTime } from "./lifetimes.ts";
import { bodyOf } from "./message.ts";
import { type Encapsulations, type Phase2Choice, type Phase2Terms, spiOctets } from "./phase2-proposals.ts";
import type { Connection, IkeContext, IkeSa, Pair } from "./state.ts";

/** The port on which ESP in UDP cannot be told from IKE. */
const IKE_PORT = 500;

export function encapsulationsOf(ike: IkeContext, sa: IkeSa): Encapsulations {
  return {
    dialect: sa.dialect,
    natFound: sa.localBehindNat || sa.peerBehindNat,
    udpOnly: ike.configuration.udpEncapsulationOnly,
    floated: sa.flow.local.port !== IKE_PORT || sa.dialect?.floats === false,
  };
}

/** What we offer or accept: the plan of a connection that we opened, else the gateway's configuration. */
export function termsOf(sa: IkeSa, connection: Connection | undefined): Phase2Terms | undefined {
  return connection?.plan ?? connection?.gateway ?? sa.gateway;
}

/** The peer's public value for perfect forward secrecy against the agreed group, in plain words where it is wrong. */
export function keyExchangeFault(group: DhGroup | undefined, payloads: readonly ReceivedPayload[]): string | undefined {
  const value = bodyOf(payloads, payloadType.keyExchange);
  if (group === undefined) return value.length > 0 ? "a KE payload came without a group" : undefined;
  return publicValueFault(group, value);
}

/** RFC 3947 §5.2: original addresses, as many as the peer's dialect has: both ends', or our own alone. */
export function originalAddresses(sa: IkeSa, initiator: boolean, count: number): Payload[] {
  if (sa.dialect === undefined || count === 0) return [];
  const own = sa.flow.wire.address;
  const peer = sa.flow.remote.address;
  const both = initiator ? [own, peer] : [peer, own];
  const type = sa.dialect.natOriginalAddress;
  return (count === 1 ? [own] : both).map((address) => ({
    type,
    body: writeOriginalAddress({ type: addressType(address), data: addressOctets(address) }),
  }));
}

export interface NewPair {
  readonly connection: Connection;
  readonly choice: Phase2Choice;
  readonly inboundSpi: number;
  readonly initiatorNonce: Uint8Array;
  readonly responderNonce: Uint8Array;
  /** With perfect forward secrecy. */
  readonly sharedSecret: Uint8Array | undefined;
  readonly lifetimeSeconds: number;
}

/** Derives the keys of both directions. */
export function makePair(ike: IkeContext, sa: IkeSa, made: NewPair, now: Millis): { pair: Pair; inboundKeys: EspKeys } {
  const { connection, choice, inboundSpi, sharedSecret, lifetimeSeconds } = made;
  const secrets: QuickModeSecrets = {
    hash: sa.keys?.hash ?? "sha1",
    skeyidD: sa.keys?.skeyidD ?? new Uint8Array(0),
    sharedSecret,
    protocol: protocolId.esp,
    initiatorNonce: made.initiatorNonce,
    responderNonce: made.responderNonce,
  };
  const inboundKeys = deriveEspKeys(secrets, spiOctets(inboundSpi), choice.proposal);
  const outboundKeys = deriveEspKeys(secrets, spiOctets(choice.peerSpi), choice.proposal);
  const pair: Pair = {
    kind: "pair",
    connection,
    inboundSpi,
    outboundSpi: choice.peerSpi,
    proposal: choice.proposal,
    lifetimeSeconds,
    lifetimeKilobytes: choice.lifetimeKilobytes,
    pfsGroup: choice.pfsGroup,
    createdAt: now,
    expiresAt: now + lifetimeSeconds * 1000,
    outboundKeys,
    inboundInstalled: false,
    outboundInstalled: false,
    rekeyAt: rekeyTime(now, lifetimeSeconds, connection.plan !== undefined, ike.random),
    supersededAt: undefined,
    removeAt: undefined,
  };
  return { pair, inboundKeys };
}
