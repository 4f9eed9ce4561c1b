/** The gateway's process is killed and begins again with nothing but its configuration: how its clients come back. */

import { expect, test } from "vitest";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const MINUTE = 60_000;
const COUNT = 30;

test.each<PersonaName>(["linux", "strongswan", "windows-2000", "windows-10"])(
  "%s finds out by itself that its gateway has forgotten it, and is let in when it calls again",
  (persona) => {
    const lab = new Lab({ spec: specOf() });
    const client = lab.client({ nat: lab.nat(), persona }).connect();
    expect(client.ping(INSIDE, 3)).toBe(3);
    lab.restart();
    expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0 });
    lab.run(5 * MINUTE);
    expect(client.state).not.toBe("up");
    expect(client.connect().state, client.reason).toBe("up");
    expect(client.ping(INSIDE, 3)).toBe(3);
    expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1, sessions: 1, leases: 1 });
  },
);

test("thirty clients behind one NAT are all back after a kill, on a network that loses packets", () => {
  const spec = specOf({ gateway: { separation: "portDemux" } });
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    pools: [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.0.250" }] }],
  }));
  const lab = new Lab({ spec: { ...spec, virtualRouters }, captures: false });
  const nat = lab.nat();
  const clients = Array.from({ length: COUNT }, () => lab.client({ nat, persona: "linux" }));
  for (const client of clients) client.startConnecting();
  lab.run(10_000);
  lab.network.faults.loss = 0.02;
  lab.network.faults.jitterMillis = 30;
  lab.restart();
  for (let waited = 0; waited < 5 * MINUTE; waited += 5000) {
    for (const client of clients) if (client.state === "closed" || client.state === "failed") client.startConnecting();
    lab.run(5000);
  }
  lab.network.faults.loss = 0;
  expect(clients.map(({ state }) => state)).toEqual(clients.map(() => "up"));
  expect(lab.pingTogether(clients, INSIDE, 3)).toEqual(clients.map(() => 3));
  expect(lab.holdings).toMatchObject({ sessions: COUNT, leases: COUNT });
});
