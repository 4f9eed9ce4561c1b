/**
 * The router's answer to a ping (RFC 792, RFC 1812 §4.3.3.6), which is whole. One with IP options goes unanswered: its reply would have
 * to mend the recorded route.
 */

import { checksumHolds } from "../wire/checksum.ts";
import { ICMP_ECHO_HEADER_LENGTH, icmpEcho, icmpType } from "../wire/icmp.ts";
import {
  IPV4_HEADER_LENGTH,
  ipProtocol,
  ipv4Destination,
  ipv4HeaderLength,
  ipv4IsFragment,
  ipv4Packet,
  ipv4Protocol,
  ipv4Source,
  simplePacket,
} from "../wire/ipv4.ts";
import { u16At } from "../wire/octets.ts";

/** `packet` passed `checkIpv4` and is cut to its total length. */
export function isEchoRequest(packet: Uint8Array): boolean {
  const headerLength = ipv4HeaderLength(packet);
  return (
    ipv4Protocol(packet) === ipProtocol.icmp &&
    packet.length >= headerLength + ICMP_ECHO_HEADER_LENGTH &&
    packet[headerLength] === icmpType.echoRequest
  );
}

/** The reply to a packet that `isEchoRequest`; `undefined` when it is damaged or of a kind that is not answered. */
export function echoReply(packet: Uint8Array): Uint8Array | undefined {
  if (ipv4HeaderLength(packet) !== IPV4_HEADER_LENGTH || ipv4IsFragment(packet)) return undefined;
  const message = packet.subarray(IPV4_HEADER_LENGTH);
  if (message[1] !== 0 || !checksumHolds(message)) return undefined;
  return ipv4Packet.encode(
    simplePacket({
      protocol: ipProtocol.icmp,
      // Replies that are cut on their way are told apart as their requests were.
      identification: u16At(packet, 4),
      source: ipv4Destination(packet),
      destination: ipv4Source(packet),
      payload: icmpEcho.encode({
        type: icmpType.echoReply,
        identifier: u16At(message, 4),
        sequence: u16At(message, 6),
        data: message.subarray(ICMP_ECHO_HEADER_LENGTH),
      }),
    }),
  );
}
