/** Counts of SAs that are no more stay with their connection, per direction, until it is forgotten. */

import { expect, test } from "vitest";
import { newLineModuleCounters, newSaCounters } from "../../../src/engine/counters.ts";
import { RetiredCounters } from "../../../src/engine/router/retired-counters.ts";

function retiring(packets: Readonly<Record<number, number>>): RetiredCounters {
  const counted = (_connection: number, spi: number) => {
    const number = packets[spi];
    return number === undefined
      ? undefined
      : { ...newSaCounters(), packets: number, lastSequence: 99, lastUsedAt: spi };
  };
  return new RetiredCounters({
    inboundSa: counted,
    outboundSa: counted,
    session: () => undefined,
    totals: newLineModuleCounters,
  });
}

test("counts of former SAs add up by direction, without their sequence numbers", () => {
  const retired = retiring({ 1: 10, 2: 5, 3: 7 });
  expect(retired.of(4)).toBeUndefined();
  retired.retire(4, "inbound", 1);
  retired.retire(4, "inbound", 2);
  retired.retire(4, "outbound", 3);
  expect(retired.of(4)).toMatchObject({
    inbound: { packets: 15, lastSequence: 0, lastUsedAt: 2 },
    outbound: { packets: 7, lastUsedAt: 3 },
  });
  expect(retired.of(5)).toBeUndefined();
});

test("an SA that the line module does not know adds nothing, and a closed connection is forgotten", () => {
  const retired = retiring({ 1: 10 });
  retired.retire(4, "inbound", 77);
  expect(retired.of(4)).toBeUndefined();
  retired.retire(4, "inbound", 1);
  retired.forget(4);
  expect(retired.of(4)).toBeUndefined();
});
