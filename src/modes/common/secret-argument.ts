/** A typed text that is a password or a key: kept in the store as a `Secret`, so that nothing prints it by accident. */

import { Secret } from "../../engine/kernel/secret.ts";
import type { ArgumentType } from "../../grammar/argument.ts";

/** Reads what `text` reads. Its printed form is the clear text; a command that must not show it prints itself. */
export function secret(text: ArgumentType<string>): ArgumentType<Secret> {
  return {
    placeholder: text.placeholder,
    verbatim: true,
    read(line, at) {
      const read = text.read(line, at);
      return read.ok ? { ...read, value: new Secret(read.value) } : read;
    },
    print: (value) => text.print(value.reveal()),
  };
}
