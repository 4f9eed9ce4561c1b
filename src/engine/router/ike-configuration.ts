/** The part of a specification that IKE acts on, with what comes beside the specification. */

import type { Credentials } from "../credentials.ts";
import type { IkeConfiguration } from "../ike/events.ts";
import type { RouterSpec } from "../spec.ts";

interface Surroundings extends Pick<IkeConfiguration, "udpEncapsulationOnly" | "permits"> {
  readonly credentials: Credentials;
}

export function ikeConfiguration(
  spec: RouterSpec,
  { credentials, udpEncapsulationOnly, permits }: Surroundings,
): IkeConfiguration {
  return {
    policies: spec.ikePolicies,
    preSharedKeys: spec.preSharedKeys,
    gateways: spec.ipsecGateways,
    peerProfiles: spec.peerProfiles ?? [],
    ...(spec.keyIdentity === undefined ? {} : { keyIdentity: spec.keyIdentity }),
    deadPeerDetection: spec.deadPeerDetection,
    udpEncapsulationOnly,
    permits,
    fragmentation: spec.ikeFragmentation ?? false,
    natTraversal: new Set(spec.virtualRouters.filter(({ natTraversal }) => natTraversal).map(({ name }) => name)),
    certificates: {
      trustpoints: spec.trustpoints ?? [],
      credentials,
      identity: spec.signatureIdentity ?? "address",
    },
  };
}
