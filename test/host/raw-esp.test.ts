/** Clients without a NAT: ESP as a protocol of its own where the host lets us, in UDP where it does not. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, ipv6Obstacle, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "gateway.cfg");
const CLIENT = `"$NODE" ${join(import.meta.dirname, "plain-client.ts")} 192.0.2.60 203.0.113.1 12.0.0.8`;
const obstacle = namespaceObstacle();
const obstacle6 = ipv6Obstacle();
const title = (name: string, why = obstacle) => (why === undefined ? name : `${name} (not here: ${why})`);

/** The client connects; while it stands the gateway is asked about it. */
const workOf = (command: string) => `
told=$(mktemp)
${command} > "$told" 2>&1 &
client=$!
until_true "grep -q pings: $told"
ask 'show crypto ipsec sa' 'in use settings'
kill $client
wait $client
cat "$told"
rm "$told"`;
const work = `
ip addr add 192.0.2.60/32 dev lo
${workOf(CLIENT)}`;

test.skipIf(obstacle !== undefined)(title("a client without a NAT sends and receives ESP without UDP"), async () => {
  const output = await inNamespace(scenario({ run: `"$NODE" "$LNSH" run --config ${CONFIG}`, work }));
  expect(output).toContain("listening on 203.0.113.1 (FastEthernet0/0), UDP 500, 4500, 1701 and ESP");
  expect(output).toContain("pings: 3 of 3, ESP alone, not in UDP");
  expect(output).toContain("in use settings ={Transport, }");
});

test.skipIf(obstacle !== undefined)(
  title("without the right to raw sockets the same client is led to UDP"),
  async () => {
    const run = `setpriv --bounding-set=-net_raw "$NODE" "$LNSH" run --config ${CONFIG}`;
    const output = await inNamespace(scenario({ run, work }));
    expect(output).toMatch(/UDP 500, 4500, 1701$/m);
    expect(output).toContain("pings: 3 of 3, ESP not alone, in UDP");
    expect(output).toContain("in use settings ={Transport UDP-Encaps, }");
  },
);

test.skipIf(obstacle6 !== undefined)(
  title("over IPv6 a client sends and receives ESP without UDP as well", obstacle6),
  async () => {
    const before = `
for address in 2001:db8::1 2001:db8::60; do ip addr add $address/128 dev lo nodad; done
config=$(mktemp)
sed -e '/^ crypto map/i \\ ipv6 address 2001:db8::1/64' ${CONFIG} > "$config"
sed -i -e '1i crypto isakmp key secret address ipv6 ::/0' "$config"`;
    const client = `"$NODE" ${join(import.meta.dirname, "plain-client.ts")} 2001:db8::60 2001:db8::1 12.0.0.8`;
    const run = `"$NODE" "$LNSH" run --config "$config" --dialect ios`;
    const output = await inNamespace(scenario({ before, run, work: workOf(client) }));
    expect(output).toContain("listening on 2001:db8::1 (FastEthernet0/0), UDP 500, 4500, 1701 and ESP");
    expect(output).toContain("pings: 3 of 3, ESP alone, not in UDP");
    expect(output).toContain("current_peer 2001:DB8::60 port 500");
  },
);
