/** Argument types that only JunosE has: its interface names and the lengths of its names. */

import type { ArgumentType } from "../../grammar/argument.ts";
import { type InterfaceName, interfaceName, named, quotedWord, word } from "../../grammar/arguments.ts";

/** Names of virtual routers and VRFs. Prompt readers accept these characters only. */
export const routerName: ArgumentType<string> = named("router", shapedName(32, /^[\w.:+-]+$/));

export const poolName = named("pool", word({ max: 16 }));
export const domainName = word({ max: 63 });
export const tunnelHostName = quotedWord({ max: 64 });
export const userName = quotedWord({ max: 64 });
export const databaseName = word({ max: 32 });
export const objectName = word({ max: 64 });
export const password = quotedWord({ max: 32 });

const TYPES = [
  "loopback",
  "null",
  "fastEthernet",
  "gigabitEthernet",
  "tenGigabitEthernet",
  "atm",
  "pos",
  "serial",
  "hssi",
];

const anyInterface = interfaceName(TYPES, " ");

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

function shapedName(max: number, shape: RegExp): ArgumentType<string> {
  const plain = word({ max });
  return {
    ...plain,
    read(line, at) {
      const read = plain.read(line, at);
      return !read.ok || shape.test(read.value) ? read : { ok: false, at };
    },
  };
}
