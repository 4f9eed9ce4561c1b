/** Passwords and keys as arguments: read into a `Secret`, which only a printed configuration spells out. */

import { Secret } from "../../engine/kernel/secret.ts";
import type { ArgumentType } from "../../grammar/argument.ts";
import { line, quotedWord, word } from "../../grammar/arguments.ts";

function secret(plain: ArgumentType<string>): ArgumentType<Secret> {
  return {
    placeholder: plain.placeholder,
    verbatim: true,
    read(text, at) {
      const read = plain.read(text, at);
      return read.ok ? { ...read, value: new Secret(read.value) } : read;
    },
    print: (value) => plain.print(value.reveal()),
  };
}

/** One word, every character of it as typed. */
export function secretWord(
  options: { readonly max?: number; readonly placeholder?: string } = {},
): ArgumentType<Secret> {
  return secret(word(options));
}

/** One word, in double quotes where it holds blanks. */
export function quotedSecret(options: { readonly max?: number } = {}): ArgumentType<Secret> {
  return secret(quotedWord(options));
}

/** The rest of the line. */
export function secretLine(): ArgumentType<Secret> {
  return secret(line());
}
