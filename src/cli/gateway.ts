/**
 * The composition root: a configuration store, a dialect, a router, its line module and the loop that runs them. What an
 * operator types changes the store; the store is compiled and the router reconciled to it.
 */

import { Chassis } from "../dataplane/chassis.ts";
import { systemClock } from "../dataplane/io/clock.ts";
import { Driver } from "../dataplane/io/driver.ts";
import { systemRandom } from "../dataplane/io/entropy.ts";
import { LineModule } from "../dataplane/path/line-module.ts";
import type { LineModuleStatistics } from "../engine/forwarding.ts";
import type { Address, Endpoint } from "../engine/kernel/address.ts";
import { Router, type RouterRequest } from "../engine/router/router.ts";
import type { Snapshot } from "../engine/snapshot.ts";
import type { RouterSpec } from "../engine/spec.ts";
import { Baselines } from "../modes/common/baselines.ts";
import { type DeviceFiles, MemoryFiles } from "../modes/common/device-files.ts";
import type { DebugSwitches } from "../modes/common/exec-context.ts";
import type { Terminal } from "../modes/common/terminal.ts";
import type { Dialect } from "../modes/dialect.ts";
import { loadConfiguration, type PasteReport } from "../modes/shell/paste.ts";
import { Shell, type ShellSupport } from "../modes/shell/shell.ts";
import { ConfigStore } from "../modes/tree/config-store.ts";
import type { PortNumbers } from "./listen-plan.ts";
import { Listeners } from "./listeners.ts";
import { LogHub } from "./log-hub.ts";
import { Prober } from "./prober.ts";
import { ProcessMeter } from "./process-meter.ts";
import { VERSION } from "./version.ts";

/** The highest privilege: what the process itself may do. */
const OWNER_LEVEL = 15;

export class Gateway {
  readonly dialect: Dialect;
  readonly store = new ConfigStore();
  readonly logs = new LogHub();
  readonly files: DeviceFiles = new MemoryFiles(() => new Date());
  readonly #baselines = new Baselines();
  readonly #meter = new ProcessMeter();
  readonly #router: Router;
  readonly #driver: Driver<RouterRequest>;
  readonly #listeners: Listeners;
  readonly #prober = new Prober((request) => this.#driver.request(request));
  #spec: RouterSpec | undefined;
  #warnings: readonly string[] = [];

  constructor(dialect: Dialect) {
    this.dialect = dialect;
    const random = systemRandom();
    const lineModule = new LineModule({ random });
    const statistics: LineModuleStatistics = lineModule;
    this.#router = new Router({
      random,
      log: this.logs.log,
      statistics,
      cryptoEngine: lineModule.cryptoEngineName,
      udpEncapsulationOnly: true,
      startedAt: systemClock.now(),
    });
    this.#driver = new Driver<RouterRequest>({
      machine: new Chassis<RouterRequest>(this.#router, lineModule),
      clock: systemClock,
      send: (datagram) => this.#listeners.send(datagram),
      onSettled: () => this.#prober.collect(this.#router),
      onBug: (error) => this.logs.log("system", "error", "a fault in the gateway", { reason: String(error) }),
    });
    this.#listeners = new Listeners((datagram) => this.#driver.datagram(datagram), this.logs.log);
  }

  get spec(): RouterSpec {
    this.#spec ??= this.reconcile();
    return this.#spec;
  }

  /** What the configuration asks for and cannot have. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Loads a configuration as an operator would paste it, then acts on it once. */
  load(text: string): PasteReport {
    const { shell } = this.login("con 0", { length: 0, width: 0, monitor: false, historySize: 0, history: [] });
    const report = loadConfiguration(shell, text);
    this.reconcile();
    return report;
  }

  /** Compiles the store and brings the running gateway in line with it. */
  reconcile(): RouterSpec {
    const { spec, warnings } = this.dialect.compile(this.store);
    for (const warning of warnings) {
      if (!this.#warnings.includes(warning)) this.logs.log("config", "warning", warning);
    }
    this.#spec = spec;
    this.#warnings = warnings;
    this.#driver.request({ type: "configure", spec });
    this.#listeners.follow(spec);
    return spec;
  }

  /** Opens the sockets; rejects with `CannotStart`. Later changes of the configuration move them. */
  async listen(options: {
    readonly address: string | undefined;
    readonly ports: PortNumbers;
  }): Promise<readonly string[]> {
    this.#meter.start();
    return this.#listeners.open(this.spec, options);
  }

  /** The bound IKE and NAT-T ports of a host address, once it is listened on. */
  wirePorts(wire: Address): { readonly ike: Endpoint; readonly natt: Endpoint } | undefined {
    return this.#listeners.wirePorts(wire);
  }

  /** A shell with all rights, as on the console, and its debugging switches. */
  login(line: string, terminal: Terminal): { readonly shell: Shell; readonly debug: DebugSwitches } {
    const switches = new Set<string>();
    const debug: DebugSwitches = {
      on: switches,
      set: (name, on) => void (on ? switches.add(name) : switches.delete(name)),
      clear: () => switches.clear(),
    };
    const support: ShellSupport = {
      context: () => this.#context(debug, terminal),
      session: { user: "", line, since: new Date() },
    };
    return { shell: new Shell(this.dialect, this.store, support, OWNER_LEVEL), debug };
  }

  snapshot(): Snapshot {
    const snapshot = this.#router.snapshot(systemClock.now());
    if (snapshot !== undefined) return snapshot;
    this.reconcile();
    return this.snapshot();
  }

  request(request: RouterRequest): void {
    this.#driver.request(request);
  }

  /** Tells the clients and closes. */
  async stop(reason: string): Promise<void> {
    this.#driver.request({ type: "shutdown", reason });
    this.#driver.stop();
    this.#meter.stop();
    await this.#listeners.close();
  }

  /** Closes without a word: nothing was opened, or nobody is to be told. */
  abandon(): void {
    this.#driver.stop();
    this.#meter.stop();
  }

  #context(debug: DebugSwitches, terminal: Terminal): ReturnType<ShellSupport["context"]> {
    const now = new Date();
    const started = now.getTime() - systemClock.now();
    return {
      snapshot: this.snapshot(),
      clock: { now, toDate: (monotonic) => new Date(started + monotonic) },
      debug,
      terminal,
      files: this.files,
      logBuffer: this.logs,
      baselines: this.#baselines,
      process: this.#meter.usage,
      reach: this.#prober,
      version: VERSION,
      request: (request) => this.#driver.request(request),
    };
  }
}
