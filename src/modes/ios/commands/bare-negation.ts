/** What the box keeps of `no` with values behind it: the line that says it is off, `no keepalive` whatever the period was. */

import type { Siblings } from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";

/** For a command whose `no` is stored: beside these values, which say what is off, it says nothing. */
export function bareNegation(...kept: readonly string[]) {
  return (values: Values, _among: Siblings, negated: boolean): Values =>
    negated ? Object.fromEntries(Object.entries(values).filter(([name]) => kept.includes(name))) : values;
}
