/**
 * VRFs: routing tables of their own within a virtual router. Each is a virtual router too, called by both names (`VR:VRF`); a line
 * of its virtual router makes it, and without that line it is gone.
 */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigCommand } from "../../grammar/declaration.ts";
import type { ConfigStore } from "./config-store.ts";

const MARK = ":";

export function vrfName(router: string, vrf: string): string {
  return `${router}${MARK}${vrf}`;
}

export function isVrf(name: string): boolean {
  return name.includes(MARK);
}

/** `VR` of `VR:VRF`; a virtual router is its own. */
export function routerAround(name: string): string {
  return name.split(MARK, 1)[0] ?? name;
}

/** `VRF` of `VR:VRF`. */
export function innerName(name: string): string {
  return name.slice(name.indexOf(MARK) + 1);
}

/** The whole name: of `:VRF`, with the virtual router that the session stands in. */
export function wholeName(typed: string, standing: string): string {
  return typed.startsWith(MARK) ? routerAround(standing) + typed : typed;
}

/** Why a name leads nowhere; `undefined` = it is there. */
export function isMissing(name: string, routers: Pick<ReadonlyMap<string, unknown>, "has">): string | undefined {
  const outer = routerAround(name);
  if (outer !== DEFAULT_ROUTER && !routers.has(outer)) return `% Virtual router ${outer} does not exist`;
  if (name === outer || routers.has(name)) return undefined;
  return `% VRF ${innerName(name)} does not exist in virtual router ${outer}`;
}

/** Makes the VRFs that lines ask for, and drops what no line asks for any longer. */
export function settleVrfs(store: ConfigStore, command: ConfigCommand): void {
  const asked = new Set<string>();
  for (const [name, tree] of store.routers) {
    if (isVrf(name)) continue;
    for (const { values } of tree.all(command)) asked.add(vrfName(name, String(values.name)));
  }
  for (const name of [...store.routers.keys()]) {
    if (isVrf(name) && !asked.has(name)) store.removeRouter(name);
  }
  for (const name of asked) store.router(name);
}
