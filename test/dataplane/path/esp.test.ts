import { expect, test } from "vitest";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { nobleSuite } from "../../../src/engine/crypto/suite-noble.ts";
import type { EspKeys, Programming } from "../../../src/engine/forwarding.ts";
import { addressSum, udpChecksum, udpChecksumHolds } from "../../../src/engine/wire/udp.ts";
import { hex } from "../../support/hex.ts";
import {
  controlMessage,
  datagramsOf,
  GATEWAY,
  LinePeer,
  NAT,
  type PeerOptions,
  puntsOf,
  udp,
} from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

function setup(options: Partial<PeerOptions> = {}) {
  const gateway = new LineModule({ random: seededRandom(1) });
  const peer = new LinePeer(gateway, { connection: 1, ...options });
  const counters = () => gateway.inboundSa(1, peer.inboundSpi);
  return { gateway, peer, counters };
}

const suites: readonly Partial<EspKeys>[] = [
  { cipher: "null", encryptionKey: hex(""), integrity: "sha1", integrityKey: hex("01".repeat(20)) },
  { cipher: "des", encryptionKey: hex("0123456789abcdef"), integrity: "md5", integrityKey: hex("02".repeat(16)) },
  { cipher: "3des", encryptionKey: hex("0123456789abcdef".repeat(3)), integrity: "sha1" },
  { cipher: "aes", encryptionKey: hex("03".repeat(24)), integrity: "sha256", integrityKey: hex("04".repeat(32)) },
  { cipher: "aes", encryptionKey: hex("03".repeat(32)), integrity: "sha256", integrityKey: hex("04".repeat(32)) },
  { cipher: "aes-gcm", encryptionKey: hex("05".repeat(20)), integrity: undefined },
];

test.each(suites.map((keys) => ({ keys, name: `${keys.cipher}-${(keys.encryptionKey?.length ?? 0) * 8}` })))(
  "L2TP crosses ESP in both directions with $name, in both suites",
  ({ keys }) => {
    for (const suite of [undefined, nobleSuite]) {
      const gateway = new LineModule({ random: seededRandom(1), ...(suite === undefined ? {} : { suite }) });
      const peer = new LinePeer(gateway, { connection: 1, keys });
      for (let mark = 1; mark < 5; mark += 1) {
        gateway.receive(peer.l2tp(controlMessage(mark)), mark);
        const [punt] = puntsOf(gateway);
        expect(punt).toMatchObject({ type: "l2tp", bytes: controlMessage(mark), path: { connection: 1 } });
        if (punt?.type !== "l2tp") return;
        gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(100 + mark) }, mark);
        const [answer] = datagramsOf(gateway);
        expect(answer).toMatchObject({ role: "natt", flow: peer.flow });
        expect(peer.open(answer)).toMatchObject({ sequence: mark, message: controlMessage(100 + mark) });
      }
    }
  },
);

test.each([undefined, nobleSuite])("whoever gives keys may wipe them once they are installed", (suite) => {
  const gateway = new LineModule({ random: seededRandom(1), ...(suite === undefined ? {} : { suite }) });
  const program = (operation: Programming): void => {
    if (!("keys" in operation)) {
      gateway.program(operation);
      return;
    }
    const encryptionKey = operation.keys.encryptionKey.slice();
    const integrityKey = operation.keys.integrityKey.slice();
    gateway.program({ ...operation, keys: { ...operation.keys, encryptionKey, integrityKey } });
    encryptionKey.fill(0);
    integrityKey.fill(0);
  };
  const peer = new LinePeer({ program }, { connection: 1 });
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const [punt] = puntsOf(gateway);
  expect(punt).toMatchObject({ type: "l2tp", bytes: controlMessage(1) });
  if (punt?.type !== "l2tp") return;
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 2);
  expect(peer.open(datagramsOf(gateway)[0])).toMatchObject({ message: controlMessage(2) });
});

