/** `configure`: from the terminal (alone, or for a time), from a file in place of what is there, and going back. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { DeviceFileError } from "../../common/device-files.ts";
import { author, refusals, unlessLocked } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { after, ask, withFiles } from "../../common/questions.ts";
import type { Difference } from "../../tree/difference.ts";
import { placeOf } from "../place.ts";
import { remoteRefusal, textOf } from "./copy.ts";
import { PRIVILEGED } from "./words.ts";

const configure = kw("configure", "Enter configuration mode");
const terminal = kw("terminal", "Configure from the terminal");
const minutes = arg("minutes", uint(1, 120), "Minutes");
const trigger = pick("trigger", {
  idle: "Time without a command after which it goes back",
  timer: "Time after which it goes back",
});

interface Wish {
  readonly lock?: true;
  readonly trigger?: "timer" | "idle";
  readonly minutes?: number;
}

function fromTerminal(context: ExecContext, wish: Wish = {}): ExecResult {
  const { running, session } = context;
  return unlessLocked(context, () => {
    if (wish.lock === true && !running.configurators.lock(session.line)) {
      return { ok: false, lines: ["% Somebody else is in configuration mode: it cannot be locked"] };
    }
    const enter: ExecResult = { action: { type: "configure" } };
    if (wish.minutes === undefined) return enter;
    running.revertAfter(wish.trigger ?? "timer", wish.minutes, author(context));
    return after([`Rollback Confirmed Change: ${backup(context)}`], enter);
  });
}

/** Where what was there before is kept: in the archive when there is one, else in memory alone. */
function backup({ running }: ExecContext): string {
  const { plan } = running.archive;
  if (plan === undefined) return "Keeping the current running config in memory";
  try {
    return `Backing up current running config to ${plan.device}:${running.archive.add(running.text)}`;
  } catch (error) {
    if (!(error instanceof DeviceFileError)) throw error;
    return `Keeping the current running config in memory (${error.message})`;
  }
}

function fromMemory(context: ExecContext): ExecResult {
  const merge = (): ExecResult => {
    const { running } = context;
    if (running.startup === undefined) return { ok: false, lines: ["startup-config is not present"] };
    const report = running.merge(running.startup, author(context));
    return { lines: refusals(report), ok: report.refused.length === 0 };
  };
  return unlessLocked(context, () => withFiles(merge));
}

const source = ask.bind(undefined, "Configuring from terminal, memory, or network [terminal]? ", "terminal");

function chosen(context: ExecContext, text: string): ExecResult {
  if ("terminal".startsWith(text.toLowerCase())) return fromTerminal(context);
  if ("memory".startsWith(text.toLowerCase())) return fromMemory(context);
  return { ok: false, lines: ['?Must be "terminal" or "memory": nothing is fetched over the network'] };
}

// --- configure replace ---

const WARNING = [
  "This replaces the running configuration by the contents of the",
  "file: lines that the file does not have are taken away, so it",
  "must be a complete configuration and not a part of one.",
];
const SURE = "Enter Y if you are sure you want to proceed. ? [no]: ";

interface ReplaceWish {
  readonly list: boolean;
  readonly revert: { readonly trigger: "timer"; readonly minutes: number } | undefined;
}

function replace(context: ExecContext, text: string, wish: ReplaceWish): ExecResult {
  const { running } = context;
  return unlessLocked(context, () => {
    const { report } = running.read(text);
    const understood = report.lines.some(({ outcome }) => outcome.kind === "applied" || outcome.kind === "inert");
    if (!understood) return { ok: false, lines: ["%The input file is not a valid config file."] };
    if (report.refused.length > 0) {
      return { ok: false, lines: [...refusals(report), "Rollback aborted: nothing was changed"], model: report };
    }
    if (wish.revert !== undefined) running.revertAfter(wish.revert.trigger, wish.revert.minutes, author(context));
    const { difference } = running.replace(text, author(context));
    return { lines: outcome(difference, wish.list), model: difference };
  });
}

function outcome(difference: Difference, list: boolean): string[] {
  const passes = `Total number of passes: ${difference.isEmpty ? 0 : 1}`;
  const pass = ["!Pass 1", "", "!List of Commands:", ...difference.commands, "end", ""];
  return [...(list && !difference.isEmpty ? pass : []), passes, "Rollback Done", ""];
}

