/** Several line modules as one: whatever passes through them, clients and the host get what a single one would have given them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { Fabric } from "../../../src/dataplane/workers/fabric.ts";
import { WorkerModule } from "../../../src/dataplane/workers/worker-module.ts";
import {
  type AccessListEntrySpec,
  type AccessListSpec,
  ANY_WILDCARD,
  type WildcardAddress,
} from "../../../src/engine/access-list-spec.ts";
import type { Programming, Transmission } from "../../../src/engine/forwarding.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { DEVICE, hostPacketsOf, LOOPBACK, wireClients } from "../../support/gateway-with-sessions.ts";
import { datagramsOf, ping, puntsOf } from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

const CLIENTS = 5;
const WORLD = "192.0.2.50";
const BEHIND_FIRST = "172.16.0.9";

/** A fabric and its modules in one thread: every message is cloned and arrives before the next packet. */
class Together {
  readonly fabric: Fabric;
  readonly modules: readonly WorkerModule[];
  /** Where the kernel gives datagrams to: it may be wrong. */
  arrivesAt = 0;
  readonly #datagrams: OuterDatagram[] = [];

  constructor(count: number) {
    const random = seededRandom(1);
    this.fabric = new Fabric({ random, count });
    this.modules = Array.from({ length: count }, (_, index) => {
      const module = index + 1;
      return new WorkerModule({ module, count, random, totals: this.fabric.totalsOf(module) });
    });
    for (const index of this.modules.keys()) this.fabric.begin(index + 1);
  }

  program(operation: Programming): void {
    this.fabric.program(operation);
    this.settle();
  }

  transmit(transmission: Transmission): void {
    this.fabric.transmit(transmission, 1);
    this.settle();
  }

  receive(datagram: OuterDatagram): void {
    const module = this.modules[this.arrivesAt - 1];
    if (module === undefined) this.fabric.receiveAll([datagram], 1, () => undefined);
    else module.receiveAll([datagram], 1);
    this.settle();
  }

  receiveFromHost(device: string, bytes: Uint8Array): void {
    this.fabric.receiveFromHost(device, bytes, 1);
    this.settle();
  }

  pollDatagram(): OuterDatagram | undefined {
    return this.fabric.pollDatagram() ?? this.#datagrams.shift();
  }

  settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (let sent = this.fabric.pollMessage(); sent !== undefined; sent = this.fabric.pollMessage()) {
        busy = true;
        this.modules[sent.module - 1]?.handleMessage(structuredClone(sent.message), 1);
      }
      for (const [index, source] of [this.fabric, ...this.modules].entries()) {
        for (let given = source.pollHandOver(); given !== undefined; given = source.pollHandOver()) {
          busy = true;
          expect(given.module).not.toBe(index);
          (given.module === 0 ? this.fabric : this.modules[given.module - 1])?.receiveHandedOver(given, 1);
        }
      }
      for (const [index, worker] of this.modules.entries()) {
        worker.report();
        for (let told = worker.pollMessage(); told !== undefined; told = worker.pollMessage()) {
          busy = true;
          this.fabric.receiveFrom(index + 1, structuredClone(told));
        }
        for (let out = worker.pollDatagram(); out !== undefined; out = worker.pollDatagram()) {
          this.#datagrams.push({ ...out, bytes: out.bytes.slice() });
        }
      }
    }
  }
}

const PLACES = [
  LOOPBACK,
  WORLD,
  BEHIND_FIRST,
  "20.0.0.99",
  ...Array.from({ length: CLIENTS }, (_, i) => `20.0.0.${i + 1}`),
];

function entry(action: "permit" | "deny", destination: WildcardAddress): AccessListEntrySpec {
  const any = { protocol: undefined, sourcePorts: undefined, destinationPorts: undefined, icmp: undefined };
  return { ...any, sequence: 10, action, source: ANY_WILDCARD, destination, log: false };
}

