/** Words that access lists have for numbers: protocols, ports, ICMP messages. The first word of a number is the one printed. */

/** IANA protocol numbers; `ip` stands for all of them and is not here. */
export const PROTOCOLS = {
  ahp: 51,
  eigrp: 88,
  esp: 50,
  gre: 47,
  igmp: 2,
  ipinip: 4,
  nos: 94,
  ospf: 89,
  pcp: 108,
  pim: 103,
} as const;

/** With those that have entries of their own. */
export const PROTOCOL_WORDS: Readonly<Record<string, number>> = { ...PROTOCOLS, icmp: 1, tcp: 6, udp: 17 };

const TCP_PORTS = {
  bgp: 179,
  chargen: 19,
  cmd: 514,
  daytime: 13,
  discard: 9,
  domain: 53,
  echo: 7,
  exec: 512,
  finger: 79,
  ftp: 21,
  "ftp-data": 20,
  gopher: 70,
  hostname: 101,
  ident: 113,
  irc: 194,
  klogin: 543,
  kshell: 544,
  login: 513,
  lpd: 515,
  nntp: 119,
  "pim-auto-rp": 496,
  pop2: 109,
  pop3: 110,
  smtp: 25,
  sunrpc: 111,
  tacacs: 49,
  talk: 517,
  telnet: 23,
  uucp: 540,
  whois: 43,
  www: 80,
} as const;

const UDP_PORTS = {
  biff: 512,
  bootpc: 68,
  bootps: 67,
  discard: 9,
  dnsix: 195,
  domain: 53,
  echo: 7,
  isakmp: 500,
  "mobile-ip": 434,
  nameserver: 42,
  "netbios-dgm": 138,
  "netbios-ns": 137,
  "netbios-ss": 139,
  "non500-isakmp": 4500,
  ntp: 123,
  "pim-auto-rp": 496,
  rip: 520,
  snmp: 161,
  snmptrap: 162,
  sunrpc: 111,
  syslog: 514,
  tacacs: 49,
  talk: 517,
  tftp: 69,
  who: 513,
  xdmcp: 177,
} as const;

export const PORTS: Readonly<Record<"tcp" | "udp", Readonly<Record<string, number>>>> = {
  tcp: TCP_PORTS,
  udp: UDP_PORTS,
};

/** Type and code; a message without a code is of any. */
export const ICMP_MESSAGES = {
  "administratively-prohibited": [3, 13],
  "alternate-address": [6, undefined],
  echo: [8, undefined],
  "echo-reply": [0, undefined],
  "general-parameter-problem": [12, 0],
  "host-unknown": [3, 7],
  "host-unreachable": [3, 1],
  "information-reply": [16, undefined],
  "information-request": [15, undefined],
  "mask-reply": [18, undefined],
  "mask-request": [17, undefined],
  "net-unreachable": [3, 0],
  "network-unknown": [3, 6],
  "packet-too-big": [3, 4],
  "parameter-problem": [12, undefined],
  "port-unreachable": [3, 3],
  "protocol-unreachable": [3, 2],
  "reassembly-timeout": [11, 1],
  redirect: [5, undefined],
  "router-advertisement": [9, undefined],
  "router-solicitation": [10, undefined],
  "source-quench": [4, undefined],
  "source-route-failed": [3, 5],
  "time-exceeded": [11, undefined],
  "timestamp-reply": [14, undefined],
  "timestamp-request": [13, undefined],
  traceroute: [30, undefined],
  "ttl-exceeded": [11, 0],
  unreachable: [3, undefined],
} as const satisfies Readonly<Record<string, readonly [number, number | undefined]>>;

/** The word for a number, or the number. */
export function wordOf(words: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(words).find((word) => words[word] === value) ?? String(value);
}

/** The three bits of precedence (RFC 791 §3.1). */
export const PRECEDENCES = {
  critical: 5,
  flash: 3,
  "flash-override": 4,
  immediate: 2,
  internet: 6,
  network: 7,
  priority: 1,
  routine: 0,
} as const;

export const PRECEDENCE_HELP: Readonly<Record<keyof typeof PRECEDENCES, string>> = {
  critical: "Critical precedence (5)",
  flash: "Flash precedence (3)",
  "flash-override": "Flash override precedence (4)",
  immediate: "Immediate precedence (2)",
  internet: "Internetwork control precedence (6)",
  network: "Network control precedence (7)",
  priority: "Priority precedence (1)",
  routine: "Routine precedence (0)",
};

/** The four bits of RFC 1349. */
export const TYPES_OF_SERVICE = {
  "max-reliability": 2,
  "max-throughput": 4,
  "min-delay": 8,
  "min-monetary-cost": 1,
  normal: 0,
} as const;

export const SERVICE_HELP: Readonly<Record<keyof typeof TYPES_OF_SERVICE, string>> = {
  "max-reliability": "As reliable as can be (2)",
  "max-throughput": "As much as can be (4)",
  "min-delay": "As soon as can be (8)",
  "min-monetary-cost": "As cheap as can be (1)",
  normal: "Normal (0)",
};

/** Codepoints by name: `afCD` is class C, drop precedence D (RFC 2597), `csC` the class selector C (RFC 2474). */
export const CODEPOINTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries([1, 2, 3, 4].flatMap((of) => [1, 2, 3].map((drop) => [`af${of}${drop}`, of * 8 + drop * 2]))),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((of) => [`cs${of}`, of * 8])),
  default: 0,
  ef: 46,
};

export const CODEPOINT_HELP: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4].flatMap((of) => [1, 2, 3].map((drop) => [`af${of}${drop}`, `Class ${of}, dropped ${drop}`])),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((number) => [`cs${number}`, `Class selector ${number}`])),
  default: "Default (0)",
  ef: "Expedited forwarding (46)",
};

/** The names as a usage line says them. */
export function namesOf(marks: Readonly<Record<string, unknown>>): string {
  return Object.keys(marks).join(" | ");
}

/** Bits of the octet of flags of a TCP header (RFC 9293 §3.1). */
export const TCP_FLAGS = { ack: 0x10, fin: 0x01, psh: 0x08, rst: 0x04, syn: 0x02, urg: 0x20 } as const;
