/** `ping` and `traceroute`, on one line or by dialogue. */

import { shaped, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { pingActivity, traceActivity } from "../../common/ping.ts";
import { TRACE_PORT } from "../../common/probe-plan.ts";
import { PING_DEFAULTS, pingHead, pingWords, type ReachPlan, requestOf, sourceType, traceWords } from "./reach-plan.ts";

const ping = kw("ping", "Send echo messages");
const traceroute = kw("traceroute", "Trace route to destination");
const vrf = opt(kw("vrf", "Select VPN routing instance"), arg("vrf", word(), "VPN Routing/Forwarding instance name"));
const ipWord = flag("ip", "ip", "IP protocol");
const source = [
  kw("source", "Specify source address or name"),
  arg("source", sourceType, "Source address or interface"),
] as const;
const pattern = shaped("HEX", /^(0x)?[0-9a-fA-F]{1,4}$/);

/** One of the options of the line; they come in any order. */
const option = oneOf(
  [kw("repeat", "Specify repeat count"), arg("repeat", uint(1, 2_147_483_647), "Repeat count")],
  [kw("size", "Specify datagram size"), arg("size", uint(36, 18_024), "Datagram size")],
  [kw("timeout", "Specify timeout interval"), arg("timeout", uint(0, 3600), "Timeout in seconds")],
  [kw("data", "Specify data pattern"), arg("data", pattern, "Pattern in hexadecimal")],
  [flag("dontFragment", "df-bit", "Enable do not fragment bit in IP header")],
  [flag("validate", "validate", "Validate reply data")],
  [...source],
);

const traceOption = oneOf(
  [flag("numeric", "numeric", "Display numeric address")],
  [...source],
  [kw("timeout", "Specify time out"), arg("timeout", uint(1, 3600), "Timeout in seconds")],
  [kw("probe", "Specify number of probes per hop"), arg("probes", uint(1, 65_535), "Number of probes")],
  [
    kw("ttl", "Specify minimum and maximum ttl"),
    arg("first", uint(1, 255), "Minimum"),
    arg("last", uint(1, 255), "Maximum"),
  ],
  [kw("port", "Specify port number"), arg("port", uint(1, 65_535), "Port number")],
);

function run(context: ExecContext, plan: ReachPlan): ExecResult {
  const request = requestOf(context, plan);
  if (typeof request === "string") return { lines: [request], ok: false };
  return {
    lines: pingHead(request, plan),
    activity: pingActivity(context.reach, request, plan.repeat, pingWords()),
  };
}

function trace(
  context: ExecContext,
  plan: ReachPlan,
  way: { first: number; last: number; probes: number; port: number },
) {
  const request = requestOf(context, plan);
  if (typeof request === "string") return { lines: [request], ok: false };
  return {
    lines: ["Type escape sequence to abort.", `Tracing the route to ${request.destination}`, ""],
    activity: traceActivity(
      context.reach,
      {
        request: { ...request, kind: "udp", port: way.port },
        firstHop: way.first,
        lastHop: way.last,
        probesPerHop: way.probes,
      },
      traceWords,
    ),
  };
}

/** A question of a dialogue: what it asks, and what becomes of the answer; a text is what is wrong with it. */
interface Step<Answers> {
  readonly prompt: string;
  /** Asked only where this holds. */
  readonly when?: (answers: Answers) => boolean;
  take(text: string, answers: Answers): Answers | string;
}

function ask<Answers>(
  steps: readonly Step<Answers>[],
  answers: Answers,
  finish: (answers: Answers) => ExecResult,
): ExecResult {
  const at = steps.findIndex(({ when }) => when === undefined || when(answers));
  const step = steps[at];
  if (step === undefined) return finish(answers);
  return {
    question: {
      prompt: step.prompt,
      echo: "plain",
      answer(text) {
        const taken = step.take(text.trim(), answers);
        return typeof taken === "string" ? { lines: [taken], ok: false } : ask(steps.slice(at + 1), taken, finish);
      },
    },
  };
}

interface Answers extends ReachPlan {
  readonly extended: boolean;
  readonly first: number;
  readonly last: number;
  readonly probes: number;
  readonly port: number;
}

const BEGIN: Answers = {
  target: "",
  vrf: undefined,
  source: undefined,
  dontFragment: false,
  ...PING_DEFAULTS,
  extended: false,
  first: 1,
  last: 30,
  probes: 3,
  port: TRACE_PORT,
};

type NumberName = "repeat" | "size" | "timeoutSeconds" | "first" | "last" | "probes" | "port";

const always = (): boolean => true;
const extended = ({ extended: on }: Answers): boolean => on;

function number(
  name: NumberName,
  prompt: string,
  range: readonly [number, number],
  initial: number,
  when: (answers: Answers) => boolean = always,
): Step<Answers> {
  return {
    prompt: `${prompt} [${initial}]: `,
    when,
    take(text, answers) {
      if (text === "") return { ...answers, [name]: initial };
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      const [least, most] = range;
      return value >= least && value <= most
        ? { ...answers, [name]: value }
        : `% A decimal number between ${least} and ${most}.`;
    },
  };
}

/** A question whose answer changes nothing here, and must be the one that is offered. */
function fixed(prompt: string, when: (answers: Answers) => boolean): Step<Answers> {
  return { prompt, when, take: (_text, answers) => answers };
}

const protocol: Step<Answers> = {
  prompt: "Protocol [ip]: ",
  take: (text, answers) =>
    "ip".startsWith(text.toLowerCase()) ? answers : "% Unknown protocol - only ip is supported",
};

const target: Step<Answers> = {
  prompt: "Target IP address: ",
  take: (text, answers) => (text === "" ? "% Bad IP address" : { ...answers, target: text }),
};

const sourceStep: Step<Answers> = {
  prompt: "Source address or interface: ",
  when: extended,
  take: (text, answers) => ({ ...answers, source: text === "" ? undefined : text }),
};

const PING_STEPS: readonly Step<Answers>[] = [
  protocol,
  target,
  number("repeat", "Repeat count", [1, 2_147_483_647], PING_DEFAULTS.repeat),
  number("size", "Datagram size", [36, 18_024], PING_DEFAULTS.size),
  number("timeoutSeconds", "Timeout in seconds", [0, 3600], PING_DEFAULTS.timeoutSeconds),
  {
    prompt: "Extended commands [n]: ",
    take: (text, answers) => ({ ...answers, extended: /^y/i.test(text) }),
  },
  sourceStep,
  fixed("Type of service [0]: ", extended),
  {
    prompt: "Set DF bit in IP header? [no]: ",
    when: extended,
    take: (text, answers) => ({ ...answers, dontFragment: /^y/i.test(text) }),
  },
  fixed("Validate reply data? [no]: ", extended),
  {
    prompt: "Data pattern [0xABCD]: ",
    when: extended,
    take: (text, answers) =>
      text === ""
        ? answers
        : /^(0x)?[0-9a-fA-F]{1,4}$/.test(text)
          ? { ...answers, pattern: Number.parseInt(text, 16) }
          : "% Bad data pattern",
  },
  fixed("Loose, Strict, Record, Timestamp, Verbose[none]: ", extended),
  fixed("Sweep range of sizes [n]: ", extended),
];

const TRACE_STEPS: readonly Step<Answers>[] = [
  protocol,
  target,
  { ...sourceStep, prompt: "Source address: ", when: always },
  fixed("Numeric display [n]: ", always),
  number("timeoutSeconds", "Timeout in seconds", [1, 3600], 3),
  number("probes", "Probe count", [1, 65_535], 3),
  number("first", "Minimum Time to Live", [1, 255], 1),
  number("last", "Maximum Time to Live", [1, 255], 30),
  number("port", "Port Number", [1, 65_535], TRACE_PORT),
  fixed("Loose, Strict, Record, Timestamp, Verbose[none]: ", always),
];

export const reachCommands = [
  exec({
    form: [ping],
    run: (context: ExecContext) => ask(PING_STEPS, BEGIN, (answers) => run(context, answers)),
  }),
  exec({
    form: [
      ping,
      vrf,
      ipWord,
      arg("target", word(), "Ping destination address or hostname"),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
    ],
    run: (context: ExecContext, values) =>
      run(context, {
        target: values.target,
        vrf: values.vrf,
        repeat: values.repeat ?? PING_DEFAULTS.repeat,
        size: values.size ?? PING_DEFAULTS.size,
        timeoutSeconds: values.timeout ?? PING_DEFAULTS.timeoutSeconds,
        source: values.source,
        dontFragment: values.dontFragment === true,
        pattern: values.data === undefined ? PING_DEFAULTS.pattern : Number.parseInt(values.data, 16),
      }),
  }),
  exec({
    form: [traceroute],
    run: (context: ExecContext) => ask(TRACE_STEPS, BEGIN, (answers) => trace(context, answers, answers)),
  }),
  exec({
    form: [
      traceroute,
      vrf,
      ipWord,
      arg("target", word(), "Trace route to destination address or hostname"),
      opt(traceOption),
      opt(traceOption),
      opt(traceOption),
      opt(traceOption),
      opt(traceOption),
      opt(traceOption),
    ],
    run: (context: ExecContext, values) => {
      const { target: to, vrf: table, first = 1, last = 30, probes = 3, port = 33_434, timeout = 3 } = values;
      const plan = { ...BEGIN, target: to, vrf: table, source: values.source, timeoutSeconds: timeout };
      return trace(context, plan, { first, last, probes, port });
    },
  }),
];
