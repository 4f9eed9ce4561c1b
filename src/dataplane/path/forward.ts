/**
 * IP in a virtual router: the sessions' addresses, the router's own, and what is behind the host. It answers pings on its own addresses,
 * passes packets between sessions and the host, and refuses sources that are not what is behind the wire they came by (RFC 2827).
 * What cannot be passed on is told to its sender (RFC 1812 §4.3), at a bounded rate. What is too large for its way out is cut where it may be.
 * What is for itself and came in pieces is put together.
 */

import type { ConfigureRouter, LineModuleCounters, OpenSessionIp, SessionId } from "../../engine/forwarding.ts";
import { echoReply, isEchoRequest } from "../../engine/ip/echo.ts";
import { fragment } from "../../engine/ip/fragment.ts";
import { checkIpv4 } from "../../engine/ip/packet-check.ts";
import { Reassembly } from "../../engine/ip/reassembly.ts";
import { lowerMaximumSegment } from "../../engine/ip/tcp-mss.ts";
import { TokenBucket } from "../../engine/ip/token-bucket.ts";
import { type Address, ipv4FromNumber, ipv4ToSigned } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { type IcmpErrorKind, icmpErrorAbout, icmpErrorType, unreachableCode } from "../../engine/wire/icmp-error.ts";
import {
  decrementTimeToLive,
  ipProtocol,
  ipv4Destination,
  ipv4IsFragment,
  ipv4MayFragment,
  ipv4Protocol,
  ipv4Source,
  ipv4TimeToLive,
} from "../../engine/wire/ipv4.ts";
import type { LineModuleOutputs } from "./events.ts";
import { type FarProgramming, FarWay, type HandedPacket } from "./far.ts";
import type { Filter } from "./filter.ts";
import { HostLink } from "./host-link.ts";
import type { L2tpData } from "./l2tp-data.ts";
import { ipHeader } from "./ppp-data.ts";
import { type PortIp, Session } from "./session.ts";
import { VirtualRouter } from "./virtual-router.ts";

/** Whether an address can be a single host's: not multicast, broadcast, loopback or of this network (RFC 1812 §5.3.7). */
function isHostAddress(address: number): boolean {
  const first = address >>> 24;
  return first !== 0 && first !== 127 && first < 224;
}

/** Errors that are sent at once, and each second after that. */
const ICMP_ERROR_BURST = 20;
const ICMP_ERRORS_PER_SECOND = 20;

const timeExceeded: IcmpErrorKind = { type: icmpErrorType.timeExceeded, code: 0 };
const hostUnreachable: IcmpErrorKind = { type: icmpErrorType.unreachable, code: unreachableCode.host };
const portUnreachable: IcmpErrorKind = { type: icmpErrorType.unreachable, code: unreachableCode.port };
const prohibited: IcmpErrorKind = { type: icmpErrorType.unreachable, code: unreachableCode.prohibited };

/** Where a packet came in: whom its sender is told by what became of it. */
type WayIn = Pick<PortIp, "router" | "localAddress">;

export class Forwarding {
  readonly #l2tp: L2tpData;
  readonly #outputs: LineModuleOutputs;
  readonly #totals: LineModuleCounters;
  readonly #filter: Filter;
  readonly #reassembly: Reassembly;
  readonly #errors = new TokenBucket(ICMP_ERROR_BURST, ICMP_ERRORS_PER_SECOND);
  readonly #routers = new Map<string, VirtualRouter>();
  /** Whose an outer address of ours is. */
  readonly #byAddress = new Map<Address, VirtualRouter>();
  /** By the host's device. */
  readonly #links = new Map<string, HostLink>();
  /** Where the address of a session of another line module stands. */
  readonly #far = new Map<
    SessionId,
    { readonly router: VirtualRouter; readonly address: number; readonly way: FarWay }
  >();
  /** Some address has a filter: most gateways have none, and pay nothing for them. */
  #filtered = false;

