/**
 * ESP as an IP protocol of its own (50) on one address of the host: a raw socket. The kernel puts fragments together on the way in, and
 * writes the IP header on the way out; a packet that does not fit the way is cut by it. A kernel that does IPsec itself sees the same packets and
 * knows none of their SPIs.
 */

import { type Address, ipv4FromNumber, ipv4ToNumber } from "../../../engine/kernel/address.ts";
import { IPV4_HEADER_LENGTH, ipProtocol, ipv4HeaderLength, ipv4Source } from "../../../engine/wire/ipv4.ts";
import { putU32 } from "../../../engine/wire/octets.ts";
import { type Readiness, whenReadable } from "./readiness.ts";
import { socketAddress } from "./socket-address.ts";
import { hostSystem, nativeBuffer, type System, SystemError } from "./system.ts";

const AF_INET = 2;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SOCKADDR_LENGTH = 16;
const LONGEST_PACKET = 65_535;
/** Room for bursts; the kernel caps it at net.core.rmem_max. */
const BUFFER_LENGTH = 8 * 1024 * 1024;
/** Others get their turn after so many packets. */
const READS_PER_TURN = 256;

/** `packet` is from the SPI on, the receiver's own. */
export type EspReceiver = (remote: Address, packet: Uint8Array) => void;

export class RawEsp {
  /** Packets that the kernel refused to send. */
  sendErrors = 0;
  readonly #system: System;
  readonly #fd: number;
  readonly #readiness: Readiness;
  readonly #buffer = nativeBuffer(LONGEST_PACKET);
  readonly #to = socketAddress("0.0.0.0", 0);
  #open = true;

  private constructor(system: System, fd: number, receive: EspReceiver) {
    this.#system = system;
    this.#fd = fd;
    this.#readiness = whenReadable(system, fd, () => this.#drain(receive));
  }

  /** The socket, or why there is none, in words that end a sentence. */
  static open(address: Address, receive: EspReceiver): RawEsp | string {
    const found = hostSystem();
    if ("reason" in found) return found.reason;
    const { system } = found;
    let fd = -1;
    try {
      const type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
      fd = system.checked("socket", system.socket(AF_INET, type, ipProtocol.esp));
      system.checked("bind", system.bind(fd, socketAddress(address, 0), SOCKADDR_LENGTH));
      const size = nativeBuffer(4);
      new DataView(size.buffer).setInt32(0, BUFFER_LENGTH, true);
      for (const option of [SO_SNDBUF, SO_RCVBUF]) system.setsockopt(fd, SOL_SOCKET, option, size, size.length);
      return new RawEsp(system, fd, receive);
    } catch (error) {
      if (fd >= 0) system.close(fd);
      if (!(error instanceof SystemError)) throw error;
      const forbidden = error.code === "EPERM" || error.code === "EACCES";
      return forbidden
        ? "this user may not open raw sockets (root, or cap_net_raw on the Node.js binary)"
        : error.message;
    }
  }

  send(remote: Address, packet: Uint8Array): void {
    putU32(this.#to, 4, ipv4ToNumber(remote));
    const { length } = packet;
    const sent = this.#open ? this.#system.sendto(this.#fd, packet, length, 0, this.#to, SOCKADDR_LENGTH) : -1;
    if (sent !== length) this.sendErrors += 1;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#readiness.stop();
    this.#system.close(this.#fd);
  }

  #drain(receive: EspReceiver): void {
    for (let reads = 0; reads < READS_PER_TURN && this.#open; reads += 1) {
      const length = this.#system.recv(this.#fd, this.#buffer, LONGEST_PACKET, 0);
      if (length < 0) return;
      if (length <= IPV4_HEADER_LENGTH) continue;
      const packet = this.#buffer.subarray(0, length);
      receive(ipv4FromNumber(ipv4Source(packet)), packet.slice(ipv4HeaderLength(packet)));
    }
  }
}
