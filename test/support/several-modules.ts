/** A chassis of several line modules without threads: messages are cloned and take their time, and a kernel that is not always right shares out ESP. */

import type { Chassis, ChassisInput, ChassisOutput } from "../../src/dataplane/chassis.ts";
import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import type { HandOver } from "../../src/dataplane/path/far.ts";
import type { Fabric } from "../../src/dataplane/workers/fabric.ts";
import type { FromModule, ToModule } from "../../src/dataplane/workers/messages.ts";
import { WorkerModule } from "../../src/dataplane/workers/worker-module.ts";
import { type Deadline, earlier, type Machine, type Millis } from "../../src/engine/kernel/machine.ts";
import { type Random, randomBetween } from "../../src/engine/kernel/random.ts";
import type { RouterRequest } from "../../src/engine/router/router-interface.ts";
import { classifyUdpEncapsulated } from "../../src/engine/wire/udp-encap.ts";

export interface SeveralModulesOptions {
  readonly count: number;
  /** The most that a message takes; they never overtake each other between the same two. */
  readonly messageMillis?: Millis;
  /** Share of ESP packets that the kernel gives to a module of its choice. */
  readonly strayShare?: number;
  /** How much later than ESP the other datagrams are read, which come by another socket. */
  readonly readLaterMillis?: Millis;
}

type Carried =
  | { readonly type: "to"; readonly module: number; readonly message: ToModule }
  | { readonly type: "from"; readonly module: number; readonly message: FromModule }
  | { readonly type: "handOver"; readonly handOver: HandOver }
  | { readonly type: "datagram"; readonly datagram: OuterDatagram };

interface UnderWay {
  readonly at: Millis;
  readonly from: number;
  readonly to: number;
  readonly what: Carried;
}

export interface SeveralModulesContext {
  readonly chassis: Chassis<RouterRequest>;
  readonly fabric: Fabric;
  readonly random: Random;
  readonly options: SeveralModulesOptions;
}

export class SeveralModules implements Machine<ChassisInput<RouterRequest>, ChassisOutput> {
  readonly #context: SeveralModulesContext;
  readonly #modules = new Map<number, WorkerModule>();
  #underWay: UnderWay[] = [];
  handedOver = 0;

  constructor(context: SeveralModulesContext) {
    this.#context = context;
    for (let module = 1; module <= context.options.count; module += 1) this.begin(module);
  }

  begin(module: number): void {
    const { fabric, random, options } = this.#context;
    const totals = fabric.totalsOf(module);
    this.#modules.set(module, new WorkerModule({ module, count: options.count, random, totals }));
    fabric.begin(module);
  }

  /** It dies without a word, and what was under way to it and from it with it. */
  kill(module: number, now: Millis): void {
    const { fabric, chassis } = this.#context;
    this.#modules.delete(module);
    this.#underWay = this.#underWay.filter(({ from, to }) => from !== module && to !== module);
    for (const connection of fabric.lost(module)) {
      const request = { type: "closeConnection", connection, reason: "its line module was lost" } as const;
      chassis.handleInput({ type: "request", request }, now);
    }
    this.#pump(now);
  }

  handleInput(input: ChassisInput<RouterRequest>, now: Millis): void {
    if (input.type === "datagrams") {
      for (const datagram of input.datagrams) this.#receive(datagram, now);
      return;
    }
    this.#context.chassis.handleInput(input, now);
    this.#pump(now);
  }

  handleTimeout(now: Millis): void {
    this.#context.chassis.handleTimeout(now);
    this.#pump(now);
  }

  pollOutput(): ChassisOutput | undefined {
    const own = this.#context.chassis.pollOutput();
    if (own !== undefined) return own;
    for (const module of this.#modules.values()) {
      const datagram = module.pollDatagram();
      if (datagram !== undefined) return datagram;
    }
    return undefined;
  }

  pollTimeout(): Deadline | undefined {
    const first = this.#underWay.reduce((at, message) => Math.min(at, message.at), Number.POSITIVE_INFINITY);
    const message = Number.isFinite(first) ? { at: first, why: "a message between threads" } : undefined;
    return earlier(this.#context.chassis.pollTimeout(), message);
  }

  #receive(datagram: OuterDatagram, now: Millis): void {
    if (isEsp(datagram)) this.#steer(datagram, now);
    else this.#underWay.push({ at: now + this.#readLater, from: 0, to: 0, what: { type: "datagram", datagram } });
    this.#pump(now);
  }

  get #readLater(): Millis {
    return this.#context.options.readLaterMillis ?? 0;
  }

  #steer(datagram: OuterDatagram, now: Millis): void {
    const { chassis, random, options } = this.#context;
    const strays = randomBetween(random, 0, 999) < (options.strayShare ?? 0) * 1000;
    const spi = new DataView(datagram.bytes.buffer, datagram.bytes.byteOffset).getUint32(0);
    const module = strays ? randomBetween(random, 0, options.count) : 1 + (spi % options.count);
    if (module === 0) chassis.handleInput({ type: "datagrams", datagrams: [datagram] }, now);
    else this.#modules.get(module)?.receiveAll([datagram], now);
  }

  /** Whoever has something to say sends it, and what is due arrives, until all are quiet at this moment. */
  #pump(now: Millis): void {
    const { fabric, chassis } = this.#context;
    for (;;) {
      this.#collect(now);
      const due = this.#underWay.find(({ at }) => at <= now);
      if (due === undefined) return;
      this.#underWay.splice(this.#underWay.indexOf(due), 1);
      const { what, to } = due;
      if (what.type === "to") this.#modules.get(to)?.handleMessage(what.message, now);
      else if (what.type === "datagram") chassis.handleInput({ type: "datagrams", datagrams: [what.datagram] }, now);
      else if (what.type === "from") fabric.receiveFrom(what.module, what.message);
      else if (to === 0) fabric.receiveHandedOver(what.handOver, now);
      else this.#modules.get(to)?.receiveHandedOver(what.handOver, now);
      if (to === 0) chassis.handleTimeout(now);
    }
  }

  #collect(now: Millis): void {
    const { fabric } = this.#context;
    for (let sent = fabric.pollMessage(); sent !== undefined; sent = fabric.pollMessage()) {
      this.#carry(0, sent.module, { type: "to", ...sent }, now);
    }
    this.#handOver(0, () => fabric.pollHandOver(), now);
    for (const [module, worker] of this.#modules) {
      worker.report();
      for (let message = worker.pollMessage(); message !== undefined; message = worker.pollMessage()) {
        this.#carry(module, 0, { type: "from", module, message }, now);
      }
      this.#handOver(module, () => worker.pollHandOver(), now);
    }
  }

  #handOver(from: number, poll: () => HandOver | undefined, now: Millis): void {
    for (let handOver = poll(); handOver !== undefined; handOver = poll()) {
      this.handedOver += 1;
      this.#carry(from, handOver.module, { type: "handOver", handOver }, now);
    }
  }

  #carry(from: number, to: number, what: Carried, now: Millis): void {
    const { random, options } = this.#context;
    const delay = (randomBetween(random, 0, 1000) / 1000) * (options.messageMillis ?? 0);
    const before = this.#underWay.findLast((message) => message.from === from && message.to === to);
    const at = Math.max(now + delay, before?.at ?? 0);
    this.#underWay.push({ at, from, to, what: structuredClone(what) });
  }
}

function isEsp({ role, bytes }: OuterDatagram): boolean {
  return bytes.length > 4 && (role === "esp" || (role === "natt" && classifyUdpEncapsulated(bytes) === "esp"));
}
