/**
 * A TUN device whose other end is a mirror: what is sent to 10.9.0.2 comes back from there to 10.9.0.1. A TCP connection of the host with itself goes through it twice, in runs that
 * its kernel has made and takes. Prints what became of it.
 */

import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { TunDevice } from "../../src/dataplane/io/native/tun.ts";

const LENGTH = 8 * 1024 * 1024;
let reads = 0;
let longest = 0;

const tun = TunDevice.open("mirror0", (packets) => {
  for (const packet of packets) {
    reads += 1;
    longest = Math.max(longest, packet.length);
    const source = packet.slice(12, 16);
    packet.copyWithin(12, 16, 20);
    packet.set(source, 16);
    tun.write(packet);
  }
});
for (const line of ["addr add 10.9.0.1/24 dev mirror0", "link set mirror0 mtu 1400 up", "link set lo up"]) {
  spawnSync("ip", line.split(" "));
}
const received = createHash("sha256");
let length = 0;
const server = createServer((socket) => {
  socket.on("data", (data: Buffer) => {
    received.update(data);
    length += data.length;
  });
  socket.on("end", () => socket.end());
});
server.listen(5001, "10.9.0.1");
await once(server, "listening");
const octets = randomBytes(LENGTH);
const client = connect(5001, "10.9.0.2");
client.end(octets);
client.resume();
await once(client, "close");
const whole = received.digest("hex") === createHash("sha256").update(octets).digest("hex");
process.stdout.write(
  `offload: ${tun.offload}; ${length} octets, ${whole ? "whole" : "damaged"}; longest packet ${longest}; `,
);
process.stdout.write(
  `${reads} packets; ${tun.counters.writeErrors} not written, ${tun.counters.readErrors} not read\n`,
);
process.exit();
