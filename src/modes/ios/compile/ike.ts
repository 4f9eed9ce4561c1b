/** IKE policies, keys and dead peer detection of an IOS configuration. */

import { revealKey } from "../../../engine/crypto/hidden-key.ts";
import { ANY_ADDRESS } from "../../../engine/kernel/address.ts";
import { Secret } from "../../../engine/kernel/secret.ts";
import {
  DEFAULT_ROUTER,
  type DeadPeerDetectionSpec,
  type IkePolicySpec,
  type PreSharedKeySpec,
  type RouterSpec,
} from "../../../engine/spec.ts";
import type { ConfigReader } from "../../../grammar/declaration.ts";
import { ipv6PrefixOf } from "../../common/ipv6-arguments.ts";
import { interfaceCryptoMap } from "../commands/crypto-map.ts";
import { interfacesIn } from "../commands/interface-openers.ts";
import * as isakmp from "../commands/isakmp.ts";
import * as policy from "../commands/isakmp-policy.ts";
import * as keyrings from "../commands/keyring.ts";
import { masterKeyOf } from "../commands/master-key.ts";
import { ownCertificate, trustpointSpecs, trustpointsOf } from "../trustpoints.ts";
import { groupOf, keyBits } from "./crypto-values.ts";
import { wholeName } from "./peer-profiles.ts";
import type { Warnings } from "./warnings.ts";

const HASHES = { md5: "md5", sha: "sha1", sha256: "sha256", sha384: "sha384", sha512: "sha512" } as const;

/** What the box offers and accepts where nothing is configured. */
export const DEFAULT_SUITE: IkePolicySpec = {
  priority: 65_535,
  encryption: "des",
  keyBits: 0,
  hash: "sha1",
  group: 1,
  authentication: "rsaSignature",
  lifetimeSeconds: 86_400,
};

/** Best first. */
export function ikePolicies(config: ConfigReader, warnings: Warnings): IkePolicySpec[] {
  const isUsed = interfacesIn(config).some((node) => config.under(node, interfaceCryptoMap).length > 0);
  if (config.all(isakmp.isakmpEnable).some((node) => node.negated)) {
    if (isUsed) warnings.add("no crypto isakmp enable", "IKE is off: no client can connect");
    return [];
  }
  const signs = hasCertificate(config);
  const named = takesNamesForKeys(config);
  const configured = config.all(policy.isakmpPolicy);
  const policies = configured.flatMap((node): IkePolicySpec[] => {
    const encryption = config.under(node, policy.policyEncryption)[0]?.values;
    const method = config.under(node, policy.policyAuthentication)[0]?.values.method ?? "rsa-sig";
    const where = `crypto isakmp policy ${node.values.priority}`;
    if (method !== "pre-share" && method !== "rsa-sig") {
      warnings.add(
        where,
        `authentication ${method} is not supported, so it matches no peer; clients need rsa-sig or pre-share`,
      );
      return [];
    }
    if (method === "rsa-sig" && !signs) {
      warnings.add(where, "authentication rsa-sig matches no peer: no trustpoint has a certificate of ours");
    }
    return [
      {
        priority: node.values.priority,
        encryption: encryption?.sized ?? encryption?.algorithm ?? "des",
        keyBits: keyBits(encryption?.bits, encryption?.sized !== undefined),
        hash: HASHES[config.under(node, policy.policyHash)[0]?.values.algorithm ?? "sha"],
        group: groupOf(config.under(node, policy.policyGroup)[0]?.values.group ?? "1"),
        authentication: method === "pre-share" ? "preShared" : "rsaSignature",
        lifetimeSeconds: config.under(node, policy.policyLifetime)[0]?.values.seconds ?? 86_400,
        ...(named ? { aggressiveMode: "named" } : {}),
      },
    ];
  });
  if (configured.length > 0) return policies.sort((a, b) => a.priority - b.priority);
  if (isUsed && !signs) {
    const reason = "none is configured; the default suite needs rsa-sig, and no trustpoint has a certificate of ours";
    warnings.add("crypto isakmp policy", reason);
  }
  return [DEFAULT_SUITE];
}

const IDENTITIES = { address: "address", dn: "distinguishedName", hostname: "fqdn" } as const;

/** Nothing where there are no trustpoints: then no key is looked for either. */
export function certificates(
  config: ConfigReader,
  warnings: Warnings,
): Pick<RouterSpec, "trustpoints" | "signatureIdentity"> {
  const trustpoints = trustpointSpecs(config, (where, what) => warnings.add(where, what));
  if (trustpoints.length === 0) return {};
  const kind = config.all(isakmp.isakmpIdentity)[0]?.values.kind ?? "address";
  return { trustpoints, signatureIdentity: IDENTITIES[kind] };
}

