/**
 * The threads of the line modules beside number 0: made, told what the fabric has for them, heard, and made anew when one ends. Descriptors are the main thread's
 * and outlive them, so the kernel goes on sharing out packets as before, and keeps what comes meanwhile.
 */

import { MessageChannel, Worker } from "node:worker_threads";
import type { ConnectionId } from "../../../engine/forwarding.ts";
import { type Address, type Endpoint, endpointKey } from "../../../engine/kernel/address.ts";
import type { Log } from "../../../engine/kernel/log.ts";
import type { Millis } from "../../../engine/kernel/machine.ts";
import type { ListenPort, OuterDatagram } from "../../datagram.ts";
import type { HandOver } from "../../path/far.ts";
import type { Fabric } from "../../workers/fabric.ts";
import { packHandOvers, unpackHandOvers } from "../../workers/hand-over-batch.ts";
import type { ToModule } from "../../workers/messages.ts";
import type { Clock } from "../clock.ts";
import { Bell } from "../native/bell.ts";
import { openEsp } from "../native/raw-esp.ts";
import { openSocket } from "../native/socket.ts";
import { shareOutBySpi, takeSpisOf } from "../native/socket-filter.ts";
import { hostSystem, type System } from "../native/system.ts";
import { BUFFER_LENGTH } from "../udp.ts";
import { HandOverQueues } from "./hand-over-queues.ts";
import type { FromThread, ThreadPlan, ToThread } from "./thread-messages.ts";

export interface ModuleThreadsContext {
  readonly count: number;
  readonly log: Log;
  readonly clock: Clock;
  /** Calls back once; returns what takes that back. */
  after(millis: Millis, work: () => void): () => void;
  /** There is something to poll from the fabric. */
  wake(): void;
  send(datagram: OuterDatagram): void;
  /** A line module is gone, and these connections with it. */
  lost(connections: readonly ConnectionId[]): void;
}

/** A descriptor that one of the modules reads. */
interface Lent {
  readonly port: ListenPort;
  readonly fd: number;
}

/** One that ends again and again is waited for longer and longer. */
const FIRST_WAIT: Millis = 0;
const SECOND_WAIT: Millis = 1000;
const LONGEST_WAIT: Millis = 30_000;
/** After so long it is as though it had never ended. */
const SOUND_AFTER: Millis = 60_000;

/** How long threads may take over what they were told last. */
const PATIENCE: Millis = 1000;

