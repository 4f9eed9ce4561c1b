/**
 * What can be told from the specification alone, and so of both dialects: addresses that are given away twice, keys and
 * policies that meet nobody, sessions that cannot authenticate. Each rule is a row of one table.
 */

import { knownClients } from "../../../engine/client/known-offers.ts";
import { ipv4ToNumber, isIpv6, prefixContains } from "../../../engine/kernel/address.ts";
import type { LnsProfileSpec } from "../../../engine/l2tp-spec.ts";
import type { PppProfileSpec } from "../../../engine/ppp-spec.ts";
import type {
  IkePolicySpec,
  IpsecGatewaySpec,
  PreSharedKeySpec,
  RouterSpec,
  VirtualRouterSpec,
} from "../../../engine/spec.ts";
import { networksOf, overlaps, rangesOf, within } from "./address-ranges.ts";
import type { Finding, Place, Rule } from "./finding.ts";

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
      spec.virtualRouters.flatMap((router) =>
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
    find: (spec, places) =>
      spec.virtualRouters.flatMap((router) =>
        router.interfaces.flatMap(({ name, address }) =>
          address === undefined
            ? []
            : rangesOf(router.pools)
                .filter(({ pool }) => draws(spec, pool, router.name))
                .filter(({ first, last }) => within(ipv4ToNumber(address.address), first, last))
                .map(
                  ({ pool, text }): Told => [
                    places.pool(pool, router.name),
                    `${text} holds ${address.address} of interface ${name}`,
                  ],
                ),
        ),
      ),
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
    find: (spec, places) =>
      spec.ipsecGateways.length === 0
        ? []
        : spec.preSharedKeys
            .filter((key) => !spec.ipsecGateways.some((gateway) => serves(key, gateway)))
            .map((key) => [places.key(key), "no peer can match this key: nothing that terminates IPsec meets it"]),
  },
  {
    id: "no-key-for-peer",
    text: "Peers that IPsec is terminated for have no pre-shared key.",
    advice: "Configure a key that covers the peer.",
    find: (spec, places) =>
      spec.preSharedKeys.length === 0 || spec.trustpoints !== undefined
        ? []
        : spec.ipsecGateways
            .filter((gateway) => !spec.preSharedKeys.some((key) => serves(key, gateway)))
            .filter((gateway) => !isAlsoIpv4(gateway, spec))
            .map((gateway) => [places.gateway(gateway), `no pre-shared key covers ${peersOf(gateway)}`]),
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
    find: (spec, places) =>
      clientGateways(spec)
        .filter(
          (gateway) => !spec.lnsProfiles.some((profile) => profile.transport !== "clear" && meet(profile, gateway)),
        )
        .map((gateway) => [places.gateway(gateway), "nothing here takes L2TP tunnels"]),
  },
  {
    id: "unknown-tunnel-address",
    text: "Tunnels are taken at an address that no interface has.",
    advice: "Use the address of an interface of the same routing table.",
    find: (spec, places) =>
      spec.lnsProfiles.flatMap((profile) => {
        const { localAddress } = profile;
        const known = spec.virtualRouters.some(({ interfaces }) =>
          interfaces.some(({ address, ipv6 = [] }) => [address, ...ipv6].some((own) => own?.address === localAddress)),
        );
        return localAddress === undefined || known
          ? []
          : [[places.lnsProfile(profile), `no interface has the address ${localAddress}`]];
      }),
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
    find: (spec, places) =>
      usedProfiles(spec).flatMap((profile) => {
        const router = spec.virtualRouters.find(({ name }) => name === profile.virtualRouter);
        const why = router === undefined ? undefined : lockedOut(profile, router);
        return why === undefined ? [] : [[places.pppProfile(profile), why]];
      }),
  },
  {
    id: "missing-pool",
    text: "Clients are to get addresses from a pool that does not exist.",
    advice: "Configure the pool, or name one that is there.",
    find: (spec, places) =>
      usedProfiles(spec)
        .filter((profile) => !addressesFor(spec, profile))
        .map((profile) => [
          places.pppProfile(profile),
          "there is no pool and no user with an address of his own: nobody gets one",
        ]),
  },
  {
    id: "no-nat-traversal",
    text: "Clients may come from anywhere and NAT traversal is off: none of them can come from behind a NAT.",
    advice: "Turn NAT traversal on again.",
    find: (spec, places) =>
      clientGateways(spec)
        .filter(({ ignoreUdpChecksums }) => !ignoreUdpChecksums)
        .filter(({ virtualRouter }) =>
          spec.virtualRouters.some(({ name, natTraversal }) => name === virtualRouter && !natTraversal),
        )
        .map((gateway) => [places.gateway(gateway), "clients behind a NAT cannot come: NAT traversal is off"]),
  },
  {
    id: "nobody-brings-tunnels",
    text: "Tunnels are taken under IPsec only, and nothing terminates IPsec where they are taken.",
    advice: "Terminate IPsec at the same address, in the same virtual router.",
    find: (spec, places) =>
      spec.lnsProfiles
        .filter(({ transport }) => transport === "ipsec")
        .filter((profile) => !spec.ipsecGateways.some((gateway) => meet(profile, gateway)))
        .map((profile) => [
          places.lnsProfile(profile),
          `nothing terminates IPsec at ${profile.localAddress ?? "an address"} of its virtual router for these peers`,
        ]),
  },
];

