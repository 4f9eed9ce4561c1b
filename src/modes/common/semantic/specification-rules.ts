/**
 * What can be told from the specification alone, and so of both dialects: addresses that are given away twice, keys and
 * policies that meet nobody, sessions that cannot authenticate. Each rule is a row of one table.
 */

import { knownClients } from "../../../engine/client/known-offers.ts";
import { type Address, ipv4ToNumber, isIpv6, type Prefix } from "../../../engine/kernel/address.ts";
import type { LnsProfileSpec } from "../../../engine/l2tp-spec.ts";
import type { PppProfileSpec } from "../../../engine/ppp-spec.ts";
import type {
  IkePolicySpec,
  IpsecGatewaySpec,
  PoolSpec,
  PreSharedKeySpec,
  RouterSpec,
  VirtualRouterSpec,
} from "../../../engine/spec.ts";
import { SpanIndex } from "../span-index.ts";
import { networksOf, overlaps, type PoolRange, rangesOf } from "./address-ranges.ts";
import type { Finding, Place, Rule } from "./finding.ts";
import { PrefixIndex } from "./prefix-index.ts";

/** How a dialect writes the lines that a part of the specification was made from. */
export interface SpecificationPlaces {
  pool(name: string, router: string): Place;
  interface(name: string, router: string): Place;
  key(key: PreSharedKeySpec): Place;
  gateway(gateway: IpsecGatewaySpec): Place;
  ikePolicy(policy: IkePolicySpec): Place;
  lnsProfile(profile: LnsProfileSpec): Place;
  pppProfile(profile: PppProfileSpec): Place;
}

type Told = readonly [place: Place, what: string];

interface SpecificationRule extends Rule {
  find(spec: RouterSpec, places: SpecificationPlaces): readonly Told[];
}

export function specificationFindings(spec: RouterSpec, places: SpecificationPlaces): Finding[] {
  return rules.flatMap((rule) => rule.find(spec, places).map(([place, what]) => ({ rule, place, what })));
}

