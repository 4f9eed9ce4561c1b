/**
 * A remote IPsec peer made by hand, to meet a line module with: it seals what it is told to, sound or not, and opens what
 * the line module sends. Also the packets that such tests are about.
 */

import type { OuterDatagram } from "../../src/dataplane/datagram.ts";
import type { LineModule } from "../../src/dataplane/path/line-module.ts";
import {
  type EspOpener,
  type EspSealer,
  espOpener,
  espSealer,
  SEAL_HEADROOM,
  SEAL_TAILROOM,
} from "../../src/engine/crypto/esp-transform.ts";
import { nodeSuite } from "../../src/engine/crypto/suite-node.ts";
import type {
  EspKeys,
  InstallSession,
  OpenConnection,
  OpenSessionIp,
  Punt,
  SeenAs,
} from "../../src/engine/forwarding.ts";
import { type Endpoint, type Flow, ipv4ToNumber } from "../../src/engine/kernel/address.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { icmpEcho, icmpType } from "../../src/engine/wire/icmp.ts";
import { ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { l2tpDataMessage } from "../../src/engine/wire/l2tp-data.ts";
import { type UdpHeader, udpHeader } from "../../src/engine/wire/udp.ts";
import { seededRandom } from "./random.ts";

export const GATEWAY = "203.0.113.1";
export const NAT = "198.51.100.2";

export interface PeerOptions {
  readonly connection: number;
  readonly outer?: Endpoint;
  readonly encapsulation?: "udp" | "esp";
  readonly separation?: OpenConnection["separation"];
  readonly demuxPort?: number;
  readonly ignoreUdpChecksums?: boolean;
  readonly replayWindow?: number;
  readonly softOctets?: number;
  /** The line module it lives in, where there are several. */
  readonly place?: { readonly module: number; readonly count: number };
  readonly keys?: Partial<EspKeys>;
  /** Our address, where it is another. */
  readonly gateway?: string;
  readonly seenAs?: SeenAs;
  /** What this peer does otherwise with the keys that both have. */
  readonly ownKeys?: Partial<EspKeys>;
}

/** What the peer finds in a packet from the gateway. */
export interface Received {
  readonly header: UdpHeader;
  readonly message: Uint8Array;
  readonly sequence: number;
}

export class LinePeer {
  readonly connection: number;
  readonly encapsulation: "udp" | "esp";
  flow: Flow;
  /** Its own inner port. */
  port = 1701;
  sequence = 0;
  readonly #options: PeerOptions;
  readonly #gateway: Pick<LineModule, "program">;
  readonly #random;
  #generation = 0;
  #sealer: EspSealer | undefined;
  #opener: EspOpener | undefined;

  /** Opens the connection on the gateway and gives it one SA pair. */
  constructor(gateway: Pick<LineModule, "program">, options: PeerOptions) {
    this.#gateway = gateway;
    this.#options = options;
    this.#random = seededRandom(1000 + options.connection);
    this.connection = options.connection;
    this.encapsulation = options.encapsulation ?? "udp";
    const port = this.encapsulation === "udp" ? 4500 : 0;
    const local = { address: options.gateway ?? GATEWAY, port };
    const remote = options.outer ?? { address: NAT, port: port === 0 ? 0 : 20_000 + options.connection };
    this.flow = { local, remote, wire: local };
    gateway.program({
      type: "openConnection",
      connection: this.connection,
      virtualRouter: DEFAULT_ROUTER,
      flow: this.flow,
      encapsulation: this.encapsulation,
      separation: options.separation ?? "perConnection",
      demuxPort: options.demuxPort,
      ignoreUdpChecksums: options.ignoreUdpChecksums ?? false,
      ...(options.seenAs === undefined ? {} : { seenAs: options.seenAs }),
      ...(options.place === undefined ? {} : { module: options.place.module }),
    });
    this.rekey();
  }

  /** SPIs of the newest pair: the gateway's and ours. */
  get inboundSpi(): number {
    const { module, count } = this.#options.place ?? { module: 1, count: 1 };
    return (0x1000 * this.connection + this.#generation) * count + module - 1;
  }

  get outboundSpi(): number {
    return 0x800_0000 + this.inboundSpi;
  }

  /** A new pair with new keys; the old one stays installed. */
  rekey(): void {
    this.#generation += 1;
    this.sequence = 0;
    const inbound = this.#keys();
    const outbound = this.#keys();
    const { connection } = this;
    this.#gateway.program({
      type: "installInboundSa",
      connection,
      spi: this.inboundSpi,
      keys: inbound,
      replayWindow: this.#options.replayWindow ?? 64,
    });
    this.#gateway.program({
      type: "installOutboundSa",
      connection,
      spi: this.outboundSpi,
      keys: outbound,
      softOctets: this.#options.softOctets,
    });
    const { ownKeys } = this.#options;
    this.#sealer = espSealer(nodeSuite, this.inboundSpi, { ...inbound, ...ownKeys }, this.#random);
    this.#opener = espOpener(nodeSuite, { ...outbound, ...ownKeys });
  }

  /** Seals any payload. */
  esp(payload: Uint8Array, changes: { readonly sequence?: number; readonly nextHeader?: number } = {}): OuterDatagram {
    this.sequence += 1;
    const frame = new Uint8Array(SEAL_HEADROOM + payload.length + SEAL_TAILROOM);
    frame.set(payload, SEAL_HEADROOM);
    const sequence = changes.sequence ?? this.sequence;
    const sealed = this.#sealer?.seal(frame, payload.length, sequence, changes.nextHeader ?? 17);
    return this.outer(sealed ?? new Uint8Array(0));
  }

  /** An L2TP message from our port to the gateway's. */
  l2tp(message: Uint8Array, checksum = 0): OuterDatagram {
    return this.esp(udp(this.port, 1701, message, checksum));
  }

  outer(bytes: Uint8Array): OuterDatagram {
    return { role: this.encapsulation === "udp" ? "natt" : "esp", flow: this.flow, bytes };
  }

  /** Opens what the gateway sent to us; `undefined` = it was sealed for someone else. */
  open(datagram: OuterDatagram | undefined): Received | undefined {
    if (datagram === undefined) return undefined;
    const opened = this.#opener?.open(datagram.bytes);
    if (opened === undefined || !opened.ok || opened.nextHeader !== 17) return undefined;
    const header = udpHeader.decode(opened.payload.subarray(0, 8));
    const sequence = new DataView(datagram.bytes.buffer, datagram.bytes.byteOffset).getUint32(4);
    return { header, message: opened.payload.subarray(8), sequence };
  }

  #keys(): EspKeys {
    return {
      cipher: "aes",
      encryptionKey: this.#random.bytes(16),
      integrity: "sha1",
      integrityKey: this.#random.bytes(20),
      ...this.#options.keys,
    };
  }
}

