/** The packets of the bench over real sockets, and the keys that `gateway.c` has too. */

import { systemRandom } from "../../../src/dataplane/io/entropy.ts";
import { espSealer, SEAL_HEADROOM, SEAL_TAILROOM } from "../../../src/engine/crypto/esp-transform.ts";
import { nodeSuite } from "../../../src/engine/crypto/suite-node.ts";
import type { EspKeys } from "../../../src/engine/forwarding.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { putU16 } from "../../../src/engine/wire/octets.ts";
import { addressSum, udpChecksum } from "../../../src/engine/wire/udp.ts";
import { dataMessage, pppIp, udp } from "../../support/line-peer.ts";

export const CLIENT_HOST = "20.0.0.1";
/** Where no route leads: the host's kernel drops what is for it. */
const NOWHERE = "198.18.0.1";
export const INBOUND_SPI = 0x1000;
export const OUTBOUND_SPI = 0x2000;
export const KEYS: EspKeys = {
  cipher: "aes",
  encryptionKey: Uint8Array.from({ length: 16 }, (_, i) => i + 1),
  integrity: "sha1",
  integrityKey: Uint8Array.from({ length: 20 }, (_, i) => i + 101),
};

/** The other suite that a client may choose: AES-GCM, which `gateway.c` has not. */
export const GCM_KEYS: EspKeys = {
  cipher: "aes-gcm",
  encryptionKey: Uint8Array.from({ length: 20 }, (_, i) => i + 1),
  integrity: undefined,
  integrityKey: new Uint8Array(0),
};

const COUNT = 256;

/** A flow of UDP, as a host sends it that is connected: identifications go up. */
export function innerPacket(ipLength: number, identification: number): Uint8Array {
  const [source, destination] = [ipv4ToNumber(CLIENT_HOST), ipv4ToNumber(NOWHERE)];
  const datagram = udp(7000, 9, new Uint8Array(ipLength - 28));
  putU16(datagram, 6, udpChecksum(addressSum(CLIENT_HOST, NOWHERE), datagram, 0, datagram.length));
  const packet = simplePacket({ protocol: ipProtocol.udp, source, destination, payload: datagram, timeToLive: 64 });
  return ipv4Packet.encode({ ...packet, identification });
}

/** Datagrams for the generator: their length, then one behind the other. */
export function sealedPackets(ipLength: number, keys = KEYS): Uint8Array {
  const sealer = espSealer(nodeSuite, INBOUND_SPI, keys, systemRandom());
  const packets = Array.from({ length: COUNT }, (_, i) => {
    const inside = udp(1701, 1701, dataMessage(1, 1, pppIp(innerPacket(ipLength, i))));
    const frame = new Uint8Array(SEAL_HEADROOM + inside.length + SEAL_TAILROOM);
    frame.set(inside, SEAL_HEADROOM);
    return sealer.seal(frame, inside.length, i + 1, ipProtocol.udp);
  });
  return file(packets);
}

/** The same for the way down: what UDP carries in an IP packet of that length. */
export function plainPackets(ipLength: number): Uint8Array {
  return file(Array.from({ length: COUNT }, () => new Uint8Array(ipLength - 28)));
}

function file(packets: readonly Uint8Array[]): Uint8Array {
  const [first] = packets;
  const length = first?.length ?? 0;
  const bytes = new Uint8Array(4 + length * packets.length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  for (const [i, packet] of packets.entries()) bytes.set(packet, 4 + i * length);
  return bytes;
}
