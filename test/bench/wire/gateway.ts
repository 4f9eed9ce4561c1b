/**
 * The gateway's data path as a program of its own, for one client and without the engine: `gateway.ts DEVICE PORT CLIENT-PORT native|node [gcm]`. It does
 * what `gateway.c` does and says the same: "packets-up packets-down cpu-microseconds" for every line on its input.
 */

import { Chassis } from "../../../src/dataplane/chassis.ts";
import { systemClock } from "../../../src/dataplane/io/clock.ts";
import { Driver } from "../../../src/dataplane/io/driver.ts";
import { systemRandom } from "../../../src/dataplane/io/entropy.ts";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { TunDevice } from "../../../src/dataplane/io/native/tun.ts";
import { type UdpBackend, UdpPorts } from "../../../src/dataplane/io/udp.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { EngineOutput } from "../../../src/engine/forwarding.ts";
import type { Machine } from "../../../src/engine/kernel/machine.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { sessionIp } from "../../support/line-peer.ts";
import { CLIENT_HOST, GCM_KEYS, INBOUND_SPI, KEYS, OUTBOUND_SPI } from "./packets.ts";

const [device = "", port = "", clientPort = "", backend = "native", cipher] = process.argv.slice(2);
const keys = cipher === "gcm" ? GCM_KEYS : KEYS;
const LOOPBACK = "127.0.0.1";
const local = { address: LOOPBACK, port: 4500 };
const flow = { local, remote: { address: LOOPBACK, port: Number(clientPort) }, wire: local };
const path = {
  virtualRouter: DEFAULT_ROUTER,
  local: { address: LOOPBACK, port: 1701 },
  remote: { address: LOOPBACK, port: 1701 },
  connection: 1,
};

const openssl = openOpensslSuite();
const suite = backend === "native" && typeof openssl !== "string" ? openssl : nodeSuite;
const lineModule = new LineModule({ random: systemRandom(), suite, lends: true });
const everything = { address: "0.0.0.0", length: 0 };
lineModule.program({
  type: "configureRouter",
  virtualRouter: DEFAULT_ROUTER,
  addresses: ["12.0.0.8"],
  ipsecOnly: [],
  routes: [],
  hostLinks: [{ device, address: undefined, mtu: 1500, networks: [everything] }],
});
lineModule.program({
  type: "openConnection",
  connection: 1,
  virtualRouter: DEFAULT_ROUTER,
  flow,
  encapsulation: "udp",
  separation: "perConnection",
  demuxPort: undefined,
  ignoreUdpChecksums: true,
});
// The generator sends the same packets again and again, so the window is not what is measured.
const inbound = { connection: 1, spi: INBOUND_SPI, keys, replayWindow: 0 } as const;
lineModule.program({ type: "installInboundSa", ...inbound });
lineModule.program({
  type: "installOutboundSa",
  connection: 1,
  spi: OUTBOUND_SPI,
  keys,
  softOctets: undefined,
});
lineModule.program({
  type: "installSession",
  session: 1,
  path,
  localTunnelId: 1,
  localSessionId: 1,
  remoteTunnelId: 1,
  remoteSessionId: 1,
  sequencing: false,
});
lineModule.program(sessionIp({ session: 1, localAddress: "12.0.0.8", peerAddress: CLIENT_HOST, mtu: 1500 }));

const nobody: Machine<unknown, EngineOutput> = {
  handleInput: () => undefined,
  handleTimeout: () => undefined,
  pollOutput: () => undefined,
  pollTimeout: () => undefined,
};
const wire = { address: LOOPBACK, port: Number(port) };
const ports = await UdpPorts.open([{ role: "natt", local, wire }], backend as UdpBackend);
const driver: Driver<never> = new Driver<never>({
  machine: new Chassis<never>(nobody, lineModule),
  clock: systemClock,
  send: (datagram) => ports.send(datagram),
  sendToHost: ({ bytes }) => tun.write(bytes),
  onBug: (error) => process.stderr.write(`${error}\n`),
});
const tun = TunDevice.open(device, (packets) => driver.hostPackets(device, packets));
ports.onDatagrams((datagrams) => driver.datagrams(datagrams));
process.stdin.on("data", () => {
  const { user, system } = process.cpuUsage();
  const session = lineModule.session(1);
  const up = lineModule.hostLink(device)?.txPackets ?? 0;
  process.stdout.write(`${up} ${session?.txPackets ?? 0} ${user + system}\n`);
});
process.stdin.on("end", () => process.exit());
process.stdout.write("ready\n");
