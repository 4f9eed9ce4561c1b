/**
 * The composition root: a configuration store, a dialect, a router, its line module and the loop that runs them. What an
 * operator types changes the store; the store is compiled and the router reconciled to it.
 */

import type { Address, Endpoint } from "../engine/kernel/address.ts";
import type { Pulse } from "../engine/router/pulse.ts";
import type { Roster } from "../engine/router/roster.ts";
import type { RouterRequest } from "../engine/router/router-interface.ts";
import type { Snapshot } from "../engine/snapshot.ts";
import type { RouterSpec } from "../engine/spec.ts";
import type { Activity } from "../grammar/declaration.ts";
import { Baselines } from "../modes/common/baselines.ts";
import { type DeviceFiles, MemoryFiles } from "../modes/common/device-files.ts";
import type { DebugSwitches } from "../modes/common/exec-context.ts";
import type { KeyStore } from "../modes/common/key-store.ts";
import { portTraffic } from "../modes/common/port-traffic.ts";
import { RateMeter } from "../modes/common/rate-meter.ts";
import type { SshService } from "../modes/common/ssh-service.ts";
import type { Terminal } from "../modes/common/terminal.ts";
import type { Dialect } from "../modes/dialect.ts";
import { RunningConfiguration } from "../modes/running/running-configuration.ts";
import type { Examination } from "../modes/shell/examine.ts";
import type { ShellSupport } from "../modes/shell/exec-context-of.ts";
import { OWNER_LEVEL } from "../modes/shell/owner-level.ts";
import type { PasteReport } from "../modes/shell/paste.ts";
import { Shell } from "../modes/shell/shell.ts";
import { ConfigStore } from "../modes/tree/config-store.ts";
import { Alarm } from "./alarm.ts";
import { GatewayCaptures } from "./captures.ts";
import { ConfigurationLoader } from "./configuration-loader.ts";
import { CredentialStore } from "./credential-store.ts";
import { debugSwitches } from "./debug-switches.ts";
import { GatewayCore } from "./gateway-core.ts";
import { gatewayLog } from "./gateway-log.ts";
import { type Host, realHost } from "./host.ts";
import { HostLinks } from "./host-links.ts";
import { type AskedDevice, withAskedDevices } from "./host-plan.ts";
import { tellInterfaces } from "./interface-news.ts";
import type { PortNumbers } from "./listen-plan.ts";
import { Listeners } from "./listeners.ts";
import type { LogHub } from "./log-hub.ts";
import { LoginList } from "./logins.ts";
import { Prober } from "./prober.ts";
import { ProcessMeter } from "./process-meter.ts";
import { RateSampler } from "./rate-sampler.ts";
import { Soon } from "./soon.ts";
import { ToldWarnings } from "./told-warnings.ts";
import { VERSION } from "./version.ts";
import { type ClockHost, withClock } from "./wall-clock.ts";

export interface LoginOptions {
  /** Absent = the owner of the process. */
  readonly user?: { readonly name: string; readonly level: number } | undefined;
  /** Somebody sits at a terminal. */
  readonly attended?: boolean;
  readonly dashboard?: (() => Activity) | undefined;
}

export class Gateway {
  readonly dialect: Dialect;
  readonly store = new ConfigStore();
  readonly host: ClockHost;
  readonly logs: LogHub;
  readonly logins = new LoginList();
  readonly files: DeviceFiles;
  readonly running: RunningConfiguration;
  readonly keys: KeyStore;
  /** The server through which logins come, where there is one. */
  ssh: SshService | undefined;
  #baselines = new Baselines();
  readonly #meter = new ProcessMeter();
  #rates = new RateMeter();
  readonly #sampler = new RateSampler(() => this.#guarded(() => this.#sampleRates()));
  readonly #listeners: Listeners;
  readonly #hostLinks: HostLinks;
  /** Devices that were asked for beside the configuration. */
  #askedDevices: readonly AskedDevice[] = [];
  #missingDevices: readonly string[] = [];
  readonly #prober: Prober;
  readonly #captures: GatewayCaptures;
  readonly #loader: ConfigurationLoader;
  readonly #alarm: Alarm;
  /** Switches of debugging, where every login has the same. */
  readonly #debugging = new Set<string>();
  readonly #core: GatewayCore;
  #starts = 1;
  #credentialsTold = false;
  #spec: RouterSpec | undefined;
  /** A paste is many changes and is acted on once: to compile takes as long as the whole configuration is. */
  readonly #reconciling: Soon;
  #warnings: readonly string[] = [];
  readonly #toldWarnings: ToldWarnings;

