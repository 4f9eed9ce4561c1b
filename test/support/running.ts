/** A running configuration without a gateway, on a clock that a test moves. */

import type { Millis } from "../../src/engine/kernel/machine.ts";
import { type DeviceFiles, MemoryFiles } from "../../src/modes/common/device-files.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { RunningConfiguration } from "../../src/modes/running/running-configuration.ts";
import type { ConfigStore } from "../../src/modes/tree/config-store.ts";

const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export class TestRunning {
  readonly files: DeviceFiles = new MemoryFiles(() => this.#date());
  readonly running: RunningConfiguration;
  /** What the log says, `text field value …`. */
  readonly logged: string[] = [];
  /** Reasons for which the device started over. */
  readonly restarts: string[] = [];
  /** How often the gateway was told to act. */
  changes = 0;
  #now: Millis = 0;

  constructor(dialect: Dialect, store: ConfigStore) {
    this.running = new RunningConfiguration({
      dialect,
      store,
      files: this.files,
      clock: { now: () => this.#now, date: (at = this.#now) => new Date(STARTED_AT + at) },
      log: (_category, _severity, text, fields = {}) =>
        void this.logged.push([text, ...Object.entries(fields).flat()].join(" ")),
      version: "1.2.3",
      changed: () => {
        this.changes += 1;
      },
      rescheduled: () => undefined,
      restart: (reason) => void this.restarts.push(reason),
      configured: () => undefined,
    });
  }

  /** Lets time go by, deadline after deadline. */
  advance(millis: Millis): void {
    const end = this.#now + millis;
    for (
      let next = this.running.pollTimeout();
      next !== undefined && next.at <= end;
      next = this.running.pollTimeout()
    ) {
      this.#now = Math.max(this.#now, next.at);
      this.running.handleTimeout();
    }
    this.#now = end;
  }

  #date(): Date {
    return new Date(STARTED_AT + this.#now);
  }
}
