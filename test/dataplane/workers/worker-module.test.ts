/** A line module of a thread of its own, that lends what it gives out. */

import { expect, test, vi } from "vitest";
import { moduleCounters } from "../../../src/dataplane/workers/shared-counters.ts";
import { WorkerModule } from "../../../src/dataplane/workers/worker-module.ts";
import { ownRoom } from "../../../src/engine/crypto/packet-room.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { Programming } from "../../../src/engine/forwarding.ts";
import { dataMessage, LinePeer, ping, pppIp, sessionIp, sessionThrough } from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

test("packets between two of its sessions take no memory but what is used again and again", () => {
  const module = new WorkerModule({
    module: 1,
    count: 1,
    random: seededRandom(1),
    suite: nodeSuite,
    lends: true,
    totals: moduleCounters.memory(),
  });
  const program = (operation: Programming): void =>
    module.handleMessage({ type: "program", operation: structuredClone(operation) }, 0);
  const [first, second] = [1, 2].map((connection) => {
    const peer = new LinePeer({ program }, { connection });
    program(sessionThrough(connection));
    program(sessionIp({ session: connection, localAddress: "12.0.0.8", peerAddress: `20.0.0.${connection}` }));
    return peer;
  });
  const made = vi.spyOn(ownRoom, "make");
  let received = 0;
  for (let batch = 0; batch < 100; batch += 1) {
    const packets = Array.from({ length: 8 }, () =>
      first?.l2tp(dataMessage(101, 201, pppIp(ping("20.0.0.1", "20.0.0.2")))),
    );
    made.mockClear();
    module.receiveAll(
      packets.filter((packet) => packet !== undefined),
      1,
    );
    expect(made).not.toHaveBeenCalled();
    for (let sent = module.pollDatagram(); sent !== undefined; sent = module.pollDatagram()) {
      if (second?.open(sent) !== undefined) received += 1;
    }
  }
  expect(received).toBe(800);
});
