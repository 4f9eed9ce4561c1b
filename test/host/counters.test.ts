/** After a run in which everything happens, what sessions, SAs, interfaces, the router and the kernel have counted is one and the same traffic. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "gateway.cfg");
const obstacle = namespaceObstacle();
const title = (name: string) => (obstacle === undefined ? name : `${name} (not here: ${obstacle})`);
/** Control messages of L2TP from either end until a session stands; more where a busy machine makes an end repeat one. */
const CONTROL_MESSAGES = 4;
/** Nothing passes by itself while the counters are read. */
const QUIET = `sed -e '/accept-dialin/i \\ l2tp tunnel hello 0' -e '$a \\ no keepalive' ${CONFIG} > "$keys.cfg"`;

const work = `
"$NODE" "$LNSH" client --connect 203.0.113.1 --user fred --count 3 --ping 192.0.2.50 --pings 5 --hold 200 > "$keys.client" 2>&1 &
client=$!
until_true 'test $(grep -c "is up" "$keys.client") = 3'
until_true 'test $(host_took lnsh0) -ge 15'
for i in 1 2 3; do pings $((i*10)) 20.0.0.$i -i 0.02; done
pings 5 20.0.0.1 -s 3000 -i 0.1
pings 7 12.0.0.8 -s 3000 -i 0.1
ping -q -n -c 4 -i 0.1 -W 1 20.0.0.9
for i in 1 2 3; do pings 1 20.0.0.$i; done
ask 'terminal length 0\\nshow interfaces\\nshow ip traffic\\nshow crypto ipsec sa\\nshow l2tp counters\\nshow crypto engine brief' 'crypto engine state'
grep lnsh0 /proc/net/dev | sed 's/^/kernel: /'
kill $client
wait $client
cat "$keys.client"
rm "$keys.client" "$keys.cfg"`;

function numbers(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(([, number]) => Number(number));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Packets and octets in and out under the heading of an interface. */
function counted(output: string, name: string): number[] {
  const from = output.indexOf(`\n${name} is up`);
  const [, rx, rxOctets, tx, txOctets] =
    /(\d+) packets input, (\d+) bytes[\s\S]*?(\d+) packets output, (\d+) bytes/.exec(output.slice(from)) ?? [];
  return [rx, rxOctets, tx, txOctets].map(Number);
}

test.skipIf(obstacle !== undefined).each([
  ["on one thread", ""],
  ["on three", "--workers 2"],
])(title("what is counted adds up to what the kernel has counted, %s"), async (_, options) => {
  const output = await inNamespace(
    scenario({ before: QUIET, run: `"$NODE" "$LNSH" run --config "$keys.cfg" --dialect ios ${options}`, work }),
  );
  expect(output).toContain("pings: 15 of 15 answered");
  expect(numbers(output, /(\d+) received/g)).toEqual([10, 20, 30, 5, 7, 0, 1, 1, 1]);
  const fields = (/kernel: *lnsh0: *(.*)/.exec(output)?.[1] ?? "").split(/ +/).map(Number);
  const kernel = { toHost: fields[1], octetsToHost: fields[0], fromHost: fields[9], octetsFromHost: fields[8] };
  expect(counted(output, "FastEthernet0/1")).toEqual([
    kernel.fromHost,
    kernel.octetsFromHost,
    kernel.toHost,
    kernel.octetsToHost,
  ]);
  const sessions = [1, 2, 3].map((index) => counted(output, `Virtual-Access2.${index}`));
  const ofSessions = (column: number): number => sum(sessions.map((row) => row[column] ?? 0));
  expect(counted(output, "Virtual-Access2")).toEqual([0, 1, 2, 3].map(ofSessions));
  const decrypted = numbers(output, /#pkts decrypt: (\d+)/g);
  const encrypted = numbers(output, /#pkts encrypt: (\d+)/g);
  // Those of the control connection are in no session, and in an SA.
  const control = (/^ +Packets +(\d+) +(\d+)$/m.exec(output) ?? []).slice(1).map(Number);
  expect(Math.min(...control)).toBeGreaterThanOrEqual(3 * CONTROL_MESSAGES);
  expect([sum(encrypted), sum(decrypted)]).toEqual(control.map((count, i) => count + ofSessions(i === 0 ? 2 : 0)));
  const [rx, , tx] = counted(output, "FastEthernet0/0");
  expect([rx, tx]).toEqual([sum(decrypted), sum(encrypted)]);
  expect(numbers(output, /(?:Rcvd|Sent): {2}(\d+) total/g)).toEqual([
    ofSessions(0) + (kernel.fromHost ?? 0),
    ofSessions(2) + (kernel.toHost ?? 0),
  ]);
  const [, , , , toRouter] = numbers(output, /(\d+) packets transmitted/g);
  expect(output).toContain(`Frags: ${toRouter} reassembled, 0 timeouts, 0 couldn't reassemble`);
  expect(output).toContain("Drop:  4 no route, 0 discarded, 0 by access lists");
});