/** A pre-shared key knows no distinguished name; then our address stands for us. */
export function keyIdentity(config: ConfigReader, hostname: string): Pick<RouterSpec, "keyIdentity"> {
  const kind = config.all(isakmp.isakmpIdentity)[0]?.values.kind;
  return kind === "hostname" ? { keyIdentity: { type: "fqdn", name: wholeName(config, hostname) } } : {};
}

function hasCertificate(config: ConfigReader): boolean {
  return trustpointsOf(config).some((point) => ownCertificate(point) !== undefined);
}

/**
 * A key for a name is of use in aggressive mode only, so where there is one the operator wants that mode; for those keys, and
 * unless it is forbidden. The box takes it from everybody.
 */
function takesNamesForKeys(config: ConfigReader): boolean {
  if (config.all(isakmp.isakmpAggressiveMode).length > 0) return false;
  const inRings = config.all(keyrings.keyring).flatMap((ring) => config.under(ring, keyrings.keyringKey));
  return [...config.all(isakmp.isakmpKey), ...inRings].some(({ values }) => values.host !== undefined);
}

/**
 * Keys of `crypto isakmp key` are the global table's. A keyring serves its own table, also when no ISAKMP profile names it:
 * as the responder does on the box.
 */
export function preSharedKeys(config: ConfigReader, warnings: Warnings): PreSharedKeySpec[] {
  const global = { virtualRouter: DEFAULT_ROUTER, localAddress: undefined, label: "default" };
  const told = { where: "crypto isakmp key", warnings, masterKey: masterKeyOf(config) };
  const own = config.all(isakmp.isakmpKey).flatMap(({ values }) => keySpec(values, global, told));
  const own6 = config.all(isakmp.isakmpKey6).flatMap(({ values }) => keySpec(values, global, told));
  const rings = config.all(keyrings.keyring).flatMap((ring) => {
    const place = {
      virtualRouter: ring.values.vrf ?? DEFAULT_ROUTER,
      localAddress: config.under(ring, keyrings.keyringLocalAddress)[0]?.values.address,
      label: ring.values.name,
    };
    return [...config.under(ring, keyrings.keyringKey), ...config.under(ring, keyrings.keyringKey6)].flatMap(
      ({ values }) => keySpec(values, place, { ...told, where: `crypto keyring ${ring.values.name}` }),
    );
  });
  return [...own, ...own6, ...rings];
}

interface KeyLine {
  readonly key: PreSharedKeySpec["key"];
  readonly encoding?: string;
  readonly address?: string;
  readonly mask?: number;
  readonly host?: string;
  /** Of IPv6. */
  readonly prefix?: string;
}

/** What the key is, or why that cannot be told. */
function revealed(key: Secret, masterKey: string | undefined): Secret | string {
  if (masterKey === undefined) {
    return "an encrypted key cannot be read here without its master key; say key config-key password-encrypt, or enter the key in the clear";
  }
  const clear = revealKey(key.reveal(), masterKey);
  return clear === undefined
    ? "an encrypted key was not encrypted under the master key that is given here; enter it in the clear"
    : new Secret(clear);
}

function keySpec(
  { key, encoding, address, mask, host, prefix }: KeyLine,
  place: Pick<PreSharedKeySpec, "virtualRouter" | "localAddress" | "label">,
  {
    where,
    warnings,
    masterKey,
  }: { readonly where: string; readonly warnings: Warnings; readonly masterKey: string | undefined },
): PreSharedKeySpec[] {
  const clear = encoding === "6" ? revealed(key, masterKey) : key;
  if (typeof clear === "string") {
    warnings.add(where, clear);
    return [];
  }
  const common = { ...place, key: clear, group: false };
  if (host !== undefined) return [{ ...common, peer: { hostname: host } }];
  if (prefix !== undefined) return [{ ...common, peer: { prefix: ipv6PrefixOf(prefix) } }];
  if (address === undefined) return [];
  // 15.x writes the key of everybody as `address 0.0.0.0` without a mask.
  return [{ ...common, peer: { prefix: { address, length: mask ?? (address === ANY_ADDRESS ? 0 : 32) } } }];
}

export function deadPeerDetection(config: ConfigReader): DeadPeerDetectionSpec | undefined {
  const values = config.all(isakmp.isakmpKeepalive)[0]?.values;
  if (values === undefined) return undefined;
  return {
    intervalSeconds: values.seconds,
    retrySeconds: values.retry ?? 2,
    mode: values.mode === "periodic" ? "periodic" : "onDemand",
  };
}
