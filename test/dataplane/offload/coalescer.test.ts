/** What is put together on its way to the host is the same octets when it is cut again, and of each flow in the same order. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { Coalescer, HEADER_AT, ROOM_LENGTH, RUNS } from "../../../src/dataplane/offload/coalescer.ts";
import { completed, PacketRoom, segmented } from "../../../src/dataplane/offload/segmenter.ts";
import { gsoType, VIRTIO_HEADER_LENGTH, virtioHeaderAt } from "../../../src/dataplane/offload/virtio-header.ts";
import { addToSum, checksumHolds, foldSum } from "../../../src/engine/wire/checksum.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { putU16, putU32, u16At, u32At } from "../../../src/engine/wire/octets.ts";
import { toHex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const ACK = 0x10;
const PSH = 0x08;
const random = seededRandom(77);

interface Flow {
  readonly source: number;
  readonly destination: number;
  readonly port: number;
  sequence: number;
  identification: number;
}

const newFlows = (): Flow[] =>
  Array.from({ length: 12 }, (_, i) => ({
    source: 0x1400_0001 + (i % 3),
    destination: 0xc612_0001,
    port: 1000 + i,
    sequence: 0xffff_f000 + i,
    identification: 0xfff0 + i,
  }));

function transportSum(packet: Uint8Array): number {
  const sum = addToSum((packet[9] ?? 0) + packet.length - 20, packet, 12, 20);
  return foldSum(addToSum(sum, packet, 20, packet.length)) ^ 0xffff;
}

function ip(flow: Flow, protocol: number, payload: Uint8Array, identification: number, timeToLive = 63): Uint8Array {
  const { source, destination } = flow;
  const packet = simplePacket({ protocol, source, destination, payload, identification, timeToLive });
  return ipv4Packet.encode({ ...packet, dontFragment: true });
}

function tcp(flow: Flow, length: number, flags: number, options = 0): Uint8Array {
  const segment = new Uint8Array(20 + options + length);
  segment.set(random.bytes(length), 20 + options);
  putU16(segment, 0, flow.port);
  putU16(segment, 2, 80);
  putU32(segment, 4, flow.sequence);
  segment[12] = ((20 + options) / 4) << 4;
  segment[13] = flags;
  putU16(segment, 14, 500);
  const packet = ip(flow, ipProtocol.tcp, segment, flow.identification & 0xffff);
  putU16(packet, 36, transportSum(packet));
  flow.sequence = (flow.sequence + length) >>> 0;
  flow.identification += 1;
  return packet;
}

function udp(flow: Flow, length: number, withSum: boolean): Uint8Array {
  const datagram = new Uint8Array(8 + length);
  datagram.set(random.bytes(length), 8);
  putU16(datagram, 0, flow.port);
  putU16(datagram, 2, 53);
  putU16(datagram, 4, datagram.length);
  const packet = ip(flow, ipProtocol.udp, datagram, flow.identification & 0xffff);
  if (withSum) putU16(packet, 26, transportSum(packet) || 0xffff);
  flow.identification += 1;
  return packet;
}

const step = fc.record({
  flow: fc.nat({ max: 11 }),
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant("tcp" as const) },
    { weight: 6, arbitrary: fc.constant("udp" as const) },
    fc.constantFrom("push", "fin", "ack", "options", "gap", "damaged", "noSum", "other", "jump", "aged", "window"),
  ),
  length: fc.oneof({ weight: 8, arbitrary: fc.constant(1000) }, fc.integer({ min: 1, max: 1360 })),
  times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 80 })),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function packetOf(flow: Flow, { kind, length }: Step): Uint8Array {
  switch (kind) {
    case "udp":
      return udp(flow, length, true);
    case "noSum":
      return udp(flow, length, false);
    case "push":
      return tcp(flow, length, ACK | PSH);
    case "fin":
      return tcp(flow, length, ACK | 1);
    case "ack":
      return tcp(flow, 0, ACK);
    case "options":
      return tcp(flow, length, ACK, 12);
    case "gap":
      flow.sequence = (flow.sequence + 7) >>> 0;
      return tcp(flow, length, ACK);
    case "jump":
      flow.identification += 3;
      return tcp(flow, length, ACK);
    case "other":
      return ip(flow, ipProtocol.icmp, random.bytes(length), 1);
    case "aged": {
      const packet = tcp(flow, length, ACK);
      packet[8] = 9;
      putU16(packet, 10, 0);
      putU16(packet, 10, foldSum(addToSum(0, packet, 0, 20)) ^ 0xffff);
      return packet;
    }
    case "window": {
      const packet = tcp(flow, length, ACK);
      putU16(packet, 34, 400 + (length % 3));
      putU16(packet, 36, 0);
      putU16(packet, 36, transportSum(packet));
      return packet;
    }
    default: {
      const packet = tcp(flow, length, ACK);
      if (kind === "damaged") packet[packet.length - 1] = (packet[packet.length - 1] ?? 0) ^ 1;
      return packet;
    }
  }
}

const rooms = Array.from({ length: RUNS }, () => new Uint8Array(ROOM_LENGTH));

/** What the host would see on a wire, and in how many writes it was told. */
function throughHost(packets: readonly Uint8Array[], udpToo: boolean): { seen: string[]; writes: number } {
  const seen: string[] = [];
  let writes = 0;
  const coalescer = new Coalescer(rooms, udpToo, (room, length, count) => {
    writes += 1;
    const packet = room.slice(HEADER_AT + VIRTIO_HEADER_LENGTH, HEADER_AT + length);
    const header = virtioHeaderAt(room, HEADER_AT);
    expect(u16At(packet, 2)).toBe(packet.length);
    expect(checksumHolds(packet, 0, 20)).toBe(true);
    if (count === 1) {
      expect(header).toMatchObject({ type: gsoType.none, needsChecksum: false });
      seen.push(toHex(packet));
      return;
    }
    const cut = new PacketRoom(new Uint8Array(200_000), (all) => {
      for (const one of all) seen.push(toHex(one));
    });
    expect(segmented(header, packet, cut)).toBe(true);
    expect(cut.count).toBe(count);
    cut.handOn();
  });
  for (const packet of packets) coalescer.add(packet);
  coalescer.flush();
  return { seen, writes };
}

