/**
 * The attribute-value pairs of RFC 2661 §4.4 and of RFC 3145 as a table: number, M bit, layout of the value. An AVP
 * that is not in the table is unknown, and its M bit decides what that means (§4.1). Proxy LCP and proxy authentication
 * are octets here: what they mean is for PPP to say. What stands in no one's way and serves nothing is kept opaque too.
 */

import { type Field, Reader, u16, u32, Writer } from "./codec.ts";

/** RFC 2661 §4.4.2. */
export interface ResultCode {
  readonly code: number;
  readonly error: number | undefined;
  readonly message: string | undefined;
}

/** RFC 3145 §2. */
export interface DisconnectCause {
  readonly code: number;
  readonly protocol: number;
  /** 0 = both or neither, 1 = the peer, 2 = us. */
  readonly direction: number;
  readonly message: string;
}

/** What a LAC counted on its line since the call began (WEN). */
interface CallErrors {
  readonly crcErrors: number;
  readonly framingErrors: number;
  readonly hardwareOverruns: number;
  readonly bufferOverruns: number;
  readonly timeouts: number;
  readonly alignmentErrors: number;
}

/** Characters to be escaped on an asynchronous line, as PPP negotiated them (SLI). */
interface Accm {
  readonly send: number;
  readonly receive: number;
}

export interface AvpKind<Value> {
  readonly type: number;
  /** The M bit that we send. */
  readonly mandatory: boolean;
  readonly field: Field<Value>;
  /** RFC 2661 §4.4 allows the H bit, and the value is one that we send. */
  readonly hideable: boolean;
}

/** The longest text we put into an AVP, in octets. */
const TEXT_MAX = 255;

const utf8 = new TextDecoder("utf-8", { fatal: true });
const latin1 = new TextDecoder("latin1");

/** Names and messages of the peer end up on terminals: UTF-8 where it is that, and no control characters. */
function readText(octets: Uint8Array): string {
  let decoded: string;
  try {
    decoded = utf8.decode(octets);
  } catch {
    // Not UTF-8: NetBIOS names come in the code page of the machine.
    decoded = latin1.decode(octets);
  }
  return decoded.replace(/\p{C}/gu, "\uFFFD");
}

function writeText(writer: Writer, text: string): void {
  const octets = new TextEncoder().encode(text);
  let length = Math.min(octets.length, TEXT_MAX);
  // Never cut through a character: 10xxxxxx continues one.
  while (length < octets.length && ((octets[length] ?? 0) & 0xc0) === 0x80) length -= 1;
  writer.put(octets.subarray(0, length));
}

const text: Field<string> = { read: (r) => readText(r.rest()), write: writeText };

/** At least `min` octets, not looked into. */
function octets(min: number): Field<Uint8Array> {
  return {
    read: (r) => (r.remaining < min ? r.fail("truncated") : r.rest()),
    write: (w, value) => void w.put(value),
  };
}

const resultCode: Field<ResultCode> = {
  read: (r) => {
    const sent = r.u16();
    // Apple sends both codes in the order of its processor. No result code reaches 256, and none is 0 (§4.4.2).
    const swapped = sent > 0xff && (sent & 0xff) === 0;
    const inOrder = (code: number) => (swapped ? ((code & 0xff) << 8) | (code >>> 8) : code);
    const code = inOrder(sent);
    const error = r.remaining >= 2 ? inOrder(r.u16()) : undefined;
    const message = error !== undefined && r.remaining > 0 ? readText(r.rest()) : undefined;
    return { code, error, message };
  },
  write: (w, value) => {
    w.u16(value.code);
    if (value.error === undefined && value.message === undefined) return;
    w.u16(value.error ?? 0);
    if (value.message !== undefined) writeText(w, value.message);
  },
};

const disconnectCause: Field<DisconnectCause> = {
  read: (r) => ({ code: r.u16(), protocol: r.u16(), direction: r.u8(), message: readText(r.rest()) }),
  write: (w, value) => {
    w.u16(value.code).u16(value.protocol).u8(value.direction);
    writeText(w, value.message);
  },
};

/** RFC 2661 §4.4.6; the first two octets are reserved. */
const callErrors: Field<CallErrors> = {
  read: (r) => {
    r.u16();
    return {
      crcErrors: r.u32(),
      framingErrors: r.u32(),
      hardwareOverruns: r.u32(),
      bufferOverruns: r.u32(),
      timeouts: r.u32(),
      alignmentErrors: r.u32(),
    };
  },
  write: (w, value) => {
    w.u16(0).u32(value.crcErrors).u32(value.framingErrors).u32(value.hardwareOverruns);
    w.u32(value.bufferOverruns).u32(value.timeouts).u32(value.alignmentErrors);
  },
};

