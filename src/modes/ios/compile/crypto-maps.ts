/**
 * Crypto maps and transform sets of an IOS configuration: as IPsec gateways where a map stands on an interface, and as they are
 * written, for the show commands that print configuration.
 */

import { type Address, ANY_IPV6_PREFIX, ANY_PREFIX, isIpv6 } from "../../../engine/kernel/address.ts";
import type { EspProposalSpec, IpsecGatewaySpec } from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { nameOf } from "../arguments.ts";
import * as maps from "../commands/crypto-map.ts";
import { isEnabled } from "../commands/interface-addresses.ts";
import { interfaceNamed, interfacesIn } from "../commands/interface-openers.ts";
import * as ipsec from "../commands/ipsec.ts";
import { vpdnIgnoreChecksum } from "../commands/vpdn.ts";
import { groupOf, keyBits } from "./crypto-values.ts";
import { addressOf, ipv6AddressesOf, routerOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

const DEFAULT_REPLAY_WINDOW = 64;

/** What a map entry or a template says about the SAs made under it. */
export type MapTerms = Pick<
  IpsecGatewaySpec,
  | "proposals"
  | "lifetimeSeconds"
  | "lifetimeKilobytes"
  | "pfsGroup"
  | "separation"
  | "replayWindow"
  | "ignoreUdpChecksums"
  | "peerProfile"
>;

export interface CryptoTemplate {
  readonly name: string;
  readonly sequence: number;
  readonly accessList: string | undefined;
  readonly terms: MapTerms;
}

type TemplatesByName = ReadonlyMap<string, readonly CryptoTemplate[]>;

export type CryptoMapEntry = { readonly map: string; readonly sequence: number } & (
  | { readonly kind: "dynamic"; readonly dynamicMap: string }
  | {
      readonly kind: "static";
      readonly peers: readonly Address[];
      readonly accessList: string | undefined;
      readonly terms: MapTerms;
    }
);

export interface CryptoMaps {
  readonly templates: readonly CryptoTemplate[];
  /** By map and sequence. */
  readonly entries: readonly CryptoMapEntry[];
  readonly interfaces: readonly { readonly map: string; readonly name: string }[];
}

export function cryptoMaps(config: ConfigReader, warnings: Warnings): CryptoMaps {
  const templates = config.all(maps.dynamicMap).map((node): CryptoTemplate => {
    const { name, sequence } = node.values;
    return {
      name,
      sequence,
      accessList: config.under(node, maps.matchAddress)[0]?.values.list,
      terms: termsOf(config, node, `crypto dynamic-map ${name} ${sequence}`, warnings),
    };
  });
  const dynamic = config.all(maps.dynamicMapEntry).map(
    ({ values }): CryptoMapEntry => ({
      kind: "dynamic",
      map: values.name,
      sequence: values.sequence,
      dynamicMap: values.dynamicMap,
    }),
  );
  const fixed = config.all(maps.staticMap).map(
    (node): CryptoMapEntry => ({
      kind: "static",
      map: node.values.name,
      sequence: node.values.sequence,
      peers: [
        ...config.under(node, maps.setPeer).map(({ values }) => values.address),
        ...config.under(node, maps.setPeer6).map(({ values }) => values.address6),
      ],
      accessList: config.under(node, maps.matchAddress)[0]?.values.list,
      terms: termsOf(config, node, `crypto map ${node.values.name} ${node.values.sequence}`, warnings),
    }),
  );
  const entries = [...dynamic, ...fixed].sort((a, b) =>
    a.map === b.map ? a.sequence - b.sequence : a.map < b.map ? -1 : 1,
  );
  const interfaces = interfacesIn(config).flatMap((port) =>
    config
      .under(port, maps.interfaceCryptoMap)
      .map(({ values }) => ({ map: values.name, name: nameOf(port.values.name) })),
  );
  return { templates: templates.sort((a, b) => a.sequence - b.sequence), entries, interfaces };
}

/** A gateway for each entry of each map on an interface with an address, in the order of the entries. */
export function ipsecGateways(config: ConfigReader, warnings: Warnings): IpsecGatewaySpec[] {
  const view = cryptoMaps(config, warnings);
  const templates = Map.groupBy(view.templates, ({ name }) => name);
  const entriesOf = Map.groupBy(view.entries, ({ map }) => map);
  for (const entry of view.entries) warnOfEntry(entry, templates, warnings);
  return interfacesIn(config).flatMap((port) => {
    const map = config.under(port, maps.interfaceCryptoMap)[0]?.values.name;
    if (map === undefined) return [];
    const interfaceName = nameOf(port.values.name);
    const localAddresses = localAddressesOf(config, port, map);
    if (localAddresses.length === 0 || !isEnabled(config, port)) {
      const why = localAddresses.length === 0 ? "the interface has no address" : "the interface is shut down";
      warnings.add(`interface ${interfaceName}`, `crypto map ${map} protects nothing: ${why}`);
      return [];
    }
    const ofMap = config.find(maps.mapProfile, { name: map })?.values.profile;
    const common = { virtualRouter: routerOf(config, port), interfaceName, ...profileOf(ofMap) };
    const entries = entriesOf.get(map) ?? [];
    return localAddresses.flatMap((localAddress) => {
      const place = { ...common, localAddress };
      const gateways = entries.flatMap((entry) => gatewaysOf(entry, templates, isIpv6(localAddress)));
      return gateways.map((gateway) => ({ ...place, ...gateway }));
    });
  });
}

function warnOfEntry(entry: CryptoMapEntry, templates: TemplatesByName, warnings: Warnings): void {
  const where = `crypto map ${entry.map} ${entry.sequence}`;
  if (entry.kind === "static" && entry.peers.length === 0) {
    warnings.add(where, "no peer is set: the entry accepts nobody");
  }
  if (entry.kind === "dynamic" && !templates.has(entry.dynamicMap)) {
    warnings.add(where, `there is no crypto dynamic-map ${entry.dynamicMap}`);
  }
}

/** The address of the interface, or of the one that `crypto map NAME local-address` names; those of IPv6 behind it. */
function localAddressesOf(config: ConfigReader, port: ConfigNode, map: string): readonly Address[] {
  const lender = config.find(maps.mapOption, { name: map })?.values.interface;
  const from = lender === undefined ? port : interfaceNamed(config, lender);
  if (from === undefined) return [];
  const first = addressOf(config, from);
  return [...(first === undefined ? [] : [first]), ...ipv6AddressesOf(config, from)].map(({ address }) => address);
}

function gatewaysOf(
  entry: CryptoMapEntry,
  templates: TemplatesByName,
  overIpv6: boolean,
): (MapTerms & Pick<IpsecGatewaySpec, "remote" | "label" | "matchAddress">)[] {
  const { map, sequence } = entry;
  if (entry.kind === "static") {
    const label = { map, sequence, dynamicMap: undefined, dynamicSequence: undefined };
    const common = { ...entry.terms, ...within(entry.accessList), label };
    const peers = entry.peers.filter((address) => isIpv6(address) === overIpv6);
    return peers.map((address) => ({ ...common, remote: { address, length: overIpv6 ? 128 : 32 } }));
  }
  return (templates.get(entry.dynamicMap) ?? []).map((template) => ({
    ...template.terms,
    ...within(template.accessList),
    remote: overIpv6 ? ANY_IPV6_PREFIX : ANY_PREFIX,
    label: { map, sequence, dynamicMap: template.name, dynamicSequence: template.sequence },
  }));
}

function within(accessList: string | undefined): Pick<IpsecGatewaySpec, "matchAddress"> {
  return accessList === undefined ? {} : { matchAddress: accessList };
}

function termsOf(config: ConfigReader, settings: ConfigNode, where: string, warnings: Warnings): MapTerms {
  const pfs = config.under(settings, maps.setPfs)[0];
  const replay = (config.under(settings, maps.setReplay)[0] ?? config.all(ipsec.saReplay)[0])?.values;
  const seconds =
    secondsOf(config.under(settings, maps.setLifetime)[0]?.values) ??
    secondsOf(config.all(ipsec.saLifetime)[0]?.values);
  const volume = config.under(settings, maps.setLifetimeKilobytes)[0] ?? config.all(ipsec.saLifetimeKilobytes)[0];
  return {
    proposals: proposalsOf(config, settings, where, warnings),
    lifetimeSeconds: seconds ?? DEFAULT_LIFETIME_SECONDS,
    lifetimeKilobytes: volume?.values.unlimited !== undefined ? undefined : (volume?.values.kilobytes ?? 4_608_000),
    pfsGroup: pfs === undefined ? undefined : groupOf(pfs.values.group ?? "group1"),
    ...profileOf(config.under(settings, maps.setIsakmpProfile)[0]?.values.profile),
    separation: config.under(settings, maps.setNatDemux).length > 0 ? "portDemux" : "none",
    replayWindow: replay?.off !== undefined ? 0 : Number(replay?.size ?? DEFAULT_REPLAY_WINDOW),
    ignoreUdpChecksums: config.all(vpdnIgnoreChecksum).length > 0,
  };
}

function profileOf(peerProfile: string | undefined): Pick<IpsecGatewaySpec, "peerProfile"> {
  return peerProfile === undefined ? {} : { peerProfile };
}

const DEFAULT_LIFETIME_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** The life that a place names, in seconds or in days. */
function secondsOf(life: { readonly seconds?: number; readonly days?: number } | undefined): number | undefined {
  return life?.days === undefined ? life?.seconds : life.days * DAY_SECONDS;
}

function proposalsOf(config: ConfigReader, settings: ConfigNode, where: string, warnings: Warnings): EspProposalSpec[] {
  const names = config.under(settings, maps.setTransformSet)[0]?.values.names ?? [];
  if (names.length === 0) warnings.add(where, "no transform set is set: the entry accepts nothing");
  return names.flatMap((name) => {
    const set = config.find(ipsec.transformSet, { name });
    if (set === undefined) {
      warnings.add(where, `there is no crypto ipsec transform-set ${name}`);
      return [];
    }
    return proposalOf(config, set, warnings) ?? [];
  });
}

const CIPHERS: Readonly<Record<string, EspProposalSpec["cipher"]>> = {
  "esp-3des": "3des",
  "esp-aes": "aes",
  "esp-des": "des",
  "esp-gcm": "aes-gcm",
  "esp-null": "null",
};
const INTEGRITY: Readonly<Record<string, EspProposalSpec["integrity"]>> = {
  "esp-md5-hmac": "md5",
  "esp-sha-hmac": "sha1",
  "esp-sha256-hmac": "sha256",
  "esp-sha384-hmac": "sha384",
  "esp-sha512-hmac": "sha512",
};

type TransformSetNode = ConfigNode<typeof ipsec.transformSet.form>;

function proposalOf(config: ConfigReader, set: TransformSetNode, warnings: Warnings): EspProposalSpec | undefined {
  const { name, sized, bits, integrity, ah } = set.values;
  const cipher = sized ?? set.values.cipher ?? "esp-null";
  const known = CIPHERS[cipher];
  const mac = integrity === undefined ? undefined : INTEGRITY[integrity];
  const fault =
    ah !== undefined
      ? "AH cannot cross a NAT and is not spoken here"
      : sized === undefined && set.values.cipher === undefined && integrity === undefined
        ? "comp-lzs alone protects nothing"
        : known === undefined
          ? `${cipher} is not spoken here`
          : integrity !== undefined && mac === undefined
            ? `${integrity} is not spoken here`
            : known === "aes-gcm" && mac !== undefined
              ? "esp-gcm authenticates by itself and takes no other transform"
              : undefined;
  if (fault !== undefined || known === undefined) {
    warnings.add(`crypto ipsec transform-set ${name}`, fault ?? "");
    return undefined;
  }
  const mode = config.under(set, ipsec.transformMode)[0]?.values.mode ?? "tunnel";
  return {
    label: name,
    cipher: known,
    keyBits: keyBits(bits, known === "aes" || known === "aes-gcm"),
    integrity: mac,
    mode,
  };
}

export interface TransformSetView {
  readonly name: string;
  readonly words: readonly string[];
  readonly mode: "transport" | "tunnel";
}

/** Transform sets as they are listed: `esp-aes 256` stands as `esp-256-aes`. */
export function transformSets(config: ConfigReader): TransformSetView[] {
  return config.all(ipsec.transformSet).map((set) => {
    const { name, ah, sized, cipher, bits, integrity, compression } = set.values;
    const words = [ah, sized && bits ? sizedCipher(sized, bits) : (sized ?? cipher), integrity, compression];
    return {
      name,
      words: words.filter((text) => text !== undefined),
      mode: config.under(set, ipsec.transformMode)[0]?.values.mode ?? "tunnel",
    };
  });
}

function sizedCipher(cipher: string, bits: string): string {
  return cipher === "esp-aes" ? `esp-${bits}-aes` : `${cipher} ${bits}`;
}
