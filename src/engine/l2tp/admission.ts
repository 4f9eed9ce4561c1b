/**
 * By what a request for a tunnel is judged: the profiles that may take it, what is held, and how many tunnels there may be.
 */

import type { L2tpPath } from "../forwarding.ts";
import { prefixContains, sourceOf } from "../kernel/address.ts";
import { alternatives } from "../kernel/alternatives.ts";
import type { Sides } from "../kernel/log.ts";
import type { L2tpDestinationSpec, L2tpSystemSpec, LnsProfileSpec } from "../l2tp-spec.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import type { TunnelIdentity } from "./context.ts";
import type { Result } from "./events.ts";
import { stop } from "./results.ts";

export interface Refusal {
  readonly result: Result;
  /** In plain words, for the log. */
  readonly reason: string;
  readonly sides?: Sides;
}

interface Test {
  readonly reason: string;
  readonly takes: (profile: LnsProfileSpec, path: L2tpPath, hostName: string) => boolean;
  readonly offered: (path: L2tpPath, hostName: string) => string;
  readonly configured: (profile: LnsProfileSpec) => string;
}

const transportOf = ({ connection }: L2tpPath): string => (connection === undefined ? "without IPsec" : "under IPsec");

/** One reason to refuse after the other: a profile must survive them all. */
const tests: readonly Test[] = [
  {
    reason: "no profile of this virtual router accepts tunnels",
    takes: (profile, path) => profile.virtualRouter === path.virtualRouter,
    offered: ({ virtualRouter }) => virtualRouter,
    configured: ({ virtualRouter }) => virtualRouter,
  },
  {
    reason: "no profile accepts tunnels from this address",
    // Whoever takes everybody does not ask for the family.
    takes: ({ remote }, path) => remote.length === 0 || prefixContains(remote, path.remote.address),
    offered: ({ remote }) => remote.address,
    configured: ({ remote }) => `${remote.address}/${remote.length}`,
  },
  {
    reason: "no profile accepts tunnels to this local address",
    takes: ({ localAddress }, path) => localAddress === undefined || localAddress === path.local.address,
    offered: ({ local }) => local.address,
    configured: ({ localAddress }) => String(localAddress),
  },
  {
    reason: "the profile accepts L2TP only under IPsec",
    takes: ({ transport }, path) => transport !== "ipsec" || path.connection !== undefined,
    offered: transportOf,
    configured: () => "under IPsec",
  },
  {
    reason: "the profile accepts L2TP only without IPsec",
    takes: ({ transport }, path) => transport !== "clear" || path.connection === undefined,
    offered: transportOf,
    configured: () => "without IPsec",
  },
  {
    reason: "no profile accepts the host name of the peer",
    takes: ({ remoteHostName }, _path, hostName) => remoteHostName === undefined || remoteHostName === hostName,
    offered: (_path, hostName) => (hostName === "" ? "no name" : hostName),
    configured: ({ remoteHostName }) => String(remoteHostName),
  },
];

function sidesOf(test: Test, profiles: readonly LnsProfileSpec[], path: L2tpPath, hostName: string): Sides {
  return { offered: test.offered(path, hostName), configured: alternatives(profiles.map(test.configured)) };
}

/** The most specific profile: the longest remote prefix, then a host name before "any", then the order given. */
export function selectProfile(
  profiles: readonly LnsProfileSpec[],
  path: L2tpPath,
  hostName: string,
): { readonly profile: LnsProfileSpec } | Refusal {
  let left = profiles;
  for (const test of tests) {
    const takers = left.filter((profile) => test.takes(profile, path, hostName));
    if (takers.length === 0) {
      return { result: stop.notAuthorized, reason: test.reason, sides: sidesOf(test, left, path, hostName) };
    }
    left = takers;
  }
  const rank = (profile: LnsProfileSpec) => profile.remote.length * 2 + (profile.remoteHostName === undefined ? 0 : 1);
  const profile = left.reduce((best, next) => (rank(next) > rank(best) ? next : best));
  return { profile };
}

