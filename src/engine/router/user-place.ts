/**
 * Where a PPP user stands: the virtual router, our end's address there, the pools and servers of the session. The profile
 * says it before anybody is known; the user's domain, then the user, may say otherwise.
 */

import { judgeDomain } from "../aaa/domains.ts";
import { findUser, verifyProof } from "../aaa/local-users.ts";
import type { Address } from "../kernel/address.ts";
import type { DomainMapSpec, PppProfileSpec } from "../ppp-spec.ts";
import type { PppProof, PppVerdict } from "../proof.ts";
import type { UserSpec, VirtualRouterSpec } from "../spec.ts";
import type { Standing, StandingSessions } from "./standing.ts";

export interface UserPlace {
  readonly virtualRouter: string;
  readonly localAddress: Address | undefined;
  /** The interface that lends it. */
  readonly unnumbered: string | undefined;
  readonly pools: readonly string[];
  readonly dns: readonly Address[];
  readonly nbns: readonly Address[];
  /** Who was found; absent before authentication and where anyone is let in. */
  readonly user: UserSpec | undefined;
  readonly who: Standing["user"];
}

export function placeOfProfile(profile: PppProfileSpec): UserPlace {
  const { virtualRouter, localAddress, unnumbered, pools, dns, nbns } = profile;
  return { virtualRouter, localAddress, unnumbered, pools, dns, nbns, user: undefined, who: undefined };
}

export interface Directory {
  readonly routers: ReadonlyMap<string, VirtualRouterSpec>;
  readonly domainMaps: readonly DomainMapSpec[];
}

/** The verdict on a proof, and where the session of an accepted user stands. `standing` counts those who stand already. */
export function admitUser(
  directory: Directory,
  profile: PppProfileSpec,
  name: string,
  proof: PppProof,
  standing: StandingSessions,
): { readonly verdict: PppVerdict; readonly place: UserPlace } {
  const own = placeOfProfile(profile);
  const refused = (reason: string) => ({ verdict: { accepted: false, reason } as const, place: own });
  const home = directory.routers.get(profile.virtualRouter);
  const terms = { delimiters: home?.domainDelimiters, rules: profile.domainRules };
  const domain = judgeDomain(name, directory.domainMaps, terms);
  if (!domain.admitted) return refused(domain.reason);
  const { map } = domain;
  const destined = map?.virtualRouter ?? profile.virtualRouter;
  const asked = profile.authenticationRouter ?? map?.authenticationRouter ?? destined;
  const authenticating = directory.routers.get(asked);
  if (authenticating === undefined) return refused(`virtual router ${asked} does not exist`);
  const { users, pppAuthenticationMethods: methods } = authenticating;
  const verdict = verifyProof({ users, methods }, domain.user, overridden(proof, map));
  if (!verdict.accepted) return { verdict, place: own };
  const user = findUser(users, domain.user);
  const target = directory.routers.get(user?.virtualRouter ?? destined);
  if (target === undefined) return refused(`virtual router ${user?.virtualRouter ?? destined} does not exist`);
  if (target.maxSubscribers !== undefined && standing.inRouter(target.name) >= target.maxSubscribers) {
    return refused(`virtual router ${target.name} has its ${target.maxSubscribers} subscribers already`);
  }
  const who = user === undefined ? undefined : { router: asked, name: user.name };
  if (user?.maxSessions !== undefined && standing.ofUser(who) >= user.maxSessions) {
    return refused(`${user.name} has the ${user.maxSessions} sessions already that one user may have`);
  }
  return { verdict, place: { ...placeIn(target, own, map, user), who } };
}

/** Everybody of a domain may be one user, with that user's password whatever was typed. */
function overridden(proof: PppProof, map: DomainMapSpec | undefined): PppProof {
  return map?.override === undefined ? proof : { protocol: "pap", password: map.override.password };
}

function placeIn(
  router: VirtualRouterSpec,
  own: UserPlace,
  map: DomainMapSpec | undefined,
  user: UserSpec | undefined,
): Omit<UserPlace, "who"> {
  const moved = router.name !== own.virtualRouter;
  const unnumbered = map?.unnumbered ?? own.unnumbered;
  const lent = router.interfaces.find(({ name }) => name === unnumbered)?.address?.address;
  const kept = { localAddress: own.localAddress, dns: own.dns, nbns: own.nbns };
  const changed = { localAddress: lent, dns: router.dns ?? [], nbns: router.nbns ?? [] };
  const all = router.pools.map(({ name }) => name);
  const pools = map !== undefined && map.pools.length > 0 ? map.pools : moved ? all : own.pools;
  return {
    virtualRouter: router.name,
    unnumbered,
    ...(moved ? changed : { ...kept, localAddress: map?.unnumbered === undefined ? own.localAddress : lent }),
    pools: user?.pool === undefined ? pools : [user.pool],
    user,
  };
}
