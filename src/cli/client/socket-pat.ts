/**
 * A PAT box between clients inside this process and the network: each inside endpoint gets a real socket, so its port is translated for
 * real and a gateway sees one address with many ports.
 */

import { createSocket, type Socket } from "node:dgram";
import { type Address, canonicalAddress, type Endpoint, endpointKey, isIpv6 } from "../../engine/kernel/address.ts";

export interface PatDatagram {
  readonly inside: Endpoint;
  readonly remote: Endpoint;
  readonly bytes: Uint8Array;
}

export class SocketPat {
  readonly #outsideAddress: string;
  readonly #sockets = new Map<string, Socket>();
  readonly #receivers = new Map<string, (datagram: PatDatagram) => void>();
  #closed = false;

  /** `outsideAddress`: an address of this host; `0.0.0.0` or `::` = whichever leads to the gateway. */
  constructor(outsideAddress: string) {
    this.#outsideAddress = outsideAddress;
  }

  /** Who is given what comes back for an inside address. */
  attach(address: string, receiver: (datagram: PatDatagram) => void): void {
    this.#receivers.set(address, receiver);
  }

  send({ inside, remote, bytes }: PatDatagram): void {
    if (this.#closed) return;
    this.#socketOf(inside).send(bytes, remote.port, remote.address);
  }

  /** The mapping of an inside endpoint is forgotten: what it sends later comes from another port. */
  release(inside: Endpoint): void {
    const key = endpointKey(inside);
    this.#sockets.get(key)?.close();
    this.#sockets.delete(key);
  }

  close(): void {
    this.#closed = true;
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  #socketOf(inside: Endpoint): Socket {
    const known = this.#sockets.get(endpointKey(inside));
    if (known !== undefined) return known;
    const socket = createSocket(typeOf(this.#outsideAddress));
    socket.bind({ address: this.#outsideAddress, port: 0 });
    // A gateway that is not there answers by ICMP; the client finds out by itself that nobody answers.
    socket.on("error", () => undefined);
    socket.on("message", (bytes, from) => {
      const remote = { address: canonicalAddress(from.address) ?? from.address, port: from.port };
      this.#receivers.get(inside.address)?.({ inside, remote, bytes });
    });
    this.#sockets.set(endpointKey(inside), socket);
    return socket;
  }
}

/**
 * The first of them that no socket of this host can have. Found by trying: a whole prefix may be routed to a host whose interfaces list none of it.
 */
export async function firstNotOurs(addresses: readonly Address[]): Promise<Address | undefined> {
  for (const address of addresses) if (!(await canBind(address))) return address;
  return undefined;
}

function typeOf(address: Address): "udp4" | "udp6" {
  return isIpv6(address) ? "udp6" : "udp4";
}

async function canBind(address: Address): Promise<boolean> {
  const socket = createSocket(typeOf(address));
  return await new Promise((resolve) => {
    socket.once("error", () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ address, port: 0 }, () => socket.close(() => resolve(true)));
  });
}