const SHORT_SECONDS = 300;
const SHORT_KILOBYTES = 10_000;

/** Sessions of this virtual router get addresses from the pool. */
function draws(spec: RouterSpec, pool: string, router: string): boolean {
  return spec.pppProfiles.some(({ pools, virtualRouter }) => virtualRouter === router && pools.includes(pool));
}

function serves(key: PreSharedKeySpec, gateway: IpsecGatewaySpec): boolean {
  if (key.virtualRouter !== gateway.virtualRouter) return false;
  if (key.localAddress !== undefined && key.localAddress !== gateway.localAddress) return false;
  if ("hostname" in key.peer) return true;
  const { prefix } = key.peer;
  return prefixContains(prefix, gateway.remote.address) || prefixContains(gateway.remote, prefix.address);
}

/** Whether a session of the profile may be given an address, there or where its user's domain leads. */
function addressesFor(spec: RouterSpec, { pools, peerAddress, virtualRouter }: PppProfileSpec): boolean {
  const users = spec.virtualRouters.find(({ name }) => name === virtualRouter)?.users ?? [];
  const leads = (spec.domainMaps ?? []).some((map) => map.pools.length > 0 || map.virtualRouter !== undefined);
  return (
    pools.length > 0 ||
    peerAddress !== undefined ||
    leads ||
    users.some((user) => user.address !== undefined || user.pool !== undefined || user.virtualRouter !== undefined)
  );
}

/** An IPv6 end beside one of IPv4: the interface has an address of either family, which does not say that clients use both. */
function isAlsoIpv4({ localAddress, interfaceName, virtualRouter }: IpsecGatewaySpec, spec: RouterSpec): boolean {
  return (
    isIpv6(localAddress) &&
    spec.ipsecGateways.some(
      (other) =>
        other.interfaceName === interfaceName && other.virtualRouter === virtualRouter && !isIpv6(other.localAddress),
    )
  );
}

/** Whether who comes through the gateway can bring a tunnel that the profile takes. */
function meet(profile: LnsProfileSpec, gateway: IpsecGatewaySpec): boolean {
  return (
    profile.virtualRouter === gateway.virtualRouter &&
    (profile.localAddress === undefined || profile.localAddress === gateway.localAddress) &&
    (profile.remote.length === 0 ||
      prefixContains(profile.remote, gateway.remote.address) ||
      prefixContains(gateway.remote, profile.remote.address))
  );
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

/** Why nobody could pass; `undefined` when somebody could, or when nobody must. */
function lockedOut({ authentication }: PppProfileSpec, router: VirtualRouterSpec): string | undefined {
  const { pppAuthenticationMethods: methods, users } = router;
  if (authentication.length === 0 || methods.includes("none")) return undefined;
  if (methods.length === 0) return "no method that could authenticate a client is asked";
  if (users.length === 0) return "clients must authenticate and no user is configured";
  if (users.every(({ password }) => password === undefined)) {
    return "every user's password is a hash or missing, and PPP cannot authenticate by that";
  }
  return undefined;
}
