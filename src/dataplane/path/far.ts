/**
 * What a line module knows of the others beside it: which addresses are reached by way of which one, and what it hands over to them. A packet
 * is handed over once: it has passed everything that is asked of it where it came in, and meets there what is asked where it leaves.
 */

import type { L2tpPath, SessionId } from "../../engine/forwarding.ts";
import type { Address, Flow, Prefix } from "../../engine/kernel/address.ts";

/** Addresses that are reached by way of another line module. */
export class FarWay {
  readonly module: number;

  constructor(module: number) {
    this.module = module;
  }
}

/** What a line module is told about those beside it. */
export type FarProgramming =
  /** A session of another line module has an address now. */
  | {
      readonly type: "openFar";
      readonly session: SessionId;
      readonly virtualRouter: string;
      readonly address: Address;
      /** Our tunnel and session identifier as one number: by them it is known where it does not belong. */
      readonly identifiers: number;
      readonly module: number;
    }
  | { readonly type: "closeFar"; readonly session: SessionId; readonly identifiers: number }
  /** Networks behind links to the host that are another line module's; they replace what was known. */
  | {
      readonly type: "farNetworks";
      readonly virtualRouter: string;
      readonly networks: readonly Prefix[];
      readonly module: number;
    };

/** What goes to line module `module`. The bytes are the receiver's own. */
export type HandOver =
  /** An ESP packet of a connection that lives there; it has passed the access list of our address. */
  | {
      readonly type: "esp";
      readonly module: number;
      readonly encapsulation: "udp" | "esp";
      readonly flow: Flow;
      readonly bytes: Uint8Array;
    }
  | HandedPacket;

/** An IP packet for what is behind one of its ways. */
export interface HandedPacket {
  readonly type: "packet";
  readonly module: number;
  readonly virtualRouter: string;
  /** Our address where it came in, as a number: that of those who report about it. */
  readonly localAddress: number;
  /** It passes the router, which is one hop; else it is the router's own. */
  readonly forwarded: boolean;
  readonly bytes: Uint8Array;
}

/**
 * What came to a line module before it was told all that the engine knows by now: a data message under identifiers that it does not know, or an IP packet in a
 * session whose IP is not open. It is tried again as soon as the engine, which is on another thread, has heard what was punted before it.
 */
export type Early =
  | { readonly type: "message"; readonly path: L2tpPath; readonly bytes: Uint8Array }
  /** From its protocol field on. */
  | { readonly type: "frame"; readonly session: SessionId; readonly bytes: Uint8Array };
