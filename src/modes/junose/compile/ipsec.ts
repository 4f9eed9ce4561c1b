/** IKE policies, pre-shared keys and the places where IPsec is terminated. */

import { type Address, ANY_ADDRESS, ANY_PREFIX, type Prefix } from "../../../engine/kernel/address.ts";
import type {
  DeadPeerDetectionSpec,
  DhGroup,
  EspProposalSpec,
  IkePolicySpec,
  IpsecGatewaySpec,
  PreSharedKeySpec,
  RouterSpec,
  TrustpointSpec,
} from "../../../engine/spec.ts";
import type { ConfigNode } from "../../../grammar/declaration.ts";
import { revocation } from "../commands/certificates.ts";
import {
  ikeAddress,
  ikeAggressiveMode,
  ikeAuthentication,
  ikeEncryption,
  ikeGroup,
  ikeHash,
  ikeLifetime,
  ikePolicyRule,
} from "../commands/ike-policy.ts";
import { deadPeerDetection, invalidCookie, KILOBYTES, SECONDS, transformSet } from "../commands/ipsec.ts";
import {
  application,
  groupKey,
  localAddress,
  pfsGroup,
  profileTransforms,
  transportKilobytes,
  transportProfile,
  transportSeconds,
} from "../commands/ipsec-transport-profile.ts";
import { keyOf, keyText, manualKey } from "../commands/manual-key.ts";
import { KEY_PAIR } from "../key-pair.ts";
import { DEFAULT_TRANSFORMS, proposalOf, type TransformName } from "../transforms.ts";
import { type Configuration, routerNames, routerOf } from "./configuration.ts";
import type { Routers } from "./routers.ts";
import { isStated, standing, stated } from "./standing.ts";

type Warn = (text: string) => void;
type ProfileNode = ReturnType<typeof profilesOf>[number];

const GROUPS = { "1": 1, "2": 2, "5": 5 } as const satisfies Record<string, DhGroup>;

/** Packets; the box does not say how large its window is. */
const REPLAY_WINDOW = 64;

/** The intervals are not configurable on the box; these keep a dead client no longer than a hello would. */
const DEAD_PEER_DETECTION: DeadPeerDetectionSpec = { intervalSeconds: 60, retrySeconds: 10, mode: "onDemand" };

/** The rule that is there when none is configured. */
export const BUILT_IN_POLICY: IkePolicySpec = {
  priority: 10_000,
  encryption: "3des",
  keyBits: 0,
  hash: "sha1",
  group: 2,
  authentication: "preShared",
  lifetimeSeconds: 28_800,
};

export function ikePolicies({ chassis }: Configuration): IkePolicySpec[] {
  const policies = chassis.all(ikePolicyRule).map((rule): IkePolicySpec => {
    const { method } = standing(chassis, ikeAuthentication, rule);
    const { priority } = rule.values;
    return {
      priority,
      encryption: standing(chassis, ikeEncryption, rule).cipher,
      keyBits: 0,
      hash: standing(chassis, ikeHash, rule).hash === "md5" ? "md5" : "sha1",
      group: GROUPS[standing(chassis, ikeGroup, rule).group],
      authentication: method === "rsa-sig" ? "rsaSignature" : "preShared",
      lifetimeSeconds: standing(chassis, ikeLifetime, rule).seconds,
      ...aggressiveMode(stated(chassis, ikeAggressiveMode, rule)),
      ...boundTo(stated(chassis, ikeAddress, rule)),
    };
  });
  return policies.length === 0 ? [BUILT_IN_POLICY] : policies.sort((a, b) => a.priority - b.priority);
}

/** The certificates in the files, where a rule asks for signatures: which of them is ours, the key pair says. */
export function certificates({ chassis }: Configuration): Pick<RouterSpec, "trustpoints" | "signatureIdentity"> {
  const isAsked = chassis
    .all(ikePolicyRule)
    .some((rule) => standing(chassis, ikeAuthentication, rule).method === "rsa-sig");
  if (!isAsked) return {};
  const trustpoint: TrustpointSpec = {
    name: "ipsec",
    certificates: [],
    usesDatabase: true,
    keyPair: KEY_PAIR,
    revocation: standing(chassis, revocation).use,
    conditions: [],
  };
  return { trustpoints: [trustpoint], signatureIdentity: "distinguishedName" };
}

function aggressiveMode(
  values: { readonly use: "accepted" | "requested" | "required" } | undefined,
): Pick<IkePolicySpec, "aggressiveMode"> {
  return values === undefined ? {} : { aggressiveMode: values.use };
}

function boundTo(
  values: { readonly address: Address; readonly virtualRouter?: string } | undefined,
): Pick<IkePolicySpec, "boundTo"> {
  return values === undefined ? {} : { boundTo: { address: values.address, virtualRouter: values.virtualRouter } };
}

/** Keys of single peers, then the group keys of transport profiles. */
export function preSharedKeys(configuration: Configuration): PreSharedKeySpec[] {
  return [...manualKeys(configuration), ...groupKeys(configuration)];
}

function manualKeys(configuration: Configuration): PreSharedKeySpec[] {
  return routerNames(configuration).flatMap((name) => manualKeysOf(configuration, name));
}

function manualKeysOf(configuration: Configuration, virtualRouter: string): PreSharedKeySpec[] {
  const tree = routerOf(configuration, virtualRouter);
  return tree.all(manualKey).flatMap((node): PreSharedKeySpec[] => {
    const key = keyOf(stated(tree, keyText, node) ?? {});
    const { address, fqdn, userFqdn } = node.values;
    const hostname = fqdn ?? userFqdn;
    const peer =
      address !== undefined ? { prefix: prefixOf(address) } : hostname !== undefined ? { hostname } : undefined;
    if (key === undefined || peer === undefined) return [];
    return [{ virtualRouter, peer, localAddress: undefined, key, group: false, label: "manual" }];
  });
}

