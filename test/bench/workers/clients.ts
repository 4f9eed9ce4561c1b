/** Clients of the bench of workers, the same in the gateway's process and in the generator's: their keys are drawn from their numbers. */

import type { LineModule } from "../../../src/dataplane/path/line-module.ts";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { LOOPBACK } from "../../support/gateway-with-sessions.ts";
import { dataMessage, LinePeer, pppIp, sessionIp, sessionThrough, udp } from "../../support/line-peer.ts";

export const HOST = "127.0.0.1";
const UDP_AND_IP = 28;

/** Client `number` (1, 2, …) behind its port, in its line module where there are several; its IPsec is programmed. */
export function clientPeer(
  gateway: Pick<LineModule, "program">,
  number: number,
  port: number,
  workers: number,
): LinePeer {
  const place = workers === 0 ? {} : { place: { module: 1 + (number % workers), count: workers } };
  // The same packets are sent again and again, so the window is not what is measured.
  return new LinePeer(gateway, { connection: number, outer: { address: HOST, port }, replayWindow: 0, ...place });
}

/** Its session is up, and IP open. */
export function programSession(gateway: Pick<LineModule, "program">, number: number): void {
  const { path, ...session } = sessionThrough(number);
  gateway.program({ ...session, path: { ...path, remote: { address: HOST, port: 1701 } } });
  gateway.program(sessionIp({ session: number, localAddress: LOOPBACK, peerAddress: addressOf(number), mtu: 1500 }));
}

/** What client `from` sends so that client `to` gets an IP packet of that length. */
export function sealedFor(peer: LinePeer, from: number, to: number, ipLength: number): Uint8Array {
  const packet = ipv4Packet.encode(
    simplePacket({
      protocol: ipProtocol.udp,
      source: ipv4ToNumber(addressOf(from)),
      destination: ipv4ToNumber(addressOf(to)),
      payload: udp(7000, 9, new Uint8Array(ipLength - UDP_AND_IP)),
      timeToLive: 64,
    }),
  );
  return peer.l2tp(dataMessage(100 + from, 200 + from, pppIp(packet))).bytes;
}

function addressOf(number: number): string {
  return `20.0.0.${number}`;
}
