/**
 * What the two ends of an authentication have in common: the packets of PAP (RFC 1334 §2) and CHAP (RFC 1994 §4), and
 * what the machine around them must hear.
 */

import type { PppProof } from "../proof.ts";
import { Reader, Writer } from "../wire/codec.ts";

export const papCode = { request: 1, ack: 2, nak: 3 } as const;
export const chapCode = { challenge: 1, response: 2, success: 3, failure: 4 } as const;

export type AuthenticationOutput =
  | { readonly type: "packet"; readonly protocol: number; readonly bytes: Uint8Array }
  | { readonly type: "ask"; readonly name: string; readonly proof: PppProof }
  | { readonly type: "done"; readonly name: string }
  | { readonly type: "failed"; readonly reason: string };

/** Seconds between repetitions and how many there are, as for Configure-Requests. */
export const AUTHENTICATION_RETRY_MILLIS = 3000;
export const AUTHENTICATION_TRIES = 10;

const DECODER = new TextDecoder("latin1");

/** A Peer-ID and a password, each with its length. */
export function readPap(data: Uint8Array): { readonly name: string; readonly password: Uint8Array } {
  const reader = new Reader(data, "PAP request");
  const name = DECODER.decode(reader.take(reader.u8()));
  return { name, password: reader.take(reader.u8()).slice() };
}

export function writePap(name: string, password: string): Uint8Array {
  const encoder = new TextEncoder();
  const [nameOctets, passwordOctets] = [encoder.encode(name), encoder.encode(password)];
  return new Writer().u8(nameOctets.length).put(nameOctets).u8(passwordOctets.length).put(passwordOctets).finish();
}

/** A challenge or a response: a value with its length, and a name to the end. */
export function readChap(data: Uint8Array): { readonly value: Uint8Array; readonly name: string } {
  const reader = new Reader(data, "CHAP value");
  const value = reader.take(reader.u8()).slice();
  return { value, name: DECODER.decode(reader.rest()) };
}

export function writeChap(value: Uint8Array, name: string): Uint8Array {
  return new Writer().u8(value.length).put(value).put(new TextEncoder().encode(name)).finish();
}
