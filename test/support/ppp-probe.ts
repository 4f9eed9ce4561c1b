/** One PPP end in simulated time, and a peer that is played packet by packet, as rudely as a test likes. */

import { fieldsOf, type LogEvent } from "../../src/engine/kernel/log.ts";
import type { PppInput, PppOutput, PppPlan, PppView, ProxyLink } from "../../src/engine/ppp/events.ts";
import { PppMachine } from "../../src/engine/ppp/ppp.ts";
import {
  type ControlOption,
  type ControlPacket,
  controlCode,
  controlOptions,
  controlPacket,
  pppProtocol,
} from "../../src/engine/wire/ppp-control.ts";
import { basePlan } from "./ppp-pair.ts";
import { seededRandom } from "./random.ts";

export interface ProbeFrame extends ControlPacket {
  readonly protocol: number;
}

export function option(type: number, ...data: number[]): ControlOption {
  return { type, data: Uint8Array.from(data) };
}

export class PppProbe {
  now = 1000;
  readonly machine: PppMachine;
  readonly frames: ProbeFrame[] = [];
  readonly outputs: PppOutput[] = [];
  readonly log: LogEvent[] = [];
  /** Answers a question at once; absent = the question stays open. */
  answer: (output: PppOutput) => PppInput | undefined;

  constructor(
    plan: Partial<PppPlan>,
    answer: (output: PppOutput) => PppInput | undefined = () => undefined,
    seed = 5,
    proxy?: ProxyLink,
  ) {
    this.answer = answer;
    this.machine = new PppMachine(
      { ...basePlan, keepaliveSeconds: 0, localAddress: "10.20.0.1", ...plan },
      {
        random: seededRandom(seed),
        log: (category, severity, text, said) =>
          void this.log.push({ category, severity, text, fields: fieldsOf(said) }),
        label: "probe",
      },
    );
    this.input({ type: "up", proxy });
  }

  get view(): PppView {
    return this.machine.view();
  }

  input(input: PppInput): this {
    this.machine.handleInput(input, this.now);
    this.#drain();
    return this;
  }

  raw(...octets: number[]): this {
    return this.input({ type: "frame", bytes: Uint8Array.from(octets) });
  }

  send(protocol: number, code: number, identifier: number, data: Uint8Array | readonly ControlOption[] = []): this {
    const octets = data instanceof Uint8Array ? data : controlOptions.encode(data);
    const packet = controlPacket.encode({ code, identifier, data: octets });
    return this.raw(protocol >> 8, protocol & 255, ...packet);
  }

  /** Lets time pass from deadline to deadline. */
  run(millis: number): this {
    const end = this.now + millis;
    for (let steps = 0; ; steps += 1) {
      if (steps > 10_000) throw new Error("the machine asks to be woken for ever");
      const next = this.machine.pollTimeout()?.at;
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
      this.machine.handleTimeout(this.now);
      this.#drain();
    }
    this.now = end;
    return this;
  }

  /** What it sent of a protocol and, where given, a code. */
  sent(protocol: number, code?: number): ProbeFrame[] {
    return this.frames.filter((frame) => frame.protocol === protocol && (code === undefined || frame.code === code));
  }

  last(protocol: number, code?: number): ProbeFrame {
    const frame = this.sent(protocol, code).at(-1);
    if (frame === undefined) throw new Error(`nothing was sent of ${protocol.toString(16)}`);
    return frame;
  }

  lastOptions(protocol: number, code: number): readonly ControlOption[] {
    return controlOptions.decode(this.last(protocol, code).data);
  }

  output<Type extends PppOutput["type"]>(type: Type): Extract<PppOutput, { type: Type }> | undefined {
    return this.outputs.findLast((output): output is Extract<PppOutput, { type: Type }> => output.type === type);
  }

  /** Acknowledges what the machine asks for. */
  acknowledge(protocol: number): this {
    const { identifier, data } = this.last(protocol, controlCode.configureRequest);
    return this.send(protocol, controlCode.configureAck, identifier, data);
  }

  openLcp(...options: ControlOption[]): this {
    this.send(pppProtocol.lcp, controlCode.configureRequest, 1, options).acknowledge(pppProtocol.lcp);
    if (this.view.lcp !== "opened") throw new Error(`LCP is ${this.view.lcp}`);
    return this;
  }

  openIpcp(...options: ControlOption[]): this {
    return this.send(pppProtocol.ipcp, controlCode.configureRequest, 1, options).acknowledge(pppProtocol.ipcp);
  }

  #drain(): void {
    for (let output = this.machine.pollOutput(); output !== undefined; output = this.machine.pollOutput()) {
      this.outputs.push(output);
      if (output.type === "frame") {
        const [address, control, high = 0, low = 0] = output.bytes;
        if (address !== 0xff || control !== 3) throw new Error("a frame without address and control");
        this.frames.push({ protocol: high * 256 + low, ...controlPacket.decode(output.bytes.subarray(4)) });
        continue;
      }
      const answer = this.answer(output);
      if (answer !== undefined) this.machine.handleInput(answer, this.now);
    }
  }
}
