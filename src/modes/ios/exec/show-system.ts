/** The box itself: version, clock, log, processes, memory, hardware. */

import { exec } from "../../../grammar/declaration.ts";
import { flag, kw, opt, pick } from "../../../grammar/elements.ts";
import { zoneAt } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { civilTime } from "../log-style.ts";
import { clockLine, summerLines } from "../show/clock.ts";
import { inventory, showInventory } from "../show/inventory.ts";
import { loggingView, showLogging } from "../show/logging.ts";
import { showMemoryStatistics, showProcesses, showProcessesHistory, showProcessesMemory } from "../show/processes.ts";
import { showVersion } from "../show/version.ts";
import { print, show } from "./words.ts";

const processes = kw("processes", "Active process statistics");

export const showSystemCommands = [
  exec({
    form: [
      show,
      pick("what", { hardware: "Hardware specific information", version: "System hardware and software status" }),
    ],
    run: ({ snapshot, version, process }: ExecContext) => {
      const usage = process();
      const uptimeSeconds = Math.floor((snapshot.now - snapshot.startedAt) / 1000);
      const model = { hostname: snapshot.spec.hostname, version, uptimeSeconds, ...inventory(version) };
      return print(showVersion(snapshot, version, usage), model);
    },
  }),
  exec({
    form: [show, kw("clock", "Display the system clock"), flag("detail", "detail", "Display detailed information")],
    run: ({ clock, chassis }: ExecContext, { detail }) => {
      const time = civilTime(chassis);
      const zone = zoneAt(time, clock.now);
      const isSet = clock.isSet === true;
      const source = isSet ? "Time source is user configuration" : "No time source";
      const details = detail === true ? [source, ...summerLines(clock.now, time)] : [];
      const lines = [clockLine(clock.now, time, isSet), ...details];
      return print(lines, { utc: clock.now.toISOString(), zone: zone.name, offsetMinutes: zone.offsetMinutes });
    },
  }),
  exec({
    form: [
      show,
      // `show log` is this one, although `show login` begins so as well.
      kw("logging", "Show the contents of logging buffers", { aliases: ["log"] }),
      opt(
        pick("part", { count: "Show counts of each logging message", history: "Show the history of syslog messages" }),
      ),
    ],
    run: (context: ExecContext, { part }) => {
      const hosts = context
        .renderConfiguration()
        .flatMap((line) => /^logging (?:host )?(\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1] ?? []);
      const view = loggingView(context.chassis, context.logBuffer, hosts);
      if (part === undefined) return print(showLogging(view), view);
      const counts = new Map<string, number>();
      for (const line of view.lines) {
        const name = /%([A-Z_]+-\d-[A-Z_]+)/.exec(line)?.[1];
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      const rows = [...counts].map(([name, count]) => ({ name, count }));
      return print(
        part === "history" ? view.lines : rows.map(({ name, count }) => `${name.padEnd(32)} ${count}`),
        rows,
      );
    },
  }),
  exec({
    form: [
      show,
      processes,
      opt(
        pick("part", { cpu: "Show CPU use per process", memory: "Show memory use per process" }),
        opt(
          pick("order", {
            sorted: "Show sorted output based on use",
            history: "Show information in graph format",
          }),
        ),
        opt(pick("span", { "1min": "By the last minute", "5min": "By five minutes", "5sec": "By five seconds" })),
      ),
    ],
    run: (context: ExecContext, { part, order }) => {
      const usage = context.process();
      if (part === "memory") return print(showProcessesMemory(usage), usage);
      if (order !== "history") {
        const { lineModules } = context.snapshot;
        return print(showProcesses(usage, lineModules), lineModules === undefined ? usage : { ...usage, lineModules });
      }
      return print(showProcessesHistory(usage.load), usage.load);
    },
  }),
  exec({
    form: [
      show,
      kw("memory", "Memory statistics"),
      opt(
        pick("part", {
          processor: "Processor memory",
          statistics: "Show memory pool statistics",
          summary: "Summary of memory usage",
        }),
      ),
    ],
    run: (context: ExecContext) => {
      const usage = context.process();
      return print(showMemoryStatistics(usage), usage);
    },
  }),
  exec({
    form: [show, kw("inventory", "Show the physical inventory"), flag("raw", "raw", "Every entity")],
    run: ({ version }: ExecContext) => print(showInventory(inventory(version)), inventory(version)),
  }),
];
