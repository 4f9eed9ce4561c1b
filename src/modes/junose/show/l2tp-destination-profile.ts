/** `show l2tp destination profile`: only what is configured is printed, in the box's order. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { ConfigNode, ConfigReader, ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  destinationProfile,
  enableIpsec,
  hostDisconnectCause,
  hostMaxSessions,
  hostProfile,
  localAddress,
  localHost,
  proxyAuthenticate,
  proxyLcp,
  remoteHost,
  resultCodeOverride,
  singleShot,
  tunnelPassword,
} from "../commands/l2tp-destination-profile.ts";
import { routerNames, routerOf } from "../compile/configuration.ts";
import { isStated, stated } from "../compile/standing.ts";
import { isUp } from "./l2tp-names.ts";
import { found } from "./text.ts";

interface Shown {
  readonly name: string;
  readonly virtualRouter: string;
  readonly address: string;
  readonly sessions: number;
  readonly hosts: readonly {
    readonly name: string;
    readonly attributes: readonly string[];
    readonly sessions: number;
  }[];
}

export function showDestinationProfiles(context: ExecContext, name: string | undefined): ExecResult {
  const all = routerNames(context).flatMap((router) => {
    const tree = routerOf(context, router);
    return tree.all(destinationProfile).map((node) => shown(context.snapshot, tree, router, node));
  });
  if (name === undefined) {
    const lines = all.map((profile) => `L2TP destination profile ${profile.name}`);
    return { lines: [...lines, found(all.length, "L2TP destination profile")], model: all };
  }
  const wanted = all.filter((profile) => profile.name === name);
  if (wanted.length === 0) return { lines: [found(0, "L2TP destination profile")], model: [] };
  return { lines: wanted.flatMap(profileLines), model: wanted };
}

function profileLines(profile: Shown): string[] {
  return [
    `L2TP destination profile ${profile.name}`,
    "Configuration",
    "  Destination address",
    "    Transport ipUdp",
    `    Virtual router ${profile.virtualRouter}`,
    `    Peer address ${profile.address}`,
    "Statistics",
    `  Destination profile current session count is ${profile.sessions}`,
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

function shown(
  snapshot: Snapshot,
  tree: ConfigReader,
  router: string,
  node: ReturnType<typeof tree.all<typeof destinationProfile.form>>[number],
): Shown {
  const { name, virtualRouter = router, address = "" } = node.values;
  const hosts = tree.under(node, remoteHost).map((host) => ({
    name: host.values.name,
    attributes: attributesOf(tree, host),
    sessions: sessionCount(snapshot, name, virtualRouter, host.values.name),
  }));
  return { name, virtualRouter, address, hosts, sessions: hosts.reduce((so, host) => so + host.sessions, 0) };
}

function attributesOf(tree: ConfigReader, host: ConfigNode): string[] {
  const has = (command: Parameters<typeof isStated>[1]): boolean => isStated(tree, command, host);
  const lines = [
    [stated(tree, tunnelPassword, host)?.password.reveal(), "Tunnel password is"],
    [stated(tree, localHost, host)?.name, "Local host name is"],
    [stated(tree, localAddress, host)?.address, "Local ip address is"],
    [has(enableIpsec) ? "enabled" : undefined, "Ipsec transport is"],
    [stated(tree, hostProfile, host)?.name, "Profile is"],
    [has(proxyLcp) ? "disabled" : undefined, "Proxy lcp is"],
    [has(proxyAuthenticate) ? "enabled" : undefined, "Proxy authenticate is"],
    [stated(tree, hostMaxSessions, host)?.count, "Max sessions is"],
    [has(hostDisconnectCause) ? "enabled" : undefined, "Disconnect-cause avp is"],
    [has(singleShot) ? "single-shot" : undefined, "Tunnels are"],
    [has(resultCodeOverride) ? "enabled" : undefined, "Override out-of-resource-result-code is"],
  ] as const;
  return lines.flatMap(([value, text]) => (value === undefined ? [] : [`${text} ${value}`]));
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
