/**
 * One tunnel: its control connection (RFC 2661 §5.1, §5.5 to §5.7, §7.2) from either end, with tunnel authentication,
 * hello, the idle timeout, and its calls. Whether a peer may have a tunnel at all is decided before one of these
 * exists. A tunnel that is over keeps answering what the peer repeats, so that a lost acknowledgement does not leave
 * the peer waiting (§5.7), until it is forgotten.
 */

import type { L2tpPath, SessionId } from "../forwarding.ts";
import { type Deadline, earlier, type Millis } from "../kernel/machine.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import type { L2tpControlHeader } from "../wire/l2tp-control.ts";
import { type ControlBody, decodeControlBody } from "../wire/l2tp-message.ts";
import { Calls } from "./call.ts";
import { type L2tpContext, peerOf, type TunnelIdentity } from "./context.ts";
import { ControlChannel } from "./control-channel.ts";
import type { LacPlan, Result, TunnelBrief, TunnelState, TunnelView } from "./events.ts";
import { introduced, introduction, NOBODY, type Peer } from "./introduction.ts";
import { MessageSender } from "./message-sender.ts";
import { stop, stopReason } from "./results.ts";
import { controlConnection } from "./state-tables.ts";
import { PROTOCOL_VERSION, type TunnelTerms } from "./terms.ts";
import { TunnelProof } from "./tunnel-proof.ts";

/** A peer that acknowledges and then says nothing more does not keep a half-open tunnel. */
const SETUP_SECONDS = 60;
const SILENT = "the peer does not answer";
/** §5.7: a full retransmission cycle, in which the peer may repeat its StopCCN. */
const LINGER_MILLIS = 31_000;

export class Tunnel {
  readonly identity: TunnelIdentity;
  readonly calls: Calls;

  readonly #context: L2tpContext;
  readonly #terms: TunnelTerms;
  readonly #channel: ControlChannel;
  readonly #sender: MessageSender;
  readonly #proof: TunnelProof;
  #state: TunnelState = "idle";
  #changedAt: Millis;
  #wasEstablished = false;
  #peer: Peer = NOBODY;
  #idleAt: Millis | undefined;
  /** In its sessions, at the last look. */
  #packetsHeard = 0;
  /** Why it goes, from the moment that is known. */
  #reason = "";
  #lastResult: Result | undefined;

  constructor(context: L2tpContext, identity: TunnelIdentity, terms: TunnelTerms, now: Millis) {
    const { random } = context;
    this.#context = context;
    this.identity = identity;
    this.#terms = terms;
    this.#changedAt = now;
    const { retransmitTimeoutSeconds, retransmitRetriesNotEstablished } = this.#timers;
    const { min, max } = retransmitTimeoutSeconds;
    this.#proof = new TunnelProof(terms, random);
    this.#channel = new ControlChannel(
      {
        localWindow: terms.receiveWindow,
        retransmitMillis: { min: min * 1000, max: max * 1000 },
        peerMayBeForged: identity.role === "lns" && identity.path.connection === undefined,
      },
      retransmitRetriesNotEstablished,
      now,
    );
    this.#sender = new MessageSender(this.#channel, random, terms.hidesAttributes ? terms.password : undefined);
    this.calls = new Calls(context, identity, this.#sender);
    context.totals.tunnelsTotal += 1;
  }

  get wasEstablished(): boolean {
    return this.#wasEstablished;
  }

  get state(): TunnelState {
    return this.#state;
  }

  /** What we sent with our request, to settle which of two tunnels is to be. */
  get tieBreaker(): Uint8Array | undefined {
    return this.#terms.tieBreaker;
  }

  /** Why it ended or is ending. */
  get reason(): string {
    return this.#reason;
  }

  /** When the destruct timeout ends; meaningful once the tunnel is down. */
  get visibleUntil(): Millis {
    return this.#changedAt + this.#context.system.destructTimeoutSeconds * 1000;
  }