const accm: Field<Accm> = {
  read: (r) => {
    r.u16();
    return { send: r.u32(), receive: r.u32() };
  },
  write: (w, value) => void w.u16(0).u32(value.send).u32(value.receive),
};

const nothing: Field<true> = { read: () => true, write: () => undefined };

function kind<Value>(type: number, mandatory: boolean, field: Field<Value>): AvpKind<Value> {
  return { type, mandatory, field, hideable: false };
}

function hideable<Value>(type: number, mandatory: boolean, field: Field<Value>): AvpKind<Value> {
  return { type, mandatory, field, hideable: true };
}

export const avpTable = {
  messageType: kind(0, true, u16),
  resultCode: kind(1, true, resultCode),
  protocolVersion: kind(2, true, u16),
  framingCapabilities: hideable(3, true, u32),
  bearerCapabilities: hideable(4, true, u32),
  tieBreaker: kind(5, false, octets(8)),
  firmwareRevision: hideable(6, false, u16),
  hostName: kind(7, true, text),
  vendorName: hideable(8, false, text),
  assignedTunnelId: hideable(9, true, u16),
  receiveWindowSize: kind(10, true, u16),
  challenge: hideable(11, true, octets(1)),
  q931Cause: kind(12, true, octets(3)),
  challengeResponse: hideable(13, true, octets(16)),
  assignedSessionId: hideable(14, true, u16),
  callSerialNumber: hideable(15, true, u32),
  minimumBps: kind(16, true, u32),
  maximumBps: kind(17, true, u32),
  bearerType: hideable(18, true, u32),
  framingType: hideable(19, true, u32),
  calledNumber: kind(21, true, octets(0)),
  callingNumber: kind(22, true, octets(0)),
  subAddress: kind(23, true, octets(0)),
  txConnectSpeed: hideable(24, true, u32),
  physicalChannelId: kind(25, false, u32),
  initialReceivedLcp: hideable(26, false, octets(0)),
  lastSentLcp: hideable(27, false, octets(0)),
  lastReceivedLcp: hideable(28, false, octets(0)),
  proxyAuthenType: hideable(29, false, octets(2)),
  proxyAuthenName: hideable(30, false, octets(0)),
  proxyAuthenChallenge: hideable(31, false, octets(0)),
  proxyAuthenId: hideable(32, false, octets(2)),
  proxyAuthenResponse: hideable(33, false, octets(0)),
  callErrors: kind(34, true, callErrors),
  accm: kind(35, true, accm),
  randomVector: kind(36, true, octets(1)),
  privateGroupId: kind(37, false, octets(0)),
  rxConnectSpeed: hideable(38, false, u32),
  sequencingRequired: kind(39, true, nothing),
  disconnectCause: kind(46, false, disconnectCause),
} as const;

export type AvpName = keyof typeof avpTable;
export type AvpValue<Name extends AvpName> = (typeof avpTable)[Name] extends AvpKind<infer Value> ? Value : never;
export type AvpValues = { readonly [Name in AvpName]?: AvpValue<Name> };

const nameByType: ReadonlyMap<number, AvpName> = new Map(
  (Object.keys(avpTable) as AvpName[]).map((name) => [avpTable[name].type, name]),
);

/** Vendor 0 attributes only; `undefined` = unknown. */
export function avpNameOf(vendor: number, type: number): AvpName | undefined {
  return vendor === 0 ? nameByType.get(type) : undefined;
}

/** The value, all octets claimed; throws `WireError`. Octet values are views. */
export function decodeAvpValue<Name extends AvpName>(name: Name, value: Uint8Array): AvpValue<Name> {
  const reader = new Reader(value, `L2TP ${name}`);
  const decoded = avpTable[name].field.read(reader);
  reader.end();
  return decoded as AvpValue<Name>;
}

export function encodeAvpValue<Name extends AvpName>(name: Name, value: AvpValue<Name>): Uint8Array {
  const writer = new Writer();
  const field: Field<AvpValue<Name>> = avpTable[name].field as unknown as Field<AvpValue<Name>>;
  field.write(writer, value);
  return writer.finish();
}