  /** Private keys are kept in `keyDirectory`. Without `files` the device forgets them when the process ends. */
  constructor(dialect: Dialect, files?: DeviceFiles, hostBelow: Host = realHost(), keyDirectory?: string) {
    this.dialect = dialect;
    this.host = withClock(hostBelow);
    this.logs = gatewayLog(this, this.#debugging, this.host);
    this.#toldWarnings = new ToldWarnings(this.logs.log);
    this.#reconciling = new Soon(this.host, () => this.#guarded(() => this.reconcile()));
    this.#prober = new Prober((request) => this.#core.driver.request(request), this.host);
    this.#captures = new GatewayCaptures({
      host: this.host,
      log: this.logs.log,
      secretOf: (initiator, responder) => this.#core.router.isakmpSecret(initiator, responder),
      watch: (tap) => this.#core.lineModule.watch(tap),
    });
    this.files = files ?? new MemoryFiles(() => this.host.date());
    this.keys = new CredentialStore({
      directory: keyDirectory,
      files: this.files,
      date: () => this.host.date(),
      changed: () => this.#tellCredentials(),
    });
    this.running = new RunningConfiguration({
      dialect,
      store: this.store,
      files: this.files,
      clock: {
        now: () => this.host.now(),
        date: (at = this.host.now()) => new Date(this.host.date().getTime() + at - this.host.now()),
      },
      log: this.logs.log,
      version: VERSION,
      changed: () => this.#reconciling.ask(),
      rescheduled: () => this.#alarm?.set(),
      restart: (reason) => this.#restart(reason),
      configured: () => {
        this.#reconciling.settle();
        this.#toldWarnings.tell(this.#warnings);
      },
    });
    this.#loader = new ConfigurationLoader({
      dialect,
      store: this.store,
      running: this.running,
      date: () => this.host.date(),
    });
    this.#alarm = new Alarm(
      this.host,
      () => this.running.pollTimeout(),
      () => this.#guarded(() => this.running.handleTimeout()),
    );
    this.#listeners = new Listeners((datagrams) => this.#core.driver.datagrams(datagrams), this.logs.log);
    this.#hostLinks = new HostLinks((device, packets) => this.#core.driver.hostPackets(device, packets), this.logs.log);
    this.#core = new GatewayCore({
      host: this.host,
      logs: this.logs,
      listeners: this.#listeners,
      hostLinks: this.#hostLinks,
      prober: this.#prober,
    });
  }

  /** How often the device has started: a login of an earlier time is over. */
  get starts(): number {
    return this.#starts;
  }

  /** For tests: the thread of a line module meets an error that nobody expects. */
  failModule(module: number): void {
    this.#core.failModule(module);
  }

  /** A fault of ours ends the work and not the process. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.logs.log("system", "error", "a fault in the gateway", { reason: String(error) });
    }
  }

  /** Clients are told and everything is forgotten but the files; then it begins as it began. */
  #restart(reason: string): void {
    this.#core.driver.request({ type: "shutdown", reason });
    this.#captures.stopAll();
    this.#core.restart();
    this.#credentialsTold = false;
    this.#starts += 1;
    this.#debugging.clear();
    this.#baselines = new Baselines();
    this.#rates = new RateMeter();
    this.#warnings = [];
    this.#toldWarnings.forget();
    this.store.become(new ConfigStore());
    try {
      this.loadStartup();
    } catch (error) {
      this.logs.log("system", "error", "the startup configuration could not be loaded", { reason: String(error) });
      this.running.loaded({ startup: false });
    }
    for (const { line } of this.logins.all) if (!line.startsWith("con")) this.logins.clear(line);
  }

  get spec(): RouterSpec {
    this.#reconciling.settle();
    this.#spec ??= this.reconcile();
    return this.#spec;
  }

  /** What the configuration asks for and cannot have. */
  get warnings(): readonly string[] {
    this.#reconciling.settle();
    return this.#warnings;
  }

  /** Loads a configuration as an operator would paste it, then acts on it once; what does something else is not run. */
  load(text: string): PasteReport {
    const report = this.#loader.load(text);
    this.#reconciling.settle();
    return report;
  }

  /** Loads what the device starts from, and acts on it once; `undefined` = there is nothing. */
  loadStartup(): PasteReport | undefined {
    const report = this.#loader.loadStartup();
    this.#reconciling.settle();
    return report;
  }

  /** Lines and what there is to say about the configuration as it stands; without lines, those it was loaded with. */
  examination(report?: PasteReport): Examination | undefined {
    return this.#loader.examination(report, () => ({ spec: this.spec, warnings: this.#warnings }));
  }

  /** Compiles the store and brings the running gateway in line with it. */
  reconcile(): RouterSpec {
    this.#reconciling.forget();
    this.dialect.settle?.(this.store, this.host.random);
    const { spec: compiled, warnings } = this.dialect.compile(this.store, this.host.date());
    const wired = withAskedDevices(compiled, this.#askedDevices);
    this.#missingDevices = wired.missing;
    const spec = this.#hostLinks.follow(wired.spec);
    const terminates = spec.ipsecGateways.length > 0;
    if (terminates !== (this.#spec?.ipsecGateways.length ?? 0) > 0) {
      this.logs.log("config", "info", `IPsec is terminated here${terminates ? "" : " no more"}`);
    }
    tellInterfaces(this.logs.log, this.#spec, spec);
    this.#spec = spec;
    this.#warnings = warnings;
    // What is missing is often the next line of somebody who configures.
    if (this.running.configurators.isEmpty) this.#toldWarnings.tell(warnings);
    if (spec.trustpoints !== undefined && !this.#credentialsTold) this.#tellCredentials();
    this.#core.driver.request({ type: "configure", spec });
    this.#listeners.follow(spec);
    return spec;
  }

  #tellCredentials(): void {
    this.#credentialsTold = true;
    this.#core.driver.request({ type: "credentials", credentials: this.keys.credentials });
  }

  /** Begins to count and to keep a log; `listen` does it too. */
  start(): void {
    this.#meter.start();
    this.#sampler.start();
    this.logs.log("system", "info", "the router started", { version: VERSION });
  }

  /**
   * Opens the sockets; rejects with `CannotStart`. Then makes the devices of interfaces that are plugged into the host, as far as they
   * can be had. Later changes of the configuration move both.
   */
  async listen(options: {
    readonly address: string | undefined;
    readonly ports: PortNumbers;
    readonly devices?: readonly AskedDevice[] | undefined;
    /** Threads for what is in ESP, beside the main one; 0 if absent. */
    readonly workers?: number | undefined;
  }): Promise<readonly string[]> {
    this.start();
    if (options.workers !== undefined && options.workers > 0) this.#core.divide(options.workers);
    const listening = await this.#listeners.open(this.spec, options);
    this.#core.open();
    this.#askedDevices = options.devices ?? [];
    this.#hostLinks.activate();
    this.reconcile();
    return [...listening, ...this.#hostLinks.describe()];
  }

  /** What was asked for when it began to listen and cannot be had, with the reason. */
  get missing(): readonly string[] {
    const nowhere = this.#listeners.isIdle ? ["no interface has an address yet: nobody is listened for"] : [];
    return [...nowhere, ...this.#core.missing, ...this.#missingDevices, ...this.#hostLinks.failures.values()];
  }

  /** The bound IKE and NAT-T ports of a host address, once it is listened on. */
  wirePorts(wire: Address): { readonly ike: Endpoint; readonly natt: Endpoint } | undefined {
    return this.#listeners.wirePorts(wire);
  }

  /** A shell and its debugging switches; without a user it has all rights, as on the console. */
  login(
    line: string,
    terminal: Terminal,
    options: LoginOptions = {},
  ): { readonly shell: Shell; readonly debug: DebugSwitches } {
    const debug = debugSwitches(this.dialect.sharesDebugging === true ? this.#debugging : new Set());
    const { dashboard, user = { name: "", level: OWNER_LEVEL } } = options;
    const support: ShellSupport = {
      context: () => ({ ...this.#context(debug, terminal), ...(dashboard === undefined ? {} : { dashboard }) }),
      session: { user: user.name, line, since: this.host.date(), origin: line.startsWith("vty") ? "vty" : "console" },
      attended: options.attended === true,
    };
    return { shell: new Shell(this.dialect, this.store, support, user.level), debug };
  }

  snapshot(): Snapshot {
    return { ...this.glance() };
  }

  /** A snapshot for whoever looks at once: each part is taken when it is first looked at. */
  glance(): Snapshot {
    this.#reconciling.settle();
    const glance = this.#core.router.views.glance(this.host.now());
    if (glance === undefined) this.reconcile();
    return glance ?? this.glance();
  }

  roster(): Roster {
    return this.#core.router.views.roster(this.glance());
  }

  pulse(): Pulse {
    return this.#core.router.views.pulse();
  }

  request(request: RouterRequest): void {
    this.#reconciling.settle();
    this.#core.driver.request(request);
  }

  /** Tells the clients and closes. */
  async stop(reason: string): Promise<void> {
    this.running.close();
    this.#core.driver.request({ type: "shutdown", reason });
    this.abandon();
    this.#captures.stopAll();
    await this.#core.close();
    await this.#listeners.close();
  }

  /** Closes without a word: nothing was opened, or nobody is to be told. */
  abandon(): void {
    this.#reconciling.forget();
    this.#alarm.stop();
    void this.#core.close();
    this.#hostLinks.close();
    this.#meter.stop();
    this.#sampler.stop();
  }

  #sampleRates(): void {
    const glance = this.#core.router.views.glance(this.host.now());
    if (glance !== undefined) this.#rates.sample(glance.now, portTraffic(glance));
  }

  #setClock(date: Date, by: string): void {
    const from = this.host.date();
    this.host.setDate(date);
    this.logs.log("system", "info", "the clock was set", { from: from.toISOString(), to: date.toISOString(), by });
  }

  #context(debug: DebugSwitches, terminal: Terminal): ReturnType<ShellSupport["context"]> {
    const now = this.host.date();
    const started = now.getTime() - this.host.now();
    return {
      snapshot: this.glance(),
      clock: {
        now,
        toDate: (monotonic) => new Date(started + monotonic),
        isSet: this.host.clockIsSet,
        set: (date, by) => this.#setClock(date, by),
      },
      debug,
      terminal,
      logins: this.logins,
      files: this.files,
      running: this.running,
      logBuffer: this.logs,
      log: this.logs.log,
      baselines: this.#baselines,
      process: this.#meter.usage,
      rates: this.#rates,
      hostRefusals: () => ({
        refused: { ...this.#listeners.refusals, devicePackets: this.#hostLinks.refusals },
        dropped: { datagrams: this.#listeners.drops, devicePackets: this.#hostLinks.drops },
      }),
      reach: this.#prober,
      captures: this.#captures,
      ssh: this.ssh,
      keys: this.keys,
      version: VERSION,
      request: (request) => this.#core.driver.request(request),
    };
  }
}
