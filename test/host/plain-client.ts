/**
 * `node plain-client.ts OWN-ADDRESS GATEWAY PING`: a client on an address of the host, with no NAT before it, that pings through its tunnel
 * and tells how its ESP travels; it stays until SIGTERM.
 */

import { Chassis } from "../../src/dataplane/chassis.ts";
import { systemClock } from "../../src/dataplane/io/clock.ts";
import { Driver } from "../../src/dataplane/io/driver.ts";
import { systemRandom } from "../../src/dataplane/io/entropy.ts";
import { RawEsp } from "../../src/dataplane/io/native/raw-esp.ts";
import { UdpPorts } from "../../src/dataplane/io/udp.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import { standardPorts } from "../../src/dataplane/sim/network.ts";
import { Client } from "../../src/engine/client/client.ts";
import type { ClientRequest } from "../../src/engine/client/client-plan.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

const [address = "", gateway = "", target = ""] = process.argv.slice(2);
const random = systemRandom();
const flow = (port: number) => {
  const local = { address, port };
  return { local, remote: { address: gateway, port }, wire: local };
};
const client = new Client(
  {
    persona: personas["windows-xp"],
    hostName: "plain",
    flow: flow(500),
    natTraversalFlow: flow(4500),
    preSharedKey: new Secret("secret"),
    user: "fred",
    password: new Secret("fredPw"),
    remoteL2tpPort: 1701,
  },
  {
    random,
    log: (_category, _severity, text, fields = {}) => tell(`client: ${text} ${JSON.stringify(fields)}`),
  },
);
const ports = await UdpPorts.open(standardPorts(address).filter(({ role }) => role !== "l2tp"));
const sent = { udp: 0, esp: 0 };
const esp = RawEsp.open(address, (remote, bytes) => {
  const own = { address, port: 0 };
  driver.datagram({ role: "esp", flow: { local: own, wire: own, remote: { address: remote, port: 0 } }, bytes });
});
const driver = new Driver<ClientRequest>({
  machine: new Chassis<ClientRequest>(client, new LineModule({ random })),
  clock: systemClock,
  send(datagram) {
    if (datagram.role === "natt") sent.udp += 1;
    if (datagram.role !== "esp") ports.send(datagram);
    else if (typeof esp !== "string") {
      sent.esp += 1;
      esp.send(datagram.flow.remote.address, datagram.bytes);
    }
  },
  onBug: (error) => tell(String(error)),
});
ports.onDatagrams((datagrams) => driver.datagrams(datagrams));
driver.request({ type: "connect" });
const until = async (done: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 1200 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};
await until(() => client.view().state === "up");
tell(`state: ${client.view().state} ${client.view().reason ?? ""}`);
for (let ping = 0; ping < 3; ping += 1) driver.request({ type: "ping", to: target });
await until(() => client.view().pings.filter(({ answeredAt }) => answeredAt !== undefined).length === 3);
const answered = client.view().pings.filter(({ answeredAt }) => answeredAt !== undefined).length;
tell(`pings: ${answered} of 3, ESP ${sent.esp > 0 ? "alone" : "not alone"}, ${sent.udp > 0 ? "in UDP" : "not in UDP"}`);
await new Promise((resolve) => process.once("SIGTERM", resolve));
driver.request({ type: "disconnect" });
driver.stop();
process.exit();
