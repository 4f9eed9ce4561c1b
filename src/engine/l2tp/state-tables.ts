/**
 * The state tables of RFC 2661 as data: control connection (§7.2.1), incoming call at the LAC (§7.4.1) and at the LNS
 * (§7.4.2). A cell says what a message does in a state; a missing cell is "-": acknowledged, and nothing else happens.
 * Two tunnels that are opened towards each other are settled before either has a state (tie-breaker.ts).
 */

import type { MessageName } from "../wire/l2tp-message.ts";
import type { CallState, TunnelState } from "./events.ts";

type TunnelAction =
  /** SCCRP: check it, answer SCCCN, established. */
  | "confirm"
  /** SCCCN: check it, established. */
  | "establish"
  /** The message belongs to a call. */
  | "call"
  /** OCRQ: nobody here dials out. */
  | "refuseCall"
  /** StopCCN: the tunnel is over. */
  | "cleanUp"
  /** Out of turn: StopCCN with "Finite State Machine error". */
  | "clear";

type TunnelRow = Readonly<Partial<Record<MessageName, TunnelAction>>>;

export const controlConnection: Readonly<Record<TunnelState, TunnelRow>> = {
  idle: {},
  waitControlReply: { sccrp: "confirm", sccrq: "clear", scccn: "clear", stopCcn: "cleanUp" },
  waitControlConnected: { scccn: "establish", sccrq: "clear", sccrp: "clear", stopCcn: "cleanUp" },
  established: {
    stopCcn: "cleanUp",
    sccrq: "clear",
    sccrp: "clear",
    scccn: "clear",
    icrq: "call",
    icrp: "call",
    iccn: "call",
    cdn: "call",
    wen: "call",
    sli: "call",
    ocrq: "refuseCall",
  },
  disconnecting: { stopCcn: "cleanUp" },
  down: {},
};

type CallAction =
  /** ICRP: answer ICCN, established. */
  | "connect"
  /** ICCN: established. */
  | "open"
  /** CDN: the call is over. */
  | "cleanUp"
  /** WEN at the LNS, SLI at the LAC: kept to be shown. */
  | "note"
  /** Out of turn: CDN. */
  | "clear";

type CallRow = Readonly<Partial<Record<MessageName, CallAction>>>;
type CallTable = Readonly<Record<CallState, CallRow>>;

const established: CallRow = { icrq: "clear", icrp: "clear", iccn: "clear", cdn: "cleanUp" };

export const incomingCall: Readonly<Record<"lac" | "lns", CallTable>> = {
  lac: {
    idle: {},
    waitReply: { icrp: "connect", icrq: "clear", iccn: "clear", cdn: "cleanUp" },
    waitConnect: {},
    established: { ...established, sli: "note" },
    disconnecting: {},
    down: {},
  },
  lns: {
    idle: {},
    waitReply: {},
    waitConnect: { iccn: "open", icrq: "clear", icrp: "clear", cdn: "cleanUp" },
    established: { ...established, wen: "note" },
    disconnecting: {},
    down: {},
  },
};
