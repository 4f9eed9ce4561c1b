/** L2TP of the chassis, who may open tunnels, and the profiles their sessions are made from. */

import type { L2tpDestinationSpec, L2tpSystemSpec, LnsProfileSpec } from "../../../engine/l2tp-spec.ts";
import type { PppAuthentication, PppProfileSpec } from "../../../engine/ppp-spec.ts";
import type { IpsecGatewaySpec } from "../../../engine/spec.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { interfaceText } from "../../../grammar/arguments.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import {
  administrativeState,
  checksum,
  destinationState,
  destructTimeout,
  disableChallenge,
  disconnectCause,
  idleTimeout,
  ignoreSequencing,
  retransmission,
} from "../commands/l2tp.ts";
import {
  destinationProfile,
  enableIpsec,
  groupMaxSessions,
  hostDisconnectCause,
  hostLimitGroup,
  hostMaxSessions,
  hostProfile,
  localAddress,
  localHost,
  profileMaxSessions,
  proxyAuthenticate,
  proxyLcp,
  remoteHost,
  resultCodeOverride,
  sessionsLimitGroup,
  singleShot,
  tunnelPassword,
} from "../commands/l2tp-destination-profile.ts";
import {
  pppAaaProfile,
  pppAuthentication,
  pppAuthenticationRetries,
  pppChallengeLength,
  pppKeepalive,
  pppMru,
  profile,
  profileAddress,
  profileMss,
  profileMtu,
  profileRouter,
  profileUnnumbered,
} from "../commands/profile.ts";
import { type Configuration, hostnameOf, routerNames, routerOf } from "./configuration.ts";
import { domainRules } from "./domain-maps.ts";
import { prefixOf } from "./ipsec.ts";
import type { Routers } from "./routers.ts";
import { isStated, standing, stated } from "./standing.ts";

type Warn = (text: string) => void;

/** RFC 2661 §5.8: the first pause is a second, each next one twice as long, up to eight seconds. */
const RETRANSMIT_SECONDS = { min: 1, max: 8 } as const;
const HELLO_SECONDS = 60;
/** The only window size there is. */
const RECEIVE_WINDOW = 4;
const KEEPALIVE_RETRIES = 3;
const LARGEST_MRU = 1500;
/** Host name in a `remote host` line that stands for every name without a line of its own. */
const ANY_HOST = "default";

export function l2tpSystem({ chassis }: Configuration): L2tpSystemSpec {
  const retries = (tunnels: "established" | "not-established"): number => {
    const typed = chassis.all(retransmission).map((node) => node.values);
    const own =
      typed.find((values) => values.tunnels === tunnels) ?? typed.find((values) => values.tunnels === undefined);
    return own?.count ?? retransmission.initial?.count ?? 0;
  };
  const state = stated(chassis, administrativeState)?.state;
  const destinations = chassis
    .all(destinationState)
    .flatMap(({ values: { virtualRouter, address, state: said } }): L2tpDestinationSpec[] =>
      address === undefined ? [] : [{ virtualRouter, address, state: said === "drain" ? "draining" : "disabled" }],
    );
  return {
    enabled: state !== "shutdown",
    draining: state === "drain",
    ...(destinations.length === 0 ? {} : { destinations }),
    idleTimeoutSeconds: standing(chassis, idleTimeout).seconds,
    destructTimeoutSeconds: standing(chassis, destructTimeout).seconds,
    retransmitRetriesEstablished: retries("established"),
    retransmitRetriesNotEstablished: retries("not-established"),
    retransmitTimeoutSeconds: RETRANSMIT_SECONDS,
    ignoreUdpChecksums: !isStated(chassis, checksum),
  };
}

export interface Profiles {
  readonly lns: readonly LnsProfileSpec[];
  readonly ppp: readonly PppProfileSpec[];
}

