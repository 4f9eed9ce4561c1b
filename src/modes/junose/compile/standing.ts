/** What a command that stands at most once says here: as typed, else as the box has it. */

import { Bug } from "../../../engine/kernel/errors.ts";
import type { ConfigNode, ConfigReader, Opener, Setting } from "../../../grammar/declaration.ts";
import type { Element, ValuesOf } from "../../../grammar/elements.ts";

/** The command must declare its `initial` values. */
export function standing<Form extends readonly Element[]>(
  reader: ConfigReader,
  command: Setting<Form>,
  under?: ConfigNode,
): ValuesOf<Form> {
  const typed = stated(reader, command, under);
  if (typed !== undefined) return typed;
  if (command.initial === undefined) throw new Bug("a command without initial values was asked for them");
  return command.initial as ValuesOf<Form>;
}

/** The values as typed; `undefined` when the line is not there or is a `no`. */
export function stated<Form extends readonly Element[]>(
  reader: ConfigReader,
  command: Setting<Form> | Opener<Form>,
  under?: ConfigNode,
): ValuesOf<Form> | undefined {
  const [node] = under === undefined ? reader.all(command) : reader.under(under, command);
  return node === undefined || node.negated ? undefined : node.values;
}

export function isStated<Form extends readonly Element[]>(
  reader: ConfigReader,
  command: Setting<Form> | Opener<Form>,
  under?: ConfigNode,
): boolean {
  return stated(reader, command, under) !== undefined;
}