function reverted(difference: Difference | undefined): ExecResult {
  if (difference === undefined) return { ok: false, lines: ["%No Rollback Confirmed Change pending"] };
  return { lines: outcome(difference, false), model: difference };
}

/** They stand before or behind the time, as they come. */
const REPLACE_OPTIONS = {
  force: "Do not ask",
  ignorecase: "Accepted; case counts",
  list: "List the commands that are applied",
  nolock: "Do not lock the configuration meanwhile",
} as const;
const optionCount = Object.keys(REPLACE_OPTIONS).length;

export const configureCommands = [
  exec({
    level: PRIVILEGED,
    form: [configure],
    run: (context: ExecContext) => source((text) => chosen(context, text)),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      configure,
      terminal,
      flag("lock", "lock", "Lock configuration mode"),
      opt(kw("revert", "Go back unless it is confirmed"), trigger, minutes),
    ],
    run: (context: ExecContext, values) => fromTerminal(context, values),
  }),
  exec({
    level: PRIVILEGED,
    form: [configure, kw("memory", "Configure from NV memory")],
    run: (context: ExecContext) => fromMemory(context),
  }),
  exec({
    level: PRIVILEGED,
    form: [configure, kw("network", "Configure from a TFTP network host")],
    effect: unsupported("Files are those of flash: and nvram: here: nothing is fetched over the network"),
    run: (_context: ExecContext) => ({ ok: false }),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      configure,
      kw("replace", "Replace the running-config with a new config file"),
      arg("file", word({ placeholder: "URL" }), "Name of the configuration file"),
      opt(many("options", pick("option", REPLACE_OPTIONS), optionCount)),
      opt(
        oneOf(
          [kw("time", "Go back unless it is confirmed"), arg("minutes", uint(1, 120), "Minutes")],
          [
            kw("revert", "Go back when something is wrong"),
            kw("trigger", "When to go back"),
            flag("error", "error", "When a line is refused (always so)"),
            opt(kw("timer", "Unless it is confirmed"), arg("timer", uint(1, 120), "Minutes")),
          ],
        ),
        opt(many("more", pick("option", REPLACE_OPTIONS), optionCount)),
      ),
    ],
    run: (context: ExecContext, values) =>
      withFiles((): ExecResult => {
        const place = placeOf(values.file);
        const refusal = remoteRefusal(place, values.file);
        if (refusal !== undefined || place === undefined) return refusal ?? {};
        const text = textOf(context, place);
        if (text === undefined) return { ok: false, lines: [`%Error: Could not open file ${values.file} for reading`] };
        const wait = values.minutes ?? values.timer;
        const options = [...(values.options ?? []), ...(values.more ?? [])];
        const wish: ReplaceWish = {
          list: options.includes("list"),
          revert: wait === undefined ? undefined : { trigger: "timer", minutes: wait },
        };
        if (options.includes("force")) return replace(context, text, wish);
        const sure = ask(SURE, "no", (answer) =>
          /^y/i.test(answer) ? replace(context, text, wish) : { ok: false, lines: ["", "Rollback aborted", ""] },
        );
        return after(WARNING, sure);
      }),
  }),
  exec({
    level: PRIVILEGED,
    form: [configure, kw("confirm", "Keep the changes that would go back")],
    run: ({ running }: ExecContext) =>
      running.confirm() ? {} : { ok: false, lines: ["%No Rollback Confirmed Change pending"] },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      configure,
      kw("revert", "Go back to the configuration that was there before"),
      oneOf(
        [kw("now", "At once")],
        [
          kw("timer", "Time after which it goes back"),
          flag("whileIdle", "idle", "Time without a command after which it goes back"),
          minutes,
        ],
        [pick("idle", { idle: "Time without a command after which it goes back" }), minutes],
      ),
    ],
    run: (context: ExecContext, values) => {
      const { running } = context;
      if (values.minutes === undefined) return reverted(running.revertNow());
      if (running.rollback === undefined) return reverted(undefined);
      const isIdle = values.idle !== undefined || values.whileIdle === true;
      running.revertAfter(isIdle ? "idle" : "timer", values.minutes, author(context));
      return {};
    },
  }),
];
