/** Names of things that a configuration has, by kind: what `?` and Tab offer where such a name is typed. */

import type { ConfigCommand } from "../grammar/declaration.ts";
import type { ConfigStore } from "./tree/config-store.ts";

/** Names of one kind in the chassis and in a virtual router. */
export type NameSource = (store: ConfigStore, virtualRouter: string) => readonly string[];

/** The value `name` of every line of these commands. */
export function namesIn(...commands: readonly ConfigCommand[]): NameSource {
  return (store, virtualRouter) => {
    const router = store.routers.get(virtualRouter);
    const trees = router === undefined ? [store.chassis] : [store.chassis, router];
    const names = trees.flatMap((tree) => commands.flatMap((command) => tree.all(command)));
    return [...new Set(names.map(({ values }) => String(values.name)))];
  };
}