  constructor(l2tp: L2tpData, outputs: LineModuleOutputs, totals: LineModuleCounters, filter: Filter) {
    this.#l2tp = l2tp;
    this.#outputs = outputs;
    this.#totals = totals;
    this.#filter = filter;
    this.#reassembly = new Reassembly(totals);
  }

  configure(configure: ConfigureRouter): void {
    const router = this.#router(configure.virtualRouter);
    this.#forget(router);
    router.configure(configure);
    this.#filtered = [...this.#routers.values()].some(({ filters }) => filters.size > 0);
    for (const address of [...configure.addresses, ...configure.ipsecOnly]) this.#byAddress.set(address, router);
    for (const [device, link] of router.links) this.#links.set(device, link);
  }

  remove(name: string): void {
    const router = this.#routers.get(name);
    if (router === undefined) return;
    this.#forget(router);
    for (const session of router.sessions.values()) if (session instanceof Session) session.ip = undefined;
    this.#routers.delete(name);
  }

  /** The access list that outer packets to an address must pass. */
  filterAt(address: Address): string | undefined {
    return this.#filtered ? this.#byAddress.get(address)?.filters.get(address) : undefined;
  }

  /** The virtual router that an outer address belongs to. */
  ownerOf(address: Address): VirtualRouter | undefined {
    return this.#byAddress.get(address);
  }

  open(session: Session, open: OpenSessionIp): void {
    this.close(session);
    const router = this.#router(open.virtualRouter);
    session.ip = {
      router,
      localAddress: ipv4ToSigned(open.localAddress),
      peerAddress: ipv4ToSigned(open.peerAddress),
      mtu: open.mtu,
      checkSource: open.checkSource,
      // A client is a host: it passes nothing on, and says nothing about what was not for it (RFC 1122 §3.3.1.1).
      tellsSenders: open.checkSource,
      pppHeader: ipHeader(open.compressProtocol, open.compressAddress),
      tcpMss: open.tcpMss ?? 0,
      filterIn: open.accessGroups?.in,
      filterOut: open.accessGroups?.out,
    };
    router.sessions.set(session.ip.peerAddress, session);
    if (open.defaultRoute) router.defaultSession = session;
  }

  close(session: Session): void {
    const { ip } = session;
    if (ip === undefined) return;
    session.ip = undefined;
    if (ip.router.sessions.get(ip.peerAddress) === session) ip.router.sessions.delete(ip.peerAddress);
    if (ip.router.defaultSession === session) ip.router.defaultSession = undefined;
  }

  configureFar(operation: FarProgramming): void {
    switch (operation.type) {
      case "openFar": {
        const router = this.#router(operation.virtualRouter);
        const address = ipv4ToSigned(operation.address);
        const way = new FarWay(operation.module);
        this.#far.set(operation.session, { router, address, way });
        router.sessions.set(address, way);
        return;
      }
      case "closeFar": {
        const far = this.#far.get(operation.session);
        this.#far.delete(operation.session);
        if (far?.router.sessions.get(far.address) === far?.way) far?.router.sessions.delete(far.address);
        return;
      }
      case "farNetworks":
        this.#router(operation.virtualRouter).setFarNetworks(operation.networks, operation.module);
        return;
    }
  }

  /** A packet that came in at another line module and leaves here. */
  receiveHandedOver({ virtualRouter, localAddress, forwarded, bytes }: HandedPacket, now: Millis): void {
    const router = this.#routers.get(virtualRouter);
    const target = router?.wayTo(ipv4Destination(bytes) | 0);
    // What was told about it has changed meanwhile; it would go round.
    if (router === undefined || target === undefined || target instanceof FarWay) this.#totals.noRoute += 1;
    else if (forwarded) this.#pass({ router, localAddress }, target, bytes, now);
    else this.#send(target, bytes, false, now);
  }

  hostLink(device: string): HostLink | undefined {
    return this.#links.get(device);
  }

