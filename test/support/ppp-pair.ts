/** Two PPP ends in simulated time over a link that may lose frames. */

import type { PppInput, PppOutput, PppPlan } from "../../src/engine/ppp/events.ts";
import { PppMachine } from "../../src/engine/ppp/ppp.ts";
import { seededRandom } from "./random.ts";

export const basePlan: PppPlan = {
  demand: [],
  credentials: undefined,
  localName: "lns",
  mru: 1400,
  keepaliveSeconds: 10,
  keepaliveRetries: 3,
  chapChallengeLength: { min: 16, max: 16 },
  authenticationRetries: 0,
  localAddress: undefined,
  dns: [],
  nbns: [],
  requestServers: false,
  offerCcp: false,
};

export class PppEnd {
  readonly machine: PppMachine;
  readonly outputs: PppOutput[] = [];
  readonly frames: Uint8Array[] = [];

  constructor(plan: Partial<PppPlan>, seed: number) {
    this.machine = new PppMachine(
      { ...basePlan, ...plan },
      { random: seededRandom(seed), log: () => undefined, label: "test" },
    );
  }

  last<Type extends PppOutput["type"]>(type: Type): Extract<PppOutput, { type: Type }> | undefined {
    return this.outputs.findLast((output): output is Extract<PppOutput, { type: Type }> => output.type === type);
  }
}

export class PppPair {
  now = 1000;
  /** Says whether the frame from this end arrives. */
  delivers: (from: PppEnd, frame: Uint8Array) => boolean = () => true;
  readonly a: PppEnd;
  readonly b: PppEnd;
  /** Answers the questions of either end. */
  readonly answer: (output: PppOutput, end: PppEnd) => PppInput | undefined;

  constructor(a: PppEnd, b: PppEnd, answer: (output: PppOutput, end: PppEnd) => PppInput | undefined) {
    this.a = a;
    this.b = b;
    this.answer = answer;
  }

  start(): void {
    this.a.machine.handleInput({ type: "up" }, this.now);
    this.b.machine.handleInput({ type: "up" }, this.now);
    this.#pump();
  }

  input(end: PppEnd, input: PppInput): void {
    end.machine.handleInput(input, this.now);
    this.#pump();
  }

  /** Lets time pass from deadline to deadline. */
  run(millis: number): void {
    const end = this.now + millis;
    for (;;) {
      this.#pump();
      const next = [this.a, this.b].flatMap((each) => each.machine.pollTimeout()?.at ?? []).sort((x, y) => x - y)[0];
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
      this.a.machine.handleTimeout(this.now);
      this.b.machine.handleTimeout(this.now);
    }
    this.now = end;
  }

  #pump(): void {
    for (let steps = 0; ; steps += 1) {
      if (steps > 10_000) throw new Error("the two ends never come to rest");
      if (!this.#turn(this.a, this.b) && !this.#turn(this.b, this.a)) return;
    }
  }

  #turn(from: PppEnd, to: PppEnd): boolean {
    const output = from.machine.pollOutput();
    if (output === undefined) return false;
    from.outputs.push(output);
    if (output.type === "frame") {
      from.frames.push(output.bytes);
      if (this.delivers(from, output.bytes)) {
        to.machine.handleInput({ type: "frame", bytes: output.bytes.subarray(2) }, this.now);
      }
      return true;
    }
    const answer = this.answer(output, from);
    if (answer !== undefined) from.machine.handleInput(answer, this.now);
    return true;
  }
}
