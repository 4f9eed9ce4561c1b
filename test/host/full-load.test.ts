/** The host sends more than can be carried: new clients come all the same, nobody's tunnel is given up, and what was dropped is told. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle, scenario } from "./namespace.ts";

const CONFIG = join(import.meta.dirname, "gateway.cfg");
const obstacle = namespaceObstacle();
const title = (name: string) => (obstacle === undefined ? name : `${name} (not here: ${obstacle})`);

/** Datagrams for the first client, without a pause. */
const BLAST = `
const socket = require("node:dgram").createSocket("udp4");
const octets = Buffer.alloc(1000);
socket.connect(9, "20.0.0.1", () => {
  const send = () => {
    for (let i = 0; i < 200; i += 1) socket.send(octets, () => {});
    setImmediate(send);
  };
  socket.on("error", () => {});
  send();
});`;

test.skipIf(obstacle !== undefined)(title("under more traffic than fits clients come, ping and stay"), async () => {
  const output = await inNamespace(
    scenario({
      run: `"$NODE" "$LNSH" run --config ${CONFIG}`,
      work: `
"$NODE" "$LNSH" client --connect 203.0.113.1 --user fred --ping 192.0.2.50 --pings 1 --hold 200 > "$keys.client" 2>&1 &
client=$!
until_true 'grep -q "is up" "$keys.client"'
"$NODE" -e '${BLAST}' &
blast=$!
until_true 'test $(sed -n "s/^ *lnsh0: *//p" /proc/net/dev | tr -s " " | cut -d " " -f 12) -gt 0'
lnsh client --connect 203.0.113.1 --user fred --count 5 --rate 5 --ping 12.0.0.8 --pings 10
ask 'terminal length 0\\nshow ip traffic' 'dropped by the host'
kill $blast
kill $client
wait $client
echo "the first: $(tail -n 1 "$keys.client")"
rm "$keys.client"`,
    }),
  );
  expect(output).toContain("5 of 5 clients up");
  expect(output).toContain("pings: 50 of 50 answered");
  expect(output).toContain("the first: pings: 1 of 1 answered");
  expect(output).toMatch(/ 0 datagrams and [1-9]\d* packets of devices dropped by the host, whose queues were full/);
});