  /** A packet that came out of a session whose IP is open. */
  receive(session: Session, bytes: Uint8Array, now: Millis): void {
    const { ip, counters } = session;
    const length = checkIpv4(bytes);
    if (ip === undefined || length < 0) {
      counters.rxDiscards += 1;
      return;
    }
    const packet = length === bytes.length ? bytes : bytes.subarray(0, length);
    const source = ipv4Source(packet) | 0;
    if (ip.checkSource && source !== ip.peerAddress && ip.router.wayTo(source) !== session) {
      counters.spoofed += 1;
      return;
    }
    this.#enter(session, ip, packet, now);
  }

  /** A packet that the host sent to one of our devices. */
  receiveFromHost(device: string, bytes: Uint8Array, now: Millis): void {
    const link = this.#links.get(device);
    if (link === undefined) {
      this.#totals.noRoute += 1;
      return;
    }
    const { ip, counters } = link;
    counters.rxPackets += 1;
    counters.rxOctets += bytes.length;
    const length = checkIpv4(bytes);
    if (length < 0) {
      counters.rxDiscards += 1;
      return;
    }
    counters.lastInputAt = now;
    const packet = length === bytes.length ? bytes : bytes.subarray(0, length);
    this.#outputs.tap?.host("in", ipv4FromNumber(ip.localAddress), packet);
    const source = ipv4Source(packet) | 0;
    if (!isHostAddress(source) || ip.router.addresses.has(source) || isSession(ip.router.wayTo(source))) {
      counters.spoofed += 1;
      return;
    }
    this.#enter(link, ip, packet, now);
  }

