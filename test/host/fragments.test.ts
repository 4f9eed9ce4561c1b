/** Fragments on a real host, outer and inner: a wire between gateway and client that takes less than the packets, ESP in UDP and alone, and pings that are larger than both. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "gateway.cfg");
const PLAIN_CLIENT = join(import.meta.dirname, "plain-client.ts");
const obstacle = namespaceObstacle();
const title = (name: string) => (obstacle === undefined ? name : `${name} (not here: ${obstacle})`);

/** What is cut nowhere, by the wire alone, by the tunnel, and by both; the last but one needs more than a batch of pieces. */
const SIZES = [64, 900, 1372, 1500, 20_000, 65_000];

/** A client on a host of its own, on the other side of a wire for packets of so many octets. */
const beyondWire = (mtu: number, client: string): string => `
cat > "$keys.sh" <<'END'
: > "$0.there"
until ip link show v1 > /dev/null 2>&1; do sleep 0.05; done
ip link set lo up
ip addr add 203.0.113.2/24 dev v1
ip link set v1 mtu ${mtu} up
exec ${client}
END
unshare -n sh "$keys.sh" > "$keys.client" 2>&1 &
client=$!
until_true '[ -e "$keys.sh.there" ]'
until_true 'ip link add v0 mtu ${mtu} type veth peer name v1 netns $client'
ip addr add 203.0.113.1/24 dev v0
ip link set v0 up
`;

test.skipIf(obstacle !== undefined).each([
  [
    "ESP in UDP",
    `"$NODE" "$LNSH" client --connect 203.0.113.1 --user fred --ping 12.0.0.8 --pings 3 --hold 200`,
    "yes",
  ],
  ["ESP alone", `"$NODE" ${PLAIN_CLIENT} 203.0.113.2 203.0.113.1 12.0.0.8`, "no"],
])(title("%s: pings of every size pass both ways, cut inside and outside"), async (_, command, inUdp) => {
  const output = await inNamespace(
    scenario({
      run: `"$NODE" "$LNSH" run --config ${CONFIG}`,
      work: `
${beyondWire(1000, command)}
until_true 'ip route get 20.0.0.1 | grep -q lnsh0'
until_true 'ping -n -c 1 -W 1 20.0.0.1'
for size in ${SIZES.join(" ")}; do
  for target in 20.0.0.1 12.0.0.8; do ping -n -c 1 -W 20 -s $size -M dont $target | sed -n "s/^1 packets/$target $size: &/p"; done
done
ping -n -c 1 -W 5 -s 1472 -M do 20.0.0.1
ask 'show crypto ipsec sa' 'Transport'
ask 'show ip traffic' 'Frags:'
kill $client
wait $client
cat "$keys.client"
rm "$keys.client" "$keys.sh" "$keys.sh.there"`,
    }),
  );
  for (const size of SIZES) {
    for (const target of ["20.0.0.1", "12.0.0.8"]) {
      expect(output).toContain(`${target} ${size}: 1 packets transmitted, 1 received`);
    }
  }
  expect(output).toMatch(/Frag needed|message too long, mtu/);
  expect(output.includes("UDP-Encaps")).toBe(inUdp === "yes");
  expect(output).toMatch(/Frags: [1-9]\d* reassembled, 0 timeouts, 0 couldn't reassemble/);
});
