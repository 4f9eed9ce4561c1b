/** What one entry of an access list says, standard and extended, as a form; the numbered and the named lists share it. */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, named, notOneOf, uint, word, wordEnd } from "../../../grammar/arguments.ts";
import { arg, flag, kw, many, oneOf, opt, type Pick, pick, type Values } from "../../../grammar/elements.ts";
import {
  CODEPOINTS,
  ICMP_MESSAGES,
  PORTS,
  PRECEDENCES,
  type PROTOCOLS,
  TCP_FLAGS,
  TYPES_OF_SERVICE,
  wordOf,
} from "../access-words.ts";

const action = pick("action", { deny: "Specify packets to reject", permit: "Specify packets to forward" });

export const remark = [
  kw("remark", "Access list entry comment"),
  arg("remark", line(), "Comment up to 100 characters"),
] as const;

const loggingForm = opt(
  pick("logging", {
    log: "Log matches against this entry",
    "log-input": "Log matches against this entry, including input interface",
  }),
);

const standardAddress = oneOf(
  [pick("sourceAny", { any: "Any source host" })],
  [kw("host", "A single host address"), arg("sourceHost", ipv4(), "Host address")],
  [arg("sourceAddress", ipv4(), "Address to match"), opt(arg("sourceWildcard", ipv4(), "Wildcard bits"))],
);

export const standardRule = [action, standardAddress, loggingForm] as const;

function address<const Side extends "source" | "destination">(side: Side) {
  return oneOf(
    [pick(`${side}Any`, { any: `Any ${side} host` })],
    [kw("host", `A single ${side} host`), arg(`${side}Host`, ipv4(), `${side} address`)],
    [arg(`${side}Address`, ipv4(), `${side} address`), arg(`${side}Wildcard`, ipv4(), `${side} wildcard bits`)],
    [
      kw("object-group", `${side === "source" ? "Source" : "Destination"} network object group`),
      arg(`${side}Group`, named("networkGroup", word({ max: 64 })), "Network object group name"),
    ],
  );
}

export const LAST_PORT = 65_535;

/** A number, or the box's word for one: `what` is what it counts, as `Port`. */
export function counted(words: Readonly<Record<string, number>>, most: number, what: string): ArgumentType<number> {
  const number = uint(0, most);
  const names = Object.keys(words);
  return {
    placeholder: number.placeholder,
    examples: names,
    guide(typed) {
      const isNumber = /^\d*$/.test(typed);
      const rows = names.filter((name) => name.startsWith(typed.toLowerCase()));
      return [
        ...(isNumber ? [{ word: number.placeholder, help: `${what} number` }] : []),
        ...rows.map((name) => ({ word: name, help: `${what} ${words[name]}` })),
      ];
    },
    read(text, at) {
      const end = wordEnd(text, at);
      const typed = text.slice(at, end).toLowerCase();
      const [only, another] = names.filter((name) => name.startsWith(typed));
      const value = words[typed] ?? (only === undefined || another !== undefined ? undefined : words[only]);
      if (value !== undefined) return { ok: true, value, end };
      const read = number.read(text, at);
      const word = notOneOf(typed, at, names);
      return read.ok ? read : { ok: false, ...word, at: Math.max(read.at, word.at) };
    },
    print: (value) => wordOf(words, value),
  };
}

const MOST_PORTS = 10;

function ports<const Side extends "source" | "destination">(side: Side, type: ArgumentType<number>) {
  const port = arg("port", type, "Port number");
  return opt(
    oneOf(
      [kw("eq", "Match only packets on a given port number"), many(`${side}Equal`, port, MOST_PORTS)],
      [kw("gt", "Match only packets with a greater port number"), arg(`${side}Above`, type, "Port number")],
      [kw("lt", "Match only packets with a lower port number"), arg(`${side}Below`, type, "Port number")],
      [kw("neq", "Match only packets not on a given port number"), arg(`${side}Unequal`, type, "Port number")],
      [
        kw("range", "Match only packets in the range of port numbers"),
        arg(`${side}First`, type, "First port number"),
        arg(`${side}Last`, type, "Last port number"),
      ],
    ),
  );
}

const from = address("source");
const to = address("destination");
const tcpPort = counted(PORTS.tcp, LAST_PORT, "Port");
const udpPort = counted(PORTS.udp, LAST_PORT, "Port");

export function messageHelp(): Record<keyof typeof ICMP_MESSAGES, string> {
  const rows = Object.keys(ICMP_MESSAGES).map((name) => [name, `ICMP ${name.replaceAll("-", " ")}`]);
  return Object.fromEntries(rows) as Record<keyof typeof ICMP_MESSAGES, string>;
}

/** What else an entry may ask of a packet, and what follows. */
const conditions = [
  opt(
    kw("precedence", "Match packets with given precedence value"),
    arg("precedence", counted(PRECEDENCES, 7, "Precedence"), "Precedence value"),
  ),
  opt(
    kw("tos", "Match packets with given TOS value"),
    arg("tos", counted(TYPES_OF_SERVICE, 15, "Type of service"), "Type of service value"),
  ),
  opt(
    kw("dscp", "Match packets with given dscp value"),
    arg("dscp", counted(CODEPOINTS, 63, "Codepoint"), "Differentiated services codepoint"),
  ),
  flag("fragments", "fragments", "Check non-initial fragments"),
  opt(kw("time-range", "Specify a time-range"), arg("timeRange", named("timeRange", word()), "Time-range entry name")),
  loggingForm,
] as const;

