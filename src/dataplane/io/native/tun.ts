/**
 * A TUN device of the host (Linux `Documentation/networking/tuntap.rst`): IP packets, and before each what the kernel says of packets that it left together
 * (IFF_VNET_HDR): reading and writing dozens of packets costs hardly more than one. The device is not persistent: it is gone with its descriptor, and with it every
 * address and route that led to it.
 */

import { KeptViews } from "../../../engine/kernel/kept-views.ts";
import { Coalescer, HEADER_AT, ROOM_LENGTH, RUNS } from "../../offload/coalescer.ts";
import { completed, PacketRoom, segmented } from "../../offload/segmenter.ts";
import { gsoType, sumFieldAt, sumFromAt, VIRTIO_HEADER_LENGTH, virtioHeaderAt } from "../../offload/virtio-header.ts";
import { addressOf, nativeMemory } from "./memory.ts";
import { type Readiness, whenReadable } from "./readiness.ts";
import { hostSystem, nativeBuffer, type System, SystemError } from "./system.ts";

const O_RDWR = 0o2;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const TUNSETIFF = 0x4004_54ca;
const TUNSETOFFLOAD = 0x4004_54d0;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFF_VNET_HDR = 0x4000;
/** Checksums and TCP, with explicit congestion notification. */
const TUN_F_TCP4 = 0x01 | 0x02 | 0x08;
/** UDP as well; a kernel that knows it wants both versions of IP. */
const TUN_F_UDP = 0x20 | 0x40;
const IFREQ_LENGTH = 40;
const IFREQ_FLAGS = 16;
const LONGEST_READ = VIRTIO_HEADER_LENGTH + 65_535;
/** Room for what comes of packets that were left together. */
const SEGMENTS_LENGTH = 4 * 65_536;
/** So many packets are handed on at once. What is read lies in a slot of its own until then; no two begin in the same unit, nor at the same place of a page. */
const READ_AT_ONCE = 64;
const SLOT_LENGTH = 65 * 1024;
const UNIT_SHIFT = 16;
/** Others get their turn after so many reads. */
const READS_PER_TURN = 256;
/** What is read starts here in its slot, and so IP on a whole word. */
const READ_AT = 6;

/** No device; `message` says which, why, and what to do. */
export class TunError extends Error {
  override readonly name = "TunError";
}

export interface TunCounters {
  /** Packets that the host did not take. */
  writeErrors: number;
  /** What the host sent and is of no kind that is known. */
  readErrors: number;
}

/** What the kernel leaves together and takes together. */
export type TunOffload = "none" | "tcp" | "tcp and udp";

interface Inbox {
  readonly octets: Uint8Array;
  readonly views: KeptViews;
}

/** Of all devices of this thread: what one has read is handed on before another one reads. */
let inbox: Inbox | undefined;

function newInbox(system: System): Inbox {
  const { octets } = nativeMemory(system, READ_AT_ONCE * SLOT_LENGTH);
  return { octets, views: new KeptViews(octets, UNIT_SHIFT) };
}

export class TunDevice {
  readonly name: string;
  readonly offload: TunOffload;
  readonly counters: TunCounters = { writeErrors: 0, readErrors: 0 };
  readonly #system: System;
  readonly #fd: number;
  readonly #readiness: Readiness;
  readonly #inbox: Inbox;
  readonly #arrived: PacketRoom;
  readonly #leaving: Coalescer | undefined;
  #flushing = false;
  #open = true;