const rules: readonly SpecificationRule[] = [
  {
    id: "overlapping-pools",
    text: "Two ranges of address pools have addresses in common.",
    advice: "Give each pool its own range, else two clients get one address.",
    find: (spec, places) =>
      // Routing tables may share their pools.
      [...new Map(spec.virtualRouters.map((router) => [router.pools, router])).values()].flatMap((router) =>
        [...Map.groupBy(router.pools, ({ group }) => group).values()].flatMap((pools) =>
          overlaps(rangesOf(pools)).map(
            ([a, b]): Told => [places.pool(b.pool, router.name), `${b.text} overlaps ${a.text} of pool ${a.pool}`],
          ),
        ),
      ),
  },
  {
    id: "pool-holds-own-address",
    text: "A pool would give the address of one of the router's interfaces to a client.",
    advice: "Take the address out of the pool's range.",
    find: (spec, places) => {
      const rangesDrawn = drawnRanges(spec);
      return spec.virtualRouters.flatMap((router) => {
        const drawn = rangesDrawn(router);
        return router.interfaces.flatMap(({ name, address }) => {
          if (address === undefined) return [];
          const own = ipv4ToNumber(address.address);
          return [...drawn.meeting({ first: own, last: own }, undefined)].map(
            ({ pool, text }): Told => [
              places.pool(pool, router.name),
              `${text} holds ${address.address} of interface ${name}`,
            ],
          );
        });
      });
    },
  },
  {
    id: "duplicate-address",
    text: "Two interfaces of one routing table have the same address or networks that overlap.",
    advice: "Give each interface a network of its own.",
    find: (spec, places) =>
      spec.virtualRouters.flatMap((router) =>
        overlaps(networksOf(router))
          .filter(([a, b]) => a.name !== b.name || a.address === b.address)
          .map(([a, b]) => [
            places.interface(b.name, router.name),
            a.address === b.address
              ? `${b.address} is also the address of interface ${a.name}`
              : `its network overlaps that of interface ${a.name}`,
          ]),
      ),
  },
  {
    id: "key-without-peer",
    text: "No peer can ever be asked for a pre-shared key.",
    advice: "Correct the peer or the local address of the key, or take it away.",
    find: (spec, places) => {
      if (spec.ipsecGateways.length === 0) return [];
      const gateways = gatewayIndex(spec);
      return spec.preSharedKeys
        .filter((key) => !gateways.meets(tableOf(key), peersOfKey(key)))
        .map((key) => [places.key(key), "no peer can match this key: nothing that terminates IPsec meets it"]);
    },
  },
  {
    id: "no-key-for-peer",
    text: "Peers that IPsec is terminated for have no pre-shared key.",
    advice: "Configure a key that covers the peer.",
    find: (spec, places) => {
      if (spec.preSharedKeys.length === 0 || spec.trustpoints !== undefined) return [];
      const keys = new PrefixIndex();
      for (const key of spec.preSharedKeys) keys.add(tableOf(key), peersOfKey(key));
      const isAlsoIpv4 = gatewaysBesideIpv4(spec);
      return spec.ipsecGateways
        .filter((gateway) => !meetsGateway(keys, gateway) && !isAlsoIpv4(gateway))
        .map((gateway) => [places.gateway(gateway), `no pre-shared key covers ${peersOf(gateway)}`]);
    },
  },
  {
    id: "no-client-phase-1",
    text: "No IKE policy is one that a known L2TP/IPsec client proposes.",
    advice: "Add a policy with 3DES, SHA and group 2, or AES 256, SHA and group 14.",
    find: (spec, places) => {
      const [first] = spec.ikePolicies;
      if (first === undefined || !servesClients(spec) || spec.ikePolicies.some(isOffered)) return [];
      return [[places.ikePolicy(first), `no known client proposes ${spec.ikePolicies.map(policyText).join(", nor ")}`]];
    },
  },
  {
    id: "no-client-phase-2",
    text: "No transform of an entry for clients is one that a known L2TP/IPsec client proposes.",
    advice: "Add a transform set with 3DES or AES and SHA.",
    find: (spec, places) =>
      clientGateways(spec)
        .filter(({ proposals }) => proposals.length > 0 && !proposals.some(isProposed))
        .map((gateway) => [
          places.gateway(gateway),
          `no known client proposes ${[...new Set(gateway.proposals.map(({ label }) => label))].join(" or ")}`,
        ]),
  },
  {
    id: "tunnel-mode-only",
    text: "An entry for clients accepts tunnel mode only; L2TP clients ask for transport mode.",
    advice: "Say `mode transport` in a transform set of the entry.",
    find: (spec, places) =>
      clientGateways(spec)
        .filter(({ proposals }) => proposals.length > 0 && proposals.every(({ mode }) => mode === "tunnel"))
        .map((gateway) => [places.gateway(gateway), "its transform sets are all in tunnel mode"]),
  },
  {
    id: "pfs-for-clients",
    text: "Perfect forward secrecy is demanded of clients; the clients of Windows, Apple and Android do not offer it.",
    advice: "Take `pfs` out of the entry for clients.",
    find: (spec, places) =>
      clientGateways(spec)
        .filter(({ pfsGroup }) => pfsGroup !== undefined)
        .map((gateway) => [places.gateway(gateway), "perfect forward secrecy is demanded of clients"]),
  },
  {
    id: "short-lifetime",
    text: "Keys live so shortly that clients spend their time renewing them.",
    advice: "Use an hour or more, and 100,000 kilobytes or more.",
    find: (spec, places) => [
      ...spec.ikePolicies
        .filter(({ lifetimeSeconds }) => lifetimeSeconds < SHORT_SECONDS)
        .map((policy): Told => [places.ikePolicy(policy), `phase 1 lives ${policy.lifetimeSeconds} seconds`]),
      ...spec.ipsecGateways
        .filter(({ lifetimeSeconds }) => lifetimeSeconds < SHORT_SECONDS)
        .map((gateway): Told => [places.gateway(gateway), `phase 2 lives ${gateway.lifetimeSeconds} seconds`]),
      ...spec.ipsecGateways
        .filter(({ lifetimeKilobytes }) => (lifetimeKilobytes ?? SHORT_KILOBYTES) < SHORT_KILOBYTES)
        .map((gateway): Told => [places.gateway(gateway), `phase 2 lives ${gateway.lifetimeKilobytes} kilobytes`]),
    ],
  },
  {
    id: "nobody-terminates-tunnels",
    text: "IPsec clients are let in and nothing takes their L2TP tunnels.",
    advice: "Configure a vpdn-group with accept-dialin, or an L2TP destination profile with a remote host.",
    find: (spec, places) => {
      const takers = new PrefixIndex();
      for (const profile of spec.lnsProfiles) {
        if (profile.transport !== "clear") takers.add(tableOf(profile), peersOfProfile(profile));
      }
      return clientGateways(spec)
        .filter((gateway) => !meetsGateway(takers, gateway))
        .map((gateway) => [places.gateway(gateway), `nothing here takes L2TP tunnels to ${gateway.localAddress}`]);
    },
  },
  {
    id: "unknown-tunnel-address",
    text: "Tunnels are taken at an address that no interface has.",
    advice: "Use the address of an interface of the same routing table.",
    find: (spec, places) => {
      const known = new Set(
        spec.virtualRouters.flatMap(({ interfaces }) =>
          interfaces.flatMap(({ address, ipv6 = [] }) => [address, ...ipv6].map((own) => own?.address)),
        ),
      );
      return spec.lnsProfiles.flatMap((profile) => {
        const { localAddress } = profile;
        return localAddress === undefined || known.has(localAddress)
          ? []
          : [[places.lnsProfile(profile), `no interface has the address ${localAddress}`]];
      });
    },
  },
  {
    id: "open-to-everybody",
    text: "Sessions need not authenticate.",
    advice: "Configure ppp authentication.",
    find: (spec, places) =>
      usedProfiles(spec)
        .filter(({ authentication }) => authentication.length === 0)
        .map((profile) => [places.pppProfile(profile), "no PPP authentication is asked for: everybody gets in"]),
  },
  {
    id: "nobody-can-authenticate",
    text: "Sessions must authenticate and no user could.",
    advice: "Configure users with passwords that can be read (not a hash), or let local users be asked.",
    find: (spec, places) => {
      const reasons = new Map(spec.virtualRouters.map((router) => [router.name, lockedOut(router)]));
      return usedProfiles(spec).flatMap((profile) => {
        const why = profile.authentication.length === 0 ? undefined : reasons.get(profile.virtualRouter);
        return why === undefined ? [] : [[places.pppProfile(profile), why]];
      });
    },
  },
  {
    id: "missing-pool",
    text: "Clients are to get addresses from a pool that does not exist.",
    advice: "Configure the pool, or name one that is there.",
    find: (spec, places) => {
      const leads = (spec.domainMaps ?? []).some((map) => map.pools.length > 0 || map.virtualRouter !== undefined);
      const lacking = usedProfiles(spec).filter(
        ({ pools, peerAddress }) => pools.length === 0 && peerAddress === undefined && !leads,
      );
      const asked = new Set(lacking.map(({ virtualRouter }) => virtualRouter));
      const routers = spec.virtualRouters.filter((router) => asked.has(router.name) && hasAddressesOfUsers(router));
      const own = new Set(routers.map(({ name }) => name));
      return lacking
        .filter(({ virtualRouter }) => !own.has(virtualRouter))
        .map((profile) => [
          places.pppProfile(profile),
          "there is no pool and no user with an address of his own: nobody gets one",
        ]);
    },
  },
  {
    id: "no-nat-traversal",
    text: "Clients may come from anywhere and NAT traversal is off: none of them can come from behind a NAT.",
    advice: "Turn NAT traversal on again.",
    find: (spec, places) => {
      const off = new Set(spec.virtualRouters.filter((router) => !router.natTraversal).map(({ name }) => name));
      return clientGateways(spec)
        .filter(({ ignoreUdpChecksums, virtualRouter }) => !ignoreUdpChecksums && off.has(virtualRouter))
        .map((gateway) => [places.gateway(gateway), "clients behind a NAT cannot come: NAT traversal is off"]);
    },
  },
  {
    id: "nobody-brings-tunnels",
    text: "Tunnels are taken under IPsec only, and nothing terminates IPsec where they are taken.",
    advice: "Terminate IPsec at the same address, in the same virtual router.",
    find: (spec, places) => {
      const gateways = gatewayIndex(spec);
      return spec.lnsProfiles
        .filter(({ transport }) => transport === "ipsec")
        .filter((profile) => !gateways.meets(tableOf(profile), peersOfProfile(profile)))
        .map((profile) => [
          places.lnsProfile(profile),
          `nothing terminates IPsec at ${profile.localAddress ?? "an address"} of its virtual router for these peers`,
        ]);
    },
  },
];

