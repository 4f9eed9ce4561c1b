/** How a client opens IKE: the manners of its persona, and what it proves itself with. */

import { NO_CONFIGURATION } from "../ike/configuration.ts";
import type { Identity, IkeInput, InitiatorPlan } from "../ike/events.ts";
import { DEAD_PEER_DETECTION_VENDOR_ID } from "../ike/nat-traversal.ts";
import type { Address } from "../kernel/address.ts";
import { sameOctets } from "../pki/certificate.ts";
import { DEFAULT_ROUTER, type IkePolicySpec } from "../spec.ts";
import type { ClientPlan } from "./client-plan.ts";

export function initiatorPlan(plan: ClientPlan): InitiatorPlan {
  const { persona, certificate, flow, group, hostName } = plan;
  return {
    virtualRouter: DEFAULT_ROUTER,
    flow,
    natTraversalFlow: plan.natTraversalFlow,
    policies: certificate === undefined ? persona.policies : persona.policies.map(signed),
    preSharedKey: certificate === undefined ? plan.preSharedKey : undefined,
    certificateEncoding: persona.certificateEncoding ?? "x509",
    identity: certificate?.identity ?? ownIdentity(flow.local.address, group),
    aggressive: group !== undefined,
    provesInClear: persona.provesInClear ?? false,
    vendorIds: persona.vendorIds,
    proposals: persona.proposals,
    lifetimeSeconds: persona.lifetimeSeconds,
    lifetimeKilobytes: persona.lifetimeKilobytes,
    pfsGroup: undefined,
    quickModeIdentity: persona.quickModeIdentity === "fqdn" ? { type: "fqdn", name: hostName } : undefined,
    localPort: persona.l2tpPort,
    remotePort: plan.remoteL2tpPort,
    sendInitialContact: persona.sendInitialContact,
    longLifeAttributes: persona.longLifeAttributes,
    proposalPerTransform: persona.proposalPerTransform ?? false,
    forceEncapsulation: persona.forceEncapsulation ?? false,
  };
}

function signed(policy: IkePolicySpec): IkePolicySpec {
  return { ...policy, authentication: "rsaSignature" };
}

function ownIdentity(address: Address, group: string | undefined): Identity {
  return group === undefined ? { type: "address", address } : namedIdentity(group);
}

/** Of a kind by its shape, as Android takes it: an address of mail, a host, else a group. */
function namedIdentity(name: string): Identity {
  if (name.includes("@")) return { type: "userFqdn", name };
  return name.includes(".") ? { type: "fqdn", name } : { type: "keyId", bytes: new TextEncoder().encode(name) };
}

/** How often those ask whether the gateway is there who have announced that they can (RFC 3706). */
const WATCH = { intervalSeconds: 30, retrySeconds: 5, mode: "periodic" } as const;

/** What a client is to IKE beside its plan for one connection: whom it believes, and whether it asks if the gateway lives. */
export function configurationOf({ persona, certificate }: ClientPlan): IkeInput {
  const watches = persona.vendorIds.some((body) => sameOctets(body, DEAD_PEER_DETECTION_VENDOR_ID));
  const configuration = { ...NO_CONFIGURATION, deadPeerDetection: watches ? WATCH : undefined };
  if (certificate === undefined) return { type: "configure", configuration };
  const { trustpoint, credentials, identity: named } = certificate;
  const identity = named === undefined ? "distinguishedName" : "address";
  const certificates = { trustpoints: [trustpoint], credentials, identity } as const;
  return { type: "configure", configuration: { ...configuration, certificates } };
}
