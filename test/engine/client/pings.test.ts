import { expect, test } from "vitest";
import { Pings } from "../../../src/engine/client/pings.ts";
import { echoReply } from "../../../src/engine/ip/echo.ts";

const [OWN, PEER] = [0x0a000001, 0x0c000008];

function answer(pings: Pings, request: Uint8Array, now: number): void {
  pings.receive(echoReply(request) ?? new Uint8Array(0), now);
}

test("however many pings there were, all are counted, and each answer once", () => {
  const pings = new Pings(7);
  for (let now = 0; now < 70_000; now += 1) {
    const request = pings.request(OWN, PEER, false, now);
    if (now % 10 === 0) continue;
    answer(pings, request, now);
    answer(pings, request, now);
  }
  expect(pings.totals).toEqual({ sent: 70_000, answered: 63_000, firstAnswerMillis: 1 });
  expect(pings.results()).toHaveLength(1000);
});

test("a ping that is sent again is one ping, answered as late as its answer came", () => {
  const pings = new Pings(7);
  pings.request(OWN, PEER, true, 5);
  pings.request(OWN, PEER, true, 10);
  const third = pings.request(OWN, PEER, true, 15);
  expect(pings.totals).toEqual({ sent: 1, answered: 0, firstAnswerMillis: undefined });
  answer(pings, third, 25);
  answer(pings, third, 26);
  expect(pings.totals).toEqual({ sent: 1, answered: 1, firstAnswerMillis: 20 });
});
