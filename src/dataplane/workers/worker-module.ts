/**
 * A line module that is not the engine's neighbour: programmed by messages, punting by messages, counting in shared memory. It holds the connections that
 * live in it and nothing else, so that it can be lost without the others noticing. No socket, no clock, no thread.
 */

import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { Random } from "../../engine/kernel/random.ts";
import type { OuterDatagram } from "../datagram.ts";
import type { HandOver } from "../path/far.ts";
import { LineModule } from "../path/line-module.ts";
import { copyOfKeys, wipe } from "../path/sa.ts";
import type { FromModule, ToModule, Watched } from "./messages.ts";
import { moduleCounters, saCounters, sessionCounters } from "./shared-counters.ts";

/** Messages that nobody knows the session of are worth so many questions between two reports: who floods with them gets no more. */
const MOST_EARLY = 256;

export interface WorkerModuleContext {
  /** 1 to `count`. */
  readonly module: number;
  readonly count: number;
  readonly random: Random;
  readonly suite?: CryptoSuite | undefined;
  /** As of a line module. */
  readonly lends?: boolean | undefined;
  /** Where it counts what belongs to no SA and no session. */
  readonly totals: SharedArrayBuffer;
}

export class WorkerModule {
  readonly #lineModule: LineModule;
  readonly #messages = new Outputs<FromModule>();
  /** For what is programmed just now. */
  #counters: SharedArrayBuffer | undefined;
  #lists: readonly string[] = [];
  #toldMatches = "{}";
  /** Since the last report. */
  #early = 0;

  constructor({ module, count, random, suite, lends, totals }: WorkerModuleContext) {
    this.#lineModule = new LineModule({
      random,
      suite,
      lends,
      place: { module, count },
      counters: {
        totals: () => moduleCounters.over(totals),
        sa: () => saCounters.over(this.#counters ?? saCounters.memory()),
        session: () => sessionCounters.over(this.#counters ?? sessionCounters.memory()),
      },
    });
  }

  handleMessage(message: ToModule, now: Millis): void {
    switch (message.type) {
      case "program":
        this.#program(message);
        break;
      case "far":
        this.#lineModule.programFar(message.operation);
        break;
      case "transmit":
        this.#lineModule.transmit(message.transmission, now);
        break;
      case "again":
        this.#lineModule.receiveAgain(message.early, now);
        break;
      case "watch":
        this.#watch(message.on);
        break;
    }
    this.#collect();
  }

  /** What came together. Octets of ESP are good until it returns. */
  receiveAll(datagrams: readonly OuterDatagram[], now: Millis): void {
    this.#lineModule.receiveAll(datagrams, now);
    this.#collect();
  }

  receiveHandedOver(handOver: HandOver, now: Millis): void {
    this.#lineModule.receiveHandedOver(handOver, now);
    this.#collect();
  }

  pollDatagram(): OuterDatagram | undefined {
    const datagram = this.#lineModule.pollDatagram();
    // It has no links to the host; but the room in which packets are opened is given back by asking.
    if (datagram === undefined) this.#lineModule.pollHostPacket();
    return datagram;
  }

  pollHandOver(): HandOver | undefined {
    return this.#lineModule.pollHandOver();
  }

  pollMessage(): FromModule | undefined {
    return this.#messages.poll();
  }

  /** Puts together what is told now and then and not with every packet. */
  report(): void {
    this.#early = 0;
    const matches = Object.fromEntries(
      this.#lists.map((name) => [name, [...(this.#lineModule.accessList(name) ?? [])]]),
    );
    const told = JSON.stringify(matches);
    if (told === this.#toldMatches) return;
    this.#toldMatches = told;
    this.#messages.push({ type: "accessLists", matches });
  }

  #program({ operation, counters }: Extract<ToModule, { type: "program" }>): void {
    if (operation.type === "configureAccessLists") this.#lists = operation.lists.map(({ name }) => name);
    this.#counters = counters;
    this.#lineModule.program(operation);
    this.#counters = undefined;
    // The clone that the message brought; the line module has its own.
    if (operation.type === "installInboundSa" || operation.type === "installOutboundSa") wipe(operation.keys);
  }

  #collect(): void {
    for (let punt = this.#lineModule.pollPunt(); punt !== undefined; punt = this.#lineModule.pollPunt()) {
      this.#messages.push({ type: "punt", punt: "bytes" in punt ? { ...punt, bytes: punt.bytes.slice() } : punt });
    }
    for (let early = this.#lineModule.pollEarly(); early !== undefined; early = this.#lineModule.pollEarly()) {
      this.#early += 1;
      if (this.#early <= MOST_EARLY) this.#messages.push({ type: "early", early });
    }
  }

  #watch(on: boolean): void {
    const tell = (watched: Watched): void => this.#messages.push(watched);
    this.#lineModule.watch(
      on
        ? {
            outer: (direction, { role, flow, bytes }) =>
              tell({ type: "outer", direction, datagram: { role, flow, bytes: bytes.slice() } }),
            inner: (direction, flow, datagram) => tell({ type: "inner", direction, flow, datagram: datagram.slice() }),
            host: (direction, localAddress, packet) =>
              tell({ type: "host", direction, localAddress, packet: packet.slice() }),
            sa: (direction, flow, spi, keys) => tell({ type: "sa", direction, flow, spi, keys: copyOfKeys(keys) }),
          }
        : undefined,
    );
  }
}
