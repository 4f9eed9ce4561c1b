/** Who may take a tunnel along to another connection, message by message: only who answers with the magic number of the session. */

import { expect, test } from "vitest";
import type { L2tpPath } from "../../../src/engine/forwarding.ts";
import type { Identity } from "../../../src/engine/ike/events.ts";
import { seededRandom } from "../../../src/engine/kernel/seeded-random.ts";
import { Failover, type FailoverOutput } from "../../../src/engine/router/failover.ts";
import { controlCode, controlPacket } from "../../../src/engine/wire/ppp-control.ts";

const NAT = "198.51.100.7";
const SELF: Identity = { type: "address", address: "10.0.0.9" };
const MAGIC = { local: 0x1111_2222, peer: 0x3333_4444 };
const local = { address: "203.0.113.1", port: 1701 };

function path(connection: number, port = 1024): L2tpPath {
  return { virtualRouter: "default", local, remote: { address: NAT, port }, connection };
}

class Site {
  readonly failover: Failover;
  heardAt = 0;
  magic: typeof MAGIC | undefined = MAGIC;

  constructor() {
    this.failover = new Failover({
      random: seededRandom(1),
      heardAt: () => this.heardAt,
      magicOf: () => this.magic,
    });
    this.open(1, SELF, 0);
    this.failover.sessionOpened({
      type: "sessionOpened",
      session: 7,
      tunnel: 3,
      path: path(1),
      localTunnelId: 1000,
      localSessionId: 2000,
      remoteTunnelId: 1,
      remoteSessionId: 5,
      sequencing: false,
      followsPeer: false,
      proxy: undefined,
      profile: undefined,
    });
    this.own(1);
  }

  open(connection: number, peerIdentity: Identity, now: number): void {
    const flow = { local, remote: { address: NAT, port: 20_000 + connection }, wire: local };
    const opened = { connection, virtualRouter: "default", flow, encapsulation: "udp", behindNat: true } as const;
    const gateway = { gateway: undefined, peerIdentity, peerPort: 0 };
    const place = { demuxPort: 1023 + connection, exclusive: false };
    this.failover.connectionOpened({ type: "connectionOpened", ...opened, ...gateway }, place, now);
  }

  own(connection: number): void {
    this.failover.tunnelOpened({ type: "tunnelOpened", tunnel: 9, path: path(connection), profile: undefined });
  }

  stray(connection: number, frame: Uint8Array, now: number): void {
    this.failover.strayFrame(7, path(connection, 1025), frame, now);
  }

  outputs(): FailoverOutput[] {
    const outputs: FailoverOutput[] = [];
    for (let output = this.failover.pollOutput(); output !== undefined; output = this.failover.pollOutput()) {
      outputs.push(output);
    }
    return outputs;
  }

  types(): string[] {
    return this.outputs().map(({ type }) => type);
  }

  /** The echo in the question that is outstanding. */
  question() {
    const asked = this.outputs().find((output) => output.type === "ask");
    if (asked?.type !== "ask") throw new Error("nothing was asked");
    // Six octets of L2TP, then address, control and protocol.
    return controlPacket.decode(asked.bytes.subarray(10));
  }
}

const DATA = Uint8Array.of(0x00, 0x21, 1, 2, 3);

function reply(question: { readonly identifier: number; readonly data: Uint8Array }, magic: number): Uint8Array {
  const data = question.data.slice();
  new DataView(data.buffer).setUint32(0, magic);
  const packet = controlPacket.encode({ code: controlCode.echoReply, identifier: question.identifier, data });
  return Uint8Array.from([0xc0, 0x21, ...packet]);
}

function met(): Site {
  const site = new Site();
  site.open(2, SELF, 1000);
  site.stray(2, DATA, 1500);
  return site;
}

test("who answers with the magic number takes the tunnel along", () => {
  const site = met();
  const question = site.question();
  expect(new DataView(question.data.buffer, question.data.byteOffset).getUint32(0)).toBe(MAGIC.local);
  site.stray(2, reply(question, MAGIC.peer), 1600);
  expect(site.outputs()).toEqual([{ type: "found", tunnel: 3, sessions: [7], path: path(2, 1025), left: 1 }]);
});

