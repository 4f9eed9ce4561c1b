/**
 * The thread of a line module: its descriptors are read and written here and nowhere else, and nothing is asked of the main thread per packet. It ends with
 * an error that nobody expected, or when it is ended; whoever made it puts another one in its place.
 */

import { parentPort, workerData } from "node:worker_threads";
import type { ListenPort, OuterDatagram } from "../../datagram.ts";
import type { HandOver } from "../../path/far.ts";
import { packHandOvers, unpackHandOvers } from "../../workers/hand-over-batch.ts";
import type { FromModule } from "../../workers/messages.ts";
import { moduleActivity } from "../../workers/shared-counters.ts";
import { WorkerModule } from "../../workers/worker-module.ts";
import { systemRandom } from "../entropy.ts";
import { Bell } from "../native/bell.ts";
import { PollLoop } from "../native/poll-loop.ts";
import { RawEsp } from "../native/raw-esp.ts";
import { waitInLoop } from "../native/readiness.ts";
import { hostSystem, permitInThread, type System } from "../native/system.ts";
import { flushDatagrams } from "../native/udp-socket.ts";
import { suiteNamed } from "../suite-choice.ts";
import { UdpPorts } from "../udp.ts";
import { HandOverQueues } from "./hand-over-queues.ts";
import type { FromThread, ThreadPlan, ToThread } from "./thread-messages.ts";

/** At the latest then it looks after what is not a packet. */
const TURN_MILLIS = 200;

const OWN = 0;

interface Way {
  postMessage(message: ToThread | FromThread, transfer: ArrayBuffer[]): void;
}

class ModuleThread {
  readonly #plan: ThreadPlan;
  readonly #system: System;
  readonly #main: Way;
  readonly #module: WorkerModule;
  readonly #udp: UdpPorts;
  readonly #esp = new Map<string, RawEsp>();
  readonly #ways = new Map<number, Way>();
  readonly #bells: readonly Bell[];
  readonly #queues: HandOverQueues;
  readonly #activity;
  readonly #clockOffset: number;
  #reportedAt = 0;

