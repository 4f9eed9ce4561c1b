/** `show l2tp destination profile`: only what is configured is printed, in the box's order. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { ConfigNode, ConfigReader, ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  bearerType,
  destinationProfile,
  enableIpsec,
  groupMaxSessions,
  hostDisconnectCause,
  hostFailoverResync,
  hostLimitGroup,
  hostMaxSessions,
  hostProfile,
  hostReceiveWindow,
  hostSwitchProfile,
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
  upperType,
} from "../commands/l2tp-destination-profile.ts";
import { routerNames, routerOf } from "../compile/configuration.ts";
import { isStated, stated } from "../compile/standing.ts";
import { isUp } from "./l2tp-names.ts";
import { found } from "./text.ts";

interface LimitGroup {
  readonly name: string;
  readonly maxSessions: number | undefined;
  readonly sessions: number;
}

interface ShownHost {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly values: object;
  readonly sessions: number;
}

interface Shown {
  readonly name: string;
  readonly virtualRouter: string;
  readonly address: string;
  readonly maxSessions: number | undefined;
  readonly sessions: number;
  readonly limitGroups: readonly LimitGroup[];
  readonly hosts: readonly ShownHost[];
}

export function showDestinationProfiles(context: ExecContext, name: string | undefined): ExecResult {
  const all = routerNames(context).flatMap((router) => {
    const tree = routerOf(context, router);
    return tree.all(destinationProfile).map((node) => shown(context.snapshot, tree, router, node));
  });
  if (name === undefined) {
    const lines = all.map((profile) => `L2TP destination profile ${profile.name}`);
    return { lines: [...lines, found(all.length, "L2TP destination profile")], model: all.map(modelOf) };
  }
  const wanted = all.filter((profile) => profile.name === name);
  if (wanted.length === 0) return { lines: [found(0, "L2TP destination profile")], model: [] };
  return { lines: wanted.flatMap(profileLines), model: wanted.map(modelOf) };
}

function modelOf({ hosts, ...profile }: Shown) {
  return { ...profile, hosts: hosts.map(({ name, values, sessions }) => ({ name, ...values, sessions })) };
}

function profileLines(profile: Shown): string[] {
  return [
    `L2TP destination profile ${profile.name}`,
    "Configuration",
    "  Destination address",
    "    Transport ipUdp",
    `    Virtual router ${profile.virtualRouter}`,
    `    Peer address ${profile.address}`,
    ...(profile.maxSessions === undefined ? [] : [`  Max sessions is ${profile.maxSessions}`]),
    "Statistics",
    `  Destination profile current session count is ${profile.sessions}`,
    ...profile.limitGroups.flatMap(limitGroupLines),
    "Host profile attributes",
    ...profile.hosts.flatMap((host) => [
      `  Remote host is ${host.name}`,
      "    Configuration",
      ...host.attributes.map((attribute) => `      ${attribute}`),
      "    Statistics",
      `      Current session count is ${host.sessions}`,
    ]),
    found(profile.hosts.length, "L2TP host profile"),
  ];
}

function limitGroupLines({ name, maxSessions, sessions }: LimitGroup): string[] {
  return [
    `  Sessions limit group is ${name}`,
    `    Max sessions is ${maxSessions ?? "not configured"}`,
    `    Current session count is ${sessions}`,
  ];
}

/** `show l2tp sessions-limit-group`: the groups of every destination profile. */
export function showLimitGroups(context: ExecContext, name: string | undefined): ExecResult {
  const groups = routerNames(context).flatMap((router) => {
    const tree = routerOf(context, router);
    return tree.all(destinationProfile).flatMap((node) => {
      const { name: destination, virtualRouter, limitGroups } = shown(context.snapshot, tree, router, node);
      return limitGroups
        .filter((group) => name === undefined || group.name === name)
        .map((group) => ({ ...group, destination, virtualRouter }));
    });
  });
  const lines = groups.flatMap((group) => [
    `L2TP destination profile ${group.destination}, virtual router ${group.virtualRouter}`,
    ...limitGroupLines(group),
  ]);
  return { lines: [...lines, found(groups.length, "sessions limit group")], model: groups };
}

