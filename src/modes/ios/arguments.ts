/** Argument types with IOS's own spelling. */

import { ipv4ToNumber } from "../../engine/kernel/address.ts";
import type { ArgumentType, GuideRow } from "../../grammar/argument.ts";
import {
  type InterfaceName,
  interfaceName,
  interfaceText,
  ipv4,
  longestPrefix,
  mask,
  named,
  notOneOf,
  shaped,
  skipBlanks,
  word,
  wordEnd,
} from "../../grammar/arguments.ts";
import { inCapitals, ipv6Arguments } from "../common/ipv6-arguments.ts";

/** Types that few boxes have: what begins alike means another one. */
const RARE_TYPES = [
  "AppNav-Compress",
  "AppNav-UnCompress",
  "CEM",
  "Embedded-Service-Engine",
  "FortyGigabitEthernet",
  "Group-Async",
  "LISP",
  "nve",
  "overlay",
  "pseudowire",
  "Service-Engine",
  "SM",
  "TwentyFiveGigE",
  "HundredGigE",
  "vasileft",
  "vasiright",
  "Virtual-PPP",
];

const INTERFACE_TYPES = [
  "Async",
  "ATM",
  "BDI",
  "BVI",
  "Cellular",
  "Dialer",
  "Ethernet",
  "FastEthernet",
  "GigabitEthernet",
  "Loopback",
  "Multilink",
  "Null",
  "Port-channel",
  "Serial",
  "TenGigabitEthernet",
  "Tunnel",
  "Virtual-Access",
  "Virtual-Template",
  "VirtualPortGroup",
  "Vlan",
  ...RARE_TYPES,
] as const;

/** The first letters by which tables name an interface. */
export const SHORT_TYPES: Readonly<Record<string, string>> = {
  Async: "As",
  ATM: "AT",
  BDI: "BD",
  BVI: "BV",
  Cellular: "Ce",
  Dialer: "Di",
  Ethernet: "Et",
  FastEthernet: "Fa",
  FortyGigabitEthernet: "Fo",
  GigabitEthernet: "Gi",
  "Group-Async": "Gr",
  Loopback: "Lo",
  Multilink: "Mu",
  Null: "Nu",
  "Port-channel": "Po",
  Serial: "Se",
  TenGigabitEthernet: "Te",
  Tunnel: "Tu",
  "Virtual-Access": "Vi",
  "Virtual-Template": "Vt",
  VirtualPortGroup: "VP",
  Vlan: "Vl",
};

/** What stands behind a type; that of a port is its slot and its place there. */
const NUMBERS: Readonly<Record<string, string>> = {
  BVI: "<1-255>",
  Dialer: "<0-255>",
  Loopback: "<0-2147483647>",
  Multilink: "<1-2147483647>",
  Null: "<0-0>",
  "Group-Async": "<0-64>",
  "Port-channel": "<1-512>",
  Tunnel: "<0-2147483647>",
  "Virtual-Access": "<1-2147483647>",
  "Virtual-PPP": "<1-2147483647>",
  "Virtual-Template": "<1-4095>",
  VirtualPortGroup: "<0-31>",
  Vlan: "<1-4094>",
};

export const anyInterface = interfaceName(INTERFACE_TYPES, "", SHORT_TYPES, NUMBERS, RARE_TYPES);

/** Those that are configured: virtual-access interfaces are cloned from a template and never typed. */
const ownInterface = interfaceName(
  INTERFACE_TYPES.filter((type) => type !== "Virtual-Access"),
  "",
  SHORT_TYPES,
  NUMBERS,
  RARE_TYPES,
);

function only(placeholder: string, accepts: (name: InterfaceName) => boolean): ArgumentType<InterfaceName> {
  return {
    ...ownInterface,
    placeholder,
    read(text, at) {
      const read = ownInterface.read(text, at);
      return !read.ok || accepts(read.value) ? read : { ok: false, at };
    },
  };
}

const TEMPLATE = "Virtual-Template";

export const mainInterface = only("IFNAME", ({ type, number }) => type !== TEMPLATE && !number.includes("."));
export const templateInterface = only("TEMPLATE", ({ type, number }) => type === TEMPLATE && !number.includes("."));
export const subinterface = only("IFNAME.N", ({ number }) => number.includes("."));

/** `Fa0/0`. */
export function shortInterface({ type, number }: InterfaceName): string {
  return `${SHORT_TYPES[type] ?? type.slice(0, 2)}${number}`;
}

/** `FastEthernet` of what an interface is known by; empty = it is no interface. */
export function typeOf(name: unknown): string {
  return typeof name === "object" && name !== null && "type" in name ? String(name.type) : "";
}

/** `FastEthernet0/0`. */
export function nameOf(name: InterfaceName): string {
  return interfaceText(name, "");
}

export const dynamicMapName = named("dynamicMap", word());
export const ipsecProfileName = named("ipsecProfile", word());
export const isakmpProfileName = named("isakmpProfile", word());
export const keyringName = named("keyring", word());
export const cryptoMapName = named("cryptoMap", word());
export const poolName = named("pool", word());
export const transformSetName = named("transformSet", word());
export const vpdnGroupName = named("vpdnGroup", word());

