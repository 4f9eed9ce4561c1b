/**
 * The remote end of a gateway: an IKE initiator, a LAC and a PPP peer joined to one client, with the manners of a
 * persona. It serves scenario tests, the lab and trying other people's gateways. One client carries one session.
 */

import type { ConnectionId, EngineInput, EngineOutput, L2tpPath, SessionId } from "../forwarding.ts";
import type { IkeOutput } from "../ike/events.ts";
import { IkeMachine, type IkeMachineContext } from "../ike/ike.ts";
import { type Address, endpointKey, ipv4ToNumber, isIpv6 } from "../kernel/address.ts";
import type { Log, LogFields } from "../kernel/log.ts";
import { type Deadline, earlier, type Machine, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import { type Random, randomBetween } from "../kernel/random.ts";
import type { L2tpOutput, TunnelKey } from "../l2tp/events.ts";
import { L2tpMachine } from "../l2tp/l2tp.ts";
import type { PppOutput } from "../ppp/events.ts";
import { PppMachine } from "../ppp/ppp.ts";
import { type Carrier, clearCarrier, tunnelMtu } from "../router/sizes.ts";
import { installSession, passedOn } from "../router/translate.ts";
import { DEFAULT_ROUTER } from "../spec.ts";
import type { ClientPlan, ClientRequest } from "./client-plan.ts";
import { configurationOf, initiatorPlan } from "./ike-plan.ts";
import { lacPlan, pppPlan, tunnelPath } from "./link-plan.ts";
import { Pings } from "./pings.ts";
import { type ClientState, type ClientView, PROGRESS } from "./progress.ts";

const SESSION: SessionId = 1;
/** RFC 2661 §4.4.2: StopCCN result 1, general request to clear the control connection. */
const CLEAR = { code: 1, error: undefined, message: undefined } as const;

export class Client implements Machine<EngineInput | ClientRequest, EngineOutput> {
  readonly #plan: ClientPlan;
  readonly #random: Random;
  readonly #log: Log;
  readonly #ike: IkeMachine;
  readonly #l2tp: L2tpMachine;
  #ppp: PppMachine | undefined;
  readonly #pings: Pings;
  readonly #outputs = new Outputs<EngineOutput>();
  #connection: ConnectionId = 1;
  #tunnel: TunnelKey | undefined;
  #tunnelPath: L2tpPath | undefined;
  #carrier: Carrier = { encapsulation: "udp", algorithms: undefined };
  #state: ClientState = "idle";
  #reason: string | undefined;
  #address: Address | undefined;
  #gatewayAddress: Address | undefined;

  constructor(plan: ClientPlan, context: IkeMachineContext) {
    this.#plan = plan;
    this.#random = context.random;
    this.#log = context.log;
    this.#ike = new IkeMachine(context);
    this.#l2tp = new L2tpMachine({ ...context, allocateSession: () => SESSION });
    this.#pings = new Pings(randomBetween(context.random, 1, 0xffff));
  }

  handleInput(input: EngineInput | ClientRequest, now: Millis): void {
    switch (input.type) {
      case "connect":
        this.#connect(now);
        break;
      case "ping":
        this.#ping(input.to, input.again === true, now);
        break;
      case "disconnect":
        this.#disconnect(now);
        break;
      case "expireSa":
        this.#expireSa(now);
        break;
      case "renegotiate":
        this.#renegotiate(now);
        break;
      case "ike":
        this.#ike.handleInput({ type: "datagram", flow: input.flow, bytes: input.bytes }, now);
        break;
      case "agreed":
        this.#ike.handleInput(input, now);
        break;
      case "l2tp":
        this.#l2tp.handleInput({ type: "control", path: input.path, bytes: input.bytes }, now);
        break;
      case "ppp":
        this.#ppp?.handleInput({ type: "frame", bytes: input.bytes }, now);
        break;
      case "ip":
        this.#pings.receive(input.bytes, now);
        break;
      case "shortIcv":
      case "stray":
        break;
      case "saVolume":
        this.#ike.handleInput({ type: "rekey", connection: input.connection, spi: input.spi }, now);
        break;
      case "peerMoved":
        this.#ike.handleInput({ type: "moved", connection: input.connection, flow: input.flow }, now);
        break;
    }
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    this.#ike.handleTimeout(now);
    this.#l2tp.handleTimeout(now);
    this.#ppp?.handleTimeout(now);
    this.#drain(now);
  }

  pollOutput(): EngineOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return earlier(earlier(this.#ike.pollTimeout(), this.#l2tp.pollTimeout()), this.#ppp?.pollTimeout());
  }

  view(): ClientView {
    const pings = this.#pings;
    return {
      state: this.#state,
      reason: this.#reason,
      address: this.#address,
      gatewayAddress: this.#gatewayAddress,
      get pings() {
        return pings.results();
      },
      pingTotals: pings.totals,
    };
  }

  #expireSa(now: Millis): void {
    for (const { connection, sas } of this.#ike.view().connections) {
      const current = sas.find(({ superseded }) => !superseded);
      if (current === undefined) continue;
      this.#ike.handleInput({ type: "rekey", connection, spi: current.inboundSpi }, now);
    }
  }

  #connect(now: Millis): void {
    if (this.#isClear()) {
      this.#openTunnel(now);
      return;
    }
    this.#enter("ike", { gateway: this.#plan.flow.remote.address });
    this.#ike.handleInput(configurationOf(this.#plan), now);
    this.#ike.handleInput({ type: "initiate", connection: this.#connection, plan: initiatorPlan(this.#plan) }, now);
  }

  #renegotiate(now: Millis): void {
    const left = this.#connection;
    if (this.#isClear() || this.#state !== "up") return;
    this.#connection += 1;
    this.#ike.handleInput({ type: "forget", connection: left, reason: "the interface is gone" }, now);
    const plan = { ...initiatorPlan(this.#plan), sendInitialContact: false };
    this.#ike.handleInput({ type: "initiate", connection: this.#connection, plan }, now);
  }

  #ping(to: Address, again: boolean, now: Millis): void {
    if (this.#address === undefined) return;
    const bytes = this.#pings.request(ipv4ToNumber(this.#address), ipv4ToNumber(to), again, now);
    this.#outputs.push({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes });
  }

  #disconnect(now: Millis): void {
    // There is nothing to hang up, and nothing would end the wait.
    if (this.#state === "idle" || this.#state === "closed" || this.#state === "failed") return;
    this.#state = "closing";
    this.#reason = "hung up";
    if (this.#ppp !== undefined) this.#ppp.handleInput({ type: "close", reason: "hung up" }, now);
    else if (!this.#isClear()) {
      this.#ike.handleInput({ type: "close", connection: this.#connection, reason: "hung up" }, now);
    } else if (this.#tunnel !== undefined) {
      this.#l2tp.handleInput({ type: "closeTunnel", tunnel: this.#tunnel, result: CLEAR }, now);
    }
  }

  #drain(now: Millis): void {
    for (;;) {
      const ike = this.#ike.pollOutput();
      if (ike !== undefined) {
        this.#fromIke(ike, now);
        continue;
      }
      const l2tp = this.#l2tp.pollOutput();
      if (l2tp !== undefined) {
        this.#fromL2tp(l2tp, now);
        continue;
      }
      const ppp = this.#ppp?.pollOutput();
      if (ppp === undefined) return;
      this.#fromPpp(ppp, now);
    }
  }

  #fromIke(output: IkeOutput, now: Millis): void {
    const passed = passedOn(output, this.#random);
    if (passed !== undefined) this.#outputs.push(passed);
    switch (output.type) {
      case "connectionOpened":
        this.#carrier = {
          encapsulation: output.encapsulation,
          algorithms: undefined,
          overIpv6: isIpv6(output.flow.remote.address),
        };
        this.#outputs.push({
          type: "openConnection",
          connection: output.connection,
          virtualRouter: DEFAULT_ROUTER,
          flow: output.flow,
          encapsulation: output.encapsulation,
          separation: "perConnection",
          demuxPort: undefined,
          ignoreUdpChecksums: output.encapsulation === "udp",
        });
        if (this.#tunnel === undefined) this.#enter("ipsec", { gateway: endpointKey(output.flow.remote) });
        return;
      case "connectionClosed":
        // One that was left for another takes nothing along.
        if (output.connection !== this.#connection) return;
        this.#l2tp.handleInput({ type: "connectionClosed", connection: output.connection }, now);
        this.#end(output.reason);
        return;
      case "outboundSa":
        this.#carrier = { ...this.#carrier, algorithms: output.pair.proposal };
        if (this.#state === "ipsec") this.#openTunnel(now);
        else this.#followConnection(now);
        return;
      case "failed":
        // Later a failed negotiation costs nothing by itself: where it does, the connection is closed.
        if (this.#state === "ike" || this.#state === "ipsec") this.#end(output.reason);
        return;
    }
  }

  #isClear(): boolean {
    return this.#plan.transport === "clear";
  }

  /** The tunnel goes on over the connection that has taken the place of its first. */
  #followConnection(now: Millis): void {
    if (this.#tunnel === undefined || this.#tunnelPath?.connection === this.#connection) return;
    const path = tunnelPath(this.#plan, this.#isClear() ? undefined : this.#connection);
    this.#tunnelPath = path;
    this.#l2tp.handleInput({ type: "moveTunnel", tunnel: this.#tunnel, path }, now);
    this.#outputs.push({ type: "moveSession", session: SESSION, path });
  }

  #openTunnel(now: Millis): void {
    const path = tunnelPath(this.#plan, this.#isClear() ? undefined : this.#connection);
    this.#tunnelPath = path;
    this.#enter("l2tp", {});
    this.#l2tp.handleInput(
      {
        type: "open",
        path,
        session: SESSION,
        plan: lacPlan(this.#plan),
      },
      now,
    );
  }

  #fromL2tp(output: L2tpOutput, now: Millis): void {
    switch (output.type) {
      case "send":
        this.#outputs.push({ type: "l2tp", path: output.path, bytes: output.bytes });
        return;
      case "tunnelOpened":
        this.#tunnel = output.tunnel;
        return;
      case "sessionOpened":
        this.#outputs.push(installSession(output));
        this.#enter("ppp", { tunnel: output.localTunnelId, remoteTunnel: output.remoteTunnelId });
        this.#startPpp(now);
        return;
      case "sessionClosed":
        this.#ppp?.handleInput({ type: "down" }, now);
        this.#ppp = undefined;
        this.#outputs.push({ type: "removeSession", session: SESSION });
        this.#reason ??= output.reason;
        return;
      case "tunnelClosed":
        this.#reason ??= output.reason;
        if (this.#isClear()) this.#end(this.#reason);
        else this.#ike.handleInput({ type: "close", connection: this.#connection, reason: this.#reason }, now);
        return;
      case "refused":
      case "stray":
      case "releaseConnection":
        return;
    }
  }

  #startPpp(now: Millis): void {
    this.#ppp = new PppMachine(pppPlan(this.#plan), {
      random: this.#random,
      log: this.#log,
      label: this.#plan.hostName,
    });
    this.#ppp.handleInput({ type: "up" }, now);
  }

  #fromPpp(output: PppOutput, now: Millis): void {
    switch (output.type) {
      case "frame":
        this.#outputs.push({ type: "ppp", session: SESSION, bytes: output.bytes });
        return;
      case "opened":
        this.#address = output.localAddress;
        this.#gatewayAddress = output.peerAddress;
        this.#outputs.push({
          type: "configureRouter",
          virtualRouter: DEFAULT_ROUTER,
          addresses: [output.localAddress],
          routes: [],
          ipsecOnly: [],
        });
        this.#outputs.push({
          type: "openSessionIp",
          session: SESSION,
          virtualRouter: DEFAULT_ROUTER,
          localAddress: output.localAddress,
          peerAddress: output.peerAddress,
          mtu: Math.min(
            output.peerMru,
            tunnelMtu(this.#isClear() ? clearCarrier(this.#plan.flow.remote.address) : this.#carrier, false),
          ),
          checkSource: false,
          defaultRoute: true,
          compressProtocol: output.compressProtocol,
          compressAddress: output.compressAddress,
        });
        this.#enter("up", { address: output.localAddress });
        return;
      case "closedIp":
        this.#outputs.push({ type: "closeSessionIp", session: SESSION });
        return;
      case "terminated":
        this.#reason ??= output.reason;
        this.#ppp = undefined;
        this.#outputs.push({ type: "removeSession", session: SESSION });
        if (this.#tunnel !== undefined) {
          this.#l2tp.handleInput({ type: "closeTunnel", tunnel: this.#tunnel, result: CLEAR }, now);
        }
        return;
      case "authenticate":
      case "requestAddress":
        return;
    }
  }

  #enter(state: ClientState, fields: LogFields): void {
    this.#state = state;
    this.#log("system", "info", PROGRESS[state], { host: this.#plan.hostName, ...fields });
  }

  #end(reason: string): void {
    const wasWanted = this.#state === "closing" || this.#state === "closed";
    this.#reason ??= reason;
    this.#address = undefined;
    this.#tunnel = undefined;
    this.#tunnelPath = undefined;
    this.#state = wasWanted ? "closed" : "failed";
    this.#log("system", wasWanted ? "info" : "notice", PROGRESS[this.#state], {
      host: this.#plan.hostName,
      reason: this.#reason,
    });
  }
}
