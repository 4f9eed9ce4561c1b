/**
 * A UDP socket of Node's own, a datagram at a time: for IPv6, and where the host's calls cannot be had. A peer of which only one link knows the address is
 * not heard: nothing of it leads back there.
 */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { LentRoom } from "../../engine/crypto/packet-room.ts";
import { type Address, canonicalAddress, isIpv6, isOfLink } from "../../engine/kernel/address.ts";

export class NodeUdpSocket {
  readonly address: Address;
  readonly port: number;
  sendErrors = 0;
  readonly #socket: Socket;
  /** What is under way: nearly always it has left when `send` is over, and its place is free again. */
  readonly #underWay = new LentRoom();

  private constructor(socket: Socket) {
    this.#socket = socket;
    const { address, port } = socket.address();
    this.address = canonicalAddress(address) ?? address;
    this.port = port;
    socket.on("error", this.#afterSend);
  }

  /** What `receiver` is given is its own. Rejects with the system's error. */
  static open(
    address: Address,
    port: number,
    bufferLength: number,
    receiver: (address: Address, port: number, octets: Buffer) => void,
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
          const remote = overIpv6 ? canonicalAddress(from.address) : from.address;
          if (remote !== undefined && !isOfLink(remote)) receiver(remote, from.port, message);
        });
        resolve(new NodeUdpSocket(socket));
      });
    });
  }

  /** `octets` are lent for the call: Node keeps what cannot be sent at once. */
  send(address: Address, port: number, octets: Uint8Array): void {
    const own = this.#underWay.make(octets.length);
    own.set(octets);
    this.#socket.send(own, port, address, this.#afterSend);
    if (this.#socket.getSendQueueCount() === 0) this.#underWay.giveBack();
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  #afterSend = (error: Error | null): void => {
    if (error !== null) this.sendErrors += 1;
  };
}
