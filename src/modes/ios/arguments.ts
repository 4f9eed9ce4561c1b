/** Argument types with IOS's own spelling. */

import { type InterfaceName, interfaceName, interfaceText, named, word } from "../../grammar/arguments.ts";

const INTERFACE_TYPES = [
  "Async",
  "ATM",
  "BVI",
  "Dialer",
  "Ethernet",
  "FastEthernet",
  "GigabitEthernet",
  "Group-Async",
  "Loopback",
  "Multilink",
  "Null",
  "Port-channel",
  "Serial",
  "TenGigabitEthernet",
  "Tunnel",
  "Virtual-Access",
  "Virtual-Template",
  "Vlan",
] as const;

/** The first letters by which tables name an interface. */
export const SHORT_TYPES: Readonly<Record<string, string>> = {
  Async: "As",
  ATM: "AT",
  BVI: "BV",
  Dialer: "Di",
  Ethernet: "Et",
  FastEthernet: "Fa",
  GigabitEthernet: "Gi",
  "Group-Async": "Gr",
  Loopback: "Lo",
  Multilink: "Mu",
  Null: "Nu",
  "Port-channel": "Po",
  Serial: "Se",
  TenGigabitEthernet: "Te",
  Tunnel: "Tu",
  "Virtual-Access": "Vi",
  "Virtual-Template": "Vt",
  Vlan: "Vl",
};

export const anyInterface = interfaceName(INTERFACE_TYPES, "", SHORT_TYPES);

/** `FastEthernet0/0`. */
export function nameOf(name: InterfaceName): string {
  return interfaceText(name, "");
}

export const dynamicMapName = named("dynamicMap", word());
export const ipsecProfileName = named("ipsecProfile", word());
export const isakmpProfileName = named("isakmpProfile", word());
export const keyringName = named("keyring", word());
export const cryptoMapName = named("cryptoMap", word());
export const poolName = named("pool", word());
export const transformSetName = named("transformSet", word());
export const vpdnGroupName = named("vpdnGroup", word());