/** One LNS profile for each remote host, most specific first, and a PPP profile for each virtual router that uses one. */
export function profiles(
  configuration: Configuration,
  routers: Routers,
  gateways: readonly IpsecGatewaySpec[],
  warn: Warn,
): Profiles {
  const covered = new Set(
    gateways.flatMap(({ virtualRouter, localAddress: own }) => [virtualRouter, `${virtualRouter} ${own}`]),
  );
  const isCovered = ({ virtualRouter, localAddress: own }: LnsProfileSpec): boolean =>
    covered.has(own === undefined ? virtualRouter : `${virtualRouter} ${own}`);
  // Many hosts have one profile.
  const known = new Map<string, PppProfileSpec | undefined>();
  const pppProfileOf = (name: string, usedIn: string): PppProfileSpec | undefined => {
    const key = JSON.stringify([name, usedIn]);
    if (!known.has(key)) known.set(key, pppProfile(configuration, routers, name, usedIn, warn));
    return known.get(key);
  };
  const ppp = new Map<string, PppProfileSpec>();
  const lns = routerNames(configuration).flatMap((tree) =>
    routerOf(configuration, tree)
      .all(destinationProfile)
      .flatMap((node) => {
        const reader = routerOf(configuration, tree);
        const virtualRouter = node.values.virtualRouter ?? tree;
        const where = `L2TP destination profile ${node.values.name}`;
        const hosts = reader.under(node, remoteHost);
        if (routers.get(virtualRouter) === undefined) {
          warn(`${where}: virtual router ${virtualRouter} does not exist`);
          return [];
        }
        if (hosts.length === 0) warn(`${where}: it has no \`remote host\`, so it accepts nobody`);
        const limits = limitsOf(reader, node, virtualRouter);
        return hosts.map((host): LnsProfileSpec => {
          const spec = lnsProfile(configuration, reader, { node, host, virtualRouter });
          const name = stated(reader, hostProfile, host)?.name;
          const whereHost = `${where} host ${host.values.name}`;
          const shared = sharedLimits(stated(reader, hostLimitGroup, host)?.name, limits);
          if (shared.missing !== undefined)
            warn(`${whereHost}: ${where} has no sessions-limit-group ${shared.missing}`);
          const made = name === undefined ? undefined : pppProfileOf(name, virtualRouter);
          if (name === undefined) warn(`${whereHost}: it names no \`profile\`, so its sessions are refused`);
          else if (made === undefined) warn(`${whereHost}: profile ${name} does not exist`);
          else ppp.set(made.name, made);
          if (spec.transport === "ipsec" && !isCovered(spec)) {
            warn(`${whereHost}: no IPsec transport profile for L2TP covers ${spec.localAddress ?? virtualRouter}`);
          }
          return { ...spec, ...shared.limits, pppProfile: made?.name ?? name ?? "" };
        });
      }),
  );
  return { lns: lns.sort((a, b) => specificity(b) - specificity(a)), ppp: [...ppp.values()] };
}

function specificity(spec: LnsProfileSpec): number {
  return (
    spec.remote.length * 4 + (spec.remoteHostName === undefined ? 0 : 2) + (spec.localAddress === undefined ? 0 : 1)
  );
}

interface Host {
  readonly node: ConfigNode & { readonly values: { readonly name: string; readonly address?: string | undefined } };
  readonly host: ConfigNode & { readonly values: { readonly name: string } };
  readonly virtualRouter: string;
}

/** The limits of a destination profile: as a whole, and of its groups by name, which may say none. */
interface Limits {
  readonly of: string;
  readonly whole: number | undefined;
  readonly groups: ReadonlyMap<string, number | undefined>;
}

function limitsOf(
  reader: ConfigReader,
  node: ConfigNode & { readonly values: { readonly name: string } },
  virtualRouter: string,
): Limits {
  const groups = reader.under(node, sessionsLimitGroup);
  return {
    of: `${virtualRouter === DEFAULT_ROUTER ? "" : `${virtualRouter}:`}${node.values.name}`,
    whole: stated(reader, profileMaxSessions, node)?.count,
    groups: new Map(groups.map((group) => [group.values.name, stated(reader, groupMaxSessions, group)?.count])),
  };
}

/** The limit of the destination profile stands before that of the group that the host names. */
function sharedLimits(
  named: string | undefined,
  { of: whole, whole: most, groups }: Limits,
): { readonly limits: Pick<LnsProfileSpec, "sharedLimits">; readonly missing: string | undefined } {
  const sharedLimits = [
    { of: `${whole} as a whole`, maxSessions: most },
    { of: `group ${named} of ${whole}`, maxSessions: named === undefined ? undefined : groups.get(named) },
  ].flatMap(({ of, maxSessions }) => (maxSessions === undefined ? [] : [{ of, maxSessions }]));
  return {
    limits: sharedLimits.length === 0 ? {} : { sharedLimits },
    missing: named === undefined || groups.has(named) ? undefined : named,
  };
}

