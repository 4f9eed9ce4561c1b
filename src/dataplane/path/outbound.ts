/** The engine's own messages on their way out: each by the way its kind has. */

import type { L2tpPath, LineModuleCounters, Transmission } from "../../engine/forwarding.ts";
import type { Flow } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { NAT_TRAVERSAL_PORT, withNonEspMarker } from "../../engine/wire/udp-encap.ts";
import type { Connections } from "./connections.ts";
import { type EspOut, LARGEST_MESSAGE, MESSAGE_AT } from "./esp-out.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { Forwarding } from "./forward.ts";
import type { L2tpData } from "./l2tp-data.ts";
import type { PathTable } from "./path-table.ts";
import { wirePort } from "./port-demux.ts";
import type { SessionPaths } from "./session-paths.ts";

export interface OutboundContext {
  readonly outputs: LineModuleOutputs;
  readonly totals: LineModuleCounters;
  readonly connections: Connections;
  readonly paths: PathTable;
  readonly espOut: EspOut;
  readonly l2tp: L2tpData;
  readonly forwarding: Forwarding;
  readonly sessionPaths: SessionPaths;
}

export class Outbound {
  readonly #outputs: LineModuleOutputs;
  readonly #totals: LineModuleCounters;
  readonly #connections: Connections;
  readonly #paths: PathTable;
  readonly #espOut: EspOut;
  readonly #l2tp: L2tpData;
  readonly #forwarding: Forwarding;
  readonly #sessionPaths: SessionPaths;

  constructor({ outputs, totals, connections, paths, espOut, l2tp, forwarding, sessionPaths }: OutboundContext) {
    this.#outputs = outputs;
    this.#totals = totals;
    this.#connections = connections;
    this.#paths = paths;
    this.#espOut = espOut;
    this.#l2tp = l2tp;
    this.#forwarding = forwarding;
    this.#sessionPaths = sessionPaths;
  }

  transmit(transmission: Transmission, now: Millis): void {
    switch (transmission.type) {
      case "ike":
        this.#transmitIke(transmission.flow, transmission.bytes);
        return;
      case "l2tp":
        this.#transmitL2tp(transmission.path, transmission.bytes, now);
        return;
      case "ppp": {
        const session = this.#l2tp.get(transmission.session);
        if (session === undefined) this.#totals.noSession += 1;
        else this.#l2tp.sendFrame(session, transmission.bytes, now);
        return;
      }
      case "ip":
        this.#forwarding.originate(transmission.virtualRouter, transmission.bytes, now);
        return;
    }
  }

  #transmitIke(flow: Flow, bytes: Uint8Array): void {
    if (flow.local.port === NAT_TRAVERSAL_PORT) this.#outputs.send("natt", flow, withNonEspMarker(bytes));
    else this.#outputs.send("ike", flow, bytes);
  }

  #transmitL2tp(path: L2tpPath, bytes: Uint8Array, now: Millis): void {
    if (path.connection === undefined) {
      this.#outputs.send("l2tp", this.#sessionPaths.clearFlow(path), bytes);
      return;
    }
    const connection = this.#connections.get(path.connection);
    if (connection === undefined || bytes.length > LARGEST_MESSAGE) {
      this.#totals.noRoute += 1;
      return;
    }
    this.#paths.setLocalPort(connection, path.local.port);
    const owner = this.#paths.find(connection, path)?.owner;
    if (owner === undefined) {
      this.#totals.noRoute += 1;
      return;
    }
    this.#espOut.frame.set(bytes, MESSAGE_AT);
    const sent = this.#espOut.send(owner, path.local.port, wirePort(owner, path.remote.port), bytes.length, now);
    if (!sent) this.#totals.noRoute += 1;
  }
}
