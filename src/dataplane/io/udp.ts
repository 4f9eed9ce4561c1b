/**
 * UDP sockets, one for each port that a chassis listens on. They map between the address a socket is bound to and the
 * one the configuration names. IPv6 has Node's sockets. ESP without UDP has no socket here (`native/raw-esp.ts`).
 */

import { notBuffer } from "../../engine/crypto/lanes-node.ts";
import { LentRoom } from "../../engine/crypto/packet-room.ts";
import {
  type Address,
  type Endpoint,
  endpointKey,
  type Flow,
  ipv4FromNumber,
  isIpv6,
} from "../../engine/kernel/address.ts";
import { giveBack } from "../../engine/kernel/given-back.ts";
import { KeptList } from "../../engine/kernel/kept-list.ts";
import type { DescriptorView } from "../../engine/snapshot.ts";
import { classifyUdpEncapsulated } from "../../engine/wire/udp-encap.ts";
import type { ListenPort, OuterDatagram, PortRole } from "../datagram.ts";
import { turnAsked, turnOver } from "./moderation.ts";
import { hostSystem, type System } from "./native/system.ts";
import { NativeUdpSocket, type SocketManner } from "./native/udp-socket.ts";
import { NodeUdpSocket } from "./node-udp-socket.ts";

/** Room for bursts; the kernel caps it at net.core.rmem_max. */
export const BUFFER_LENGTH = 8 * 1024 * 1024;
const FIRST_UNPRIVILEGED_PORT = 1024;

export type PortErrorCode = "forbidden" | "inUse" | "notOurAddress" | "other";

/** A port could not be opened. `message` says which, why, and what to do. */
export class PortError extends Error {
  readonly code: PortErrorCode;
  readonly port: ListenPort;

  constructor(code: PortErrorCode, port: ListenPort, message: string) {
    super(message);
    this.name = "PortError";
    this.code = code;
    this.port = port;
  }
}

export interface UdpCounters {
  /** Datagrams that the kernel refused to send. */
  readonly sendErrors: number;
  /** Datagrams that no socket stands for: ESP without UDP, an address that is not listened on. */
  readonly noSocket: number;
}

/** Which sockets: the host's own calls where they can be had, else Node's, as for IPv6. */
export type UdpBackend = "native" | "node";

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface OpenPort {
  readonly socket: NativeUdpSocket | NodeUdpSocket;
  readonly wire: Endpoint;
}

/** Datagrams of Node's sockets that are handed on without waiting for more. */
const MOST_TOGETHER = 32;

/** Flows are kept so that a packet need not make its own; a peer that comes from everywhere empties them. */
const MOST_FLOWS = 4096;

export class UdpPorts {
  readonly #sockets = new Map<string, OpenPort>();
  /** What was looked for last. */
  #lastLocal: Endpoint | undefined;
  #lastSocket: OpenPort | undefined;
  #noSocket = 0;
  #receiver: (datagrams: readonly OuterDatagram[]) => void = () => undefined;
  /** What came and was not handed on yet. */
  readonly #arrived = new KeptList<OuterDatagram>();
  /** The objects that stand for it, again and again. */
  readonly #objects: Writable<OuterDatagram>[] = [];
  /** Where ESP of Node's sockets lies until it is handed on. */
  readonly #room = new LentRoom();

  /**
   * Opens all ports or none, but none for ESP; a port 0 in `wire` is chosen by the system. `sharesNatt` = others may open the NAT-T port beside us.
   * Rejects with `PortError`.
   */
  static async open(ports: readonly ListenPort[], backend?: UdpBackend, sharesNatt = false): Promise<UdpPorts> {
    const udp = new UdpPorts();
    try {
      for (const port of ports) {
        if (port.role !== "esp") await udp.#open(port, backend, sharesNatt && port.role === "natt");
      }
    } catch (error) {
      await udp.close();
      throw error;
    }
    return udp;
  }

  /** A socket that another thread has made and bound. */
  adopt(system: System, port: ListenPort, fd: number): void {
    const socket = this.#openNative(system, port, { fd });
    this.#set(port.local, { socket, wire: { address: socket.address, port: socket.port } });
  }

