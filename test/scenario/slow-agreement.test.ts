/** A host that takes its time over key agreements: nobody is lost for it. */

import { expect, test } from "vitest";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

test("ten clients at once come up and rekey on a lossy link when a key agreement takes 200 ms", () => {
  const network = { agreementMillis: 200, loss: 0.05, jitterMillis: 20 };
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeSeconds: 600 } }), network });
  const clients = Array.from({ length: 10 }, (_, index) => lab.client({ nat: lab.nat(`203.0.113.${100 + index}`) }));
  for (const client of clients) client.startConnecting();
  lab.run(90_000);
  expect(clients.map(({ state, reason }) => reason ?? state)).toEqual(clients.map(() => "up"));
  lab.run(900_000);
  expect(clients.map(({ state, reason }) => reason ?? state)).toEqual(clients.map(() => "up"));
  for (const client of clients.slice(0, 3)) expect(client.ping(INSIDE, 20)).toBeGreaterThan(10);
});
