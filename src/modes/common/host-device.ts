/** The name of a network device of the host, as the kernel takes it (`dev_valid_name`): at most 15 characters, no slash, no colon. */

import type { ArgumentType } from "../../grammar/argument.ts";

const LONGEST = 15;

export const hostDevice: ArgumentType<string> = {
  placeholder: "WORD",
  read(line, at) {
    const [word = ""] = /^\S*/.exec(line.slice(at)) ?? [];
    const good = /^[A-Za-z0-9_.-]*/.exec(word)?.[0].length ?? 0;
    const fault = Math.min(good, LONGEST);
    if (fault < word.length) return { ok: false, at: at + fault };
    return /^\.{0,2}$/.test(word) ? { ok: false, at } : { ok: true, value: word, end: at + word.length };
  },
  print: (value) => value,
};
