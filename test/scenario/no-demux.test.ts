/** Without `set nat demux` the second client ends the first one's connection in effect: the lesson of the document. */

import { expect, test } from "vitest";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const spec = specOf({ gateway: { separation: "none" }, ppp: { keepaliveSeconds: 0 }, lns: { helloSeconds: 0 } });

test("one client alone behind the NAT has nothing to miss", () => {
  const lab = new Lab({ spec });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(lab.snapshot.connections).toMatchObject([{ demuxPort: undefined }]);
  expect(lab.snapshot.l2tp.tunnels).toMatchObject([{ path: { remote: { port: 1701 } } }]);
  expect(client.ping(INSIDE, 5)).toBe(5);
});

test("the second client takes over: the first one's pings are not answered any more", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const first = lab.client({ nat }).connect();
  expect(first.ping(INSIDE, 5)).toBe(5);
  const second = lab.client({ nat }).connect();
  expect(second.state, second.reason).toBe("up");
  expect(lab.pingTogether([first, second], INSIDE, 10)).toEqual([0, 10]);
});

test("the first client takes the traffic back with its next SA", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  // Without hellos of its own: their answers go to the other one, and it would hang up.
  const first = lab.client({ nat, manners: { lifetimeSeconds: 120, helloSeconds: 0 } }).connect();
  const second = lab.client({ nat }).connect();
  expect(lab.pingTogether([first, second], INSIDE, 3)).toEqual([0, 3]);
  lab.run(110_000);
  expect(lab.pingTogether([first, second], INSIDE, 10)).toEqual([10, 0]);
});

test("the first client has its traffic again when the second one is gone", () => {
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const first = lab.client({ nat }).connect();
  const second = lab.client({ nat }).connect();
  expect(first.ping(INSIDE, 3)).toBe(0);
  second.disconnect();
  expect(first.ping(INSIDE, 3)).toBe(3);
});

test("clients without a NAT do not need the command", () => {
  const lab = new Lab({ spec });
  const clients = [lab.client().connect(), lab.client().connect()];
  expect(lab.pingTogether(clients, INSIDE, 5)).toEqual([5, 5]);
});