test("counters of both directions count octets from the UDP header on and on the wire", () => {
  const { gateway, peer, counters } = setup();
  const packet = peer.l2tp(controlMessage(1));
  gateway.receive(packet, 5);
  const punt = puntsOf(gateway)[0];
  if (punt?.type === "l2tp") gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 6);
  const sent = datagramsOf(gateway)[0];
  const counted = { packets: 1, octets: 20, lastSequence: 1 };
  expect(counters()).toMatchObject({ ...counted, wireOctets: packet.bytes.length, lastUsedAt: 5 });
  expect(gateway.outboundSa(1, peer.outboundSpi)).toMatchObject({
    ...counted,
    wireOctets: sent?.bytes.length,
    lastUsedAt: 6,
  });
});

test("a packet shorter than the header is malformed, one shorter than its SA allows is an error (cases 8.02, 8.08)", () => {
  const { gateway, peer, counters } = setup();
  const { bytes } = peer.l2tp(controlMessage(1));
  gateway.receive(peer.outer(bytes.subarray(0, 8)), 1);
  expect(gateway.totals().malformed).toBe(1);
  gateway.receive(peer.outer(bytes.subarray(0, 30)), 1);
  expect(counters()).toMatchObject({ otherErrors: 1 });
  gateway.receive(peer.outer(bytes.subarray(0, bytes.length - 1)), 1);
  expect(counters()).toMatchObject({ decryptErrors: 1, packets: 0 });
});

test("a flipped bit of the ICV is an authentication error at each position, and does not move the window (case 8.07)", () => {
  const { gateway, peer, counters } = setup();
  const { bytes } = peer.l2tp(controlMessage(1));
  for (let bit = 0; bit < 96; bit += 1) {
    const damaged = Uint8Array.from(bytes);
    const at = damaged.length - 12 + (bit >> 3);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (bit & 7));
    gateway.receive(peer.outer(damaged), 1);
  }
  expect(counters()).toMatchObject({ authenticationErrors: 96, packets: 0, lastSequence: 0 });
  gateway.receive(peer.outer(bytes), 1);
  expect(counters()).toMatchObject({ packets: 1 });
});

test("number 0 and a replayed packet are refused before they are decrypted (cases 8.09, 8.10)", () => {
  const { gateway, peer, counters } = setup();
  const packet = peer.l2tp(controlMessage(1));
  gateway.receive(packet, 1);
  gateway.receive(packet, 1);
  gateway.receive(peer.esp(udp(1701, 1701, controlMessage(2)), { sequence: 0 }), 1);
  expect(counters()).toMatchObject({ packets: 1, replayErrors: 2 });
  expect(puntsOf(gateway)).toHaveLength(1);
});

test("a number far ahead moves the window, and a forged one does not (cases 8.11, 8.12)", () => {
  const { gateway, peer, counters } = setup();
  const message = udp(1701, 1701, controlMessage(1));
  const forged = peer.esp(message, { sequence: 0xffff_ffff });
  const damaged = { ...forged, bytes: Uint8Array.from(forged.bytes).fill(1, 30, 31) };
  gateway.receive(damaged, 1);
  gateway.receive(peer.esp(message, { sequence: 5 }), 1);
  expect(counters()).toMatchObject({ packets: 1, lastSequence: 5 });
  gateway.receive(peer.esp(message, { sequence: 1_000_000 }), 1);
  gateway.receive(peer.esp(message, { sequence: 6 }), 1);
  expect(counters()).toMatchObject({ packets: 2, replayErrors: 1, lastSequence: 1_000_000 });
  gateway.receive(peer.esp(message, { sequence: 0xffff_ffff }), 1);
  gateway.receive(peer.esp(message, { sequence: 1 }), 1);
  expect(counters()).toMatchObject({ packets: 3, replayErrors: 2 });
});

test("a replay window of 0 lets repeated packets pass", () => {
  const { gateway, peer, counters } = setup({ replayWindow: 0 });
  const packet = peer.l2tp(controlMessage(1));
  gateway.receive(packet, 1);
  gateway.receive(packet, 1);
  expect(counters()).toMatchObject({ packets: 2, replayErrors: 0 });
});

