/** A LAC that says what the test tells it to say, one control message at a time, on a link without loss: here in the clear. */

import type { ChassisInput } from "../../src/dataplane/chassis.ts";
import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import { type Network, standardPorts } from "../../src/dataplane/sim/network.ts";
import type { Deadline, Machine } from "../../src/engine/kernel/machine.ts";
import { Outputs } from "../../src/engine/kernel/outputs.ts";
import type { AvpValues } from "../../src/engine/wire/l2tp-avp.ts";
import { decodeL2tpControl, encodeL2tpControl } from "../../src/engine/wire/l2tp-control.ts";
import { isL2tpControl } from "../../src/engine/wire/l2tp-data.ts";
import { decodeControlBody, encodeControlBody, type MessageName } from "../../src/engine/wire/l2tp-message.ts";
import { GATEWAY } from "../support/lab.ts";

interface Heard {
  readonly name: MessageName | undefined;
  readonly sessionId: number;
  readonly values: AvpValues;
}

/** Acknowledges and notes what comes; what it says waits to be sent. */
export class Mouth {
  readonly heard: Heard[] = [];
  readonly said = new Outputs<Uint8Array>();
  remoteTunnelId = 0;
  ns = 0;
  nr = 0;

  /** The next tunnel is its first. */
  forget(): void {
    this.remoteTunnelId = 0;
    this.ns = 0;
    this.nr = 0;
  }

  say(sessionId: number, body: Uint8Array): void {
    this.said.push(encodeL2tpControl({ tunnelId: this.remoteTunnelId, sessionId, ns: this.ns, nr: this.nr }, body));
    if (body.length > 0) this.ns += 1;
  }

  receive(bytes: Uint8Array): void {
    const { header, body } = decodeL2tpControl(bytes);
    if (body.length === 0 || header.ns !== this.nr) return;
    this.nr += 1;
    const { name, values } = decodeControlBody(body);
    if (name === "sccrp") this.remoteTunnelId = values.assignedTunnelId ?? 0;
    this.heard.push({ name, sessionId: header.sessionId, values });
    this.say(0, new Uint8Array(0));
  }
}

class ClearHost implements Machine<ChassisInput<never>, OuterDatagram> {
  readonly mouth = new Mouth();
  readonly #address: string;
  readonly #gateway: string;

  constructor(address: string, gateway: string) {
    this.#address = address;
    this.#gateway = gateway;
  }

  handleInput(input: ChassisInput<never>): void {
    if (input.type !== "datagrams") return;
    for (const { bytes } of input.datagrams) if (isL2tpControl(bytes)) this.mouth.receive(bytes);
  }

  handleTimeout(): void {
    // It never waits.
  }

  pollOutput(): OuterDatagram | undefined {
    const bytes = this.mouth.said.poll();
    const local = { address: this.#address, port: 1701 };
    return (
      bytes && { role: "l2tp", flow: { local, remote: { address: this.#gateway, port: 1701 }, wire: local }, bytes }
    );
  }

  pollTimeout(): Deadline | undefined {
    return undefined;
  }
}

/** Whose network it is, and how time passes there. */
export interface Place {
  readonly network: Network;
  run(millis: number): void;
}

export class ScriptedLac {
  readonly #mouth: Mouth;
  readonly #settle: () => void;
  readonly #place: Place;
  #read = 0;

  constructor(place: Place, mouth: Mouth, settle: () => void) {
    this.#place = place;
    this.#mouth = mouth;
    this.#settle = settle;
  }

  static inTheClear(place: Place, address: string, gateway: string = GATEWAY): ScriptedLac {
    const host = new ClearHost(address, gateway);
    const attached = place.network.attach(host, standardPorts(address));
    return new ScriptedLac(place, host.mouth, () => attached.settle());
  }

  /** Says it, and gives what is heard within a tenth of a second. */
  say(name: MessageName, values: Omit<AvpValues, "messageType">, sessionId = 0): readonly Heard[] {
    this.#mouth.say(sessionId, encodeControlBody(name, values));
    this.#settle();
    this.#place.run(100);
    return this.hear();
  }

  /** What has come since the last time. */
  hear(): readonly Heard[] {
    const news = this.#mouth.heard.slice(this.#read);
    this.#read = this.#mouth.heard.length;
    return news;
  }

  /** What has come since then without being taken from there. */
  listen(): readonly Heard[] {
    return this.#mouth.heard.slice(this.#read);
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
