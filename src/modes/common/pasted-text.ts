/** A text of several lines as the answer to a command: a certificate, ended by a blank line or by `quit` on a line of its own. */

import type { ExecResult } from "../../grammar/declaration.ts";

/** Longer than any certificate, chain or key in PEM. */
const MAX_LENGTH = 100_000;

export function askForText(lines: readonly string[], then: (text: string) => ExecResult): ExecResult {
  const ask = (sofar: string): ExecResult => ({
    question: {
      prompt: "",
      echo: "plain",
      answer(typed) {
        const line = typed.trim();
        if (line.toLowerCase() === "quit" || (line === "" && sofar !== "")) return then(sofar);
        if (sofar.length + line.length > MAX_LENGTH) return { ok: false, lines: ["% The text is too long"] };
        return ask(line === "" ? sofar : `${sofar}${line}\n`);
      },
    },
  });
  return { lines, ...ask("") };
}
