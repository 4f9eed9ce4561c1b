/**
 * What may watch the line module: datagrams as they are on the wire, what ESP hides, and packets between the host and a device of ours. Bytes are views that are good during
 * the call. While nobody watches, nothing is spent but a comparison per packet.
 */

import type { EspKeys } from "../../engine/forwarding.ts";
import type { Address, Flow } from "../../engine/kernel/address.ts";
import type { OuterDatagram } from "../datagram.ts";

/** As the gateway sees it. */
export type Direction = "in" | "out";

export interface PacketTap {
  outer(direction: Direction, datagram: OuterDatagram): void;
  /** The UDP datagram inside of ESP; in transport mode it travels between the addresses of the outer packet. */
  inner(direction: Direction, flow: Flow, datagram: Uint8Array): void;
  /** `in` = from the host. `localAddress` is ours on that link. */
  host(direction: Direction, localAddress: Address, packet: Uint8Array): void;
  /** An SA that is in use from now on, or was when the watching began, or whose ICVs turned out to be cut. The keys are good during the call. */
  sa(direction: Direction, flow: Flow, spi: number, keys: EspKeys): void;
}
