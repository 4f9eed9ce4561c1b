/** Aliases: the word that begins a line stands for a command, which is written out before the line is read. */

import { skipBlanks, wordEnd } from "../../grammar/arguments.ts";
import type { Mode } from "../../grammar/declaration.ts";
import type { Dialect } from "../dialect.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import { escapeEnd } from "./guide.ts";

/** `mode`: the innermost of configuration, `undefined` in exec; `before`: "blank" = only a word that is over. */
export function withoutAlias(
  line: string,
  before: "end" | "blank",
  { dialect, store, mode }: { readonly dialect: Dialect; readonly store: ConfigStore; readonly mode: Mode | undefined },
): string {
  const { alias } = dialect;
  if (alias === undefined) return line;
  // Behind `do` it is one of exec.
  const escaped = mode === undefined ? undefined : escapeEnd(line, dialect);
  const start = skipBlanks(line, escaped ?? 0);
  const end = wordEnd(line, start);
  if (start === end || (before === "blank" && end === line.length)) return line;
  const command = alias(store, escaped === undefined ? mode : undefined, line.slice(start, end));
  return command === undefined ? line : line.slice(0, start) + command + line.slice(end);
}
