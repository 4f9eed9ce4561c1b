import { expect, test } from "vitest";
import type { PoolSnapshot, Snapshot } from "../../../../src/engine/snapshot.ts";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { localPools, showLocalPools } from "../../../../src/modes/ios/show/pool.ts";
import { TestShell } from "../../../support/shell.ts";

function typed(...lines: readonly string[]) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  const said = lines.flatMap((line) => router.shell.execute(line).lines);
  return { said, spec: ios.compile(router.store).spec, printed: router.printed };
}

test("a pool has the ranges of all its lines, those of a higher priority first", () => {
  const { spec, said } = typed(
    "ip local pool P 10.0.0.1 10.0.0.9",
    "ip local pool P 10.1.0.1 10.1.0.9 cache-size 0 priority 200",
    "ip local pool P 10.2.0.1",
    "ip local pool Q 10.3.0.1 recycle delay 90",
  );
  expect(said).toEqual([]);
  expect(spec.virtualRouters[0]?.pools).toEqual([
    {
      name: "P",
      ranges: [
        { first: "10.1.0.1", last: "10.1.0.9" },
        { first: "10.0.0.1", last: "10.0.0.9" },
        { first: "10.2.0.1", last: "10.2.0.1" },
      ],
      remembersUsers: false,
    },
    { name: "Q", ranges: [{ first: "10.3.0.1", last: "10.3.0.1" }], recycleSeconds: 90 },
  ]);
});

test.each([
  ["ip local pool P 10.0.0.9 10.0.0.1", "%Bad IP range, 10.0.0.9 - 10.0.0.1"],
  ["ip local pool P 10.5.0.4 10.5.0.9", "%IP address range overlaps with pool: OLD"],
  ["ip local pool OLD 10.4.255.0 10.5.0.1", "%IP address range overlaps with pool: OLD"],
  ["ip local pool P 10.6.0.1 10.6.0.1 group G", "%IP address range overlaps with pool: GROUPED"],
  ["ip local pool OLD 10.7.0.1 group G", "%Pool OLD is already in the base system group"],
  ["ip local pool GROUPED 10.7.0.1", "%Pool GROUPED is already in group G"],
])("`%s` is refused", (line, text) => {
  const before = ["ip local pool OLD 10.5.0.1 10.5.0.5", "ip local pool GROUPED 10.6.0.1 group G"];
  const { said, printed } = typed(...before, line);
  expect(said).toEqual([text]);
  expect(printed).toBe(typed(...before).printed);
});

test("the same addresses may be in another group, and a range may be said again with another end", () => {
  const lines = ["ip local pool A 10.0.0.1 10.0.0.9", "ip local pool B 10.0.0.1 10.0.0.9 group G"];
  expect(typed(...lines, "ip local pool A 10.0.0.1 10.0.0.20").said).toEqual([]);
});

test("a template may give one address, or ask several pools in turn", () => {
  const profile = (line: string) =>
    typed("ip local pool A 10.0.0.1", "ip local pool B 10.0.0.2", "interface Virtual-Template1", line).spec
      .pppProfiles[0];
  expect(profile("peer default ip address 10.9.9.9")).toMatchObject({ peerAddress: "10.9.9.9", pools: [] });
  expect(profile("peer default ip address pool B A")?.pools).toEqual(["B", "A"]);
  expect(profile("peer default ip address pool")?.pools).toEqual(["default"]);
});

function pool(name: string, virtualRouter: string, inUse: number, more: Partial<PoolSnapshot> = {}): PoolSnapshot {
  const range = { first: "10.0.0.1", last: "10.0.0.9", free: 9 - inUse, inUse };
  return { name, virtualRouter, ranges: [range], available: [], inUse: [], ...more };
}

test("pools show their groups, what rests, and sessions of every VRF", () => {
  const resting = { ranges: [{ first: "10.1.0.1", last: "10.1.0.4", free: 1, inUse: 2, blocked: 1 }] };
  const snapshot = {
    pools: [pool("A", "default", 1), pool("A", "RED", 2), pool("B", "default", 0, { ...resting, group: "G" })],
  } as unknown as Snapshot;
  expect(showLocalPools(localPools(snapshot, {}))).toEqual([
    " Pool                     Begin           End             Free  In use   Blocked",
    " A                        10.0.0.1        10.0.0.9           6       3         0",
    " ** pool <B> is in group <G>",
    " B                        10.1.0.1        10.1.0.4           1       2         1",
  ]);
  expect(localPools(snapshot, { group: "G" }).map(({ name }) => name)).toEqual(["B"]);
});
