/** Packet captures as commands see them; who watches the packets is the business of whoever makes the shell. */

import type { Prefix } from "../../engine/kernel/address.ts";

export interface CaptureSettings {
  /** An interface of ours whose address counts; absent = every one. */
  readonly attached?: { readonly interface: string; readonly addresses: readonly string[] } | undefined;
  readonly direction: "in" | "out" | "both";
  /** Packets between these two, in either direction; absent = all. */
  readonly between?: readonly [Prefix, Prefix] | undefined;
  readonly bufferMegabytes: number;
  readonly circular: boolean;
  /** Absent = no limit. */
  readonly seconds?: number | undefined;
  readonly packets?: number | undefined;
  readonly packetLength?: number | undefined;
}

export interface CaptureLine {
  /** `wire`, or `inside` for what was decrypted. */
  readonly interface: string;
  readonly direction: "in" | "out";
  /** Since the first packet. */
  readonly seconds: number;
  /** Of the packet; fewer octets may have been kept. */
  readonly length: number;
  /** From the IP header on. */
  readonly octets: Uint8Array;
}

export interface CaptureView {
  readonly name: string;
  readonly settings: CaptureSettings;
  readonly isActive: boolean;
  readonly packets: number;
  /** Forgotten for newer ones. */
  readonly dropped: number;
  readonly octets: number;
  lines(): readonly CaptureLine[];
}

export interface Captures {
  /** In the order they were defined. */
  readonly all: readonly CaptureView[];
  get(name: string): CaptureView | undefined;
  /** Changes what is given; a capture that is not known is made. False = it runs and cannot be changed. */
  define(name: string, settings: Partial<CaptureSettings>): boolean;
  /** Begins with an empty buffer. */
  start(name: string): void;
  stop(name: string): void;
  clear(name: string): void;
  remove(name: string): void;
  /** A pcapng file with the keys of what was captured. */
  file(name: string): Uint8Array;
}
