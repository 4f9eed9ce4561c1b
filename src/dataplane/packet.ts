/** An outer packet of IPv4 or IPv6 between hosts, as a NAT, a simulated network and a capture see it. */

import { type Address, type Endpoint, ipv4ToNumber, isIpv6 } from "../engine/kernel/address.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../engine/wire/ipv4.ts";
import { encodeIpv6 } from "../engine/wire/ipv6.ts";
import { putU16 } from "../engine/wire/octets.ts";
import { addressSum, putUdpHeader, UDP_HEADER_LENGTH, udpChecksum } from "../engine/wire/udp.ts";
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
export function packetOctets({ protocol, source, destination, payload }: OuterPacket): Uint8Array {
  const ends = { source: source.address, destination: destination.address };
  if (protocol === "esp") return ipOctets({ ...ends, protocol: ipProtocol.esp, payload });
  const length = UDP_HEADER_LENGTH + payload.length;
  const datagram = new Uint8Array(length);
  putUdpHeader(datagram, 0, source.port, destination.port, length);
  datagram.set(payload, UDP_HEADER_LENGTH);
  putU16(datagram, 6, udpChecksum(addressSum(ends.source, ends.destination), datagram, 0, length));
  return ipOctets({ ...ends, protocol: ipProtocol.udp, payload: datagram });
}

export interface IpPayload {
  readonly protocol: number;
  /** Of one family. */
  readonly source: Address;
  readonly destination: Address;
  readonly payload: Uint8Array;
}

/** With a header of the family of its addresses. */
export function ipOctets(packet: IpPayload): Uint8Array {
  if (isIpv6(packet.source)) return encodeIpv6({ ...packet, hopLimit: HOPS });
  const source = ipv4ToNumber(packet.source);
  const destination = ipv4ToNumber(packet.destination);
  return ipv4Packet.encode(simplePacket({ ...packet, source, destination, timeToLive: HOPS }));
}

const HOPS = 64;

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
