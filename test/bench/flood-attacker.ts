/** The other process of `flood.ts`: sockets on many loopback addresses that begin negotiations and send ESP for nobody, at the rates asked for. */

import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { payloadType } from "../../src/engine/wire/isakmp-payload.ts";
import { Prober, Target } from "../support/ike-prober.ts";

const SOCKETS = 64;
const STEP_MILLIS = 5;
const ESP_PER_SECOND = 10_000;
const ESP_OCTETS = 96;

const [ikePort = 0, nattPort = 0, attempts = 0, seconds = 1] = process.argv.slice(2).map(Number);

const first = new Prober(new Target()).first();
const third = new Prober(new Target()).clear([
  { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
  { type: payloadType.nonce, body: new Uint8Array(20).fill(1) },
]);
let answers = 0;
let thirds = 0;

function socketAt(index: number): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.on("error", () => undefined);
  socket.on("message", (bytes, from) => {
    answers += 1;
    if (answers % 10 !== 0 || bytes.length < 28) return;
    const message = Buffer.from(third);
    bytes.copy(message, 0, 0, 16);
    thirds += 1;
    socket.send(message, from.port, from.address);
  });
  return new Promise((resolve) => {
    // On Linux all of 127/8 is the host's own.
    const address = process.platform === "linux" ? `127.0.1.${index + 1}` : "127.0.0.1";
    socket.bind({ address, port: 0 }, () => resolve(socket));
  });
}

const sockets = await Promise.all(Array.from({ length: SOCKETS }, (_, index) => socketAt(index)));
const began = performance.now();
let sent = 0;
let esp = 0;
const timer = setInterval(() => {
  const passed = (performance.now() - began) / 1000;
  const due = Math.min(attempts, Math.floor((passed / seconds) * attempts));
  for (; sent < due; sent += 1) {
    const message = Buffer.from(first);
    randomBytes(8).copy(message);
    sockets[sent % SOCKETS]?.send(message, ikePort, "127.0.0.1");
  }
  for (const espDue = Math.floor(Math.min(passed, seconds) * ESP_PER_SECOND); esp < espDue; esp += 1) {
    const packet = randomBytes(ESP_OCTETS);
    packet[0] = 0xc0;
    sockets[esp % SOCKETS]?.send(packet, nattPort, "127.0.0.1");
  }
  if (passed < seconds) return;
  clearInterval(timer);
  process.send?.({ firstMessages: sent, thirdMessages: thirds, answers, espPackets: esp });
  for (const socket of sockets) socket.close();
}, STEP_MILLIS);
