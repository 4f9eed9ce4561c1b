/** Both phases are renewed under traffic, make before break, whichever end begins. */

import { expect, test } from "vitest";
import type { OuterPacket } from "../../src/dataplane/packet.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { INSIDE, Lab, type LabOptions } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const PERSONAS: readonly PersonaName[] = ["windows-2000", "linux"];

/** Lifetimes of phase 1 and 2 that the gateway insists on. */
function labWith(
  seconds: { readonly phase1: number; readonly phase2: number },
  options: Partial<LabOptions> = {},
): Lab {
  const spec = specOf({ gateway: { lifetimeSeconds: seconds.phase2 } });
  const ikePolicies = spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: seconds.phase1 }));
  return new Lab({ spec: { ...spec, ikePolicies }, ...options });
}

function count(lab: Lab, text: string): number {
  return lab.events.filter((event) => event.text === text).length;
}

test.each(PERSONAS)("%s: both phases are renewed under traffic and no ping is lost", (persona) => {
  const lab = labWith({ phase1: 100, phase2: 60 });
  const nat = lab.nat();
  const client = lab.client({ nat, persona }).connect();
  expect(client.state, client.reason).toBe("up");
  expect(client.ping(INSIDE, 3000, 200)).toBe(3000);
  expect(count(lab, "IPsec SA pair was installed")).toBeGreaterThan(8);
  expect(count(lab, "Phase 1 was established")).toBeGreaterThan(5);
  expect(lab.holdings).toMatchObject({ connections: 1, tunnels: 1, sessions: 1, leases: 1 });
  // Old SAs do not pile up.
  expect(lab.snapshot.connections[0]?.sas.length).toBeLessThanOrEqual(3);
  expect(lab.holdings.ikeSas).toBeLessThanOrEqual(2);
});

test.each(PERSONAS)("%s: an SA is renewed before its kilobytes are spent, and no ping is lost", (persona) => {
  const lab = new Lab({ spec: specOf({ gateway: { lifetimeKilobytes: 20 } }) });
  const client = lab.client({ nat: lab.nat(), persona }).connect();
  expect(client.ping(INSIDE, 1000, 100)).toBe(1000);
  expect(count(lab, "IPsec SA pair was installed")).toBeGreaterThan(5);
  const volumes = lab.snapshot.connections.flatMap(({ sas }) => sas.map(({ inbound }) => inbound.octets));
  expect(Math.max(...volumes)).toBeLessThan(20 * 1024);
});

test("a gateway renews SAs of a client that does not do so by itself", () => {
  const lab = labWith({ phase1: 100, phase2: 60 });
  // The client asked for more and is told nothing of the shorter lives that the gateway counts with.
  const client = lab.client({ nat: lab.nat(), manners: { lifetimeSeconds: 3600 } }).connect();
  expect(client.ping(INSIDE, 600, 1000)).toBe(600);
});

test("two clients behind one NAT renew in each other's presence", () => {
  const lab = labWith({ phase1: 150, phase2: 60 });
  const nat = lab.nat();
  const clients = PERSONAS.map((persona) => lab.client({ nat, persona }).connect());
  expect(lab.pingTogether(clients, INSIDE, 1000, 500)).toEqual([1000, 1000]);
  expect(lab.snapshot.connections.map(({ demuxPort }) => demuxPort)).toEqual([1024, 1025]);
});

test("with delayed packets that overtake each other nothing is lost either", () => {
  const lab = labWith({ phase1: 100, phase2: 60 }, { network: { latencyMillis: 100, jitterMillis: 100 } });
  const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
  expect(client.ping(INSIDE, 1500, 200)).toBe(1500);
});

test.each([1, 2, 3, 4, 5])(
  "a twentieth of all packets lost, the session lives through ten renewals (seed %i)",
  (seed) => {
    for (const persona of PERSONAS) {
      const lab = labWith({ phase1: 100, phase2: 60 }, { seed, network: { loss: 0.05 } });
      const client = lab.client({ nat: lab.nat(), persona }).connect();
      expect(client.state, client.reason).toBe("up");
      const session = lab.snapshot.sessions[0]?.session;
      const answered = client.ping(INSIDE, 600, 1000);
      // Each ping crosses twice: 0.95 squared is 90 %.
      expect(answered).toBeGreaterThan(500);
      expect(lab.snapshot.sessions, lab.log.join("\n")).toMatchObject([{ session }]);
      expect(client.state).toBe("up");
    }
  },
);

/** IKE on either port; what is left are ESP and keepalives. */
function isIke({ source, destination, payload }: OuterPacket): boolean {
  const isOnFirstPort = source.port === 500 || destination.port === 500;
  return isOnFirstPort || (payload.length > 4 && payload.subarray(0, 4).every((octet) => octet === 0));
}

test.each(PERSONAS)("%s: both ends open a new phase 1 at once, and everything stays as it was", (persona) => {
  const lab = labWith({ phase1: 100, phase2: 1000 });
  const { policies } = personas[persona];
  const manners = { policies: policies.map((policy) => ({ ...policy, lifetimeSeconds: 100 })) };
  const client = lab.client({ nat: lab.nat(), persona, manners }).connect();
  const before = lab.snapshot;
  expect(client.ping(INSIDE, 79, 1000)).toBe(79);
  lab.network.setFilter((packet) => !isIke(packet));
  expect(client.ping(INSIDE, 18, 1000)).toBe(18);
  const underWay = (): readonly boolean[] =>
    lab.snapshot.ikeSas.filter(({ state }) => state !== "established").map(({ initiator }) => initiator);
  expect(underWay(), "the gateway's own main mode").toEqual([true]);
  expect(client.events.some(({ text }) => text === "Main mode was started")).toBe(true);
  lab.network.setFilter(() => true);
  expect(client.ping(INSIDE, 400, 1000)).toBe(400);
  const after = lab.snapshot;
  expect(after.sessions).toMatchObject([{ session: before.sessions[0]?.session }]);
  expect(after.connections).toMatchObject([{ connection: before.connections[0]?.connection }]);
  expect(after.ikeSas.length).toBeLessThanOrEqual(3);
});

test("IKE that was gone for longer than both phases live costs no session that still has its SAs", () => {
  const lab = labWith({ phase1: 100, phase2: 400 });
  // One that does not ask whether the gateway lives: that question would go unanswered.
  const client = lab.client({ nat: lab.nat(), persona: "windows-2000" }).connect();
  expect(client.ping(INSIDE, 70, 1000)).toBe(70);
  lab.network.setFilter((packet) => !isIke(packet));
  expect(client.ping(INSIDE, 100, 1000)).toBe(100);
  expect(lab.snapshot.ikeSas.filter(({ state }) => state === "established")).toEqual([]);
  lab.network.setFilter(() => true);
  expect(client.ping(INSIDE, 600, 1000)).toBe(600);
  expect(lab.snapshot.sessions).toHaveLength(1);
});
