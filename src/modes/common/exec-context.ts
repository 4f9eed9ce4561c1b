/**
 * What an exec command may see and do. The shell makes one for each line it runs; commands keep nothing between lines.
 */

import type { ConnectionId, SessionId } from "../../engine/forwarding.ts";
import type { Log } from "../../engine/kernel/log.ts";
import type { TunnelKey } from "../../engine/l2tp/events.ts";
import type { Snapshot } from "../../engine/snapshot.ts";
import type { Activity, ConfigReader } from "../../grammar/declaration.ts";
import type { RunningConfiguration } from "../running/running-configuration.ts";
import type { Baselines } from "./baselines.ts";
import type { Captures } from "./captures.ts";
import type { DeviceFiles } from "./device-files.ts";
import type { HostRefusals } from "./host-refusals.ts";
import type { KeyStore } from "./key-store.ts";
import type { LogBuffer } from "./log-buffer.ts";
import type { Logins } from "./logins.ts";
import type { ProcessUsage } from "./process-usage.ts";
import type { RateMeter } from "./rate-meter.ts";
import type { Reach } from "./reach.ts";
import type { SshService } from "./ssh-service.ts";
import type { Terminal } from "./terminal.ts";

/** A change that an exec command asks of the running gateway. */
export type Request =
  | { readonly type: "closeConnection"; readonly connection: ConnectionId; readonly reason: string }
  | { readonly type: "closeTunnel"; readonly tunnel: TunnelKey; readonly reason: string }
  | { readonly type: "drainTunnel"; readonly tunnel: TunnelKey; readonly draining: boolean }
  | { readonly type: "closeSession"; readonly session: SessionId; readonly reason: string }
  /** Counts of an access list (`undefined` = of all) start again at zero. */
  | { readonly type: "clearAccessLists"; readonly list: string | undefined };

/** Switches of the log stream, by vendor word: `crypto isakmp`, `ppp negotiation`, `vpdn events`. */
export interface DebugSwitches {
  readonly on: ReadonlySet<string>;
  set(name: string, on: boolean): void;
  clear(): void;
}

/** Where a login comes from: whoever is at the console is trusted with more. */
export type Origin = "console" | "vty";

export interface ExecContext {
  readonly snapshot: Snapshot;
  /** Wall-clock time and the offset that turns a snapshot's monotonic times into wall-clock times. */
  readonly clock: {
    readonly now: Date;
    readonly toDate: (monotonic: number) => Date;
    /** Somebody set it. */
    readonly isSet?: boolean;
    /** Absent = there is none: a listing is read. */
    set?(date: Date, by: string): void;
  };
  /** The chassis' own tree (IOS: the only one). */
  readonly chassis: ConfigReader;
  /** Trees of the virtual routers by name. */
  readonly routers: ReadonlyMap<string, ConfigReader>;
  /** The virtual router the session stands in. */
  readonly virtualRouter: string;
  /** The configuration in the dialect's text: body only, without header and trailer. */
  renderConfiguration(): readonly string[];
  readonly session: {
    readonly user: string;
    readonly line: string;
    readonly level: number;
    readonly since: Date;
    /** Absent = the console. */
    readonly origin?: Origin;
  };
  readonly debug: DebugSwitches;
  readonly terminal: Terminal;
  /** Everybody who is logged in, this session too. */
  readonly logins: Logins;
  readonly files: DeviceFiles;
  readonly running: RunningConfiguration;
  readonly logBuffer: LogBuffer;
  /** Absent = there is no log: a listing is read. */
  readonly log?: Log | undefined;
  readonly baselines: Baselines;
  process(): ProcessUsage;
  /** How fast interfaces carry; absent = nobody measures. */
  readonly rates?: RateMeter | undefined;
  /** Absent = there is no host: a listing is read, or a lab is played. */
  readonly hostRefusals?: (() => HostRefusals) | undefined;
  readonly reach: Reach;
  readonly captures: Captures;
  /** Opens the dashboard on the terminal of this login; absent = it has none. */
  readonly dashboard?: (() => Activity) | undefined;
  /** Absent = the process serves no SSH. */
  readonly ssh?: SshService | undefined;
  /** Absent = nothing is kept: a listing is read. */
  readonly keys?: KeyStore | undefined;
  readonly version: string;
  request(request: Request): void;
}