  /** Is sent and heard of no more. */
  forget(local: Endpoint): void {
    void this.#sockets.get(endpointKey(local))?.socket.close();
    this.#set(local, undefined);
  }

  /** There is a socket for it. */
  carries({ role, flow }: OuterDatagram): boolean {
    return role !== "esp" && this.#socketFor(flow.local) !== undefined;
  }

  get counters(): UdpCounters {
    const sockets = [...this.#sockets.values()];
    return {
      sendErrors: sockets.reduce((sum, { socket }) => sum + socket.sendErrors, 0),
      noSocket: this.#noSocket,
    };
  }

  /** What the sockets are bound to. */
  get wires(): Endpoint[] {
    return [...this.#sockets.values()].map(({ wire }) => wire);
  }

  /** How the sockets are read and written; they are all of one kind. */
  get manner(): Pick<Extract<DescriptorView, { kind: "sockets" }>, "inBatches" | "receivesRuns" | "sendsRuns"> {
    const natives = [...this.#sockets.values()].flatMap(({ socket }) =>
      socket instanceof NativeUdpSocket ? [socket] : [],
    );
    return {
      inBatches: natives.length > 0,
      receivesRuns: natives.some(({ gathers }) => gathers),
      sendsRuns: natives.some(({ segments }) => segments),
    };
  }

  /** Who is given datagrams from now on, as many as came together. All is good for this call only, but octets that are not of ESP are their own. */
  onDatagrams(receiver: (datagrams: readonly OuterDatagram[]) => void): void {
    this.#receiver = receiver;
  }

  /** The endpoint that the socket for `local` is bound to. */
  wireOf(local: Endpoint): Endpoint | undefined {
    return this.#sockets.get(endpointKey(local))?.wire;
  }

  send({ role, flow, bytes }: OuterDatagram): void {
    const open = role === "esp" ? undefined : this.#socketFor(flow.local);
    if (open === undefined) this.#noSocket += 1;
    else open.socket.send(flow.remote.address, flow.remote.port, bytes);
  }

  /** Flows of a connection have the same endpoint all the time, and its text would be made anew each time. */
  #socketFor(local: Endpoint): OpenPort | undefined {
    if (local === this.#lastLocal) return this.#lastSocket;
    this.#lastSocket = this.#sockets.get(endpointKey(local));
    this.#lastLocal = local;
    return this.#lastSocket;
  }

  #set(local: Endpoint, open: OpenPort | undefined): void {
    this.#lastLocal = undefined;
    if (open === undefined) this.#sockets.delete(endpointKey(local));
    else this.#sockets.set(endpointKey(local), open);
  }

  async close(): Promise<void> {
    const sockets = [...this.#sockets.values()];
    this.#lastLocal = undefined;
    this.#sockets.clear();
    await Promise.all(sockets.map(({ socket }) => socket.close()));
  }

  async #open(port: ListenPort, backend: UdpBackend | undefined, shared: boolean): Promise<void> {
    const { local } = port;
    const found = backend === "node" ? undefined : hostSystem();
    const system = found !== undefined && "system" in found ? found.system : undefined;
    try {
      const socket =
        system !== undefined && !isIpv6(port.wire.address)
          ? this.#openNative(system, port, { bufferLength: BUFFER_LENGTH, shared })
          : await this.#openNode(port);
      this.#set(local, { socket, wire: { address: socket.address, port: socket.port } });
    } catch (error) {
      throw portError(error as NodeJS.ErrnoException, port);
    }
  }

  #openNode({ local, wire, role }: ListenPort): Promise<NodeUdpSocket> {
    const flowOf = this.#flows(local, wire, (address: Address) => address);
    return NodeUdpSocket.open(wire.address, wire.port, BUFFER_LENGTH, (address, from, octets) => {
      // Nobody can be answered there, and `send` would throw.
      if (from === 0) return;
      this.#arrive(role, flowOf(address, from), isEsp(role, octets) ? this.#kept(octets) : notBuffer(octets));
      this.#soon();
    });
  }