function lnsProfile(configuration: Configuration, tree: ConfigReader, { node, host, virtualRouter }: Host) {
  const password = stated(tree, tunnelPassword, host)?.password;
  return {
    name: node.values.name,
    virtualRouter,
    remote: prefixOf(node.values.address ?? ""),
    remoteHostName: host.values.name === ANY_HOST ? undefined : host.values.name,
    localAddress: stated(tree, localAddress, host)?.address,
    localHostName: stated(tree, localHost, host)?.name ?? hostnameOf(configuration),
    tunnelPassword: password,
    tunnelAuthentication: password !== undefined && !isStated(configuration.chassis, disableChallenge),
    transport: isStated(tree, enableIpsec, host) ? "ipsec" : "clear",
    singleShot: isStated(tree, singleShot, host),
    helloSeconds: HELLO_SECONDS,
    receiveWindow: RECEIVE_WINDOW,
    pppProfile: "",
    maxSessions: stated(tree, hostMaxSessions, host)?.count,
    resultCodeOverride: isStated(tree, resultCodeOverride, host),
    disconnectCause: isStated(tree, hostDisconnectCause, host) || isStated(configuration.chassis, disconnectCause),
    dropsLateData: !isStated(configuration.chassis, ignoreSequencing),
    ...(isStated(tree, proxyLcp, host) ? {} : { proxyLcp: "fitting" }),
    proxyAuthentication: isStated(tree, proxyAuthenticate, host),
  } satisfies LnsProfileSpec;
}

/** `undefined` when there is no such profile. Sessions stand where it says, else in the destination profile's router. */
function pppProfile(
  configuration: Configuration,
  routers: Routers,
  name: string,
  usedIn: string,
  warn: Warn,
): PppProfileSpec | undefined {
  const { chassis } = configuration;
  const node = chassis.find(profile, { name });
  if (node === undefined) return undefined;
  const where = `profile ${name}`;
  const virtualRouter = stated(chassis, profileRouter, node)?.name ?? usedIn;
  const router = routers.get(virtualRouter);
  if (router === undefined) warn(`${where}: virtual router ${virtualRouter} does not exist`);
  const lender = stated(chassis, profileUnnumbered, node)?.interface;
  const unnumbered = lender === undefined ? undefined : interfaceText(lender, " ");
  const lent = router && unnumbered !== undefined ? routers.port(router, unnumbered)?.address?.address : undefined;
  const localAddress = lent ?? stated(chassis, profileAddress, node)?.address;
  if (unnumbered !== undefined && lent === undefined) {
    warn(`${where}: ${unnumbered} has no address in virtual router ${virtualRouter}`);
  } else if (localAddress === undefined) {
    warn(`${where}: it has no address of its own; configure \`ip unnumbered\``);
  }
  const asked = stated(chassis, pppAuthentication, node);
  const authentication = (asked?.protocols ?? []).flatMap((protocol): PppAuthentication[] =>
    protocol === "eap" ? [] : [protocol],
  );
  const askedRouter = asked?.virtualRouter;
  const authenticating = routers.get(askedRouter ?? virtualRouter);
  if (askedRouter !== undefined && authenticating === undefined) {
    warn(`${where}: virtual router ${askedRouter} does not exist`);
  }
  if (authentication.length > 0 && authenticating?.pppAuthenticationMethods.length === 0) {
    warn(
      `${where}: virtual router ${authenticating.name} authenticates PPP users by RADIUS, which is not spoken; ` +
        "configure `aaa authentication ppp default local`",
    );
  }
  const aaaProfileName = stated(chassis, pppAaaProfile, node)?.name;
  const rules = aaaProfileName === undefined ? undefined : domainRules(configuration, aaaProfileName);
  if (aaaProfileName !== undefined && rules === undefined)
    warn(`${where}: AAA profile ${aaaProfileName} does not exist`);
  const mru = standing(chassis, pppMru, node).octets;
  const ipMtu = standing(chassis, profileMtu, node).octets ?? 0;
  const tcpMss = standing(chassis, profileMss, node).octets ?? 0;
  return {
    name: virtualRouter === DEFAULT_ROUTER ? name : `${name}:${virtualRouter}`,
    virtualRouter,
    authentication,
    localAddress,
    unnumbered,
    pools: router === undefined ? [] : routers.poolNames(router),
    dns: router?.dns ?? [],
    nbns: router?.nbns ?? [],
    mru: mru === undefined || mru === 1 ? LARGEST_MRU : mru,
    mtuAdaptive: false,
    ...(ipMtu === 0 ? {} : { ipMtu }),
    ...(tcpMss === 0 ? {} : { tcpMss }),
    keepaliveSeconds: keepalive(chassis, node),
    keepaliveRetries: KEEPALIVE_RETRIES,
    chapChallengeLength: standing(chassis, pppChallengeLength, node),
    authenticationRetries: standing(chassis, pppAuthenticationRetries, node).count,
    ...(askedRouter === undefined ? {} : { authenticationRouter: askedRouter }),
    ...(rules === undefined ? {} : { domainRules: rules }),
  };
}

/** `no ppp keepalive` is off, not the default. */
function keepalive(chassis: ConfigReader, node: ConfigNode): number {
  const [typed] = chassis.under(node, pppKeepalive);
  if (typed?.negated === true) return 0;
  return typed?.values.seconds ?? pppKeepalive.initial?.seconds ?? 0;
}
