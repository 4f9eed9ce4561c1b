/**
 * A packet capture in the classic pcap format (draft-ietf-opsawg-pcap): microseconds, little-endian, link type RAW, so
 * that every record is an IPv4 packet. It gathers octets; writing a file is the caller's.
 */

import type { Millis } from "../../engine/kernel/machine.ts";
import { ipv4Octets, type OuterPacket } from "../packet.ts";

const MAGIC = 0xa1b2_c3d4;
const VERSION_MAJOR = 2;
const VERSION_MINOR = 4;
const SNAP_LENGTH = 65_535;
const LINKTYPE_RAW = 101;
const FILE_HEADER_LENGTH = 24;
const RECORD_HEADER_LENGTH = 16;

/** What a file starts with. */
function pcapHeader(): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION_MAJOR, true);
  view.setUint16(6, VERSION_MINOR, true);
  view.setUint32(16, SNAP_LENGTH, true);
  view.setUint32(20, LINKTYPE_RAW, true);
  return bytes;
}

/** `atMillis` since the epoch of the capture's reader. */
function pcapRecord(packet: OuterPacket, atMillis: Millis): Uint8Array {
  const octets = ipv4Octets(packet);
  const bytes = new Uint8Array(RECORD_HEADER_LENGTH + octets.length);
  const view = new DataView(bytes.buffer);
  const microseconds = Math.round(atMillis * 1000);
  view.setUint32(0, Math.floor(microseconds / 1_000_000), true);
  view.setUint32(4, microseconds % 1_000_000, true);
  view.setUint32(8, octets.length, true);
  view.setUint32(12, octets.length, true);
  bytes.set(octets, RECORD_HEADER_LENGTH);
  return bytes;
}

/** Keeps a capture in memory. */
export class Capture {
  readonly #parts: Uint8Array[] = [pcapHeader()];

  get packets(): number {
    return this.#parts.length - 1;
  }

  add(packet: OuterPacket, atMillis: Millis): void {
    this.#parts.push(pcapRecord(packet, atMillis));
  }

  /** The whole file so far. */
  bytes(): Uint8Array {
    const file = new Uint8Array(this.#parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      file.set(part, at);
      at += part.length;
    }
    return file;
  }
}
