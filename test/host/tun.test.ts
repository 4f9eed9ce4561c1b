/** The gateway on a host of its own: packets between a client and the host's kernel through a TUN device. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "gateway.cfg");
const obstacle = namespaceObstacle();
const title = (name: string) => (obstacle === undefined ? name : `${name} (not here: ${obstacle})`);

test.skipIf(obstacle !== undefined)(
  title("a client reaches the host and the host a client, with the addresses and routes of the configuration"),
  async () => {
    const output = await inNamespace(
      scenario({
        run: `"$NODE" "$LNSH" run --config ${CONFIG}`,
        work: `
echo "address: $(ip -o -4 addr show dev lnsh0)"
ip route show dev lnsh0
"$NODE" "$LNSH" client --connect 203.0.113.1 --user fred --ping 192.0.2.50 --pings 4 --hold 100 &
client=$!
until_true 'test $(host_took lnsh0) -ge 4'
pings 3 20.0.0.1 -i 0.2
ping -n -c 1 -W 20 -M do -s 1472 20.0.0.1
ping -n -c 1 -W 20 20.0.0.9
kill $client
wait $client
ask 'show interfaces FastEthernet0/1' 'packets output'
echo "by the kernel: $(host_sent lnsh0) in, $(host_took lnsh0) out"`,
      }),
    );
    expect(output).toMatch(/address: .*inet 10\.1\.0\.2\/30/);
    expect(output).toContain("20.0.0.8/30");
    expect(output).toContain("pings: 4 of 4 answered");
    expect(output).toMatch(/packets transmitted, 3 received/);
    // The kernel learns how much fits through the tunnel, and what is not there.
    expect(output).toMatch(/Frag needed|message too long, mtu/);
    expect(output).toContain("From 10.1.0.1 icmp_seq=1 Destination Host Unreachable");
    expect(output).toContain("Hardware is TUN device lnsh0 of the host");
    // Four pings of the client and their answers, three from the host and theirs, two that were told why not; the client repeats a ping that is answered late.
    const [, input, sent] = / (\d+) packets input, [\s\S]* (\d+) packets output/.exec(output) ?? [];
    expect(output).toContain(`by the kernel: ${input} in, ${sent} out`);
    expect(Math.min(Number(input), Number(sent))).toBeGreaterThanOrEqual(9);
    expect(output).toMatch(/after: .*lnsh0.*does not exist.*/);
  },
);

test.skipIf(obstacle !== undefined)(
  title("a device from the command line needs no line of configuration, and is gone after kill -9"),
  async () => {
    const output = await inNamespace(
      scenario({
        before: `sed '/host-interface/d;/ip route/d' ${CONFIG} > "$keys.cfg"`,
        run: `"$NODE" "$LNSH" run --config "$keys.cfg" --tun tun7`,
        work: `
lnsh client --connect 203.0.113.1 --user fred --ping 192.0.2.50 --pings 4
kill -9 $gateway
rm "$keys.cfg"`,
      }),
    );
    expect(output).toContain("listening on tun7, a TUN device of the host");
    expect(output).toContain("pings: 4 of 4 answered");
    expect(output).toMatch(/after: .*tun7.*does not exist/);
  },
);

test.skipIf(obstacle !== undefined)(
  title("without the right to make a device it says so, and sessions still reach the router"),
  async () => {
    const output = await inNamespace(
      scenario({
        run: `setpriv --bounding-set=-net_admin "$NODE" "$LNSH" run --config ${CONFIG}`,
        work: `
lnsh client --connect 203.0.113.1 --user fred --ping 12.0.0.8 --pings 2
ask 'show ip interface brief\\nshow ip route' '^Gateway of last resort'`,
      }),
    );
    expect(output).toContain("the TUN device lnsh0 cannot be made: this user may not");
    expect(output).toContain("sessions still reach each other and the router");
    expect(output).toContain("pings: 2 of 2 answered");
    expect(output).toMatch(/^FastEthernet0\/0 +203\.0\.113\.1 +YES manual up +up/m);
    expect(output).toMatch(/^FastEthernet0\/1 +10\.1\.0\.1 +YES manual down +down/m);
    expect(output).toContain("Gateway of last resort is not set");
  },
);
