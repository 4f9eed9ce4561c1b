/** `show paste report`: what became of each line that was pasted last. The boxes have no such command. */

import { exec } from "../../grammar/declaration.ts";
import { flag, type Keyword, kw, opt } from "../../grammar/elements.ts";
import { checkedFile } from "../shell/checked-file.ts";
import { reportText } from "../shell/report-text.ts";
import type { ExecContext } from "./exec-context.ts";

/** `show` is the dialect's own first word; `level`, who may look at configuration. */
export const showPasteReport = (show: Keyword, level: number) =>
  exec({
    level,
    form: [
      show,
      kw("paste", "Configuration that was pasted"),
      kw("report", "What became of each line"),
      opt(flag("inert", "inert", "With the lines that do nothing here")),
    ],
    run: ({ terminal }: ExecContext, { inert }) => {
      const pasted = terminal.pasted?.();
      if (pasted === undefined) return { lines: ["% Nothing was pasted here"], ok: false };
      const file = checkedFile("paste", pasted);
      return { lines: reportText(file, { inert: inert === true }), model: file };
    },
  });
