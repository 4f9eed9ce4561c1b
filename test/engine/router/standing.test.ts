/** Who stands where, and how many sessions one user may have. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppProof } from "../../../src/engine/proof.ts";
import { StandingSessions } from "../../../src/engine/router/standing.ts";
import { admitUser } from "../../../src/engine/router/user-place.ts";
import type { UserSpec } from "../../../src/engine/spec.ts";
import { Lab } from "../../support/lab.ts";
import { seededRandom } from "../../support/random.ts";
import { pppProfile, specOf } from "../../support/specs.ts";

test("the counts of routers and users follow sessions that come, move and go", () => {
  const standing = new StandingSessions();
  const random = seededRandom(7);
  const where = new Map<number, { virtualRouter: string; user: { router: string; name: string } | undefined }>();
  for (let step = 0; step < 3000; step += 1) {
    const [session = 0, dice = 0] = random.bytes(2);
    if (dice < 150) {
      const user = dice % 4 === 0 ? undefined : { router: "default", name: `user${dice % 3}` };
      const stands = { virtualRouter: `vr${dice % 5}`, user };
      standing.enter(session, stands);
      where.set(session, stands);
    } else {
      standing.leave(session);
      where.delete(session);
    }
  }
  const all = [...where.values()];
  for (const router of ["vr0", "vr1", "vr2", "vr3", "vr4"]) {
    expect(standing.inRouter(router)).toBe(all.filter(({ virtualRouter }) => virtualRouter === router).length);
  }
  for (const name of ["user0", "user1", "user2"]) {
    expect(standing.ofUser({ router: "default", name })).toBe(all.filter(({ user }) => user?.name === name).length);
    expect(standing.ofUser({ router: "other", name })).toBe(0);
  }
  expect(standing.ofUser(undefined)).toBe(0);
});

const password = new Secret("pw");
const proof: PppProof = { protocol: "pap", password };

function admission(user: Partial<UserSpec>, maxSubscribers?: number) {
  const spec = specOf();
  const users = [{ name: "ann", password, address: undefined, pool: undefined, ...user }];
  const [router] = spec.virtualRouters;
  if (router === undefined) throw new Error("no router");
  const limit = maxSubscribers === undefined ? {} : { maxSubscribers };
  return { routers: new Map([[router.name, { ...router, users, ...limit }]]), domainMaps: [] };
}

test("a user may stand as often as is configured, and again when a session of his has gone", () => {
  const directory = admission({ maxSessions: 2 });
  const standing = new StandingSessions();
  const admit = (session: number): boolean | string => {
    const { verdict, place } = admitUser(directory, pppProfile, "ann", proof, standing);
    if (!verdict.accepted) return verdict.reason;
    standing.enter(session, { virtualRouter: place.virtualRouter, user: place.who });
    return true;
  };
  expect([admit(1), admit(2)]).toEqual([true, true]);
  expect(admit(3)).toBe("ann has the 2 sessions already that one user may have");
  standing.leave(1);
  expect(admit(3)).toBe(true);
});

test("a router that has its subscribers takes no more, though none of them has an address yet", () => {
  const directory = admission({}, 1);
  const standing = new StandingSessions();
  standing.enter(1, { virtualRouter: "default", user: undefined });
  expect(admitUser(directory, pppProfile, "ann", proof, standing).verdict).toMatchObject({ accepted: false });
});

test("one name twice: two addresses of the pool, but a fixed address serves one session", () => {
  const spec = specOf();
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const clients = [lab.client({ nat }).connect(), lab.client({ nat }).connect()];
  expect(clients.map(({ state }) => state)).toEqual(["up", "up"]);
  expect(new Set(clients.map(({ address }) => address)).size).toBe(2);

  const fixed = new Lab({
    spec: {
      ...spec,
      virtualRouters: spec.virtualRouters.map((router) => ({
        ...router,
        users: router.users.map((user) => ({ ...user, address: "20.0.9.9" })),
      })),
    },
  });
  const behind = fixed.nat();
  const first = fixed.client({ nat: behind }).connect();
  const second = fixed.client({ nat: behind }).connect();
  expect([first.address, second.state]).toEqual(["20.0.9.9", "failed"]);
  expect(fixed.log.some((line) => line.startsWith("no address left for the client"))).toBe(true);
  first.disconnect();
  expect(fixed.client({ nat: behind }).connect().address).toBe("20.0.9.9");
});

test("a user of one session has his second client refused", () => {
  const spec = specOf();
  const lab = new Lab({
    spec: {
      ...spec,
      virtualRouters: spec.virtualRouters.map((router) => ({
        ...router,
        users: router.users.map((user) => ({ ...user, maxSessions: 1 })),
      })),
    },
  });
  const nat = lab.nat();
  expect(lab.client({ nat }).connect().state).toBe("up");
  expect(lab.client({ nat }).connect().state).toBe("failed");
});