test.each([
  ["another magic number", (site: Site) => reply(site.question(), MAGIC.peer + 1)],
  ["our own magic number given back", (site: Site) => reply(site.question(), MAGIC.local)],
  ["another identifier", (site: Site) => reply({ ...site.question(), identifier: (300 & 0xff) ^ 0x55 }, MAGIC.peer)],
  ["other octets than were sent", (site: Site) => reply({ ...site.question(), data: new Uint8Array(12) }, MAGIC.peer)],
  ["a reply without them", (site: Site) => reply({ ...site.question(), data: new Uint8Array(4) }, MAGIC.peer)],
  ["data again", () => DATA],
  ["half a packet", (site: Site) => reply(site.question(), MAGIC.peer).subarray(0, 7)],
])("%s proves nothing", (_, answer) => {
  const site = met();
  site.stray(2, answer(site), 1600);
  expect(site.types()).not.toContain("found");
});

test("where both ends have the same magic number it proves nothing: what we sent could come back", () => {
  const site = met();
  site.magic = { local: MAGIC.local, peer: MAGIC.local };
  site.stray(2, reply(site.question(), MAGIC.local), 1600);
  expect(site.types()).not.toContain("found");
});

test("the answer must come from where the question went", () => {
  const site = met();
  site.open(3, SELF, 1000);
  const answer = reply(site.question(), MAGIC.peer);
  site.stray(3, answer, 1600);
  expect(site.types()).toEqual([]);
});

test.each<readonly [string, (site: Site) => void]>([
  ["another identity", (site) => site.open(2, { type: "address", address: "10.0.0.8" }, 1000)],
  [
    "a tunnel of its own",
    (site) => {
      site.open(2, SELF, 1000);
      site.own(2);
    },
  ],
  [
    "the old connection is still heard",
    (site) => {
      site.open(2, SELF, 1000);
      site.heardAt = 1400;
    },
  ],
  [
    "the link has no magic number",
    (site) => {
      site.open(2, SELF, 1000);
      site.magic = { local: 1, peer: 0 };
    },
  ],
  [
    "LCP is not open",
    (site) => {
      site.open(2, SELF, 1000);
      site.magic = undefined;
    },
  ],
])("nobody is asked where there is %s", (_, arrange) => {
  const site = new Site();
  arrange(site);
  site.stray(2, DATA, 1500);
  site.failover.handleTimeout(20_000);
  expect(site.types()).toEqual([]);
});

test("a connection is asked a bounded number of times, once in a second", () => {
  const site = new Site();
  site.open(2, SELF, 1000);
  for (let now = 1000; now < 500_000; now += 100) {
    site.stray(2, DATA, now);
    site.failover.handleTimeout(now);
  }
  expect(site.types()).toHaveLength(32);
});

test("many silent neighbours of one name: a newcomer without a tunnel is asked about eight of them, three times", () => {
  const site = new Site();
  for (let connection = 10; connection < 210; connection += 1) {
    site.open(connection, SELF, 0);
    site.own(connection);
    site.failover.sessionOpened({
      type: "sessionOpened",
      session: connection,
      tunnel: connection,
      path: path(connection),
      localTunnelId: connection,
      localSessionId: 1,
      remoteTunnelId: 1,
      remoteSessionId: 5,
      sequencing: false,
      followsPeer: false,
      proxy: undefined,
      profile: undefined,
    });
  }
  site.open(2, SELF, 1000);
  for (let now = 1000; now < 60_000; now += 500) site.failover.handleTimeout(now);
  expect(site.types()).toHaveLength(24);
});

test("what is forgotten is not asked about", () => {
  const site = new Site();
  site.open(2, SELF, 1000);
  site.failover.sessionClosed(7);
  site.stray(2, DATA, 1500);
  site.failover.connectionClosed(1);
  site.failover.connectionClosed(2);
  site.failover.handleTimeout(60_000);
  expect(site.types()).toEqual([]);
  expect(site.failover.pollTimeout()).toBeUndefined();
});
