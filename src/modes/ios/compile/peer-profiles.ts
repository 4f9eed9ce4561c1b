/** ISAKMP profiles as IKE is told of them: whom they take, and what is different for those. */

import type { Address } from "../../../engine/kernel/address.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import type { PeerMatchSpec, PeerProfileSpec, RouterSpec } from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { nameOf } from "../arguments.ts";
import { interfacesIn } from "../commands/interface-openers.ts";
import * as profiles from "../commands/isakmp-profile.ts";
import { trustpoint } from "../commands/pki.ts";
import { mapConditions } from "../trustpoints.ts";
import { addressOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

/** Nothing where there are none. */
export function peerProfiles(config: ConfigReader, warnings: Warnings): Pick<RouterSpec, "peerProfiles"> {
  const found = config.all(profiles.isakmpProfile).map((node) => profileOf(config, node, warnings));
  return found.length === 0 ? {} : { peerProfiles: found };
}

function profileOf(
  config: ConfigReader,
  node: ConfigNode<typeof profiles.isakmpProfile.form>,
  warnings: Warnings,
): PeerProfileSpec {
  const { name } = node.values;
  const warn = (what: string) => warnings.add(`crypto isakmp profile ${name}`, what);
  const matches = [
    ...config.under(node, profiles.profileIdentity).flatMap(matchOf),
    ...config.under(node, profiles.profileCertificate).map(({ values }): PeerMatchSpec => {
      return { type: "certificate", conditions: mapConditions(config, values.map, warn) };
    }),
  ];
  if (matches.length === 0) warn("it takes nobody until it has match statements");
  const trustpoints = config.under(node, profiles.profileTrustpoint).map(({ values }) => values.name);
  for (const each of trustpoints) {
    if (config.find(trustpoint, { name: each }) === undefined) warn(`there is no crypto pki trustpoint ${each}`);
  }
  const keepalive = config.under(node, profiles.profileKeepalive)[0]?.values;
  const localAddress = localAddressOf(config, node);
  return {
    name,
    matches,
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(trustpoints.length === 0 ? {} : { trustpoints }),
    ...(keepalive === undefined
      ? {}
      : {
          deadPeerDetection: { intervalSeconds: keepalive.seconds, retrySeconds: keepalive.retry, mode: "onDemand" },
        }),
  };
}

type IdentityNode = ConfigNode<typeof profiles.profileIdentity.form>;

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
  const wanted = nameOf(values.interface);
  const port = interfacesIn(config).find((each) => nameOf(each.values.name) === wanted);
  return port === undefined ? undefined : addressOf(config, port)?.address;
}
