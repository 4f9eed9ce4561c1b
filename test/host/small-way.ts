/** Sends runs of datagrams over a way that is too narrow for them in one piece, and tells how many came. */

import { hostSystem } from "../../src/dataplane/io/native/system.ts";
import { NativeUdpSocket } from "../../src/dataplane/io/native/udp-socket.ts";

const COUNT = 100;
const BUFFER_LENGTH = 4 * 1024 * 1024;
const found = hostSystem();
if (!("system" in found)) throw new Error(found.reason);
let whole = 0;
const open = (receive: (octets: Uint8Array) => void) =>
  new NativeUdpSocket(found.system, "127.0.0.1", 0, { bufferLength: BUFFER_LENGTH }, (_address, _port, octets) =>
    receive(octets),
  );
const receiver = open((octets) => {
  if (octets.length === 1460 && octets.every((octet) => octet === octets[0])) whole += 1;
});
const sender = open(() => undefined);
for (let i = 0; i < COUNT; i += 1) sender.send("127.0.0.1", receiver.port, new Uint8Array(1460).fill(i));
for (let tries = 0; tries < 3000 && whole < COUNT; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write(`whole: ${whole} of ${COUNT}, refused: ${sender.sendErrors}\n`);
for (const socket of [sender, receiver]) socket.close();
