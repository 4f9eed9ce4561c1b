/** The packets of the Password Authentication Protocol (RFC 1334 §2.2), behind code, identifier and length. */

import { type Codec, Reader, Writer } from "./codec.ts";
import { nameOctets, readName } from "./ppp-name.ts";

export const papCode = { request: 1, ack: 2, nak: 3 } as const;

export interface PapRequest {
  readonly name: string;
  readonly password: Uint8Array;
}

/** Peer-ID and password, each behind its length. */
export const papRequest: Codec<PapRequest> = {
  name: "PAP request",
  source: "RFC 1334 §2.2.1",
  read(reader) {
    const name = readName(reader, reader.u8());
    return { name, password: reader.take(reader.u8()) };
  },
  write(writer, { name, password }) {
    const octets = nameOctets(name);
    writer.u8(octets.length).put(octets).u8(password.length).put(password);
  },
  decode(bytes) {
    return papRequest.read(new Reader(bytes, papRequest.name));
  },
  encode(value) {
    const writer = new Writer();
    papRequest.write(writer, value);
    return writer.finish();
  },
};

/** What stands in an Ack or Nak: a text behind its length. Nobody reads it, and some peers leave even the length out. */
export function papMessage(text: string): Uint8Array {
  const octets = nameOctets(text);
  return new Writer().u8(octets.length).put(octets).finish();
}