function shown(
  snapshot: Snapshot,
  tree: ConfigReader,
  router: string,
  node: ReturnType<typeof tree.all<typeof destinationProfile.form>>[number],
): Shown {
  const { name, virtualRouter = router, address = "" } = node.values;
  const hosts = tree.under(node, remoteHost).map((host) => ({
    name: host.values.name,
    ...attributesOf(tree, host),
    group: stated(tree, hostLimitGroup, host)?.name,
    sessions: sessionCount(snapshot, name, virtualRouter, host.values.name),
  }));
  return {
    name,
    virtualRouter,
    address,
    maxSessions: stated(tree, profileMaxSessions, node)?.count,
    limitGroups: tree.under(node, sessionsLimitGroup).map((group) => ({
      name: group.values.name,
      maxSessions: stated(tree, groupMaxSessions, group)?.count,
      sessions: hosts.reduce((so, host) => so + (host.group === group.values.name ? host.sessions : 0), 0),
    })),
    hosts,
    sessions: hosts.reduce((so, host) => so + host.sessions, 0),
  };
}

/** How an attribute is worded, in the box's order; a switch has a word for being on. */
const WORDS = {
  localHostName: ["Local host name is"],
  localAddress: ["Local ip address is"],
  ipsecTransport: ["Ipsec transport is", "enabled"],
  profile: ["Profile is"],
  disableProxyLcp: ["Proxy lcp is", "disabled"],
  proxyAuthenticate: ["Proxy authenticate is", "enabled"],
  maxSessions: ["Max sessions is"],
  sessionsLimitGroup: ["Sessions limit group is"],
  receiveWindowSize: ["Receive window size is"],
  upperType: ["Default upper type is"],
  bearerType: ["Bearer type is"],
  failoverResync: ["Failover resync is"],
  tunnelSwitchProfile: ["Tunnel switch profile is"],
  disconnectCause: ["Disconnect-cause avp is", "enabled"],
  singleShot: ["Tunnels are", "single-shot"],
  resultCodeOverride: ["Override out-of-resource-result-code is", "enabled"],
} as const satisfies Readonly<Record<string, readonly [text: string, on?: string]>>;

/** The password is shown as on the box, and stands in no value for programs. */
function attributesOf(tree: ConfigReader, host: ConfigNode): Pick<ShownHost, "attributes" | "values"> {
  const has = (command: Parameters<typeof isStated>[1]): true | undefined => isStated(tree, command, host) || undefined;
  const password = stated(tree, tunnelPassword, host)?.password?.reveal();
  const values: Readonly<Record<keyof typeof WORDS, string | number | true | undefined>> = {
    localHostName: stated(tree, localHost, host)?.name,
    localAddress: stated(tree, localAddress, host)?.address,
    ipsecTransport: has(enableIpsec),
    profile: stated(tree, hostProfile, host)?.name,
    disableProxyLcp: has(proxyLcp),
    proxyAuthenticate: has(proxyAuthenticate),
    maxSessions: stated(tree, hostMaxSessions, host)?.count,
    sessionsLimitGroup: stated(tree, hostLimitGroup, host)?.name,
    receiveWindowSize: stated(tree, hostReceiveWindow, host)?.size,
    upperType: stated(tree, upperType, host)?.type,
    bearerType: stated(tree, bearerType, host)?.type,
    failoverResync: stated(tree, hostFailoverResync, host)?.method,
    tunnelSwitchProfile: stated(tree, hostSwitchProfile, host)?.name,
    disconnectCause: has(hostDisconnectCause),
    singleShot: has(singleShot),
    resultCodeOverride: has(resultCodeOverride),
  };
  const lines = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((name) => {
    const value = values[name];
    const [text, on] = WORDS[name];
    return value === undefined ? [] : [`${text} ${value === true ? on : value}`];
  });
  return { attributes: [...(password === undefined ? [] : [`Tunnel password is ${password}`]), ...lines], values };
}

function sessionCount({ l2tp }: Snapshot, profile: string, virtualRouter: string, host: string): number {
  return l2tp.tunnels
    .filter(
      (tunnel) =>
        tunnel.profile?.name === profile &&
        tunnel.profile.virtualRouter === virtualRouter &&
        (tunnel.profile.remoteHostName ?? "default") === host,
    )
    .flatMap((tunnel) => tunnel.sessions)
    .filter((call) => isUp(call.state)).length;
}