test("next headers other than UDP are dropped as a breach of policy, a dummy packet without a word (case 8.06)", () => {
  const { gateway, peer, counters } = setup();
  for (const nextHeader of [41, 4, 0, 6]) gateway.receive(peer.esp(controlMessage(1), { nextHeader }), 1);
  expect(counters()).toMatchObject({ policyErrors: 4 });
  gateway.receive(peer.esp(controlMessage(1), { nextHeader: 59 }), 1);
  expect(counters()).toMatchObject({ policyErrors: 4, packets: 5 });
  expect(puntsOf(gateway)).toEqual([]);
});

test("an inner packet that is not for 1701 is dropped (case 8.14)", () => {
  const { gateway, peer, counters } = setup();
  for (const port of [0, 53, 500, 1700]) gateway.receive(peer.esp(udp(1701, port, controlMessage(1))), 1);
  expect(counters()).toMatchObject({ policyErrors: 4 });
  expect(puntsOf(gateway)).toEqual([]);
});

test("a client that speaks from a port of its own is spoken to there, and nowhere else", () => {
  const { gateway: client, peer, counters } = setup();
  const path = {
    virtualRouter: "default",
    local: { address: GATEWAY, port: 40_000 },
    remote: { address: NAT, port: 1701 },
    connection: 1,
  };
  client.transmit({ type: "l2tp", path, bytes: controlMessage(1) }, 1);
  expect(peer.open(datagramsOf(client)[0])?.header).toMatchObject({ sourcePort: 40_000, destinationPort: 1701 });
  client.receive(peer.esp(udp(1701, 1701, controlMessage(2))), 1);
  expect(counters()).toMatchObject({ policyErrors: 1 });
  client.receive(peer.esp(udp(1701, 40_000, controlMessage(3))), 1);
  expect(puntsOf(client)).toMatchObject([{ type: "l2tp", path, bytes: controlMessage(3) }]);
});

test("inner UDP that is cut, empty or lies about its length is dropped (case 8.16)", () => {
  const { gateway, peer, counters } = setup();
  const whole = udp(1701, 1701, controlMessage(1));
  for (let length = 0; length < whole.length; length += 1) gateway.receive(peer.esp(whole.subarray(0, length)), 1);
  gateway.receive(peer.esp(udp(1701, 1701, hex(""))), 1);
  expect(counters()).toMatchObject({ otherErrors: whole.length + 1, packets: whole.length + 1 });
  expect(puntsOf(gateway)).toEqual([]);
});

test("octets behind the inner datagram are traffic padding and are cut off (RFC 4303 §2.7)", () => {
  const { gateway, peer } = setup();
  gateway.receive(peer.esp(Uint8Array.from([...udp(1701, 1701, controlMessage(1)), 9, 9, 9])), 1);
  expect(puntsOf(gateway)).toMatchObject([{ bytes: controlMessage(1) }]);
});

test("inside UDP encapsulation a wrong checksum does not matter (case 8.17)", () => {
  const { gateway, peer } = setup();
  gateway.receive(peer.l2tp(controlMessage(1), 0xdead), 1);
  expect(puntsOf(gateway)).toHaveLength(1);
});

test("without a NAT the checksum is verified over the outer addresses; zero is none (cases 8.17, 8.18)", () => {
  const { gateway, peer, counters } = setup({ encapsulation: "esp" });
  gateway.receive(peer.l2tp(controlMessage(1), 0xdead), 1);
  expect(counters()).toMatchObject({ otherErrors: 1 });
  gateway.receive(peer.l2tp(controlMessage(1), 0), 1);
  const bytes = udp(1701, 1701, controlMessage(1));
  const sum = udpChecksum(addressSum(NAT, GATEWAY), bytes, 0, bytes.length);
  gateway.receive(peer.l2tp(controlMessage(1), sum), 1);
  expect(puntsOf(gateway)).toHaveLength(2);
});

