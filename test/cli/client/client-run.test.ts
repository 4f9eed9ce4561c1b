import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClientOutcome, type ClientRunPlan, runClients } from "../../../src/cli/client/client-run.ts";
import { Gateway } from "../../../src/cli/gateway.ts";
import { personas } from "../../../src/engine/client/personas.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";

const ADDRESS = "127.0.0.1";
const gateway = new Gateway(ios);
let ports = { ike: 0, natt: 0 };

beforeAll(async () => {
  gateway.load(readFileSync(new URL("../../../fixtures/configs/ios-every-client.cfg", import.meta.url), "utf8"));
  await gateway.listen({ address: ADDRESS, ports: { ike: 0, natt: 0, l2tp: 0 } });
  const wire = gateway.wirePorts(ADDRESS);
  ports = { ike: wire?.ike.port ?? 0, natt: wire?.natt.port ?? 0 };
});

afterAll(() => gateway.stop("the test is over"));

async function run(
  changes: Partial<ClientRunPlan>,
  atSettled: () => void = () => undefined,
): Promise<{ outcomes: readonly ClientOutcome[]; settled: number }> {
  let settled = 0;
  const outcomes = await runClients(
    {
      persona: "windows-10",
      gateway: ADDRESS,
      ikePort: ports.ike,
      nattPort: ports.natt,
      preSharedKey: new Secret("secret"),
      user: "u1",
      password: new Secret("pw"),
      count: 1,
      ratePerSecond: 100,
      pings: { to: "12.0.0.8", count: 1 },
      holdSeconds: 0,
      patienceSeconds: 200,
      ...changes,
    },
    {
      said: () => undefined,
      settled: () => {
        settled += 1;
        atSettled();
      },
    },
  );
  return { outcomes, settled };
}

test.each(Object.keys(personas) as (keyof typeof personas)[])(
  "%s comes up over real sockets and pings",
  async (persona) => {
    const { outcomes } = await run({ persona });
    expect(outcomes).toMatchObject([{ pings: { sent: 1, answered: 1 }, reason: undefined }]);
    expect(outcomes[0]?.upAfterMillis).toBeGreaterThan(0);
  },
);

test("many clients have users, addresses and fates of their own", async () => {
  const { outcomes, settled } = await run({ user: "u%", count: 4 });
  expect(settled).toBe(4);
  expect(outcomes.map(({ user, upAfterMillis }) => [user, upAfterMillis !== undefined])).toEqual([
    ["u1", true],
    ["u2", true],
    ["u3", true],
    ["u4", false],
  ]);
  expect(new Set(outcomes.map(({ address }) => address)).size).toBe(4);
  expect(outcomes[3]?.reason).toMatch(/\S/);
});

test("clients speak from the sources in turn, and the gateway sees as many addresses", async () => {
  let peers: readonly string[] = [];
  const { outcomes } = await run({ count: 3, sources: ["127.0.0.11", "127.0.0.12"], holdSeconds: 0.1 }, () => {
    // One of an earlier test may still be on its way out.
    peers = gateway
      .glance()
      .ikeSas.flatMap(({ flow: { remote } }) => (remote.address === ADDRESS ? [] : remote.address));
  });
  expect(outcomes.map(({ reason }) => reason)).toEqual([undefined, undefined, undefined]);
  expect(peers.toSorted()).toEqual(["127.0.0.11", "127.0.0.11", "127.0.0.12"]);
});

test.each([
  ["macos", 2, "127.0.0.13"],
  ["windows-10", 1, "127.0.0.14"],
] as const)("two clients of %s behind one address have %i L2TP ports", async (persona, different, source) => {
  let ports: readonly number[] = [];
  const { outcomes } = await run({ persona, count: 2, sources: [source], holdSeconds: 0.1 }, () => {
    const ours = gateway.glance().connections.filter(({ flow: { remote } }) => remote.address === source);
    ports = ours.map(({ peerPort }) => peerPort);
  });
  expect(outcomes.map(({ reason }) => reason)).toEqual([undefined, undefined]);
  expect(ports).toHaveLength(2);
  expect(new Set(ports).size).toBe(different);
});

/** Of IPv4 with 56 octets of data. */
const PING_OCTETS = 84;

test("the first ping is sent again until the server's interface is there, and counts once", async () => {
  const octets = () => gateway.glance().sessions.reduce((sum, { counters }) => sum + counters.rxOctets, 0);
  await expect.poll(() => gateway.glance().sessions.length).toBe(0);
  const made = Promise.withResolvers<void>();
  const { outcomes } = await run({ pings: { to: "10.9.9.9", count: 2 } }, () => {
    const before = octets();
    // PPP's own last words are shorter.
    void expect
      .poll(() => octets() - before, { interval: 5 })
      .toBeGreaterThanOrEqual(PING_OCTETS)
      .then(() => gateway.load("interface Loopback9\n ip address 10.9.9.9 255.255.255.255\n"))
      .then(() => made.resolve(), made.reject);
  });
  await made.promise;
  expect(outcomes).toMatchObject([{ pings: { sent: 2, answered: 2 }, reason: undefined }]);
});

test("the next client waits for one that is on its way, where only so many may be", async () => {
  const known = () => gateway.glance().ikeSas.length;
  // Those of the tests before have all gone.
  await expect.poll(known).toBe(0);
  const seen: number[] = [];
  const { settled } = await run({ count: 4, ratePerSecond: 10_000, atOnce: 1, holdSeconds: 0.1 }, () =>
    seen.push(known()),
  );
  expect(settled).toBe(4);
  expect(seen).toEqual([1, 2, 3, 4]);
});
