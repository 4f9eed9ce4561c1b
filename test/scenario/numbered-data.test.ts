/** Sessions whose data messages are numbered, on a link that puts them out of order. */

import { expect, test } from "vitest";
import type { LnsProfileSpec } from "../../src/engine/l2tp-spec.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const PINGS = 400;

/** Many pings at short intervals over a link that lets packets overtake each other. */
function hurried(lns: Partial<LnsProfileSpec>): { lab: Lab; client: LabClient; answered: number; late: number } {
  const lab = new Lab({
    // The window of ESP must not be what drops a packet that was overtaken.
    spec: specOf({ lns, gateway: { replayWindow: 1024 }, ppp: { keepaliveSeconds: 0 } }),
    network: { jitterMillis: 40 },
  });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.state, client.reason).toBe("up");
  const answered = client.ping(INSIDE, PINGS, 5);
  return { lab, client, answered, late: lab.snapshot.sessions[0]?.counters.rxOutOfOrder ?? 0 };
}

test("without numbers nobody knows what is late, and everything passes", () => {
  const { lab, answered, late } = hurried({ dropsLateData: true });
  expect(lab.snapshot.l2tp.tunnels[0]?.sessions[0]?.sequencing).toBe(false);
  expect([answered, late]).toEqual([PINGS, 0]);
});

test("where the gateway numbers, the client numbers too; late messages are counted and pass", () => {
  const { lab, answered, late } = hurried({ numbersData: true });
  expect(lab.snapshot.l2tp.tunnels[0]?.sessions[0]?.sequencing).toBe(true);
  expect(answered).toBe(PINGS);
  expect(late).toBeGreaterThan(10);
});

test("where late messages are dropped, exactly those are missing", () => {
  const { answered, late } = hurried({ numbersData: true, dropsLateData: true });
  expect(late).toBeGreaterThan(10);
  expect(answered).toBe(PINGS - late);
});
