/** ICMP echo and its reply (RFC 792). Other types are refused: whoever meets them has the octets. */

import { checksum, checksumHolds } from "./checksum.ts";
import { type Codec, Reader, Writer } from "./codec.ts";
import { putU16 } from "./octets.ts";

export const icmpType = { echoReply: 0, echoRequest: 8 } as const;

/** Type, code, checksum, identifier, sequence. */
export const ICMP_ECHO_HEADER_LENGTH = 8;

export interface IcmpEcho {
  readonly type: typeof icmpType.echoReply | typeof icmpType.echoRequest;
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
}

export const icmpEcho: Codec<IcmpEcho> = {
  name: "ICMP echo",
  source: "RFC 792",
  read(reader) {
    const start = reader.at;
    const type = reader.u8();
    if (type !== icmpType.echoReply && type !== icmpType.echoRequest) reader.fail("badValue", start);
    if (reader.u8() !== 0) reader.fail("badValue", start + 1);
    reader.u16();
    const identifier = reader.u16();
    const sequence = reader.u16();
    const data = reader.rest();
    if (!checksumHolds(reader.bytes, start)) reader.fail("badChecksum", start + 2);
    return { type: type === icmpType.echoReply ? type : icmpType.echoRequest, identifier, sequence, data };
  },
  write(writer, message) {
    writer.put(encode(message));
  },
  decode(bytes) {
    return icmpEcho.read(new Reader(bytes, icmpEcho.name));
  },
  encode,
};

function encode(message: IcmpEcho): Uint8Array {
  const bytes = new Writer()
    .u8(message.type)
    .u8(0)
    .u16(0)
    .u16(message.identifier)
    .u16(message.sequence)
    .put(message.data)
    .finish();
  putU16(bytes, 2, checksum(bytes));
  return bytes;
}
