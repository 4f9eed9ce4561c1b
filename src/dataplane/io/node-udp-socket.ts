/**
 * A UDP socket of Node's own, a datagram at a time: for IPv6, and where the host's calls cannot be had. A peer of which only one link knows the address is
 * not heard: nothing of it leads back there.
 */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { type Address, canonicalAddress, isIpv6, isOfLink } from "../../engine/kernel/address.ts";

interface NodeSocketManner {
  readonly bufferLength: number;
  readonly copies: boolean;
}

export class NodeUdpSocket {
  readonly address: Address;
  readonly port: number;
  sendErrors = 0;
  readonly #socket: Socket;
  readonly #copies: boolean;

  private constructor(socket: Socket, copies: boolean) {
    this.#socket = socket;
    this.#copies = copies;
    const { address, port } = socket.address();
    this.address = canonicalAddress(address) ?? address;
    this.port = port;
    socket.on("error", this.#afterSend);
  }

  /** `copies` = what is sent is lent for the call only. Rejects with the system's error. */
  static open(
    address: Address,
    port: number,
    { bufferLength, copies }: NodeSocketManner,
    receiver: (address: Address, port: number, octets: Uint8Array) => void,
  ): Promise<NodeUdpSocket> {
    const overIpv6 = isIpv6(address);
    const socket = createSocket({
      type: overIpv6 ? "udp6" : "udp4",
      // An address of IPv4 has a socket of its own.
      ipv6Only: overIpv6,
      recvBufferSize: bufferLength,
      sendBufferSize: bufferLength,
      // Addresses are never names; the default look-up would put every send off to the next turn of the loop.
      lookup: (name, _options, found) => found(null, name, overIpv6 ? 6 : 4),
    });
    return new Promise((resolve, reject) => {
      socket.once("error", (error) => {
        socket.close();
        reject(error);
      });
      socket.bind({ address, port, exclusive: true }, () => {
        socket.removeAllListeners("error");
        socket.on("message", (message: Buffer, from: RemoteInfo) => {
          // Not a Buffer, whose `slice` would not copy.
          const octets = new Uint8Array(message.buffer, message.byteOffset, message.length);
          const remote = overIpv6 ? canonicalAddress(from.address) : from.address;
          if (remote !== undefined && !isOfLink(remote)) receiver(remote, from.port, octets);
        });
        resolve(new NodeUdpSocket(socket, copies));
      });
    });
  }

  /** What cannot be sent at once is kept. */
  send(address: Address, port: number, octets: Uint8Array): void {
    this.#socket.send(this.#copies ? octets.slice() : octets, port, address, this.#afterSend);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  #afterSend = (error: Error | null): void => {
    if (error !== null) this.sendErrors += 1;
  };
}
