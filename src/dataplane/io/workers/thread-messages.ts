/** What passes between the main thread and the thread of a line module beside what the line module itself is told: descriptors, ways to the others, packets. */

import type { MessagePort } from "node:worker_threads";
import type { ListenPort, OuterDatagram } from "../../datagram.ts";
import type { HandOverBatch } from "../../workers/hand-over-batch.ts";
import type { FromModule, ToModule } from "../../workers/messages.ts";

/** What a thread is made with. */
export interface ThreadPlan {
  readonly module: number;
  readonly count: number;
  /** Name of the cipher implementation. */
  readonly suite: string;
  readonly totals: SharedArrayBuffer;
  readonly activity: SharedArrayBuffer;
  /** Packets that are under way between each two modules (`HandOverQueues`). */
  readonly underWay: SharedArrayBuffer;
  /** `process.hrtime` when the main thread's clock stood at 0, in milliseconds. */
  readonly clockZero: number;
  /** Descriptors of the bells of modules 1, 2, … */
  readonly bells: readonly number[];
}

export type ToThread =
  | { readonly type: "told"; readonly messages: readonly ToModule[] }
  | { readonly type: "handOver"; readonly from: number; readonly batch: HandOverBatch }
  /** A socket of its own at a port that it shares with others; role `natt` or `esp`. */
  | { readonly type: "listen"; readonly port: ListenPort; readonly fd: number }
  | { readonly type: "leave"; readonly port: ListenPort; readonly fd: number }
  /** How to reach another module; it replaces the one that was known. */
  | { readonly type: "neighbour"; readonly module: number; readonly way: MessagePort }
  /** For tests: an error that nobody expects. */
  | { readonly type: "fail" };

export type FromThread =
  | { readonly type: "tells"; readonly messages: readonly FromModule[] }
  | { readonly type: "handOver"; readonly from: number; readonly batch: HandOverBatch }
  /** The descriptor is not used any more. */
  | { readonly type: "left"; readonly fd: number }
  /** For a socket that only the main thread has. */
  | { readonly type: "datagrams"; readonly datagrams: readonly OuterDatagram[] };
