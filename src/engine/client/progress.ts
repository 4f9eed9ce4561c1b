/** How far a client has come, as values and in words. */

import type { Address } from "../kernel/address.ts";
import type { PingResult, PingTotals } from "./pings.ts";

/** How far a client has come. */
export type ClientState = "idle" | "ike" | "ipsec" | "l2tp" | "ppp" | "up" | "closing" | "closed" | "failed";

export interface ClientView {
  readonly state: ClientState;
  /** Why it failed or closed. */
  readonly reason: string | undefined;
  /** The address that the gateway gave. */
  readonly address: Address | undefined;
  readonly gatewayAddress: Address | undefined;
  /** The last thousand. */
  readonly pings: readonly PingResult[];
  readonly pingTotals: PingTotals;
}

/** The log line of each step. */
export const PROGRESS: Readonly<Record<ClientState, string>> = {
  idle: "client is idle",
  ike: "client starts IKE",
  ipsec: "client has an IKE SA",
  l2tp: "client opens an L2TP tunnel",
  ppp: "client has an L2TP session",
  up: "client is up",
  closing: "client hangs up",
  closed: "client is closed",
  failed: "client failed",
};
