/** The ports that a line of an access list, or of a group of services, asks for. */

import type { PortRange } from "../../../engine/access-list-spec.ts";
import type { PortValues } from "../commands/access-list-rule.ts";

const LAST_PORT = 65_535;

/** The ranges that the line allows, any of which will do; `undefined` = every port. */
export function portsOf(line: PortValues, side: "source" | "destination"): readonly (PortRange | undefined)[] {
  const equal = line[`${side}Equal` as const];
  const unequal = line[`${side}Unequal` as const];
  const above = line[`${side}Above` as const];
  const below = line[`${side}Below` as const];
  const first = line[`${side}First` as const];
  const last = line[`${side}Last` as const];
  const range = (from: number, to: number): PortRange => ({ first: from, last: to, negated: false });
  if (equal !== undefined) return equal.map((port) => range(port, port));
  if (unequal !== undefined) return [{ first: unequal, last: unequal, negated: true }];
  if (above !== undefined) return [range(above + 1, LAST_PORT)];
  if (below !== undefined) return [range(0, below - 1)];
  if (first === undefined || last === undefined) return [undefined];
  return [range(Math.min(first, last), Math.max(first, last))];
}
