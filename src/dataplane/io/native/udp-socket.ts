/** A UDP socket that is read and written in batches, on an address of the host. */

import { type Address, ipv4FromNumber, ipv4ToNumber } from "../../../engine/kernel/address.ts";
import { u16At, u32At } from "../../../engine/wire/octets.ts";
import { type BatchSocket, DatagramBatch, type DatagramReceiver, UDP_GRO, UDP_SEGMENT } from "./datagram-batch.ts";
import { type Readiness, whenReadable } from "./readiness.ts";
import { openSocket, setOption } from "./socket.ts";
import { socketAddress } from "./socket-address.ts";
import { nativeBuffer, type System } from "./system.ts";

const SOL_UDP = 17;
/** Others get their turn after so many batches. */
const BATCHES_PER_TURN = 4;

let batch: DatagramBatch | undefined;

/** `bufferLength`: what the kernel is asked for in both directions. A descriptor is bound already, and whoever made it closes it. */
export type SocketManner = { readonly bufferLength: number; readonly shared?: boolean } | { readonly fd: number };

export class NativeUdpSocket implements BatchSocket {
  readonly fd: number;
  readonly address: Address;
  readonly port: number;
  segments = false;
  /** The kernel gives datagrams that came together as one. */
  readonly gathers: boolean;
  sendErrors = 0;
  readonly #system: System;
  readonly #batch: DatagramBatch;
  readonly #readiness: Readiness;
  readonly #isLent: boolean;
  #open = true;

  /**
   * `received` is told when nothing more comes for now, or what came is about to be
   * overwritten. Throws `SystemError`.
   */
  constructor(
    system: System,
    address: Address,
    port: number,
    how: SocketManner,
    receiver: DatagramReceiver,
    received: () => void = () => undefined,
  ) {
    batch ??= new DatagramBatch(system);
    this.#batch = batch;
    this.#system = system;
    this.#isLent = "fd" in how;
    this.fd = "fd" in how ? how.fd : openSocket(system, { type: "datagram", protocol: 0, address, port, ...how });
    try {
      const own = socketAddress(address, port);
      const length = nativeBuffer(4);
      new DataView(length.buffer).setUint32(0, own.length, true);
      system.checked("getsockname", system.getsockname(this.fd, own, length));
      this.address = ipv4FromNumber(u32At(own, 4));
      this.port = u16At(own, 2);
      this.gathers = setOption(system, this.fd, SOL_UDP, UDP_GRO, 1);
      // A socket that knows the option at all can be told the length with each message.
      this.segments = setOption(system, this.fd, SOL_UDP, UDP_SEGMENT, 0);
      this.#readiness = whenReadable(system, this.fd, () => this.#drain(receiver, received));
    } catch (error) {
      if (!this.#isLent) system.close(this.fd);
      throw error;
    }
  }

  send(address: Address, port: number, octets: Uint8Array): void {
    if (this.#open) this.#batch.send(this, numberOf(address), port, octets);
  }

  close(): void {
    if (!this.#open) return;
    this.#batch.flush();
    this.#open = false;
    this.#readiness.stop();
    if (!this.#isLent) this.#system.close(this.fd);
  }

  /** How many messages of the kernel there were. */
  #drain(receiver: DatagramReceiver, received: () => void): number {
    let count = 0;
    for (let batches = 0; batches < BATCHES_PER_TURN && this.#open; batches += 1) {
      // More may have come while these are worked on: to look is cheaper than to be woken again.
      const came = this.#batch.receive(this.fd, receiver);
      if (came === 0) break;
      count += came;
      received();
    }
    return count;
  }
}

/** What was sent leaves now, and not when the turn of the event loop is over. */
export function flushDatagrams(): void {
  batch?.flush();
}

const MOST_NUMBERS = 4096;
const numbers = new Map<Address, number>();

/** Addresses come again and again, and reading their text costs more than finding it. */
function numberOf(address: Address): number {
  const known = numbers.get(address);
  if (known !== undefined) return known;
  if (numbers.size >= MOST_NUMBERS) numbers.clear();
  const number = ipv4ToNumber(address);
  numbers.set(address, number);
  return number;
}
