import { expect, test } from "vitest";
import type { ChassisInput } from "../../../src/dataplane/chassis.ts";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { systemClock } from "../../../src/dataplane/io/clock.ts";
import { Driver } from "../../../src/dataplane/io/driver.ts";
import { systemRandom } from "../../../src/dataplane/io/entropy.ts";
import { hostSystem } from "../../../src/dataplane/io/native/system.ts";
import { PortError, type UdpBackend, UdpPorts } from "../../../src/dataplane/io/udp.ts";
import { Bug } from "../../../src/engine/kernel/errors.ts";
import type { Deadline, Machine, Millis } from "../../../src/engine/kernel/machine.ts";
import { Outputs } from "../../../src/engine/kernel/outputs.ts";

type Request =
  | { readonly type: "send"; readonly datagram: OuterDatagram }
  | { readonly type: "wakeAt"; readonly at: Millis }
  | { readonly type: "fail" };

/** Sends, waits, fails as told; tells what happened through promises. */
class Told implements Machine<ChassisInput<Request>, OuterDatagram> {
  readonly #outputs = new Outputs<OuterDatagram>();
  readonly datagrams = new Arrivals<OuterDatagram>();
  readonly timeouts = new Arrivals<Millis>();
  #deadline: Deadline | undefined;
  failing = false;

  handleInput(input: ChassisInput<Request>, _now: Millis): void {
    if (input.type === "datagrams") for (const datagram of input.datagrams) this.datagrams.push(datagram);
    if (input.type !== "request") return;
    const { request } = input;
    if (request.type === "fail") throw new Bug("told to fail");
    if (request.type === "send") this.#outputs.push(request.datagram);
    else this.#deadline = { at: request.at, why: "told to wait" };
  }

  handleTimeout(now: Millis): void {
    if (this.#deadline === undefined || now < this.#deadline.at) return;
    if (this.failing) throw new Bug("told to fail");
    this.#deadline = undefined;
    this.timeouts.push(now);
  }

  pollOutput(): OuterDatagram | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#deadline;
  }
}

/** A queue that can be awaited. */
class Arrivals<Value> {
  readonly #values: Value[] = [];
  #waiting: ((value: Value) => void) | undefined;

  push(value: Value): void {
    if (this.#waiting === undefined) this.#values.push(value);
    else this.#waiting(value);
    this.#waiting = undefined;
  }

  get waiting(): number {
    return this.#values.length;
  }

  next(): Promise<Value> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}

const local = { address: "203.0.113.1", port: 4500 };
const port = { role: "natt" as const, local, wire: { address: "127.0.0.1", port: 0 } };

function driven(send: (datagram: OuterDatagram) => void = () => undefined) {
  const machine = new Told();
  const bugs = new Arrivals<unknown>();
  const driver = new Driver<Request>({ machine, clock: systemClock, send, onBug: (error) => bugs.push(error) });
  return { machine, bugs, driver };
}

/** Both kinds of sockets, where the host has both. */
const backends: readonly UdpBackend[] = "system" in hostSystem() ? ["native", "node"] : ["node"];

test.each(backends)(
  "two machines talk over %s sockets, each by the address that its configuration names",
  async (kind) => {
    const [a, b] = await Promise.all([UdpPorts.open([port], kind), UdpPorts.open([port], kind)]);
    const left = driven((datagram) => a.send(datagram));
    const right = driven((datagram) => b.send(datagram));
    a.onDatagrams((datagrams) => left.driver.datagrams(datagrams));
    b.onDatagrams((datagrams) => right.driver.datagrams(datagrams));
    const wire = a.wireOf(local);
    const remote = b.wireOf(local);
    if (wire === undefined || remote === undefined) throw new Error("no socket");
    const bytes = Uint8Array.of(1, 2, 3);
    left.driver.request({ type: "send", datagram: { role: "natt", flow: { local, remote, wire }, bytes } });
    const received = await right.machine.datagrams.next();
    expect(received).toMatchObject({ role: "natt", flow: { local, wire: remote, remote: wire }, bytes });
    right.driver.request({ type: "send", datagram: { role: "natt", flow: received.flow, bytes: Uint8Array.of(4) } });
    expect(await left.machine.datagrams.next()).toMatchObject({ bytes: Uint8Array.of(4) });
    expect(received.bytes.constructor).toBe(Uint8Array);
    left.driver.stop();
    right.driver.stop();
    await Promise.all([a.close(), b.close()]);
  },
);

test("what no socket stands for is counted, not thrown", async () => {
  const udp = await UdpPorts.open([port, { ...port, role: "esp" }]);
  const flow = { local, remote: { address: "127.0.0.1", port: 9 }, wire: local };
  udp.send({ role: "esp", flow, bytes: new Uint8Array(1) });
  udp.send({ role: "ike", flow: { ...flow, local: { ...local, port: 500 } }, bytes: new Uint8Array(1) });
  expect(udp.counters).toEqual({ sendErrors: 0, noSocket: 2 });
  await udp.close();
});

test.each(backends)(
  "%s: a port in use and a foreign address are told apart, with advice, and leave nothing open",
  async (kind) => {
    const first = await UdpPorts.open([port], kind);
    const taken = { ...port, wire: first.wireOf(local) ?? port.wire };
    await expect(UdpPorts.open([taken], kind)).rejects.toMatchObject({ code: "inUse", message: /is in use/ });
    const foreign = { ...port, wire: { address: "192.0.2.1", port: 4500 } };
    const refused = await UdpPorts.open([port, foreign], kind).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PortError);
    expect(refused).toMatchObject({ code: "notOurAddress", port: foreign, message: /--listen/ });
    await first.close();
  },
);

