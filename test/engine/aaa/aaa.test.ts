import { expect, test } from "vitest";
import { AddressPools } from "../../../src/engine/aaa/address-pool.ts";
import { findUser, verifyProof } from "../../../src/engine/aaa/local-users.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";

function request(session: number, user = `user${session}`) {
  return { session, user, hint: undefined };
}

const users = [
  { name: "fred", password: new Secret("pw"), address: undefined, pool: undefined },
  { name: "hashed", password: undefined, address: undefined, pool: undefined },
];

function pap(password: string) {
  return { protocol: "pap", password: new Secret(password) } as const;
}

test("the lowest free address is given first, over all ranges of a pool, until none is left", () => {
  const pools = new AddressPools();
  pools.configure([
    {
      name: "P",
      ranges: [
        { first: "10.0.0.254", last: "10.0.1.1" },
        { first: "10.9.0.1", last: "10.9.0.1" },
      ],
    },
  ]);
  const given = [1, 2, 3, 4, 5, 6].map((session) => pools.allocate(["P"], request(session))?.address);
  expect(given).toEqual(["10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1", "10.9.0.1", undefined]);
});

test("a user gets the address of last time while it is free", () => {
  const pools = new AddressPools();
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.9" }] }]);
  pools.allocate(["P"], request(1, "ann"));
  pools.allocate(["P"], request(2, "ben"));
  pools.release(1);
  pools.release(2);
  expect(pools.allocate(["P"], request(3, "ben"))?.address).toBe("10.0.0.2");
  expect(pools.allocate(["P"], request(4, "cem"))?.address).toBe("10.0.0.1");
  expect(pools.allocate(["P"], request(5, "ann"))?.address).toBe("10.0.0.3");
});

test("the second pool serves when the first one is empty, and a missing pool is passed over", () => {
  const pools = new AddressPools();
  pools.configure([
    { name: "A", ranges: [{ first: "10.0.0.1", last: "10.0.0.1" }] },
    { name: "B", ranges: [{ first: "10.1.0.1", last: "10.1.0.2" }] },
  ]);
  expect(pools.allocate(["nope", "A", "B"], request(1))).toMatchObject({ pool: "A" });
  expect(pools.allocate(["nope", "A", "B"], request(2))).toMatchObject({ pool: "B", address: "10.1.0.1" });
});

test("leases survive a change of configuration that keeps their address, and the view counts them", () => {
  const pools = new AddressPools();
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.4" }] }]);
  pools.allocate(["P"], request(1));
  pools.configure([{ name: "P", ranges: [{ first: "10.0.0.1", last: "10.0.0.9" }] }]);
  expect(pools.allocate(["P"], request(2))?.address).toBe("10.0.0.2");
  expect(pools.view()).toMatchObject([
    {
      name: "P",
      ranges: [{ first: "10.0.0.1", last: "10.0.0.9", free: 7, inUse: 2 }],
      inUse: [
        { address: "10.0.0.1", session: 1, user: "user1" },
        { address: "10.0.0.2", session: 2, user: "user2" },
      ],
    },
  ]);
});

test("names are found whole, without a Windows domain, and without a realm", () => {
  expect(findUser(users, "fred")?.name).toBe("fred");
  expect(findUser(users, "CORP\\fred")?.name).toBe("fred");
  expect(findUser(users, "fred@example.net")?.name).toBe("fred");
  expect(findUser(users, "Fred")).toBeUndefined();
});

test("local refuses strangers, none lets them in, and a known user's wrong password is refused all the same", () => {
  const local = { users, methods: ["local"] } as const;
  const lenient = { users, methods: ["local", "none"] } as const;
  expect(verifyProof(local, "fred", pap("pw")).accepted).toBe(true);
  expect(verifyProof(local, "fred", pap("no"))).toEqual({ accepted: false, reason: "the password is wrong" });
  expect(verifyProof(local, "eve", pap(""))).toEqual({ accepted: false, reason: "there is no user eve" });
  expect(verifyProof(lenient, "eve", pap("x")).accepted).toBe(true);
  expect(verifyProof(lenient, "fred", pap("no")).accepted).toBe(false);
  expect(verifyProof({ users, methods: [] }, "fred", pap("pw")).accepted).toBe(false);
});

test("a user with a one-way secret cannot prove anything here, and the reason says so", () => {
  const verdict = verifyProof({ users, methods: ["local"] }, "hashed", pap(""));
  expect(verdict).toMatchObject({ accepted: false });
  expect(JSON.stringify(verdict)).toContain("one-way secret");
});