  private constructor(
    system: System,
    fd: number,
    name: string,
    offload: TunOffload,
    receive: (packets: readonly Uint8Array[]) => void,
  ) {
    this.#system = system;
    this.#fd = fd;
    this.name = name;
    this.offload = offload;
    inbox ??= newInbox(system);
    this.#inbox = inbox;
    this.#arrived = new PacketRoom(new Uint8Array(SEGMENTS_LENGTH), receive);
    if (offload !== "none") {
      const rooms = nativeMemory(system, RUNS * ROOM_LENGTH).octets;
      this.#leaving = new Coalescer(
        Array.from({ length: RUNS }, (_, i) => rooms.subarray(i * ROOM_LENGTH, (i + 1) * ROOM_LENGTH)),
        offload === "tcp and udp",
        (room, length, packets) => this.#write(addressOf(system, room) + HEADER_AT, length, packets),
      );
    }
    this.#readiness = whenReadable(system, fd, () => this.#drain());
  }

  /**
   * `receive` is given packets, as many as came together; they are overwritten by those that come next. With `wanted`, the kernel is asked to leave together
   * what belongs together, which it may refuse. Throws `TunError`.
   */
  static open(name: string, receive: (packets: readonly Uint8Array[]) => void, wanted = true): TunDevice {
    const found = hostSystem();
    if ("reason" in found) throw new TunError(`the TUN device ${name} cannot be made: ${found.reason}`);
    const { system } = found;
    let fd = -1;
    try {
      fd = system.checked("open /dev/net/tun", system.open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
      const offload = wanted ? attachWithOffload(system, fd, name) : "none";
      if (offload === "none") attach(system, fd, name, 0);
      return new TunDevice(system, fd, name, offload, receive);
    } catch (error) {
      if (fd >= 0) system.close(fd);
      throw error instanceof SystemError
        ? new TunError(`the TUN device ${name} cannot be made: ${reasonOf(error)}`)
        : error;
    }
  }

  /** Copies a packet; it leaves with others, at the latest when this turn of the event loop is over. */
  write(packet: Uint8Array): void {
    if (!this.#open) {
      this.counters.writeErrors += 1;
      return;
    }
    if (this.#leaving === undefined) {
      this.#write(addressOf(this.#system, packet), packet.length, 1);
      return;
    }
    this.#leaving.add(packet);
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(this.#flush);
  }

  close(): void {
    if (!this.#open) return;
    this.#leaving?.flush();
    this.#open = false;
    this.#readiness.stop();
    this.#system.close(this.#fd);
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    if (this.#open) this.#leaving?.flush();
  };

  #write(address: number, length: number, packets: number): void {
    if (this.#system.writeFrom(this.#fd, address, length) !== length) this.counters.writeErrors += packets;
  }

  /** How often the device gave something. */
  #drain(): number {
    const { octets, views } = this.#inbox;
    const address = addressOf(this.#system, octets);
    let slot = 0;
    let count = 0;
    for (let reads = 0; reads < READS_PER_TURN && this.#open; reads += 1) {
      const at = slot * SLOT_LENGTH + READ_AT;
      const length = this.#system.readInto(this.#fd, address + at, LONGEST_READ);
      if (length <= 0) {
        if (this.#arrived.count === 0) return count;
        // More may have come while these are worked on: to look is cheaper than to be woken again.
        this.#arrived.handOn();
        slot = 0;
        continue;
      }
      count += 1;
      this.#arrive(octets, views, at, length);
      slot += 1;
      if (this.#arrived.count < READ_AT_ONCE && slot < READ_AT_ONCE) continue;
      this.#arrived.handOn();
      slot = 0;
    }
    this.#arrived.handOn();
    return count;
  }

  #arrive(inbox: Uint8Array, views: KeptViews, at: number, length: number): void {
    if (this.offload === "none") {
      this.#arrived.lend(views.of(at, length));
      return;
    }
    const packet = views.of(at + VIRTIO_HEADER_LENGTH, length - VIRTIO_HEADER_LENGTH);
    // What the host passes on is whole; what it sends itself has its checksum left open.
    if (inbox[at + 1] === gsoType.none) {
      if (inbox[at] === 0 || completed(sumFromAt(inbox, at), sumFieldAt(inbox, at), packet)) this.#arrived.lend(packet);
      else this.counters.readErrors += 1;
    } else if (!segmented(virtioHeaderAt(inbox, at), packet, this.#arrived)) this.counters.readErrors += 1;
  }
}

function attach(system: System, fd: number, name: string, flags: number): void {
  const request = nativeBuffer(IFREQ_LENGTH);
  request.set(new TextEncoder().encode(name));
  new DataView(request.buffer).setUint16(IFREQ_FLAGS, IFF_TUN | IFF_NO_PI | flags, true);
  system.checked("TUNSETIFF", system.ioctl(fd, TUNSETIFF, request));
}

/** What a kernel before 6.2 does not know it is not asked for twice. */
function attachWithOffload(system: System, fd: number, name: string): TunOffload {
  attach(system, fd, name, IFF_VNET_HDR);
  if (system.ioctlValue(fd, TUNSETOFFLOAD, TUN_F_TCP4 | TUN_F_UDP) >= 0) return "tcp and udp";
  // The header is there whatever else is refused, and TCP may be written together.
  system.ioctlValue(fd, TUNSETOFFLOAD, TUN_F_TCP4);
  return "tcp";
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
