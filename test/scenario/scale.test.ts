/**
 * That nothing a gateway does for one client takes longer because there are others, and that what shows all of them takes a step for each. Steps are
 * counted, not timed.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lab } from "../../src/cli/api/api.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { sampleOf } from "../support/form-samples.ts";
import { seededRandom } from "../support/random.ts";
import { visitsOf } from "../support/visits.ts";

const FEW = 8;
const MANY = 32;
/** The simulated network looks at each host once when it begins to run. */
const SLACK = 1.25;

const INSIDE = { ios: "12.0.0.8", junose: "203.0.113.1" } as const;

function gatewayOf(dialect: "ios" | "junose") {
  const config = readFileSync(new URL(`../bench/scale/${dialect}.cfg`, import.meta.url), "utf8");
  const net = lab({ config });
  const behind = net.nat();
  const clients: ReturnType<typeof net.client>[] = [];
  const persona = dialect === "ios" ? ("windows-10" as const) : ("windows-2000" as const);
  const add = (count: number): void => {
    for (let added = 0; added < count; added += 1) {
      const client = net.client({ persona, psk: "secret", user: "fred", password: "fredPw", behind });
      expect(client.connect(), client.reason).toBe(true);
      clients.push(client);
    }
  };
  return { net, clients, add };
}

/** What `event` costs when there are few clients and when there are many, without what the time costs that it takes. */
function costs(dialect: "ios" | "junose", event: (gateway: ReturnType<typeof gatewayOf>) => void): [number, number] {
  const gateway = gatewayOf(dialect);
  using _ = gateway.net;
  const cost = (clients: number): number => {
    gateway.add(clients - gateway.clients.length);
    event(gateway);
    const begun = gateway.net.seconds;
    const whole = visitsOf(() => event(gateway));
    const seconds = gateway.net.seconds - begun;
    return whole - visitsOf(() => gateway.net.drive(seconds));
  };
  return [cost(FEW), cost(MANY)];
}

const events: readonly (readonly [string, (gateway: ReturnType<typeof gatewayOf>, inside: string) => void])[] = [
  ["a client that comes", ({ add }) => add(1)],
  [
    "a client that hangs up and comes again",
    ({ clients, add }) => {
      for (let times = 0; times < 4; times += 1) {
        clients.pop()?.disconnect();
        add(1);
      }
    },
  ],
  [
    "a hundred packets of a client and their answers",
    ({ clients: [client], net }, inside) => {
      for (let sent = 0; sent < 100; sent += 1) client?.sendPing(inside);
      net.drive(1);
    },
  ],
  [
    "new keys for a client",
    ({ clients: [client], net }) => {
      for (let times = 0; times < 4; times += 1) {
        client?.expireSa();
        net.drive(5);
      }
    },
  ],
];

test.each((["ios", "junose"] as const).flatMap((dialect) => events.map(([name, event]) => ({ dialect, name, event }))))(
  "$dialect: $name: it costs the same among 32 clients as among 8",
  ({ dialect, event }) => {
    const [few, many] = costs(dialect, (gateway) => event(gateway, INSIDE[dialect]));
    expect(few).toBeGreaterThan(0);
    expect(many / few).toBeLessThan(SLACK);
  },
);

test.each(["ios", "junose"] as const)(
  "%s: ten minutes of keepalives and dead peer detection cost each client the same among 32 as among 8",
  (dialect) => {
    const gateway = gatewayOf(dialect);
    using _ = gateway.net;
    const costEach = (clients: number): number => {
      gateway.add(clients - gateway.clients.length);
      return visitsOf(() => gateway.net.drive(600)) / clients;
    };
    const few = costEach(FEW);
    expect(costEach(MANY) / few).toBeLessThan(SLACK);
  },
);

test("a step for each is told from a step of each for each", () => {
  const scan = (count: number) => {
    const all = Array.from({ length: count }, (_, index) => index);
    return visitsOf(() => {
      for (const each of all) if (all.find((other) => other === each) === undefined) throw new Error("lost");
    });
  };
  const walk = (count: number) => {
    const all = new Map(Array.from({ length: count }, (_, index) => [index, index]));
    return visitsOf(() => {
      for (const [key] of all) if (!all.has(key)) throw new Error("lost");
    });
  };
  expect(walk(80) / walk(40)).toBeLessThan(2.1);
  expect(scan(80) / scan(40)).toBeGreaterThan(3.5);
});

const MARKS = {
  ios: ["clear counters", "clear crypto sa counters"],
  junose: ["baseline l2tp", "baseline ipsec transport interface", "baseline ip", "baseline show-delta-counts"],
} as const;

/** Linear = 2, square = 4; what is sorted is a little more than linear. */
const LINEAR = 2.6;
const SIZES = [24, 48, 96] as const;
const SAMPLES = 4;

test.each(["ios", "junose"] as const)("%s: every command that shows something takes a step for each client", (name) => {
  const gateway = gatewayOf(name);
  using _ = gateway.net;
  const random = seededRandom(7);
  const lines = dialects[name].exec.flatMap(({ form }) =>
    Array.from({ length: SAMPLES }, () => sampleOf(form, random).line).filter((line) => line.startsWith("show ")),
  );
  const shown = [...new Set(lines)];
  const { router } = gateway.net;
  const costs = SIZES.map((size) => {
    gateway.add(size - gateway.clients.length);
    // Old SAs and marks of counters are looked at as well.
    for (const client of gateway.clients) client.expireSa();
    gateway.net.drive(120);
    for (const line of MARKS[name]) expect(router.run(line, "y").ok, line).toBe(true);
    for (const line of shown) router.run(line);
    return shown.map((line) => visitsOf(() => router.run(line)));
  });
  const [few = [], more = [], most = []] = costs;
  const worse = shown.filter((_line, index) => {
    const [first = 0, second = 0, third = 0] = [few[index], more[index], most[index]];
    return third - second > LINEAR * (second - first) + 200;
  });
  expect(worse).toEqual([]);
  expect(shown.length).toBeGreaterThan(100);
});
