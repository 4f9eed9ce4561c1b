/** The configuration of a chassis: its own tree and one for each virtual router. */

import { ConfigTree } from "./config-tree.ts";
import type { StoredLine } from "./stored-line.ts";

export class ConfigStore {
  readonly chassis: ConfigTree;
  readonly #routers: Map<string, ConfigTree>;

  constructor(chassis: ConfigTree = new ConfigTree(), routers: ReadonlyMap<string, ConfigTree> = new Map()) {
    this.chassis = chassis;
    this.#routers = new Map(routers);
  }

  /** Trees of the virtual routers by name, in the order they were made. */
  get routers(): ReadonlyMap<string, ConfigTree> {
    return this.#routers;
  }

  /** The tree of a virtual router, made when it is first asked for. */
  router(name: string): ConfigTree {
    const known = this.#routers.get(name);
    if (known !== undefined) return known;
    const made = new ConfigTree();
    this.#routers.set(name, made);
    return made;
  }

  removeRouter(name: string): boolean {
    return this.#routers.delete(name);
  }

  has(tree: ConfigTree): boolean {
    if (tree === this.chassis) return true;
    for (const router of this.#routers.values()) if (router === tree) return true;
    return false;
  }

  /** Says what the other store says; who holds this one, or stands in a line that both have, goes on as before. */
  become(other: ConfigStore): void {
    this.chassis.become(other.chassis);
    const before = new Map(this.#routers);
    this.#routers.clear();
    for (const [name, theirs] of other.routers) {
      const tree = before.get(name) ?? new ConfigTree();
      tree.become(theirs);
      this.#routers.set(name, tree);
    }
  }

  /** Takes over what the other store says and no listing can (a master key), where this one says nothing of it. */
  takeUnprinted(other: ConfigStore): void {
    for (const { command, values, negated } of other.chassis.lines.filter(isUnprinted)) {
      if (this.chassis.line(undefined, command, values) !== undefined) continue;
      this.chassis.put(undefined, command, values, negated);
    }
  }

  clone(): ConfigStore {
    const routers = new Map([...this.#routers].map(([name, tree]) => [name, tree.clone()]));
    return new ConfigStore(this.chassis.clone(), routers);
  }
}

function isUnprinted({ command, values, negated }: StoredLine): boolean {
  return !negated && command.print !== undefined && command.print(values) === undefined;
}
