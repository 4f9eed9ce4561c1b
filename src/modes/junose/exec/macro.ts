/** `macro FILE.mac`: commands made by a macro of a file, run one after the other where the session stands. */

import { quotedWord, shaped } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { withFiles } from "../../common/questions.ts";
import { expandMacro } from "../macro/expand.ts";
import { ENABLE_LEVEL } from "./enable.ts";

const PARAMETERS = 16;

const file = { ...shaped("NAME.mac", /^[A-Za-z0-9_][\w.-]*\.mac$/), examples: ["site1.mac"] };

/** In configuration too: its lines are typed where the session stands. */
export const macroCommands = [
  exec({
    level: ENABLE_LEVEL,
    form: [
      kw("macro", "Run a macro"),
      flag("test", "test", "Print its commands and run none"),
      flag("verbose", "verbose", "Print each command before it runs"),
      arg("file", file, "Name of the file"),
      opt(
        arg("name", shaped("WORD", /^[A-Za-z]\w*$/), "Name of the macro; start, or the first one, when absent"),
        opt(
          many("parameters", arg("parameter", quotedWord({ max: 128 }), "What the macro is called with"), PARAMETERS),
        ),
      ),
    ],
    run: ({ files }: ExecContext, values): ExecResult =>
      withFiles((): ExecResult => {
        const text = files.read("flash", values.file);
        if (text === undefined) return { ok: false, lines: [`% File ${values.file} does not exist`] };
        const made = expandMacro(text, values.name, (values.parameters ?? []).map(parameterOf));
        if (!made.ok) return { ok: false, lines: [`% Macro ${values.file}: ${made.reason}`] };
        if (values.test === true) return { lines: made.lines, model: made.lines };
        return { action: { type: "lines", lines: made.lines, echo: values.verbose === true } };
      }),
  }),
];

function parameterOf(text: string): number | string {
  return /^\d{1,10}$/.test(text) ? Number(text) : text;
}
