/** Datagrams in batches over the loopback: whatever is put together on the way is apart again, whole and in order. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { hostSystem } from "../../../src/dataplane/io/native/system.ts";
import { NativeUdpSocket } from "../../../src/dataplane/io/native/udp-socket.ts";
import { ipv4FromNumber } from "../../../src/engine/kernel/address.ts";

const BUFFER_LENGTH = 4 * 1024 * 1024;
const LOOPBACK = "127.0.0.1";
const found = hostSystem();
const title = (name: string) => ("system" in found ? name : `${name} (not here: ${found.reason})`);

function open(receive: (address: number, port: number, octets: Uint8Array) => void): NativeUdpSocket {
  if (!("system" in found)) throw new Error(found.reason);
  return new NativeUdpSocket(found.system, LOOPBACK, 0, { bufferLength: BUFFER_LENGTH }, receive);
}

/** However long the kernel of a busy machine takes: what never comes ends by the limit of the test. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test.skipIf(!("system" in found))(title("runs of any lengths to several peers arrive as they were sent"), async () => {
  const heard: string[][] = [[], []];
  const sender = open(() => undefined);
  const receivers = heard.map((list) =>
    open((address, port, octets) => {
      expect([ipv4FromNumber(address), port]).toEqual([LOOPBACK, sender.port]);
      list.push(`${octets.length}:${octets[0]}:${octets[octets.length - 1]}`);
    }),
  );
  const datagrams = fc.array(
    fc.record({
      to: fc.constantFrom(0, 1),
      length: fc.oneof(fc.constantFrom(1400, 1400, 1400, 1400, 1472, 100, 1), fc.integer({ min: 0, max: 9000 })),
      repeat: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 150 })),
    }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(datagrams, async (runs) => {
      const expected: string[][] = [[], []];
      for (const list of heard) list.length = 0;
      let mark = 0;
      for (const { to, length, repeat } of runs) {
        for (let i = 0; i < repeat && expected.flat().length < 300; i += 1) {
          mark = (mark + 1) & 0xff;
          sender.send(LOOPBACK, receivers[to]?.port ?? 0, new Uint8Array(length).fill(mark));
          expected[to]?.push(length === 0 ? "0:undefined:undefined" : `${length}:${mark}:${mark}`);
        }
      }
      await until(() => heard.flat().length >= expected.flat().length);
      expect(heard).toEqual(expected);
    }),
    { numRuns: 60, seed: 4 },
  );
  expect(sender.sendErrors).toBe(0);
  for (const socket of [sender, ...receivers]) socket.close();
});

test.skipIf(!("system" in found))(
  title("what the kernel refuses is counted and takes nothing else with it"),
  async () => {
    const heard: number[] = [];
    const receiver = open((_address, _port, octets) => heard.push(octets.length));
    const sender = open(() => undefined);
    sender.send(LOOPBACK, receiver.port, new Uint8Array(10));
    sender.send("255.255.255.255", 9, new Uint8Array(10));
    sender.send(LOOPBACK, 0, new Uint8Array(10));
    sender.send(LOOPBACK, receiver.port, new Uint8Array(65_520));
    sender.send(LOOPBACK, receiver.port, new Uint8Array(20));
    await until(() => heard.length >= 2);
    expect(heard).toEqual([10, 20]);
    expect(sender.sendErrors).toBe(3);
    sender.close();
    receiver.close();
    sender.send(LOOPBACK, 9, new Uint8Array(1));
  },
);
