/** Watches what this process takes of its machine. It samples only while it is told to, and keeps nothing alive by that. */

import { freemem, totalmem } from "node:os";
import type { ProcessUsage } from "../modes/common/process-usage.ts";
import { LoadHistory } from "./load-history.ts";

const PERIOD_MILLIS = 1000;

export class ProcessMeter {
  readonly #history = new LoadHistory();
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    if (this.#timer !== undefined) return;
    let cpu = process.cpuUsage();
    let at = performance.now();
    this.#timer = setInterval(() => {
      const spent = process.cpuUsage(cpu);
      const now = performance.now();
      this.#history.sample((spent.user + spent.system) / 1000, now - at);
      cpu = process.cpuUsage();
      at = now;
    }, PERIOD_MILLIS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly usage = (): ProcessUsage => {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    return {
      pid: process.pid,
      uptimeMillis: process.uptime() * 1000,
      residentBytes: memory.rss,
      heapTotalBytes: memory.heapTotal,
      heapUsedBytes: memory.heapUsed,
      machineBytes: totalmem(),
      machineFreeBytes: freemem(),
      userMillis: cpu.user / 1000,
      systemMillis: cpu.system / 1000,
      load: this.#history.load,
    };
  };
}
