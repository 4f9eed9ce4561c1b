/** IKE policies, keys and IPsec gateways of an IOS configuration. */

import { ANY_ADDRESS, ANY_PREFIX, type Prefix } from "../../../engine/kernel/address.ts";
import {
  DEFAULT_ROUTER,
  type DeadPeerDetectionSpec,
  type DhGroup,
  type EspProposalSpec,
  type IkePolicySpec,
  type IpsecGatewaySpec,
  type PreSharedKeySpec,
} from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { nameOf } from "../arguments.ts";
import * as maps from "../commands/crypto-map.ts";
import { interfaceOpener } from "../commands/interface.ts";
import * as ipsec from "../commands/ipsec.ts";
import * as isakmp from "../commands/isakmp.ts";
import { vpdnIgnoreChecksum } from "../commands/vpdn.ts";
import { addressOf, routerOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

const HASHES = { md5: "md5", sha: "sha1", sha256: "sha256", sha384: "sha384", sha512: "sha512" } as const;
const DEFAULT_REPLAY_WINDOW = 64;

function keyBits(bits: string | undefined, isAes: boolean): 0 | 128 | 192 | 256 {
  if (!isAes) return 0;
  return bits === "192" ? 192 : bits === "256" ? 256 : 128;
}

function groupOf(text: string): DhGroup {
  const groups: Readonly<Record<string, DhGroup>> = { "1": 1, "2": 2, "5": 5, "14": 14, "15": 15, "16": 16 };
  return groups[text.replace("group", "")] ?? 1;
}

/** Best first. Without any, the box's own suite: DES, SHA, RSA signatures, group 1. */
export function ikePolicies(config: ConfigReader, warnings: Warnings): IkePolicySpec[] {
  if (config.all(isakmp.isakmpEnable).some((node) => node.negated)) return [];
  const policies = config.all(isakmp.isakmpPolicy).map((node): IkePolicySpec => {
    const encryption = config.under(node, isakmp.policyEncryption)[0]?.values;
    const method = config.under(node, isakmp.policyAuthentication)[0]?.values.method ?? "rsa-sig";
    const where = `crypto isakmp policy ${node.values.priority}`;
    if (method !== "pre-share")
      warnings.add(where, `authentication ${method} is not supported; clients need pre-share`);
    return {
      priority: node.values.priority,
      encryption: encryption?.algorithm ?? "des",
      keyBits: keyBits(encryption?.bits, encryption?.algorithm === "aes"),
      hash: HASHES[config.under(node, isakmp.policyHash)[0]?.values.algorithm ?? "sha"],
      group: groupOf(config.under(node, isakmp.policyGroup)[0]?.values.group ?? "1"),
      authentication: method === "pre-share" ? "preShared" : "rsaSignature",
      lifetimeSeconds: config.under(node, isakmp.policyLifetime)[0]?.values.seconds ?? 86_400,
    };
  });
  if (
    policies.length === 0 &&
    config.all(interfaceOpener).some((node) => config.under(node, maps.interfaceCryptoMap).length > 0)
  ) {
    warnings.add(
      "crypto isakmp policy",
      "none is configured; the default suite needs RSA signatures, which are not supported",
    );
  }
  return policies.sort((a, b) => a.priority - b.priority);
}

export function preSharedKeys(config: ConfigReader, warnings: Warnings): PreSharedKeySpec[] {
  const own = config.all(isakmp.isakmpKey).flatMap(({ values }) => {
    if (values.encoding === "6")
      warnings.add("crypto isakmp key", "an encrypted key cannot be read here; enter it in the clear");
    const key = keySpec({ ...values, label: "default", localAddress: undefined });
    return key === undefined || values.encoding === "6" ? [] : [key];
  });
  const rings = config.all(isakmp.keyring).flatMap((ring) => {
    const localAddress = config.under(ring, isakmp.keyringLocalAddress)[0]?.values.address;
    return config.under(ring, isakmp.keyringKey).flatMap(({ values }) => {
      const key = keySpec({ ...values, label: ring.values.name, localAddress });
      return key === undefined || values.encoding === "6" ? [] : [key];
    });
  });
  return [...own, ...rings];
}

interface KeyLine {
  readonly key: PreSharedKeySpec["key"];
  readonly address?: string;
  readonly mask?: number;
  readonly host?: string;
  readonly label: string;
  readonly localAddress: string | undefined;
}

function keySpec({ key, address, mask, host, label, localAddress }: KeyLine): PreSharedKeySpec | undefined {
  const common = { virtualRouter: DEFAULT_ROUTER, localAddress, key, group: false, label };
  if (host !== undefined) return { ...common, peer: { hostname: host } };
  if (address === undefined) return undefined;
  // 15.x writes the key of everybody as `address 0.0.0.0` without a mask.
  return { ...common, peer: { prefix: { address, length: mask ?? (address === ANY_ADDRESS ? 0 : 32) } } };
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

/** A gateway for each entry of each map on an interface with an address, in the order of the entries. */
export function ipsecGateways(config: ConfigReader, warnings: Warnings): IpsecGatewaySpec[] {
  return config.all(interfaceOpener).flatMap((port) => {
    const map = config.under(port, maps.interfaceCryptoMap)[0]?.values.name;
    const address = addressOf(config, port);
    if (map === undefined) return [];
    const interfaceName = nameOf(port.values.name);
    if (address === undefined) {
      warnings.add(`interface ${interfaceName}`, `crypto map ${map} protects nothing: the interface has no address`);
      return [];
    }
    const place = { virtualRouter: routerOf(config, port), localAddress: address.address, interfaceName };
    return [...dynamicEntries(config, map, warnings), ...staticEntries(config, map)]
      .sort((a, b) => a.sequence - b.sequence)
      .flatMap((entry) => gatewaysOf(config, entry, map, place, warnings));
  });
}

interface MapEntry {
  readonly sequence: number;
  readonly remotes: readonly Prefix[];
  readonly settings: ConfigNode;
  readonly dynamicMap: string | undefined;
  readonly dynamicSequence: number | undefined;
}

function dynamicEntries(config: ConfigReader, map: string, warnings: Warnings): MapEntry[] {
  return config
    .all(maps.dynamicMapEntry)
    .filter(({ values }) => values.name === map)
    .flatMap(({ values }) => {
      const templates = config.all(maps.dynamicMap).filter((node) => node.values.name === values.dynamicMap);
      if (templates.length === 0) {
        warnings.add(`crypto map ${map} ${values.sequence}`, `there is no crypto dynamic-map ${values.dynamicMap}`);
      }
      return templates.map((settings) => ({
        sequence: values.sequence,
        remotes: [ANY_PREFIX],
        settings,
        dynamicMap: values.dynamicMap,
        dynamicSequence: settings.values.sequence,
      }));
    });
}

function staticEntries(config: ConfigReader, map: string): MapEntry[] {
  return config
    .all(maps.staticMap)
    .filter((node) => node.values.name === map)
    .map((settings) => ({
      sequence: settings.values.sequence,
      remotes: config.under(settings, maps.setPeer).map(({ values }) => ({ address: values.address, length: 32 })),
      settings,
      dynamicMap: undefined,
      dynamicSequence: undefined,
    }));
}

function gatewaysOf(
  config: ConfigReader,
  entry: MapEntry,
  map: string,
  place: Pick<IpsecGatewaySpec, "virtualRouter" | "localAddress" | "interfaceName">,
  warnings: Warnings,
): IpsecGatewaySpec[] {
  const where =
    entry.dynamicMap === undefined
      ? `crypto map ${map} ${entry.sequence}`
      : `crypto dynamic-map ${entry.dynamicMap} ${entry.dynamicSequence}`;
  if (entry.remotes.length === 0) warnings.add(where, "no peer is set: the entry accepts nobody");
  const group = config.under(entry.settings, maps.setPfs)[0];
  return entry.remotes.map((remote) => ({
    ...place,
    remote,
    proposals: proposalsOf(config, entry.settings, where, warnings),
    ...lifetimesOf(config, entry.settings),
    pfsGroup: group === undefined ? undefined : groupOf(group.values.group ?? "group1"),
    separation: config.under(entry.settings, maps.setNatDemux).length > 0 ? "portDemux" : "none",
    replayWindow: replayWindow(config),
    ignoreUdpChecksums: config.all(vpdnIgnoreChecksum).length > 0,
    label: {
      map,
      sequence: entry.sequence,
      dynamicMap: entry.dynamicMap,
      dynamicSequence: entry.dynamicSequence,
    },
  }));
}

function lifetimesOf(
  config: ConfigReader,
  settings: ConfigNode,
): Pick<IpsecGatewaySpec, "lifetimeSeconds" | "lifetimeKilobytes"> {
  const seconds = config.under(settings, maps.setLifetimeSeconds)[0] ?? config.all(ipsec.saLifetimeSeconds)[0];
  const volume = config.under(settings, maps.setLifetimeKilobytes)[0] ?? config.all(ipsec.saLifetimeKilobytes)[0];
  return {
    lifetimeSeconds: seconds?.values.seconds ?? 3600,
    lifetimeKilobytes: volume?.values.unlimited === true ? undefined : (volume?.values.kilobytes ?? 4_608_000),
  };
}

function replayWindow(config: ConfigReader): number {
  const values = config.all(ipsec.saReplay)[0]?.values;
  if (values?.off === true) return 0;
  return values?.size === undefined ? DEFAULT_REPLAY_WINDOW : Number(values.size);
}

function proposalsOf(config: ConfigReader, settings: ConfigNode, where: string, warnings: Warnings): EspProposalSpec[] {
  const names = config.under(settings, maps.setTransformSet)[0]?.values.names ?? [];
  if (names.length === 0) warnings.add(where, "no transform set is set: the entry accepts nothing");
  return names.flatMap((name) => {
    const set = config.all(ipsec.transformSet).find((node) => node.values.name === name);
    if (set === undefined) {
      warnings.add(where, `there is no crypto ipsec transform-set ${name}`);
      return [];
    }
    const proposal = proposalOf(config, set, warnings);
    return proposal === undefined ? [] : [proposal];
  });
}

const CIPHERS = { "esp-3des": "3des", "esp-aes": "aes", "esp-des": "des", "esp-null": "null" } as const;
const INTEGRITY = { "esp-md5-hmac": "md5", "esp-sha-hmac": "sha1", "esp-sha256-hmac": "sha256" } as const;

function proposalOf(
  config: ConfigReader,
  set: ReturnType<typeof config.all<typeof ipsec.transformSet.form>>[number],
  warnings: Warnings,
): EspProposalSpec | undefined {
  const { name, cipher, bits, integrity, ah } = set.values;
  const where = `crypto ipsec transform-set ${name}`;
  if (ah !== undefined) {
    warnings.add(where, "AH cannot cross a NAT and is not supported");
    return undefined;
  }
  if (cipher === "esp-gcm") {
    warnings.add(where, "esp-gcm is not supported yet");
    return undefined;
  }
  return {
    label: name,
    cipher: CIPHERS[cipher ?? "esp-null"],
    keyBits: keyBits(bits, cipher === "esp-aes"),
    integrity: integrity === undefined ? undefined : INTEGRITY[integrity],
    mode: config.under(set, ipsec.transformMode)[0]?.values.mode ?? "tunnel",
  };
}
