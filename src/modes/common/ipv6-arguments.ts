/** Addresses and prefixes of IPv6 as they are typed: in any way to write them, printed in the one of the dialect. Values are canonical text. */

import { type Address, isIpv6, type Prefix } from "../../engine/kernel/address.ts";
import { ipv6Text, parseIpv6 } from "../../engine/kernel/ipv6.ts";
import type { ArgumentType } from "../../grammar/argument.ts";
import { shaped } from "../../grammar/arguments.ts";

const WHOLE = 128;

/** `capitals`: the dialect prints `2001:DB8::1`. */
export function ipv6Arguments(capitals: boolean): {
  readonly address: (placeholder: string) => ArgumentType<Address>;
  readonly prefix: (placeholder: string) => ArgumentType<string>;
  /** A prefix of which the length may be left out. */
  readonly place: (placeholder: string) => ArgumentType<string>;
} {
  const printed = (value: string) => (capitals ? value.toUpperCase() : value);
  const argument = (placeholder: string, shape: RegExp): ArgumentType<string> => {
    const word = shaped(placeholder, shape);
    return {
      ...word,
      read(text, at) {
        const read = word.read(text, at);
        const value = read.ok ? canonical(read.value) : undefined;
        return read.ok && value !== undefined ? { ...read, value } : { ok: false, at };
      },
      print: printed,
    };
  };
  return {
    address: (placeholder) => argument(placeholder, /^[^/]*$/),
    prefix: (placeholder) => argument(placeholder, /\/\d{1,3}$/),
    place: (placeholder) => argument(placeholder, /^[^/]*(\/\d{1,3})?$/),
  };
}

/** Of the value of a prefix; without a length it is one host's. */
export function ipv6PrefixOf(value: string): Prefix {
  const [address = "", length] = value.split("/");
  return { address, length: length === undefined ? WHOLE : Number(length) };
}

function canonical(typed: string): string | undefined {
  const [address = "", length] = typed.split("/");
  const octets = parseIpv6(address);
  if (octets === undefined || Number(length ?? 0) > WHOLE) return undefined;
  return length === undefined ? ipv6Text(octets) : `${ipv6Text(octets)}/${Number(length)}`;
}

/** An address in the way of a box that writes IPv6 in capitals. */
export function inCapitals(address: Address): string {
  return isIpv6(address) ? address.toUpperCase() : address;
}
