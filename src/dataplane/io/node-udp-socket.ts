/** A UDP socket of Node's own, a datagram at a time: where the host's calls cannot be had. */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import type { Address } from "../../engine/kernel/address.ts";

export class NodeUdpSocket {
  readonly address: Address;
  readonly port: number;
  sendErrors = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const { address, port } = socket.address();
    this.address = address;
    this.port = port;
    socket.on("error", this.#afterSend);
  }

  /** Rejects with the system's error. */
  static open(
    address: Address,
    port: number,
    bufferLength: number,
    receiver: (address: Address, port: number, octets: Uint8Array) => void,
  ): Promise<NodeUdpSocket> {
    const socket = createSocket({
      type: "udp4",
      recvBufferSize: bufferLength,
      sendBufferSize: bufferLength,
      // Addresses are never names; the default look-up would put every send off to the next turn of the loop.
      lookup: (name, _options, found) => found(null, name, 4),
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
          receiver(from.address, from.port, octets);
        });
        resolve(new NodeUdpSocket(socket));
      });
    });
  }

  send(address: Address, port: number, octets: Uint8Array): void {
    this.#socket.send(octets, port, address, this.#afterSend);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  #afterSend = (error: Error | null): void => {
    if (error !== null) this.sendErrors += 1;
  };
}
