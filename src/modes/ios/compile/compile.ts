/** From an IOS configuration to what the engine shall be. */

import type { ConfigReader } from "../../../grammar/declaration.ts";
import type { Compiled } from "../../dialect.ts";
import { isakmpFragmentation } from "../commands/isakmp.ts";
import { hostname } from "../commands/system.ts";
import { accessLists } from "./access-lists.ts";
import { ipsecGateways } from "./crypto-maps.ts";
import { certificates, deadPeerDetection, ikePolicies, keyIdentity, preSharedKeys } from "./ike.ts";
import { virtualRouters } from "./interfaces.ts";
import { peerProfiles } from "./peer-profiles.ts";
import { l2tpSystem, lnsProfiles, pppProfiles } from "./vpdn.ts";
import { Warnings } from "./warnings.ts";

export const DEFAULT_HOSTNAME = "Router";

export function hostnameOf(config: ConfigReader): string {
  return config.find(hostname, {})?.values.name ?? DEFAULT_HOSTNAME;
}

export function compile(config: ConfigReader, at?: Date): Compiled {
  const warnings = new Warnings();
  const name = hostnameOf(config);
  const spec = {
    hostname: name,
    virtualRouters: virtualRouters(config, warnings),
    ikePolicies: ikePolicies(config, warnings),
    ikeFragmentation: config.all(isakmpFragmentation).length > 0,
    preSharedKeys: preSharedKeys(config, warnings),
    ...certificates(config, warnings),
    ...peerProfiles(config, name, warnings),
    ...keyIdentity(config, name),
    deadPeerDetection: deadPeerDetection(config),
    ipsecGateways: ipsecGateways(config, warnings),
    l2tp: l2tpSystem(config),
    lnsProfiles: lnsProfiles(config, name, warnings),
    pppProfiles: pppProfiles(config, warnings),
    accessLists: accessLists(config, warnings, at),
  };
  if (spec.ipsecGateways.length > 0 && spec.preSharedKeys.length === 0 && spec.trustpoints === undefined) {
    warnings.add("crypto isakmp key", "none is configured: no client can authenticate");
  }
  if (spec.lnsProfiles.length > 0 && !spec.l2tp.enabled) {
    warnings.add("vpdn enable", "it is missing: tunnels are refused");
  }
  return { spec, warnings: warnings.texts };
}
