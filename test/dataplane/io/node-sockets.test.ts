import { createSocket, Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { NodeUdpSocket } from "../../../src/dataplane/io/node-udp-socket.ts";
import { UdpPorts } from "../../../src/dataplane/io/udp.ts";

const LOOPBACK = "127.0.0.1";
const MANY = 300;

afterEach(() => vi.restoreAllMocks());

const numbered = (i: number): Uint8Array => new Uint8Array(100 + (i % 7)).fill(i);

describe("Node's sockets", () => {
  it("keep what cannot leave at once as it was, whatever becomes of the memory that was lent", async () => {
    const socket = await NodeUdpSocket.open(LOOPBACK, 0, 65_536, () => undefined);
    const underWay: Uint8Array[] = [];
    vi.spyOn(Socket.prototype, "send").mockImplementation((octets: unknown) => underWay.push(octets as Uint8Array));
    vi.spyOn(Socket.prototype, "getSendQueueCount").mockImplementation(() => underWay.length);
    for (let i = 0; i < MANY; i += 1) {
      const lent = numbered(i);
      socket.send(LOOPBACK, 9, lent);
      lent.fill(255);
    }
    expect(underWay.map((octets) => Uint8Array.from(octets))).toEqual(
      Array.from({ length: MANY }, (_, i) => numbered(i)),
    );
    await socket.close();
  });

  it("send from the same memory again where everything has left", async () => {
    const socket = await NodeUdpSocket.open(LOOPBACK, 0, 65_536, () => undefined);
    const sent = new Set<unknown>();
    vi.spyOn(Socket.prototype, "send").mockImplementation((octets: unknown) => sent.add(octets));
    vi.spyOn(Socket.prototype, "getSendQueueCount").mockReturnValue(0);
    for (let i = 0; i < MANY; i += 1) socket.send(LOOPBACK, 9, new Uint8Array(1400).fill(i));
    expect(sent.size).toBe(1);
    await socket.close();
  });

  it("lend ESP for one call, and give away what is not ESP", async () => {
    const local = { address: LOOPBACK, port: 4500 };
    const ports = await UdpPorts.open([{ role: "natt", local, wire: { address: LOOPBACK, port: 0 } }], "node");
    const peer = createSocket("udp4");
    peer.bind(0, LOOPBACK);
    await once(peer, "listening");
    const kept: Uint8Array[] = [];
    const copied: Uint8Array[] = [];
    const flows = new Set<OuterDatagram["flow"]>();
    const waiting: (() => void)[] = [];
    ports.onDatagrams((datagrams) => {
      for (const { bytes, flow } of datagrams) {
        flows.add(flow);
        kept.push(bytes);
        copied.push(bytes.slice());
      }
      waiting.shift()?.();
    });
    const [wire] = ports.wires;
    // A marker of zeros, or an SPI.
    const messages = Array.from({ length: 40 }, (_, i) => new Uint8Array(64 + i).fill(i + 1).fill(i % 2, 0, 4));
    for (const message of messages) {
      const arrived = new Promise<void>((resolve) => waiting.push(resolve));
      peer.send(message, wire?.port, LOOPBACK);
      await arrived;
    }
    expect(copied).toEqual(messages);
    expect(kept.filter((_, i) => i % 2 === 0)).toEqual(messages.filter((_, i) => i % 2 === 0));
    expect(new Set(kept.filter((_, i) => i % 2 === 1).map(({ buffer }) => buffer)).size).toBe(1);
    expect(flows.size).toBe(1);
    peer.close();
    await ports.close();
  });
});
