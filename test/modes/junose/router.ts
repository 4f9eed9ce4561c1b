/** A JunosE shell for tests, with a snapshot that the test made and a record of what the shell asked of the gateway. */

import { readFileSync } from "node:fs";
import { newLineModuleCounters } from "../../../src/engine/counters.ts";
import type { Snapshot } from "../../../src/engine/snapshot.ts";
import { Baselines } from "../../../src/modes/common/baselines.ts";
import type { DeviceFiles } from "../../../src/modes/common/device-files.ts";
import type { Request } from "../../../src/modes/common/exec-context.ts";
import type { LoginView } from "../../../src/modes/common/logins.ts";
import type { Reach } from "../../../src/modes/common/reach.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { loadConfiguration, type PasteReport } from "../../../src/modes/shell/paste.ts";
import { Shell } from "../../../src/modes/shell/shell.ts";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { NOTHING_COUNTED } from "../../support/l2tp-totals.ts";
import { loginAt, loginsOf } from "../../support/logins.ts";
import { logBufferOf, processUsage } from "../../support/machine-around.ts";
import { noCaptures } from "../../support/no-captures.ts";
import { TestRunning } from "../../support/running.ts";

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
}

/** MON DEC 01 2008 10:12:33 UTC: the moment of the manual's configuration listing. */
const NOW = Date.UTC(2008, 11, 1, 10, 12, 33);

export class TestRouter {
  readonly store = new ConfigStore();
  readonly requests: Request[] = [];
  readonly switches = new Set<string>();
  readonly clockSets: Date[] = [];
  readonly baselines = new Baselines();
  readonly shell: Shell;
  readonly files: DeviceFiles;
  logBuffer = logBufferOf();
  logins: readonly LoginView[] = [loginAt("console", 0)];
  reach: Reach = { probe: () => () => undefined, after: () => () => undefined };
  /** Another login, from the default virtual router. */
  readonly login: (level: number) => Shell;
  /** What the gateway is doing, over what the configuration alone says. */
  doing: Partial<Snapshot> = {};

  constructor(level = 15) {
    const kept = new TestRunning(junose, this.store);
    this.files = kept.files;
    const context = () => ({
      snapshot: this.snapshot(),
      clock: {
        now: new Date(NOW),
        toDate: (monotonic: number) => new Date(NOW + monotonic - this.snapshot().now),
        set: (date: Date) => void this.clockSets.push(date),
      },
      debug: {
        on: this.switches,
        set: (name: string, on: boolean) => void (on ? this.switches.add(name) : this.switches.delete(name)),
        clear: () => this.switches.clear(),
      },
      terminal: { length: 0, width: 80, monitor: false, historySize: 20, history: [] },
      logins: loginsOf(this.logins),
      files: kept.files,
      running: kept.running,
      logBuffer: this.logBuffer,
      baselines: this.baselines,
      process: () => processUsage,
      reach: this.reach,
      captures: noCaptures,
      version: "1.2.3",
      request: (request: Request) => void this.requests.push(request),
    });
    const session = { user: "", line: "console", since: new Date(NOW) };
    this.login = (as) => new Shell(junose, this.store, { context, session }, as);
    this.shell = this.login(level);
  }

  snapshot(): Snapshot {
    return {
      now: 187_496_000,
      startedAt: 0,
      spec: junose.compile(this.store).spec,
      ikeSas: [],
      connections: [],
      l2tp: {
        tunnels: [],
        totals: NOTHING_COUNTED,
      },
      sessions: [],
      pools: [],
      lineModule: newLineModuleCounters(),
      cryptoEngine: "node",
      ...this.doing,
    };
  }

  /** In a session of its own, from the default virtual router. */
  load(text: string): PasteReport {
    return loadConfiguration(this.login(15), text);
  }

  /** Lines with the prompts they were typed at and what they printed, as a terminal shows them. */
  session(...lines: readonly string[]): string {
    return lines.flatMap((line) => [this.shell.prompt() + line, ...this.shell.execute(line).lines]).join("\n");
  }

  warnings(): readonly string[] {
    return junose.compile(this.store).warnings;
  }

  printed(): readonly string[] {
    return junose.render(this.store);
  }
}

/** A text as it stands between the marks, without the first line end and the indentation of its first line. */
export function text(strings: TemplateStringsArray): string {
  const lines = (strings[0] ?? "").replace(/^\n/, "").trimEnd().split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return lines.map((line) => line.slice(Math.min(indent, line.search(/\S|$/)))).join("\n");
}
