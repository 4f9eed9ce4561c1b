/**
 * The gateway's data path with line modules on threads, as a program of its own and without the engine: `gateway.ts WORKERS CLIENT-PORT…`, begun by `fork`. It tells
 * its port, and for every message that it gets what it has done so far.
 */

import { Chassis } from "../../../src/dataplane/chassis.ts";
import { systemClock } from "../../../src/dataplane/io/clock.ts";
import { Driver } from "../../../src/dataplane/io/driver.ts";
import { systemRandom } from "../../../src/dataplane/io/entropy.ts";
import { chooseSuite } from "../../../src/dataplane/io/suite-choice.ts";
import { UdpPorts } from "../../../src/dataplane/io/udp.ts";
import { ModuleThreads } from "../../../src/dataplane/io/workers/module-threads.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { Fabric } from "../../../src/dataplane/workers/fabric.ts";
import type { EngineOutput } from "../../../src/engine/forwarding.ts";
import type { Machine } from "../../../src/engine/kernel/machine.ts";
import { wiredRouter } from "../../support/gateway-with-sessions.ts";
import { GATEWAY } from "../../support/line-peer.ts";
import { clientPeer, HOST, programSession } from "./clients.ts";

export interface Done {
  /** To clients. */
  readonly packets: number;
  readonly handedOver: number;
  /** Processor time in microseconds, of all threads and of the main one. */
  readonly cpu: number;
  readonly mainThread: number;
}

const [workers = 0, ...clientPorts] = process.argv.slice(2).map(Number);
const local = { address: GATEWAY, port: 4500 };
const { suite } = chooseSuite();
const random = systemRandom();
const fabric = workers === 0 ? undefined : new Fabric({ random, suite, lends: true, count: workers });
const lineModule = fabric ?? new LineModule({ random, suite, lends: true });

const nobody: Machine<unknown, EngineOutput> = {
  handleInput: () => undefined,
  handleTimeout: () => undefined,
  pollOutput: () => undefined,
  pollTimeout: () => undefined,
};
const ports = await UdpPorts.open(
  [{ role: "natt", local, wire: { address: HOST, port: 0 } }],
  undefined,
  fabric !== undefined,
);
const wire = ports.wireOf(local);
if (wire === undefined) throw new Error("no port");
const driver: Driver<never> = new Driver<never>({
  machine: new Chassis<never>(nobody, lineModule),
  clock: systemClock,
  send: (datagram) => ports.send(datagram),
  onSettled: () => threads?.flush(),
  onBug: (error) => process.stderr.write(`${error}\n`),
});
const threads = fabric === undefined ? undefined : moduleThreads();
ports.onDatagrams((datagrams) => driver.datagrams(datagrams));

if (threads?.listen(local, wire, false) === false) throw new Error("the kernel does not share out by SPI");
if (fabric !== undefined) threads?.serve(fabric);
lineModule.program(wiredRouter({ hostLinks: [] }));
for (const [index, port] of clientPorts.entries()) {
  clientPeer(lineModule, index + 1, port, workers);
  programSession(lineModule, index + 1);
}
threads?.flush();

process.on("message", () => process.send?.(done()));
process.on("disconnect", () => process.exit());
process.send?.(wire.port);

function moduleThreads(): ModuleThreads {
  return new ModuleThreads({
    count: workers,
    log: (_area, _level, text, details) => process.stderr.write(`${text} ${JSON.stringify(details)}\n`),
    clock: systemClock,
    after: (millis, work) => {
      const timer = setTimeout(work, millis);
      return () => clearTimeout(timer);
    },
    wake: () => driver.wake(),
    send: (datagram) => ports.send(datagram),
    lost: () => process.exit(1),
  });
}

function done(): Done {
  const all = process.cpuUsage();
  const main = process.threadCpuUsage();
  return {
    packets: clientPorts.reduce((sum, _, index) => sum + (lineModule.session(index + 1)?.txPackets ?? 0), 0),
    handedOver: fabric?.views().reduce((sum, view) => sum + view.handedOver, 0) ?? 0,
    cpu: all.user + all.system,
    mainThread: main.user + main.system,
  };
}
