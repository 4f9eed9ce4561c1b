import fc from "fast-check";
import { expect, test } from "vitest";
import { AddressPools } from "../../../src/engine/aaa/address-pool.ts";
import { ipv4FromNumber, ipv4ToNumber } from "../../../src/engine/kernel/address.ts";

function request(session: number, user = `user${session}`) {
  return { session, user, hint: undefined };
}

function poolsOf(...pools: readonly (readonly [name: string, ...ranges: string[]])[]): AddressPools {
  const all = new AddressPools();
  all.configure(specs(...pools));
  return all;
}

function specs(...pools: readonly (readonly [name: string, ...ranges: string[]])[]) {
  return pools.map(([name, ...ranges]) => ({
    name,
    ranges: ranges.map((range) => {
      const [first = "", last = first] = range.split("-");
      return { first, last };
    }),
  }));
}

test("the lowest free address is given first, over all ranges of a pool, until none is left", () => {
  const pools = poolsOf(["P", "10.0.0.254-10.0.1.1", "10.9.0.1"]);
  const given = [1, 2, 3, 4, 5, 6].map((session) => pools.allocate(["P"], request(session), 0)?.address);
  expect(given).toEqual(["10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1", "10.9.0.1", undefined]);
  pools.release(3, 0);
  expect(pools.allocate(["P"], request(7), 0)?.address).toBe("10.0.1.0");
});

test("a user gets the address of last time while it is free", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.9"]);
  pools.allocate(["P"], request(1, "ann"), 0);
  pools.allocate(["P"], request(2, "ben"), 0);
  pools.release(1, 0);
  pools.release(2, 0);
  expect(pools.allocate(["P"], request(3, "ben"), 0)?.address).toBe("10.0.0.2");
  expect(pools.allocate(["P"], request(4, "cem"), 0)?.address).toBe("10.0.0.1");
  expect(pools.allocate(["P"], request(5, "ann"), 0)?.address).toBe("10.0.0.3");
});

test("nobody's last address is remembered for a client without a name, and old memories go first", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.9"]);
  pools.allocate(["P"], request(1, ""), 0);
  pools.allocate(["P"], request(2, ""), 0);
  pools.release(2, 0);
  pools.release(1, 0);
  expect(pools.allocate(["P"], request(3, ""), 0)?.address).toBe("10.0.0.1");

  const many = poolsOf(["P", "10.0.0.1-10.0.0.9"]);
  many.allocate(["P"], request(0, "holder"), 0);
  many.allocate(["P"], request(1, "first"), 0);
  many.release(1, 0);
  for (let count = 0; count < 10_000; count += 1) {
    many.allocate(["P"], request(2, `u${count}`), 0);
    many.release(2, 0);
  }
  many.release(0, 0);
  expect(many.allocate(["P"], request(3, "first"), 0)?.address).toBe("10.0.0.1");
});

test("the second pool serves when the first one is empty, and a missing pool is passed over", () => {
  const pools = poolsOf(["A", "10.0.0.1"], ["B", "10.1.0.1-10.1.0.2"]);
  expect(pools.allocate(["nope", "A", "B"], request(1), 0)).toMatchObject({ pool: "A" });
  expect(pools.allocate(["nope", "A", "B"], request(2), 0)).toMatchObject({ pool: "B", address: "10.1.0.1" });
  expect(pools.allocate(["nope"], request(3), 0)).toBeUndefined();
  expect(pools.allocate([], request(3), 0)).toBeUndefined();
});

test("pools that overlap do not give one address twice", () => {
  const pools = poolsOf(["A", "10.0.0.1-10.0.0.3", "10.0.0.2-10.0.0.4"], ["B", "10.0.0.1-10.0.0.5"]);
  const given = [1, 2, 3, 4, 5, 6].map(
    (session) => pools.allocate(session % 2 === 0 ? ["A", "B"] : ["B"], request(session), 0)?.address,
  );
  expect(given.slice(0, 5).sort()).toEqual(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"]);
  expect(given[5]).toBeUndefined();
  for (let session = 1; session <= 5; session += 1) pools.release(session, 0);
  expect(pools.view(0).flatMap(({ ranges }) => ranges.map(({ inUse }) => inUse))).toEqual([0, 0, 0]);
});

test("a user's own address is given to nobody else, in a pool or outside of one", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.3"]);
  expect(pools.allocateFixed("10.0.0.1", request(1, "ann"), 0)).toMatchObject({ pool: undefined, address: "10.0.0.1" });
  expect(pools.allocate(["P"], request(2), 0)?.address).toBe("10.0.0.2");
  expect(pools.allocateFixed("10.0.0.2", request(3, "ben"), 0)).toBeUndefined();
  expect(pools.allocateFixed("172.16.0.1", request(4, "cem"), 0)?.address).toBe("172.16.0.1");
  expect(pools.view(0)[0]).toMatchObject({ ranges: [{ free: 1, inUse: 2 }], available: ["10.0.0.3"] });
  pools.release(1, 0);
  pools.release(4, 0);
  expect(pools.allocate(["P"], request(5), 0)?.address).toBe("10.0.0.1");
  expect(pools.allocateFixed("172.16.0.1", request(6, "dan"), 0)?.address).toBe("172.16.0.1");
});

