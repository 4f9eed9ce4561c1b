/** `show ip local pool [NAME]`. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { virtualAccess } from "./words.ts";

const HEADING = " Pool                     Begin           End             Free  In use";

export function showIpLocalPool(snapshot: Snapshot, name?: string): string[] {
  const pools = snapshot.pools.filter(
    (pool) => pool.virtualRouter === "default" && (name === undefined || pool.name === name),
  );
  if (name !== undefined && pools.length === 0) return [`%Pool ${name} does not exist`];
  const rows = pools.flatMap((pool) =>
    pool.ranges.map(
      (range, index) =>
        ` ${(index === 0 ? pool.name : "").padEnd(24)} ${range.first.padEnd(15)} ${range.last.padEnd(15)} ${String(range.free).padStart(4)}${String(range.inUse).padStart(8)}`,
    ),
  );
  if (name === undefined) return [HEADING, ...rows];
  const inUse = pools.flatMap((pool) =>
    pool.inUse.map(({ address, session, user }) => {
      const index = snapshot.sessions.find((candidate) => candidate.session === session)?.index;
      const port = index === undefined ? "" : virtualAccess(index).short;
      return `   ${address.padEnd(18)} ${port.padEnd(27)} ${user}`;
    }),
  );
  return [
    HEADING,
    ...rows,
    "Available addresses:",
    ...pools.flatMap((pool) => pool.available.map((address) => `   ${address}`)),
    "Inuse addresses:",
    ...inUse,
  ];
}
