/** What passes on a simulated network, as a file for Wireshark: every packet as it is on the public side. It gathers; writing a file is the caller's. */

import type { Millis } from "../../engine/kernel/machine.ts";
import { type CapturedPacket, pcapng } from "../capture/pcapng.ts";
import { type OuterPacket, packetOctets } from "../packet.ts";

const PUBLIC_SIDE = { name: "public", description: "the network between the gateway and its clients" };

/** Keeps a capture in memory. */
export class Capture {
  readonly #packets: CapturedPacket[] = [];

  get packets(): number {
    return this.#packets.length;
  }

  /** `atMillis` since 1970. */
  add(packet: OuterPacket, atMillis: Millis): void {
    const octets = packetOctets(packet);
    this.#packets.push({ interface: 0, atMillis, octets, length: octets.length });
  }

  /** The whole pcapng file so far. */
  bytes(): Uint8Array {
    return pcapng({ application: "lnsh", comments: [], interfaces: [PUBLIC_SIDE], packets: this.#packets });
  }
}
