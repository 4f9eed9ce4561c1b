/**
 * Datagrams that come together are treated as they would be one after the other, whatever is among them and whichever suite computes; also where they lie in
 * memory that is used again and again, on the way in and on the way out.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { OuterDatagram } from "../../../src/dataplane/datagram.ts";
import { openOpensslSuite } from "../../../src/dataplane/io/native/suite-openssl.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import type { CryptoSuite } from "../../../src/engine/crypto/suite.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import { KeptViews } from "../../../src/engine/kernel/kept-views.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { toHex } from "../../support/hex.ts";
import {
  controlMessage,
  dataMessage,
  LinePeer,
  ping,
  pppIp,
  puntsOf,
  sessionIp,
  sessionThrough,
} from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

const PEERS = [1, 2, 3];
const OWN = "12.0.0.8";
const openssl = openOpensslSuite();
const suites = [nodeSuite, ...(typeof openssl === "string" ? [] : [openssl])];

interface Chassis {
  readonly gateway: LineModule;
  readonly peers: readonly LinePeer[];
}

/** The same keys every time. */
function chassis(suite: CryptoSuite, lends: boolean): Chassis {
  const gateway = new LineModule({ random: seededRandom(1), suite, lends });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [OWN],
    ipsecOnly: [],
    routes: [],
    hostLinks: [{ device: "lnsh0", address: undefined, mtu: 1500, networks: [{ address: "198.18.0.0", length: 16 }] }],
  });
  const peers = PEERS.map((connection) => {
    const peer = new LinePeer(gateway, { connection });
    gateway.program(sessionThrough(connection));
    gateway.program(sessionIp({ session: connection, localAddress: OWN, peerAddress: `20.0.0.${connection}` }));
    return peer;
  });
  return { gateway, peers };
}

const step = fc.record({
  peer: fc.constantFrom(0, 1, 2),
  what: fc.constantFrom("through", "host", "own", "spoofed", "control", "again", "flipped", "cut", "keepalive", "junk"),
  to: fc.constantFrom(1, 2, 3),
  at: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The peers are those of the chassis that gets the datagrams, so that both see the same sequence numbers. */
function datagramFor(peers: readonly LinePeer[], { peer: index, what, to, at }: Step, sent: OuterDatagram[]) {
  const peer = peers[index] as LinePeer;
  const source = `20.0.0.${index + 1}`;
  const data = (from: string, destination: string) =>
    peer.l2tp(dataMessage(100 + index + 1, 200 + index + 1, pppIp(ping(from, destination))));
  const before = sent.length === 0 ? undefined : sent[at % sent.length];
  switch (what) {
    case "through":
      return data(source, `20.0.0.${to}`);
    case "host":
      return data(source, "198.18.0.1");
    case "own":
      return data(source, OWN);
    case "spoofed":
      return data("20.0.0.9", "198.18.0.1");
    case "control":
      return peer.l2tp(controlMessage(at & 0xff));
    case "again":
      return before ?? data(source, OWN);
    case "keepalive":
      return peer.outer(Uint8Array.of(0xff));
    case "junk":
      return peer.outer(new Uint8Array(at % 70).fill(at & 0xff));
    default: {
      const { role, flow, bytes } = data(source, OWN);
      if (what === "cut") return { role, flow, bytes: bytes.slice(0, at % bytes.length) };
      const changed = bytes.slice();
      changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 0x10;
      return { role, flow, bytes: changed };
    }
  }
}

/** Everything that a line module has to tell; vectors are random, so packets are opened. */
function toldBy({ gateway, peers }: Chassis): unknown {
  const host: string[] = [];
  for (let one = gateway.pollHostPacket(); one !== undefined; one = gateway.pollHostPacket())
    host.push(toHex(one.bytes));
  const sent: string[][] = [];
  for (let datagram = gateway.pollDatagram(); datagram !== undefined; datagram = gateway.pollDatagram()) {
    const own = datagram;
    sent.push(
      peers.map((peer) => {
        const received = peer.open(own);
        return received === undefined ? "" : `${received.sequence} ${toHex(received.message)}`;
      }),
    );
  }
  const counters = peers.map((peer) => [
    gateway.inboundSa(peer.connection, peer.inboundSpi),
    gateway.outboundSa(peer.connection, peer.outboundSpi),
    gateway.session(peer.connection),
  ]);
  const punts = puntsOf(gateway).map((punt) => ("bytes" in punt ? { ...punt, bytes: toHex(punt.bytes) } : punt));
  return structuredClone({ host, sent, counters, punts, totals: gateway.totals(), link: gateway.hostLink("lnsh0") });
}

/** As a socket hands them over: the next ones lie where the last ones were, and have the same views where they are as long. */
class Slots {
  readonly #views = new KeptViews(new Uint8Array(64 * 2048), 11);

  place(datagrams: readonly OuterDatagram[]): OuterDatagram[] {
    return datagrams.map(({ role, flow, bytes }, i) => {
      const slot = this.#views.of(i * 2048, bytes.length);
      slot.set(bytes);
      return { role, flow, bytes: slot };
    });
  }
}

const ways = suites.flatMap((suite) => [
  { suite, name: suite.name, lends: false, way: "of octets of their own" },
  { suite, name: suite.name, lends: true, way: "of lent octets" },
]);

test.each(ways)(
  "a batch $way through the suite $name is what its datagrams are one at a time through the portable one",
  ({ suite, lends }) => {
    const slots = new Slots();
    const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(batches, (rounds) => {
        const [single, together] = [chassis(nobleSuite, false), chassis(suite, lends)];
        const sent: [OuterDatagram[], OuterDatagram[]] = [[], []];
        for (const round of rounds) {
          for (const one of round) {
            const datagram = datagramFor(single.peers, one, sent[0]);
            sent[0].push(datagram);
            single.gateway.receive(datagram, 5);
          }
          const batch = round.map((one) => {
            const datagram = datagramFor(together.peers, one, sent[1]);
            sent[1].push(datagram);
            return datagram;
          });
          together.gateway.receiveAll(lends ? slots.place(batch) : batch, 5);
          expect(toldBy(together)).toEqual(toldBy(single));
        }
      }),
      { numRuns: 40, seed: 12 },
    );
  },
);
