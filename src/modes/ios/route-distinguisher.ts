/** What tells routes of different VRFs apart (RFC 4364 §4.2; of four octets RFC 5668): a number behind that of a network or an address. */

import type { ArgumentType } from "../../grammar/argument.ts";
import { shaped } from "../../grammar/arguments.ts";

const SHORT = 0xffff;
const LONG = 0xffff_ffff;

const shape = shaped("ASN:nn or IP-address:nn", /^(\d+|\d+\.\d+\.\d+\.\d+):\d+$/);

export const routeDistinguisher: ArgumentType<string> = {
  ...shape,
  read(text, at) {
    const read = shape.read(text, at);
    return !read.ok || fits(read.value) ? read : { ok: false, at };
  },
};

/** Six octets hold both: a short network leaves four of them, a long one and an address two. */
function fits(value: string): boolean {
  const [network = "", number = ""] = value.split(":");
  const octets = network.split(".").map(Number);
  const [first = 0] = octets;
  if (octets.length > 1) return octets.every((octet) => octet <= 0xff) && Number(number) <= SHORT;
  return first <= LONG && Number(number) <= (first <= SHORT ? LONG : SHORT);
}