export const otherProtocols: Record<keyof typeof PROTOCOLS | "ip", string> = {
  ahp: "Authentication Header Protocol",
  eigrp: "Cisco's EIGRP routing protocol",
  esp: "Encapsulation Security Payload",
  gre: "Cisco's GRE tunneling",
  igmp: "Internet Gateway Message Protocol",
  ip: "Any Internet Protocol",
  ipinip: "IP in IP tunneling",
  nos: "KA9Q NOS compatible IP over IP tunneling",
  ospf: "OSPF routing protocol",
  pcp: "Payload Compression Protocol",
  pim: "Protocol Independent Multicast",
};

const FLAGS = Object.keys(TCP_FLAGS) as (keyof typeof TCP_FLAGS)[];

/** `{ ack: help }`, or with a sign in front `{ "+ack": help }`. */
function flagWords(sign: "" | "+" | "-", help: string): Record<string, string> {
  return Object.fromEntries(FLAGS.map((name) => [sign + name, help.replace("?", name.toUpperCase())]));
}

const tcpFlags = opt(
  oneOf(
    [flag("established", "established", "Match established connections")],
    [many("bits", pick("bit", flagWords("", "Match on the ? bit")), FLAGS.length)],
    [
      pick("flagsMatch", {
        "match-all": "Match when all of these flags are as said",
        "match-any": "Match when one of these flags is as said",
      }),
      many(
        "signs",
        pick("sign", {
          ...flagWords("+", "The ? bit is set"),
          ...flagWords("-", "The ? bit is not set"),
        }),
        FLAGS.length,
      ),
    ],
  ),
);

const icmpMessage = opt(
  oneOf(
    [pick("message", messageHelp())],
    [arg("icmpType", uint(0, 255), "ICMP message type"), opt(arg("icmpCode", uint(0, 255), "ICMP message code"))],
  ),
);

function protocol(words: Readonly<Record<string, string>>): Pick<"protocol", string> {
  return pick("protocol", words);
}

export const extendedRule = [
  action,
  oneOf(
    [
      protocol({ tcp: "Transmission Control Protocol" }),
      from,
      ports("source", tcpPort),
      to,
      ports("destination", tcpPort),
      tcpFlags,
    ],
    [protocol({ udp: "User Datagram Protocol" }), from, ports("source", udpPort), to, ports("destination", udpPort)],
    [protocol({ icmp: "Internet Control Message Protocol" }), from, to, icmpMessage],
    [protocol(otherProtocols), from, to],
    [arg("number", uint(0, 255), "An IP protocol number"), from, to],
    [
      kw("object-group", "Service object group"),
      arg("serviceGroup", named("serviceGroup", word({ max: 64 })), "Service object group name"),
      from,
      to,
    ],
  ),
  ...conditions,
] as const;

export interface PortValues {
  readonly sourceEqual?: readonly number[];
  readonly sourceAbove?: number;
  readonly sourceBelow?: number;
  readonly sourceUnequal?: number;
  readonly sourceFirst?: number;
  readonly sourceLast?: number;
  readonly destinationEqual?: readonly number[];
  readonly destinationAbove?: number;
  readonly destinationBelow?: number;
  readonly destinationUnequal?: number;
  readonly destinationFirst?: number;
  readonly destinationLast?: number;
}

/** The values of a rule, of either kind; what is absent is any. */
export interface RuleValues extends PortValues {
  readonly action?: "permit" | "deny";
  readonly protocol?: string;
  readonly number?: number;
  readonly serviceGroup?: string;
  readonly sourceGroup?: string;
  readonly destinationGroup?: string;
  readonly sourceAny?: "any";
  readonly sourceHost?: string;
  readonly sourceAddress?: string;
  readonly sourceWildcard?: string;
  readonly destinationAny?: "any";
  readonly destinationHost?: string;
  readonly destinationAddress?: string;
  readonly destinationWildcard?: string;
  readonly established?: true;
  readonly bits?: readonly string[];
  readonly flagsMatch?: "match-all" | "match-any";
  readonly signs?: readonly string[];
  readonly message?: keyof typeof ICMP_MESSAGES;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly precedence?: number;
  readonly tos?: number;
  readonly dscp?: number;
  readonly fragments?: true;
  readonly timeRange?: string;
  readonly logging?: "log" | "log-input";
}

const NO_BITS = "0.0.0.0";
const ALL_BITS = "255.255.255.255";

/** The address as the box writes it: `host` for one, `any` for all, nothing in the bits that do not matter. */
function canonicalAddress(values: Values, side: "source" | "destination", hostWord: boolean): Values {
  const { [`${side}Address`]: address, [`${side}Wildcard`]: wildcard, ...rest } = values;
  const host = values[`${side}Host`];
  if (typeof host === "string" && !hostWord) {
    const { [`${side}Host`]: _, ...others } = values;
    return { ...others, [`${side}Address`]: host };
  }
  if (typeof address !== "string") return values;
  if (wildcard === ALL_BITS) return { ...rest, [`${side}Any`]: "any" };
  if (wildcard === NO_BITS || wildcard === undefined) {
    return { ...rest, [hostWord ? `${side}Host` : `${side}Address`]: address };
  }
  const masks = String(wildcard).split(".").map(Number);
  const octets = address.split(".").map((octet, index) => Number(octet) & ~(masks[index] ?? 0) & 0xff);
  return { ...values, [`${side}Address`]: octets.join(".") };
}

/** What the box keeps of an entry. A standard one names a single host by its address alone. */
export function canonicalRule(values: Values, kind: "standard" | "extended"): Values {
  const isExtended = kind === "extended";
  const source = canonicalAddress(values, "source", isExtended);
  return isExtended ? canonicalAddress(source, "destination", true) : source;
}