  constructor(plan: ThreadPlan, system: System, main: Way) {
    this.#plan = plan;
    this.#system = system;
    this.#main = main;
    const { module, count, suite, totals, underWay } = plan;
    this.#module = new WorkerModule({
      module,
      count,
      random: systemRandom(),
      suite: suiteNamed(suite),
      lends: true,
      totals,
    });
    this.#activity = moduleActivity.over(plan.activity);
    this.#queues = new HandOverQueues(count, underWay);
    this.#bells = plan.bells.map((fd) => new Bell(system, fd));
    this.#ways.set(OWN, main);
    this.#clockOffset = hrtimeMillis() - performance.now() - plan.clockZero;
    this.#udp = new UdpPorts();
    this.#udp.onDatagrams((datagrams) => this.#receive(datagrams));
  }

  start(loop: PollLoop): void {
    const own = this.#bells[this.#plan.module - 1];
    if (own !== undefined) {
      loop.watch(own.fd, () => {
        own.quieten();
        loop.yield();
        return 0;
      });
    }
    loop.run(TURN_MILLIS, () => {
      this.#settle();
      flushDatagrams();
    });
  }

  /** Nothing is left for later: the next turn may wait for long. */
  handle(message: ToThread): void {
    switch (message.type) {
      case "told":
        for (const told of message.messages) this.#module.handleMessage(told, this.#now());
        break;
      case "handOver":
        this.#takeOver(message);
        break;
      case "listen":
        this.#listen(message.port, message.fd);
        break;
      case "leave":
        this.#leave(message.port);
        this.#main.postMessage({ type: "left", fd: message.fd }, []);
        break;
      case "neighbour":
        message.way.on("message", (fromNeighbour: ToThread) => this.handle(fromNeighbour));
        this.#ways.set(message.module, message.way);
        break;
      case "fail":
        throw new Error("it was told to fail");
    }
    this.#settle();
  }

  #now(): number {
    return performance.now() + this.#clockOffset;
  }

  #receive(datagrams: readonly OuterDatagram[]): void {
    this.#activity.datagrams += datagrams.length;
    this.#module.receiveAll(datagrams, this.#now());
    this.#send();
  }

  #takeOver({ from, batch }: Extract<ToThread, { type: "handOver" }>): void {
    const now = this.#now();
    for (const handOver of unpackHandOvers(batch)) this.#module.receiveHandedOver(handOver, now);
    this.#queues.arrived(from, this.#plan.module, batch.lengths.length);
  }

  /** Everything that has come of what was handled leaves. */
  #settle(): void {
    this.#send();
    const now = this.#now();
    if (now - this.#reportedAt >= TURN_MILLIS) {
      this.#reportedAt = now;
      const { user, system } = process.threadCpuUsage();
      this.#activity.cpuMicros = user + system;
      this.#module.report();
    }
    this.#tell();
    this.#handOver();
  }

  #tell(): void {
    let told = this.#module.pollMessage();
    if (told === undefined) return;
    const messages: FromModule[] = [];
    for (; told !== undefined; told = this.#module.pollMessage()) messages.push(told);
    this.#main.postMessage({ type: "tells", messages }, []);
  }

  #send(): void {
    let elsewhere: OuterDatagram[] | undefined;
    for (let out = this.#module.pollDatagram(); out !== undefined; out = this.#module.pollDatagram()) {
      if (this.#udp.carries(out)) {
        this.#udp.send(out);
        continue;
      }
      const esp = out.role === "esp" ? this.#esp.get(out.flow.local.address) : undefined;
      if (esp !== undefined) esp.send(out.flow.remote.address, out.bytes);
      else {
        elsewhere ??= [];
        elsewhere.push({ ...out, bytes: out.bytes.slice() });
      }
    }
    if (elsewhere !== undefined) this.#main.postMessage({ type: "datagrams", datagrams: elsewhere }, []);
  }

  #handOver(): void {
    let given = this.#module.pollHandOver();
    if (given === undefined) return;
    const byModule = new Map<number, HandOver[]>();
    for (; given !== undefined; given = this.#module.pollHandOver()) {
      const before = byModule.get(given.module);
      if (before === undefined) byModule.set(given.module, [given]);
      else before.push(given);
    }
    const { module: from } = this.#plan;
    for (const [module, handOvers] of byModule) {
      const way = this.#ways.get(module);
      const granted = way === undefined ? 0 : this.#queues.take(from, module, handOvers.length);
      this.#activity.handOversDropped += handOvers.length - granted;
      if (way === undefined || granted === 0) continue;
      this.#activity.handedOver += granted;
      const batch = packHandOvers(handOvers.slice(0, granted));
      way.postMessage({ type: "handOver", from, batch }, [batch.lengths.buffer, batch.octets.buffer]);
      this.#bells[module - 1]?.ring();
    }
  }

  #listen(port: ListenPort, fd: number): void {
    if (port.role !== "esp") {
      this.#udp.adopt(this.#system, port, fd);
      return;
    }
    const { local, wire } = port;
    const esp = RawEsp.adopt(this.#system, wire.address, fd, (address, bytes) => {
      this.#receive([{ role: "esp", flow: { local, wire, remote: { address, port: 0 } }, bytes }]);
    });
    this.#esp.set(local.address, esp);
  }

  #leave({ role, local }: ListenPort): void {
    if (role !== "esp") {
      this.#udp.forget(local);
      return;
    }
    this.#esp.get(local.address)?.close();
    this.#esp.delete(local.address);
  }
}

function hrtimeMillis(): number {
  const [seconds, nanos] = process.hrtime();
  return seconds * 1000 + nanos / 1e6;
}

permitInThread();
const found = hostSystem();
if (parentPort === null || "reason" in found)
  throw new Error("a line module needs a thread of its own and the host's calls");
const loop = new PollLoop(found.system);
waitInLoop(loop);
const thread = new ModuleThread(workerData as ThreadPlan, found.system, parentPort);
parentPort.on("message", (message: ToThread) => thread.handle(message));
thread.start(loop);
