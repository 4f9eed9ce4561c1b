import { expect, test } from "vitest";
import type { ChassisInput } from "../../../src/dataplane/chassis.ts";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { Nat } from "../../../src/dataplane/sim/nat.ts";
import { Network, type NetworkOptions, standardPorts } from "../../../src/dataplane/sim/network.ts";
import type { Deadline, Machine, Millis } from "../../../src/engine/kernel/machine.ts";
import { Outputs } from "../../../src/engine/kernel/outputs.ts";
import { seededRandom } from "../../support/random.ts";

/** Sends what it is told to, remembers what comes, and answers it when asked to. */
class Talker implements Machine<ChassisInput<OuterDatagram>, OuterDatagram> {
  readonly heard: { at: Millis; from: string; mark: number }[] = [];
  readonly timeouts: Millis[] = [];
  readonly #answers: boolean;
  readonly #outputs = new Outputs<OuterDatagram>();
  deadline: Deadline | undefined;

  constructor(answers = false) {
    this.#answers = answers;
  }

  handleInput(input: ChassisInput<OuterDatagram>, now: Millis): void {
    if (input.type === "request") {
      this.#outputs.push(input.request);
      return;
    }
    if (input.type !== "datagrams") return;
    for (const { role, flow, bytes } of input.datagrams) {
      this.heard.push({ at: now, from: `${flow.remote.address}:${flow.remote.port}`, mark: bytes[0] ?? 0 });
      if (this.#answers) this.#outputs.push({ role, flow, bytes });
    }
  }

  handleTimeout(now: Millis): void {
    this.timeouts.push(now);
    this.deadline = undefined;
  }

  pollOutput(): OuterDatagram | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.deadline;
  }
}

const SERVER = "203.0.113.1";

function message(from: string, mark: number): OuterDatagram {
  const local = { address: from, port: 4500 };
  return {
    role: "natt",
    flow: { local, remote: { address: SERVER, port: 4500 }, wire: local },
    bytes: Uint8Array.of(mark),
  };
}

function setup(options: Partial<NetworkOptions> = {}) {
  const network = new Network({ random: seededRandom(3), startAt: 1000, ...options });
  const server = new Talker(true);
  network.attach(server, standardPorts(SERVER));
  return { network, server };
}

test("a datagram arrives after the latency, and its answer after two", () => {
  const { network, server } = setup({ latencyMillis: 20 });
  const client = new Talker();
  const host = network.attach(client, standardPorts("192.0.2.1"));
  host.request(message("192.0.2.1", 7));
  expect(network.runUntilQuiet(1000)).toBe(true);
  expect(server.heard).toEqual([{ at: 1020, from: "192.0.2.1:4500", mark: 7 }]);
  expect(client.heard).toEqual([{ at: 1040, from: `${SERVER}:4500`, mark: 7 }]);
});

test("two hosts with one address behind two NATs, and two behind one, are told apart by their outside endpoints", () => {
  const { network, server } = setup();
  const one = new Nat({ outside: "198.51.100.1", ports: { first: 5000 } });
  const two = new Nat({ outside: "198.51.100.2", ports: { first: 6000 } });
  const clients = [
    ["10.0.0.2", one],
    ["10.0.0.3", one],
    ["10.0.0.2", two],
  ] as const;
  const talkers = clients.map(([address, nat], index) => {
    const talker = new Talker();
    network.attach(talker, standardPorts(address), nat).request(message(address, index));
    return talker;
  });
  network.runUntilQuiet(1000);
  expect(server.heard.map(({ from }) => from)).toEqual(["198.51.100.1:5000", "198.51.100.1:5001", "198.51.100.2:6000"]);
  expect(talkers.map(({ heard }) => heard.map(({ mark }) => mark))).toEqual([[0], [1], [2]]);
});

test("a lossy link loses about its share, and the same seed loses the same", () => {
  const run = () => {
    const { network, server } = setup({ loss: 0.3 });
    const host = network.attach(new Talker(), standardPorts("192.0.2.1"));
    for (let i = 0; i < 500; i += 1) host.request(message("192.0.2.1", i & 255));
    network.runUntilQuiet(1000);
    return server.heard.length;
  };
  expect(run()).toBe(run());
  expect(run()).toBeGreaterThan(310);
  expect(run()).toBeLessThan(390);
});

test("a link may double packets and let them overtake each other", () => {
  const { network, server } = setup({ duplication: 0.5, jitterMillis: 30 });
  const host = network.attach(new Talker(), standardPorts("192.0.2.1"));
  for (let i = 0; i < 100; i += 1) host.request(message("192.0.2.1", i));
  network.runUntilQuiet(1000);
  const marks = server.heard.map(({ mark }) => mark);
  expect(marks.length).toBeGreaterThan(120);
  expect(new Set(marks).size).toBe(100);
  expect(marks).not.toEqual([...marks].sort((a, b) => a - b));
});

test("deadlines are kept to the millisecond, however far away", () => {
  const { network, server } = setup();
  server.deadline = { at: 3_600_000, why: "an hour" };
  network.runFor(3_599_000 - 1000);
  expect(server.timeouts).toEqual([]);
  network.runFor(1000);
  expect(server.timeouts).toEqual([3_600_000]);
  expect(network.now).toBe(3_600_000 - 1000 + 1000);
});

test("every packet of the public side is observed, and a filter drops what it refuses", () => {
  const { network, server } = setup();
  const seen: number[] = [];
  network.observe(({ payload }) => seen.push(payload[0] ?? 0));
  network.setFilter(({ payload }) => payload[0] !== 2);
  const host = network.attach(new Talker(), standardPorts("192.0.2.1"));
  for (const mark of [1, 2, 3]) host.request(message("192.0.2.1", mark));
  network.runUntilQuiet(1000);
  expect(server.heard.map(({ mark }) => mark)).toEqual([1, 3]);
  expect(seen).toEqual([1, 2, 3, 1, 3]);
});

test("anyone's packet can be put on the wire, and one to nobody is lost", () => {
  const { network, server } = setup();
  const source = { address: "192.0.2.66", port: 1 };
  const payload = Uint8Array.of(9);
  network.inject({ protocol: "udp", source, destination: { address: SERVER, port: 4500 }, payload });
  network.inject({ protocol: "udp", source, destination: { address: SERVER, port: 7 }, payload });
  expect(network.runUntilQuiet(1000)).toBe(true);
  expect(server.heard).toMatchObject([{ from: "192.0.2.66:1", mark: 9 }]);
});
