import fc from "fast-check";
import { expect, test } from "vitest";
import { DeadlineQueue } from "../../../src/engine/kernel/deadline-queue.ts";

test("keys come due in the order of their deadlines, whatever was set, moved and removed before", () => {
  const operation = fc.record({ key: fc.integer({ min: 0, max: 30 }), at: fc.option(fc.integer({ min: 0, max: 99 })) });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const queue = new DeadlineQueue<number>();
      const model = new Map<number, number>();
      for (const { key, at } of operations) {
        queue.set(key, at === null ? undefined : { at, why: "test" });
        if (at === null) model.delete(key);
        else model.set(key, at);
      }
      expect(queue.size).toBe(model.size);
      const times: number[] = [];
      for (let now = 0; now < 100; now += 1) {
        expect(queue.peek()?.at ?? Number.POSITIVE_INFINITY).toBe(Math.min(...model.values()));
        for (let key = queue.takeDue(now); key !== undefined; key = queue.takeDue(now)) {
          expect(model.get(key)).toBe(now);
          model.delete(key);
          times.push(now);
        }
      }
      expect(model.size).toBe(0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
  );
});
