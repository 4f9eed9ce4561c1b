/**
 * The calls of one tunnel: incoming calls at the LNS and at the LAC (RFC 2661 §5.2, §7.4). Outgoing calls are the
 * tunnel's to refuse. A call that ended stays visible, and its identifier reserved, for the destruct timeout.
 */

import type { SessionId } from "../forwarding.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import { type ControlBody, errorCode } from "../wire/l2tp-message.ts";
import { callRefusal } from "./call-admission.ts";
import { type L2tpContext, peerOf, type TunnelIdentity } from "./context.ts";
import type { CallState, CallView, LacPlan, Result } from "./events.ts";
import { drawIdentifier } from "./identifiers.ts";
import type { MessageSender } from "./message-sender.ts";
import { type Call, newCall } from "./one-call.ts";
import { proxyOf } from "./proxy-avps.ts";
import { disconnect, disconnectReason } from "./results.ts";
import { incomingCall } from "./state-tables.ts";

const SYNCHRONOUS = 1;
/** What a LAC without a modem says about its line: 10 Mbit/s, as xl2tpd does. */
const CONNECT_SPEED = 10_000_000;
/** Calls that a peer may have half set up in one tunnel. */
const PENDING_MAX = 32;
/** Ended calls that one tunnel shows. */
const KEPT_MAX = 64;
/** RFC 2661 §7.4 leaves it open how long ICRP or ICCN may take. */
const SETUP_MILLIS = 60_000;

export class Calls {
  /** Calls attempted, and those that never reached established. */
  total = 0;
  failed = 0;
  /** A call was refused, failed or ended: a single-shot tunnel has had its chance. */
  spent = false;

  readonly #context: L2tpContext;
  readonly #tunnel: TunnelIdentity;
  readonly #sender: MessageSender;
  readonly #calls = new Map<number, Call>();
  /** In the order of their deadlines, which all lie equally far ahead. */
  readonly #pending = new Set<Call>();
  readonly #kept: Call[] = [];
  /** A LAC's calls. */
  #sequencingRequired = false;
  #live = 0;

  constructor(context: L2tpContext, tunnel: TunnelIdentity, sender: MessageSender) {
    this.#context = context;
    this.#tunnel = tunnel;
    this.#sender = sender;
  }

  /** Calls that are up or coming up. */
  get live(): number {
    return this.#live;
  }

  /** A LAC's call, to be asked for when the tunnel is established. */
  prepare(session: SessionId, plan: LacPlan, callSerialNumber: number, now: Millis): void {
    this.#sequencingRequired = plan.sequencingRequired === true;
    this.#context.totals.sessionsTotal += 1;
    this.total += 1;
    this.#add(session, 0, { callSerialNumber }, "idle", now);
  }

  /** ICRQ for every call that waits for the tunnel. */
  dial(now: Millis): void {
    for (const call of this.#calls.values()) {
      if (call.state !== "idle") continue;
      const { localSessionId, callSerialNumber } = call;
      this.#sender.send(0, "icrq", { assignedSessionId: localSessionId, callSerialNumber });
      this.#enter(call, "waitReply", now);
    }
  }