const SHORT_SECONDS = 300;
const SHORT_KILOBYTES = 10_000;

/** Ranges of the pools from which sessions of a virtual router get addresses. */
function drawnRanges({ pppProfiles }: RouterSpec): (router: VirtualRouterSpec) => SpanIndex<PoolRange> {
  const profiles = Map.groupBy(pppProfiles, ({ virtualRouter }) => virtualRouter);
  const ranges = new WeakMap<readonly PoolSpec[], ReadonlyMap<string, readonly PoolRange[]>>();
  return ({ name, pools }) => {
    const byPool = ranges.get(pools) ?? Map.groupBy(rangesOf(pools), ({ pool }) => pool);
    ranges.set(pools, byPool);
    // Profiles and routing tables may share their lists.
    const lists = new Set((profiles.get(name) ?? []).map((profile) => profile.pools));
    const index = new SpanIndex<PoolRange>();
    for (const pool of new Set([...lists].flat())) {
      for (const range of byPool.get(pool) ?? []) index.set(range, undefined, [range]);
    }
    return index;
  };
}

/** Who is for one address of a virtual router alone, or for all of it. */
function tableOf(of: { readonly virtualRouter: string; readonly localAddress: Address | undefined }): string {
  return of.localAddress === undefined ? of.virtualRouter : `${of.virtualRouter} ${of.localAddress}`;
}

