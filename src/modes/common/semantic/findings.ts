/** Everything there is to say about a configuration: what its compiler could not have, and what the rules find. */

import type { ConfigNode } from "../../../grammar/declaration.ts";
import type { Compiled, Dialect } from "../../dialect.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import type { Finding, Rule } from "./finding.ts";

const CANNOT_HAVE: Rule = {
  id: "not-in-effect",
  text: "The configuration asks for something that it does not get.",
  advice: "Complete it, or take the line away.",
};

export function findingsOf(_dialect: Dialect, store: ConfigStore, compiled: Compiled): readonly Finding[] {
  return compiled.warnings.map((text) => ({ rule: CANNOT_HAVE, text, node: nodeNamed(store, text) }));
}

/** The top-level line that a warning begins with the words of: `crypto map M 10: …`. */
function nodeNamed(store: ConfigStore, text: string): ConfigNode | undefined {
  const where = text.slice(0, Math.max(0, text.indexOf(": "))).toLowerCase();
  if (where === "") return undefined;
  for (const tree of [store.chassis, ...store.routers.values()]) {
    const found = tree.lines.find((line) => `${line.meaning.toLowerCase()} `.startsWith(`${where} `));
    if (found !== undefined) return found;
  }
  return undefined;
}
