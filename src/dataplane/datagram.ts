/**
 * What enters and leaves a chassis: datagrams on the ports it listens on. Sockets, the simulated network and captures
 * all speak of them in these types.
 */

import type { Endpoint, Flow } from "../engine/kernel/address.ts";

/**
 * The port a datagram came in on or leaves by: IKE (500), IKE and ESP in UDP (4500), L2TP in the clear (1701), or ESP
 * as an IP protocol of its own, whose flows have port 0.
 */
export type PortRole = "ike" | "natt" | "l2tp" | "esp";

export interface OuterDatagram {
  readonly role: PortRole;
  readonly flow: Flow;
  readonly bytes: Uint8Array;
}

/** An IP packet on its way to the host, by one of its TUN devices. */
export interface HostPacket {
  readonly role: "host";
  readonly device: string;
  readonly bytes: Uint8Array;
}

/** A port to listen on: `wire` is bound, `local` is what the configuration calls it. */
export interface ListenPort {
  readonly role: PortRole;
  readonly local: Endpoint;
  readonly wire: Endpoint;
}
