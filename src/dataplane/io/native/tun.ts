/**
 * A TUN device of the host (Linux `Documentation/networking/tuntap.rst`): IP packets without any header before them. The device is not
 * persistent: it is gone with its descriptor, and with it every address and route that led to it.
 */

import { type NativeMemory, nativeMemory } from "./memory.ts";
import { type Readiness, whenReadable } from "./readiness.ts";
import { hostSystem, nativeBuffer, type System, SystemError } from "./system.ts";

const O_RDWR = 0o2;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const TUNSETIFF = 0x4004_54ca;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFREQ_LENGTH = 40;
const IFREQ_FLAGS = 16;
const LONGEST_PACKET = 65_535;
/** Room for what is read before it is handed on. */
const BUFFER_LENGTH = 4 * 65_536;
/** So many packets are handed on at once. */
const READ_AT_ONCE = 64;
/** Others get their turn after so many packets. */
const READS_PER_TURN = 256;
/** Packets start at whole words. */
const ALIGNMENT = 64;

/** No device; `message` says which, why, and what to do. */
export class TunError extends Error {
  override readonly name = "TunError";
}

export interface TunCounters {
  /** Packets that the host did not take. */
  writeErrors: number;
}

export class TunDevice {
  readonly name: string;
  readonly counters: TunCounters = { writeErrors: 0 };
  readonly #system: System;
  readonly #fd: number;
  readonly #readiness: Readiness;
  readonly #buffer: NativeMemory;
  #open = true;

  private constructor(system: System, fd: number, name: string, receive: (packets: readonly Uint8Array[]) => void) {
    this.#system = system;
    this.#fd = fd;
    this.name = name;
    this.#buffer = nativeMemory(system, BUFFER_LENGTH);
    this.#readiness = whenReadable(system, fd, () => this.#drain(receive));
  }

  /** `receive` is given packets as many as came together; they are overwritten by those that come next. Throws `TunError`. */
  static open(name: string, receive: (packets: readonly Uint8Array[]) => void): TunDevice {
    const found = hostSystem();
    if ("reason" in found) throw new TunError(`the TUN device ${name} cannot be made: ${found.reason}`);
    const { system } = found;
    let fd = -1;
    try {
      fd = system.checked("open /dev/net/tun", system.open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
      const request = nativeBuffer(IFREQ_LENGTH);
      request.set(new TextEncoder().encode(name));
      new DataView(request.buffer).setUint16(IFREQ_FLAGS, IFF_TUN | IFF_NO_PI, true);
      system.checked("TUNSETIFF", system.ioctl(fd, TUNSETIFF, request));
      return new TunDevice(system, fd, name, receive);
    } catch (error) {
      if (fd >= 0) system.close(fd);
      throw error instanceof SystemError
        ? new TunError(`the TUN device ${name} cannot be made: ${reasonOf(error)}`)
        : error;
    }
  }

  write(packet: Uint8Array): void {
    if (!this.#open || this.#system.write(this.#fd, packet, packet.length) !== packet.length) {
      this.counters.writeErrors += 1;
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#readiness.stop();
    this.#system.close(this.#fd);
  }

  #drain(receive: (packets: readonly Uint8Array[]) => void): void {
    const { octets } = this.#buffer;
    const address = Number(this.#buffer.pointer);
    let packets: Uint8Array[] = [];
    let at = 0;
    for (let reads = 0; reads < READS_PER_TURN && this.#open; reads += 1) {
      const length = this.#system.readInto(this.#fd, address + at, LONGEST_PACKET);
      if (length <= 0) break;
      packets.push(octets.subarray(at, at + length));
      at += (length + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
      if (packets.length < READ_AT_ONCE && at + LONGEST_PACKET <= BUFFER_LENGTH) continue;
      receive(packets);
      packets = [];
      at = 0;
    }
    if (packets.length > 0) receive(packets);
  }
}

function reasonOf(error: SystemError): string {
  switch (error.code) {
    case "ENOENT":
    case "ENXIO":
    case "ENODEV":
      return "there is no /dev/net/tun on this host (modprobe tun)";
    case "EACCES":
    case "EPERM":
      return "this user may not (root, or cap_net_admin on the Node.js binary)";
    case "EBUSY":
      return "another process has it";
    case "EINVAL":
      return "a device of that name exists and is no TUN device, or the name is none";
    default:
      return error.message;
  }
}