/** The strictest thing that is said of the peer at the other end of a path. */
export function destinationState(system: L2tpSystemSpec, path: L2tpPath): L2tpDestinationSpec["state"] | undefined {
  const states = (system.destinations ?? []).flatMap(({ virtualRouter, address, state }) =>
    address === path.remote.address && (virtualRouter ?? path.virtualRouter) === path.virtualRouter ? [state] : [],
  );
  return states.includes("disabled") ? "disabled" : states[0];
}

/** Why a tunnel that stands takes no new sessions: the chassis, its destination or it itself is held. */
export function heldReason(system: L2tpSystemSpec, { path, draining }: TunnelIdentity): string | undefined {
  if (system.draining === true) return "L2TP is draining: it accepts no new sessions";
  const destination = destinationState(system, path);
  if (destination !== undefined) return `the destination is ${destination}`;
  return draining === true ? "the tunnel is draining" : undefined;
}

/** What must be true of a request before a tunnel is made of it, beyond its profile. */
export function requestFault(profile: LnsProfileSpec, values: AvpValues): Refusal | undefined {
  const { protocolVersion = 0x0100, challenge } = values;
  // RFC 2661 §4.4.3: the version is the first octet, the revision the second.
  if (protocolVersion >>> 8 !== 1) return { result: stop.badVersion, reason: "the L2TP version is not supported" };
  if (profile.tunnelPassword !== undefined) return undefined;
  if (profile.tunnelAuthentication) {
    return { result: stop.notAuthorized, reason: "tunnel authentication is required and no tunnel password is set" };
  }
  return challenge === undefined
    ? undefined
    : { result: stop.notAuthorized, reason: "the peer asks for tunnel authentication and no tunnel password is set" };
}

/** How many tunnels there may be of one path, of one address (an office behind a NAT is one address, a network of IPv6 as well), and of the chassis. */
export interface TunnelBounds {
  readonly path: number;
  readonly address: number;
  readonly total: number;
}

const PER_PATH_MAX = 8;
const PER_ADDRESS_MAX = 256;
const TOTAL_MAX = 4096;
/** Tunnels that wait for SCCCN. */
export const HALF_OPEN: TunnelBounds = { path: PER_PATH_MAX, address: PER_ADDRESS_MAX, total: TOTAL_MAX };

const LIVE_PER_PATH_MAX = 1024;
const LIVE_PER_ADDRESS_MAX = 32768;
const LIVE_TOTAL_MAX = 65000;
/** Whose half-open tunnels count together. Under IPsec each client has proved itself: hundreds behind one NAT may come back at once. */
export function requester({ connection, remote }: L2tpPath): string {
  return connection === undefined ? sourceOf(remote.address) : `connection ${connection}`;
}

/** All that are not over. There are 65535 identifiers; nobody is to have them all. */
export const LIVE: TunnelBounds = { path: LIVE_PER_PATH_MAX, address: LIVE_PER_ADDRESS_MAX, total: LIVE_TOTAL_MAX };

export class TunnelTally {
  readonly #bounds: TunnelBounds;
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(bounds: TunnelBounds) {
    this.#bounds = bounds;
  }

  hasRoom(path: string, address: string): boolean {
    return (
      this.#total < this.#bounds.total &&
      (this.#counts.get(path) ?? 0) < this.#bounds.path &&
      (this.#counts.get(address) ?? 0) < this.#bounds.address
    );
  }

  /** Counts one in; the answer counts it out again. */
  enter(path: string, address: string): () => void {
    this.#change(path, address, 1);
    return () => this.#change(path, address, -1);
  }

  #change(path: string, address: string, by: 1 | -1): void {
    this.#total += by;
    for (const key of [path, address]) {
      const count = (this.#counts.get(key) ?? 0) + by;
      if (count === 0) this.#counts.delete(key);
      else this.#counts.set(key, count);
    }
  }
}
