/** What a recorder sees of a line module: both sides of it, and keys as they really are. */

import { expect, test } from "vitest";
import { HOST, INSIDE, Recorder, type RecorderPlan, WIRE } from "../../../src/dataplane/capture/recorder.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { addressFromOctets, ipv4FromNumber } from "../../../src/engine/kernel/address.ts";
import { ipv4Packet } from "../../../src/engine/wire/ipv4.ts";
import { addressSum, udpChecksumHolds } from "../../../src/engine/wire/udp.ts";
import { DEVICE, WIRE as OWN, wiredGateway } from "../../support/gateway-with-sessions.ts";
import { controlMessage, datagramsOf, GATEWAY, LinePeer, ping } from "../../support/line-peer.ts";
import { pcapngBlocks } from "../../support/pcapng.ts";
import { seededRandom } from "../../support/random.ts";

const WORLD = "192.0.2.50";
const EVERYTHING: RecorderPlan = { octets: 1_000_000, circular: false, direction: "both" };

function watched(gateway: LineModule, plan: Partial<RecorderPlan> = {}): Recorder {
  const recorder = new Recorder(
    { ...EVERYTHING, ...plan },
    () => 0,
    () => undefined,
  );
  gateway.watch(recorder);
  return recorder;
}

/** `in 2 192.0.2.50 > 20.0.0.1` of each packet, by direction and interface. */
function seen(recorder: Recorder): string[] {
  return recorder.packets.map(({ direction, interface: at, octets }) => {
    const { source, destination } = ipv4Packet.decode(octets);
    return `${direction} ${at} ${ipv4FromNumber(source)} > ${ipv4FromNumber(destination)}`;
  });
}

test("a packet is seen on the wire, inside of ESP, and where it leaves to the host, and so is its answer", () => {
  const { gateway, clients } = wiredGateway(1);
  const [client] = clients;
  if (client === undefined) throw new Error("there is no client");
  const recorder = watched(gateway);
  client.send(ping(client.address, WORLD));
  gateway.receiveFromHost(DEVICE, ping(WORLD, client.address), 2);
  expect(recorder.packets.map(({ interface: at, direction }) => [at, direction])).toEqual([
    [WIRE, "in"],
    [INSIDE, "in"],
    [HOST, "out"],
    [HOST, "in"],
    [INSIDE, "out"],
    [WIRE, "out"],
  ]);
  expect(seen(recorder).slice(2, 4)).toEqual([
    `out ${HOST} ${client.address} > ${WORLD}`,
    `in ${HOST} ${WORLD} > ${client.address}`,
  ]);
  expect(recorder.kept).toBe(6);
  const names = pcapngBlocks(recorder.file("test")).filter(({ type }) => type === 1);
  expect(names).toHaveLength(3);
});

test("over IPv6 both sides of ESP have headers of IPv6, and a prefix of IPv6 chooses among them", () => {
  const [ours, theirs] = ["2001:db8::1", "2001:db8:5::9"];
  const network = (address: string, length: number) => ({ address, length });
  for (const [prefix, packets] of [
    [network("2001:db8:5::", 48), 2],
    [network("2001:db8:6::", 48), 0],
    [network("0.0.0.0", 0), 0],
  ] as const) {
    const gateway = new LineModule({ random: seededRandom(1) });
    const recorder = watched(gateway, { between: [prefix, network("::", 0)] });
    const peer = new LinePeer(gateway, { connection: 1, gateway: ours, outer: { address: theirs, port: 20_001 } });
    const packet = peer.l2tp(controlMessage(1));
    gateway.receive(packet, 1);
    expect(recorder.packets.map(({ interface: at }) => at)).toEqual([WIRE, INSIDE].slice(0, packets));
    const [wire] = recorder.packets;
    if (wire === undefined) continue;
    const { octets } = wire;
    expect([octets[0], octets[6], octets.length]).toEqual([0x60, 17, 40 + 8 + packet.bytes.length]);
    expect(addressFromOctets(octets.slice(8, 24))).toBe(theirs);
    expect(addressFromOctets(octets.slice(24, 40))).toBe(ours);
    expect(udpChecksumHolds(addressSum(ours, theirs), octets, 40, octets.length)).toBe(true);
  }
});

test.each<readonly [string, Partial<RecorderPlan>, number]>([
  ["the other direction", { direction: "in" }, 1],
  [
    "addresses of the packet",
    {
      between: [
        { address: WORLD, length: 32 },
        { address: "0.0.0.0", length: 0 },
      ],
    },
    2,
  ],
  [
    "other addresses",
    {
      between: [
        { address: "192.0.2.51", length: 32 },
        { address: "0.0.0.0", length: 0 },
      ],
    },
    0,
  ],
  ["the interface of the device", { local: [OWN] }, 2],
  ["another interface", { local: [GATEWAY] }, 0],
])("what the host and the gateway give each other is filtered by %s", (_, plan, count) => {
  const { gateway, clients } = wiredGateway(1);
  const recorder = watched(gateway, plan);
  const address = clients[0]?.address ?? "";
  gateway.receiveFromHost(DEVICE, ping(WORLD, OWN), 1);
  expect(address).not.toBe("");
  expect(recorder.packets.filter((packet) => packet.interface === HOST)).toHaveLength(count);
});

test("an SA whose ICVs turn out to be cut is named anew, as Wireshark must read it", () => {
  const { gateway } = wiredGateway(0);
  const peer = new LinePeer(gateway, {
    connection: 50,
    separation: "perConnection",
    keys: { integrity: "sha256", integrityKey: new Uint8Array(32).fill(7) },
    ownKeys: { icvOctets: 12 },
  });
  const recorder = watched(gateway);
  const keys = () => pcapngBlocks(recorder.file("test"))[0]?.comments.filter((line) => line.includes("SHA-256")) ?? [];
  expect(keys().every((line) => line.includes("HMAC-SHA-256-128"))).toBe(true);
  gateway.receive(peer.l2tp(new Uint8Array(12)), 1);
  datagramsOf(gateway);
  expect(keys()).toHaveLength(2);
  expect(keys().every((line) => line.includes("HMAC-SHA-256-96"))).toBe(true);
  const late = watched(gateway);
  expect(pcapngBlocks(late.file("test"))[0]?.comments.join()).toContain("HMAC-SHA-256-96");
});