const OWN = 0;
const ENTRY = `./module-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;

class Slot {
  readonly module: number;
  readonly bell: Bell;
  readonly lent: Lent[] = [];
  /** Descriptors that its thread has been asked to leave. */
  readonly leaving = new Set<number>();
  worker: Worker | undefined;
  startedAt: Millis = 0;
  wait: Millis = FIRST_WAIT;
  /** It is not to begin anew. */
  cancel = (): void => undefined;

  constructor(module: number, bell: Bell) {
    this.module = module;
    this.bell = bell;
  }

  post(message: ToThread, transfer: Parameters<Worker["postMessage"]>[1] = []): void {
    this.worker?.postMessage(message, transfer);
    this.bell.ring();
  }
}

export class ModuleThreads {
  readonly #context: ModuleThreadsContext;
  readonly #system: System;
  readonly #slots: readonly Slot[];
  readonly #queues: HandOverQueues;
  readonly #clockZero: number;
  #fabric: Fabric | undefined;
  #closing: Promise<void> | undefined;
  /** A descriptor was given back. */
  #left = (): void => undefined;
  #suite = "";

  /** Throws where the host's calls cannot be had; `reason` of `hostSystem` says why. */
  constructor(context: ModuleThreadsContext) {
    const found = hostSystem();
    if ("reason" in found) throw new Error(found.reason);
    this.#context = context;
    this.#system = found.system;
    this.#queues = new HandOverQueues(context.count);
    const [seconds, nanos] = process.hrtime();
    this.#clockZero = seconds * 1000 + nanos / 1e6 - context.clock.now();
    this.#slots = Array.from({ length: context.count }, (_, index) => new Slot(index + 1, Bell.make(found.system)));
  }

  get count(): number {
    return this.#slots.length;
  }

  /** From now on the threads are the line modules of `fabric`; those of an earlier one are ended. */
  serve(fabric: Fabric): void {
    this.#fabric = fabric;
    this.#suite = fabric.cryptoEngineName;
    for (const slot of this.#slots) {
      this.#end(slot);
      this.#begin(slot);
    }
  }

  /**
   * The modules read the NAT-T port `local` too, which is bound at `wire`, and with `esp` the protocol of that address. False = the kernel does not share out
   * packets as they belong, and every other packet makes a detour.
   */
  listen(local: Endpoint, wire: Endpoint, esp: boolean): boolean {
    let isSharedOut = true;
    for (const slot of this.#slots) {
      const { address, port } = wire;
      const plan = { type: "datagram", protocol: 0, address, port, bufferLength: BUFFER_LENGTH, shared: true } as const;
      this.#lend(slot, { port: { role: "natt", local, wire }, fd: openSocket(this.#system, plan) });
      if (!esp) continue;
      const fd = openEsp(this.#system, wire.address);
      const own = { local: { ...local, port: 0 }, wire: { ...wire, port: 0 } };
      if (!takeSpisOf(this.#system, fd, slot.module, this.#slots.length)) isSharedOut = false;
      this.#lend(slot, { port: { role: "esp", ...own }, fd });
    }
    const [first] = this.#slots[0]?.lent.filter(({ port }) => endpointKey(port.local) === endpointKey(local)) ?? [];
    return first !== undefined && shareOutBySpi(this.#system, first.fd, this.#slots.length) && isSharedOut;
  }

  /** The modules read nothing of `address` any more. */
  leave(address: Address): void {
    for (const slot of this.#slots) {
      for (const lent of slot.lent.filter(({ port }) => port.local.address === address)) {
        slot.lent.splice(slot.lent.indexOf(lent), 1);
        slot.leaving.add(lent.fd);
        if (slot.worker === undefined) this.#closeLeft(slot);
        else slot.post({ type: "leave", ...lent });
      }
    }
  }

  /** What the fabric has for the modules goes to them. */
  flush(): void {
    const fabric = this.#fabric;
    if (fabric === undefined) return;
    const told = new Map<number, ToModule[]>();
    for (let sent = fabric.pollMessage(); sent !== undefined; sent = fabric.pollMessage()) {
      const before = told.get(sent.module);
      if (before === undefined) told.set(sent.module, [sent.message]);
      else before.push(sent.message);
    }
    for (const [module, messages] of told) this.#slot(module)?.post({ type: "told", messages });
    this.#handOver(fabric);
  }

  /** For tests: the thread of a line module meets an error that nobody expects. */
  fail(module: number): void {
    this.#slot(module)?.post({ type: "fail" });
  }

  /** Everything that was told is done, then all threads end and their descriptors are closed. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.flush();
    await this.#allLeft();
    this.#fabric = undefined;
    await Promise.all(this.#slots.map((slot) => this.#end(slot)));
    for (const slot of this.#slots) {
      for (const { fd } of slot.lent.splice(0)) this.#system.close(fd);
      this.#closeLeft(slot);
      this.#system.close(slot.bell.fd);
    }
  }

  /** What they were told before is done then. */
  #allLeft(): Promise<void> {
    for (const address of new Set(this.#slots.flatMap(({ lent }) => lent.map(({ port }) => port.local.address)))) {
      this.leave(address);
    }
    return new Promise((resolve) => {
      const takeBack = this.#context.after(PATIENCE, resolve);
      this.#left = () => {
        if (this.#slots.some(({ leaving }) => leaving.size > 0)) return;
        takeBack();
        resolve();
      };
      this.#left();
    });
  }

  #begin(slot: Slot): void {
    const fabric = this.#fabric;
    if (fabric === undefined) return;
    const { module } = slot;
    this.#queues.forget(module);
    const plan: ThreadPlan = {
      module,
      count: this.#slots.length,
      suite: this.#suite,
      totals: fabric.totalsOf(module),
      activity: fabric.activityOf(module),
      underWay: this.#queues.memory,
      clockZero: this.#clockZero,
      bells: this.#slots.map(({ bell }) => bell.fd),
    };
    const worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: plan, name: `lnsh-module-${module}` });
    slot.worker = worker;
    slot.startedAt = this.#context.clock.now();
    worker.on("message", (message: FromThread) => {
      if (slot.worker === worker) this.#hear(module, message);
    });
    worker.on("error", (error) => this.#ended(slot, worker, error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => this.#ended(slot, worker, `it ended with code ${code}`));
    for (const other of this.#slots) {
      if (other === slot || other.worker === undefined) continue;
      const { port1, port2 } = new MessageChannel();
      slot.post({ type: "neighbour", module: other.module, way: port1 }, [port1]);
      other.post({ type: "neighbour", module, way: port2 }, [port2]);
    }
    for (const lent of slot.lent) slot.post({ type: "listen", ...lent });
    fabric.begin(module);
    this.#context.wake();
    this.flush();
  }

  #ended(slot: Slot, worker: Worker, reason: string): void {
    if (slot.worker !== worker) return;
    slot.worker = undefined;
    this.#closeLeft(slot);
    const { log, clock, lost, wake, after } = this.#context;
    const { module } = slot;
    if (clock.now() - slot.startedAt > SOUND_AFTER) slot.wait = FIRST_WAIT;
    const connections = this.#fabric?.lost(module) ?? [];
    log("system", "error", "a line module was lost", { module, reason, connections: connections.length });
    slot.cancel = after(slot.wait, () => {
      log("system", "notice", "a line module begins anew", { module });
      this.#begin(slot);
    });
    slot.wait = Math.min(LONGEST_WAIT, Math.max(SECOND_WAIT, slot.wait * 2));
    lost(connections);
    wake();
  }

  async #end(slot: Slot): Promise<void> {
    const { worker } = slot;
    slot.cancel();
    slot.worker = undefined;
    const ended = worker?.terminate();
    slot.bell.ring();
    await ended;
  }

  #hear(module: number, message: FromThread): void {
    const fabric = this.#fabric;
    if (fabric === undefined) return;
    switch (message.type) {
      case "tells":
        for (const told of message.messages) fabric.receiveFrom(module, told);
        break;
      case "handOver":
        for (const handOver of unpackHandOvers(message.batch)) {
          fabric.receiveHandedOver(handOver, this.#context.clock.now());
        }
        this.#queues.arrived(module, OWN, message.batch.lengths.length);
        break;
      case "left":
        this.#slot(module)?.leaving.delete(message.fd);
        this.#system.close(message.fd);
        this.#left();
        return;
      case "datagrams":
        for (const datagram of message.datagrams) this.#context.send(datagram);
        return;
    }
    this.#context.wake();
  }

  #handOver(fabric: Fabric): void {
    const byModule = new Map<number, HandOver[]>();
    for (let given = fabric.pollHandOver(); given !== undefined; given = fabric.pollHandOver()) {
      const before = byModule.get(given.module);
      if (before === undefined) byModule.set(given.module, [given]);
      else before.push(given);
    }
    for (const [module, handOvers] of byModule) {
      const slot = this.#slot(module);
      const granted = slot?.worker === undefined ? 0 : this.#queues.take(OWN, module, handOvers.length);
      fabric.dropHandOvers(module, handOvers.length - granted);
      if (granted === 0) continue;
      const batch = packHandOvers(handOvers.slice(0, granted));
      slot?.post({ type: "handOver", from: OWN, batch }, [batch.lengths.buffer, batch.octets.buffer]);
    }
  }

  #closeLeft({ leaving }: Slot): void {
    for (const fd of leaving) this.#system.close(fd);
    leaving.clear();
  }

  #lend(slot: Slot, lent: Lent): void {
    slot.lent.push(lent);
    slot.post({ type: "listen", ...lent });
  }

  #slot(module: number): Slot | undefined {
    return this.#slots[module - 1];
  }
}
