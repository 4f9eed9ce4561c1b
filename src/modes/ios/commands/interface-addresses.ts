/**
 * The addresses of an interface, and the VRF in which they count. No two interfaces that are up share a network in a VRF, as on
 * the box; one that is shut down may, until it comes up.
 */

import { type Address, ipv4FromNumber, ipv4ToNumber, maskOf } from "../../../engine/kernel/address.ts";
import { ipv4, word } from "../../../grammar/arguments.ts";
import {
  type ConfigCommand,
  type ConfigNode,
  type ConfigReader,
  type Displacement,
  inert,
  type LineWatch,
  setting,
} from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import type { Span } from "../../common/semantic/address-ranges.ts";
import { SpanIndex } from "../../common/span-index.ts";
import { anyInterface, maskWithGaps, nameOf } from "../arguments.ts";
import { interfaceMode } from "../modes.ts";
import { type InterfaceNode, interfaceOpener, interfacesIn, subinterfaceOpener } from "./interface-openers.ts";
import { usageLines } from "./usage-lines.ts";

const inside = { mode: interfaceMode } as const;
const ip = kw("ip", "Interface Internet Protocol config commands");

/** Addresses belong to a VRF: with another one they are gone, and so is what said the old one in other words. */
function vrfDisplaces(other: () => ConfigCommand): Displacement {
  return {
    commands: (kept): readonly ConfigCommand[] => [ipAddress, ipAddressSecondary, ...(kept ? [other()] : [])],
    say: ({ values: { address } }, parent, { values, kept }) =>
      address === undefined
        ? undefined
        : `% Interface ${portName(parent)} IP address ${address} removed due to ${kept ? "enabling" : "disabling"} VRF ${values.vrf}`,
  };
}

export const vrfForwarding = setting({
  ...inside,
  form: [
    ip,
    kw("vrf", "VPN Routing/Forwarding parameters on the interface"),
    kw("forwarding", "Configure forwarding table"),
    arg("vrf", word(), "VRF name"),
  ],
  displaces: vrfDisplaces((): ConfigCommand => vrfForwardingNew),
});

/** The same in the words of `vrf definition`. */
export const vrfForwardingNew = setting({
  ...inside,
  form: [
    kw("vrf", "VPN Routing/Forwarding parameters on the interface"),
    kw("forwarding", "Configure forwarding table"),
    arg("vrf", word(), "VRF name"),
  ],
  displaces: vrfDisplaces((): ConfigCommand => vrfForwarding),
});

export const ipAddress = setting({
  ...inside,
  form: [
    ip,
    kw("address", "Set the IP address of an interface"),
    arg("address", ipv4(), "IP address"),
    arg("mask", maskWithGaps, "IP subnet mask"),
  ],
  check: faultAt,
  keeps: secondariesOf,
  displaces: {
    commands: (kept): readonly ConfigCommand[] => (kept ? [ipUnnumbered, noIpAddress, ...otherAddresses] : []),
  },
});

export const ipAddressSecondary = setting({
  ...inside,
  form: [
    ip,
    kw("address", "Set the IP address of an interface"),
    arg("address", ipv4(), "IP address"),
    arg("mask", maskWithGaps, "IP subnet mask"),
    kw("secondary", "Make this IP address a secondary address"),
  ],
  key: ["address", "mask"],
  check: faultAt,
  displaces: { commands: (kept): readonly ConfigCommand[] => (kept ? [noIpAddress] : []) },
});

/** A primary address goes behind the secondary ones; `no ip address` takes all of them. */
function secondariesOf(
  { address, mask: length }: Partial<AddressAndMask>,
  config: ConfigReader,
  port?: ConfigNode,
): string | undefined {
  if (port === undefined || config.under(port, ipAddressSecondary).length === 0) return undefined;
  const isPrimary = config
    .under(port, ipAddress)
    .some(({ values }) => values.address === address && values.mask === length);
  return isPrimary ? "Must delete secondary before deleting primary" : undefined;
}

/** The box says of an interface without an address that it has none. Nobody types its word: it is said with `no` alone. */
export const noIpAddress = setting({
  ...inside,
  form: [ip, kw("address", "Set the IP address of an interface"), kw("none", "No IP address", { hidden: true })],
  noForm: [ip, kw("address", "Set the IP address of an interface")],
  negation: "stored",
  check: () => "% Incomplete command.",
  displaces: {
    commands: (): readonly ConfigCommand[] => [ipAddress, ipAddressSecondary, ipUnnumbered, ...otherAddresses],
  },
});

/** Addresses that others give; they take the place of one that is typed. */
const otherAddresses = usageLines(
  {
    ...inside,
    effect: inert("an address is typed, or lnsh run --listen names it"),
    words: {
      ip: ip.help,
      "ip address": "Set the IP address of an interface",
      address: "Set the IP address of an interface",
      "client-id": "Interface that names the client",
      hostname: "Name that is told",
      previous: "Ask for the address of before",
    },
    displaces: { commands: (kept): readonly ConfigCommand[] => (kept ? [ipAddress, noIpAddress, ipUnnumbered] : []) },
  },
  {
    "ip address negotiated [previous]": "IP Address negotiated over PPP",
    "ip address pool WORD": "IP Address autoconfigured from a local DHCP pool",
    "ip address dhcp [client-id IFNAME] [hostname WORD]": "IP Address negotiated via DHCP",
  },
);

