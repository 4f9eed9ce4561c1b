/** What the crypto show commands tell, as plain values for programs: stable names, no key and no cookie among them. */

import type { IkeSaView } from "../../../engine/ike/events.ts";
import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import type { IkePolicySpec, PreSharedKeySpec } from "../../../engine/spec.ts";
import { kilobytesLeft, remoteIdentPort, secondsLeft } from "./crypto-ipsec.ts";
import { identityText } from "./crypto-isakmp.ts";
import { inboundNumbers, type LiveSa } from "./sa-numbers.ts";
import { transformNames } from "./words.ts";

function policyModel(policy: IkePolicySpec) {
  const { encryption, keyBits, hash, group, authentication } = policy;
  return { encryption, keyBits, hash, group, authentication };
}

export function isakmpSaModel(snapshot: Snapshot, sas: readonly IkeSaView[] = snapshot.ikeSas) {
  return sas.map((sa) => ({
    id: sa.id,
    local: sa.flow.local,
    remote: sa.flow.remote,
    initiator: sa.initiator,
    state: sa.state,
    peerIdentity: identityText(sa.peerIdentity),
    policy: sa.policy === undefined ? null : policyModel(sa.policy),
    ageSeconds: Math.floor((snapshot.now - sa.createdAt) / 1000),
    secondsLeft: sa.expiresAt === undefined ? null : Math.floor((sa.expiresAt - snapshot.now) / 1000),
    natTraversal: sa.natTraversal,
    deadPeerDetection: sa.deadPeerDetection,
  }));
}

export function isakmpPolicyModel(policies: readonly IkePolicySpec[]) {
  return policies.map((policy) => ({
    priority: policy.priority,
    ...policyModel(policy),
    lifetimeSeconds: policy.lifetimeSeconds,
  }));
}

/** Which peers have a key, and not the keys. */
export function isakmpKeyModel(keys: readonly PreSharedKeySpec[]) {
  return keys.map(({ label, peer, localAddress }) => ({
    keyring: label,
    peer: "hostname" in peer ? peer.hostname : `${peer.prefix.address}/${peer.prefix.length}`,
    localAddress: localAddress ?? null,
  }));
}

function saModel(snapshot: Snapshot, sa: LiveSa, id: number) {
  return {
    connectionIds: { inbound: id, outbound: id + 1 },
    inboundSpi: sa.inboundSpi,
    outboundSpi: sa.outboundSpi,
    transform: transformNames(sa.proposal),
    mode: sa.proposal.mode,
    pfsGroup: sa.pfsGroup ?? null,
    superseded: sa.superseded,
    secondsLeft: secondsLeft(snapshot, sa),
    kilobytesLeft: sa.lifetimeKilobytes === undefined ? null : kilobytesLeft(sa),
    inbound: countersModel(sa.inbound),
    outbound: countersModel(sa.outbound),
  };
}

function countersModel(counters: LiveSa["inbound"]) {
  const { lastUsedAt, ...counted } = counters;
  return counted;
}

export function connectionModel(snapshot: Snapshot, connections: readonly ConnectionSnapshot[] = snapshot.connections) {
  const ids = inboundNumbers(snapshot);
  return connections.map((connection) => ({
    interface: connection.gateway?.interfaceName ?? null,
    cryptoMap: connection.gateway?.label.map ?? null,
    virtualRouter: connection.virtualRouter,
    local: connection.flow.local,
    remote: connection.flow.remote,
    remoteIdentPort: remoteIdentPort(connection),
    peerIdentity: identityText(connection.peerIdentity),
    behindNat: connection.behindNat,
    encapsulation: connection.encapsulation,
    demuxPort: connection.demuxPort ?? null,
    uptimeSeconds: Math.floor((snapshot.now - connection.openedAt) / 1000),
    sas: connection.sas.map((sa) => saModel(snapshot, sa, ids.get(sa) ?? 0)),
  }));
}
