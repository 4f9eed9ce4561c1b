/**
 * One end of a PPP link (RFC 1661): LCP, then authentication in either direction, then IPCP. What is not spoken (CCP, ECP,
 * IPv6CP and all else) is refused with a Protocol-Reject, so that the peer need not wait for it.
 */

import { tryDecode } from "../kernel/errors.ts";
import type { Log, LogFields } from "../kernel/log.ts";
import { type Deadline, earlier, type Machine, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import {
  type ControlPacket,
  controlCode,
  controlOptions,
  controlPacket,
  pppFrame,
  pppProtocol,
} from "../wire/ppp-control.ts";
import type { AuthenticationOutput } from "./authentication.ts";
import { Authenticator } from "./authenticator.ts";
import { ControlProtocol, type CpOutput } from "./control-protocol.ts";
import type { PppInput, PppOutput, PppPhase, PppPlan, PppView } from "./events.ts";
import { IpcpOptions } from "./ipcp-options.ts";
import { LcpOptions, u32 } from "./lcp-options.ts";
import { Prover } from "./prover.ts";

export interface PppContext {
  readonly random: Random;
  readonly log: Log;
  /** Names the session in the log. */
  readonly label: string;
}

/** Protocol-Rejects in a second: a peer may ask for many protocols, not for a flood of answers. */
const REJECTS_PER_SECOND = 10;
const MILLIS = 1000;

export class PppMachine implements Machine<PppInput, PppOutput> {
  readonly #plan: PppPlan;
  readonly #context: PppContext;
  readonly #outputs = new Outputs<PppOutput>();
  readonly #lcpOptions: LcpOptions;
  readonly #ipcpOptions: IpcpOptions;
  readonly #lcp: ControlProtocol;
  readonly #ipcp: ControlProtocol;
  #authenticator: Authenticator | undefined;
  #prover: Prover | undefined;
  /** Who has still to be proven before the network phase. */
  readonly #unproven = new Set<"peer" | "own">();
  #phase: PppPhase = "dead";
  #peerName = "";
  #reason: string | undefined;
  #openedAt: Millis | undefined;
  #echoAt: Millis | undefined;
  #unanswered = 0;
  #rejects = { second: 0, count: 0 };

  constructor(plan: PppPlan, context: PppContext) {
    this.#plan = plan;
    this.#context = context;
    this.#lcpOptions = new LcpOptions(plan, context.random);
    this.#ipcpOptions = new IpcpOptions(plan);
    this.#lcp = new ControlProtocol("LCP", this.#lcpOptions);
    this.#ipcp = new ControlProtocol("IPCP", this.#ipcpOptions);
  }

  handleInput(input: PppInput, now: Millis): void {
    if (this.#phase === "dead" && input.type !== "up") return;
    switch (input.type) {
      case "up":
        this.#phase = "establish";
        this.#lcp.open(now);
        this.#lcp.up(now);
        break;
      case "frame":
        this.#frame(input.bytes, now);
        break;
      case "authenticated":
        this.#authenticator?.verdict(input.verdict, now);
        break;
      case "address":
        this.#address(input.address, now);
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
    this.#ipcp.handleTimeout(now);
    this.#authenticator?.handleTimeout(now);
    this.#prover?.handleTimeout(now);
    this.#echo(now);
    this.#drain(now);
  }

  pollOutput(): PppOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    if (this.#phase === "dead") return undefined;
    const echo = this.#echoAt === undefined ? undefined : { at: this.#echoAt, why: "LCP echo" };
    const layers = earlier(this.#lcp.pollTimeout(), this.#ipcp.pollTimeout());
    const proofs = earlier(this.#authenticator?.pollTimeout(), this.#prover?.pollTimeout());
    return earlier(earlier(layers, proofs), echo);
  }

  view(): PppView {
    return {
      phase: this.#phase,
      lcp: this.#lcp.state,
      ipcp: this.#ipcp.state,
      authentication: this.#lcpOptions.demanded ?? this.#lcpOptions.owed,
      peerName: this.#peerName,
      localAddress: this.#ipcp.opened ? this.#ipcpOptions.localAddress : this.#plan.localAddress,
      peerAddress: this.#ipcp.opened ? this.#ipcpOptions.peerAddress : this.#ipcpOptions.assigned,
      localMru: this.#lcpOptions.mru,
      peerMru: this.#lcpOptions.peerMru,
      openedAt: this.#openedAt,
      reason: this.#reason,
    };
  }

  #frame(bytes: Uint8Array, now: Millis): void {
    if (bytes.length < 2) return;
    const protocol = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    const body = bytes.subarray(2);
    const packet = tryDecode(() => controlPacket.decode(body));
    switch (protocol) {
      case pppProtocol.lcp:
        if (packet.ok) this.#lcpPacket(packet.value, now);
        return;
      case pppProtocol.pap:
      case pppProtocol.chap:
        if (!packet.ok || !this.#lcp.opened) return;
        this.#authenticator?.receive(protocol, packet.value);
        this.#prover?.receive(protocol, packet.value);
        return;
      case pppProtocol.ipcp:
        // RFC 1661 §3.4: before the network phase such packets are dropped in silence.
        if (!packet.ok || this.#phase !== "network") return;
        if (!this.#ipcp.receive(packet.value, now)) this.#ipcp.unknownCode(packet.value, now);
        return;
      case pppProtocol.ip:
        return;
      default:
        if (this.#lcp.opened) this.#protocolReject(protocol, body, now);
    }
  }

  #lcpPacket(packet: ControlPacket, now: Millis): void {
    if (this.#lcp.receive(packet, now)) return;
    switch (packet.code) {
      case controlCode.echoRequest:
        if (!this.#lcp.opened || packet.data.length < 4) return;
        // The magic number is ours, the rest is the peer's own (RFC 1661 §5.8).
        this.#sendLcp(controlCode.echoReply, packet.identifier, [u32(this.#lcpOptions.magic), packet.data.subarray(4)]);
        return;
      case controlCode.echoReply:
        this.#unanswered = 0;
        return;
      case controlCode.protocolReject:
        this.#protocolRejected(packet, now);
        return;
      case controlCode.discardRequest:
      case controlCode.identification:
      case controlCode.timeRemaining:
        return;
      default:
        this.#lcp.unknownCode(packet, now);
    }
  }

  #protocolRejected(packet: ControlPacket, now: Millis): void {
    const protocol = ((packet.data[0] ?? 0) << 8) | (packet.data[1] ?? 0);
    if (protocol === pppProtocol.ipcp) this.#ipcp.protocolRejected(now);
    else if (protocol === pppProtocol.lcp) this.#lcp.protocolRejected(now);
  }

  #protocolReject(protocol: number, body: Uint8Array, now: Millis): void {
    const second = Math.floor(now / MILLIS);
    if (this.#rejects.second !== second) this.#rejects = { second, count: 0 };
    if (this.#rejects.count >= REJECTS_PER_SECOND) return;
    this.#rejects.count += 1;
    // A rejected packet is cut to what the peer receives (RFC 1661 §5.7).
    const room = Math.max(0, this.#lcpOptions.peerMru - 6);
    const head = Uint8Array.of(protocol >> 8, protocol & 255);
    this.#sendLcp(controlCode.protocolReject, this.#lcp.nextIdentifier(), [head, body.subarray(0, room)]);
  }

  #sendLcp(code: number, identifier: number, parts: readonly Uint8Array[]): void {
    const packet = controlPacket.encode({ code, identifier, data: Buffer.concat(parts) });
    this.#outputs.push({ type: "frame", bytes: pppFrame(pppProtocol.lcp, packet) });
  }

  #drain(now: Millis): void {
    for (;;) {
      const lcp = this.#lcp.pollOutput();
      if (lcp !== undefined) {
        this.#fromLcp(lcp, now);
        continue;
      }
      const theirs = this.#authenticator?.pollOutput();
      if (theirs !== undefined) {
        this.#fromAuthentication(theirs, "peer", now);
        continue;
      }
      const ours = this.#prover?.pollOutput();
      if (ours !== undefined) {
        this.#fromAuthentication(ours, "own", now);
        continue;
      }
      const ipcp = this.#ipcp.pollOutput();
      if (ipcp !== undefined) {
        this.#fromIpcp(ipcp, now);
        continue;
      }
      const impossible = this.#lcpOptions.impossible;
      if (impossible === undefined || this.#phase === "terminate" || this.#phase === "dead") return;
      this.#close(impossible, now);
    }
  }

  #fromLcp(output: CpOutput, now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#outputs.push({ type: "frame", bytes: pppFrame(pppProtocol.lcp, output.bytes) });
        return;
      case "up":
        this.#lcpUp(now);
        return;
      case "down":
        this.#leaveNetwork(now);
        if (this.#phase !== "terminate") this.#phase = "establish";
        return;
      case "finished":
        this.#finish(this.#reason ?? output.reason);
        return;
    }
  }

  #lcpUp(now: Millis): void {
    const { demanded, owed } = this.#lcpOptions;
    this.#say("info", "LCP is open", { authentication: demanded ?? owed ?? "none" });
    this.#phase = "authenticate";
    this.#unanswered = 0;
    this.#echoAt = this.#plan.keepaliveSeconds > 0 ? now + this.#plan.keepaliveSeconds * MILLIS : undefined;
    this.#authenticator =
      demanded === undefined ? undefined : new Authenticator(demanded, this.#plan, this.#context.random);
    this.#prover =
      owed === undefined || this.#plan.credentials === undefined
        ? undefined
        : new Prover(owed, this.#plan.credentials, this.#context.random);
    this.#unproven.clear();
    if (this.#authenticator !== undefined) this.#unproven.add("peer");
    if (this.#prover !== undefined) this.#unproven.add("own");
    this.#authenticator?.start(now);
    this.#prover?.start(now);
    if (this.#plan.offerCcp) this.#offerCcp();
    this.#enterNetworkWhenProven(now);
  }

  /** Windows asks for compression though it will not get it; an end of ours says no with a Protocol-Reject. */
  #offerCcp(): void {
    const mppc = controlOptions.encode([{ type: 18, data: Uint8Array.of(0, 0, 0, 1) }]);
    const packet = controlPacket.encode({ code: controlCode.configureRequest, identifier: 1, data: mppc });
    this.#outputs.push({ type: "frame", bytes: pppFrame(pppProtocol.ccp, packet) });
  }

  #enterNetworkWhenProven(now: Millis): void {
    if (this.#unproven.size > 0 || this.#phase !== "authenticate") return;
    this.#phase = "network";
    // A server must know what to give before IPCP speaks; a client takes what comes.
    if (this.#plan.credentials === undefined) {
      this.#outputs.push({ type: "requestAddress", name: this.#peerName, hint: undefined });
    } else {
      this.#startIpcp(now);
    }
  }

  #address(address: string | undefined, now: Millis): void {
    if (this.#phase !== "network") return;
    if (address === undefined) {
      this.#close("there is no address for the peer", now);
      return;
    }
    this.#ipcpOptions.assigned = address;
    this.#startIpcp(now);
  }

  #startIpcp(now: Millis): void {
    this.#ipcp.open(now);
    this.#ipcp.up(now);
  }

  #fromAuthentication(output: AuthenticationOutput, who: "peer" | "own", now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#outputs.push({ type: "frame", bytes: pppFrame(output.protocol, output.bytes) });
        return;
      case "ask":
        this.#outputs.push({ type: "authenticate", name: output.name, proof: output.proof });
        return;
      case "done":
        this.#peerName = output.name;
        this.#say("info", "PPP authentication succeeded", { user: output.name });
        this.#unproven.delete(who);
        this.#enterNetworkWhenProven(now);
        return;
      case "failed":
        this.#close(output.reason, now);
        return;
    }
  }

  #fromIpcp(output: CpOutput, now: Millis): void {
    switch (output.type) {
      case "packet":
        this.#outputs.push({ type: "frame", bytes: pppFrame(pppProtocol.ipcp, output.bytes) });
        return;
      case "up":
        this.#ipcpUp(now);
        return;
      case "down":
        this.#outputs.push({ type: "closedIp" });
        return;
      case "finished":
        // Without IP there is nothing to carry.
        if (this.#phase === "network") this.#close(output.reason === "" ? "IPCP ended" : output.reason, now);
        return;
    }
  }

  #ipcpUp(now: Millis): void {
    const { localAddress, peerAddress, dns, nbns } = this.#ipcpOptions;
    this.#openedAt = now;
    this.#say("info", "IPCP is open", { local: localAddress, peer: peerAddress });
    this.#outputs.push({
      type: "opened",
      localAddress,
      peerAddress: peerAddress ?? "0.0.0.0",
      dns,
      nbns,
      peerMru: this.#lcpOptions.peerMru,
      compressProtocol: this.#lcpOptions.compressProtocol,
      compressAddress: this.#lcpOptions.compressAddress,
    });
  }

  #leaveNetwork(now: Millis): void {
    this.#ipcp.down(now);
    for (let output = this.#ipcp.pollOutput(); output !== undefined; output = this.#ipcp.pollOutput()) {
      if (output.type === "down") this.#outputs.push({ type: "closedIp" });
    }
    this.#authenticator = undefined;
    this.#prover = undefined;
    this.#echoAt = undefined;
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

  #echo(now: Millis): void {
    if (this.#echoAt === undefined || now < this.#echoAt || !this.#lcp.opened) return;
    if (this.#unanswered >= this.#plan.keepaliveRetries) {
      this.#echoAt = undefined;
      this.#close("the peer does not answer LCP echoes", now);
      return;
    }
    this.#unanswered += 1;
    this.#echoAt = now + this.#plan.keepaliveSeconds * MILLIS;
    this.#sendLcp(controlCode.echoRequest, this.#lcp.nextIdentifier(), [u32(this.#lcpOptions.magic)]);
  }

  #say(severity: "info" | "notice", text: string, fields: LogFields): void {
    this.#context.log("ppp", severity, text, { session: this.#context.label, ...fields });
  }
}
