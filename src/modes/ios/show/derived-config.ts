/**
 * The configuration of a virtual-access interface: the words of the template it was cloned from, with what its session was given
 * in place of what the template says of it.
 */

import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { configBlocks } from "./config-block.ts";
import type { InterfaceView } from "./interface-list.ts";

const PLACE = /^(?:ip )?vrf forwarding (\S+)$/;
const POOL = /^peer default ip address pool (.+)$/;

/** Begins with `interface …`; empty for what no session has. `body`: the running configuration. */
export function derivedBlock({ name, template, session }: InterfaceView, body: readonly string[]): readonly string[] {
  if (template === null || session === undefined) return [];
  const { virtualRouter, pool } = session;
  const place = virtualRouter === DEFAULT_ROUTER ? undefined : virtualRouter;
  const cloned = configBlocks(body, "interface").find((block) => block.name === template)?.lines ?? [];
  const kept = cloned.filter((line) => [undefined, place].includes(PLACE.exec(line)?.[1]));
  const isPlaced = place === undefined || kept.some((line) => PLACE.test(line));
  const lines = [...(isPlaced ? [] : [`vrf forwarding ${place}`]), ...kept].map((line) => {
    const pools = POOL.exec(line)?.[1]?.split(" ");
    return pools === undefined || pool === undefined || pools.includes(pool)
      ? line
      : `peer default ip address pool ${pool}`;
  });
  return [`interface ${name}`, ...lines.map((line) => ` ${line}`)];
}

/** The running configuration with the interfaces of its sessions, which stand before the templates. */
export function derivedBody(views: readonly InterfaceView[], body: readonly string[]): readonly string[] {
  const derived = views.flatMap((view) => {
    const block = derivedBlock(view, body);
    return block.length === 0 ? [] : [...block, "!"];
  });
  const first = body.findIndex((line) => line.startsWith("interface Virtual-Template"));
  return first < 0 ? body : body.toSpliced(first, 0, ...derived);
}
