/**
 * Opens and closes sessions on a server of its own, `node --expose-gc visitors.ts COUNT`, and prints by how much the heap has grown after the
 * first of them. A process of its own: the heap of a test runner moves for reasons of its own.
 */

import type { Client } from "ssh2";
import { access, SshBench, vtyLines } from "../../support/ssh.ts";

const AT_ONCE = 20;
const WARM_UP = 100;

async function visit(bench: SshBench): Promise<void> {
  const client: Client = await bench.connect();
  await new Promise<void>((resolve, reject) => {
    client.on("close", resolve);
    client.shell({ rows: 24, cols: 80 }, (error, channel) => {
      if (error !== undefined) reject(error);
      channel.resume();
      channel.on("close", () => client.end());
      channel.write("show privilege\rexit\r");
    });
  });
  bench.forget(client);
}

async function visits(bench: SshBench, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => visit(bench)));
  }
}

/** Without the log, which is a ring that fills for a while, and without what the bench writes down. */
async function heap(): Promise<number> {
  bench.gateway.logs.clear();
  bench.events.length = 0;
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

await using bench = await new SshBench(access({ lines: vtyLines(AT_ONCE) })).start();
await visits(bench, WARM_UP);
const before = await heap();
await visits(bench, Number(process.argv[2]));
const grownBytes = (await heap()) - before;
const connections = bench.gateway.ssh?.connections.length ?? -1;
process.stdout.write(JSON.stringify({ grownBytes, logins: bench.gateway.logins.all.length, connections }));