  /** When its identifiers are free again; meaningful once the tunnel is down. */
  get forgetAt(): Millis {
    return Math.max(this.visibleUntil, this.#changedAt + LINGER_MILLIS);
  }

  /** LNS: answers the SCCRQ that this tunnel was made for. */
  accept(header: L2tpControlHeader, body: Uint8Array, values: AvpValues, now: Millis): void {
    this.#meet(values);
    this.#channel.receive(header, body, now);
    // The channel delivers the request itself, which is in `values`.
    this.#channel.pollOutput();
    this.#sender.send(0, "sccrp", {
      ...introduction(this.#terms, this.identity, this.#proof.challenge),
      ...this.#proof.answer("sccrp", this.#peer.challenge),
    });
    this.#enter("waitControlConnected", now);
    this.#settle(now);
  }

  /** LAC: asks for the tunnel. */
  open(session: SessionId, plan: LacPlan, callSerialNumber: number, now: Millis): void {
    this.calls.prepare(session, plan, callSerialNumber, now);
    this.#sender.send(0, "sccrq", introduction(this.#terms, this.identity, this.#proof.challenge));
    this.#enter("waitControlReply", now);
    this.#settle(now);
  }

  /** A control message that was found to be for this tunnel. */
  receive(path: L2tpPath, header: L2tpControlHeader, body: Uint8Array, now: Millis): void {
    const credible = this.#channel.receive(header, body, now);
    // The peer's port behind a NAT, or the connection it came back through, may have changed.
    if (credible && this.#state !== "down") this.identity.path = path;
    this.#settle(now);
  }

  /** The peer has been found at the other end of another path. */
  move(path: L2tpPath): void {
    if (this.#state === "established") this.identity.path = path;
  }

  /** Ends the tunnel with a StopCCN that is repeated until the peer acknowledges it. */
  stop(result: Result, reason: string, now: Millis): void {
    this.#stop(result, reason, now);
    this.#settle(now);
  }

  /** Ends the tunnel without a word: what it ran over is gone. */
  drop(reason: string, now: Millis): void {
    this.#finish(reason, now);
  }

  closeSession(session: SessionId, result: Result, now: Millis): void {
    this.calls.close(session, result, now);
    this.#settle(now);
  }

  handleTimeout(now: Millis): void {
    if (this.#state === "down") return;
    this.#channel.handleTimeout(now, () => this.#speaks());
    this.calls.handleTimeout(now);
    if (this.#isSettingUp() && now >= this.#setupEndsAt) {
      this.#stop(stop.clear, "the tunnel was not established in time", now);
    }
    const hello = this.#helloAt();
    if (hello !== undefined && now >= hello) {
      this.#speaks();
      this.#sender.send(0, "hello", {});
    }
    if (this.#state === "established" && this.#idleAt !== undefined && now >= this.#idleAt) {
      this.#stop(stop.clear, "idle: no session in the tunnel", now);
    }
    this.#settle(now);
  }

  /** Of a tunnel that is not down. */
  deadline(): Deadline | undefined {
    let next = earlier(this.#channel.pollTimeout(), this.calls.deadline());
    if (this.#isSettingUp()) next = earlier(next, { at: this.#setupEndsAt, why: "L2TP tunnel setup" });
    const hello = this.#helloAt();
    if (hello !== undefined) next = earlier(next, { at: hello, why: "L2TP hello" });
    if (this.#idleAt !== undefined) next = earlier(next, { at: this.#idleAt, why: "L2TP idle timeout" });
    return next;
  }

  brief(): TunnelBrief {
    const { path, localTunnelId, remoteHostName } = this.identity;
    return { path, localTunnelId, remoteHostName, state: this.#state, changedAt: this.#changedAt };
  }

  view(): TunnelView {
    const { key, path, profile, role, localTunnelId, remoteTunnelId, localHostName, remoteHostName } = this.identity;
    return {
      tunnel: key,
      path,
      profile,
      localInitiated: role === "lac",
      state: this.#state,
      changedAt: this.#changedAt,
      localTunnelId,
      remoteTunnelId,
      localHostName,
      remoteHostName,
      remoteVendorName: this.#peer.vendorName,
      remoteFirmware: this.#peer.firmwareRevision,
      remoteFraming: this.#peer.framingCapabilities,
      remoteBearer: this.#peer.bearerCapabilities,
      ...this.#channel.view(),
      sessionsTotal: this.calls.total,
      sessionsFailed: this.calls.failed,
      singleShot: profile?.singleShot ?? false,
      ...(this.identity.draining === true && { draining: true }),
      lastResult: this.#lastResult,
      sessions: this.calls.views(),
    };
  }

  get #timers() {
    return { setupSeconds: SETUP_SECONDS, ...this.#context.system, ...this.identity.profile?.timers };
  }

  get #setupEndsAt(): Millis {
    return this.#changedAt + this.#timers.setupSeconds * 1000;
  }

  #isSettingUp(): boolean {
    return this.#state === "waitControlReply" || this.#state === "waitControlConnected";
  }

  /** Never while something of ours is under way: its acknowledgement will tell as much as a hello. */
  #helloAt(): Millis | undefined {
    const { helloSeconds } = this.#terms;
    if (this.#state !== "established" || helloSeconds === 0 || !this.#channel.idle) return undefined;
    return this.#channel.heardAt + helloSeconds * 1000;
  }

  /** Whether data have come since the last look. */
  #speaks(): boolean {
    const before = this.#packetsHeard;
    this.#packetsHeard = this.calls.packets();
    return this.#packetsHeard > before;
  }

  #deliver(sessionId: number, body: Uint8Array, now: Millis): void {
    const message = decodeControlBody(body, (type, vector, hidden) => this.#proof.reveal(type, vector, hidden));
    const { name, values, fault } = message;
    const action = name === undefined ? undefined : controlConnection[this.#state][name];
    if (action === "cleanUp") {
      this.#lastResult = values.resultCode;
      // The acknowledgement goes first: what follows may take the connection away.
      this.#channel.flush(now);
      this.#transmit(now);
      this.#finish(stopReason(values.resultCode), now);
    } else if (action === "call") {
      this.calls.receive({ sessionId }, message, now);
    } else if (action === "refuseCall") {
      this.calls.refuseOutgoing(message, now);
    } else if (this.#state === "disconnecting" || this.#state === "down") {
      return;
    } else if (fault !== undefined) {
      this.#stop({ code: 2, error: fault.error, message: undefined }, fault.text, now);
    } else if (action === "clear") {
      this.#stop(stop.outOfTurn, "the peer sent a message out of turn", now);
    } else if (action === "confirm") {
      this.#confirm(message, now);
    } else if (action === "establish") {
      this.#checkAnswer("scccn", values, now);
    }
  }

  /** LAC: SCCRP came. */
  #confirm({ values }: ControlBody, now: Millis): void {
    this.#meet(values);
    const { protocolVersion = PROTOCOL_VERSION, assignedTunnelId, challenge } = values;
    if (assignedTunnelId === 0) {
      this.#stop(stop.badValue, "the peer assigned tunnel id 0", now);
    } else if (protocolVersion >>> 8 !== PROTOCOL_VERSION >>> 8) {
      this.#stop(stop.badVersion, "the L2TP version is not supported", now);
    } else if (!this.#proof.canAnswer(challenge)) {
      const reason = "the peer asks for tunnel authentication and no tunnel password is set";
      this.#stop(stop.notAuthorized, reason, now);
    } else {
      this.#checkAnswer("sccrp", values, now);
    }
  }

  #checkAnswer(answer: "sccrp" | "scccn", values: AvpValues, now: Millis): void {
    const doubt = this.#proof.doubt(answer, values.challengeResponse);
    if (doubt !== undefined) {
      this.#channel.counters.authenticationFailures += 1;
      this.#context.totals.authenticationErrors += 1;
      this.#stop(stop.notAuthorized, doubt, now);
      return;
    }
    if (answer === "sccrp") this.#sender.send(0, "scccn", this.#proof.answer("scccn", this.#peer.challenge));
    this.#establish(now);
  }

  #establish(now: Millis): void {
    const { key, path, profile } = this.identity;
    this.#channel.retries = this.#timers.retransmitRetriesEstablished;
    this.#wasEstablished = true;
    this.#enter("established", now);
    this.#log("info", "L2TP tunnel established", { vendor: this.#peer.vendorName });
    this.#context.outputs.push({ type: "tunnelOpened", tunnel: key, path, profile });
    this.calls.dial(now);
  }

  #stop(result: Result, reason: string, now: Millis): void {
    if (this.#state === "disconnecting" || this.#state === "down") return;
    this.#reason = reason;
    this.#lastResult = result;
    this.#idleAt = undefined;
    this.calls.endAll(reason, now);
    this.#channel.dropUnsent();
    this.#sender.send(0, "stopCcn", { assignedTunnelId: this.identity.localTunnelId, resultCode: result });
    this.#enter("disconnecting", now);
    this.#log(this.#wasEstablished ? "info" : "notice", "L2TP tunnel is being closed", { reason });
  }

  #finish(reason: string, now: Millis): void {
    if (this.#state === "down") return;
    const { key, path } = this.identity;
    // Told with the StopCCN already; and who in the clear answers nothing has not shown to be there at all.
    const isFailure =
      !this.#wasEstablished && this.#state !== "disconnecting" && (path.connection !== undefined || reason !== SILENT);
    if (this.#reason === "") this.#reason = reason;
    this.#idleAt = undefined;
    this.#enter("down", now);
    this.#channel.close();
    this.calls.endAll(this.#reason, now);
    if (!this.#wasEstablished) this.#context.totals.tunnelsFailed += 1;
    this.#log(isFailure ? "notice" : "info", "L2TP tunnel closed", { reason: this.#reason });
    this.#context.outputs.push({ type: "tunnelClosed", tunnel: key, path, reason: this.#reason });
  }

  /** After every event: what follows from it, and everything onto the wire. */
  #settle(now: Millis): void {
    this.#transmit(now);
    // What a call has to say goes before the farewell that its end may bring.
    this.#channel.sendQueued(now);
    this.#watchCalls(now);
    this.#channel.flush(now);
    this.#transmit(now);
    if (this.#state === "disconnecting" && this.#channel.idle) this.#finish(this.#reason, now);
  }

  #watchCalls(now: Millis): void {
    const { profile, role } = this.identity;
    const { idleTimeoutSeconds } = this.#timers;
    // A LAC's tunnel exists for its session, also while it is being set up.
    if (this.#state !== "established" && !(role === "lac" && this.#isSettingUp())) return;
    if (this.calls.live > 0 || idleTimeoutSeconds === 0) this.#idleAt = undefined;
    if (this.calls.live > 0) return;
    if (this.calls.spent && (profile?.singleShot === true || role === "lac")) {
      this.#stop(stop.clear, "its only session is over", now);
    } else if (idleTimeoutSeconds > 0) {
      this.#idleAt ??= now + idleTimeoutSeconds * 1000;
    }
  }

  #transmit(now: Millis): void {
    for (let output = this.#channel.pollOutput(); output !== undefined; output = this.#channel.pollOutput()) {
      if (output.type === "transmit") {
        this.#context.outputs.push({ type: "send", path: this.identity.path, bytes: output.bytes });
      } else if (output.type === "deliver") {
        this.#deliver(output.sessionId, output.body, now);
      } else {
        this.#finish(SILENT, now);
      }
    }
  }

  #meet(values: AvpValues): void {
    this.#peer = introduced(values);
    this.identity.remoteHostName = values.hostName ?? "";
    this.identity.remoteTunnelId = values.assignedTunnelId ?? 0;
    this.#channel.remoteTunnelId = this.identity.remoteTunnelId;
    if (values.receiveWindowSize !== undefined) this.#channel.setRemoteWindow(values.receiveWindowSize);
  }

  #enter(state: TunnelState, now: Millis): void {
    this.#state = state;
    this.#changedAt = now;
  }

  #log(severity: "info" | "notice", text: string, fields: Record<string, string>): void {
    const { path, localTunnelId, remoteHostName } = this.identity;
    this.#context.logOf(path)("l2tp", severity, text, {
      peer: peerOf(path),
      tunnel: localTunnelId,
      host: remoteHostName,
      ...fields,
    });
  }
}
