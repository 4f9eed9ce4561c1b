/** `show ip local …`: the address pools of the virtual router, a line for each range. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { addressPool, poolAlias, poolTrap, poolWarning } from "../commands/ip.ts";
import { routerOf } from "../compile/configuration.ts";
import { standing } from "../compile/standing.ts";
import { placed } from "./text.ts";

const POOL = [0, 12, 28, 44, 51, 60, 66, 74];

/** Pools of the virtual router; a line for each range. */
export function showLocalPools(context: ExecContext, name: string | undefined): ExecResult {
  const rows = rangesOf(context).filter((row) => name === undefined || row.name === name);
  return {
    lines: [
      placed(POOL, ["Pool", "Begin", "End", "Free", "In Use", "High", "Abated", "Trap"]),
      placed(POOL, ["----------", "--------------", "--------------", "-----", "-------", "----", "------", "----"]),
      ...rows.map((row) =>
        placed(POOL, [row.name, row.first, row.last, row.free, row.inUse, row.high, row.abated, row.trap ? "Y" : "N"]),
      ),
    ],
    model: rows,
  };
}

function rangesOf(context: ExecContext) {
  const tree = routerOf(context, context.virtualRouter);
  return context.snapshot.pools
    .filter((pool) => pool.virtualRouter === context.virtualRouter)
    .flatMap((pool) => {
      const thresholds = tree.all(poolWarning).find(({ values }) => values.name === pool.name)?.values;
      const high = thresholds?.high ?? poolWarning.initial?.high ?? 0;
      const abated = thresholds?.abated ?? poolWarning.initial?.abated ?? 0;
      const trap = tree.all(poolTrap).some(({ values }) => values.name === pool.name);
      return pool.ranges.map((range) => ({ name: pool.name, ...range, high, abated, trap }));
    });
}

const STATISTICS = [0, 18, 26, 34, 42, 55];

/** All ranges of a pool together. */
export function showPoolStatistics(context: ExecContext): ExecResult {
  const names = [...new Set(rangesOf(context).map((row) => row.name))];
  const rows = names.map((name) => {
    const ranges = rangesOf(context).filter((row) => row.name === name);
    const free = ranges.reduce((sum, row) => sum + row.free, 0);
    const inUse = ranges.reduce((sum, row) => sum + row.inUse, 0);
    const utilization = free + inUse === 0 ? 0 : Math.floor((100 * inUse) / (free + inUse));
    return {
      name,
      size: free + inUse,
      free,
      inUse,
      utilization,
      aboveThreshold: utilization >= (ranges[0]?.high ?? 100),
    };
  });
  return {
    lines: [
      placed(STATISTICS, ["Pool", "Size", "Free", "In Use", "Utilization", "Threshold"]),
      placed(STATISTICS, ["----------------", "------", "------", "------", "-----------", "---------"]),
      ...rows.map((row) =>
        placed(STATISTICS, [
          row.name,
          row.size,
          row.free,
          row.inUse,
          `${row.utilization}%`,
          row.aboveThreshold ? "exceeded" : "ok",
        ]),
      ),
    ],
    model: rows,
  };
}

export function showAddressSource(context: ExecContext): ExecResult {
  const { source } = standing(routerOf(context, context.virtualRouter), addressPool);
  return { lines: [`ip address-pool ${source}`], model: { source } };
}

export function showPoolAliases(context: ExecContext, name: string | undefined): ExecResult {
  const aliases = routerOf(context, context.virtualRouter)
    .all(poolAlias)
    .map(({ values }) => ({ alias: values.name, pool: values.pool }))
    .filter((one) => name === undefined || one.alias === name);
  return {
    lines: [
      placed([0, 18], ["Alias", "Pool"]),
      placed([0, 18], ["----------------", "----------------"]),
      ...aliases.map((one) => placed([0, 18], [one.alias, one.pool])),
    ],
    model: aliases,
  };
}