  #openNative(system: System, { local, wire, role }: ListenPort, how: SocketManner): NativeUdpSocket {
    // A number that is no object to V8, instead of one that is.
    const flowOf = this.#flows(local, wire, ipv4FromNumber);
    const receive = (address: number, from: number, octets: Uint8Array) => {
      if (from === 0) return;
      this.#arrive(role, flowOf(address | 0, from), isEsp(role, octets) ? octets : octets.slice());
    };
    return new NativeUdpSocket(system, wire.address, wire.port, how, receive, () => this.#handOn());
  }

  /** The flow of each remote end that datagrams come from, by what its address is known by. */
  #flows<Key>(local: Endpoint, wire: Endpoint, addressOf: (key: Key) => Address): (key: Key, port: number) => Flow {
    const flows = new Map<Key, Map<number, Flow>>();
    let count = 0;
    return (key, port) => {
      const known = flows.get(key)?.get(port);
      if (known !== undefined) return known;
      const bound = this.wireOf(local);
      const flow = { local, remote: { address: addressOf(key), port }, wire: bound ?? wire };
      // It may not be known yet which port the system has chosen.
      if (bound === undefined) return flow;
      if (count >= MOST_FLOWS) flows.clear();
      count = flows.size === 0 ? 1 : count + 1;
      const ofAddress = flows.get(key) ?? new Map<number, Flow>();
      flows.set(key, ofAddress.set(port, flow));
      return flow;
    };
  }

  /** The octets of a message, whose own memory is free again at once. */
  #kept(octets: Buffer): Uint8Array {
    const kept = this.#room.make(octets.length);
    kept.set(octets);
    giveBack(octets);
    return kept;
  }

  #arrive(role: PortRole, flow: Flow, bytes: Uint8Array): void {
    const at = this.#arrived.count;
    const object = this.#objects[at] ?? { role, flow, bytes };
    object.role = role;
    object.flow = flow;
    object.bytes = bytes;
    this.#objects[at] = object;
    this.#arrived.push(object);
  }

  /** Hands on what comes in the same turn of the event loop. */
  #soon(): void {
    if (this.#arrived.count === 1) {
      turnAsked();
      setImmediate(() => turnOver(this.#handOn()));
    } else if (this.#arrived.count === MOST_TOGETHER) this.#handOn();
  }

  /** How many. */
  #handOn(): number {
    const { count } = this.#arrived;
    if (count > 0) this.#receiver(this.#arrived.take());
    this.#room.giveBack();
    return count;
  }
}

/** What nobody keeps: it may lie in memory that is used again. */
function isEsp(role: PortRole, octets: Uint8Array): boolean {
  return role === "natt" && classifyUdpEncapsulated(octets) === "esp";
}

function portError(error: NodeJS.ErrnoException, port: ListenPort): PortError {
  const where = `UDP port ${port.wire.port} of ${port.wire.address}`;
  switch (error.code) {
    case "EACCES":
      return new PortError("forbidden", port, `${where} may not be opened by this user.${rightAdvice(port)}`);
    case "EADDRINUSE":
      return new PortError(
        "inUse",
        port,
        `${where} is in use: another IKE or L2TP daemon may be running on this host (strongswan, xl2tpd); stop it.`,
      );
    case "EADDRNOTAVAIL":
      return new PortError(
        "notOurAddress",
        port,
        `${port.wire.address} is not an address of this host: give it to an interface, or name another with --listen.`,
      );
    default:
      return new PortError("other", port, `${where} cannot be opened: ${error.message}.`);
  }
}

function rightAdvice(port: ListenPort): string {
  if (port.wire.port >= FIRST_UNPRIVILEGED_PORT) return "";
  const option = { ike: "--ike-port", natt: "--natt-port", l2tp: "--l2tp-port", esp: undefined }[port.role];
  const other = option === undefined ? "" : ` Use another port with ${option} N, or`;
  return `${other} give node the right: sudo setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v node)")"`;
}
