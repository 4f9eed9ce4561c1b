/** TCP that opens a connection through a session is told how much fits, whichever end begins and whichever way it goes. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { ipv4FromNumber, ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { checksum } from "../../../src/engine/wire/checksum.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { DEVICE, hostPacketsOf, wiredGateway } from "../../support/gateway-with-sessions.ts";
import { datagramsOf } from "../../support/line-peer.ts";

const WORLD = "192.0.2.50";
const MOST = 1300;
const SYN = 0x02;
const ACK = 0x10;

interface Segment {
  readonly source: string;
  readonly destination: string;
  readonly flags: number;
  readonly size: number;
  /** Options that do nothing stand before the one that counts. */
  readonly padding: number;
}

function pseudoHeader(source: number, destination: number, length: number): Uint8Array {
  const octets = new Uint8Array(12);
  const view = new DataView(octets.buffer);
  view.setUint32(0, source);
  view.setUint32(4, destination);
  view.setUint16(8, 6);
  view.setUint16(10, length);
  return octets;
}

function tcpSum(source: number, destination: number, segment: Uint8Array): number {
  return checksum(Uint8Array.from([...pseudoHeader(source, destination, segment.length), ...segment]));
}

function packetOf({ source, destination, flags, size, padding }: Segment): Uint8Array {
  const options = [...new Array<number>(padding).fill(1), 2, 4, size >> 8, size & 0xff];
  while (options.length % 4 !== 0) options.push(0);
  const segment = Uint8Array.from([
    ...[0x80, 1, 0, 80, 1, 2, 3, 4, 5, 6, 7, 8, ((20 + options.length) / 4) << 4, flags, 0x20, 0, 0, 0, 0, 0],
    ...options,
    ...[9, 9, 9],
  ]);
  const ends = { source: ipv4ToNumber(source), destination: ipv4ToNumber(destination) };
  new DataView(segment.buffer).setUint16(16, tcpSum(ends.source, ends.destination, segment));
  return ipv4Packet.encode(simplePacket({ protocol: 6, ...ends, payload: segment }));
}

/** The size that a packet names, and whether its checksum is right. */
function told(packet: Uint8Array | undefined, padding: number): unknown {
  if (packet === undefined) return "nothing";
  const { source, destination, payload } = ipv4Packet.decode(packet);
  const size = new DataView(payload.buffer, payload.byteOffset).getUint16(22 + padding);
  return { from: ipv4FromNumber(source), size, sound: tcpSum(source, destination, payload) === 0 };
}

const segment = fc.record({
  flags: fc.constantFrom(SYN, SYN | ACK, ACK),
  size: fc.integer({ min: 500, max: 9000 }),
  padding: fc.nat(8),
});

test("what opens a connection names no more than fits, and everything else passes as it is", () => {
  const { gateway, clients } = wiredGateway(2, {}, { tcpMss: MOST });
  const [client, other] = clients;
  if (client === undefined || other === undefined) throw new Error("no client");
  fc.assert(
    fc.property(segment, ({ flags, size, padding }) => {
      const expected = (flags & SYN) === 0 ? size : Math.min(size, MOST);
      const between = (source: string, destination: string) => packetOf({ source, destination, flags, size, padding });
      client.send(between(client.address, WORLD));
      expect(told(hostPacketsOf(gateway)[0], padding)).toEqual({ from: client.address, size: expected, sound: true });
      gateway.receiveFromHost(DEVICE, between(WORLD, client.address), 1);
      const [down] = client.read(datagramsOf(gateway));
      expect(told(down, padding)).toEqual({ from: WORLD, size: expected, sound: true });
      client.send(between(client.address, other.address));
      const [across] = other.read(datagramsOf(gateway));
      expect(told(across, padding)).toEqual({ from: client.address, size: expected, sound: true });
    }),
    { numRuns: 60, seed: 8 },
  );
});
