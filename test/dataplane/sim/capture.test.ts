import { expect, test } from "vitest";
import { incoming, outgoing } from "../../../src/dataplane/packet.ts";
import { Capture } from "../../../src/dataplane/sim/capture.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { ipv4Packet } from "../../../src/engine/wire/ipv4.ts";
import { addressSum, udpChecksumHolds, udpHeader } from "../../../src/engine/wire/udp.ts";
import { hex, toHex } from "../../support/hex.ts";
import { pcapngBlocks } from "../../support/pcapng.ts";

const flow = {
  local: { address: "203.0.113.1", port: 4500 },
  wire: { address: "127.0.0.1", port: 14_500 },
  remote: { address: "198.51.100.2", port: 20_001 },
};

test("a capture is a pcapng of raw IPv4 packets with right checksums", () => {
  const capture = new Capture();
  capture.add(outgoing({ role: "natt", flow, bytes: hex("aabbcc") }), 1234.567);
  capture.add(incoming({ role: "esp", flow, bytes: hex("dd") }), 2_000_000);
  const [, , udp, esp, ...more] = pcapngBlocks(capture.bytes());
  if (udp === undefined || esp === undefined) throw new Error("a packet is missing");
  expect(more).toEqual([]);
  expect([udp, esp].map(({ microseconds, length }) => [microseconds, length])).toEqual([
    [1_234_567, 31],
    [2_000_000_000, 21],
  ]);

  const udpPacket = ipv4Packet.decode(udp.octets);
  expect(udpPacket).toMatchObject({
    protocol: 17,
    source: ipv4ToNumber(flow.wire.address),
    destination: ipv4ToNumber(flow.remote.address),
  });
  expect(udpHeader.decode(udpPacket.payload.subarray(0, 8))).toMatchObject({
    sourcePort: 14_500,
    destinationPort: 20_001,
    length: 11,
  });
  const { payload } = udpPacket;
  expect(udpHeader.decode(payload.subarray(0, 8)).checksum).not.toBe(0);
  expect(udpChecksumHolds(addressSum(flow.wire.address, flow.remote.address), payload, 0, payload.length)).toBe(true);
  expect(toHex(payload.subarray(8))).toBe("aabbcc");
  expect(ipv4Packet.decode(new Uint8Array(esp.octets))).toMatchObject({
    protocol: 50,
    source: ipv4ToNumber(flow.remote.address),
    payload: hex("dd"),
  });
  expect(capture.packets).toBe(2);
});
