/** `debug`, `undebug`, `no debug`, `show debugging`. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type ExecCommand, type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, type Element, kw, oneOf } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { CONDITION, conditionsOf, type DebugSwitch, debugSwitches } from "../debug.ts";
import { PRIVILEGED, print, show } from "./words.ts";

const HELP: Readonly<Record<string, string>> = {
  aaa: "AAA Authentication, Authorization and Accounting",
  crypto: "Cryptographic subsystem",
  "crypto pki": "PKI Client",
  ip: "IP information",
  l2tp: "Layer Two Tunnelling Protocol",
  ppp: "PPP (Point to Point Protocol) information",
  vpdn: "VPDN information",
};

const debug = kw("debug", "Debugging functions (see also 'undebug')");
const crypto = kw("crypto", "Cryptographic subsystem");

/** The two ways to switch off. */
const OFF = [
  [kw("no", "Disable debugging functions"), kw("debug", "Debugging functions")],
  [kw("undebug", "Disable debugging functions (see also 'debug')")],
] as const satisfies readonly (readonly Element[])[];

function helpOf(name: string): string {
  return debugSwitches.find((entry) => entry.name === name)?.help ?? HELP[name] ?? name;
}

/** `crypto isakmp error` stands below `crypto isakmp`, which may be a switch itself. */
function wordsOf({ name, help }: DebugSwitch): Element[] {
  const [subsystem = "", event = "", detail] = name.split(" ");
  const head = [kw(subsystem, HELP[subsystem] ?? subsystem)];
  return detail === undefined
    ? [...head, kw(event, help)]
    : [...head, kw(event, helpOf(`${subsystem} ${event}`)), kw(detail, help)];
}

function command(form: readonly Element[], run: (context: ExecContext) => ExecResult): ExecCommand<ExecContext> {
  return exec({ level: PRIVILEGED, form, run });
}

function switchTo(entry: DebugSwitch, on: boolean) {
  return (context: ExecContext): ExecResult => {
    context.debug.set(entry.name, on);
    return { lines: [on ? entry.title : entry.title.replace(/on$/, "off")] };
  };
}

function everything(context: ExecContext): ExecResult {
  return {
    lines: ["", "This may severely impact network performance. "],
    question: {
      prompt: "Continue? (yes/[no]): ",
      echo: "plain",
      answer: (text) => {
        if (!/^y(e(s)?)?$/i.test(text.trim())) return {};
        for (const { name } of debugSwitches) context.debug.set(name, true);
        return { lines: ["All possible debugging has been turned on"] };
      },
    },
  };
}

/** All off; the conditions stay. */
function nothing(context: ExecContext): ExecResult {
  const conditions = [...context.debug.on].filter((name) => name.startsWith(CONDITION));
  context.debug.clear();
  for (const name of conditions) context.debug.set(name, true);
  return { lines: ["All possible debugging has been turned off"] };
}

const all = kw("all", "Enable all debugging");

/** `debug crypto condition …`: what of the stream is wanted. */
const condition = [
  crypto,
  kw("condition", "Set the condition filter"),
  oneOf(
    [kw("peer", "IKE peer"), kw("ipv4", "IKE peer IP address"), arg("peer", ipv4(), "IP address")],
    [kw("connid", "IKE connection"), arg("connid", uint(1, 2_147_483_647), "IKE connection number")],
    [kw("username", "User name"), arg("username", word(), "User name")],
  ),
] as const;

type ConditionValues = { readonly peer?: string; readonly connid?: number; readonly username?: string };

function conditionNames(values: ConditionValues): string[] {
  return Object.entries(values).map(([kind, value]) => `${CONDITION}${kind} ${value}`);
}

function setConditions(on: boolean) {
  return (context: ExecContext, values: unknown): ExecResult => {
    for (const name of conditionNames(values as ConditionValues)) context.debug.set(name, on);
    return {};
  };
}

const resetConditions = exec({
  level: PRIVILEGED,
  form: [debug, crypto, kw("condition", "Set the condition filter"), kw("reset", "Delete all conditions")],
  run: (context: ExecContext) => {
    for (const name of [...context.debug.on]) if (name.startsWith(CONDITION)) context.debug.set(name, false);
    return {};
  },
});

const showDebugging = exec({
  form: [show, kw("debugging", "State of each debugging option")],
  run: (context: ExecContext) => {
    const on = debugSwitches.filter((entry) => context.debug.on.has(entry.name));
    const subsystems = [...new Set(on.map((entry) => entry.subsystem))];
    const lines = subsystems.flatMap((subsystem) => [
      subsystem,
      ...on.filter((entry) => entry.subsystem === subsystem).map((entry) => `  ${entry.title}`),
    ]);
    const conditions = conditionsOf(context.debug);
    return print(lines, { on: on.map((entry) => entry.name), conditions });
  },
});

const TITLES: Readonly<Record<string, string>> = {
  peer: "IKE peer IP address filters:",
  connid: "IKE connection id filters:",
  username: "Username filters:",
};

const showConditions = exec({
  form: [show, crypto, kw("debug-condition", "Debug Condition filters")],
  run: (context: ExecContext) => {
    const conditions = conditionsOf(context.debug);
    const kinds = Object.keys(TITLES).filter((kind) => conditions.some((one) => one.kind === kind));
    const head =
      kinds.length === 0
        ? ["Crypto conditional debug currently is turned OFF"]
        : ["Crypto conditional debug currently is turned ON", "IKE debug context unmatched flag:  OFF", ""];
    const lines = kinds.flatMap((kind) => [
      TITLES[kind] ?? kind,
      ...conditions.filter((one) => one.kind === kind).map(({ value }) => `        ${value}`),
      "",
    ]);
    return print([...head, ...lines], conditions);
  },
});

export const showDebugCommands = [showDebugging, showConditions];

export const debugCommands = [
  ...debugSwitches.map((entry) => command([debug, ...wordsOf(entry)], switchTo(entry, true))),
  ...OFF.flatMap((head) => debugSwitches.map((entry) => command([...head, ...wordsOf(entry)], switchTo(entry, false)))),
  command([debug, all], everything),
  ...OFF.map((head) => command([...head, all], nothing)),
  exec({ level: PRIVILEGED, form: [debug, ...condition], run: setConditions(true) }),
  ...OFF.map((head) => exec({ level: PRIVILEGED, form: [...head, ...condition], run: setConditions(false) })),
  resetConditions,
];
