/** What the host did not take, and what it could not keep, is told where packets are counted. */

import { expect, test } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { deviceDropsIn, dropsIn } from "../../src/dataplane/io/host-drops.ts";
import { hostRefusalsText } from "../../src/modes/common/host-refusals.ts";
import { dialects } from "../../src/modes/dialects.ts";

test.each(["ios", "junose"] as const)("%s: show ip traffic tells what the host refused", (dialect) => {
  const session = new Session(new Gateway(dialects[dialect]), { line: "con 0", paged: false, monitor: false });
  const lines = ["enable", "show ip traffic"].flatMap((line) => session.execute(line).lines);
  const texts = hostRefusalsText({
    refused: { datagrams: 0, espPackets: 0, devicePackets: 0 },
    dropped: { datagrams: 0, devicePackets: 0 },
  });
  expect(lines.map((line) => line.trim())).toEqual(expect.arrayContaining([...texts]));
});

test("drops are those of our own sockets, of every thread", () => {
  const row = (local: string, drops: number) =>
    `   50: ${local} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5987472 2 000000009ca37da2 ${drops}         `;
  const table = [
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops             ",
    row("017100CB:1194", 7),
    row("017100CB:1194", 5),
    row("017100CB:01F4", 100),
    row("027100CB:1194", 1000),
    "",
  ].join("\n");
  expect(dropsIn(table, [{ address: "203.0.113.1", port: 4500 }])).toBe(12);
  expect(
    dropsIn(
      table,
      [500, 4500].map((port) => ({ address: "203.0.113.1", port })),
    ),
  ).toBe(112);
  expect(dropsIn(table, [])).toBe(0);
  expect(dropsIn("", [{ address: "203.0.113.1", port: 4500 }])).toBe(0);
});

test("drops of a device are those of what the host sent to it", () => {
  const table = [
    "Inter-|   Receive                                                |  Transmit",
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
    "    lo:    1     2    3    4    5     6          7         8       9     10   11   12    13     14       15          16",
    " lnsh0:  143136    1764    0    3    0     0          0         0 206388944  202256    0 169538    0     0       0          0",
  ].join("\n");
  expect(deviceDropsIn(table, "lnsh0")).toBe(169_538);
  expect(deviceDropsIn(table, "lnsh")).toBe(0);
});
