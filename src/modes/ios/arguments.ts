/** Argument types with IOS's own spelling. */

import { type InterfaceName, interfaceName, interfaceText } from "../../grammar/arguments.ts";

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

export const anyInterface = interfaceName(INTERFACE_TYPES, "");

/** `FastEthernet0/0`. */
export function nameOf(name: InterfaceName): string {
  return interfaceText(name, "");
}
