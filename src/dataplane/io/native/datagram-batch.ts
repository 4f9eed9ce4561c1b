/**
 * Many datagrams a system call: recvmmsg and sendmmsg over memory that is laid out once for the process (`struct mmsghdr`, `struct iovec` and
 * `struct sockaddr_in` of 64-bit Linux). A run of datagrams of one length to one peer leaves as a single one that the kernel cuts (UDP_SEGMENT), and may
 * come in as one that is cut here (UDP_GRO). What was received is good until the next call.
 */

import { KeptViews } from "../../../engine/kernel/kept-views.ts";
import { putU32, u16At, u32At } from "../../../engine/wire/octets.ts";
import { type NativeMemory, nativeMemory, putPointer } from "./memory.ts";
import type { System } from "./system.ts";

const AF_INET = 2;
const SOL_UDP = 17;
export const UDP_SEGMENT = 103;
export const UDP_GRO = 104;
const MESSAGE_LENGTH = 64;
const IOVEC_LENGTH = 16;
const ADDRESS_LENGTH = 16;
/** Room for one control message with a number in it. */
const CONTROL_LENGTH = 32;
/** `CMSG_LEN` and `CMSG_SPACE` of 16 bits. */
const SEGMENT_CONTROL_LENGTH = 18;
const SEGMENT_CONTROL_SPACE = 24;
const CONTROL_HEADER_LENGTH = 16;

const RECEIVED_AT_ONCE = 32;
const LONGEST_DATAGRAM = 65_535;
/** Where the next one lies, not at the same place of a page. */
const SLOT_LENGTH = 65 * 1024;
const SLOT_SHIFT = 16;
/** What the kernel put together lies one behind another in a slot. */
const SEGMENT_SHIFT = 8;
const SEGMENT_WAYS = 4;
const SENT_AT_ONCE = 64;
const ARENA_LENGTH = 512 * 1024;
/** The kernel's own bounds on what it cuts (`UDP_MAX_SEGMENTS`, the length of an IP packet). */
const MOST_SEGMENTS = 64;
const LONGEST_RUN = 65_000;

/** Offsets in `struct mmsghdr`. */
const NAME = 0;
const NAME_LENGTH = 8;
const VECTOR = 16;
const VECTOR_COUNT = 24;
const CONTROL = 32;
const CONTROL_SIZE = 40;
const RECEIVED_LENGTH = 56;

export type DatagramReceiver = (address: number, port: number, octets: Uint8Array) => void;

export interface BatchSocket {
  readonly fd: number;
  /** The kernel cuts runs; it may turn out that it does not for this way. */
  segments: boolean;
  sendErrors: number;
}

/** Datagrams that leave as one. */
interface Run {
  address: number;
  port: number;
  at: number;
  /** Of every datagram in it but the last, which may be shorter. */
  segment: number;
  length: number;
  count: number;
  open: boolean;
}

/** Messages with their vectors, peers and control data, side by side in native memory. */
class Messages {
  readonly pointer: bigint;
  readonly view: DataView;
  readonly octets: Uint8Array;
  readonly count: number;

  constructor(system: System, count: number) {
    this.count = count;
    const length = count * (MESSAGE_LENGTH + IOVEC_LENGTH + ADDRESS_LENGTH + CONTROL_LENGTH);
    const memory = nativeMemory(system, length);
    this.pointer = memory.pointer;
    this.octets = memory.octets;
    this.view = new DataView(memory.octets.buffer);
    for (let i = 0; i < count; i += 1) {
      const at = i * MESSAGE_LENGTH;
      this.#setPointer(at + NAME, this.addressAt(i));
      this.view.setUint32(at + NAME_LENGTH, ADDRESS_LENGTH, true);
      this.#setPointer(at + VECTOR, this.vectorAt(i));
      this.view.setUint32(at + VECTOR_COUNT, 1, true);
      this.#setPointer(at + CONTROL, this.controlAt(i));
    }
  }

  vectorAt(i: number): number {
    return this.count * MESSAGE_LENGTH + i * IOVEC_LENGTH;
  }

  addressAt(i: number): number {
    return this.count * (MESSAGE_LENGTH + IOVEC_LENGTH) + i * ADDRESS_LENGTH;
  }