interface AddressAndMask {
  readonly address: Address;
  readonly mask: number;
}

/** An address that no host may have: of a network or all of its hosts, of a group, of the box itself. */
function addressFault({ address, mask: length }: AddressAndMask): string | undefined {
  const first = Number.parseInt(address, 10);
  if (first === 0 || first === 127 || first >= 224) return `Not a valid host address - ${address}`;
  if (length < 0) return `Bad mask 0x${(-length).toString(16).toUpperCase()} for address ${address}`;
  const host = ipv4ToNumber(address) % 2 ** (32 - length);
  const isReserved = length < 31 && (host === 0 || host === 2 ** (32 - length) - 1);
  return isReserved || length === 0 ? `Bad mask /${length} for address ${address}` : undefined;
}

export const ipUnnumbered = setting({
  ...inside,
  form: [
    ip,
    kw("unnumbered", "Enable IP processing without an explicit address"),
    arg("interface", anyInterface, "Interface that lends its address"),
  ],
  displaces: {
    commands: (kept): readonly ConfigCommand[] =>
      kept ? [ipAddress, ipAddressSecondary, noIpAddress, ...otherAddresses] : [],
  },
});

function faultAt(values: AddressAndMask, config: ConfigReader, port?: ConfigNode): string | undefined {
  const isUp = port !== undefined && isEnabled(config, port);
  return addressFault(values) ?? (isUp ? overlapOf(values, config, port) : undefined);
}

/** The VRF of an interface; `undefined` = the global table. */
export function vrfOf(config: ConfigReader, port: Pick<ConfigNode, "children">): string | undefined {
  const [named] = [...config.under(port, vrfForwarding), ...config.under(port, vrfForwardingNew)];
  return named?.values.vrf;
}

export function addressesOf(config: ConfigReader, port: Pick<ConfigNode, "children">): readonly AddressAndMask[] {
  return [...config.under(port, ipAddress), ...config.under(port, ipAddressSecondary)].map(({ values }) => values);
}

export function isEnabled(config: ConfigReader, port: Pick<ConfigNode, "children">): boolean {
  return config.under(port, shutdown).every((line) => line.negated);
}

/** The networks of interfaces that are up, by VRF: there may be thousands, and each address is compared with them. */
const networks = new WeakMap<ConfigReader, SpanIndex<ConfigNode>>();
const interfaces: LineWatch = { commands: [interfaceOpener, subinterfaceOpener] };

function networksIn(config: ConfigReader): SpanIndex<ConfigNode> {
  const index = networks.get(config) ?? new SpanIndex<ConfigNode>();
  networks.set(config, index);
  const { there, gone } = config.changesFor(interfaces);
  for (const port of gone) index.delete(port);
  for (const port of there) index.set(port, vrfOf(config, port), spansOf(config, port));
  return index;
}

function spansOf(config: ConfigReader, port: ConfigNode): readonly Span[] {
  return isEnabled(config, port) ? addressesOf(config, port).map(spanOf) : [];
}

function spanOf({ address, mask: length }: AddressAndMask): Span {
  const first = (ipv4ToNumber(address) & maskOf(length)) >>> 0;
  return { first, last: (first | ~maskOf(length)) >>> 0 };
}

/** What the box says of an address whose network is also that of another interface, where both are up in one VRF. */
function overlapOf(own: AddressAndMask, config: ConfigReader, port: ConfigNode): string | undefined {
  const vrf = vrfOf(config, port);
  const { first, last } = spanOf(own);
  if (!networksIn(config).meets({ first, last }, vrf, port)) return undefined;
  const other = interfacesIn(config).find(
    (each) =>
      !Object.is(each, port) &&
      vrfOf(config, each) === vrf &&
      spansOf(config, each).some((span) => span.first <= last && first <= span.last),
  );
  return other === undefined ? undefined : `% ${networkOf(own)} overlaps with ${nameOf(other.values.name)}`;
}

function networkOf({ address, mask: length }: AddressAndMask): Address {
  return ipv4FromNumber((ipv4ToNumber(address) & maskOf(length)) >>> 0);
}

export const shutdown = setting({
  ...inside,
  form: [kw("shutdown", "Shutdown the selected interface")],
  off: [{}],
  keeps: (_values, config, port) => {
    if (port === undefined) return undefined;
    const faults = addressesOf(config, port).flatMap((own) => overlapOf(own, config, port) ?? []);
    return faults.length === 0
      ? undefined
      : [...faults, `${portName(port)}: incorrect IP address assignment`].join("\n");
  },
});

/** The name of the interface that a line stands below. */
function portName(port: Pick<ConfigNode, "values"> | undefined): string {
  return port === undefined ? "" : nameOf((port.values as InterfaceNode["values"]).name);
}

/** In the order in which they print. */
export const addressCommands = [
  vrfForwarding,
  vrfForwardingNew,
  ipUnnumbered,
  noIpAddress,
  ipAddress,
  ipAddressSecondary,
  ...otherAddresses,
];