/** For those who ask for a gateway, wherever it is or at one address. */
function gatewayIndex({ ipsecGateways }: RouterSpec): PrefixIndex {
  const index = new PrefixIndex();
  for (const { virtualRouter, localAddress, remote } of ipsecGateways) {
    index.add(virtualRouter, remote);
    index.add(tableOf({ virtualRouter, localAddress }), remote);
  }
  return index;
}

/** Whether somebody who is for its virtual router or for its address has peers in common with it. */
function meetsGateway(index: PrefixIndex, { virtualRouter, localAddress, remote }: IpsecGatewaySpec): boolean {
  return index.meets(virtualRouter, remote) || index.meets(tableOf({ virtualRouter, localAddress }), remote);
}

/** A key for a name is for whoever says the name. */
function peersOfKey({ peer }: PreSharedKeySpec): Prefix | undefined {
  return "hostname" in peer ? undefined : peer.prefix;
}

function peersOfProfile({ remote }: LnsProfileSpec): Prefix | undefined {
  return remote.length === 0 ? undefined : remote;
}

function hasAddressesOfUsers({ users }: VirtualRouterSpec): boolean {
  return users.some(
    (user) => user.address !== undefined || user.pool !== undefined || user.virtualRouter !== undefined,
  );
}

/** An IPv6 end beside one of IPv4: the interface has an address of either family, which does not say that clients use both. */
function gatewaysBesideIpv4({ ipsecGateways }: RouterSpec): (gateway: IpsecGatewaySpec) => boolean {
  const place = ({ virtualRouter, interfaceName }: IpsecGatewaySpec): string => `${virtualRouter} ${interfaceName}`;
  const ofIpv4 = new Set(ipsecGateways.filter(({ localAddress }) => !isIpv6(localAddress)).map(place));
  return (gateway) => isIpv6(gateway.localAddress) && ofIpv4.has(place(gateway));
}

/** Where anybody may come from: clients, not another router. */
function clientGateways(spec: RouterSpec): readonly IpsecGatewaySpec[] {
  return spec.ipsecGateways.filter(({ remote }) => remote.length === 0);
}

function servesClients(spec: RouterSpec): boolean {
  return clientGateways(spec).length > 0;
}

function peersOf({ remote }: IpsecGatewaySpec): string {
  return remote.length === 0 ? "its clients" : remote.address;
}

function isOffered(policy: IkePolicySpec): boolean {
  return knownClients.some(({ phase1 }) =>
    phase1.some(
      (offer) =>
        offer.encryption === policy.encryption &&
        offer.keyBits === policy.keyBits &&
        offer.hash === policy.hash &&
        offer.group === policy.group,
    ),
  );
}

function policyText({ encryption, keyBits, hash, group, authentication }: IkePolicySpec): string {
  const cipher = `${encryption}${keyBits === 0 ? "" : ` ${keyBits}`}`;
  const method = authentication === "preShared" ? "" : ", RSA signatures";
  return `${cipher} with ${hash}, group ${group}${method}`;
}

function isProposed(proposal: IpsecGatewaySpec["proposals"][number]): boolean {
  return knownClients.some(({ phase2 }) =>
    phase2.some(
      (offer) =>
        offer.cipher === proposal.cipher &&
        offer.keyBits === proposal.keyBits &&
        offer.integrity === proposal.integrity,
    ),
  );
}

function usedProfiles(spec: RouterSpec): readonly PppProfileSpec[] {
  const used = new Set(spec.lnsProfiles.map(({ pppProfile }) => pppProfile));
  return spec.pppProfiles.filter(({ name }) => used.has(name));
}

/** Why nobody could pass who must authenticate; `undefined` when somebody could. */
function lockedOut({ pppAuthenticationMethods: methods, users }: VirtualRouterSpec): string | undefined {
  if (methods.includes("none")) return undefined;
  if (methods.length === 0) return "no method that could authenticate a client is asked";
  if (users.length === 0) return "clients must authenticate and no user is configured";
  if (users.every(({ password }) => password === undefined)) {
    return "every user's password is a hash or missing, and PPP cannot authenticate by that";
  }
  return undefined;
}