  controlAt(i: number): number {
    return this.count * (MESSAGE_LENGTH + IOVEC_LENGTH + ADDRESS_LENGTH) + i * CONTROL_LENGTH;
  }

  #setPointer(at: number, to: number): void {
    this.view.setBigUint64(at, this.pointer + BigInt(to), true);
  }
}

export class DatagramBatch {
  readonly #recvmmsg: (fd: number, messages: bigint, count: number, flags: number, timeout: null) => number;
  readonly #sendmmsg: (fd: number, messages: bigint, count: number, flags: number) => number;
  readonly #in: Messages;
  readonly #received: KeptViews;
  readonly #segments: KeptViews;
  readonly #out: Messages;
  readonly #arena: NativeMemory;
  readonly #arenaAddress: number;
  #arenaEnd = 0;
  /** The first `#runCount` are in use. */
  readonly #runs: readonly Run[];
  #runCount = 0;
  #socket: BatchSocket | undefined;
  #flushing = false;

  constructor(system: System) {
    const libc = system.koffi.load(null);
    this.#recvmmsg = libc.func("int recvmmsg(int fd, void *messages, unsigned int count, int flags, void *timeout)");
    this.#sendmmsg = libc.func("int sendmmsg(int fd, void *messages, unsigned int count, int flags)");
    this.#in = new Messages(system, RECEIVED_AT_ONCE);
    const buffers = nativeMemory(system, RECEIVED_AT_ONCE * SLOT_LENGTH);
    for (let i = 0; i < RECEIVED_AT_ONCE; i += 1) {
      const vector = this.#in.vectorAt(i);
      this.#in.view.setBigUint64(vector, buffers.pointer + BigInt(i * SLOT_LENGTH), true);
      this.#in.view.setUint32(vector + 8, LONGEST_DATAGRAM, true);
    }
    this.#received = new KeptViews(buffers.octets, SLOT_SHIFT);
    this.#segments = new KeptViews(buffers.octets, SEGMENT_SHIFT, SEGMENT_WAYS);
    this.#runs = Array.from({ length: SENT_AT_ONCE }, newRun);
    this.#out = new Messages(system, SENT_AT_ONCE);
    this.#arena = nativeMemory(system, ARENA_LENGTH);
    this.#arenaAddress = Number(this.#arena.pointer);
    for (let i = 0; i < SENT_AT_ONCE; i += 1) {
      const control = this.#out.controlAt(i);
      this.#out.view.setUint32(control, SEGMENT_CONTROL_LENGTH, true);
      this.#out.view.setInt32(control + 8, SOL_UDP, true);
      this.#out.view.setInt32(control + 12, UDP_SEGMENT, true);
      this.#out.view.setUint16(this.#out.addressAt(i), AF_INET, true);
    }
  }

