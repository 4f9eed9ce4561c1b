/** A line module with clients whose sessions are up and a wire to the host, for tests of what passes between them. */

import { LineModule } from "../../src/dataplane/path/line-module.ts";
import type { ConfigureRouter, OpenSessionIp } from "../../src/engine/forwarding.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { l2tpDataMessage } from "../../src/engine/wire/l2tp-data.ts";
import { type datagramsOf, dataMessage, GATEWAY, LinePeer, pppIp, sessionIp, sessionThrough } from "./line-peer.ts";
import { seededRandom } from "./random.ts";

export const LOOPBACK = "12.0.0.8";
export const WIRE = "10.1.0.1";
export const DEVICE = "lnsh0";

export interface WiredClient {
  readonly peer: LinePeer;
  readonly address: string;
  /** Puts an IP packet into its session. */
  send(packet: Uint8Array): void;
  /** IP packets in datagrams that the gateway sent and only this client can open. */
  read(datagrams: ReturnType<typeof datagramsOf>): Uint8Array[];
}

export function wiredRouter(changes: Partial<ConfigureRouter> = {}): ConfigureRouter {
  return {
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY, LOOPBACK, WIRE],
    ipsecOnly: [GATEWAY],
    routes: [],
    hostLinks: [{ device: DEVICE, address: WIRE, mtu: 1500, networks: [{ address: "0.0.0.0", length: 0 }] }],
    ...changes,
  };
}

/** Clients have the addresses 20.0.0.1, 20.0.0.2, … */
export function wiredGateway(
  count: number,
  changes: Partial<ConfigureRouter> = {},
  ip: Partial<OpenSessionIp> = {},
): { readonly gateway: LineModule; readonly clients: readonly WiredClient[] } {
  const gateway = new LineModule({ random: seededRandom(1) });
  return { gateway, clients: wireClients(gateway, count, { changes, ip }) };
}

/** Programs a gateway with a router and `count` clients. With `modules` they live in so many line modules in turn. */
export function wireClients(
  gateway: Pick<LineModule, "program" | "receive">,
  count: number,
  how: {
    readonly changes?: Partial<ConfigureRouter>;
    readonly ip?: Partial<OpenSessionIp>;
    readonly modules?: number;
  } = {},
): WiredClient[] {
  const { changes = {}, ip = {}, modules = 0 } = how;
  gateway.program(wiredRouter(changes));
  return Array.from({ length: count }, (_, index): WiredClient => {
    const session = index + 1;
    const place = modules === 0 ? {} : { place: { module: 1 + (session % modules), count: modules } };
    const peer = new LinePeer(gateway, { connection: session, ...place });
    const address = `20.0.0.${session}`;
    gateway.program(sessionThrough(session));
    gateway.program(sessionIp({ session, localAddress: LOOPBACK, peerAddress: address, ...ip }));
    return {
      peer,
      address,
      send: (packet) => gateway.receive(peer.l2tp(dataMessage(100 + session, 200 + session, pppIp(packet))), 1),
      read: (datagrams) =>
        datagrams.flatMap((datagram) => {
          const received = peer.open(datagram);
          return received === undefined ? [] : [l2tpDataMessage.decode(received.message).payload.subarray(4)];
        }),
    };
  });
}

/** What the gateway sent to the host's device. */
export function hostPacketsOf(gateway: Pick<LineModule, "pollHostPacket">): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let packet = gateway.pollHostPacket(); packet !== undefined; packet = gateway.pollHostPacket()) {
    if (packet.device === DEVICE) packets.push(packet.bytes);
  }
  return packets;
}
