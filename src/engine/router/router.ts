/**
 * One chassis: IKE, L2TP and PPP joined. Punts of the line module and requests of the operator go in; transmissions
 * and programming come out. The siblings know nothing of each other: what one of them reports is translated here
 * into what the next one needs.
 */

import { type Credentials, NO_CREDENTIALS } from "../credentials.ts";
import type { IsakmpSecret } from "../crypto/keymat.ts";
import type { EngineInput, EngineOutput, SessionId } from "../forwarding.ts";
import type { IkeOutput } from "../ike/events.ts";
import { IkeMachine } from "../ike/ike.ts";
import { AccessLists } from "../ip/access-list.ts";
import { type ProbeReport, Probes } from "../ip/probes.ts";
import { endpointKey } from "../kernel/address.ts";
import type { Log } from "../kernel/log.ts";
import { type Deadline, earlier, type Machine, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { L2tpOutput } from "../l2tp/events.ts";
import { L2tpMachine } from "../l2tp/l2tp.ts";
import type { RouterSpec } from "../spec.ts";
import { Connections } from "./connections.ts";
import { Failover, type FailoverOutput } from "./failover.ts";
import { ikeConfiguration } from "./ike-configuration.ts";
import { PeerLogs } from "./peer-logs.ts";
import { PppSessions } from "./ppp-sessions.ts";
import { probeSource } from "./probe-source.ts";
import { clearRefusedFields, filterLogFields, reconcileVirtualRouters } from "./programming.ts";
import { proxyLink } from "./proxy-link.ts";
import { RetiredCounters } from "./retired-counters.ts";
import type { RouterContext, RouterRequest } from "./router-interface.ts";
import { RouterViews } from "./router-views.ts";
import { installSession, passedOn } from "./translate.ts";

/** RFC 2661 §4.4.2: result codes of CDN and StopCCN. */
const ADMINISTRATIVE_CLOSE = { code: 3, error: undefined } as const;
const STOP_SHUTTING_DOWN = { code: 6, error: undefined } as const;

export class Router implements Machine<EngineInput | RouterRequest, EngineOutput> {
  readonly views: RouterViews;
  readonly #peerLogs: PeerLogs;
  readonly #log: Log;
  readonly #context: RouterContext;
  readonly #ike: IkeMachine;
  readonly #l2tp: L2tpMachine;
  readonly #ppp: PppSessions;
  readonly #outputs = new Outputs<EngineOutput>();
  readonly #connections: Connections;
  readonly #retired: RetiredCounters;
  readonly #probes: Probes;
  readonly #failover: Failover;
  /** For selectors; packets meet the lists in the line module. */
  readonly #accessLists = new AccessLists();
  #spec: RouterSpec | undefined;
  #credentials: Credentials = NO_CREDENTIALS;
  #nextSession: SessionId = 1;
  readonly #udp = { received: 0, sent: 0 };

  constructor(context: RouterContext) {
    this.#context = context;
    this.#peerLogs = new PeerLogs(context.log);
    this.#log = this.#peerLogs.ofEndpoints();
    this.#ike = new IkeMachine({
      random: context.random,
      log: this.#log,
      epoch: context.epoch,
      lineModules: context.lineModules,
    });
    this.#l2tp = new L2tpMachine({
      random: context.random,
      log: context.log,
      logOf: (path) => this.#peerLogs.ofTunnel(() => path),
      allocateSession: () => this.#nextSession++,
      carriedBy: (session) => context.statistics.session(session),
    });
    const packetsOf = (session: SessionId): number => {
      const counters = context.statistics.session(session);
      return counters === undefined ? 0 : counters.rxPackets + counters.txPackets;
    };
    this.#ppp = new PppSessions({
      random: context.random,
      log: context.log,
      logOf: (place) => this.#peerLogs.ofTunnel(place),
      packetsOf,
    });
    this.#probes = new Probes(context.random);
    this.#retired = new RetiredCounters(context.statistics);
    this.#connections = new Connections(context.statistics);
    this.#failover = new Failover({
      random: context.random,
      heardAt: (connection) => this.#connections.heardAt(connection),
      magicOf: (session) => this.#ppp.magicOf(session),
    });
    this.views = new RouterViews({
      context,
      ike: this.#ike,
      l2tp: this.#l2tp,
      ppp: this.#ppp,
      connections: this.#connections,
      retired: this.#retired,
      udp: this.#udp,
      spec: () => this.#spec,
    });
  }

  handleInput(input: EngineInput | RouterRequest, now: Millis): void {
    this.#peerLogs.at(now);
    switch (input.type) {
      case "ike":
        this.#udp.received += 1;
        this.#ike.handleInput({ type: "datagram", flow: input.flow, bytes: input.bytes }, now);
        break;
      case "agreed":
        this.#ike.handleInput(input, now);
        break;
      case "l2tp":
        this.#udp.received += 1;
        this.#l2tp.handleInput({ type: "control", path: input.path, bytes: input.bytes }, now);
        break;
      case "clearRefused":
        this.#log("l2tp", "notice", "L2TP in the clear refused", clearRefusedFields(input.flow));
        break;
      case "ppp":
        this.#ppp.frame(input.session, input.bytes, now);
        break;
      case "stray":
        this.#failover.strayFrame(input.session, input.path, input.bytes, now);
        break;
      case "ip":
        this.#probes.receive(input.virtualRouter, input.bytes, now);
        break;
      case "filterLog":
        this.#log("ip", "info", "access list matched", filterLogFields(input));
        break;
      case "shortIcv":
        this.#log("ipsec", "info", "length of the ICV was learned from the peer", {
          connection: input.connection,
          bits: input.short ? 96 : 128,
        });
        break;
      case "saVolume":
        this.#ike.handleInput({ type: "rekey", connection: input.connection, spi: input.spi }, now);
        break;
      case "peerMoved":
        this.#ike.handleInput({ type: "moved", connection: input.connection, flow: input.flow }, now);
        break;
      case "configure":
        this.#configure(input.spec, now);
        break;
      case "credentials":
        this.#credentials = input.credentials;
        if (this.#spec !== undefined) this.#configure(this.#spec, now);
        break;
      case "closeConnection":
        this.#ike.handleInput({ type: "close", connection: input.connection, reason: input.reason }, now);
        break;
      case "closeTunnel": {
        const result = { ...STOP_SHUTTING_DOWN, message: input.reason };
        this.#l2tp.handleInput({ type: "closeTunnel", tunnel: input.tunnel, result }, now);
        break;
      }
      case "drainTunnel":
        this.#l2tp.handleInput(input, now);
        break;
      case "closeSession":
        this.#ppp.terminate(input.session, input.reason, now);
        break;
      case "probe":
        this.#probes.start(input.probe, input.request, probeSource(input.request, this.#spec, this.#ppp), now);
        break;
      case "dropProbe":
        this.#probes.drop(input.probe);
        break;
      case "clearAccessLists":
        this.#outputs.push(input);
        break;
      case "shutdown":
        this.#shutdown(input.reason, now);
        break;
    }
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    this.#peerLogs.at(now);
    this.#ike.handleTimeout(now);
    this.#l2tp.handleTimeout(now);
    this.#ppp.handleTimeout(now);
    this.#probes.handleTimeout(now);
    this.#failover.handleTimeout(now);
    let active = this.#connections.takeActivity(now);
    for (; active !== undefined; active = this.#connections.takeActivity(now)) {
      this.#ike.handleInput({ type: "activity", ...active }, now);
    }
    this.#drain(now);
  }

  pollOutput(): EngineOutput | undefined {
    const output = this.#outputs.poll();
    if (output?.type === "ike" || output?.type === "l2tp") this.#udp.sent += 1;
    return output;
  }

  pollTimeout(): Deadline | undefined {
    const protocols = earlier(this.#ike.pollTimeout(), this.#l2tp.pollTimeout());
    const clients = earlier(this.#connections.pollTimeout(), this.#failover.pollTimeout());
    const rest = earlier(clients, this.#probes.pollTimeout());
    return earlier(earlier(protocols, this.#ppp.pollTimeout()), rest);
  }

  /** What became of a probe; each is told once. */
  pollReport(): { readonly id: number; readonly report: ProbeReport } | undefined {
    return this.#probes.pollReport();
  }

  /** For captures; `undefined` = there is no such SA, or it has no keys yet. */
  isakmpSecret(initiatorCookie: Uint8Array, responderCookie: Uint8Array): IsakmpSecret | undefined {
    return this.#ike.secretOf(initiatorCookie, responderCookie);
  }

  #configure(spec: RouterSpec, now: Millis): void {
    for (const output of reconcileVirtualRouters(this.#spec, spec)) this.#outputs.push(output);
    this.#spec = spec;
    const checks = [spec, ...spec.ipsecGateways].flatMap(({ deadPeerDetection }) => deadPeerDetection ?? []);
    const intervals = checks.map(({ intervalSeconds }) => intervalSeconds);
    this.#connections.configure(checks.length === 0 ? undefined : Math.min(...intervals), now);
    this.#accessLists.configure(spec.accessLists ?? []);
    this.#ppp.configure(spec);
    this.#l2tp.handleInput(
      { type: "configure", configuration: { system: spec.l2tp, profiles: spec.lnsProfiles } },
      now,
    );
    const configuration = ikeConfiguration(spec, {
      credentials: this.#credentials,
      udpEncapsulationOnly: this.#context.udpEncapsulationOnly,
      permits: (list, local, remote) => this.#accessLists.permitUdp(list, local, remote),
    });
    this.#ike.handleInput({ type: "configure", configuration }, now);
  }

  #shutdown(reason: string, now: Millis): void {
    this.#l2tp.handleInput({ type: "closeAll", result: { ...STOP_SHUTTING_DOWN, message: reason } }, now);
    this.#drain(now);
    for (const connection of this.#connections.keys()) {
      this.#ike.handleInput({ type: "close", connection, reason }, now);
    }
  }

  /** Passes outputs between the siblings until all of them are quiet. */
  #drain(now: Millis): void {
    for (let packet = this.#probes.pollPacket(); packet !== undefined; packet = this.#probes.pollPacket()) {
      this.#outputs.push({ type: "ip", ...packet });
    }
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
      const found = this.#failover.pollOutput();
      if (found !== undefined) {
        this.#fromFailover(found, now);
        continue;
      }
      const ppp = this.#ppp.pollOutput();
      if (ppp === undefined) return;
      if (ppp.type === "userKnown") {
        this.#l2tp.handleInput(ppp, now);
        continue;
      }
      if (ppp.type !== "sessionEnded") {
        this.#outputs.push(ppp);
        continue;
      }
      this.#outputs.push({ type: "removeSession", session: ppp.session });
      const result = { ...ADMINISTRATIVE_CLOSE, message: ppp.reason };
      this.#l2tp.handleInput({ type: "closeSession", session: ppp.session, result }, now);
    }
  }

  #fromIke(output: IkeOutput, now: Millis): void {
    const passed = passedOn(output, this.#context.random);
    if (passed !== undefined) this.#outputs.push(passed);
    switch (output.type) {
      case "connectionOpened": {
        const opening = this.#connections.open(output, now);
        if (opening.demuxPort !== undefined) {
          this.#log("ipsec", "info", "client behind a NAT is given a port of its own", {
            peer: endpointKey(output.flow.remote),
            port: opening.demuxPort,
          });
        }
        this.#outputs.push(opening);
        const exclusive = opening.separation === "perConnection";
        this.#failover.connectionOpened(output, { demuxPort: opening.demuxPort, exclusive }, now);
        return;
      }
      case "connectionClosed":
        this.#connections.close(output.connection);
        this.#failover.connectionClosed(output.connection);
        this.#retired.forget(output.connection);
        this.#l2tp.handleInput({ type: "connectionClosed", connection: output.connection }, now);
        return;
      case "inboundSa":
      case "outboundSa": {
        const carrier = this.#connections.addSa(output);
        if (carrier !== undefined) this.#ppp.resize(output.connection, carrier);
        return;
      }
      case "saRemoved":
        this.#connections.removeSa(output);
        this.#retired.retire(
          output.connection,
          output.direction,
          output.spi,
          this.#connections.portOf(output.connection),
        );
        return;
      case "phase1Renewed":
        this.#l2tp.handleInput({ type: "connectionRenewed", connection: output.connection }, now);
        return;
    }
  }

  #fromL2tp(output: L2tpOutput, now: Millis): void {
    switch (output.type) {
      case "send":
        this.#outputs.push({ type: "l2tp", path: output.path, bytes: output.bytes });
        return;
      case "sessionOpened": {
        const { session, path, localTunnelId, localSessionId } = output;
        this.#outputs.push(installSession(output));
        this.#failover.sessionOpened(output);
        this.#ppp.open(
          {
            session,
            connection: path.connection,
            localTunnelId,
            localSessionId,
            remote: path.remote,
            profileName: output.profile?.pppProfile ?? "",
            carrier: this.#connections.carrierOf(path.connection, path.remote.address),
            numbered: output.sequencing,
            proxy: proxyLink(output.proxy, output.profile),
          },
          now,
        );
        return;
      }
      case "sessionClosed":
        this.#failover.sessionClosed(output.session);
        this.#ppp.down(output.session, now);
        this.#outputs.push({ type: "removeSession", session: output.session });
        return;
      case "releaseConnection":
        this.#ike.handleInput({ type: "close", connection: output.connection, reason: output.reason }, now);
        return;
      case "stray":
        this.#failover.strayControl(output.tunnel, output.known, output.path, now);
        return;
      case "tunnelOpened":
        this.#failover.tunnelOpened(output);
        return;
      case "tunnelClosed":
      case "refused":
        return;
    }
  }

  #fromFailover(output: FailoverOutput, now: Millis): void {
    const { path } = output;
    if (output.type === "ask") {
      this.#outputs.push({ type: "l2tp", path, bytes: output.bytes });
      return;
    }
    const { tunnel, sessions, left } = output;
    const { connection, remote } = path;
    this.#log("l2tp", "info", "client of a tunnel has come back under another connection", {
      peer: endpointKey(remote),
      tunnel,
      connection,
      left,
    });
    this.#l2tp.handleInput({ type: "moveTunnel", tunnel, path }, now);
    for (const session of sessions) {
      this.#outputs.push({ type: "moveSession", session, path });
      this.#ppp.move(session, { connection, remote, carrier: this.#connections.carrierOf(connection, remote.address) });
    }
    this.#ike.handleInput({ type: "forget", connection: left, reason: "its client has come back elsewhere" }, now);
  }
}