test("NAT passthrough does not verify checksums that the NAT made wrong", () => {
  const { gateway, peer } = setup({ encapsulation: "esp", ignoreUdpChecksums: true });
  gateway.receive(peer.l2tp(controlMessage(1), 0xdead), 1);
  expect(puntsOf(gateway)).toHaveLength(1);
});

test("what is sent without UDP encapsulation carries a right checksum; inside it, and through a NAT that passes ESP, none", () => {
  for (const [encapsulation, ignoreUdpChecksums] of [
    ["udp", false],
    ["esp", false],
    ["esp", true],
  ] as const) {
    const { gateway, peer } = setup({ encapsulation, ignoreUdpChecksums });
    gateway.receive(peer.l2tp(controlMessage(1)), 1);
    const punt = puntsOf(gateway)[0];
    if (punt?.type === "l2tp") gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 1);
    const received = peer.open(datagramsOf(gateway)[0]);
    expect(received?.message).toEqual(controlMessage(2));
    const bytes = udp(1701, 1701, controlMessage(2), received?.header.checksum);
    expect(received?.header.checksum === 0).toBe(encapsulation === "udp" || ignoreUdpChecksums);
    expect(udpChecksumHolds(addressSum(GATEWAY, NAT), bytes, 0, bytes.length)).toBe(true);
  }
});

test("over IPv6 there is a right checksum inside of UDP encapsulation too, and where a translator makes us see IPv4", () => {
  const ours = "2001:db8::1";
  const theirs = "2001:db8:5::9";
  const outer = { address: theirs, port: 20_001 };
  const cases = [
    { encapsulation: "udp", gateway: ours, outer },
    { encapsulation: "esp", gateway: ours, outer: { ...outer, port: 0 } },
    { encapsulation: "udp", seenAs: { local: ours, remote: theirs } },
  ] as const;
  for (const options of cases) {
    const { gateway, peer } = setup(options);
    // Neither none nor a wrong one is held against a peer whose datagrams a translator may have passed.
    gateway.receive(peer.l2tp(controlMessage(1), options.encapsulation === "udp" ? 0xdead : 0), 1);
    const punt = puntsOf(gateway)[0];
    if (punt?.type === "l2tp") gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 1);
    const received = peer.open(datagramsOf(gateway)[0]);
    const bytes = udp(1701, 1701, controlMessage(2), received?.header.checksum);
    expect(received?.header.checksum).not.toBe(0);
    expect(udpChecksumHolds(addressSum(ours, theirs), bytes, 0, bytes.length)).toBe(true);
  }
});

test("an SA that was negotiated for one encapsulation takes no packets of the other", () => {
  const { gateway, peer, counters } = setup();
  gateway.receive({ ...peer.l2tp(controlMessage(1)), role: "esp" }, 1);
  expect(counters()).toMatchObject({ policyErrors: 1, packets: 0 });
});

test("an SPI belongs to one of our addresses only", () => {
  const { gateway, peer } = setup();
  const packet = peer.l2tp(controlMessage(1));
  const local = { address: "203.0.113.9", port: 4500 };
  gateway.receive({ ...packet, flow: { ...packet.flow, local, wire: local } }, 1);
  expect(gateway.totals().unknownSpi).toBe(1);
});

test("authentic traffic from a new port is reported once, and answered to the old place until the engine moves it", () => {
  const { gateway, peer } = setup();
  const old = peer.flow;
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const punt = puntsOf(gateway)[0];
  const late = peer.l2tp(controlMessage(2));
  peer.flow = { ...old, remote: { address: NAT, port: 40_000 } };
  gateway.receive(peer.l2tp(controlMessage(3)), 1);
  gateway.receive(peer.l2tp(controlMessage(4)), 1);
  expect(puntsOf(gateway).map(({ type }) => type)).toEqual(["peerMoved", "l2tp", "l2tp"]);
  if (punt?.type !== "l2tp") return;
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(9) }, 1);
  expect(datagramsOf(gateway)).toMatchObject([{ flow: old }]);
  gateway.program({ type: "moveConnection", connection: 1, flow: peer.flow });
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(9) }, 1);
  expect(datagramsOf(gateway)).toMatchObject([{ flow: peer.flow }]);
  // A straggler of the old mapping is older than what came from the new one.
  gateway.receive(late, 1);
  expect(puntsOf(gateway).map(({ type }) => type)).toEqual(["l2tp"]);
});

