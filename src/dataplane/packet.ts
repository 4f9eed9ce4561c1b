/** An outer IPv4 packet between hosts, as a NAT, a simulated network and a capture see it. */

import { type Endpoint, ipv4ToNumber } from "../engine/kernel/address.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../engine/wire/ipv4.ts";
import { putU16 } from "../engine/wire/octets.ts";
import { putUdpHeader, UDP_HEADER_LENGTH, udpChecksum } from "../engine/wire/udp.ts";
import type { OuterDatagram } from "./datagram.ts";

/** ESP has no ports: there they are 0. `payload` is what UDP carries, or the ESP packet. */
export interface OuterPacket {
  readonly protocol: "udp" | "esp";
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly payload: Uint8Array;
}

/** A datagram as it leaves our host. */
export function outgoing(datagram: OuterDatagram): OuterPacket {
  const { role, flow, bytes } = datagram;
  return between(role, flow.wire, flow.remote, bytes);
}

/** A datagram as it came to our host. */
export function incoming(datagram: OuterDatagram): OuterPacket {
  const { role, flow, bytes } = datagram;
  return between(role, flow.remote, flow.wire, bytes);
}

/** The octets of the packet, all checksums computed. */
export function ipv4Octets(packet: OuterPacket): Uint8Array {
  const source = ipv4ToNumber(packet.source.address);
  const destination = ipv4ToNumber(packet.destination.address);
  if (packet.protocol === "esp") {
    return ipv4Packet.encode(
      simplePacket({ protocol: ipProtocol.esp, source, destination, payload: packet.payload, timeToLive: 64 }),
    );
  }
  const length = UDP_HEADER_LENGTH + packet.payload.length;
  const datagram = new Uint8Array(length);
  putUdpHeader(datagram, 0, packet.source.port, packet.destination.port, length);
  datagram.set(packet.payload, UDP_HEADER_LENGTH);
  putU16(datagram, 6, udpChecksum(source, destination, datagram, 0, length));
  return ipv4Packet.encode(
    simplePacket({ protocol: ipProtocol.udp, source, destination, payload: datagram, timeToLive: 64 }),
  );
}

/** An ESP connection is known by the ports of its IKE flow, which its packets do not have. */
function between(
  role: OuterDatagram["role"],
  source: Endpoint,
  destination: Endpoint,
  payload: Uint8Array,
): OuterPacket {
  if (role !== "esp") return { protocol: "udp", source, destination, payload };
  return { protocol: "esp", source: { ...source, port: 0 }, destination: { ...destination, port: 0 }, payload };
}