  /** What came by a wire and may have come by it: to ourselves, or onward. */
  #enter(from: Session | HostLink, ip: PortIp, packet: Uint8Array, now: Millis): void {
    const { counters } = from;
    if (ip.tcpMss > 0) lowerMaximumSegment(packet, ip.tcpMss);
    if (!this.#filter.passes(ip.filterIn, packet, now)) {
      counters.filtered += 1;
      this.#refuse(ip, packet, prohibited, now);
      return;
    }
    const destination = ipv4Destination(packet) | 0;
    if (destination === ip.localAddress || ip.router.addresses.has(destination)) {
      const whole = ipv4IsFragment(packet) ? this.#reassembly.add(ip.router.name, packet, now) : packet;
      if (whole === undefined) return;
      if (ipv4Protocol(whole) === ipProtocol.udp) this.#refuse(ip, whole, portUnreachable, now);
      else this.#deliver(ip.router, whole, now);
      return;
    }
    const target = isHostAddress(destination) ? ip.router.wayTo(destination) : undefined;
    // Back to the host it would only come again.
    if (target === undefined || (target === from && target instanceof HostLink)) {
      this.#totals.noRoute += 1;
      if (ip.tellsSenders) this.#refuse(ip, packet, hostUnreachable, now);
    } else if (ipv4TimeToLive(packet) <= 1) {
      counters.rxDiscards += 1;
      this.#refuse(ip, packet, timeExceeded, now);
    } else if (target instanceof FarWay) {
      this.#handOver(target, ip, packet, true);
    } else {
      this.#pass(ip, target, packet, now);
    }
  }

  /** From one wire to another. */
  #pass(from: WayIn, target: Session | HostLink, packet: Uint8Array, now: Millis): void {
    if (!this.#filter.passes(target.ip?.filterOut, packet, now)) {
      target.counters.filtered += 1;
      this.#refuse(from, packet, prohibited, now);
      return;
    }
    const mtu = target.ip?.mtu ?? 0;
    if (packet.length > mtu && !ipv4MayFragment(packet)) {
      this.#totals.fragmentationRefused += 1;
      const code = unreachableCode.fragmentationNeeded;
      this.#refuse(from, packet, { type: icmpErrorType.unreachable, code, mtu }, now);
    }
    this.#send(target, packet, true, now);
  }

  #handOver({ module }: FarWay, { router, localAddress }: WayIn, packet: Uint8Array, forwarded: boolean): void {
    const virtualRouter = router.name;
    const bytes = packet.slice();
    this.#outputs.handOvers.push({ type: "packet", module, virtualRouter, localAddress, forwarded, bytes });
  }

  /** Onto a wire: cut where it is too large and may be, dropped and counted where it may not. */
  #send(target: Session | HostLink, packet: Uint8Array, forwarded: boolean, now: Millis): void {
    const { ip } = target;
    if (ip !== undefined && ip.tcpMss > 0) lowerMaximumSegment(packet, ip.tcpMss);
    if (ip === undefined || packet.length <= ip.mtu || !ipv4MayFragment(packet)) {
      this.#transmit(target, packet, forwarded, now);
      return;
    }
    const pieces = fragment(packet, ip.mtu);
    if (pieces.length === 0) target.counters.txDiscards += 1;
    else this.#totals.fragmented += 1;
    this.#totals.fragments += pieces.length;
    for (const piece of pieces) this.#transmit(target, piece, forwarded, now);
  }

  #transmit(target: Session | HostLink, packet: Uint8Array, forwarded: boolean, now: Millis): void {
    if (target instanceof Session) {
      this.#l2tp.sendPacket(target, packet, forwarded, now);
      return;
    }
    const { counters, device, ip } = target;
    if (packet.length > ip.mtu) {
      counters.txDiscards += 1;
      return;
    }
    if (forwarded) decrementTimeToLive(packet, 0);
    counters.txPackets += 1;
    counters.txOctets += packet.length;
    counters.lastOutputAt = now;
    this.#outputs.tap?.host("out", ipv4FromNumber(ip.localAddress), packet);
    this.#outputs.toHost(device, packet);
  }

  /** Tells the sender what became of its packet, as often as is decent. */
  #refuse(from: WayIn, packet: Uint8Array, kind: IcmpErrorKind, now: Millis): void {
    if (!this.#errors.take(now)) return;
    const error = icmpErrorAbout(packet, kind, from.localAddress);
    if (error === undefined) return;
    this.#totals.icmpErrors += 1;
    this.#route(from.router, error, now);
  }

  /** A packet of our own. */
  originate(name: string, packet: Uint8Array, now: Millis): void {
    const router = this.#routers.get(name);
    if (router === undefined || checkIpv4(packet) !== packet.length) {
      this.#totals.noRoute += 1;
      return;
    }
    this.#route(router, packet, now);
  }

  #route(router: VirtualRouter, packet: Uint8Array, now: Millis): void {
    const destination = ipv4Destination(packet) | 0;
    if (router.addresses.has(destination)) {
      this.#deliver(router, packet, now);
      return;
    }
    const target = router.wayTo(destination) ?? router.defaultSession;
    if (target === undefined) this.#totals.noRoute += 1;
    else if (target instanceof FarWay) this.#handOver(target, { router, localAddress: 0 }, packet, false);
    else this.#send(target, packet, false, now);
  }

  /** To ourselves, of our own or ICMP. A reply is no request and an error no UDP, so answering our own probe ends there. */
  #deliver(router: VirtualRouter, packet: Uint8Array, now: Millis): void {
    if (ipv4Protocol(packet) === ipProtocol.udp) {
      const error = icmpErrorAbout(packet, portUnreachable, ipv4Destination(packet));
      if (error !== undefined) this.#route(router, error, now);
      return;
    }
    if (!isEchoRequest(packet)) {
      this.#outputs.punt({ type: "ip", virtualRouter: router.name, bytes: packet.slice() });
      return;
    }
    const reply = echoReply(packet);
    if (reply !== undefined) this.#route(router, reply, now);
  }

  #router(name: string): VirtualRouter {
    const router = this.#routers.get(name) ?? new VirtualRouter(name);
    this.#routers.set(name, router);
    return router;
  }

  #forget(router: VirtualRouter): void {
    for (const [address, owner] of this.#byAddress) if (owner === router) this.#byAddress.delete(address);
    for (const device of router.links.keys()) this.#links.delete(device);
  }
}

/** Behind whichever line module it is: what is not a link to the host is a session. */
function isSession(way: Session | HostLink | FarWay | undefined): boolean {
  return way !== undefined && !(way instanceof HostLink);
}