function groupKeys(configuration: Configuration): PreSharedKeySpec[] {
  const { chassis } = configuration;
  return profilesOf(configuration).flatMap(({ node, name, virtualRouter, remote }) =>
    chassis.under(node, localAddress).flatMap((local): PreSharedKeySpec[] => {
      const key = keyOf(stated(chassis, groupKey, local) ?? {});
      if (key === undefined) return [];
      const { address } = local.values;
      return [{ virtualRouter, peer: { prefix: remote }, localAddress: address, key, group: true, label: name }];
    }),
  );
}

export function ipsecGateways(configuration: Configuration, routers: Routers, warn: Warn): IpsecGatewaySpec[] {
  const { chassis } = configuration;
  const withKeys = new Set(routerNames(configuration).filter((name) => manualKeysOf(configuration, name).length > 0));
  const bySignatures = ikePolicies(configuration).every(({ authentication }) => authentication === "rsaSignature");
  return profilesOf(configuration).flatMap((profile) => {
    const where = `IPsec transport profile ${profile.name}`;
    const { applications } = standing(chassis, application, profile.node);
    if (!applications.some((name) => name.startsWith("l2tp"))) {
      warn(`${where}: none of its applications is L2TP, which is all that is carried`);
      return [];
    }
    const router = routers.get(profile.virtualRouter);
    if (router === undefined) {
      warn(`${where}: virtual router ${profile.virtualRouter} does not exist`);
      return [];
    }
    const proposals = proposalsOf(configuration, profile, (text) => warn(`${where}: ${text}`));
    const locals = chassis.under(profile.node, localAddress);
    if (locals.length === 0) warn(`${where}: it has no \`local ip address\`, so nobody can connect to it`);
    if (proposals.length === 0) return [];
    const hasKeys = bySignatures || withKeys.has(router.name);
    for (const local of locals) {
      if (hasKeys || isStated(chassis, groupKey, local)) continue;
      warn(`${where}: ${local.values.address} has no \`pre-share\`, and virtual router ${router.name} no manual keys`);
    }
    const asksPeers = isStated(routerOf(configuration, router.name), deadPeerDetection);
    const answersCookies = isStated(routerOf(configuration, router.name), invalidCookie);
    const pfs = stated(chassis, pfsGroup, profile.node)?.group;
    return locals.map(({ values: { address } }, index): IpsecGatewaySpec => {
      const port = routers.portWith(router, address);
      if (port === undefined)
        warn(`${where}: no interface of virtual router ${router.name} has the address ${address}`);
      return {
        virtualRouter: router.name,
        localAddress: address,
        remote: profile.remote,
        interfaceName: port?.name ?? "",
        proposals,
        ...lifetimesOf(configuration, profile.node),
        pfsGroup: pfs === undefined ? undefined : GROUPS[pfs],
        ...(asksPeers ? { deadPeerDetection: DEAD_PEER_DETECTION } : {}),
        ...(answersCookies ? { answersUnknownCookies: true } : {}),
        separation: "perConnection",
        replayWindow: REPLAY_WINDOW,
        ignoreUdpChecksums: applications.includes("l2tp-nat-passthrough"),
        label: { map: profile.name, sequence: index, dynamicMap: undefined, dynamicSequence: undefined },
      };
    });
  });
}

/** The most that a peer may ask for: the upper end of the profile's range. */
function lifetimesOf(
  { chassis }: Configuration,
  profile: ConfigNode,
): Pick<IpsecGatewaySpec, "lifetimeSeconds" | "lifetimeKilobytes"> {
  const seconds = stated(chassis, transportSeconds, profile);
  const kilobytes = stated(chassis, transportKilobytes, profile);
  const limit = kilobytes?.max ?? kilobytes?.min ?? KILOBYTES.max;
  return {
    lifetimeSeconds: seconds?.max ?? seconds?.min ?? SECONDS.max,
    lifetimeKilobytes: limit === KILOBYTES.max ? undefined : limit,
  };
}

function proposalsOf({ chassis }: Configuration, profile: ProfileNode, warn: Warn): EspProposalSpec[] {
  const asked = stated(chassis, profileTransforms, profile.node);
  const set = asked?.name === undefined ? undefined : chassis.find(transformSet, { name: asked.name });
  if (asked?.name !== undefined && set === undefined) {
    warn(`transform set ${asked.name} does not exist`);
    return [];
  }
  const names: readonly TransformName[] = set?.values.transforms ?? asked?.transforms ?? DEFAULT_TRANSFORMS;
  const proposals = names.flatMap((name) => proposalOf(name, set?.values.name ?? name) ?? []);
  if (proposals.length < names.length) warn("AH is not spoken; only its ESP transforms are offered");
  return proposals;
}

interface Profile {
  readonly node: ConfigNode;
  readonly name: string;
  readonly virtualRouter: string;
  readonly remote: Prefix;
}

function profilesOf({ chassis }: Configuration): Profile[] {
  return chassis.all(transportProfile).flatMap((node) => {
    const { name, virtualRouter, address } = node.values;
    if (virtualRouter === undefined || address === undefined) return [];
    return [{ node, name, virtualRouter, remote: prefixOf(address) }];
  });
}

/** An address stands for itself; 0.0.0.0 for every address. */
export function prefixOf(address: Address): Prefix {
  return address === ANY_ADDRESS ? ANY_PREFIX : { address, length: 32 };
}
