/** What a chassis is asked for, and what it stands on. */

import type { Credentials } from "../credentials.ts";
import type { ConnectionId, LineModuleStatistics, LineModules, SessionId } from "../forwarding.ts";
import type { ProbeRequest } from "../ip/probes.ts";
import type { Log } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import type { Random } from "../kernel/random.ts";
import type { TunnelKey } from "../l2tp/events.ts";
import type { CryptoEngineDetails } from "../snapshot.ts";
import type { RouterSpec } from "../spec.ts";

/** What an operator asks of a running chassis. */
export type RouterRequest =
  | { readonly type: "configure"; readonly spec: RouterSpec }
  /** Keys, certificates and lists that lie in files; the certificates of the configuration come with it. */
  | { readonly type: "credentials"; readonly credentials: Credentials }
  | { readonly type: "closeConnection"; readonly connection: ConnectionId; readonly reason: string }
  | { readonly type: "closeTunnel"; readonly tunnel: TunnelKey; readonly reason: string }
  /** The tunnel takes no new sessions, or takes them again. */
  | { readonly type: "drainTunnel"; readonly tunnel: TunnelKey; readonly draining: boolean }
  | { readonly type: "closeSession"; readonly session: SessionId; readonly reason: string }
  /** One packet to find out who can be reached; `pollReport` tells what came of it. */
  | { readonly type: "probe"; readonly probe: number; readonly request: ProbeRequest }
  | { readonly type: "dropProbe"; readonly probe: number }
  | { readonly type: "clearAccessLists"; readonly list: string | undefined }
  /** Tells every client that the gateway goes: StopCCN, then deletes. */
  | { readonly type: "shutdown"; readonly reason: string };

export interface RouterContext {
  readonly random: Random;
  readonly log: Log;
  readonly statistics: LineModuleStatistics;
  /** Asked with every snapshot. */
  readonly cryptoEngine: string;
  readonly cryptoEngineDetails?: CryptoEngineDetails | undefined;
  readonly startedAt: Millis;
  /** The wall clock, in milliseconds since 1970; without one no certificate is in its time. */
  readonly epoch?: (now: Millis) => number;
  /** The line module has no way to send and receive ESP without UDP; asked with every new specification. */
  readonly udpEncapsulationOnly: boolean;
  /** Several line modules among which connections are shared out; absent = there is one. */
  readonly lineModules?: LineModules | undefined;
}
