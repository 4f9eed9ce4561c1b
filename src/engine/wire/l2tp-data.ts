/**
 * The header of L2TP data messages (RFC 2661 §3.1, T = 0). Length, sequence numbers and offset are read wherever the
 * peer puts them; we send none but sequence numbers, and those only in sessions that have them. Versions other
 * than 2 are refused: L2F (1) and L2TPv3 (3) share the port.
 */

import { WireError } from "../kernel/errors.ts";
import type { Codec } from "./codec.ts";
import { putU16, u16At } from "./octets.ts";

const CONTROL = 0x8000;
const LENGTH = 0x4000;
const SEQUENCE = 0x0800;
const OFFSET = 0x0200;
const PRIORITY = 0x0100;
const VERSION_MASK = 0x000f;
const VERSION = 2;

const L2TP_DATA_HEADER_LENGTH = 6;
export const L2TP_SEQUENCED_HEADER_LENGTH = 10;

export interface L2tpDataMessage {
  readonly tunnelId: number;
  readonly sessionId: number;
  /** The number of a sequenced message. */
  readonly ns: number | undefined;
  readonly priority: boolean;
  readonly payload: Uint8Array;
}

/** Whether the T bit is set. The caller has seen to one octet. */
export function isL2tpControl(bytes: Uint8Array, from = 0): boolean {
  return ((bytes[from] ?? 0) & 0x80) !== 0;
}

/** Where the payload of the data message in `from…to` starts; -1 when the header lies about itself. */
export function l2tpPayloadStart(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  if (to - from < L2TP_DATA_HEADER_LENGTH) return -1;
  const flags = u16At(bytes, from);
  if ((flags & VERSION_MASK) !== VERSION) return -1;
  let at = from + ((flags & LENGTH) === 0 ? L2TP_DATA_HEADER_LENGTH : L2TP_DATA_HEADER_LENGTH + 2);
  if ((flags & SEQUENCE) !== 0) at += 4;
  if ((flags & OFFSET) !== 0) {
    if (to < at + 2) return -1;
    at += 2 + u16At(bytes, at);
  }
  return at <= l2tpMessageEnd(bytes, from, to) ? at : -1;
}

/** Where a data message ends: its Length when it carries one that fits, else -1 or the end of the datagram. */
export function l2tpMessageEnd(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  if ((u16At(bytes, from) & LENGTH) === 0) return to;
  const end = from + u16At(bytes, from + 2);
  return end <= to ? end : -1;
}

/** Tunnel and session identifier as one number. */
export function l2tpIdentifiers(bytes: Uint8Array, from = 0): number {
  const at = from + ((u16At(bytes, from) & LENGTH) === 0 ? 2 : 4);
  return u16At(bytes, at) * 0x1_0000 + u16At(bytes, at + 2);
}

/** The Ns of a data message whose header is whole; -1 = it is not numbered. */
export function l2tpDataNumber(bytes: Uint8Array, from = 0): number {
  const flags = u16At(bytes, from);
  if ((flags & SEQUENCE) === 0) return -1;
  return u16At(bytes, from + ((flags & LENGTH) === 0 ? L2TP_DATA_HEADER_LENGTH : L2TP_DATA_HEADER_LENGTH + 2));
}

/** Writes a header; `ns` = -1 leaves sequence numbers out. Returns its length. Nr means nothing here (RFC 2661 §3.1). */
export function putL2tpDataHeader(
  bytes: Uint8Array,
  at: number,
  tunnelId: number,
  sessionId: number,
  ns: number,
): number {
  const sequenced = ns >= 0;
  putU16(bytes, at, sequenced ? VERSION | SEQUENCE : VERSION);
  putU16(bytes, at + 2, tunnelId);
  putU16(bytes, at + 4, sessionId);
  if (!sequenced) return L2TP_DATA_HEADER_LENGTH;
  putU16(bytes, at + 6, ns);
  putU16(bytes, at + 8, 0);
  return L2TP_SEQUENCED_HEADER_LENGTH;
}

/** The same header as values; the per-packet path uses the functions above. */
export const l2tpDataMessage: Codec<L2tpDataMessage> = {
  name: "L2TP data message",
  source: "RFC 2661 §3.1",
  read: (reader) => decode(reader.rest()),
  write: (writer, message) => void writer.put(encode(message)),
  decode,
  encode,
};

function decode(bytes: Uint8Array): L2tpDataMessage {
  const start = l2tpPayloadStart(bytes);
  const flags = u16At(bytes, 0);
  if (bytes.length < L2TP_DATA_HEADER_LENGTH) throw new WireError("truncated", bytes.length, "L2TP data message");
  if ((flags & CONTROL) !== 0) throw new WireError("badValue", 0, "L2TP data message");
  if ((flags & VERSION_MASK) !== VERSION) throw new WireError("badVersion", 1, "L2TP data message");
  if (start < 0) throw new WireError("badLength", 2, "L2TP data message");
  const identifiers = l2tpIdentifiers(bytes);
  const ns = l2tpDataNumber(bytes);
  return {
    tunnelId: Math.floor(identifiers / 0x1_0000),
    sessionId: identifiers & 0xffff,
    ns: ns < 0 ? undefined : ns,
    priority: (flags & PRIORITY) !== 0,
    payload: bytes.subarray(start, l2tpMessageEnd(bytes)),
  };
}

function encode(message: L2tpDataMessage): Uint8Array {
  const header = new Uint8Array(L2TP_SEQUENCED_HEADER_LENGTH);
  const length = putL2tpDataHeader(header, 0, message.tunnelId, message.sessionId, message.ns ?? -1);
  if (message.priority) header[0] = (header[0] ?? 0) | (PRIORITY >>> 8);
  const bytes = new Uint8Array(length + message.payload.length);
  bytes.set(header.subarray(0, length));
  bytes.set(message.payload, length);
  return bytes;
}