test("a deadline is kept, not early, and one that moves forward too", async () => {
  const { machine, driver } = driven();
  const start = systemClock.now();
  driver.request({ type: "wakeAt", at: start + 3_600_000 });
  driver.request({ type: "wakeAt", at: start + 15 });
  expect(await machine.timeouts.next()).toBeGreaterThanOrEqual(start + 15);
  driver.request({ type: "wakeAt", at: 0 });
  await machine.timeouts.next();
  driver.stop();
});

test("a fault is reported and the loop lives on", async () => {
  const sent: OuterDatagram[] = [];
  const { machine, bugs, driver } = driven((datagram) => sent.push(datagram));
  driver.request({ type: "fail" });
  expect(await bugs.next()).toBeInstanceOf(Bug);
  const flow = { local, remote: local, wire: local };
  driver.request({ type: "send", datagram: { role: "natt", flow, bytes: new Uint8Array(1) } });
  expect(sent).toHaveLength(1);
  machine.failing = true;
  const since = systemClock.now();
  driver.request({ type: "wakeAt", at: 0 });
  expect(await bugs.next()).toBeInstanceOf(Bug);
  // A deadline that stays in the past does not spin: while another loop waits, nothing more is reported than once a second.
  const other = driven();
  other.driver.request({ type: "wakeAt", at: systemClock.now() + 20 });
  await other.machine.timeouts.next();
  expect(bugs.waiting).toBeLessThanOrEqual(Math.floor((systemClock.now() - since) / 1000));
  machine.failing = false;
  driver.request({ type: "wakeAt", at: 0 });
  await machine.timeouts.next();
  driver.stop();
});

test("a stopped driver hands in nothing more", () => {
  const { bugs, driver, machine } = driven();
  driver.stop();
  driver.request({ type: "fail" });
  bugs.push("nothing before me");
  return expect(bugs.next())
    .resolves.toBe("nothing before me")
    .then(() => expect(machine.pollTimeout()).toBeUndefined());
});

test("entropy gives octets of the asked length that differ and belong to the caller", () => {
  const random = systemRandom();
  const drawn = new Set<string>();
  for (let i = 0; i < 3000; i += 1) drawn.add(random.bytes(16).join());
  expect(drawn.size).toBe(3000);
  expect(random.bytes(100_000).length).toBe(100_000);
  expect(random.bytes(16).buffer.byteLength).toBe(16);
  expect(random.bytes(0).length).toBe(0);
});