/** `10.0.0.0/8`, as it is typed. */
export const prefixText = shaped("A.B.C.D/nn", /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/);

const ipv6 = ipv6Arguments(true);
export const ipv6Address = ipv6.address("X:X:X:X::X");
export const ipv6Prefix = ipv6.place("X:X:X:X::X/<0-128>");
/** Of IPv4 or of IPv6. */
export const peerAddress: ArgumentType<string> = {
  ...ipv6Address,
  placeholder: "A.B.C.D or X:X:X:X::X",
  read: (text, at) => (/^[\da-f]*:/i.test(text.slice(at)) ? ipv6Address : ipv4()).read(text, at),
  print: inCapitals,
};

export const ipv6Network = ipv6.prefix("X:X:X:X::X/<0-128>");

/**
 * A method of an AAA list: one of `words`, in full or by a unique start, or `group` or `cache` with the name of what is asked.
 */
export function aaaMethod(words: readonly string[]): ArgumentType<string> {
  const all = [...words, ...NAMED_METHODS].sort();
  return {
    placeholder: "METHOD",
    examples: all,
    guide(typed) {
      const [, word = "", name] = /^(\S*)(?:\s+(\S*))?$/.exec(typed) ?? [];
      if (name === undefined) {
        return all.filter((each) => each.startsWith(word)).map((each) => ({ word: each, help: METHODS[each] ?? "" }));
      }
      return all.filter((each) => each.startsWith(word)).some((each) => NAMED_METHODS.includes(each))
        ? [...SERVER_GROUPS.filter((row) => name === "" || row.word.startsWith(name))]
        : [];
    },
    read(text, at) {
      const end = wordEnd(text, at);
      const typed = text.slice(at, end);
      const [only, another] = all.filter((word) => word.startsWith(typed));
      const word = all.find((each) => each === typed) ?? (another === undefined ? only : undefined);
      if (word === undefined) return { ok: false, ...notOneOf(typed, at, all) };
      if (!NAMED_METHODS.includes(word)) return { ok: true, value: word, end };
      const start = skipBlanks(text, end);
      const stop = wordEnd(text, start);
      return start === stop
        ? { ok: false, at: start }
        : { ok: true, value: `${word} ${text.slice(start, stop)}`, end: stop };
    },
    print: (value) => value,
  };
}

/** What is said of each method, whatever the list is for. */
const METHODS: Readonly<Record<string, string>> = {
  cache: "Use what a group of servers said before",
  enable: "Use the enable password",
  group: "Use a group of servers",
  "if-authenticated": "Succeed if the user has proved who they are",
  "if-needed": "Ask only who has not proved who they are",
  krb5: "Use Kerberos 5",
  "krb5-instance": "Use Kerberos instance privilege maps",
  "krb5-telnet": "Allow logins only if already authenticated by Kerberos 5 Telnet",
  ldap: "Use the LDAP servers",
  line: "Use the line password",
  local: "Use the local usernames",
  "local-case": "Use the local usernames, minding capitals",
  none: "Let everybody in",
  radius: "Use the RADIUS servers",
  "tacacs+": "Use the TACACS+ servers",
};

const SERVER_GROUPS: readonly GuideRow[] = [
  { word: "WORD", help: "Name of the group" },
  { word: "radius", help: "All RADIUS servers" },
  { word: "tacacs+", help: "All TACACS+ servers" },
];

const NAMED_METHODS: readonly string[] = ["cache", "group"];

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** A month or a day of the week, of three letters or more; it prints whole, or with so many. */
export function calendarWord(placeholder: string, names: readonly string[], letters?: number): ArgumentType<string> {
  return {
    placeholder,
    read(text, at) {
      const end = wordEnd(text, at);
      const typed = text.slice(at, end).toLowerCase();
      const name = names.find((each) => each.toLowerCase().startsWith(typed));
      if (name === undefined || typed.length < 3) return { ok: false, at: at + longestPrefix(typed, names) };
      return { ok: true, value: name.slice(0, letters), end };
    },
    print: (value) => value,
  };
}

const dotted = mask();

/** A mask of an interface: the length, or below 0 the number of a mask with gaps, which the box reads before it refuses it. */
export const maskWithGaps: ArgumentType<number> = {
  ...dotted,
  read(text, at) {
    const whole = dotted.read(text, at);
    const read = whole.ok ? whole : ipv4().read(text, at);
    return whole.ok || !read.ok ? whole : { ...read, value: -ipv4ToNumber(String(read.value)) };
  },
};

/** A mask, or a slash and how many bits it has; it prints as a mask. */
export const maskOrLength: ArgumentType<number> = {
  ...dotted,
  placeholder: "/nn or A.B.C.D",
  read(text, at) {
    const end = wordEnd(text, at);
    const length = /^\/(\d{1,2})$/.exec(text.slice(at, end))?.[1];
    if (length === undefined) return dotted.read(text, at);
    return Number(length) <= 32 ? { ok: true, value: Number(length), end } : { ok: false, at };
  },
};
