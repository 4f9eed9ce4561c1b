/**
 * L2TPv2 of a chassis, LNS and LAC (RFC 2661): takes control messages to their tunnels, makes tunnels of requests that are
 * admitted, keeps tunnels in step with the configuration, and ends the connection under a tunnel when its time is over.
 * Messages for tunnels that do not exist are dropped without an answer. Not done: outgoing calls, multilink, switching of
 * tunnels.
 */

import type { L2tpPath, SessionCounters, SessionId } from "../forwarding.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Deadline, Machine, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { LnsProfileSpec } from "../l2tp-spec.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import { decodeL2tpControl, type L2tpControlHeader } from "../wire/l2tp-control.ts";
import { type ControlBody, decodeControlBody } from "../wire/l2tp-message.ts";
import { destinationState, type Refusal, requestFault } from "./admission.ts";
import { revealAvp } from "./authentication.ts";
import { type L2tpContext, peerOf, profileKey } from "./context.ts";
import type { L2tpConfiguration, L2tpInput, L2tpOutput, L2tpView, LacPlan, TunnelBrief, TunnelKey } from "./events.ts";
import { drawIdentifier } from "./identifiers.ts";
import { RefusalLimit } from "./refusal-limit.ts";
import { Refusals } from "./refusals.ts";
import { stop } from "./results.ts";
import { Retirement } from "./retirement.ts";
import { SessionLimits } from "./session-limits.ts";
import { LAC_ONLY, lacTerms, lnsTerms } from "./terms.ts";
import { breakTie } from "./tie-breaker.ts";
import { Tunnel } from "./tunnel.ts";
import { TunnelAdmission } from "./tunnel-admission.ts";
import { isSamePeer, pathKey, type TunnelEntry, TunnelTable } from "./tunnel-table.ts";

export class L2tpMachine implements Machine<L2tpInput, L2tpOutput> {
  readonly #context: L2tpContext;
  readonly #table = new TunnelTable();
  readonly #deadlines = new DeadlineQueue<TunnelKey>();
  readonly #admission: TunnelAdmission;
  readonly #refusals: Refusals;
  readonly #retirement: Retirement;
  /** Tunnels that we have asked a peer for, by path, until it answers. */
  readonly #asked = new Map<string, TunnelEntry>();
  #nextTunnel: TunnelKey = 1;
  #nextCallSerial = 1;

