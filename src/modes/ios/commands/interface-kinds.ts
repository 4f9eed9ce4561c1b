/** What an interface is, by its name: which defaults hold below it. */

import type { Values } from "../../../grammar/elements.ts";
import { typeOf } from "../arguments.ts";

const PPP_TYPES = [
  "Virtual-Template",
  "Dialer",
  "Serial",
  "Async",
  "Group-Async",
  "BRI",
  "Multilink",
  "POS",
  "Virtual-PPP",
];

/** PPP may run there. */
export function mayRunPpp({ name }: Values): boolean {
  return PPP_TYPES.includes(typeOf(name));
}

/** Sessions are cloned from it. */
export function isTemplate({ name }: Values): boolean {
  return typeOf(name) === "Virtual-Template";
}

export function isEthernet({ name }: Values): boolean {
  return typeOf(name).endsWith("Ethernet");
}

export function isAtm({ name }: Values): boolean {
  return typeOf(name) === "ATM";
}