test("a forged packet from elsewhere moves nobody", () => {
  const { gateway, peer } = setup();
  const packet = peer.l2tp(controlMessage(1));
  const remote = { address: "192.0.2.66", port: 4500 };
  gateway.receive({ ...packet, flow: { ...packet.flow, remote }, bytes: Uint8Array.from(packet.bytes).fill(0, 20) }, 1);
  expect(puntsOf(gateway)).toEqual([]);
});

test("a path keeps its name when the peer moves to another address", () => {
  const { gateway, peer } = setup();
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const before = puntsOf(gateway)[0];
  peer.flow = { ...peer.flow, remote: { address: "192.0.2.7", port: 4500 } };
  gateway.program({ type: "moveConnection", connection: 1, flow: peer.flow });
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  expect(puntsOf(gateway)[0]).toEqual(before);
});

test("the volume limit is reported once, for either direction of the pair", () => {
  const inbound = setup({ softOctets: 60 });
  for (let i = 0; i < 5; i += 1) inbound.gateway.receive(inbound.peer.l2tp(controlMessage(1)), 1);
  const reports = puntsOf(inbound.gateway).filter(({ type }) => type === "saVolume");
  expect(reports).toEqual([{ type: "saVolume", connection: 1, spi: inbound.peer.outboundSpi }]);

  const outbound = setup({ softOctets: 60 });
  outbound.gateway.receive(outbound.peer.l2tp(controlMessage(1)), 1);
  const punt = puntsOf(outbound.gateway)[0];
  if (punt?.type !== "l2tp") return;
  const counts = [1, 2, 3, 4].map(() => {
    outbound.gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(1) }, 1);
    return puntsOf(outbound.gateway).length;
  });
  expect(counts).toEqual([0, 0, 1, 0]);
});

test("after a rekey the new SA sends, both receive, and when it goes the old one sends again", () => {
  const { gateway, peer } = setup();
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const punt = puntsOf(gateway)[0];
  const late = peer.l2tp(controlMessage(2));
  const oldSpi = peer.outboundSpi;
  peer.rekey();
  gateway.receive(late, 1);
  gateway.receive(peer.l2tp(controlMessage(3)), 1);
  expect(puntsOf(gateway)).toMatchObject([{ bytes: controlMessage(2) }, { bytes: controlMessage(3) }]);
  if (punt?.type !== "l2tp") return;
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(4) }, 1);
  expect(peer.open(datagramsOf(gateway)[0])?.message).toEqual(controlMessage(4));
  gateway.program({ type: "removeSa", connection: 1, direction: "outbound", spi: peer.outboundSpi });
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(5) }, 1);
  expect(gateway.outboundSa(1, oldSpi)).toMatchObject({ packets: 1 });
});

test("a removed SA and a closed connection fall silent", () => {
  const { gateway, peer } = setup();
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  const punt = puntsOf(gateway)[0];
  gateway.program({ type: "removeSa", connection: 1, direction: "inbound", spi: peer.inboundSpi });
  gateway.receive(peer.l2tp(controlMessage(2)), 1);
  expect(gateway.totals().unknownSpi).toBe(1);
  gateway.program({ type: "closeConnection", connection: 1 });
  gateway.receive(peer.l2tp(controlMessage(3)), 1);
  expect(gateway.totals().unknownSpi).toBe(2);
  if (punt?.type !== "l2tp") return;
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(4) }, 1);
  expect(datagramsOf(gateway)).toEqual([]);
  expect(gateway.totals().noRoute).toBe(1);
  expect(gateway.inboundSa(1, peer.inboundSpi)).toBeUndefined();
});

