/**
 * A flood of strangers over real sockets on loopback: the gateway and its client in this process, the attackers in another. Tells how many of
 * the client's pings were answered meanwhile, how late they were, and how far the process grew. FLOOD_ATTEMPTS sets how many
 * half-open negotiations are begun (100000), FLOOD_SECONDS in how long (30); one in ten goes on to cost a key agreement. ESP for nobody comes beside them
 * at 10 000 packets a second.
 */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clientFlows, SocketClient } from "../../src/cli/client/socket-client.ts";
import { SocketPat } from "../../src/cli/client/socket-pat.ts";
import { openGateway } from "../../src/cli/open-gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { at, type Figures } from "./figures.ts";

const ATTEMPTS = Number(process.env.FLOOD_ATTEMPTS ?? 100_000);
const SECONDS = Number(process.env.FLOOD_SECONDS ?? 30);
const PING_MILLIS = 50;
const MEGABYTE = 1024 * 1024;
const GATEWAY = "127.0.0.1";
const INSIDE = "12.0.0.8";

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

export async function benchFlood(figures: Figures): Promise<void> {
  const config = fileURLToPath(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url));
  const { gateway } = await openGateway(config, undefined);
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: false });
  for (const line of ["configure terminal", "username lab password 0 lab", "end"]) session.execute(line);
  await gateway.listen({ address: GATEWAY, ports: { ike: 0, natt: 0, l2tp: 0 } });
  const ports = gateway.wirePorts(GATEWAY);
  if (ports === undefined) throw new Error("the gateway does not listen");
  const pat = new SocketPat("127.0.0.2");
  const client = clientAt(ports, pat);
  for (let waited = 0; client.view.state !== "up" && waited < 10_000; waited += 50) await pause(50);
  if (client.view.state !== "up") throw new Error(`the client is ${client.view.state}: ${client.view.reason}`);

  const rssBefore = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  let rssMost = rssBefore;
  const attacker = fork(fileURLToPath(new URL("./flood-attacker.ts", import.meta.url)), [
    String(ports.ike.port),
    String(ports.natt.port),
    String(ATTEMPTS),
    String(SECONDS),
  ]);
  const said = new Promise<unknown>((resolve) => attacker.once("message", resolve));
  const since = performance.now();
  let pings = 0;
  let over = false;
  void said.then(() => {
    over = true;
  });
  const first = client.answered;
  while (!over) {
    client.ping(INSIDE);
    pings += 1;
    await pause(PING_MILLIS);
    rssMost = Math.max(rssMost, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await pause(1000);
  const answered = client.answered - first;
  const delays = client.view.pings.flatMap(({ sentAt, answeredAt }) =>
    answeredAt === undefined ? [] : [answeredAt - sentAt],
  );
  const again = clientAt(ports, pat, "10.0.0.3");
  for (let waited = 0; again.view.state !== "up" && waited < 10_000; waited += 50) await pause(50);
  const begun = await said;
  figures.list(
    `a flood on loopback: ${ATTEMPTS} half-open negotiations in ${SECONDS} s, 10000 ESP packets/s for nobody`,
    [
      { name: "pings answered", value: (100 * answered) / pings, unit: "%", more: `${answered} of ${pings}` },
      { name: "a ping, median", value: at(delays, 0.5), unit: "ms" },
      { name: "a ping, 99 %", value: at(delays, 0.99), unit: "ms" },
      { name: "a ping, worst", value: at(delays, 1), unit: "ms" },
      { name: "memory grew by at most", value: (rssMost - rssBefore) / MEGABYTE, unit: "MB" },
      { name: "memory is more by", value: (process.memoryUsage().rss - rssBefore) / MEGABYTE, unit: "MB" },
      { name: "CPU of one core, OpenSSL's threads too", value: (user + system) / 1e4 / seconds, unit: "%" },
    ],
  );
  figures.note(`attackers: ${JSON.stringify(begun)}; a new client afterwards is ${again.view.state}`);
  client.stop();
  again.stop();
  pat.close();
  attacker.kill();
  await gateway.stop("the flood is over");
}

function clientAt(
  ports: { readonly ike: { address: string; port: number }; readonly natt: { address: string; port: number } },
  pat: SocketPat,
  address = "10.0.0.2",
): SocketClient {
  const client = new SocketClient(
    {
      persona: personas["windows-2000"],
      hostName: "w2k",
      ...clientFlows(address, ports.ike, ports.natt),
      preSharedKey: new Secret("*****"),
      user: "lab",
      password: new Secret("lab"),
      remoteL2tpPort: 1701,
    },
    pat,
    () => undefined,
  );
  client.connect();
  return client;
}
