/**
 * A remote IPsec peer as the line module knows it: outer flow, SAs, and how its packets look to L2TP. L2TP knows the
 * peer by the address that it had when the connection was opened: a NAT that later moves it to another address does
 * not tear its tunnels, and a port of `set nat demux` stays unique with the address it was given for.
 */

import type { ConnectionId, EspKeys, L2tpPath, OpenConnection } from "../../engine/forwarding.ts";
import { type Address, type Endpoint, type Flow, isIpv6, sameEndpoint } from "../../engine/kernel/address.ts";
import type { ClientSeparation } from "../../engine/spec.ts";
import { addressSum } from "../../engine/wire/udp.ts";
import type { PathEntry } from "./path-table.ts";
import type { InboundSa, OutboundSa } from "./sa.ts";
import type { PacketTap } from "./tap.ts";

/** The port that L2TP is at home on (RFC 2661 §8.1). */
const L2TP_PORT = 1701;

/** SHA-256 as its first draft had it. */
const SHORT_ICV_OCTETS = 12;

/** How packets from one port of a peer reach L2TP. */
export interface Arrival {
  readonly path: L2tpPath;
  readonly entry: PathEntry;
}

export class Connection {
  readonly id: ConnectionId;
  readonly virtualRouter: string;
  readonly encapsulation: "udp" | "esp";
  readonly separation: ClientSeparation;
  readonly demuxPort: number | undefined;
  /** Inside UDP encapsulation ESP has authenticated more than the checksum covers (RFC 3948 §3.1.2). */
  readonly verifiesUdpChecksums: boolean;
  readonly peerAddress: Address;
  readonly inbound = new Map<number, InboundSa>();
  /** In the order of installation: the last one is used. */
  readonly outbound: OutboundSa[] = [];
  /** Our own inner port: 1701, unless we are a client that speaks from another. */
  localPort = L2TP_PORT;
  /** The peer's own inner port, as last seen. */
  peerPort: number;
  /** By the peer's inner port; with a demultiplexing port there is one for all. */
  readonly arrivals = new Map<number, Arrival>();
  /** The one that belongs to `peerPort`. */
  arrival: Arrival | undefined;
  /** Its ICVs of SHA-256 have 96 bits, and so must ours. */
  truncatesIcv = false;
  /** Grows chassis-wide with every outbound SA: who has the newest one owns a contested path. */
  precedence = 0;
  readonly #seenAs: OpenConnection["seenAs"];
  #flow: Flow;
  #addressSum = 0;
  #sendsUdpChecksums = false;
  #movedTo: Endpoint | undefined;

  constructor(open: OpenConnection) {
    this.id = open.connection;
    this.virtualRouter = open.virtualRouter;
    this.encapsulation = open.encapsulation;
    this.separation = open.separation;
    this.demuxPort = open.demuxPort;
    this.verifiesUdpChecksums = open.encapsulation === "esp" && !open.ignoreUdpChecksums;
    this.peerAddress = open.flow.remote.address;
    this.peerPort = open.peerPort ?? L2TP_PORT;
    this.#seenAs = open.seenAs;
    this.#flow = open.flow;
    this.flow = open.flow;
  }

  get flow(): Flow {
    return this.#flow;
  }

  set flow(flow: Flow) {
    this.#flow = flow;
    const overIpv6 = isIpv6(flow.remote.address);
    const seenAs = overIpv6 ? undefined : this.#seenAs;
    this.#addressSum = addressSum(seenAs?.local ?? flow.wire.address, seenAs?.remote ?? flow.remote.address);
    this.#sendsUdpChecksums = this.verifiesUdpChecksums || overIpv6 || seenAs !== undefined;
    this.#movedTo = undefined;
  }

  /** The outer addresses as inner checksums cover them in transport mode (`addressSum`). */
  get addressSum(): number {
    return this.#addressSum;
  }

  /**
   * A NAT may have changed the addresses that a checksum covers, so inside UDP encapsulation over IPv4 there is none (RFC 3948 §3.1.2 has the
   * receiver mend or ignore it), nor where a NAT passes ESP: the peer would find it wrong as we do. Over IPv6 hosts drop datagrams without one (RFC 8200 §8.1), and pass over a wrong one inside ESP.
   */
  get sendsUdpChecksums(): boolean {
    return this.#sendsUdpChecksums;
  }

  get activeOutbound(): OutboundSa | undefined {
    return this.outbound[this.outbound.length - 1];
  }

  /** The peer has proved how it cuts its ICVs: what goes to it is cut in the same way. */
  truncateIcv(short: boolean): void {
    this.truncatesIcv = short;
    for (const { sealer } of this.outbound) sealer.truncate(short);
  }

  /** Its SAs are told, with the ICVs as they are. */
  show(tap: PacketTap): void {
    const told = (keys: EspKeys): EspKeys =>
      this.truncatesIcv && keys.integrity === "sha256" ? { ...keys, icvOctets: SHORT_ICV_OCTETS } : keys;
    for (const sa of this.inbound.values()) tap.sa("in", this.flow, sa.spi, told(sa.keys));
    for (const sa of this.outbound) tap.sa("out", this.flow, sa.spi, told(sa.keys));
  }

  /**
   * True the first time that `remote` is seen to differ from where the peer is known to be. Without UDP there are no
   * ports to compare and no NAT that could have changed anything.
   */
  noticesMove(remote: Endpoint): boolean {
    if (this.encapsulation === "esp") return false;
    if (sameEndpoint(remote, this.#flow.remote)) return false;
    if (this.#movedTo !== undefined && sameEndpoint(remote, this.#movedTo)) return false;
    this.#movedTo = remote;
    return true;
  }
}
