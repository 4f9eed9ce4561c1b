/**
 * What passes between the engine's thread and a line module on another: plain data that can be cloned. `Fabric` speaks at one end and `WorkerModule` at the
 * other; what carries it keeps the order in each direction and loses nothing while the module lives.
 */

import type { EspKeys, Programming, Punt, Transmission } from "../../engine/forwarding.ts";
import type { Address, Flow } from "../../engine/kernel/address.ts";
import type { OuterDatagram } from "../datagram.ts";
import type { Early, FarProgramming } from "../path/far.ts";
import type { Direction } from "../path/tap.ts";

export type ToModule =
  /** `counters`: where the SA or the session that it begins is counted. */
  | { readonly type: "program"; readonly operation: Programming; readonly counters?: SharedArrayBuffer }
  | { readonly type: "far"; readonly operation: FarProgramming }
  | { readonly type: "transmit"; readonly transmission: Transmission }
  | { readonly type: "again"; readonly early: Early }
  /** Everything that passes is to be told, or nothing any more. */
  | { readonly type: "watch"; readonly on: boolean };

export type FromModule =
  | { readonly type: "punt"; readonly punt: Punt }
  | { readonly type: "early"; readonly early: Early }
  /** Packets decided by each entry of its lists since the module began or the list was cleared. */
  | { readonly type: "accessLists"; readonly matches: Readonly<Record<string, readonly number[]>> }
  | Watched;

/** What a `PacketTap` is told. */
export type Watched =
  | { readonly type: "outer"; readonly direction: Direction; readonly datagram: OuterDatagram }
  | { readonly type: "inner"; readonly direction: Direction; readonly flow: Flow; readonly datagram: Uint8Array }
  | {
      readonly type: "host";
      readonly direction: Direction;
      readonly localAddress: Address;
      readonly packet: Uint8Array;
    }
  | {
      readonly type: "sa";
      readonly direction: Direction;
      readonly flow: Flow;
      readonly spi: number;
      readonly keys: EspKeys;
    };