export function udp(sourcePort: number, destinationPort: number, payload: Uint8Array, checksum = 0): Uint8Array {
  const header = udpHeader.encode({ sourcePort, destinationPort, length: 8 + payload.length, checksum });
  return Uint8Array.from([...header, ...payload]);
}

/** A control message as far as the line module looks: the T bit, and something to recognise it by. */
export function controlMessage(mark: number): Uint8Array {
  return Uint8Array.from([0xc8, 0x02, 0x00, 0x0c, 0, 0, 0, 0, 0, 0, 0, mark]);
}

export function dataMessage(tunnelId: number, sessionId: number, payload: Uint8Array): Uint8Array {
  return l2tpDataMessage.encode({ tunnelId, sessionId, ns: undefined, priority: false, payload });
}

/** PPP with address, control and a protocol of two octets around an IP packet. */
export function pppIp(packet: Uint8Array): Uint8Array {
  return Uint8Array.from([0xff, 0x03, 0x00, 0x21, ...packet]);
}

export function ping(source: string, destination: string, timeToLive = 64): Uint8Array {
  const payload = icmpEcho.encode({
    type: icmpType.echoRequest,
    identifier: 1,
    sequence: 1,
    data: Uint8Array.from([1, 2, 3, 4]),
  });
  return ipv4Packet.encode(
    simplePacket({
      protocol: 1,
      source: ipv4ToNumber(source),
      destination: ipv4ToNumber(destination),
      payload,
      timeToLive,
    }),
  );
}

export function puntsOf(module: Pick<LineModule, "pollPunt">): Punt[] {
  const punts: Punt[] = [];
  for (let punt = module.pollPunt(); punt !== undefined; punt = module.pollPunt()) punts.push(punt);
  return punts;
}

export function datagramsOf(module: Pick<LineModule, "pollDatagram">): OuterDatagram[] {
  const datagrams: OuterDatagram[] = [];
  for (let datagram = module.pollDatagram(); datagram !== undefined; datagram = module.pollDatagram()) {
    datagrams.push(datagram);
  }
  return datagrams;
}

/** IP of a session: its source is checked, and nothing of its headers is left out. */
export function sessionIp(
  own: Pick<OpenSessionIp, "session" | "localAddress" | "peerAddress"> & Partial<OpenSessionIp>,
): OpenSessionIp {
  return {
    type: "openSessionIp",
    virtualRouter: DEFAULT_ROUTER,
    mtu: 1400,
    checkSource: true,
    defaultRoute: false,
    compressProtocol: false,
    compressAddress: false,
    ...own,
  };
}

/** A session of a client behind the NAT, over the connection of the same number. */
export function sessionThrough(session: number): InstallSession {
  return {
    type: "installSession",
    session,
    path: {
      virtualRouter: DEFAULT_ROUTER,
      local: { address: GATEWAY, port: 1701 },
      remote: { address: NAT, port: 1701 },
      connection: session,
    },
    localTunnelId: 100 + session,
    localSessionId: 200 + session,
    remoteTunnelId: 1,
    remoteSessionId: 2,
    sequencing: false,
  };
}
