/**
 * Which pre-shared key serves a peer. Main mode needs the key before the peer has said who it is (RFC 2409 §5.4), so
 * only addresses decide: keys for a narrower block of peers first, keys bound to our address before those that are
 * not, group keys last. A key for a host name serves main mode only where that name is the peer's address in text:
 * names are not resolved. In aggressive mode it serves whoever calls himself so.
 */

import { type Flow, isIpv6, prefixHoldsPeer } from "../kernel/address.ts";
import { alternatives } from "../kernel/alternatives.ts";
import type { Sides } from "../kernel/log.ts";
import type { PreSharedKeySpec } from "../spec.ts";
import type { Identity } from "./events.ts";
import { identityName } from "./identities.ts";
import type { IkeSa } from "./state.ts";

export function findPreSharedKey(
  keys: readonly PreSharedKeySpec[],
  virtualRouter: string,
  flow: Flow,
): PreSharedKeySpec | undefined {
  let best: PreSharedKeySpec | undefined;
  for (const key of keys) {
    if (key.virtualRouter !== virtualRouter || !servesPeer(key, flow)) continue;
    if (key.localAddress !== undefined && key.localAddress !== flow.local.address) continue;
    if (best === undefined || rank(key) > rank(best)) best = key;
  }
  return best;
}

/** For whom the keys of a virtual router are, for whoever has to add one. */
export function keyPeers(keys: readonly PreSharedKeySpec[], virtualRouter: string): string {
  return alternatives(keys.filter((key) => key.virtualRouter === virtualRouter).map(keyText));
}

/** What is configured where the peer's key is not ours. */
export function keySides({ keyPeer: peer }: Pick<IkeSa, "keyPeer">): { readonly sides?: Sides } {
  return peer === undefined ? {} : { sides: { configured: keyText({ peer }) } };
}

function keyText({ peer }: Pick<PreSharedKeySpec, "peer">): string {
  return `a key for ${"prefix" in peer ? `${peer.prefix.address}/${peer.prefix.length}` : peer.hostname}`;
}

function servesPeer({ peer }: PreSharedKeySpec, flow: Flow): boolean {
  return "prefix" in peer ? prefixHoldsPeer(peer.prefix, flow) : peer.hostname === flow.remote.address;
}

/** A key of its own beats a group key, then the longer prefix, then the key bound to our address. */
function rank(key: PreSharedKeySpec): number {
  const { peer } = key;
  const length = "prefix" in peer ? peer.prefix.length : isIpv6(peer.hostname) ? 128 : 32;
  return (key.group ? 0 : 1000) + length * 2 + (key.localAddress === undefined ? 0 : 1);
}

/**
 * The key for a peer that has said who it is, as it does in aggressive mode: by that name, and where that is allowed by its
 * address.
 */
export function findKeyOfIdentity(
  keys: readonly PreSharedKeySpec[],
  virtualRouter: string,
  flow: Flow,
  identity: Identity,
  namedOnly: boolean,
): PreSharedKeySpec | undefined {
  const name = identityName(identity);
  const named = keys.find(
    (key) =>
      key.virtualRouter === virtualRouter &&
      "hostname" in key.peer &&
      key.peer.hostname === name &&
      (key.localAddress === undefined || key.localAddress === flow.local.address),
  );
  return named ?? (namedOnly ? undefined : findPreSharedKey(keys, virtualRouter, flow));
}
