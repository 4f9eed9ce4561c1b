/** `archive config` and `show archive`: the copies of the configuration, and how they differ. */

import { word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { maskSecrets } from "../../common/mask-secrets.ts";
import { withFiles } from "../../common/questions.ts";
import { mergeConfiguration } from "../../shell/read-configuration.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import { dateText } from "../document.ts";
import { type Place, placeOf, shownName } from "../place.ts";
import { remoteRefusal, textOf } from "./copy.ts";
import { PRIVILEGED, print, show } from "./words.ts";

const DISABLED: ExecResult = { ok: false, lines: [" Archive feature not enabled"] };
const archive = kw("archive", "Archive of configurations");
const config = kw("config", "Configurations");
const NO_CHANGES = "!No changes were found";

function showArchive({ running }: ExecContext): ExecResult {
  const { plan, copies, next } = running.archive;
  if (plan === undefined) return DISABLED;
  const named = (name: string): string => shownName({ device: plan.device, name });
  const rows = Array.from({ length: plan.maximum }, (_, index) => {
    const copy = copies[index];
    const recent = index === copies.length - 1 ? " <- Most Recent" : "";
    return `   ${String(index + 1).padEnd(9)}${copy === undefined ? "" : named(copy.name)}${recent}`.trimEnd();
  });
  return print(
    [
      `The maximum archive configurations allowed is ${plan.maximum}.`,
      `There are currently ${copies.length} archive configurations saved.`,
      `The next archive file will be named ${named(`${plan.prefix}-${next}`)}`,
      " Archive #  Name",
      ...rows,
    ],
    { ...plan, copies, next },
  );
}

/** The configuration that a file holds, or why it cannot be had. */
function storeOf(
  context: ExecContext,
  typed: string,
): { readonly store: ConfigStore } | { readonly refusal: ExecResult } {
  const place: Place | undefined = placeOf(typed);
  if (place?.kind === "running") return { store: context.running.store };
  const refusal = remoteRefusal(place, typed);
  if (refusal !== undefined || place === undefined) return { refusal: refusal ?? {} };
  const text = textOf(context, place);
  if (text === undefined)
    return { refusal: { ok: false, lines: [`%Error: Could not open file ${typed} for reading`] } };
  return { store: context.running.read(text).store };
}

function differences(context: ExecContext, first: string, second: string): ExecResult {
  const [before, after] = [storeOf(context, first), storeOf(context, second)];
  if ("refusal" in before) return before.refusal;
  if ("refusal" in after) return after.refusal;
  const { isEmpty, contextual } = context.running.differenceBetween(before.store, after.store);
  const lines = isEmpty ? [NO_CHANGES] : ["!Contextual Config Diffs:", ...contextual];
  return print(lines, contextual);
}

/** What merging a file into the running configuration would do. */
function increments(context: ExecContext, typed: string): ExecResult {
  const { running, clock } = context;
  const place = placeOf(typed);
  const refusal = remoteRefusal(place, typed);
  if (refusal !== undefined || place === undefined) return refusal ?? {};
  const text = textOf(context, place);
  if (text === undefined) return { ok: false, lines: [`%Error: Could not open file ${typed} for reading`] };
  const merged = running.store.clone();
  mergeConfiguration(running.dialect, merged, text, clock.now);
  const { isEmpty, commands } = running.differenceTo(merged);
  // A key that goes away needs not be told to be taken away: `no` finds its line by who it is for.
  const shown = commands.map((line) => (/^ *no /.test(line) ? maskSecrets(line) : line));
  return print(isEmpty ? [NO_CHANGES] : ["!List of Commands:", ...shown, "end"], shown);
}

const file = (name: "first" | "second") => arg(name, word({ placeholder: "URL" }), "Name of a configuration file");

export const archiveExecCommands = [
  exec({
    level: PRIVILEGED,
    form: [kw("archive", "Manage archive files"), kw("config", "Copy the running configuration to the archive")],
    run: ({ running }: ExecContext) =>
      withFiles((): ExecResult => {
        if (running.archive.plan === undefined) return DISABLED;
        running.archive.add(running.text);
        return {};
      }),
  }),
  exec({
    level: PRIVILEGED,
    form: [show, archive],
    run: (context: ExecContext) => withFiles(() => showArchive(context)),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      archive,
      config,
      kw("differences", "How two configurations differ"),
      opt(file("first"), opt(file("second"))),
    ],
    run: (context: ExecContext, { first, second }) =>
      withFiles(() => differences(context, first ?? "startup-config", second ?? "running-config")),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      archive,
      config,
      kw("incremental-diffs", "What merging a file would change"),
      arg("file", word({ placeholder: "URL" }), "Name of a configuration file"),
    ],
    run: (context: ExecContext, values) => withFiles(() => increments(context, values.file)),
  }),
  exec({
    level: PRIVILEGED,
    form: [show, archive, config, kw("rollback", "Changes that go back"), pick("what", { timer: "When they go back" })],
    run({ running }: ExecContext) {
      const { rollback } = running;
      if (rollback === undefined) return print(["%No Rollback Confirmed Change pending"], null);
      const { trigger, minutes, by, at } = rollback;
      return print(
        [
          `Goes back at: ${dateText(running.clock.date(at))}`,
          `Timer type: ${trigger === "idle" ? "idle timer" : "absolute timer"}`,
          `Timer value: ${minutes} min`,
          `User: ${by}`,
        ],
        { trigger, minutes, by },
      );
    },
  }),
];
