/**
 * ESP as an IP protocol of its own (50) on one address of the host: a raw socket. The kernel puts fragments together on the way in, and
 * writes the IP header on the way out; a packet that does not fit the way is cut by it. A kernel that does IPsec itself sees the same packets and
 * knows none of their SPIs.
 */

import { type Address, ipv4FromNumber, isIpv6 } from "../../../engine/kernel/address.ts";
import { IPV4_HEADER_LENGTH, ipProtocol, ipv4HeaderLength, ipv4Source } from "../../../engine/wire/ipv4.ts";
import { type Readiness, whenReadable } from "./readiness.ts";
import { openSocket } from "./socket.ts";
import { ipv6SocketAddress, putSocketAddress, socketAddress } from "./socket-address.ts";
import { takeSpisOf } from "./socket-filter.ts";
import { hostSystem, nativeBuffer, type System, SystemError } from "./system.ts";

const LONGEST_PACKET = 65_535;
/** Room for bursts; the kernel caps it at net.core.rmem_max. */
const BUFFER_LENGTH = 8 * 1024 * 1024;
/** Others get their turn after so many packets. */
const READS_PER_TURN = 256;

/** `packet` is from the SPI on, the receiver's own. */
export type EspReceiver = (remote: Address, packet: Uint8Array) => void;

/** The descriptor of a raw socket for ESP. Throws `SystemError`. */
export function openEsp(system: System, address: Address): number {
  return openSocket(system, { type: "raw", protocol: ipProtocol.esp, address, port: 0, bufferLength: BUFFER_LENGTH });
}

export class RawEsp {
  /** Packets that the kernel refused to send. */
  sendErrors = 0;
  readonly #system: System;
  readonly #fd: number;
  readonly #readiness: Readiness;
  readonly #buffer = nativeBuffer(LONGEST_PACKET);
  readonly #to: Uint8Array;
  /** Over IPv6 what comes has no header, and the call tells whom it is from. */
  readonly #from: Uint8Array | undefined;
  readonly #fromLength = nativeBuffer(4);
  #open = true;

  readonly #isLent: boolean;

  private constructor(system: System, address: Address, fd: number, isLent: boolean, receive: EspReceiver) {
    this.#to = socketAddress(address, 0);
    this.#from = isIpv6(address) ? socketAddress(address, 0) : undefined;
    this.#system = system;
    this.#fd = fd;
    this.#isLent = isLent;
    try {
      this.#readiness = whenReadable(system, this.#fd, () => this.#drain(receive));
    } catch (error) {
      if (!isLent) system.close(fd);
      throw error;
    }
  }

  /** A socket that another thread has made, and closes. */
  static adopt(system: System, address: Address, fd: number, receive: EspReceiver): RawEsp {
    return new RawEsp(system, address, fd, true, receive);
  }

  /** The socket, or why there is none, in words that end a sentence. */
  static open(address: Address, receive: EspReceiver): RawEsp | string {
    const found = hostSystem();
    if ("reason" in found) return found.reason;
    const { system } = found;
    try {
      return new RawEsp(system, address, openEsp(system, address), false, receive);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      const forbidden = error.code === "EPERM" || error.code === "EACCES";
      return forbidden
        ? "this user may not open raw sockets (root, or cap_net_raw on the Node.js binary)"
        : error.message;
    }
  }

  /** It hears nothing any more: other sockets of ours do. False = it still hears everything. */
  leaveToOthers(): boolean {
    return takeSpisOf(this.#system, this.#fd, 0, 0);
  }

  send(remote: Address, packet: Uint8Array): void {
    putSocketAddress(this.#to, remote);
    const { length } = packet;
    const sent = this.#open ? this.#system.sendto(this.#fd, packet, length, 0, this.#to, this.#to.length) : -1;
    if (sent !== length) this.sendErrors += 1;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#readiness.stop();
    if (!this.#isLent) this.#system.close(this.#fd);
  }

  #lengthOf(address: Uint8Array): Uint8Array {
    new DataView(this.#fromLength.buffer).setUint32(0, address.length, true);
    return this.#fromLength;
  }

  #drain(receive: EspReceiver): number {
    let reads = 0;
    for (; reads < READS_PER_TURN && this.#open; reads += 1) {
      const from = this.#from;
      const length =
        from === undefined
          ? this.#system.recv(this.#fd, this.#buffer, LONGEST_PACKET, 0)
          : this.#system.recvfrom(this.#fd, this.#buffer, LONGEST_PACKET, 0, from, this.#lengthOf(from));
      if (length < 0) break;
      if (from !== undefined) {
        const remote = ipv6SocketAddress(from);
        if (remote !== undefined) receive(remote, this.#buffer.slice(0, length));
        continue;
      }
      if (length <= IPV4_HEADER_LENGTH) continue;
      const packet = this.#buffer.subarray(0, length);
      receive(ipv4FromNumber(ipv4Source(packet)), packet.slice(ipv4HeaderLength(packet)));
    }
    return reads;
  }
}
