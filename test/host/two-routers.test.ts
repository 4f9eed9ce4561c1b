/** Two virtual routers at once: an address, sockets, a pool and a device of the host each. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "two-routers.cfg");
const obstacle = namespaceObstacle();

test.skipIf(obstacle !== undefined)(
  `two virtual routers serve their own clients, on sockets and devices of their own${obstacle === undefined ? "" : ` (not here: ${obstacle})`}`,
  async () => {
    const client = (gateway: string) =>
      `"$NODE" "$LNSH" client --connect ${gateway} --user fred --ping 192.0.2.50 --pings 3 --hold 100`;
    const output = await inNamespace(
      scenario({
        before: "ip addr add 203.0.113.2/32 dev lo",
        run: `"$NODE" "$LNSH" run --config ${CONFIG}`,
        work: `
${client("203.0.113.1")} &
first=$!
${client("203.0.113.2")} &
second=$!
for device in lnsh0 lnsh1; do until_true 'test $(host_took $device) -ge 3'; done
for address in 20.0.0.1 30.0.0.1; do pings 2 $address -i 0.2 | sed "s/^/$address: /"; done
kill $first $second
wait $first $second
ask 'virtual-router red\\nshow ip interface fastEthernet 1/1' 'Out Forwarded Packets'
for device in lnsh0 lnsh1; do echo "$device: $(host_sent $device) in, $(host_took $device) out"; done`,
      }),
    );
    expect(output).toContain("listening on 203.0.113.1");
    expect(output).toContain("listening on 203.0.113.2");
    expect(output.match(/pings: 3 of 3 answered/g)).toHaveLength(2);
    for (const address of ["20.0.0.1", "30.0.0.1"]) {
      expect(output).toMatch(new RegExp(`^${address}: \\d+ packets transmitted, 2 received`, "m"));
    }
    // Three pings of its own client and two answers of it went out, and as many came in; none of the other's. A client repeats a ping that is answered late.
    const [, received] = /In Received Packets (\d+),/.exec(output) ?? [];
    const [, forwarded] = /Out Forwarded Packets (\d+),/.exec(output) ?? [];
    expect(output).toContain(`lnsh1: ${received} in, ${forwarded} out`);
    expect(Math.min(Number(received), Number(forwarded))).toBeGreaterThanOrEqual(5);
  },
);
