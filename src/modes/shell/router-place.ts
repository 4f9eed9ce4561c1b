/** The virtual router that a session stands in: how it goes to another one, makes it, and removes it. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { ConfigCommand, Question } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import type { Manner } from "../../grammar/mode-grammar.ts";
import type { Dialect } from "../dialect.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import { innerName, isMissing, isVrf, removeRouterWhole, routerAround, settleVrfs, wholeName } from "../tree/vrfs.ts";

export class RouterPlace {
  readonly #dialect: Dialect;
  readonly #store: ConfigStore;
  #name = DEFAULT_ROUTER;

  constructor(dialect: Dialect, store: ConfigStore) {
    this.#dialect = dialect;
    this.#store = store;
  }

  /** Where a router was removed under the session, it stands in the default one. */
  get name(): string {
    return this.#isThere(this.#name) ? this.#name : DEFAULT_ROUTER;
  }

  /** Goes to one that is there. */
  enter(typed: string): void {
    this.#name = wholeName(typed, this.name);
  }

  /** Goes where a copied prompt says; true when it was made for that. `makes`: nothing is made in exec. */
  standAt(name: string, makes: boolean): boolean {
    if (!makes && !this.#isThere(name)) return false;
    return this.#make(name);
  }

  /** Why a line about virtual routers or VRFs cannot be had here; `undefined` for every other line too. */
  refusal(command: ConfigCommand, values: Values, manner: Manner): string | undefined {
    const { virtualRouterCommand, vrfCommand } = this.#dialect;
    if (command === vrfCommand) {
      return manner === "plain" && isVrf(this.name) ? "% There are no VRFs within a VRF" : undefined;
    }
    if (command !== virtualRouterCommand) return undefined;
    const name = wholeName(String(values.name), this.name);
    if (manner === "plain") return isVrf(name) ? isMissing(name, this.#store.routers) : undefined;
    if (name === DEFAULT_ROUTER) return "% The default virtual router cannot be removed";
    if (isVrf(name)) return "% A VRF is removed by `no ip vrf` in its virtual router";
    return isMissing(name, this.#store.routers);
  }

  /** A virtual router is made by a slip of the pen, and lost with all that is in it. */
  questionAbout(command: ConfigCommand, values: Values, manner: Manner): Question | undefined {
    if (command !== this.#dialect.virtualRouterCommand) return undefined;
    const name = wholeName(String(values.name), this.name);
    if (manner === "plain" && this.#isThere(name)) return undefined;
    const what = manner === "plain" ? "new virtual-router creation" : `deletion of virtual-router ${name}`;
    return { prompt: `Proceed with ${what}? [confirm]`, echo: "confirm", presumed: true, answer: () => ({}) };
  }

  /** `virtual-router NAME` in configuration: goes there, and makes it; with `no`, removes it. True when that changed something. */
  change(typed: string, manner: Manner): boolean {
    const name = wholeName(typed, this.name);
    if (manner === "plain") return this.#make(name);
    return name !== DEFAULT_ROUTER && removeRouterWhole(this.#store, name, this.#dialect.vrfCommand);
  }

  /** The VRFs of the virtual router are those that its configuration names. */
  settle(): void {
    const { vrfCommand } = this.#dialect;
    if (vrfCommand !== undefined) settleVrfs(this.#store, this.name, vrfCommand);
  }

  #make(name: string): boolean {
    this.#name = name;
    if (this.#isThere(name)) return false;
    const { vrfCommand } = this.#dialect;
    if (vrfCommand === undefined || !isVrf(name)) {
      this.#store.router(name);
      return true;
    }
    const outer = routerAround(name);
    this.#store.router(outer).put(undefined, vrfCommand, { name: innerName(name) }, false);
    settleVrfs(this.#store, outer, vrfCommand);
    return true;
  }

  #isThere(name: string): boolean {
    return name === DEFAULT_ROUTER || this.#store.routers.has(name);
  }
}