const LISTS: AccessListSpec[] = [
  {
    name: "NO-THIRD",
    kind: "extended",
    entries: [entry("deny", { address: "20.0.0.3", wildcard: "0.0.0.0" }), entry("permit", ANY_WILDCARD)],
  },
];

interface Step {
  readonly from: number;
  readonly source: number;
  readonly to: number;
  readonly length: number;
  readonly mayFragment: boolean;
  readonly timeToLive: number;
  readonly stray: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  /** 0 = the host, else a client. */
  from: fc.integer({ min: 0, max: CLIENTS }),
  /** Mostly its own address. */
  source: fc.constantFrom(-1, -1, -1, -1, 0, 1, 2, 4, 5),
  to: fc.integer({ min: 0, max: PLACES.length - 1 }),
  length: fc.constantFrom(0, 40, 1300, 1390, 1440),
  mayFragment: fc.boolean(),
  timeToLive: fc.constantFrom(64, 64, 64, 1),
  stray: fc.integer({ min: 0, max: 3 }),
});

function packetOf({ from, source, to, length, mayFragment, timeToLive }: Step): Uint8Array {
  const own = from === 0 ? WORLD : `20.0.0.${from}`;
  const sourceAddress = PLACES[source] ?? own;
  const destination = PLACES[to] ?? "";
  if (length === 0) return ping(sourceAddress, destination, timeToLive);
  const packet = simplePacket({
    protocol: 6,
    source: ipv4ToNumber(sourceAddress),
    destination: ipv4ToNumber(destination),
    payload: new Uint8Array(length),
    timeToLive,
  });
  return ipv4Packet.encode({ ...packet, dontFragment: !mayFragment });
}

function hexOf(packets: readonly Uint8Array[]): string[] {
  return packets.map((bytes) => Buffer.from(bytes).toString("hex"));
}

const how = {
  changes: { routes: [{ prefix: { address: "172.16.0.0", length: 24 }, nextHop: "20.0.0.1" }] },
  ip: { accessGroups: { in: "NO-THIRD" }, tcpMss: 1200 },
};

test("random traffic through several line modules gives clients, host, engine and counters what one gives", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 15 }), (count, steps) => {
      const one = new LineModule({ random: seededRandom(1) });
      const several = new Together(count);
      const lists = { type: "configureAccessLists", lists: LISTS } as const;
      one.program(lists);
      several.program(lists);
      const ofOne = wireClients(one, CLIENTS, how);
      const ofSeveral = wireClients(several, CLIENTS, { ...how, modules: count });
      for (const step of steps) {
        const packet = packetOf(step);
        if (step.from === 0) {
          one.receiveFromHost(DEVICE, packet.slice(), 1);
          several.receiveFromHost(DEVICE, packet.slice());
        } else {
          ofOne[step.from - 1]?.send(packet);
          several.arrivesAt = step.stray;
          ofSeveral[step.from - 1]?.send(packet);
        }
        const [datagrams, others] = [datagramsOf(one), datagramsOf(several)];
        expect(ofSeveral.map((client) => hexOf(client.read(others)))).toEqual(
          ofOne.map((client) => hexOf(client.read(datagrams))),
        );
        expect(hexOf(hostPacketsOf(several.fabric))).toEqual(hexOf(hostPacketsOf(one)));
        expect(puntsOf(several.fabric)).toEqual(puntsOf(one));
      }
      for (const { connection, inboundSpi } of ofSeveral.map(({ peer }) => peer)) {
        const single = ofOne[connection - 1]?.peer.inboundSpi ?? 0;
        expect(several.fabric.session(connection)).toEqual(one.session(connection));
        expect(several.fabric.inboundSa(connection, inboundSpi)).toEqual(one.inboundSa(connection, single));
      }
      expect(several.fabric.totals()).toEqual(one.totals());
      expect(several.fabric.hostLink(DEVICE)).toEqual(one.hostLink(DEVICE));
      expect(several.fabric.accessList("NO-THIRD")).toEqual(one.accessList("NO-THIRD"));
    }),
  );
});
