/** `debug`, `undebug`, `no debug`, `show debugging`. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { type ExecCommand, type ExecResult, exec, inert, unsupported } from "../../../grammar/declaration.ts";
import { arg, type Element, flag, kw, oneOf, opt } from "../../../grammar/elements.ts";
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
  vtemplate: "Virtual Template information",
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

/** What nothing runs of: it cannot be debugged, and is off already. */
const NOTHING_TO_DEBUG = [
  ["radius", "RADIUS protocol", "no RADIUS server is asked here"],
  ["tacacs", "TACACS authentication and authorization", "no TACACS+ server is asked here"],
  ["aaa accounting", "Accounting", "nothing is accounted to a server here"],
  ["crypto ikev2", "IKE version 2", "IKE version 1 alone is spoken here"],
  ["crypto sockets", "Crypto sockets", "there are no crypto sockets here"],
  ["crypto ha", "High availability", "this box stands alone"],
  ["ip nat", "NAT events", "addresses are not translated here"],
  ["ip ospf", "OSPF information", "no routing process runs here"],
  ["ip eigrp", "EIGRP information", "no routing process runs here"],
  ["ip bgp", "BGP information", "no routing process runs here"],
  ["ip dhcp", "Dynamic Host Configuration Protocol", "addresses are given by PPP here, never by DHCP"],
  ["snmp", "SNMP information", "there is no SNMP agent here"],
  ["ntp", "NTP information", "the clock is that of the host"],
] as const;

const rest = opt(arg("rest", line(), "Which of them"));

const refusedSwitches = NOTHING_TO_DEBUG.flatMap(([name, help, reason]) => {
  const [first = "", second] = name.split(" ");
  const words = second === undefined ? [kw(first, help)] : [kw(first, HELP[first] ?? first), kw(second, help)];
  const run = (_: ExecContext): ExecResult => ({});
  return [
    exec({ level: PRIVILEGED, form: [debug, ...words, rest], effect: unsupported(reason), run }),
    ...OFF.map((head) => exec({ level: PRIVILEGED, form: [...head, ...words, rest], effect: inert(reason), run })),
  ];
});

const TITLES: Readonly<Record<string, string>> = {
  peer: "IKE peer IP address filters:",
  connid: "IKE connection id filters:",
  username: "Username filters:",
};

const showConditions = exec({
  form: [show, crypto, kw("debug-condition", "Debug Condition filters"), flag("all", "all", "Every filter")],
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
  ...refusedSwitches,
];
