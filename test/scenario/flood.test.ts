/**
 * A flood of strangers in simulated time: half-open negotiations from one address and from many, some of them far enough to cost a key
 * agreement, and ESP for nobody. An established client loses no ping, a new one comes in, and what is remembered stays bounded.
 * FLOOD_ATTEMPTS sets how many (5000; 100000 take about a minute); ESP comes at 10 000 packets a second for as long as they last.
 */

import { expect, test } from "vitest";
import { MAX_CONFIRMED, MAX_UNCONFIRMED } from "../../src/engine/ike/half-open.ts";
import { decodeIsakmpHeader } from "../../src/engine/wire/isakmp-header.ts";
import { payloadType } from "../../src/engine/wire/isakmp-payload.ts";
import { Prober, Target } from "../support/ike-prober.ts";
import { GATEWAY, INSIDE, Lab, NAT } from "../support/lab.ts";
import { seededRandom } from "../support/random.ts";
import { specOf } from "../support/specs.ts";

const ATTEMPTS = Number(process.env.FLOOD_ATTEMPTS ?? 5000);
const PER_SECOND = 2000;
const ESP_PER_SECOND = 10_000;
const STEP_MILLIS = 10;
const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 200;

test.each([
  ["one address", () => "192.0.2.66"],
  ["many addresses", (attempt: number) => `100.${64 + (attempt >> 16)}.${(attempt >> 8) & 255}.${attempt & 255}`],
])(
  "half-open negotiations without end from %s, and ESP at random: pings pass and memory is bounded",
  (_, addressOf) => {
    const lab = new Lab({ spec: specOf(), network: { agreementMillis: 1 }, captures: false });
    const nat = lab.nat();
    const client = lab.client({ nat }).connect();
    const random = seededRandom(17);
    const first = new Prober(new Target()).first();
    const third = new Prober(new Target()).clear([
      { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
      { type: payloadType.nonce, body: new Uint8Array(20).fill(1) },
    ]);
    let answered = 0;
    let unasked = 0;
    const asked = new Set<string>();
    lab.network.observe(({ source, destination, payload }) => {
      if (source.address !== GATEWAY || source.port !== 500 || destination.address === NAT) return;
      const key = `${destination.address}:${destination.port}`;
      if (!asked.delete(key)) unasked += 1;
      answered += 1;
      // One in ten goes on as far as a stranger can.
      if (answered % 10 !== 0 || payload.length < 28) return;
      const { initiatorCookie, responderCookie } = decodeIsakmpHeader(payload);
      const bytes = third.slice();
      bytes.set(initiatorCookie, 0);
      bytes.set(responderCookie, 8);
      asked.add(key);
      lab.network.inject({ protocol: "udp", source: destination, destination: source, payload: bytes });
    });
    const heapBefore = process.memoryUsage().heapUsed;
    let sent = 0;
    let pings = 0;
    const since = lab.network.now;
    const gateway = (port: number) => ({ address: GATEWAY, port });
    while (sent < ATTEMPTS) {
      for (let i = 0; i < (PER_SECOND * STEP_MILLIS) / 1000; i += 1, sent += 1) {
        const payload = first.slice();
        payload.set(random.bytes(8), 0);
        const source = { address: addressOf(sent), port: 1024 + (sent % 60_000) };
        asked.add(`${source.address}:${source.port}`);
        lab.network.inject({ protocol: "udp", source, destination: gateway(500), payload });
      }
      for (let i = 0; i < (ESP_PER_SECOND * STEP_MILLIS) / 1000; i += 1) {
        const payload = random.bytes(96);
        payload[0] = 0xc0;
        const source = { address: addressOf(i), port: 1024 + i };
        lab.network.inject({ protocol: "udp", source, destination: gateway(4500), payload });
      }
      if (sent % (10 * PER_SECOND * (STEP_MILLIS / 1000)) === 0) {
        client.sendPing(INSIDE);
        pings += 1;
      }
      lab.run(STEP_MILLIS);
      expect(lab.snapshot.ikeSas.length).toBeLessThanOrEqual(MAX_UNCONFIRMED + MAX_CONFIRMED + 2);
    }
    lab.run(1000);
    expect(client.answeredPings(since)).toHaveLength(pings);
    expect(lab.client({ nat }).connect().state).toBe("up");
    expect(unasked, "answers that nobody asked for").toBe(0);
    expect(lab.events.filter(({ severity }) => severity !== "debug").length).toBeLessThan(1000 + ATTEMPTS / 20);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(MOST_MEGABYTES * MEGABYTE);
    lab.run(60_000);
    expect(lab.holdings).toMatchObject({ ikeSas: 2, connections: 2, sessions: 2 });
  },
  300_000,
);