  /** A message about a call; `header` names our session, 0 where the peer does not know it yet. */
  receive(header: { readonly sessionId: number }, message: ControlBody, now: Millis): void {
    const { name, values, fault } = message;
    if (name === undefined) return;
    if (name === "icrq" && header.sessionId === 0) {
      this.#request(message, now);
      return;
    }
    const call = this.#find(header.sessionId, message);
    if (call === undefined || call.state === "down") {
      this.#log("debug", "L2TP message for no session of the tunnel is ignored", { message: name });
      return;
    }
    const action = incomingCall[this.#tunnel.role][call.state][name];
    if (action === "cleanUp") {
      call.lastResult = values.resultCode;
      this.#end(call, disconnectReason(values.resultCode), now);
    } else if (fault !== undefined) {
      this.#disconnect(call, disconnect.generalError(fault.error), fault.text, now);
    } else if (action === undefined) {
      this.#log("debug", "L2TP message that changes nothing is ignored", { message: name });
    } else if (action === "clear") {
      const result = disconnect.generalError(errorCode.badSession);
      this.#disconnect(call, result, "the peer sent a message out of turn", now);
    } else if (action === "connect") {
      this.#connect(call, values, now);
    } else if (action === "note") {
      this.#note(call, values);
    } else {
      call.txSpeed = values.txConnectSpeed ?? 0;
      call.rxSpeed = values.rxConnectSpeed ?? call.txSpeed;
      call.framingType = values.framingType ?? 0;
      call.sequencing = values.sequencingRequired === true || this.#tunnel.profile?.numbersData === true;
      call.proxy = proxyOf(values);
      this.#open(call, now);
    }
  }

  /** Ends a session with a CDN. False = it is not (any more) in this tunnel. */
  close(session: SessionId, result: Result, now: Millis): boolean {
    const call = this.#liveCall(session);
    if (call === undefined) return false;
    this.#disconnect(call, result, result.message ?? "closed by this end", now);
    return true;
  }

  /** Who a session is, to be told when PPP has forgotten it. */
  know(session: SessionId, user: string): void {
    const call = this.#liveCall(session);
    if (call !== undefined) call.user = user;
  }

  /** The tunnel is over, and every call with it; the peer learns it from the tunnel. */
  endAll(reason: string, now: Millis): void {
    for (const call of this.#calls.values()) if (call.state !== "down") this.#end(call, reason, now);
  }

  /** OCRQ: an LNS asks a LAC to dial, and no telephone line is here. */
  refuseOutgoing(message: ControlBody, now: Millis): void {
    this.#refuse(message, disconnect.permanentlyRefused, "outgoing calls are not supported", now);
  }

  deadline(): Deadline | undefined {
    const [pending] = this.#pending;
    const kept = this.#kept[0];
    const setup = pending === undefined ? undefined : { at: pending.changedAt + SETUP_MILLIS, why: "L2TP call setup" };
    const forget = kept === undefined ? undefined : { at: this.#forgetAt(kept), why: "L2TP session destruct timeout" };
    return setup === undefined || (forget !== undefined && forget.at < setup.at) ? forget : setup;
  }

  handleTimeout(now: Millis): void {
    for (const call of this.#pending) {
      if (now < call.changedAt + SETUP_MILLIS) break;
      this.#disconnect(call, disconnect.timedOut, "the session was not established in time", now);
    }
    for (let kept = this.#kept[0]; kept !== undefined && this.#forgetAt(kept) <= now; kept = this.#kept[0]) {
      this.#forgetOldest();
    }
  }

  /** Data messages that have come in the sessions that are up. */
  packets(): number {
    let sum = 0;
    for (const { session, state } of this.#calls.values()) {
      if (state === "established") sum += this.#context.carriedBy(session)?.rxPackets ?? 0;
    }
    return sum;
  }

  views(): readonly CallView[] {
    return Array.from(this.#calls.values(), ({ opened: _, proxy, ...view }) => ({
      ...view,
      proxyLcp: proxy !== undefined,
      proxyAuthenticationType: proxy?.proxyAuthenType?.[1],
    }));
  }

  #request(message: ControlBody, now: Millis): void {
    this.#context.totals.sessionsTotal += 1;
    this.total += 1;
    const refusal = callRefusal(this.#context, this.#tunnel, message, {
      live: this.#live,
      spent: this.spent,
      crowded: this.#pending.size >= PENDING_MAX || this.#calls.size >= 0xffff,
    });
    if (refusal !== undefined) {
      this.spent = true;
      this.#countFailure();
      this.#refuse(message, refusal.result, refusal.reason, now);
      return;
    }
    const { values } = message;
    const session = this.#context.allocateSession();
    const call = this.#add(session, values.assignedSessionId ?? 0, values, "waitConnect", now);
    if (call === undefined) return;
    this.#sender.send(call.remoteSessionId, "icrp", { assignedSessionId: call.localSessionId });
  }

  /** CDN for a call that never became one (§6.12: with the identifier that would have been assigned). */
  #refuse({ values }: ControlBody, result: Result, reason: string, now: Millis): void {
    const assignedSessionId = drawIdentifier(this.#context.random, this.#calls) ?? 0;
    this.#sender.send(values.assignedSessionId ?? 0, "cdn", { resultCode: result, assignedSessionId });
    const told = this.#context.refusalLimit.admit(now);
    if (told === undefined) return;
    this.#log("notice", "L2TP session refused", {
      reason,
      ...(told.suppressed > 0 ? { suppressed: told.suppressed } : {}),
    });
    this.#context.outputs.push({ type: "refused", path: this.#tunnel.path, reason });
  }

  #connect(call: Call, values: AvpValues, now: Millis): void {
    call.remoteSessionId = values.assignedSessionId ?? 0;
    if (call.remoteSessionId === 0) {
      const result = disconnect.generalError(errorCode.badValue);
      this.#disconnect(call, result, "the peer assigned session id 0", now);
      return;
    }
    call.txSpeed = CONNECT_SPEED;
    call.rxSpeed = CONNECT_SPEED;
    call.framingType = SYNCHRONOUS;
    call.sequencing = this.#sequencingRequired;
    this.#sender.send(call.remoteSessionId, "iccn", {
      txConnectSpeed: call.txSpeed,
      framingType: call.framingType,
      ...(call.sequencing ? { sequencingRequired: true } : {}),
    });
    this.#open(call, now);
  }

  /** WEN and SLI are about the telephone line at the LAC: they are kept to be shown. */
  #note(call: Call, { callErrors, accm }: AvpValues): void {
    if (callErrors !== undefined) {
      call.errors = { ...callErrors };
      this.#log("debug", "LAC reports errors of its line", { session: call.localSessionId, ...callErrors });
    }
    if (accm !== undefined) call.accm = accm;
  }

  #open(call: Call, now: Millis): void {
    const { key, role, path, localTunnelId, remoteTunnelId, profile } = this.#tunnel;
    this.#enter(call, "established", now);
    call.opened = true;
    this.#log("info", "L2TP session established", { session: call.localSessionId });
    this.#context.outputs.push({
      type: "sessionOpened",
      session: call.session,
      tunnel: key,
      path,
      localTunnelId,
      localSessionId: call.localSessionId,
      remoteTunnelId,
      remoteSessionId: call.remoteSessionId,
      sequencing: call.sequencing,
      followsPeer: role === "lac" && !call.sequencing,
      proxy: profile?.proxyLcp === undefined ? undefined : call.proxy,
      profile,
    });
  }

  #disconnect(call: Call, result: Result, reason: string, now: Millis): void {
    call.lastResult = result;
    // A call that was never asked for has nothing to take back.
    if (call.state !== "idle") {
      const cause = { code: 0, protocol: 0, direction: 0, message: result.message ?? reason };
      this.#sender.send(call.remoteSessionId, "cdn", {
        resultCode: result,
        assignedSessionId: call.localSessionId,
        ...(this.#tunnel.profile?.disconnectCause === true ? { disconnectCause: cause } : {}),
      });
    }
    this.#end(call, reason, now);
  }

  #end(call: Call, reason: string, now: Millis): void {
    const wasEstablished = call.state === "established";
    const carried = this.#context.carriedBy(call.session);
    if (carried !== undefined) call.carried = { ...carried };
    this.#enter(call, "down", now);
    this.spent = true;
    this.#live -= 1;
    this.#context.tunnelOf.delete(call.session);
    this.#countForProfile(-1);
    if (!wasEstablished) this.#countFailure();
    // A LAC's session was known outside before it opened; an LNS's was not.
    if (call.opened || this.#tunnel.role === "lac") {
      this.#context.outputs.push({ type: "sessionClosed", session: call.session, reason });
    }
    const isFailure = !wasEstablished && this.#tunnel.role === "lns";
    this.#log(isFailure ? "notice" : "info", "L2TP session closed", {
      session: call.localSessionId,
      ...(call.user === undefined ? {} : { user: call.user }),
      reason,
    });
    this.#kept.push(call);
    if (this.#kept.length > KEPT_MAX || this.#context.system.destructTimeoutSeconds === 0) this.#forgetOldest();
  }

  #add(
    session: SessionId,
    remoteSessionId: number,
    values: AvpValues,
    state: CallState,
    now: Millis,
  ): Call | undefined {
    const localSessionId = drawIdentifier(this.#context.random, this.#calls);
    if (localSessionId === undefined) return undefined;
    const call = newCall({ session, localSessionId, remoteSessionId }, values, now);
    this.#calls.set(localSessionId, call);
    this.#live += 1;
    this.#context.tunnelOf.set(session, this.#tunnel.key);
    this.#countForProfile(1);
    this.#enter(call, state, now);
    return call;
  }

  #enter(call: Call, state: CallState, now: Millis): void {
    call.state = state;
    call.changedAt = now;
    this.#pending.delete(call);
    if (state === "waitReply" || state === "waitConnect") this.#pending.add(call);
  }

  /** A CDN may come with session 0 from a peer that never learnt our identifier: its own then tells (§6.12). */
  #find(sessionId: number, { name, values }: ControlBody): Call | undefined {
    if (sessionId !== 0 || name !== "cdn") return this.#calls.get(sessionId);
    const theirs = values.assignedSessionId;
    if (theirs === undefined || theirs === 0) return undefined;
    for (const call of this.#calls.values()) {
      if (call.remoteSessionId === theirs && call.state !== "down") return call;
    }
    return undefined;
  }

  #liveCall(session: SessionId): Call | undefined {
    for (const call of this.#calls.values()) if (call.session === session && call.state !== "down") return call;
    return undefined;
  }

  #forgetAt(call: Call): Millis {
    return call.changedAt + this.#context.system.destructTimeoutSeconds * 1000;
  }

  #forgetOldest(): void {
    const oldest = this.#kept.shift();
    if (oldest !== undefined) this.#calls.delete(oldest.localSessionId);
  }

  #countFailure(): void {
    this.failed += 1;
    this.#context.totals.sessionsFailed += 1;
  }

  #countForProfile(change: 1 | -1): void {
    const { profile } = this.#tunnel;
    if (profile !== undefined) this.#context.limits.count(profile, change);
  }

  #log(severity: "debug" | "info" | "notice", text: string, fields: Record<string, string | number>): void {
    const { path, localTunnelId, remoteHostName } = this.#tunnel;
    this.#context.logOf(path)("l2tp", severity, text, {
      peer: peerOf(path),
      tunnel: localTunnelId,
      host: remoteHostName,
      ...fields,
    });
  }
}
