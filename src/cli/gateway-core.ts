/**
 * What does not outlive a restart of the device, joined to what does: a router and its line module, or several of them on threads
 * of their own, driven by the host. A restart puts others in their place; sockets, devices and threads stay.
 */

import { Chassis } from "../dataplane/chassis.ts";
import { chooseSuite } from "../dataplane/io/suite-choice.ts";
import { ModuleThreads } from "../dataplane/io/workers/module-threads.ts";
import { LineModule } from "../dataplane/path/line-module.ts";
import { Fabric } from "../dataplane/workers/fabric.ts";
import type { CryptoSuite } from "../engine/crypto/suite.ts";
import type { LineModuleStatistics } from "../engine/forwarding.ts";
import { Router } from "../engine/router/router.ts";
import type { RouterRequest } from "../engine/router/router-interface.ts";
import type { Driven, Host } from "./host.ts";
import type { HostLinks } from "./host-links.ts";
import type { Listeners } from "./listeners.ts";
import type { LogHub } from "./log-hub.ts";
import type { Prober } from "./prober.ts";

export interface GatewayCoreContext {
  readonly host: Host;
  readonly logs: LogHub;
  readonly listeners: Listeners;
  readonly hostLinks: HostLinks;
  readonly prober: Prober;
}

interface Parts {
  readonly router: Router;
  readonly lineModule: LineModule | Fabric;
  readonly driver: Driven;
}

export class GatewayCore {
  readonly #context: GatewayCoreContext;
  #parts: Parts;
  /** Of these parts and of those after them; chosen when there are packets to come. */
  #suite: CryptoSuite | undefined;
  /** What was found when it was chosen. */
  #measured: string | undefined;
  #threads: ModuleThreads | undefined;
  #missing: readonly string[] = [];

  constructor(context: GatewayCoreContext) {
    this.#context = context;
    this.#parts = this.#newParts();
  }

  get router(): Router {
    return this.#parts.router;
  }

  get lineModule(): LineModule | Fabric {
    return this.#parts.lineModule;
  }

  get driver(): Driven {
    return this.#parts.driver;
  }

  /** Why there are no threads although they were asked for. */
  get missing(): readonly string[] {
    return this.#missing;
  }

  /** Everything is forgotten. */
  restart(): void {
    this.driver.stop();
    this.#parts = this.#newParts();
    this.#serve();
  }

  /** Line modules on threads of their own, from now on, where there can be any. */
  divide(workers: number): void {
    const { host, logs, listeners } = this.#context;
    try {
      this.#threads = new ModuleThreads({
        count: workers,
        log: logs.log,
        clock: host,
        after: (millis, work) => host.after(millis, work),
        wake: () => this.driver.wake(),
        send: (datagram) => listeners.send(datagram),
        lost: (connections) => {
          for (const connection of connections) {
            this.driver.request({ type: "closeConnection", connection, reason: "its line module was lost" });
          }
        },
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#missing = [`no line modules on threads of their own: ${reason}`];
      return;
    }
    listeners.modules = this.#threads;
    this.driver.stop();
    this.#parts = this.#newParts();
  }

  /** Packets come from now on. */
  open(): void {
    const { suite, told } = chooseSuite();
    this.#measured = told;
    this.#suite = suite;
    this.lineModule.useSuite(suite, this.#context.host.copies);
    this.#serve();
    this.#context.logs.log("system", "info", "ciphers are computed", { by: suite.name, perPacket: told });
  }

  /** For tests: the thread of a line module meets an error that nobody expects. */
  failModule(module: number): void {
    this.#threads?.fail(module);
  }

  /** Takes no input any more; resolves when the threads have ended. */
  async close(): Promise<void> {
    this.driver.stop();
    await this.#threads?.close();
  }

  #serve(): void {
    if (this.lineModule instanceof Fabric) this.#threads?.serve(this.lineModule);
  }

  #newParts(): Parts {
    const { host, logs, listeners, hostLinks, prober } = this.#context;
    const { random } = host;
    const suite = this.#suite;
    const lends = suite !== undefined && host.copies;
    const measured = (): string | undefined => this.#measured;
    const threads = this.#threads;
    const fabric = threads === undefined ? undefined : new Fabric({ random, suite, lends, count: threads.count });
    const lineModule = fabric ?? new LineModule({ random, suite, lends });
    const statistics: LineModuleStatistics = lineModule;
    const router = new Router({
      random,
      log: logs.log,
      statistics,
      lineModules: fabric,
      get cryptoEngine() {
        return lineModule.cryptoEngineName;
      },
      get cryptoEngineDetails() {
        const descriptors = [...listeners.descriptors, ...hostLinks.descriptors];
        return { lanes: lineModule.cryptoEngineLanes, measured: measured(), descriptors };
      },
      get udpEncapsulationOnly() {
        return !listeners.carriesEsp;
      },
      startedAt: host.now(),
      epoch: (now) => host.date().getTime() + now - host.now(),
    });
    const driver = host.drive({
      machine: new Chassis<RouterRequest>(router, lineModule),
      send: (datagram) => {
        // What was programmed before it is known before it is answered.
        threads?.flush();
        listeners.send(datagram);
      },
      sendToHost: (packet) => hostLinks.send(packet),
      onSettled: () => {
        threads?.flush();
        prober.collect(router);
      },
      onBug: (error) => logs.log("system", "error", "a fault in the gateway", { reason: String(error) }),
    });
    return { router, lineModule, driver };
  }
}