/** Protocol, addresses and ports; a packet without ports is of all flows. */
function flowKey(packet: string): string {
  return `${packet.slice(18, 20)} ${packet.slice(24, 48)}`;
}

test("packets of all kinds come out as they went in, each flow in its order", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.boolean(), (steps, udpToo) => {
      const flows = newFlows();
      const packets = steps.flatMap((one) =>
        Array.from({ length: one.times }, () => packetOf(flows[one.flow] as Flow, one)),
      );
      const sent = packets.map(toHex);
      const { seen } = throughHost(packets, udpToo);
      expect(seen.toSorted()).toEqual(sent.toSorted());
      for (const key of new Set(sent.map(flowKey))) {
        const own = (all: readonly string[]) => all.filter((packet) => flowKey(packet) === key);
        expect(own(seen)).toEqual(own(sent));
      }
    }),
    { numRuns: 60, seed: 21 },
  );
});

test("a run is one write, and interleaved flows are one each", () => {
  const flows = newFlows();
  const runs = Array.from({ length: 120 }, (_, i) => tcp(flows[i % 4] as Flow, 1360, ACK));
  expect(throughHost(runs, true).writes).toBe(4);
  const datagrams = Array.from({ length: 30 }, () => udp(flows[5] as Flow, 1200, true));
  expect(throughHost(datagrams, true).writes).toBe(1);
  expect(throughHost(datagrams, false).writes).toBe(30);
  // What a room cannot hold goes into the next.
  expect(
    throughHost(
      Array.from({ length: 100 }, () => tcp(flows[6] as Flow, 1300, ACK)),
      true,
    ).writes,
  ).toBe(2);
});

test("a wrong checksum is not mended", () => {
  const [flow] = newFlows();
  if (flow === undefined) return;
  const packets = [0, 1, 2, 3].map(() => tcp(flow, 900, ACK));
  for (const packet of [packets[0], packets[2]]) if (packet !== undefined) packet[60] = (packet[60] ?? 0) ^ 4;
  const { seen, writes } = throughHost(packets, true);
  expect(seen).toEqual(packets.map(toHex));
  expect(writes).toBe(4);
});

test("a checksum that was left open is computed", () => {
  const flows = newFlows();
  for (const whole of [tcp(flows[0] as Flow, 333, ACK), udp(flows[1] as Flow, 1000, true)]) {
    const isTcp = whole[9] === ipProtocol.tcp;
    const sumAt = isTcp ? 16 : 6;
    const open = whole.slice();
    const sum = foldSum(addToSum((open[9] ?? 0) + open.length - 20, open, 12, 20));
    putU16(open, 20 + sumAt, sum);
    const header = { needsChecksum: true, type: gsoType.none, segment: 0, sumFrom: 20, sumAt };
    expect(completed(header.sumFrom, header.sumAt, open)).toBe(true);
    expect(toHex(open)).toBe(toHex(whole));
    expect(completed(open.length - 7, header.sumAt, open)).toBe(false);
  }
});

test("FIN and PSH are of the last segment and CWR of the first", () => {
  const [flow] = newFlows();
  if (flow === undefined) return;
  const whole = tcp(flow, 2500, 0x80 | ACK | PSH | 1);
  const flags: (number | undefined)[] = [];
  const sequences: number[] = [];
  const room = new PacketRoom(new Uint8Array(10_000), (all) => {
    for (const one of all) {
      flags.push(one[33]);
      sequences.push(u32At(one, 24));
      expect(transportSum(one)).toBe(0);
    }
  });
  const header = { needsChecksum: true, type: gsoType.tcp4, segment: 1000, sumFrom: 20, sumAt: 16 };
  expect(segmented(header, whole, room)).toBe(true);
  room.handOn();
  expect(flags).toEqual([0x80 | ACK, ACK, ACK | PSH | 1]);
  const first = u32At(whole, 24);
  expect(sequences).toEqual([first, (first + 1000) >>> 0, (first + 2000) >>> 0]);
  expect(segmented({ ...header, segment: 0 }, whole, room)).toBe(false);
  expect(segmented({ ...header, type: 3 }, whole, room)).toBe(false);
});
