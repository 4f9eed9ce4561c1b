/** `show crypto call admission statistics`: how many phase 1 negotiations there are, and that nobody limits them. */

import type { Snapshot } from "../../../engine/snapshot.ts";

export interface CallAdmission {
  readonly total: number;
  readonly active: number;
  readonly negotiating: number;
}

export function callAdmission({ ikeSas }: Snapshot): CallAdmission {
  const active = ikeSas.filter(({ state }) => state === "established").length;
  const dead = ikeSas.filter(({ state }) => state === "deleted").length;
  return { total: ikeSas.length - dead, active, negotiating: ikeSas.length - dead - active };
}

const RULE = "-".repeat(69);

export function showCallAdmission({ total, active, negotiating }: CallAdmission): string[] {
  const cell = (value: number, width: number): string => String(value).padStart(width);
  return [
    RULE,
    "        Crypto Call Admission Control Statistics",
    RULE,
    `System Resource Limit: ${cell(0, 8)}  Max IKE SAs: ${cell(0, 5)}  Max in nego: ${cell(0, 5)}`,
    `Total IKE SA Count:    ${cell(total, 8)}  active:      ${cell(active, 5)}  negotiating: ${cell(negotiating, 5)}`,
    "",
  ];
}
