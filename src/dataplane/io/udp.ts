/**
 * UDP sockets, one for each port that a chassis listens on. They map between the address a socket is bound to and the
 * one the configuration names. ESP without UDP has no socket here (`native/raw-esp.ts`).
 */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { type Endpoint, endpointKey } from "../../engine/kernel/address.ts";
import type { ListenPort, OuterDatagram } from "../datagram.ts";

/** Room for bursts; the kernel caps it at net.core.rmem_max. */
const BUFFER_LENGTH = 8 * 1024 * 1024;
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
  sendErrors: number;
  /** Datagrams that no socket stands for: raw ESP, an address that is not listened on. */
  noSocket: number;
}

export class UdpPorts {
  readonly counters: UdpCounters = { sendErrors: 0, noSocket: 0 };
  readonly #sockets = new Map<string, { readonly socket: Socket; readonly wire: Endpoint }>();
  #receiver: (datagram: OuterDatagram) => void = () => undefined;

  /** Opens all ports or none, but none for ESP; a port 0 in `wire` is chosen by the system. Rejects with `PortError`. */
  static async open(ports: readonly ListenPort[]): Promise<UdpPorts> {
    const udp = new UdpPorts();
    try {
      for (const port of ports) if (port.role !== "esp") await udp.#open(port);
    } catch (error) {
      await udp.close();
      throw error;
    }
    return udp;
  }

  /** Who is given every datagram from now on. Its octets are its own. */
  onDatagram(receiver: (datagram: OuterDatagram) => void): void {
    this.#receiver = receiver;
  }

  /** The endpoint that the socket for `local` is bound to. */
  wireOf(local: Endpoint): Endpoint | undefined {
    return this.#sockets.get(endpointKey(local))?.wire;
  }

  send(datagram: OuterDatagram): void {
    const open = datagram.role === "esp" ? undefined : this.#sockets.get(endpointKey(datagram.flow.local));
    if (open === undefined) {
      this.counters.noSocket += 1;
      return;
    }
    const { remote } = datagram.flow;
    open.socket.send(datagram.bytes, remote.port, remote.address, this.#afterSend);
  }

  async close(): Promise<void> {
    const closing = [...this.#sockets.values()].map(
      ({ socket }) => new Promise<void>((resolve) => socket.close(() => resolve())),
    );
    this.#sockets.clear();
    await Promise.all(closing);
  }

  #afterSend = (error: Error | null): void => {
    if (error !== null) this.counters.sendErrors += 1;
  };

  #open(port: ListenPort): Promise<void> {
    const socket = createSocket({
      type: "udp4",
      recvBufferSize: BUFFER_LENGTH,
      sendBufferSize: BUFFER_LENGTH,
      // Addresses are never names; the default look-up would put every send off to the next turn of the loop.
      lookup: (address, _options, found) => found(null, address, 4),
    });
    return new Promise((resolve, reject) => {
      socket.once("error", (error: NodeJS.ErrnoException) => {
        socket.close();
        reject(portError(error, port));
      });
      socket.bind({ address: port.wire.address, port: port.wire.port, exclusive: true }, () => {
        socket.removeAllListeners("error");
        socket.on("error", this.#afterSend);
        const { address, port: bound } = socket.address();
        const wire: Endpoint = { address, port: bound };
        socket.on("message", (message: Buffer, from: RemoteInfo) => {
          // Nobody can be answered there, and `send` would throw.
          if (from.port === 0) return;
          // Not a Buffer, whose `slice` would not copy.
          const bytes = new Uint8Array(message.buffer, message.byteOffset, message.length);
          const flow = { local: port.local, remote: { address: from.address, port: from.port }, wire };
          this.#receiver({ role: port.role, flow, bytes });
        });
        this.#sockets.set(endpointKey(port.local), { socket, wire });
        resolve();
      });
    });
  }
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
        `${port.wire.address} is not an address of this host: give it to an interface, or use --listen ADDRESS.`,
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
