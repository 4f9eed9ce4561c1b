/**
 * The packets of CHAP (RFC 1994 §4.1), behind code, identifier and length, and what MS-CHAP puts into the value of a response
 * (RFC 2433 §4, RFC 2759 §4).
 */

import { bytes, type Codec, Reader, struct, u8, Writer } from "./codec.ts";
import { nameOctets, readName } from "./ppp-name.ts";

export const chapCode = { challenge: 1, response: 2, success: 3, failure: 4 } as const;

/** A challenge or a response. */
export interface ChapValue {
  readonly value: Uint8Array;
  readonly name: string;
}

/** The value behind its length, then a name to the end. */
export const chapValue: Codec<ChapValue> = {
  name: "CHAP value",
  source: "RFC 1994 §4.1",
  read(reader) {
    const at = reader.at;
    const length = reader.u8();
    if (length === 0) reader.fail("badLength", at);
    const value = reader.take(length);
    return { value, name: readName(reader, reader.remaining) };
  },
  write(writer, { value, name }) {
    writer.u8(value.length).put(value).put(nameOctets(name));
  },
  decode(octets) {
    return chapValue.read(new Reader(octets, chapValue.name));
  },
  encode(value) {
    const writer = new Writer();
    chapValue.write(writer, value);
    return writer.finish();
  },
};

export interface MsChapResponse {
  readonly lmResponse: Uint8Array;
  readonly ntResponse: Uint8Array;
  /** 1 = the NT response is the one to use. */
  readonly flags: number;
}

export const msChapResponse: Codec<MsChapResponse> = struct("MS-CHAP response", "RFC 2433 §4", {
  lmResponse: bytes(24),
  ntResponse: bytes(24),
  flags: u8,
});

export interface MsChapV2Response {
  readonly peerChallenge: Uint8Array;
  readonly reserved: Uint8Array;
  readonly ntResponse: Uint8Array;
  readonly flags: number;
}

export const msChapV2Response: Codec<MsChapV2Response> = struct("MS-CHAP v2 response", "RFC 2759 §4", {
  peerChallenge: bytes(16),
  reserved: bytes(8),
  ntResponse: bytes(24),
  flags: u8,
});
