/** Saving the configuration, and erasing what was saved. */

import { line } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { confirm, withFiles } from "../../common/questions.ts";
import { framed } from "../show/running-config.ts";
import { PRIVILEGED, print } from "./words.ts";

const VOLATILE = "Note: nvram: is in memory and ends with this process; run lnsh with --state to keep it";

/** Writes the startup configuration and says so as the box does. */
export function save({ running, files }: Pick<ExecContext, "running" | "files">): ExecResult {
  return withFiles(() => {
    running.save();
    return { lines: ["Building configuration...", ...(files.isLasting ? [] : [VOLATILE]), "[OK]"] };
  });
}

const ERASE = "Erasing the nvram filesystem will remove all configuration files! Continue?";

export function eraseNvram({ running, files }: ExecContext): ExecResult {
  return confirm(ERASE, () =>
    withFiles(() => {
      for (const { name } of files.list("nvram")) files.remove("nvram", name);
      running.setStartup(undefined);
      return { lines: ["[OK]", "Erase of nvram: complete"] };
    }),
  );
}

const write = kw("write", "Write running configuration to memory, network, or terminal");

export const savingCommands = [
  exec({
    level: PRIVILEGED,
    form: [
      write,
      opt(
        pick("what", {
          erase: "Erase NV memory",
          memory: "Write to NV memory",
          terminal: "Write to terminal",
        }),
      ),
    ],
    run(context: ExecContext, { what }) {
      if (what === "erase") return eraseNvram(context);
      if (what !== "terminal") return save(context);
      const { dialect, store, record } = context.running;
      const document = dialect.document(dialect.render(store), record);
      return print(framed(document), document);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [write, kw("network", "Write to network TFTP server"), opt(arg("url", line(), "Where to"))],
    effect: unsupported("Files are those of flash: and nvram: here: nothing is written to the network"),
    run: (_context: ExecContext) => ({ ok: false }),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      kw("erase", "Erase a filesystem"),
      pick("what", { "nvram:": "Filesystem to be erased", "startup-config": "Erase contents of configuration memory" }),
    ],
    run: (context: ExecContext) => eraseNvram(context),
  }),
];