  /** Hands over what has arrived, at most a batch; the number of messages that were read, 0 = there is nothing. */
  receive(fd: number, receiver: DatagramReceiver): number {
    const { view, octets, pointer } = this.#in;
    for (let i = 0; i < RECEIVED_AT_ONCE; i += 1) {
      view.setUint32(i * MESSAGE_LENGTH + NAME_LENGTH, ADDRESS_LENGTH, true);
      view.setUint32(i * MESSAGE_LENGTH + CONTROL_SIZE, CONTROL_LENGTH, true);
    }
    const count = this.#recvmmsg(fd, pointer, RECEIVED_AT_ONCE, 0, null);
    for (let i = 0; i < count; i += 1) {
      const at = i * MESSAGE_LENGTH;
      const length = view.getUint32(at + RECEIVED_LENGTH, true);
      const name = this.#in.addressAt(i);
      const address = u32At(octets, name + 4);
      const port = u16At(octets, name + 2);
      const segment = this.#segmentOf(i) || length;
      const slot = i * SLOT_LENGTH;
      if (segment >= length) receiver(address, port, this.#received.of(slot, length));
      else {
        for (let from = 0; from < length; from += segment) {
          receiver(address, port, this.#segments.of(slot + from, Math.min(segment, length - from)));
        }
      }
    }
    return Math.max(0, count);
  }

  /** Copies a datagram; it leaves with others, at the latest when this turn of the event loop is over. */
  send(socket: BatchSocket, address: number, port: number, octets: Uint8Array): void {
    const { length } = octets;
    const full = this.#arenaEnd + length > ARENA_LENGTH || this.#runCount === SENT_AT_ONCE;
    if (full || (this.#socket !== undefined && this.#socket !== socket)) this.flush();
    this.#socket = socket;
    this.#arena.octets.set(octets, this.#arenaEnd);
    const last = this.#runCount === 0 ? undefined : this.#runs[this.#runCount - 1];
    if (last !== undefined && socket.segments && follows(last, address, port, length)) {
      last.length += length;
      last.count += 1;
      last.open = length === last.segment;
    } else this.#begin(address, port, length);
    this.#arenaEnd += length;
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(this.#flushLater);
  }

  readonly #flushLater = (): void => {
    this.#flushing = false;
    this.flush();
  };

  #begin(address: number, port: number, length: number): void {
    const run = this.#runs[this.#runCount];
    if (run === undefined) return;
    this.#runCount += 1;
    run.address = address;
    run.port = port;
    run.at = this.#arenaEnd;
    run.segment = length;
    run.length = length;
    run.count = 1;
    run.open = length > 0;
  }

  flush(): void {
    const socket = this.#socket;
    const count = this.#runCount;
    this.#runCount = 0;
    this.#arenaEnd = 0;
    this.#socket = undefined;
    if (socket !== undefined) this.#sendAll(socket, this.#runs, count);
  }

  /** At most `SENT_AT_ONCE`. */
  #sendAll(socket: BatchSocket, runs: readonly Run[], count: number): void {
    let next = 0;
    while (next < count) {
      for (let i = next; i < count; i += 1) {
        const run = runs[i];
        if (run !== undefined) this.#write(i - next, run);
      }
      const sent = this.#sendmmsg(socket.fd, this.#out.pointer, count - next, 0);
      next += Math.max(0, sent);
      if (next === count) return;
      // The one behind those that were sent was refused: a run may be what the kernel cannot cut on this way.
      const refused = runs[next];
      if (refused === undefined) return;
      if (refused.count === 1) socket.sendErrors += 1;
      else this.#sendAll(socket, singles(refused), refused.count);
      next += 1;
    }
  }

  #write(i: number, { address, port, at, segment, length, count }: Run): void {
    const { view, octets } = this.#out;
    const name = this.#out.addressAt(i);
    octets[name + 2] = port >>> 8;
    octets[name + 3] = port;
    putU32(octets, name + 4, address);
    const vector = this.#out.vectorAt(i);
    putPointer(view, vector, this.#arenaAddress + at);
    view.setUint32(vector + 8, length, true);
    view.setUint32(i * MESSAGE_LENGTH + CONTROL_SIZE, count > 1 ? SEGMENT_CONTROL_SPACE : 0, true);
    view.setUint16(this.#out.controlAt(i) + CONTROL_HEADER_LENGTH, segment, true);
  }

  /** How the kernel put datagrams together; 0 = it did not. */
  #segmentOf(i: number): number {
    const { view } = this.#in;
    const control = this.#in.controlAt(i);
    if (view.getUint32(i * MESSAGE_LENGTH + CONTROL_SIZE, true) < CONTROL_HEADER_LENGTH + 4) return 0;
    const isGro = view.getInt32(control + 8, true) === SOL_UDP && view.getInt32(control + 12, true) === UDP_GRO;
    return isGro ? view.getInt32(control + CONTROL_HEADER_LENGTH, true) : 0;
  }
}

function newRun(): Run {
  return { address: 0, port: 0, at: 0, segment: 0, length: 0, count: 0, open: false };
}

function follows(run: Run, address: number, port: number, length: number): boolean {
  return (
    run.open &&
    run.port === port &&
    run.address === address &&
    length > 0 &&
    length <= run.segment &&
    run.count < MOST_SEGMENTS &&
    run.length + length <= LONGEST_RUN
  );
}

function singles({ address, port, at, segment, length, count }: Run): Run[] {
  return Array.from({ length: count }, (_, i) => {
    const own = Math.min(segment, length - i * segment);
    return { address, port, at: at + i * segment, segment: own, length: own, count: 1, open: false };
  });
}