  constructor(context: {
    readonly random: Random;
    readonly log: Log;
    /** For what is said of the peer on a path; absent = `log`. */
    readonly logOf?: (path: L2tpPath) => Log;
    /** Names for sessions that peers open: unique in the chassis. */
    readonly allocateSession: () => SessionId;
    /** What a session has carried; absent = nobody counts. */
    readonly carriedBy?: (session: SessionId) => Readonly<SessionCounters> | undefined;
  }) {
    this.#context = {
      random: context.random,
      logOf: context.logOf ?? (() => context.log),
      allocateSession: context.allocateSession,
      carriedBy: context.carriedBy ?? (() => undefined),
      outputs: new Outputs<L2tpOutput>(),
      totals: { tunnelsTotal: 0, tunnelsFailed: 0, sessionsTotal: 0, sessionsFailed: 0, authenticationErrors: 0 },
      tunnelOf: new Map(),
      limits: new SessionLimits(),
      refusalLimit: new RefusalLimit(),
      system: LAC_ONLY,
    };
    this.#admission = new TunnelAdmission(this.#context);
    this.#refusals = new Refusals(this.#context);
    this.#retirement = new Retirement(this.#context, this.#table, this.#deadlines);
  }

  handleInput(input: L2tpInput, now: Millis): void {
    switch (input.type) {
      case "configure":
        this.#configure(input.configuration, now);
        return;
      case "control":
        this.#control(input.path, input.bytes, now);
        return;
      case "open":
        this.#open(input.path, input.session, input.plan, now);
        return;
      case "closeSession": {
        const key = this.#context.tunnelOf.get(input.session);
        this.#with(key, now, ({ tunnel }) => tunnel.closeSession(input.session, input.result, now));
        return;
      }
      case "userKnown":
        this.#with(this.#context.tunnelOf.get(input.session), now, ({ tunnel: { calls } }) =>
          calls.know(input.session, input.user),
        );
        return;
      case "closeTunnel": {
        const { result } = input;
        this.#with(input.tunnel, now, ({ tunnel }) => tunnel.stop(result, reasonOf(result.message), now));
        return;
      }
      case "drainTunnel": {
        const { draining } = input;
        this.#with(input.tunnel, now, ({ tunnel }) => {
          tunnel.identity.draining = draining;
        });
        return;
      }
      case "moveTunnel":
        this.#with(input.tunnel, now, ({ tunnel }) => tunnel.move(input.path));
        return;
      case "closeAll":
        for (const entry of this.#table.byKey.values()) {
          entry.tunnel.stop(input.result, reasonOf(input.result.message), now);
          this.#settle(entry, now);
        }
        return;
      case "connectionRenewed":
        // What has a new phase 1 is a new connection to whom may open one tunnel in its life; its old one ends with that.
        this.#admission.forget(input.connection);
        return;
      case "connectionClosed":
        this.#admission.forget(input.connection);
        for (const entry of this.#table.ofConnection(input.connection)) {
          entry.released = true;
          entry.tunnel.drop("the IPsec connection is closed", now);
          this.#settle(entry, now);
        }
        return;
    }
  }

  handleTimeout(now: Millis): void {
    const due: TunnelKey[] = [];
    for (let key = this.#deadlines.takeDue(now); key !== undefined; key = this.#deadlines.takeDue(now)) due.push(key);
    for (const key of due) {
      this.#with(key, now, (entry) => {
        if (entry.retired) this.#retirement.age(entry, now);
        else entry.tunnel.handleTimeout(now);
      });
    }
  }

  pollOutput(): L2tpOutput | undefined {
    return this.#context.outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#deadlines.peek();
  }

  /** Tunnels that are. */
  get established(): number {
    let count = 0;
    for (const { tunnel } of this.#table.byKey.values()) if (tunnel.state === "established") count += 1;
    return count;
  }

  view(now: Millis): L2tpView {
    const { total: destinationsTotal, failed: destinationsFailed } = this.#table.destinations;
    return {
      tunnels: this.#visible(now).map((tunnel) => tunnel.view()),
      totals: { destinationsTotal, destinationsFailed, ...this.#context.totals },
    };
  }

  /** The little of each tunnel that a list of all of them shows. */
  tunnels(now: Millis): TunnelBrief[] {
    return this.#visible(now).map((tunnel) => tunnel.brief());
  }

  /** Those that are, and behind them those that an operator may still look at. */
  #visible(now: Millis): Tunnel[] {
    const [live, over]: [Tunnel[], Tunnel[]] = [[], []];
    for (const { retired, tunnel } of this.#table.byKey.values()) {
      if (!retired) live.push(tunnel);
      else if (now < tunnel.visibleUntil) over.push(tunnel);
    }
    return [...live, ...over];
  }

  #configure(configuration: L2tpConfiguration, now: Millis): void {
    const { system, profiles } = configuration;
    this.#context.system = system;
    this.#context.limits.configure(system, profiles);
    this.#admission.configure(profiles);
    const kept = new Set(profiles.map(profileKey));
    for (const entry of this.#table.byKey.values()) {
      const { profile } = entry.tunnel.identity;
      if (profile === undefined || entry.retired) continue;
      if (!system.enabled) entry.tunnel.stop(stop.shuttingDown, "L2TP was disabled", now);
      else if (destinationState(system, entry.path) === "disabled")
        entry.tunnel.stop(stop.shuttingDown, "the destination was shut down", now);
      else if (!kept.has(profileKey(profile))) entry.tunnel.stop(stop.clear, "its profile was removed", now);
      this.#settle(entry, now);
    }
  }

  #control(path: L2tpPath, bytes: Uint8Array, now: Millis): void {
    const decoded = tryDecode(() => decodeL2tpControl(bytes));
    if (!decoded.ok) {
      this.#log("debug", "malformed L2TP control message is dropped", path, { reason: decoded.error.message });
      return;
    }
    const { header, body } = decoded.value;
    const entry = this.#table.byLocalId.get(header.tunnelId);
    if (entry !== undefined && isSamePeer(entry.path, path)) {
      entry.tunnel.receive(path, header, body, now);
      this.#settle(entry, now);
      return;
    }
    const message = decodeControlBody(body);
    if (message.name === "sccrq" && header.tunnelId === 0) this.#request(path, header, body, message, now);
    else if (message.name === "stopCcn") this.#strayStop(path, header, body, message.values, now);
    else {
      this.#log("debug", "L2TP control message for no tunnel of this peer is dropped", path, {
        tunnel: header.tunnelId,
      });
      if (entry === undefined || entry.retired || path.connection === undefined) return;
      const { key } = entry.tunnel.identity;
      this.#context.outputs.push({ type: "stray", tunnel: key, known: entry.path, path });
    }
  }

  /**
   * A StopCCN that names no tunnel of ours: from a peer that had no SCCRP yet, or from a client that puts a wrong
   * number there (Deterministic Networks). The identifier the peer assigned tells; in the clear only while the tunnel
   * is not established, because that number is all a stranger would have to guess.
   */
  #strayStop(path: L2tpPath, header: L2tpControlHeader, body: Uint8Array, values: AvpValues, now: Millis): void {
    const entry = this.#table.ofPeer(path, values.assignedTunnelId ?? 0);
    if (entry === undefined || (path.connection === undefined && entry.tunnel.state === "established")) {
      this.#log("debug", "StopCCN for no tunnel of this peer is dropped", path, { tunnel: header.tunnelId });
      return;
    }
    entry.tunnel.receive(path, header, body, now);
    this.#settle(entry, now);
  }

  #request(path: L2tpPath, header: L2tpControlHeader, body: Uint8Array, message: ControlBody, now: Millis): void {
    const known = this.#table.ofPeer(path, message.values.assignedTunnelId ?? 0);
    if (known?.tunnel.state === "waitControlConnected") {
      known.tunnel.receive(path, header, body, now);
      this.#settle(known, now);
      return;
    }
    if (!this.#mayRequest(path, message.values.tieBreaker, now)) return;
    const admitted = this.#admission.admit(path, message.values.hostName ?? "");
    if ("result" in admitted) {
      this.#refusals.refuse({ path, header, values: message.values }, admitted, this.#table.byLocalId, now);
      return;
    }
    const { profile } = admitted;
    const { values, fault } = reread(body, message, profile);
    const refusal: Refusal | undefined =
      fault === undefined
        ? requestFault(profile, values)
        : { result: { code: 2, error: fault.error, message: undefined }, reason: fault.text };
    const localTunnelId = drawIdentifier(this.#context.random, this.#table.byLocalId);
    if (refusal !== undefined || localTunnelId === undefined) {
      const full = { result: stop.noResources, reason: "no tunnel identifier is free" };
      this.#refusals.refuse({ path, header, values }, refusal ?? full, this.#table.byLocalId, now);
      return;
    }
    // Nothing can be answered to tunnel 0, and a request that is not a first message is not one.
    if (values.assignedTunnelId === 0 || header.ns !== 0 || header.nr !== 0) {
      this.#log("debug", "malformed L2TP control message is dropped", path, { reason: "not a valid first message" });
      return;
    }
    this.#accept(path, header, body, values, profile, localTunnelId, now);
  }

  /** False = we have asked the same peer for a tunnel, and only one of the two is to be, or none. */
  #mayRequest(path: L2tpPath, theirs: Uint8Array | undefined, now: Millis): boolean {
    const asked = this.#asked.get(pathKey(path));
    if (asked === undefined) return true;
    const winner = breakTie(asked.tunnel.tieBreaker, theirs);
    if (winner === "theirs" || winner === "neither") {
      asked.tunnel.drop("the peer has asked for a tunnel at the same time, and its request wins", now);
      this.#settle(asked, now);
    }
    if (winner === "ours") this.#log("info", "L2TP request of the peer gives way to ours", path, {});
    return winner === "theirs" || winner === "both";
  }

  #accept(
    path: L2tpPath,
    header: L2tpControlHeader,
    body: Uint8Array,
    values: AvpValues,
    profile: LnsProfileSpec,
    localTunnelId: number,
    now: Millis,
  ): void {
    const { hostName = "", assignedTunnelId = 0 } = values;
    const tunnel = new Tunnel(
      this.#context,
      {
        key: this.#nextTunnel++,
        role: "lns",
        profile,
        localTunnelId,
        localHostName: profile.localHostName,
        path,
        remoteTunnelId: assignedTunnelId,
        remoteHostName: hostName,
      },
      lnsTerms(profile),
      now,
    );
    const entry = this.#table.add(tunnel);
    this.#admission.enter(entry);
    this.#log("info", "L2TP tunnel requested", path, { tunnel: localTunnelId, host: hostName, profile: profile.name });
    tunnel.accept(header, body, values, now);
    this.#settle(entry, now);
  }

  #open(path: L2tpPath, session: SessionId, plan: LacPlan, now: Millis): void {
    const wanted = plan.assignedTunnelId;
    const free = wanted !== undefined && !this.#table.byLocalId.has(wanted);
    const localTunnelId = free ? wanted : drawIdentifier(this.#context.random, this.#table.byLocalId);
    if (localTunnelId === undefined) {
      this.#context.outputs.push({ type: "sessionClosed", session, reason: "no tunnel identifier is free" });
      return;
    }
    const tunnel = new Tunnel(
      this.#context,
      {
        key: this.#nextTunnel++,
        role: "lac",
        profile: undefined,
        localTunnelId,
        localHostName: plan.hostName,
        path,
        remoteTunnelId: 0,
        remoteHostName: "",
      },
      lacTerms(plan),
      now,
    );
    const entry = this.#table.add(tunnel);
    this.#asked.set(pathKey(path), entry);
    tunnel.open(session, plan, this.#nextCallSerial++, now);
    this.#settle(entry, now);
  }

  #with(key: TunnelKey | undefined, now: Millis, act: (entry: TunnelEntry) => void): void {
    const entry = key === undefined ? undefined : this.#table.byKey.get(key);
    if (entry === undefined) return;
    act(entry);
    if (this.#table.byKey.has(entry.tunnel.identity.key)) this.#settle(entry, now);
  }

  /** After every event of a tunnel: its place in the maps, its deadline, and what follows from its end. */
  #settle(entry: TunnelEntry, now: Millis): void {
    const { tunnel } = entry;
    const { key } = tunnel.identity;
    if (tunnel.state !== "waitControlReply" && this.#asked.get(pathKey(entry.path)) === entry) {
      this.#asked.delete(pathKey(entry.path));
    }
    if (tunnel.state !== "waitControlConnected") {
      entry.leaveHalfOpen?.();
      entry.leaveHalfOpen = undefined;
      for (const forgotten of this.#table.takeReplaced(entry)) {
        forgotten.tunnel.drop("the peer has opened a new tunnel in its place", now);
        this.#settle(forgotten, now);
      }
    }
    if (tunnel.state !== "down") {
      this.#table.follow(entry);
      this.#deadlines.set(key, tunnel.deadline());
      return;
    }
    this.#retirement.settle(entry, now);
  }

  #log(
    severity: "debug" | "info" | "notice",
    text: string,
    path: L2tpPath,
    fields: Readonly<Record<string, string | number>>,
  ): void {
    this.#context.logOf(path)("l2tp", severity, text, { peer: peerOf(path), ...fields });
  }
}

/** With the profile comes the password, and with that what the peer has hidden (RFC 2661 §4.3). */
function reread(body: Uint8Array, message: ControlBody, profile: LnsProfileSpec): ControlBody {
  const { tunnelPassword } = profile;
  if (tunnelPassword === undefined) return message;
  return decodeControlBody(body, (type, vector, hidden) => revealAvp(tunnelPassword, type, vector, hidden));
}

function reasonOf(message: string | undefined): string {
  return message ?? "closed by this end";
}