test("a session that asks again gives back what it had", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.2"]);
  pools.allocate(["P"], request(1), 0);
  expect(pools.allocate(["P"], request(1), 0)?.address).toBe("10.0.0.1");
  expect(pools.view(0)[0]?.inUse).toHaveLength(1);
});

test("leases survive a change of configuration that keeps their address, and the view counts them", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.4"]);
  pools.allocate(["P"], request(1), 0);
  pools.configure(specs(["P", "10.0.0.1-10.0.0.9"]));
  expect(pools.allocate(["P"], request(2), 0)?.address).toBe("10.0.0.2");
  expect(pools.view(0)).toEqual([
    {
      name: "P",
      ranges: [{ first: "10.0.0.1", last: "10.0.0.9", free: 7, inUse: 2 }],
      available: ["3", "4", "5", "6", "7", "8", "9"].map((host) => `10.0.0.${host}`),
      inUse: [
        { address: "10.0.0.1", session: 1, user: "user1" },
        { address: "10.0.0.2", session: 2, user: "user2" },
      ],
    },
  ]);
});

test("a lease whose pool is gone ends with its session, and its address is not given meanwhile", () => {
  const pools = poolsOf(["P", "10.0.0.1-10.0.0.4"]);
  pools.allocate(["P"], request(1), 0);
  pools.configure(specs(["Q", "10.0.0.1-10.0.0.2"]));
  expect(pools.allocate(["Q"], request(2), 0)?.address).toBe("10.0.0.2");
  pools.release(1, 0);
  expect(pools.allocate(["Q"], request(3), 0)?.address).toBe("10.0.0.1");
});

test("the view lists what would be given next, and of a large pool only the beginning", () => {
  const pools = poolsOf(["P", "10.0.0.0-10.0.255.255"]);
  for (let session = 0; session < 5; session += 1) pools.allocate(["P"], request(session), 0);
  pools.release(2, 0);
  const [view] = pools.view(0);
  expect(view?.available).toHaveLength(1000);
  expect(view?.available.slice(0, 2)).toEqual(["10.0.0.2", "10.0.0.5"]);
  expect(view?.ranges).toEqual([{ first: "10.0.0.0", last: "10.0.255.255", free: 65_532, inUse: 4 }]);
});

