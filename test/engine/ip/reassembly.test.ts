/** Pieces become the packet that they were cut from, in whatever order they come; whoever sends other pieces spoils nothing but his own. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { newLineModuleCounters } from "../../../src/engine/counters.ts";
import { fragment } from "../../../src/engine/ip/fragment.ts";
import { checkIpv4 } from "../../../src/engine/ip/packet-check.ts";
import { Reassembly } from "../../../src/engine/ip/reassembly.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { hex } from "../../support/hex.ts";
import { seededRandom } from "../../support/random.ts";

const ROUTER = "default";
/** Router alert (copied into every piece) and record route (in the first alone). */
const OPTIONS = hex("94040000 07070400000000 00");
const MEGABYTE = 1024 * 1024;

interface Shape {
  readonly source?: number;
  readonly identification?: number;
  readonly payload: Uint8Array;
  readonly options?: Uint8Array;
  readonly moreFragments?: boolean;
  readonly fragmentOffset?: number;
}

function packet({ source = 1, identification = 77, options = new Uint8Array(0), ...more }: Shape): Uint8Array {
  const plain = simplePacket({ protocol: 1, source, destination: 2, identification, payload: more.payload });
  return ipv4Packet.encode({ ...plain, options, ...more });
}

function piece(from: number, octets: number, moreFragments: boolean, more: Partial<Shape> = {}): Uint8Array {
  return packet({ payload: new Uint8Array(octets), fragmentOffset: from / 8, moreFragments, ...more });
}

function table() {
  const counters = newLineModuleCounters();
  return { counters, reassembly: new Reassembly(counters) };
}

test("pieces in any order, some of them twice, are the packet again, once", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 100, maxLength: 3000 }),
      fc.integer({ min: 68, max: 600 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (payload, mtu, hasOptions, order) => {
        const whole = packet({ payload, ...(hasOptions ? { options: OPTIONS } : {}) });
        const pieces = fragment(whole, mtu);
        if (pieces.length < 2) return;
        const { counters, reassembly } = table();
        const twice = pieces.flatMap((one, index) => (index % 3 === 1 ? [one, one] : [one]));
        const shuffled = twice
          .map((one) => ({ one, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const made = shuffled.flatMap((one) => reassembly.add(ROUTER, one, 0) ?? []);
        expect(made[0]).toEqual(whole);
        expect(made).toHaveLength(1);
        expect(checkIpv4(made[0] ?? new Uint8Array(0))).toBe(whole.length);
        expect(counters).toMatchObject({ reassembled: 1, reassemblyFailures: 0 });
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

test.each([
  ["begins in what is there", [piece(0, 16, true), piece(8, 16, true)]],
  ["ends in what is there", [piece(16, 16, true), piece(8, 16, true)]],
  ["lies in what is there", [piece(0, 32, true), piece(8, 8, true)]],
  ["lies around what is there", [piece(8, 8, true), piece(0, 32, true)]],
  ["is another last one", [piece(16, 8, false), piece(32, 8, false)]],
  ["goes beyond the last one", [piece(16, 8, false), piece(24, 8, true)]],
  ["is last and ends before what is there", [piece(32, 8, true), piece(16, 8, false)]],
  ["is cut where no piece is", [piece(0, 12, true)]],
  ["is empty", [piece(8, 0, true)]],
  ["goes beyond the largest packet", [piece(65_528, 100, false)]],
])("a piece that %s spoils its packet, and those that come after it change nothing", (_, pieces) => {
  const { counters, reassembly } = table();
  for (const one of [...pieces, piece(0, 8, true), piece(8, 8, true), piece(16, 8, true), piece(24, 8, false)]) {
    expect(reassembly.add(ROUTER, one, 0)).toBeUndefined();
  }
  expect(counters).toMatchObject({ reassembled: 0, reassemblyFailures: 1 });
  expect(reassembly.octets).toBe(0);
});

test("a first piece whose options make the whole too large is refused", () => {
  const { counters, reassembly } = table();
  const largest = fragment(packet({ payload: new Uint8Array(65_515) }), 1500);
  const first = packet({ payload: new Uint8Array(1480), options: OPTIONS, moreFragments: true });
  expect([first, ...largest.slice(1)].flatMap((one) => reassembly.add(ROUTER, one, 0) ?? [])).toEqual([]);
  expect(counters).toMatchObject({ reassembled: 0, reassemblyFailures: 1 });
});

test("pieces of different packets, senders and routers never meet", () => {
  const { reassembly } = table();
  const begin = piece(0, 8, true);
  const end = piece(8, 8, false);
  reassembly.add(ROUTER, begin, 0);
  expect(reassembly.add("RED", end, 0)).toBeUndefined();
  expect(reassembly.add(ROUTER, piece(8, 8, false, { source: 9 }), 0)).toBeUndefined();
  expect(reassembly.add(ROUTER, piece(8, 8, false, { identification: 78 }), 0)).toBeUndefined();
  expect(reassembly.add(ROUTER, end, 0)).toHaveLength(36);
});

test("what does not come within fifteen seconds of the first piece comes in vain", () => {
  const { counters, reassembly } = table();
  reassembly.add(ROUTER, piece(0, 8, true), 0);
  expect(reassembly.add(ROUTER, piece(8, 8, false), 14_999)).toHaveLength(36);
  reassembly.add(ROUTER, piece(0, 8, true), 20_000);
  expect(reassembly.add(ROUTER, piece(8, 8, false), 35_000)).toBeUndefined();
  expect(counters).toMatchObject({ reassembled: 1, reassemblyTimeouts: 1, reassemblyFailures: 0 });
});

test("a source that begins much and ends nothing keeps a bounded room and takes none from others", () => {
  const { counters, reassembly } = table();
  reassembly.add(ROUTER, piece(0, 8, true, { source: 5 }), 0);
  for (let identification = 0; identification < 5000; identification += 1) {
    reassembly.add(ROUTER, piece(0, 1480, true, { identification }), 1);
    reassembly.add(ROUTER, piece(2960, 60_000, true, { identification }), 1);
    expect(reassembly.octets).toBeLessThan(200 * 1024);
  }
  expect(reassembly.add(ROUTER, piece(8, 8, false, { source: 5 }), 2)).toHaveLength(36);
  expect(counters.reassemblyFailures).toBeGreaterThan(4900);
});

test("many sources together keep a bounded room, and the newest packet is put together", () => {
  const { reassembly } = table();
  for (let source = 10; source < 3000; source += 1) {
    reassembly.add(ROUTER, piece(8, 40_000, true, { source }), 1);
    expect(reassembly.octets).toBeLessThan(4.2 * MEGABYTE);
  }
  reassembly.add(ROUTER, piece(0, 8, true, { source: 5 }), 1);
  expect(reassembly.add(ROUTER, piece(8, 8, false, { source: 5 }), 1)).toHaveLength(36);
});

test("no pieces whatever keep more than the bound, and each packet that began has one end", () => {
  const { counters, reassembly } = table();
  const random = seededRandom(3);
  let now = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
    now += a % 5;
    const one = piece((b % 16) * 8, (c % 4) * 8, d % 3 !== 0, { source: a % 7, identification: d % 20 });
    const whole = reassembly.add(ROUTER, one, now);
    if (whole !== undefined) expect(checkIpv4(whole)).toBe(whole.length);
  }
  reassembly.add(ROUTER, piece(0, 8, true), now + 100_000);
  expect(counters.reassembled).toBeGreaterThan(0);
  expect(reassembly.octets).toBe(8 + 128);
});
