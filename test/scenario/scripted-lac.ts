/** A LAC in the clear that says what the test tells it to say, one control message at a time, on a link without loss. */

import type { ChassisInput } from "../../src/dataplane/chassis.ts";
import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import { standardPorts } from "../../src/dataplane/sim/network.ts";
import type { Deadline, Machine } from "../../src/engine/kernel/machine.ts";
import { Outputs } from "../../src/engine/kernel/outputs.ts";
import type { AvpValues } from "../../src/engine/wire/l2tp-avp.ts";
import { decodeL2tpControl, encodeL2tpControl } from "../../src/engine/wire/l2tp-control.ts";
import { isL2tpControl } from "../../src/engine/wire/l2tp-data.ts";
import { decodeControlBody, encodeControlBody, type MessageName } from "../../src/engine/wire/l2tp-message.ts";
import { GATEWAY, type Lab } from "../support/lab.ts";

interface Heard {
  readonly name: MessageName | undefined;
  readonly sessionId: number;
  readonly values: AvpValues;
}

/** Acknowledges and notes what comes; sends what it is given. */
class Mouth implements Machine<ChassisInput<never>, OuterDatagram> {
  readonly heard: Heard[] = [];
  remoteTunnelId = 0;
  ns = 0;
  nr = 0;
  readonly #address: string;
  readonly #outputs = new Outputs<OuterDatagram>();

  constructor(address: string) {
    this.#address = address;
  }

  handleInput(input: ChassisInput<never>): void {
    if (input.type !== "datagrams") return;
    for (const { bytes } of input.datagrams) if (isL2tpControl(bytes)) this.#receive(bytes);
  }

  handleTimeout(): void {
    // It never waits.
  }

  pollOutput(): OuterDatagram | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return undefined;
  }

  say(sessionId: number, body: Uint8Array): void {
    const local = { address: this.#address, port: 1701 };
    const bytes = encodeL2tpControl({ tunnelId: this.remoteTunnelId, sessionId, ns: this.ns, nr: this.nr }, body);
    const flow = { local, remote: { address: GATEWAY, port: 1701 }, wire: local };
    if (body.length > 0) this.ns += 1;
    this.#outputs.push({ role: "l2tp", flow, bytes });
  }

  #receive(bytes: Uint8Array): void {
    const { header, body } = decodeL2tpControl(bytes);
    if (body.length === 0 || header.ns !== this.nr) return;
    this.nr += 1;
    const { name, values } = decodeControlBody(body);
    if (name === "sccrp") this.remoteTunnelId = values.assignedTunnelId ?? 0;
    this.heard.push({ name, sessionId: header.sessionId, values });
    this.say(0, new Uint8Array(0));
  }
}

export class ScriptedLac {
  readonly #mouth: Mouth;
  readonly #lab: Lab;
  #read = 0;

  constructor(lab: Lab, address: string) {
    this.#lab = lab;
    this.#mouth = new Mouth(address);
    lab.network.attach(this.#mouth, standardPorts(address));
  }

  /** Says it, and gives what is heard within a tenth of a second. */
  say(name: MessageName, values: Omit<AvpValues, "messageType">, sessionId = 0): readonly Heard[] {
    this.#mouth.say(sessionId, encodeControlBody(name, values));
    this.#lab.run(100);
    return this.hear();
  }

  /** What has come since the last time. */
  hear(): readonly Heard[] {
    const news = this.#mouth.heard.slice(this.#read);
    this.#read = this.#mouth.heard.length;
    return news;
  }

  /** Brings a tunnel up; what the gateway said to that. */
  establish(): readonly (MessageName | undefined)[] {
    const introduction = {
      protocolVersion: 0x0100,
      framingCapabilities: 1,
      hostName: "laptop",
      vendorName: "script",
      assignedTunnelId: 7,
      receiveWindowSize: 4,
    };
    const answers = this.say("sccrq", introduction);
    this.say("scccn", {});
    return answers.map(({ name }) => name);
  }

  /** Brings a session up: our name of it at the gateway, or how it was refused. */
  call(assignedSessionId: number, connected: Omit<AvpValues, "messageType"> = {}): number | Heard | undefined {
    const [answer] = this.say("icrq", { assignedSessionId, callSerialNumber: assignedSessionId });
    const remote = answer?.values.assignedSessionId;
    if (answer?.name !== "icrp" || remote === undefined) return answer;
    this.say("iccn", { txConnectSpeed: 1_000_000, framingType: 1, ...connected }, remote);
    return remote;
  }

  hangUp(assignedSessionId: number, sessionId: number): readonly (MessageName | undefined)[] {
    const resultCode = { code: 3, error: undefined, message: undefined };
    return this.say("cdn", { resultCode, assignedSessionId }, sessionId).map(({ name }) => name);
  }
}
