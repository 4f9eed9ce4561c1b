/**
 * Files of the pcapng format (draft-ietf-opsawg-pcapng): one section, little-endian, microseconds. It gathers octets; writing a
 * file is the caller's.
 */

/** Every packet begins with its IP header (LINKTYPE_RAW). */
const LINKTYPE_RAW = 101;

const block = { section: 0x0a0d_0d0a, interface: 1, packet: 6 } as const;
const option = { end: 0, comment: 1, operatingSystem: 3, application: 4, name: 2, description: 3, flags: 2 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
const SNAP_LENGTH = 65_535;
/** The length of an option is a number of 16 bits. */
const LONGEST_OPTION = 65_535;
const DIRECTION_FLAGS = { in: 1, out: 2 } as const;

export interface CapturedInterface {
  readonly name: string;
  readonly description: string;
}

export interface CapturedPacket {
  /** Index into the interfaces of the file. */
  readonly interface: number;
  /** Absent = it was seen by who is at neither end. */
  readonly direction?: "in" | "out";
  /** Since 1970. */
  readonly atMillis: number;
  /** What was kept of the packet. */
  readonly octets: Uint8Array;
  /** Of the packet as it was. */
  readonly length: number;
  readonly comment?: string;
}

export interface CaptureFile {
  readonly application: string;
  /** Told in the properties of the file, one by one. */
  readonly comments: readonly string[];
  readonly interfaces: readonly CapturedInterface[];
  readonly packets: Iterable<CapturedPacket>;
}

export function pcapng(file: CaptureFile): Uint8Array {
  const parts = [
    sectionHeader(file.application, file.comments),
    ...file.interfaces.map(interfaceDescription),
    ...Array.from(file.packets, enhancedPacket),
  ];
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function sectionHeader(application: string, comments: readonly string[]): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, BYTE_ORDER_MAGIC, true);
  view.setUint16(4, 1, true);
  // The length of the section is not told.
  view.setBigInt64(8, -1n, true);
  const told = comments.map((comment) => textOption(option.comment, comment));
  return blockOf(block.section, [body, ...told, textOption(option.application, application)]);
}

function interfaceDescription({ name, description }: CapturedInterface): Uint8Array {
  const body = new Uint8Array(8);
  const view = new DataView(body.buffer);
  view.setUint16(0, LINKTYPE_RAW, true);
  view.setUint32(4, SNAP_LENGTH, true);
  return blockOf(block.interface, [body, textOption(option.name, name), textOption(option.description, description)]);
}

function enhancedPacket(packet: CapturedPacket): Uint8Array {
  const body = new Uint8Array(20 + padded(packet.octets.length));
  const view = new DataView(body.buffer);
  const microseconds = BigInt(Math.round(packet.atMillis * 1000));
  view.setUint32(0, packet.interface, true);
  view.setUint32(4, Number(microseconds >> 32n), true);
  view.setUint32(8, Number(microseconds & 0xffff_ffffn), true);
  view.setUint32(12, packet.octets.length, true);
  view.setUint32(16, packet.length, true);
  body.set(packet.octets, 20);
  const told = packet.comment === undefined ? [] : [textOption(option.comment, packet.comment)];
  return blockOf(block.packet, [body, ...flagsOf(packet), ...told]);
}

function flagsOf({ direction }: CapturedPacket): Uint8Array[] {
  if (direction === undefined) return [];
  const flags = new Uint8Array(4);
  new DataView(flags.buffer).setUint32(0, DIRECTION_FLAGS[direction], true);
  return [optionOf(option.flags, flags)];
}

function textOption(code: number, text: string): Uint8Array {
  return optionOf(code, new TextEncoder().encode(text).subarray(0, LONGEST_OPTION));
}

function optionOf(code: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + padded(value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  bytes.set(value, 4);
  return bytes;
}

/** A body and its options, with the length of the block before and behind them. */
function blockOf(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const inside = parts.reduce((length, part) => length + part.length, 0);
  const length = 8 + inside + 4 + 4;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  // Four zeros end the options.
  view.setUint32(length - 4, length, true);
  return bytes;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
