/** The queues of the line module: datagrams and packets on their way out, punts on their way up. */

import type { Punt } from "../../engine/forwarding.ts";
import type { Flow } from "../../engine/kernel/address.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { HostPacket, OuterDatagram, PortRole } from "../datagram.ts";
import type { Early, HandOver } from "./far.ts";
import type { PacketTap } from "./tap.ts";

export class LineModuleOutputs {
  readonly datagrams = new Outputs<OuterDatagram>();
  readonly hostPackets = new Outputs<HostPacket>();
  readonly punts = new Outputs<Punt>();
  /** What is to be tried again. */
  readonly early = new Outputs<Early>();
  /** For other line modules. */
  readonly handOvers = new Outputs<HandOver>();
  /** Who watches; absent = nobody. */
  tap: PacketTap | undefined;

  send(role: PortRole, flow: Flow, bytes: Uint8Array): void {
    const datagram = { role, flow, bytes };
    this.datagrams.push(datagram);
    this.tap?.outer("out", datagram);
  }

  toHost(device: string, bytes: Uint8Array): void {
    this.hostPackets.push({ role: "host", device, bytes });
  }

  punt(punt: Punt): void {
    this.punts.push(punt);
  }
}