test("whatever happens, no address is held twice and the counts agree", () => {
  const step = fc.record({
    kind: fc.constantFrom("allocate", "fixed", "release", "configure"),
    session: fc.integer({ min: 1, max: 12 }),
    host: fc.integer({ min: 1, max: 8 }),
    user: fc.constantFrom("", "ann", "ben", "cem"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (walk) => {
      const pools = poolsOf(["A", "10.0.0.1-10.0.0.4"], ["B", "10.0.0.3-10.0.0.6"]);
      const held = new Map<number, string>();
      for (const { kind, session, host, user } of walk) {
        const wanted = request(session, user);
        if (kind === "configure") {
          pools.configure(specs(["A", `10.0.0.1-10.0.0.${host}`], ["B", "10.0.0.3-10.0.0.6"]));
          continue;
        }
        held.delete(session);
        if (kind === "release") {
          pools.release(session, 0);
          continue;
        }
        const lease =
          kind === "fixed" ? pools.allocateFixed(`10.0.0.${host}`, wanted, 0) : pools.allocate(["A", "B"], wanted, 0);
        if (lease !== undefined) held.set(session, lease.address);
        expect(new Set(held.values()).size).toBe(held.size);
      }
      for (const { ranges, inUse } of pools.view(0)) {
        const values = [...held.values()].map(ipv4ToNumber);
        for (const range of ranges) {
          const [first, last] = [ipv4ToNumber(range.first), ipv4ToNumber(range.last)];
          expect(range.inUse).toBe(values.filter((value) => value >= first && value <= last).length);
          expect(range.free + range.inUse).toBe(last - first + 1);
        }
        expect(inUse.length).toBe(ranges.reduce((sum, range) => sum + range.inUse, 0));
      }
    }),
    { numRuns: 200 },
  );
});

test("twenty thousand clients come and go in a full pool without a scan", () => {
  const count = 20_000;
  const pools = poolsOf(["P", `10.0.0.0-${ipv4FromNumber(0x0a00_0000 + count - 1)}`]);
  const started = process.cpuUsage().user;
  for (let session = 0; session < count; session += 1) pools.allocate(["P"], request(session, ""), 0);
  expect(pools.allocate(["P"], request(count), 0)).toBeUndefined();
  let right = 0;
  for (let session = 0; session < count; session += 1) {
    pools.release(session, 0);
    const again = pools.allocate(["P"], request(session, ""), 0)?.address;
    if (again === ipv4FromNumber(0x0a00_0000 + session)) right += 1;
  }
  expect(right).toBe(count);
  // A scan would look at 2 * 10^8 addresses.
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});

test("a pool that fills is told of once, and again only after it has emptied to the lower threshold", () => {
  const pools = new AddressPools();
  const ranges = [
    { first: "10.0.0.1", last: "10.0.0.5" },
    { first: "10.0.1.1", last: "10.0.1.5" },
  ];
  pools.configure([
    { name: "watched", ranges, warning: { high: 80, abated: 50 } },
    { name: "quiet", ranges: [{ first: "10.9.0.1", last: "10.9.0.1" }] },
  ]);
  const told: string[] = [];
  const note = (event: string) => {
    for (const { pool, percent, high } of pools.takeCrossings()) told.push(`${event}: ${pool} ${percent} ${high}`);
  };
  const request = (session: number) => ({ session, user: "", hint: undefined });
  const take = (session: number) => {
    pools.allocate(["watched", "quiet"], request(session), 0);
    note(`take ${session}`);
  };
  const give = (session: number) => {
    pools.release(session, 0);
    note(`give ${session}`);
  };
  for (let session = 1; session <= 11; session += 1) take(session);
  for (const session of [8, 7]) give(session);
  for (const session of [7, 8]) take(session);
  for (const session of [10, 9, 8, 7, 6]) give(session);
  for (const session of [6, 7, 8]) take(session);
  expect(told).toEqual(["take 8: watched 80 true", "give 6: watched 50 false", "take 8: watched 80 true"]);
});

test("an address that came back rests before it is given again, to whom ever", () => {
  const pools = new AddressPools();
  const [spec] = specs(["P", "10.0.0.1-10.0.0.2"]);
  pools.configure([{ name: "P", ranges: [], ...spec, recycleSeconds: 60 }]);
  pools.allocate(["P"], request(1, "ann"), 0);
  pools.release(1, 1000);
  expect(pools.view(1000)[0]?.ranges).toMatchObject([{ free: 1, inUse: 0, blocked: 1 }]);
  expect(pools.view(1000)[0]?.available).toEqual(["10.0.0.2"]);
  expect(pools.allocate(["P"], request(2, "ann"), 2000)?.address).toBe("10.0.0.2");
  expect(pools.allocate(["P"], request(3, "ben"), 60_999)).toBeUndefined();
  expect(pools.allocate(["P"], request(3, "ben"), 61_000)?.address).toBe("10.0.0.1");
});

test("an address that rests is given to the user whose own it is, and not to another one when its rest is over", () => {
  const pools = new AddressPools();
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.1" }], recycleSeconds: 60 }]);
  pools.allocate(["P"], request(1), 0);
  pools.release(1, 0);
  expect(pools.allocateFixed("10.0.0.1", request(2), 1000)?.address).toBe("10.0.0.1");
  expect(pools.allocate(["P"], request(3), 100_000)).toBeUndefined();
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.2" }], recycleSeconds: 60 }]);
  expect(pools.allocate(["P"], request(3), 100_000)?.address).toBe("10.0.0.2");
});

test("a pool that does not remember its users gives the lowest address to everybody", () => {
  const pools = new AddressPools();
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.9" }], remembersUsers: false }]);
  pools.allocate(["P"], request(1, "ann"), 0);
  pools.allocate(["P"], request(2, "ben"), 0);
  pools.release(1, 0);
  pools.release(2, 0);
  expect(pools.allocate(["P"], request(3, "ben"), 0)?.address).toBe("10.0.0.1");
});
