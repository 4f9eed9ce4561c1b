/** `show` of the chassis and its processes. Tools that archive configurations send several of these. */

import { exec, inert } from "../../../grammar/declaration.ts";
import { kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  showBoot,
  showEnvironment,
  showHardware,
  showLastReset,
  showProcessCpu,
  showProcessMemory,
  showRedundancy,
  showUtilization,
} from "../show/chassis.ts";
import { show } from "./show-words.ts";

const detail = opt(pick("view", { detail: "Everything about it" }));

export const chassisShowCommands = [
  exec({
    form: [show, kw("hardware", "Cards of the chassis")],
    run: (context: ExecContext) => showHardware(context),
  }),
  exec({
    form: [
      show,
      kw("environment", "Fans, power, memory, temperature"),
      opt(pick("part", { all: "Everything", brief: "The state without tables" })),
    ],
    run: (context: ExecContext) => showEnvironment(context),
  }),
  exec({
    effect: inert("there is one route processor and no group of line modules"),
    form: [show, kw("redundancy", "What stands by for what"), detail],
    run: () => showRedundancy(),
  }),
  exec({
    form: [show, kw("boot", "What the router starts from")],
    run: (context: ExecContext) => showBoot(context),
  }),
  exec({
    form: [show, kw("last-reset", "Why the router started last")],
    run: (context: ExecContext) => showLastReset(context),
  }),
  exec({
    form: [show, kw("utilization", "Memory and processor by card"), detail],
    run: (context: ExecContext, { view }) => showUtilization(context, view),
  }),
  exec({
    form: [show, kw("processes", "Processes of the router"), pick("what", { cpu: "Processor time", memory: "Memory" })],
    run: (context: ExecContext, { what }) => (what === "cpu" ? showProcessCpu(context) : showProcessMemory(context)),
  }),
  exec({
    form: [show, kw("exception", "What was kept of a fault"), opt(kw("dump", "Memory dumps"))],
    run: ({ logBuffer }: ExecContext) => {
      const faults = logBuffer.events.filter(({ event }) => event.category === "system" && event.severity === "error");
      const lines = faults.map(({ event, at }) => `${at.toISOString()} ${event.text}: ${event.fields.reason ?? ""}`);
      return {
        lines: lines.length === 0 ? ["No exceptions recorded"] : lines,
        model: faults.map(({ event, at }) => ({ at, text: event.text, reason: event.fields.reason })),
      };
    },
  }),
];
