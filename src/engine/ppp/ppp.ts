/**
 * One end of a PPP link (RFC 1661): LCP, then authentication in either direction, then IPCP. What is not spoken (CCP, ECP,
 * IPv6CP, EAP and all else) is refused with a Protocol-Reject, so that the peer need not wait for it.
 */

import { tryDecode } from "../kernel/errors.ts";
import type { Log, LogFields, Severity, Sides } from "../kernel/log.ts";
import { type Deadline, earlier, type Machine, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import { type ControlPacket, controlCode, controlPacket, pppFrame, pppProtocol } from "../wire/ppp-control.ts";
import type { AuthenticationOutput } from "./authentication.ts";
import { AuthenticationPhase } from "./authentication-phase.ts";
import { ControlProtocol, type CpOutput } from "./control-protocol.ts";
import type { LinkMagic, PppClaim, PppInput, PppOutput, PppPhase, PppPlan, PppView, ProxyLink } from "./events.ts";
import { Keepalive } from "./keepalive.ts";
import { LcpOptions, LOOPED_BACK, u32 } from "./lcp-options.ts";
import { limitsOf } from "./limits.ts";
import { type NetworkOutput, NetworkPhase } from "./network-phase.ts";
import { describePacket } from "./packet-names.ts";
import { Rejections } from "./rejections.ts";

export interface PppContext {
  readonly random: Random;
  readonly log: Log;
  /** Names the session in the log. */
  readonly label: string;
}

/** Protocols from here on configure the link itself; those below wait for the network phase (RFC 1661 §3.5). */
const LINK_PROTOCOLS = 0xc000;
/** Windows asks for compression (MPPC) though it will not get it; an end of ours says no with a Protocol-Reject. */
const compressionOffer = controlPacket.encode({
  code: controlCode.configureRequest,
  identifier: 1,
  data: Uint8Array.of(18, 6, 0, 0, 0, 1),
});
/** Header of a Protocol-Reject: code, identifier, length and the protocol. */
const REJECT_HEADER = 6;

export class PppMachine implements Machine<PppInput, PppOutput> {
  readonly #plan: PppPlan;
  readonly #context: PppContext;
  readonly #outputs = new Outputs<PppOutput>();
  readonly #lcpOptions: LcpOptions;
  readonly #lcp: ControlProtocol;
  readonly #keepalive: Keepalive;
  readonly #authentication: AuthenticationPhase;
  readonly #network: NetworkPhase;
  readonly #rejects = new Rejections();
  #phase: PppPhase = "dead";
  #started = false;
  #reason: string | undefined;
  /** The proof that came with the link; it counts once. */
  #claim: PppClaim | undefined;

  constructor(plan: PppPlan, context: PppContext) {
    this.#plan = plan;
    this.#context = context;
    this.#lcpOptions = new LcpOptions(plan, context.random);
    const limits = limitsOf(plan.negotiation);
    this.#lcp = new ControlProtocol("LCP", this.#lcpOptions, limits);
    this.#authentication = new AuthenticationPhase(plan, limits, context.random);
    this.#network = new NetworkPhase(plan, limits);
    this.#keepalive = new Keepalive(plan.keepaliveSeconds, plan.keepaliveRetries);
  }

  handleInput(input: PppInput, now: Millis): void {
    if (input.type === "up") this.#start(input.proxy, now);
    if (this.#phase === "dead") return;
    switch (input.type) {
      case "up":
        break;
      case "frame":
        this.#frame(input.bytes, now);
        break;
      case "authenticated":
        this.#authentication.verdict(input.verdict, now);
        break;
      case "address":
        this.#network.address(input.address, now, input.terms);
        break;
      case "close":
        this.#close(input.reason, now);
        break;
      case "down":
        this.#phase = "dead";
        return;
    }
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    if (this.#phase === "dead") return;
    this.#lcp.handleTimeout(now);
    this.#network.handleTimeout(now);
    this.#authentication.handleTimeout(now);
    const echo = this.#keepalive.due(now);
    if (echo === "giveUp") this.#fail("the peer does not answer LCP echoes", now);
    else if (echo === "ask") {
      this.#sendLcp(controlCode.echoRequest, this.#lcp.nextIdentifier(), [u32(this.#lcpOptions.agreedMagic)]);
    }
    this.#drain(now);
  }

  pollOutput(): PppOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    if (this.#phase === "dead") return undefined;
    const layers = earlier(this.#lcp.pollTimeout(), this.#network.pollTimeout());
    return earlier(earlier(layers, this.#authentication.pollTimeout()), this.#keepalive.pollTimeout());
  }

  /** `undefined` = LCP is not open. */
  get magic(): LinkMagic | undefined {
    return this.#lcp.opened ? { local: this.#lcpOptions.agreedMagic, peer: this.#lcpOptions.peerMagic } : undefined;
  }

  view(): PppView {
    return {
      phase: this.#phase,
      lcp: this.#lcp.state,
      ipcp: this.#network.state,
      authentication: this.#lcpOptions.demanded ?? this.#lcpOptions.owed,
      peerName: this.#authentication.peerName,
      localAddress: this.#network.localAddress,
      peerAddress: this.#network.peerAddress,
      localMru: this.#lcpOptions.mru,
      peerMru: this.#lcpOptions.peerMru,
      openedAt: this.#network.openedAt,
      protocolsRejected: this.#rejects.counts,
      reason: this.#reason,
    };
  }

  /** A link comes up once: who wants another one makes another machine. */
  #start(proxy: ProxyLink | undefined, now: Millis): void {
    if (this.#started) return;
    this.#started = true;
    this.#phase = "establish";
    const misfit = proxy === undefined ? undefined : this.#adopt(proxy);
    if (proxy === undefined || (misfit !== undefined && proxy.renegotiates)) {
      this.#lcp.open(now);
      this.#lcp.up(now);
    } else if (misfit !== undefined) {
      this.#fail(`what the LAC negotiated does not fit: ${misfit}`, now);
    }
  }

  /** LCP opens as somebody else has negotiated it, or says why it cannot. */
  #adopt(proxy: ProxyLink): string | undefined {
    const misfit = this.#lcpOptions.adopt(proxy);
    if (misfit === undefined) this.#say("info", "LCP of the LAC is taken over", {});
    else this.#say("info", "LCP of the LAC is not taken over", { misfit });
    // Adopted also where it does not fit and the link has to end: the peer takes its LCP for open.
    if (misfit !== undefined && proxy.renegotiates) return misfit;
    this.#claim = proxy.claim;
    this.#lcp.adopt(proxy.sent, proxy.received);
    return misfit;
  }

  #frame(bytes: Uint8Array, now: Millis): void {
    const protocol = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    // Data are the business of the line module once IP is open; before that nobody wants them.
    if (bytes.length < 2 || protocol === pppProtocol.ip) return;
    const body = bytes.subarray(2);
    if (protocol !== pppProtocol.lcp && !this.#lcp.opened) return;
    switch (protocol) {
      case pppProtocol.lcp:
      case pppProtocol.pap:
      case pppProtocol.chap:
      case pppProtocol.ipcp: {
        const packet = tryDecode(() => controlPacket.decode(body));
        if (packet.ok) this.#packet(protocol, packet.value, now);
        else this.#say("debug", "PPP packet is malformed", { protocol, reason: packet.error.message });
        return;
      }
      default:
        if (protocol >= LINK_PROTOCOLS || this.#phase === "network") this.#protocolReject(protocol, body, now);
    }
  }

  #packet(protocol: number, packet: ControlPacket, now: Millis): void {
    this.#sayPacket("PPP packet received", protocol, () => packet);
    switch (protocol) {
      case pppProtocol.lcp:
        this.#lcpPacket(packet, now);
        return;
      case pppProtocol.ipcp:
        // RFC 1661 §3.5: before the network phase such packets are dropped in silence.
        if (this.#phase !== "network") return;
        if (!this.#network.receive(packet, now) && this.#rejects.allows(now)) this.#network.unknownCode(packet, now);
        return;
      default:
        this.#authentication.receive(protocol, packet, now);
    }
  }

  #lcpPacket(packet: ControlPacket, now: Millis): void {
    if (this.#lcp.receive(packet, now)) return;
    switch (packet.code) {
      case controlCode.echoRequest:
      case controlCode.echoReply:
        if (this.#lcp.opened && packet.data.length >= 4) this.#echo(packet, now);
        return;
      case controlCode.protocolReject:
        if (this.#lcp.opened && packet.data.length >= 2) this.#protocolRejected(packet, now);
        return;
      case controlCode.discardRequest:
      case controlCode.identification:
      case controlCode.timeRemaining:
        return;
      default:
        if (this.#rejects.allows(now)) this.#lcp.unknownCode(packet, now);
    }
  }

  #echo(packet: ControlPacket, now: Millis): void {
    const ours = this.#lcpOptions.agreedMagic;
    const [a = 0, b = 0, c = 0, d = 0] = packet.data;
    const magic = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (magic !== 0 && magic === ours) {
      this.#fail(LOOPED_BACK, now);
    } else if (packet.code === controlCode.echoReply) {
      this.#keepalive.answered();
    } else {
      // The magic number is ours, the rest is the peer's own (RFC 1661 §5.8). Its magic number is taken as it comes.
      this.#sendLcp(controlCode.echoReply, packet.identifier, [u32(ours), packet.data.subarray(4)]);
    }
  }

  #protocolRejected(packet: ControlPacket, now: Millis): void {
    const protocol = ((packet.data[0] ?? 0) << 8) | (packet.data[1] ?? 0);
    if (protocol === pppProtocol.ipcp) this.#network.protocolRejected(now);
    else if (protocol === pppProtocol.lcp) this.#lcp.protocolRejected(now);
    else if (protocol === pppProtocol.pap || protocol === pppProtocol.chap) {
      if (this.#phase === "authenticate") this.#fail("the peer does not speak the authentication it agreed to", now);
    }
  }

  #protocolReject(protocol: number, body: Uint8Array, now: Millis): void {
    if (!this.#rejects.allows(now)) return;
    this.#rejects.count(protocol);
    // A rejected packet is cut to what the peer receives (RFC 1661 §5.7).
    const room = Math.max(0, this.#lcpOptions.peerMru - REJECT_HEADER);
    const head = Uint8Array.of(protocol >> 8, protocol & 255);
    this.#sendLcp(controlCode.protocolReject, this.#lcp.nextIdentifier(), [head, body.subarray(0, room)]);
  }

  #sendLcp(code: number, identifier: number, parts: readonly Uint8Array[]): void {
    this.#send(pppProtocol.lcp, controlPacket.encode({ code, identifier, data: Buffer.concat(parts) }));
  }

  #send(protocol: number, bytes: Uint8Array): void {
    this.#sayPacket("PPP packet sent", protocol, () => controlPacket.decode(bytes));
    this.#outputs.push({ type: "frame", bytes: pppFrame(protocol, bytes) });
  }

  #drain(now: Millis): void {
    for (;;) {
      const lcp = this.#lcp.pollOutput();
      if (lcp !== undefined) {
        this.#fromLcp(lcp, now);
        continue;
      }
      const proof = this.#authentication.pollOutput();
      if (proof !== undefined) {
        this.#fromAuthentication(proof, now);
        continue;
      }
      const network = this.#network.pollOutput();
      if (network !== undefined) {
        this.#fromNetwork(network, now);
        continue;
      }
      const impossible = this.#lcpOptions.impossible;
      if (impossible === undefined || this.#phase === "terminate" || this.#phase === "dead") return;
      this.#fail(impossible.reason, now, impossible.sides);
    }
  }

  #fromLcp(output: CpOutput, now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#send(pppProtocol.lcp, output.bytes);
        return;
      case "up":
        this.#lcpUp(now);
        return;
      case "down":
        this.#leaveNetwork(now);
        if (this.#phase !== "terminate") this.#phase = this.#lcp.state === "stopping" ? "terminate" : "establish";
        return;
      case "finished":
        if (this.#reason === undefined && output.fault) this.#say("notice", "PPP failed", { reason: output.reason });
        this.#finish(this.#reason ?? output.reason);
        return;
    }
  }

  #lcpUp(now: Millis): void {
    // LCP that was adopted only to be closed in good order.
    if (this.#phase === "terminate") return;
    const { demanded, owed } = this.#lcpOptions;
    this.#say("info", "LCP is open", { authentication: demanded ?? owed ?? "none" });
    this.#phase = "authenticate";
    this.#keepalive.start(now);
    this.#authentication.start(demanded, owed, this.#claim, now);
    this.#claim = undefined;
    this.#enterNetworkWhenProven(now);
  }

  #enterNetworkWhenProven(now: Millis): void {
    if (!this.#authentication.complete || this.#phase !== "authenticate") return;
    this.#phase = "network";
    if (this.#plan.offerCcp) this.#send(pppProtocol.ccp, compressionOffer);
    this.#network.start(now);
  }

  #fromAuthentication(output: AuthenticationOutput, now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#send(output.protocol, output.bytes);
        return;
      case "ask":
        this.#outputs.push({ type: "authenticate", name: output.name, proof: output.proof });
        return;
      case "done":
        this.#say("info", "PPP authentication succeeded", { user: output.name });
        this.#enterNetworkWhenProven(now);
        return;
      case "failed":
        this.#fail(output.reason, now);
        return;
    }
  }

  #fromNetwork(output: NetworkOutput, now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#send(pppProtocol.ipcp, output.bytes);
        return;
      case "requestAddress":
        this.#outputs.push({ type: "requestAddress", name: this.#authentication.peerName, hint: undefined });
        return;
      case "opened": {
        const { peerMru, compressProtocol, compressAddress } = this.#lcpOptions;
        this.#say("info", "IPCP is open", { local: output.localAddress, peer: output.peerAddress });
        this.#outputs.push({ ...output, peerMru, compressProtocol, compressAddress });
        return;
      }
      case "closed":
        this.#outputs.push({ type: "closedIp" });
        return;
      case "ended":
        // Without IP there is nothing to carry.
        if (output.fault) this.#fail(output.reason, now);
        else this.#close(output.reason, now);
        return;
    }
  }

  #leaveNetwork(now: Millis): void {
    this.#network.stop(now);
    this.#authentication.stop();
    this.#keepalive.stop();
  }

  #fail(reason: string, now: Millis, sides?: Sides): void {
    if (this.#phase === "terminate") return;
    this.#say("notice", "PPP failed", { user: this.#authentication.peerName, reason, ...sides });
    this.#close(reason, now);
  }

  #close(reason: string, now: Millis): void {
    if (this.#phase === "terminate") return;
    this.#reason = reason;
    this.#phase = "terminate";
    this.#lcp.close(reason, now);
  }

  #finish(reason: string): void {
    if (this.#phase === "dead") return;
    this.#reason = reason === "" ? "the peer does not answer" : reason;
    this.#phase = "dead";
    this.#say("info", "PPP ended", { reason: this.#reason });
    this.#outputs.push({ type: "terminated", reason: this.#reason });
  }

  #sayPacket(text: string, protocol: number, packet: () => ControlPacket): void {
    const { log, label } = this.#context;
    log("ppp", "debug", text, () => ({ session: label, ...describePacket(protocol, packet()) }));
  }

  #say(severity: Severity, text: string, fields: LogFields): void {
    this.#context.log("ppp", severity, text, { session: this.#context.label, ...fields });
  }
}
