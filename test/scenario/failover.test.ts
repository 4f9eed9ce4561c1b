/** A client makes IPsec anew and goes on with the tunnel it has, as Apple's do when an interface returns: the tunnel follows it, and nobody else. */

import { expect, test } from "vitest";
import type { ClientSeparation } from "../../src/engine/spec.ts";
import { INSIDE, Lab, type LabClient, OTHER_NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const SEPARATIONS: readonly ClientSeparation[] = ["portDemux", "perConnection", "none"];
const NOTHING = { ikeSas: 0, connections: 0, tunnels: 0, sessions: 0, leases: 0 };

function said(lab: Lab): string {
  return lab.log.filter((line) => !line.includes("does not match")).join("\n");
}

interface Meeting {
  readonly lab: Lab;
  readonly nat: ReturnType<Lab["nat"]>;
  readonly client: LabClient;
  readonly session: number | undefined;
}

function meeting(separation: ClientSeparation = "portDemux"): Meeting {
  const lab = new Lab({ spec: specOf({ gateway: { separation }, lns: { helloSeconds: 60 } }) });
  const nat = lab.nat();
  const client = lab.client({ nat, persona: "macos" }).connect();
  expect(client.ping(INSIDE, 3), said(lab)).toBe(3);
  return { lab, nat, client, session: lab.snapshot.sessions[0]?.session };
}

const whereabouts = [
  { where: "the same port of the NAT", move: () => undefined },
  { where: "another port of the NAT", move: ({ nat }: Meeting) => nat.rebind() },
  { where: "another address", move: ({ nat }: Meeting) => nat.moveTo(OTHER_NAT) },
];

test.each(SEPARATIONS.flatMap((separation) => whereabouts.map((each) => ({ separation, ...each }))))(
  "$separation: a client that comes back from $where keeps its session",
  ({ separation, move }) => {
    const met = meeting(separation);
    const { lab, client, session } = met;
    move(met);
    client.renegotiate();
    lab.run(1000);
    // The first packets ask for the session; from then on nothing is lost.
    expect(client.ping(INSIDE, 5), said(lab)).toBeGreaterThanOrEqual(4);
    expect(client.ping(INSIDE, 20)).toBe(20);
    // Nor does what it left take anything along.
    lab.run(200_000);
    expect(client.ping(INSIDE, 5)).toBe(5);
    expect(client.state, client.reason).toBe("up");
    expect(lab.snapshot.sessions).toMatchObject([{ session }]);
    expect(lab.holdings).toMatchObject({ tunnels: 1, sessions: 1, leases: 1 });
    client.disconnect();
    lab.run(4 * 3_600_000);
    expect(lab.holdings).toEqual(NOTHING);
  },
);

test.each(["portDemux", "perConnection"] as const)(
  "%s: a client with nothing to say is found as well",
  (separation) => {
    const { lab, nat, client } = meeting(separation);
    const [before] = lab.snapshot.connections;
    nat.rebind();
    client.renegotiate();
    lab.run(4000);
    const { connections, sessions } = lab.snapshot;
    expect(connections, said(lab)).toHaveLength(1);
    expect(connections[0]?.connection).not.toBe(before?.connection);
    expect(sessions).toMatchObject([{ connection: connections[0]?.connection }]);
    expect(client.ping(INSIDE, 3)).toBe(3);
  },
);

test("a goodbye from elsewhere proves nothing: the session ends when its echoes stay unanswered", () => {
  const { lab, nat, client } = meeting();
  nat.rebind();
  client.renegotiate();
  lab.run(1000);
  client.disconnect();
  expect(lab.holdings).toMatchObject({ sessions: 1 });
  lab.run(240_000);
  expect(lab.holdings).toMatchObject({ tunnels: 0, sessions: 0, leases: 0 });
});

test("the client comes back again and again", () => {
  const { lab, nat, client, session } = meeting();
  for (let round = 0; round < 5; round += 1) {
    nat.rebind();
    client.renegotiate();
    lab.run(5000);
    expect(client.ping(INSIDE, 3)).toBe(3);
  }
  expect(lab.snapshot.sessions).toMatchObject([{ session }]);
  expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1, leases: 1 });
});

test("a neighbour with the same private address and name does not get the session of one who is silent", () => {
  const lab = new Lab({ spec: specOf({ lns: { helloSeconds: 0 }, ppp: { keepaliveSeconds: 0 } }) });
  const nat = lab.nat();
  const options = { nat, persona: "macos", address: "10.0.0.9" } as const;
  const lost = lab.client(options).connect();
  const session = lab.snapshot.sessions[0]?.session;
  lost.vanish();
  nat.rebind();
  const neighbour = lab.client(options).connect();
  expect(neighbour.ping(INSIDE, 20)).toBe(20);
  lab.run(30_000);
  expect(lab.snapshot.sessions.map((each) => [each.session === session, each.connection])).toEqual([
    [true, 1],
    [false, 2],
  ]);
});
