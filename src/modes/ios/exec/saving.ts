/** Saving the configuration, erasing what was saved, and starting over from it. */

import { line, shaped } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { author } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { after, confirm, withFiles, yesOrNo } from "../../common/questions.ts";
import { dateText } from "../document.ts";
import { framed } from "../show/running-config.ts";
import { PRIVILEGED, print, show } from "./words.ts";

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

function reload(context: ExecContext, minutes: number | undefined, reason: string): ExecResult {
  const { running } = context;
  const by = author(context);
  const proceed = (): ExecResult =>
    confirm("Proceed with reload?", () => {
      if (minutes === undefined) running.reloadNow(reason, by);
      else running.reloadIn(minutes, reason, by);
      return {};
    });
  const ask = (): ExecResult =>
    minutes === undefined ? proceed() : after([scheduled(context, minutes, by)], proceed());
  if (running.isSaved) return ask();
  return yesOrNo("System configuration has been modified. Save?", (yes) => {
    if (!yes) return ask();
    const saved = save(context);
    return saved.ok === false ? saved : after(saved.lines ?? [], ask());
  });
}

const MINUTE = 60_000;

function scheduled({ running: { clock } }: ExecContext, minutes: number, by: string): string {
  return `Reload scheduled for ${dateText(clock.date(clock.now() + minutes * MINUTE))} (in ${minutes} minute${minutes === 1 ? "" : "s"}) by ${by}`;
}

const reloadWord = kw("reload", "Halt and perform a cold restart");

/** `hh:mm` or `mmm`. */
const delay = shaped("Delay before reload (mmm or hhh:mm)", /^\d{1,3}(:[0-5]\d)?$/);

function minutesOf(text: string): number {
  const [first = "0", second] = text.split(":");
  return second === undefined ? Number(first) : Number(first) * 60 + Number(second);
}

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
  exec({
    level: PRIVILEGED,
    form: [
      reloadWord,
      opt(
        oneOf(
          [kw("in", "Reload after a time interval"), arg("delay", delay, "Delay before reload (mmm or hhh:mm)")],
          [flag("cancel", "cancel", "Cancel pending reload")],
        ),
      ),
      opt(arg("reason", line(), "Reason for reload")),
    ],
    run(context: ExecContext, { delay: typed, cancel, reason }) {
      if (cancel !== true) return reload(context, typed === undefined ? undefined : minutesOf(typed), reason ?? "");
      if (context.running.cancelReload()) return { lines: ["", "***", "*** --- SHUTDOWN ABORTED ---", "***", ""] };
      return { ok: false, lines: ["%No reload is scheduled."] };
    },
  }),
  exec({
    form: [show, kw("reload", "Scheduled reload information")],
    run({ running }: ExecContext) {
      const planned = running.reload;
      if (planned === undefined) return print(["No reload is scheduled."], undefined);
      const left = Math.max(0, Math.ceil((planned.at - running.clock.now()) / MINUTE));
      const reason = planned.reason === "" ? [] : [`Reload reason: ${planned.reason}`];
      return print([`Reload scheduled in ${left} minutes by ${planned.by}`, ...reason], planned);
    },
  }),
];
