/** Line modules on threads of their own, as a table that both kinds of router print where they tell what computes ciphers. */

import type { Snapshot } from "../../engine/snapshot.ts";

const WIDTHS = [7, 9, 12, 9, 9, 12, 12, 9, 7];
const HEADS = ["module", "state", "connections", "sessions", "cpu ms", "datagrams", "passed on", "dropped", "losses"];

/** Empty where everything is done on one thread. */
export function lineModuleTable({ lineModules = [] }: Snapshot): string[] {
  if (lineModules.length === 0) return [];
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, column) => String(cell).padStart(WIDTHS[column] ?? 0)).join(" ");
  return [
    "",
    "Line modules on threads of their own:",
    row(HEADS),
    ...lineModules.map((one) =>
      row([
        one.module,
        one.isWorking ? "working" : "lost",
        one.connections,
        one.sessions,
        Math.round(one.cpuMillis),
        one.datagrams,
        one.handedOver,
        one.handOversDropped,
        one.losses,
      ]),
    ),
  ];
}
