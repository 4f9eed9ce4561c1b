/**
 * A single word in exec that is no command is taken for the name of a computer to connect to. Nothing here connects
 * anywhere, so the name is never found; what is said on the way depends on whether names are looked up.
 */

import type { ConfigReader } from "../../grammar/declaration.ts";
import { ipDomainLookup } from "./commands/ip.ts";

const NOT_FOUND = ["% Unknown command or computer name, or unable to find computer address", ""];

export function unknownWord(config: ConfigReader, word: string): readonly string[] {
  const off = config.all(ipDomainLookup).some(({ negated }) => negated);
  if (off) return [`Translating "${word}"`, ...NOT_FOUND];
  return [`Translating "${word}"...domain server (255.255.255.255)`, ...NOT_FOUND];
}