test("random octets behind a known SPI are refused and never thrown at anyone", () => {
  const { gateway, peer, counters } = setup();
  const random = seededRandom(9);
  for (let length = 0; length < 400; length += 1) {
    const bytes = random.bytes(length);
    bytes.set(new Uint8Array([0, 0, 0x10, 0x01]).subarray(0, length));
    gateway.receive(peer.outer(bytes), 1);
  }
  expect(counters()).toMatchObject({ packets: 0 });
  gateway.receive(peer.l2tp(controlMessage(1)), 1);
  expect(counters()).toMatchObject({ packets: 1 });
});

test("without integrity there is no replay window that anyone could move", () => {
  const { gateway, peer, counters } = setup({ keys: { integrity: undefined, integrityKey: hex("") } });
  const packet = peer.l2tp(controlMessage(1));
  gateway.receive(packet, 1);
  gateway.receive(packet, 1);
  expect(counters()).toMatchObject({ packets: 2 });
});

const sha256 = { integrity: "sha256", integrityKey: hex("04".repeat(32)) } as const;
const cut: Partial<PeerOptions> = { keys: sha256, ownKeys: { icvOctets: 12 } };

test("a peer that cuts SHA-256 to 96 bits is found out by its first packet and answered likewise, after a rekey too", () => {
  const { gateway, peer } = setup(cut);
  for (let round = 0; round < 2; round += 1) {
    gateway.receive(peer.l2tp(controlMessage(1)), 1);
    const punts = puntsOf(gateway);
    expect(punts.map(({ type }) => type)).toEqual(round === 0 ? ["shortIcv", "l2tp"] : ["l2tp"]);
    const punt = punts.at(-1);
    if (punt?.type !== "l2tp") throw new Error("no message");
    if (round === 0) peer.rekey();
    gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 2);
    expect(peer.open(datagramsOf(gateway)[0])).toMatchObject({ message: controlMessage(2) });
  }
});

test("an SA that has carried whole ICVs takes no shorter ones, and none shorter than 96 bits is ever taken", () => {
  const whole = setup({ keys: sha256 });
  whole.gateway.receive(whole.peer.l2tp(controlMessage(1)), 1);
  const { bytes, ...outer } = whole.peer.l2tp(controlMessage(2));
  whole.gateway.receive({ ...outer, bytes: bytes.subarray(0, -4) }, 2);
  expect(whole.counters()).toMatchObject({ packets: 1, decryptErrors: 1 });
  const shorter = setup({ keys: sha256, ownKeys: { icvOctets: 8 } });
  shorter.gateway.receive(shorter.peer.l2tp(controlMessage(1)), 1);
  expect(shorter.counters()).toMatchObject({ packets: 0 });
});

test("a first packet that somebody cut by four octets does not make a peer deaf", () => {
  const { gateway, peer } = setup({ keys: sha256 });
  const { bytes, ...outer } = peer.l2tp(controlMessage(1));
  gateway.receive({ ...outer, bytes: bytes.subarray(0, -4) }, 1);
  gateway.receive(peer.l2tp(controlMessage(2)), 2);
  const punt = puntsOf(gateway).at(-1);
  if (punt?.type !== "l2tp") throw new Error("no message");
  gateway.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(3) }, 3);
  expect(peer.open(datagramsOf(gateway)[0])).toMatchObject({ message: controlMessage(3) });
});

test("a packet under AES-GCM that comes twice is a replay", () => {
  const { gateway, peer, counters } = setup({
    keys: { cipher: "aes-gcm", encryptionKey: hex("05".repeat(20)), integrity: undefined },
  });
  const packet = peer.l2tp(controlMessage(1));
  gateway.receive(packet, 1);
  gateway.receive(packet, 2);
  expect(counters()).toMatchObject({ packets: 1, replayErrors: 1 });
});
