/** `debug`, `undebug`, `show debugging`. */

import { type ExecCommand, exec } from "../../../grammar/declaration.ts";
import { kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { type DebugSwitch, debugSwitches } from "../debug.ts";

const PRIVILEGED = 15;

const HELP: Readonly<Record<string, string>> = {
  aaa: "AAA Authentication, Authorization and Accounting",
  crypto: "Cryptographic subsystem",
  l2tp: "Layer Two Tunnelling Protocol",
  ppp: "PPP (Point to Point Protocol) information",
  vpdn: "VPDN information",
};

function wordsOf(entry: DebugSwitch) {
  const [subsystem = "", event = ""] = entry.name.split(" ");
  return [kw(subsystem, HELP[subsystem] ?? subsystem), kw(event, entry.help)];
}

function switchOn(entry: DebugSwitch): ExecCommand<ExecContext> {
  return exec({
    level: PRIVILEGED,
    form: [kw("debug", "Debugging functions (see also 'undebug')"), ...wordsOf(entry)],
    run: (context: ExecContext) => {
      context.debug.set(entry.name, true);
      return { lines: [entry.title] };
    },
  });
}

function switchOff(entry: DebugSwitch, first: "undebug" | "no"): ExecCommand<ExecContext> {
  const head =
    first === "no"
      ? [kw("no", "Disable debugging functions"), kw("debug", "Debugging functions")]
      : [kw("undebug", "Disable debugging functions (see also 'debug')")];
  return exec({
    level: PRIVILEGED,
    form: [...head, ...wordsOf(entry)],
    run: (context: ExecContext) => {
      context.debug.set(entry.name, false);
      return { lines: [entry.title.replace(/on$/, "off")] };
    },
  });
}

function allOff(first: "undebug" | "no"): ExecCommand<ExecContext> {
  const head =
    first === "no"
      ? [kw("no", "Disable debugging functions"), kw("debug", "Debugging functions")]
      : [kw("undebug", "Disable debugging functions (see also 'debug')")];
  return exec({
    level: PRIVILEGED,
    form: [...head, kw("all", "All debugging")],
    run: (context: ExecContext) => {
      context.debug.clear();
      return { lines: ["All possible debugging has been turned off"] };
    },
  });
}

/** `debug crypto` alone would mean nothing; `debug l2tp` is short for all of it. */
const debugL2tp = exec({
  level: PRIVILEGED,
  form: [
    kw("debug", "Debugging functions (see also 'undebug')"),
    kw("l2tp", HELP.l2tp ?? ""),
    opt(kw("events", "Protocol events")),
  ],
  run: (context: ExecContext) => {
    context.debug.set("l2tp all", true);
    return { lines: ["L2TP debugging is on"] };
  },
});

export const showDebugging = exec({
  form: [kw("show", "Show running system information"), kw("debugging", "State of each debugging option")],
  run: (context: ExecContext) => {
    const on = debugSwitches.filter((entry) => context.debug.on.has(entry.name));
    const subsystems = [...new Set(on.map((entry) => entry.subsystem))];
    return {
      model: on.map((entry) => entry.name),
      lines: subsystems.flatMap((subsystem) => [
        subsystem,
        ...on.filter((entry) => entry.subsystem === subsystem).map((entry) => `  ${entry.title}`),
      ]),
    };
  },
});

export const debugCommands = [
  ...debugSwitches.map(switchOn),
  debugL2tp,
  ...debugSwitches.map((entry) => switchOff(entry, "undebug")),
  ...debugSwitches.map((entry) => switchOff(entry, "no")),
  allOff("undebug"),
  allOff("no"),
  showDebugging,
];
