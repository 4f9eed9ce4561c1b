/**
 * VRFs: routing tables of their own within a virtual router. Each is a virtual router too, called by both names (`VR:VRF`); a line
 * of its virtual router makes it, and without that line it is gone.
 */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigCommand, LineWatch } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
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

const watches = new WeakMap<ConfigCommand, LineWatch>();

/** Makes the VRFs that lines of a virtual router ask for, and drops what none of them asks for any longer. */
export function settleVrfs(store: ConfigStore, router: string, command: ConfigCommand): void {
  const tree = store.routers.get(router);
  if (tree === undefined) return;
  const watch = watches.get(command) ?? { commands: [command] };
  watches.set(command, watch);
  const { there, gone } = tree.changesFor(watch);
  for (const { values } of gone) {
    if (tree.line(undefined, command, values) === undefined) store.removeRouter(nameOf(router, values));
  }
  for (const { values } of there) store.router(nameOf(router, values));
}

/** Removes a virtual router and the VRFs in it; tells whether it was there. */
export function removeRouterWhole(store: ConfigStore, router: string, command: ConfigCommand | undefined): boolean {
  const tree = store.routers.get(router);
  if (command !== undefined) {
    for (const { values } of tree?.all(command) ?? []) store.removeRouter(nameOf(router, values));
  }
  return store.removeRouter(router);
}

function nameOf(router: string, { name }: Values): string {
  return vrfName(router, String(name));
}
