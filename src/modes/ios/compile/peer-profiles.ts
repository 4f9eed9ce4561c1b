/** ISAKMP profiles as IKE is told of them: whom they take, and what is different for those. */

import type { Address } from "../../../engine/kernel/address.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { OwnIdentitySpec, PeerMatchSpec, PeerProfileSpec, RouterSpec } from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { ipv6PrefixOf } from "../../common/ipv6-arguments.ts";
import { interfaceNamed } from "../commands/interface-openers.ts";
import { ipDomain } from "../commands/ip.ts";
import * as profiles from "../commands/isakmp-profile.ts";
import { keyring } from "../commands/keyring.ts";
import { trustpoint } from "../commands/pki.ts";
import { groupVrf, vpdnGroup } from "../commands/vpdn-group.ts";
import { vrf, vrfDefinition } from "../commands/vrf.ts";
import { mapConditions } from "../trustpoints.ts";
import { addressOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

/** Nothing where there are none. */
export function peerProfiles(
  config: ConfigReader,
  hostname: string,
  warnings: Warnings,
): Pick<RouterSpec, "peerProfiles"> {
  const found = config.all(profiles.isakmpProfile).map((node) => profileOf(config, node, hostname, warnings));
  return found.length === 0 ? {} : { peerProfiles: found };
}

function profileOf(
  config: ConfigReader,
  node: ConfigNode<typeof profiles.isakmpProfile.form>,
  hostname: string,
  warnings: Warnings,
): PeerProfileSpec {
  const { name } = node.values;
  const warn = (what: string) => warnings.add(`crypto isakmp profile ${name}`, what);
  const matches = [
    ...config.under(node, profiles.profileIdentity).flatMap(matchOf),
    ...config.under(node, profiles.profileIdentity6).map(match6Of),
    ...config.under(node, profiles.profileCertificate).map(({ values }): PeerMatchSpec => {
      return { type: "certificate", conditions: mapConditions(config, values.map, warn) };
    }),
  ];
  if (matches.length === 0) warn("it takes nobody until it has match statements");
  const trustpoints = config.under(node, profiles.profileTrustpoint).map(({ values }) => values.name);
  for (const each of trustpoints) {
    if (config.find(trustpoint, { name: each }) === undefined) warn(`there is no crypto pki trustpoint ${each}`);
  }
  const rings = config.under(node, profiles.profileKeyring).map(({ values }) => values.name);
  for (const ring of rings) {
    if (ring !== "default" && config.find(keyring, { name: ring }) === undefined)
      warn(`there is no crypto keyring ${ring}`);
  }
  const identity = selfIdentityOf(config, node, hostname);
  const table = config.under(node, profiles.profileVrf)[0]?.values.vrf;
  const known =
    table !== undefined &&
    [...config.all(vrf), ...config.all(vrfDefinition)].some(({ values }) => values.name === table);
  if (table !== undefined && !known) warn(`there is no VRF ${table}`);
  const takesTunnels = config
    .all(vpdnGroup)
    .some((group) => config.under(group, groupVrf).some(({ values }) => values.vrf === table));
  const keepalive = config.under(node, profiles.profileKeepalive)[0]?.values;
  const localAddress = localAddressOf(config, node);
  return {
    name,
    matches,
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(trustpoints.length === 0 ? {} : { trustpoints }),
    ...(rings.length === 0 ? {} : { keyLabels: rings }),
    ...(identity === undefined ? {} : { identity }),
    // Where no group takes tunnels of the table, they stay in the one in which IPsec ends.
    ...(known && takesTunnels ? { virtualRouter: table } : {}),
    ...(keepalive === undefined
      ? {}
      : {
          deadPeerDetection: { intervalSeconds: keepalive.seconds, retrySeconds: keepalive.retry, mode: "onDemand" },
        }),
  };
}

/** Without a name of its own `fqdn` is the whole name of this box. */
function selfIdentityOf(config: ConfigReader, node: ConfigNode, hostname: string): OwnIdentitySpec | undefined {
  const values = config.under(node, profiles.profileSelfIdentity)[0]?.values;
  if (values === undefined) return undefined;
  if (values.user !== undefined) return { type: "userFqdn", name: values.user };
  return values.host === undefined
    ? { type: "address" }
    : { type: "fqdn", name: values.name ?? wholeName(config, hostname) };
}

/** `gw.example.net`, or the host name alone where there is no domain. */
export function wholeName(config: ConfigReader, hostname: string): string {
  const domain = config.all(ipDomain)[0]?.values.domain;
  return domain === undefined ? hostname : `${hostname}.${domain}`;
}

type IdentityNode = ConfigNode<typeof profiles.profileIdentity.form>;

function match6Of({ values: { prefix, vrf } }: ConfigNode<typeof profiles.profileIdentity6.form>): PeerMatchSpec {
  return { type: "address", prefix: ipv6PrefixOf(prefix), virtualRouter: vrf };
}

/** `address 0.0.0.0` alone is everybody's. */
function matchOf({ values }: IdentityNode): PeerMatchSpec[] {
  const { address, mask, vrf, group, host, hostDomain, name, userDomain } = values;
  if (address !== undefined) {
    const length = mask ?? (address === ANY_ADDRESS ? 0 : 32);
    return [{ type: "address", prefix: { address, length }, virtualRouter: vrf }];
  }
  const names = { group, host, hostDomain, user: name, userDomain } as const;
  return (["group", "host", "hostDomain", "user", "userDomain"] as const).flatMap((type) => {
    const text = names[type];
    return text === undefined ? [] : [{ type, name: text }];
  });
}

function localAddressOf(config: ConfigReader, node: ConfigNode): Address | undefined {
  const values = config.under(node, profiles.profileLocalAddress)[0]?.values;
  if (values?.interface === undefined) return values?.address;
  const port = interfaceNamed(config, values.interface);
  return port === undefined ? undefined : addressOf(config, port)?.address;
}
