/** Argument types that only JunosE has: its interface names and the lengths of its names. */

import type { ArgumentType } from "../../grammar/argument.ts";
import { type InterfaceName, interfaceName, named, quotedWord } from "../../grammar/arguments.ts";

/** The router's own name. Prompt readers accept these characters only. */
export const hostName: ArgumentType<string> = nameOf(64, /^[\w.+:/-]+$/, { printQuoted: true });

/** Names of VRFs, kept to characters of a prompt too. */
export const vrfName: ArgumentType<string> = nameOf(32, /^[\w.+-]+$/);

/** Names of virtual routers, and of VRFs in them: `VR:VRF`. */
export const routerName: ArgumentType<string> = named("router", nameOf(65, /^[\w.+-]{1,32}(?::[\w.+-]{1,32})?$/));

/** Where one stands in the virtual router, `:VRF` is enough. */
export const routerToEnter: ArgumentType<string> = named(
  "router",
  nameOf(65, /^(?:[\w.+-]{1,32}|[\w.+-]{0,32}:[\w.+-]{1,32})$/),
);

export const poolName = named("pool", nameOf(16));
export const domainName = nameOf(63);
export const tunnelHostName = quotedWord({ max: 64 });
export const userName = quotedWord({ max: 64 });
export const databaseName = nameOf(32);
export const objectName = nameOf(64);
export const password = quotedWord({ max: 32 });

/** Types whose interfaces have numbers. */
export const NUMBERED_TYPES: Readonly<Record<string, string>> = {
  loopback: "Loopback interface",
  null: "Null interface",
  fastEthernet: "Fast Ethernet interface",
  gigabitEthernet: "Gigabit Ethernet interface",
  tenGigabitEthernet: "10-gigabit Ethernet interface",
  atm: "ATM interface",
  pos: "Packet over SONET interface",
  serial: "Serial interface",
  hssi: "HSSI interface",
};

const numbered = interfaceName(Object.keys(NUMBERED_TYPES), " ");
const anyInterface: ArgumentType<InterfaceName> = {
  ...numbered,
  guide: (typed) =>
    (numbered.guide?.(typed) ?? []).map(({ word, help }) => ({ word, help: NUMBERED_TYPES[word] ?? help })),
};

/** `loopback 0`, `fastEthernet 0/0`. */
export const mainInterface: ArgumentType<InterfaceName> = only("IFNAME", (name) => !name.number.includes("."));

/** `atm 2/0.1`: the part behind the dot makes it a subinterface. */
export const subinterface: ArgumentType<InterfaceName> = only("IFNAME.SUB", (name) => name.number.includes("."));

/** Either of the two, where an interface is named and not entered. */
export const interfaceReference: ArgumentType<InterfaceName> = anyInterface;

function only(placeholder: string, accepts: (name: InterfaceName) => boolean): ArgumentType<InterfaceName> {
  return {
    ...anyInterface,
    placeholder,
    read(line, at) {
      const read = anyInterface.read(line, at);
      return !read.ok || accepts(read.value) ? read : { ok: false, at };
    },
  };
}

/** A name, with or without quotes around it: listings of the box have them. */
export function nameOf(max: number, shape = /^.+$/, print: { printQuoted?: boolean } = {}): ArgumentType<string> {
  const quoted = quotedWord({ max, ...print });
  return {
    ...quoted,
    read(line, at) {
      const read = quoted.read(line, at);
      return !read.ok || shape.test(read.value) ? read : { ok: false, at };
    },
  };
}
