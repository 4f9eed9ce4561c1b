/** A gateway with line modules on threads of their own, over sockets: clients of the built-in kind come in, one of the threads dies, and all is well again. */

import { afterAll, expect, test } from "vitest";
import type { SocketClient } from "../../src/cli/client/socket-client.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { hostSystem } from "../../src/dataplane/io/native/system.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { showCryptoEngineBrief } from "../../src/modes/ios/show/crypto-engine.ts";
import { SocketClients } from "../support/socket-clients.ts";

const ADDRESS = "127.0.0.1";
const INSIDE = "12.0.0.8";
const CLIENTS = 12;

const CONFIGURATION = `hostname lns
crypto isakmp policy 1
 encr aes 256
 authentication pre-share
 group 14
crypto isakmp key secret address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS esp-aes esp-sha-hmac
 mode transport
crypto dynamic-map DYN 1
 set nat demux
 set transform-set TS
crypto map MAP 1 ipsec-isakmp dynamic DYN
vpdn enable
vpdn-group 1
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
username fred password fredPw
ip local pool POOL 20.0.0.1 20.0.0.254
interface Loopback0
 ip address ${INSIDE} 255.255.255.255
interface FastEthernet0/0
 ip address 203.0.113.1 255.255.255.0
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication chap
`;

const behind = new SocketClients("0.0.0.0");
const gateway = new Gateway(ios);
afterAll(async () => {
  await gateway.stop("the test is over");
  await behind.close();
});

async function until(what: string, holds: () => boolean, millis = 250_000): Promise<void> {
  for (const end = performance.now() + millis; !holds(); ) {
    if (performance.now() > end) throw new Error(`not within ${millis} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function newClient(): SocketClient {
  const wire = gateway.wirePorts(ADDRESS);
  if (wire === undefined) throw new Error("the gateway does not listen");
  return behind.add(wire, { persona: personas["windows-10"] });
}

async function allPing(clients: readonly SocketClient[], to: (index: number) => string): Promise<void> {
  const before = clients.map(({ answered }) => answered);
  await until("an answer to every ping", () => {
    for (const [index, client] of clients.entries()) {
      if (client.answered === before[index]) client.ping(to(index));
    }
    return clients.every(({ answered }, index) => answered > (before[index] ?? 0));
  });
}

const isNative = "system" in hostSystem();

test.runIf(isNative)(
  "clients of two threads reach the gateway and each other, and a thread that dies takes only its own along",
  async () => {
    gateway.load(CONFIGURATION);
    await gateway.listen({ address: ADDRESS, ports: { ike: 0, natt: 0, l2tp: 0 }, workers: 2 });
    expect(gateway.missing).toEqual([]);
    const clients = Array.from({ length: CLIENTS }, newClient);
    const isUp = ({ view }: SocketClient) => view.state === "up";
    for (const client of clients) client.connect();
    await until("all clients are up", () => clients.every(isUp));
    const modules = () => gateway.snapshot().lineModules ?? [];
    expect(modules().map(({ connections, sessions }) => [connections, sessions])).toEqual([
      [CLIENTS / 2, CLIENTS / 2],
      [CLIENTS / 2, CLIENTS / 2],
    ]);
    await allPing(clients, () => INSIDE);
    const address = (index: number) => clients[index % CLIENTS]?.view.address ?? "";
    await allPing(clients, (index) => address(index + 1));
    await until("both have handed over packets", () => modules().every(({ handedOver }) => handedOver > 0));
    // The kernel gives each thread what is its own.
    const { sessions, lineModule } = gateway.snapshot();
    expect(lineModule).toMatchObject({ unknownSpi: 0 });
    expect(sessions.every(({ counters }) => counters.rxPackets > 2)).toBe(true);

    gateway.failModule(1);
    await until("half of the clients are told", () => clients.filter(isUp).length === CLIENTS / 2);
    const survivors = clients.filter(isUp);
    await allPing(survivors, () => INSIDE);
    await until("there is another in its place", () => modules().every(({ isWorking }) => isWorking));
    expect(modules().map(({ losses }) => losses)).toEqual([1, 0]);
    expect(showCryptoEngineBrief(gateway.snapshot()).slice(-2)).toEqual([
      expect.stringMatching(/^ +1 +working +0 +0 .* 1$/),
      expect.stringMatching(/^ +2 +working +6 +6 .* 0$/),
    ]);
    for (const client of clients) if (!isUp(client)) client.connect();
    await until("all are back", () => clients.every(isUp));
    expect(clients.filter(isUp)).toEqual(expect.arrayContaining(survivors));
    await allPing(clients, (index) => address(index + 1));
  },
);
