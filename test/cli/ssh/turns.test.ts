import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { byTurns } from "../../../src/cli/ssh/turns.ts";

/** An outlet that holds what it gets until somebody reads. */
class Outlet extends Writable {
  taken = 0;
  #read: (() => void) | undefined;

  override _write(octets: Buffer, _encoding: string, done: () => void): void {
    this.#read = () => {
      this.taken += octets.length;
      done();
    };
  }

  read(): void {
    const read = this.#read;
    this.#read = undefined;
    read?.();
  }
}

const PIECE = Buffer.alloc(1000);

for (const highWaterMark of [1, 1500, 64_000, 2_000_000])
  test(`all is done however slowly it is read, with room for ${highWaterMark}`, async () => {
    const outlet = new Outlet({ highWaterMark });
    const pieces = 3000;
    let written = 0;
    let most = 0;
    const work = byTurns([outlet], () => {
      if (written === pieces) return false;
      written += 1;
      outlet.write(PIECE);
      most = Math.max(most, outlet.writableLength);
      return true;
    });
    work();
    while (outlet.taken < pieces * PIECE.length) {
      const { taken } = outlet;
      outlet.read();
      await new Promise(setImmediate);
      if (outlet.taken === taken) throw new Error(`nothing more came after ${taken} octets`);
    }
    expect(most).toBeLessThan(highWaterMark + PIECE.length + 1);
  });

test("whoever does not read rests, and the others go on", async () => {
  const deaf = new Outlet({ highWaterMark: 5000 });
  const steps = { deaf: 0, other: 0 };
  byTurns([deaf], () => {
    steps.deaf += 1;
    deaf.write(PIECE);
    return true;
  })();
  byTurns([], () => {
    steps.other += 1;
    return steps.other < 100;
  })();
  await new Promise(setImmediate);
  expect(steps).toEqual({ deaf: 5, other: 100 });
});

test("work that comes while there is some under way is not done twice", () => {
  const done: number[] = [];
  let next = 0;
  const work = byTurns([], () => {
    if (next === 3) return false;
    const mine = next;
    next += 1;
    work();
    done.push(mine);
    return true;
  });
  work();
  expect(done).toEqual([0, 1, 2]);
});
