/** LNS profiles and PPP profiles of an IOS configuration: vpdn-groups and virtual templates. */

import { ANY_PREFIX } from "../../../engine/kernel/address.ts";
import {
  DEFAULT_ROUTER,
  type L2tpSystemSpec,
  type LnsProfileSpec,
  type PppAuthentication,
  type PppProfileSpec,
} from "../../../engine/spec.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { nameOf } from "../arguments.ts";
import * as port from "../commands/interface.ts";
import { localPool } from "../commands/ip.ts";
import { username } from "../commands/system.ts";
import * as vpdn from "../commands/vpdn.ts";
import { addressOf, clearPassword, routerOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

const DEFAULT_RECEIVE_WINDOW = 1024;
const DEFAULT_NO_SESSION_SECONDS = 10;

export function l2tpSystem(config: ConfigReader): L2tpSystemSpec {
  // Timers are per group on the box; the strictest group speaks for the chassis.
  const groups = config.all(vpdn.vpdnGroup);
  const first = groups[0];
  const under = <Value>(read: (group: NonNullable<typeof first>) => Value | undefined, otherwise: Value): Value =>
    groups.map(read).find((value) => value !== undefined) ?? otherwise;
  const noSession = under((group) => config.under(group, vpdn.tunnelNoSession)[0]?.values, undefined);
  const wait = (which: "min" | "max", otherwise: number): number =>
    under(
      (group) =>
        config.under(group, vpdn.retransmitTimeout).find(({ values }) => values.which === which)?.values.seconds,
      otherwise,
    );
  const retries = under((group) => config.under(group, vpdn.retransmitRetries)[0]?.values.retries, 10);
  return {
    enabled: config.all(vpdn.vpdnEnable).length > 0,
    idleTimeoutSeconds: noSession?.never === undefined ? (noSession?.seconds ?? DEFAULT_NO_SESSION_SECONDS) : 0,
    destructTimeoutSeconds: 0,
    retransmitRetriesEstablished: retries,
    retransmitRetriesNotEstablished: retries,
    retransmitTimeoutSeconds: { min: wait("min", 1), max: wait("max", 8) },
    ignoreUdpChecksums: config.all(vpdn.vpdnIgnoreChecksum).length > 0,
  };
}

/** Groups for a certain peer come before the one for everybody. */
export function lnsProfiles(config: ConfigReader, hostname: string, warnings: Warnings): LnsProfileSpec[] {
  const limit = config.all(vpdn.vpdnSessionLimit)[0]?.values.sessions;
  const profiles = config.all(vpdn.vpdnGroup).flatMap((group): LnsProfileSpec[] => {
    const where = `vpdn-group ${group.values.name}`;
    const dialin = config.under(group, vpdn.acceptDialin)[0];
    if (dialin === undefined) {
      warnings.add(where, "accept-dialin is missing: the group accepts nobody");
      return [];
    }
    const protocol = config.under(dialin, vpdn.dialinProtocol)[0]?.values.protocol;
    if (protocol !== "l2tp" && protocol !== "any") {
      warnings.add(
        where,
        protocol === undefined
          ? "no protocol is set: the group accepts nobody"
          : `protocol ${protocol} is not spoken here`,
      );
      return [];
    }
    const template = config.under(dialin, vpdn.dialinVirtualTemplate)[0]?.values.number;
    const pppProfile = `Virtual-Template${template ?? ""}`;
    if (template === undefined) warnings.add(where, "virtual-template is missing: sessions cannot be built");
    else if (!config.all(port.interfaceOpener).some((node) => nameOf(node.values.name) === pppProfile)) {
      warnings.add(where, `there is no interface ${pppProfile}`);
    }
    const password = config.under(group, vpdn.tunnelPassword)[0]?.values;
    const tunnelAuthentication = !config.under(group, vpdn.tunnelAuthentication).some((node) => node.negated);
    if (tunnelAuthentication && password === undefined) {
      warnings.add(
        where,
        "tunnels must authenticate but there is no l2tp tunnel password: say no l2tp tunnel authentication",
      );
    }
    const sessions = config.under(group, vpdn.groupSessionLimit)[0]?.values.sessions;
    return [
      {
        name: group.values.name,
        virtualRouter: DEFAULT_ROUTER,
        remote: ANY_PREFIX,
        remoteHostName: config.under(group, vpdn.terminateFrom)[0]?.values.host,
        localAddress: config.under(group, vpdn.groupSourceIp)[0]?.values.address,
        localHostName: config.under(group, vpdn.localName)[0]?.values.name ?? hostname,
        tunnelPassword:
          password === undefined ? undefined : clearPassword(password.encoding, password.password, where, warnings),
        tunnelAuthentication,
        transport: "either",
        singleShot: false,
        helloSeconds: config.under(group, vpdn.tunnelHello)[0]?.values.seconds ?? 60,
        receiveWindow: config.under(group, vpdn.tunnelReceiveWindow)[0]?.values.messages ?? DEFAULT_RECEIVE_WINDOW,
        pppProfile,
        maxSessions: sessions ?? limit,
        resultCodeOverride: false,
        disconnectCause: false,
      },
    ];
  });
  return profiles.sort((a, b) => Number(a.remoteHostName === undefined) - Number(b.remoteHostName === undefined));
}

const PPP_METHODS: Readonly<Record<string, PppAuthentication>> = {
  chap: "chap",
  "ms-chap": "msChap",
  "ms-chap-v2": "msChapV2",
  pap: "pap",
};

export function pppProfiles(config: ConfigReader, warnings: Warnings): PppProfileSpec[] {
  return config
    .all(port.interfaceOpener)
    .filter((node) => node.values.name.type === "Virtual-Template")
    .map((node): PppProfileSpec => {
      const name = nameOf(node.values.name);
      const where = `interface ${name}`;
      const lender = config.under(node, port.ipUnnumbered)[0]?.values.interface;
      const unnumbered = lender === undefined ? undefined : nameOf(lender);
      const lending = config.all(port.interfaceOpener).find((each) => nameOf(each.values.name) === unnumbered);
      const address = lending === undefined ? addressOf(config, node) : addressOf(config, lending);
      if (unnumbered !== undefined && lending === undefined) warnings.add(where, `there is no interface ${unnumbered}`);
      if (address === undefined) warnings.add(where, "it has no address to speak from");
      const pools = config.under(node, port.peerPool)[0]?.values.pools ?? ["default"];
      for (const pool of pools) {
        if (!config.all(localPool).some(({ values }) => values.name === pool)) {
          warnings.add(where, `there is no ip local pool ${pool}: clients get no address`);
        }
      }
      const authentication = authenticationOf(config, node, where, warnings);
      const keepalive = config.under(node, port.keepalive)[0];
      const servers = (values: { readonly first: string; readonly second?: string } | undefined): string[] =>
        values === undefined ? [] : [values.first, ...(values.second === undefined ? [] : [values.second])];
      return {
        name,
        virtualRouter: routerOf(config, node),
        authentication,
        localAddress: address?.address,
        unnumbered,
        pools,
        dns: servers(config.under(node, port.pppIpcpDns)[0]?.values),
        nbns: servers(config.under(node, port.pppIpcpWins)[0]?.values),
        mru: config.under(node, port.ipMtu)[0]?.values.octets ?? config.under(node, port.mtu)[0]?.values.octets ?? 1500,
        mtuAdaptive: config.under(node, port.pppMtuAdaptive).length > 0,
        keepaliveSeconds: keepalive?.negated === true ? 0 : (keepalive?.values.seconds ?? 10),
        keepaliveRetries: keepalive?.values.retries ?? 5,
        chapChallengeLength: { min: 16, max: 16 },
        authenticationRetries: config.under(node, port.pppMaxBadAuth)[0]?.values.failures ?? 0,
      };
    });
}

function authenticationOf(
  config: ConfigReader,
  node: Parameters<ConfigReader["under"]>[0],
  where: string,
  warnings: Warnings,
): PppAuthentication[] {
  const methods = config.under(node, port.pppAuthentication)[0]?.values.methods ?? [];
  if (methods.includes("eap")) warnings.add(where, "EAP is not spoken; the other methods are asked for");
  const known = methods.flatMap((method) => PPP_METHODS[method] ?? []);
  if (known.length > 0 && config.all(username).length === 0) {
    warnings.add(where, "clients must authenticate but no username is configured");
  }
  return known;
}
