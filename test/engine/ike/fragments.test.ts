/** IKE messages in pieces: what hostile peers do with them (the numbers are those of docs/security.md), and what fits together. */

import { expect, test } from "vitest";
import { Fragments, MAX_MESSAGE, MAX_PIECES, MAX_SETS, PIECE_LIFE } from "../../../src/engine/ike/fragments.ts";
import type { IkeSa } from "../../../src/engine/ike/state.ts";
import { seededRandom } from "../../support/random.ts";

const random = seededRandom(3);

/** Fragments look at who a peer is, not at what. */
function peer(): IkeSa {
  return { id: 1 } as IkeSa;
}

function piece(number: number, data: Uint8Array = Uint8Array.of(number), last = false, id = 1) {
  return { id, number, flags: last ? 1 : 0, data };
}

test("pieces in any order, some twice, make the message that was cut", () => {
  for (let round = 0; round < 200; round += 1) {
    const fragments = new Fragments();
    const sa = peer();
    const count = 1 + (round % MAX_PIECES);
    const cut = Array.from({ length: count }, (_, index) =>
      piece(index + 1, random.bytes(1 + ((index * 7) % 50)), index === count - 1),
    );
    const order = cut.map((each) => ({ each, at: random.bytes(1)[0] ?? 0 })).sort((a, b) => a.at - b.at);
    const results = order.flatMap(({ each }, index) => {
      const twice = index % 3 === 0 && index + 1 < count ? [fragments.add(sa, each, 0)] : [];
      return [...twice, fragments.add(sa, each, 0)];
    });
    const whole = results.pop();
    expect(results.every((result) => result === undefined)).toBe(true);
    expect(whole).toEqual(Uint8Array.from(cut.flatMap(({ data }) => [...data])));
    expect(fragments.size).toBe(0);
  }
});

test("7.01: a piece with number 0, or with one that is too high, is refused", () => {
  const fragments = new Fragments();
  expect(fragments.add(peer(), piece(0), 0)).toBe("its number is 0");
  expect(fragments.add(peer(), piece(MAX_PIECES + 1), 0)).toContain(String(MAX_PIECES + 1));
  expect(fragments.add(peer(), piece(1, new Uint8Array(0)), 0)).toBe("it is empty");
  expect(fragments.size).toBe(0);
});

test("7.02: a gap is waited for, and not for ever", () => {
  const fragments = new Fragments();
  const sa = peer();
  expect(fragments.add(sa, piece(1), 0)).toBeUndefined();
  expect(fragments.add(sa, piece(3, Uint8Array.of(3), true), 1)).toBeUndefined();
  expect(fragments.add(sa, piece(2), PIECE_LIFE)).toBeUndefined();
  // The pieces before were forgotten.
  expect(fragments.add(sa, piece(1), PIECE_LIFE)).toBeUndefined();
  expect(fragments.add(sa, piece(3, Uint8Array.of(3), true), PIECE_LIFE)).toEqual(Uint8Array.of(1, 2, 3));
});

test("7.03: of two pieces with one number the first counts", () => {
  const fragments = new Fragments();
  const sa = peer();
  fragments.add(sa, piece(1, Uint8Array.of(1)), 0);
  fragments.add(sa, piece(1, Uint8Array.of(9, 9, 9)), 0);
  expect(fragments.add(sa, piece(2, Uint8Array.of(2), true), 0)).toEqual(Uint8Array.of(1, 2));
});

test("7.04: two last pieces, or one behind the last, end the message", () => {
  const fragments = new Fragments();
  const sa = peer();
  fragments.add(sa, piece(3, Uint8Array.of(3), true), 0);
  expect(fragments.add(sa, piece(4, Uint8Array.of(4), true), 0)).toBe("two pieces are the last");
  fragments.add(sa, piece(3, Uint8Array.of(3), true), 0);
  expect(fragments.add(sa, piece(4), 0)).toBe("a piece comes after the last");
  fragments.add(sa, piece(5), 0);
  expect(fragments.add(sa, piece(3, Uint8Array.of(3), true), 0)).toBe("a piece comes after the last");
  expect(fragments.size).toBe(0);
});

test("7.05: another message of the same peer takes the place of the one before", () => {
  const fragments = new Fragments();
  const sa = peer();
  fragments.add(sa, piece(1, Uint8Array.of(1), false, 1), 0);
  fragments.add(sa, piece(2, Uint8Array.of(7), true, 2), 0);
  expect(fragments.size).toBe(1);
  expect(fragments.add(sa, piece(1, Uint8Array.of(6), false, 2), 0)).toEqual(Uint8Array.of(6, 7));
});

test("7.06: a message that grows beyond all measure is dropped", () => {
  const fragments = new Fragments();
  const sa = peer();
  const large = new Uint8Array(MAX_MESSAGE / 8);
  for (let number = 1; number <= 8; number += 1) expect(fragments.add(sa, piece(number, large), 0)).toBeUndefined();
  expect(fragments.add(sa, piece(9, Uint8Array.of(1)), 0)).toContain(`longer than ${MAX_MESSAGE}`);
  expect(fragments.size).toBe(0);
});

test("7.07, 7.08: ten thousand messages of one peer hold one place, and ten thousand peers hold so many", () => {
  const fragments = new Fragments();
  const sa = peer();
  for (let id = 1; id <= 10_000; id += 1) fragments.add(sa, piece(1, Uint8Array.of(1), false, id), 0);
  expect(fragments.size).toBe(1);
  const neighbour = peer();
  fragments.add(neighbour, piece(1), 0);
  for (let id = 1; id <= 10_000; id += 1) fragments.add(sa, piece(1, Uint8Array.of(1), false, id), 0);
  expect(fragments.add(neighbour, piece(2, Uint8Array.of(2), true), 0)).toEqual(Uint8Array.of(1, 2));
  for (let count = 0; count < 10_000; count += 1) fragments.add(peer(), piece(1), 0);
  expect(fragments.size).toBe(MAX_SETS);
});
