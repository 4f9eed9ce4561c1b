/** Passwords that are said to be hidden (type 7) and can hide nothing: no command takes one. */

import { Secret } from "../../engine/kernel/secret.ts";
import type { ResolvedWord } from "../../grammar/resolver.ts";
import { decodeType7 } from "../common/type7.ts";

export function hiddenTextFault(words: readonly ResolvedWord[]): string | undefined {
  const isFault = words.some(
    ({ value }, index) =>
      value instanceof Secret && isType7(words[index - 1]) && decodeType7(value.reveal()) === undefined,
  );
  return isFault ? "Invalid encrypted password" : undefined;
}

function isType7(word: ResolvedWord | undefined): boolean {
  return word?.type === undefined && word?.label === "7";
}
