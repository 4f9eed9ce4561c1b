/**
 * The packets of PPP control protocols: LCP and the NCPs (RFC 1661 §5), and what PAP and CHAP share with them: code,
 * identifier, length, data. Octets behind the length are padding and are cut off.
 */

import { type Codec, Reader, Writer } from "./codec.ts";

/** PPP protocol numbers (IANA) that are spoken, or are refused by name. */
export const pppProtocol = {
  ip: 0x0021,
  ipv6: 0x0057,
  ipcp: 0x8021,
  ipv6cp: 0x8057,
  ecp: 0x8053,
  ccp: 0x80fd,
  lcp: 0xc021,
  pap: 0xc023,
  cbcp: 0xc029,
  chap: 0xc223,
  eap: 0xc227,
} as const;

export const controlCode = {
  configureRequest: 1,
  configureAck: 2,
  configureNak: 3,
  configureReject: 4,
  terminateRequest: 5,
  terminateAck: 6,
  codeReject: 7,
  protocolReject: 8,
  echoRequest: 9,
  echoReply: 10,
  discardRequest: 11,
  identification: 12,
  timeRemaining: 13,
} as const;

export interface ControlPacket {
  readonly code: number;
  readonly identifier: number;
  readonly data: Uint8Array;
}

const HEADER = 4;

export const controlPacket: Codec<ControlPacket> = {
  name: "PPP control packet",
  source: "RFC 1661 §5",
  read(reader) {
    const start = reader.at;
    const code = reader.u8();
    const identifier = reader.u8();
    const length = reader.u16();
    if (length < HEADER) reader.fail("badLength", start + 2);
    return { code, identifier, data: reader.take(length - HEADER) };
  },
  write(writer, packet) {
    writer
      .u8(packet.code)
      .u8(packet.identifier)
      .u16(packet.data.length + HEADER)
      .put(packet.data);
  },
  decode(bytes) {
    return controlPacket.read(new Reader(bytes, controlPacket.name));
  },
  encode(packet) {
    const writer = new Writer();
    controlPacket.write(writer, packet);
    return writer.finish();
  },
};

export interface ControlOption {
  readonly type: number;
  readonly data: Uint8Array;
}

/** More options than any configuration request needs. */
const MOST_OPTIONS = 32;
const OPTION_HEADER = 2;

/** The options of a configuration packet (RFC 1661 §6); lengths that lie are refused. */
export const controlOptions: Codec<readonly ControlOption[]> = {
  name: "PPP configuration options",
  source: "RFC 1661 §6",
  read(reader) {
    const options: ControlOption[] = [];
    while (reader.remaining > 0) {
      const start = reader.at;
      if (options.length === MOST_OPTIONS) reader.fail("tooMany");
      const type = reader.u8();
      const length = reader.u8();
      if (length < OPTION_HEADER) reader.fail("badLength", start + 1);
      options.push({ type, data: reader.take(length - OPTION_HEADER).slice() });
    }
    return options;
  },
  write(writer, options) {
    for (const { type, data } of options) {
      writer
        .u8(type)
        .u8(data.length + OPTION_HEADER)
        .put(data);
    }
  },
  decode(bytes) {
    return controlOptions.read(new Reader(bytes, controlOptions.name));
  },
  encode(options) {
    const writer = new Writer();
    controlOptions.write(writer, options);
    return writer.finish();
  },
};

/** A frame as it leaves: address and control (RFC 1662 §3.1), protocol, packet. */
export function pppFrame(protocol: number, packet: Uint8Array): Uint8Array {
  return new Writer().u16(0xff03).u16(protocol).put(packet).finish();
}
