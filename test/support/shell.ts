/** A shell on a store of its own, without a gateway behind it. */

import { CredentialStore } from "../../src/cli/credential-store.ts";
import { newLineModuleCounters } from "../../src/engine/counters.ts";
import { takeSnapshot } from "../../src/engine/router/snapshot-of.ts";
import { Baselines } from "../../src/modes/common/baselines.ts";
import type { ExecContext } from "../../src/modes/common/exec-context.ts";
import type { Terminal } from "../../src/modes/common/terminal.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import type { ShellSupport } from "../../src/modes/shell/exec-context-of.ts";
import { loadConfiguration, type PasteReport } from "../../src/modes/shell/paste.ts";
import { Shell } from "../../src/modes/shell/shell.ts";
import { ConfigStore } from "../../src/modes/tree/config-store.ts";
import { NOTHING_COUNTED } from "./l2tp-totals.ts";
import { loginAt, loginsOf } from "./logins.ts";
import { logBufferOf, processUsage } from "./machine-around.ts";
import { noCaptures } from "./no-captures.ts";
import { seededRandom } from "./random.ts";
import { TestRunning } from "./running.ts";

const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const NOTHING = { inboundSa: () => undefined, outboundSa: () => undefined, session: () => undefined };

export class TestShell {
  readonly store = new ConfigStore();
  readonly baselines = new Baselines();
  readonly shell: Shell;
  readonly #dialect: Dialect;
  readonly kept: TestRunning;
  readonly keys: CredentialStore;
  readonly terminal: Terminal = { length: 0, width: 80, monitor: false, historySize: 20, history: [] };

  constructor(dialect: Dialect, level = 15, origin: "console" | "vty" = "console") {
    this.#dialect = dialect;
    this.kept = new TestRunning(dialect, this.store);
    this.keys = new CredentialStore({
      directory: undefined,
      files: this.kept.files,
      date: () => new Date(STARTED_AT),
      changed: () => undefined,
    });
    const switches = new Set<string>();
    const context = (): ReturnType<ShellSupport["context"]> => ({
      snapshot: takeSnapshot({
        now: 1000,
        startedAt: 0,
        spec: dialect.compile(this.store).spec,
        ike: () => ({ sas: [], connections: [], certificateFaults: {} }),
        l2tp: () => ({
          tunnels: [],
          totals: NOTHING_COUNTED,
        }),
        sessions: () => [],
        pools: () => [],
        demuxPort: () => undefined,
        statistics: {
          ...NOTHING,
          totals: () => newLineModuleCounters(),
        },
        cryptoEngine: "node",
      }),
      clock: { now: new Date(STARTED_AT), toDate: (monotonic) => new Date(monotonic) },
      debug: {
        on: switches,
        set: (name, on) => void (on ? switches.add(name) : switches.delete(name)),
        clear: () => switches.clear(),
      } satisfies ExecContext["debug"],
      terminal: this.terminal,
      logins: loginsOf([loginAt("con 0", 0)]),
      files: this.kept.files,
      running: this.kept.running,
      logBuffer: logBufferOf(),
      baselines: this.baselines,
      process: () => processUsage,
      captures: noCaptures,
      reach: { probe: () => () => undefined, after: () => () => undefined },
      keys: this.keys,
      version: "0.0.0",
      request: () => undefined,
    });
    this.shell = new Shell(
      dialect,
      this.store,
      { context, session: { user: "", line: "con 0", since: new Date(0), origin } },
      level,
    );
  }

  load(text: string): PasteReport {
    const report = loadConfiguration(this.shell, text);
    this.#dialect.settle?.(this.store, seededRandom(1));
    return report;
  }

  /** Runs lines one after the other; what they printed, each with its prompt. */
  transcript(...lines: readonly string[]): string[] {
    return lines.flatMap((line) => {
      const prompt = this.shell.prompt();
      return [prompt + line, ...this.shell.execute(line).lines];
    });
  }

  get printed(): string {
    return this.#dialect.render(this.store).join("\n");
  }
}
