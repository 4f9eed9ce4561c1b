/**
 * The queues of the line module: datagrams and packets on their way out, punts on their way up. Where it lends what it gives out, the room of the packets
 * and the objects that stand for them are used again as soon as somebody has asked for more than there is.
 */

import { LentRoom, ownRoom, type PacketRoom } from "../../engine/crypto/packet-room.ts";
import type { Punt } from "../../engine/forwarding.ts";
import { ANY_ADDRESS, type Endpoint, type Flow } from "../../engine/kernel/address.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { HostPacket, OuterDatagram, PortRole } from "../datagram.ts";
import type { Early, HandOver } from "./far.ts";
import type { PacketTap } from "./tap.ts";

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const NOWHERE: Endpoint = { address: ANY_ADDRESS, port: 0 };
const NO_FLOW: Flow = { local: NOWHERE, remote: NOWHERE, wire: NOWHERE };
const NO_OCTETS = new Uint8Array(0);

/** Outputs of one kind, and the room in which their octets are made. */
class PacketOutputs<Packet> {
  room: PacketRoom = ownRoom;
  #lent: LentRoom | undefined;
  readonly #outputs = new Outputs<Packet>();
  readonly #blank: () => Writable<Packet>;
  /** The first `#used` are in use. */
  readonly #objects: Writable<Packet>[] = [];
  #used = 0;

  constructor(blank: () => Writable<Packet>) {
    this.#blank = blank;
  }

  lend(): void {
    this.#lent = new LentRoom();
    this.room = this.#lent;
  }

  /** To be filled in by the caller, at once. */
  push(): Writable<Packet> {
    const packet = (this.#lent && this.#objects[this.#used]) ?? this.#blank();
    if (this.#lent !== undefined && this.#used < MOST_KEPT) {
      this.#objects[this.#used] = packet;
      this.#used += 1;
    }
    this.#outputs.push(packet as Packet);
    return packet;
  }

  poll(): Packet | undefined {
    const packet = this.#outputs.poll();
    if (packet === undefined && this.#lent !== undefined) {
      this.#used = 0;
      this.#lent.giveBack();
    }
    return packet;
  }
}

/** What a burst has made is not kept. */
const MOST_KEPT = 256;

export class LineModuleOutputs {
  readonly datagrams = new PacketOutputs<OuterDatagram>(() => ({ role: "natt", flow: NO_FLOW, bytes: NO_OCTETS }));
  readonly hostPackets = new PacketOutputs<HostPacket>(() => ({ role: "host", device: "", bytes: NO_OCTETS }));
  readonly punts = new Outputs<Punt>();
  /** What is to be tried again. */
  readonly early = new Outputs<Early>();
  /** For other line modules. */
  readonly handOvers = new Outputs<HandOver>();
  /** Who watches; absent = nobody. */
  tap: PacketTap | undefined;

  /** Datagrams and packets to the host are good from now on until more is asked for than there is, or something else is handed in. */
  lend(): void {
    this.datagrams.lend();
    this.hostPackets.lend();
  }

  send(role: PortRole, flow: Flow, bytes: Uint8Array): void {
    const datagram = this.datagrams.push();
    datagram.role = role;
    datagram.flow = flow;
    datagram.bytes = bytes;
    this.tap?.outer("out", datagram);
  }

  toHost(device: string, bytes: Uint8Array): void {
    const packet = this.hostPackets.push();
    packet.device = device;
    packet.bytes = bytes;
  }

  punt(punt: Punt): void {
    this.punts.push(punt);
  }
}
