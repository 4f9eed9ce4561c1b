/**
 * Peers told apart by who they have proven to be (ISAKMP profiles of IOS): by the identity they sent, or by what stands in their certificate. The
 * first profile that takes a peer is the peer's; whom none takes goes by the terms that everybody has. A profile decides which authorities are
 * believed, which certificate is shown, which keys count, what we call ourselves and which gateway serves; it is never chosen by an address that a
 * packet came from.
 */

import { prefixHoldsPeer } from "../kernel/address.ts";
import type { Certificate } from "../pki/certificate.ts";
import { meetsConditions, type Trust } from "../pki/trust.ts";
import type { PeerMatchSpec, PeerProfileSpec, PreSharedKeySpec } from "../spec.ts";
import type { Identity } from "./events.ts";
import { findGateway } from "./gateways.ts";
import { identityName } from "./identities.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** Proven or not: a profile can only make it harder. `certificate` is the one that the peer came with. */
export function chooseProfile(
  ike: IkeContext,
  sa: IkeSa,
  identity: Identity,
  certificate: Certificate | undefined,
): PeerProfileSpec | undefined {
  const profile = ike.configuration.peerProfiles?.find(
    ({ matches, localAddress = sa.flow.local.address }) =>
      localAddress === sa.flow.local.address && matches.some((match) => takes(match, sa, identity, certificate)),
  );
  sa.peerProfile = profile?.name;
  if (sa.gateway !== undefined) sa.gateway = findGateway(ike, sa.flow, sa) ?? sa.gateway;
  return profile;
}

function takes(
  match: PeerMatchSpec,
  { virtualRouter, flow: { local } }: IkeSa,
  identity: Identity,
  certificate: Certificate | undefined,
): boolean {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  switch (match.type) {
    case "address": {
      const here = match.virtualRouter === undefined || match.virtualRouter === virtualRouter;
      // Who has a translator between us and himself may call himself by an address of the other family.
      return here && identity.type === "address" && prefixHoldsPeer(match.prefix, { local, remote: identity });
    }
    case "group":
      return identity.type === "keyId" && identityName(identity) === match.name;
    case "host":
      return identity.type === "fqdn" && same(identity.name, match.name);
    case "hostDomain":
      return identity.type === "fqdn" && identity.name.toLowerCase().endsWith(`.${match.name.toLowerCase()}`);
    case "user":
      return identity.type === "userFqdn" && same(identity.name, match.name);
    case "userDomain":
      return identity.type === "userFqdn" && identity.name.toLowerCase().endsWith(`@${match.name.toLowerCase()}`);
    case "certificate":
      return certificate !== undefined && meetsConditions(certificate, match.conditions);
  }
}

/** The profile of an SA as the configuration has it today. */
export function profileNow(
  ike: IkeContext,
  { peerProfile }: { readonly peerProfile: string | undefined },
): PeerProfileSpec | undefined {
  return ike.configuration.peerProfiles?.find(({ name }) => name === peerProfile);
}

/** Keys that may prove a peer of the profile. */
export function keysUnder(
  keys: readonly PreSharedKeySpec[],
  profile: PeerProfileSpec | undefined,
): readonly PreSharedKeySpec[] {
  const labels = profile?.keyLabels;
  return labels === undefined ? keys : keys.filter(({ label }) => labels.includes(label));
}

/** Main mode takes a key by address before it knows the peer: whether that was one of his profile's, else why not. */
export function keyFault({ keyLabel }: IkeSa, profile: PeerProfileSpec | undefined): string | undefined {
  if (keyLabel === undefined || profile?.keyLabels === undefined || profile.keyLabels.includes(keyLabel))
    return undefined;
  const wanted = profile.keyLabels.join(", ");
  return `its key is of keyring ${keyLabel}, and profile ${profile.name} takes keys of ${wanted} alone`;
}

/** What is believed of peers of a profile: under its own trustpoints, if it names some. */
export function trustUnder(trust: Trust, profile: PeerProfileSpec | undefined): Trust {
  const named = profile?.trustpoints;
  return named === undefined ? trust : { ...trust, points: trust.points.filter(({ name }) => named.includes(name)) };
}
