/** What a virtual template gives to the sessions that are cloned from it. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { poolName } from "../arguments.ts";
import { interfaceMode, subinterfaceMode } from "../modes.ts";
import { aaaAuthentication } from "./aaa.ts";
import { bareNegation } from "./bare-negation.ts";
import { mayRunPpp } from "./interface-kinds.ts";
import { pppKept } from "./ppp-kept.ts";
import { pppLimits } from "./ppp-limits.ts";
import { withZero } from "./said-in-clear.ts";
import { reversible } from "./system.ts";

const inside = { mode: interfaceMode, except: [subinterfaceMode], initialBelow: mayRunPpp } as const;
const ppp = kw("ppp", "Point-to-Point Protocol");

export const keepalive = setting({
  ...inside,
  form: [
    kw("keepalive", "Enable keepalive"),
    opt(arg("seconds", uint(0, 32_767), "Keepalive period"), opt(arg("retries", uint(1, 255), "Retries"))),
  ],
  negation: "stored",
  normal: bareNegation(),
  initial: { seconds: 10, retries: 5 },
  quiet: true,
});

const timeout = kw("timeout", "Set PPP timeout parameters");

const peerAddress = [
  kw("peer", "Peer parameters for point to point interfaces"),
  kw("default", "Default parameters"),
  kw("ip", "Peer default IP parameters"),
  kw("address", "Default IP address of the remote end of this interface"),
] as const;

export const peerPool = setting({
  ...inside,
  form: [
    ...peerAddress,
    kw("pool", "Use IP pool mechanism to allocate a peer IP address"),
    opt(many("pools", arg("pool", poolName, "Pool name"), 8)),
  ],
});

/** One address for whoever comes: while it is held, the next one gets none. */
export const peerFixedAddress = setting({
  ...inside,
  form: [...peerAddress, arg("address", ipv4(), "Default IP address of remote")],
});

const peerDhcp = setting({
  ...inside,
  form: [
    ...peerAddress,
    pick("source", {
      dhcp: "Use DHCP proxy client mechanism to allocate a peer IP address",
      "dhcp-pool": "Use local DHCP pools to allocate a peer IP address",
    }),
    opt(many("dhcpPools", arg("pool", word(), "DHCP pool name"), 4)),
  ],
  effect: unsupported("Clients get their addresses from an ip local pool here; name one"),
});

/** All but `callout` and `optional` are always met: every session here is an incoming call, and nobody logs in before it. */
const CONDITIONS = {
  callback: "Authenticate remote on callback only",
  callin: "Authenticate remote on incoming call only",
  callout: "Authenticate remote on outgoing call only",
  "if-needed": "Authenticate a user who has not logged in before",
  "one-time": "Take name and one-time password together",
  optional: "Allow peer to refuse to authenticate",
} as const;

const OUTGOING_ONLY = "% Every session is an incoming call here: its peer need not authenticate";

export const pppAuthentication = setting({
  ...inside,
  form: [
    ppp,
    kw("authentication", "Set PPP link authentication method"),
    many(
      "methods",
      pick("method", {
        chap: "Challenge Handshake Authentication Protocol (CHAP)",
        eap: "Extensible Authentication Protocol (EAP)",
        "ms-chap": "Microsoft Challenge Handshake Authentication Protocol (MS-CHAP)",
        "ms-chap-v2": "Microsoft CHAP Version 2 (MS-CHAP-V2)",
        pap: "Password Authentication Protocol (PAP)",
      }),
      5,
    ),
    opt(many("conditions", pick("condition", CONDITIONS), 4)),
    opt(
      arg("list", word(), "Use an authentication list with this name"),
      opt(many("more", pick("condition", CONDITIONS), 4)),
    ),
  ],
  // Conditions may stand on either side of the list; they are kept in front of it.
  normal: ({ conditions, more, ...values }) => {
    const all = [...new Set([...((conditions as string[]) ?? []), ...((more as string[]) ?? [])])];
    return all.length === 0 ? values : { ...values, conditions: all };
  },
  warn: ({ list, conditions }, config) => {
    if (conditions?.includes("callout") && !conditions.includes("callin")) return OUTGOING_ONLY;
    return list === undefined || pppListExists(config, list) ? undefined : undefinedList(list);
  },
  check({ methods }) {
    const twice = methods.find((method, index) => methods.indexOf(method) < index);
    if (twice !== undefined) return `% ${twice} is given twice`;
    return methods.every((method) => method === "eap")
      ? "% EAP alone is not supported: no client could be authenticated"
      : undefined;
  },
});

function pppListExists(config: ConfigReader, list: string): boolean {
  return config.all(aaaAuthentication).some(({ values }) => values.service === "ppp" && values.list === list);
}

function undefinedList(list: string): string {
  return `AAA: authentication list "${list}" is not defined for PPP`;
}

export const pppAuthorization = setting({
  ...inside,
  form: [
    ppp,
    pick("what", {
      accounting: "Set PPP network accounting method",
      authorization: "Set PPP network authorization method",
    }),
    opt(arg("list", word(), "Use a list with this name")),
  ],
  key: ["what"],
  effect: inert("sessions are neither authorized nor accounted elsewhere"),
});

const pppIpcp = [ppp, kw("ipcp", "Set IPCP negotiation options")] as const;

export const pppIpcpDns = setting({
  ...inside,
  form: [
    ...pppIpcp,
    kw("dns", "Specify DNS negotiation options"),
    arg("first", ipv4(), "Primary DNS server"),
    opt(arg("second", ipv4(), "Secondary DNS server")),
  ],
});

export const pppIpcpWins = setting({
  ...inside,
  form: [
    ...pppIpcp,
    kw("wins", "Specify WINS negotiation options"),
    arg("first", ipv4(), "Primary WINS server"),
    opt(arg("second", ipv4(), "Secondary WINS server")),
  ],
});

export const pppMtuAdaptive = setting({
  ...inside,
  form: [
    ppp,
    kw("mtu", "MTU parameters"),
    kw("adaptive", "Take the peer's MRU as the MTU"),
    flag("proxy", "proxy", "Also in what the LAC agreed to"),
  ],
});

export const pppMaxBadAuth = setting({
  ...inside,
  form: [
    ppp,
    kw("max-bad-auth", "Allow multiple authentication failures"),
    arg("failures", uint(1, 255), "Number of failures"),
  ],
  initial: { failures: 1 },
  quiet: true,
});

export const pppEncrypt = setting({
  ...inside,
  form: [
    ppp,
    kw("encrypt", "Enable PPP encryption"),
    kw("mppe", "Microsoft Point to Point Encryption"),
    pick("strength", { "128": "128 bit encryption", "40": "40 bit encryption", auto: "Whatever the peer can do" }),
    opt(pick("policy", { passive: "When the peer asks for it", required: "Refuse peers without it" })),
    flag("stateful", "stateful", "Change keys only when a packet says so"),
  ],
  effect: inert("IPsec encrypts; MPPE is refused with a Protocol-Reject"),
});

const chap = kw("chap", "Set CHAP authentication parameters");

export const pppChallengeLength = setting({
  ...inside,
  form: [
    ppp,
    chap,
    kw("challenge-length", "Set default CHAP challenge length"),
    arg("min", uint(16, 63), "Minimum challenge length"),
    arg("max", uint(16, 63), "Maximum challenge length"),
  ],
  check: ({ min, max }) => (min > max ? "% The minimum is larger than the maximum" : undefined),
});

/** What the box would say of itself as the peer that proves its name. */
const noProof = inert("this box lets the client prove itself and proves nothing to it");

const pap = kw("pap", "Set PAP authentication parameters");
const own = { ...inside, effect: noProof } as const;

const pppOwnName = [
  setting({
    ...own,
    form: [ppp, chap, kw("hostname", "Set alternate CHAP hostname"), arg("name", word(), "Hostname")],
  }),
  setting({
    ...own,
    form: [
      ppp,
      chap,
      kw("password", "Set default CHAP password"),
      opt(pick("encoding", reversible)),
      arg("password", secret(line()), "Password"),
    ],
    normal: withZero,
  }),
  setting({
    ...own,
    form: [
      ppp,
      chap,
      pick("switch", {
        refuse: "Refuse to authenticate using CHAP",
        wait: "Wait for caller to authenticate first",
      }),
      flag("callin", "callin", "On incoming calls only"),
    ],
    key: ["switch"],
  }),
  setting({
    ...own,
    form: [
      ppp,
      pap,
      kw("sent-username", "Set outbound PAP username"),
      arg("user", word(), "Outbound PAP username"),
      kw("password", "Set outbound PAP password"),
      opt(pick("encoding", reversible)),
      arg("password", secret(line()), "Password"),
    ],
    normal: withZero,
  }),
  setting({
    ...own,
    form: [
      ppp,
      pap,
      kw("refuse", "Refuse to authenticate using PAP"),
      flag("callin", "callin", "On incoming calls only"),
    ],
  }),
] as const;

/** How long a session may last, or be without a packet. */
export const pppSessionTimeout = setting({
  ...inside,
  form: [
    ppp,
    timeout,
    pick("what", { absolute: "Of the whole session", idle: "Of a line without traffic" }),
    arg("seconds", uint(0, 4_294_967), "Seconds; 0 for ever"),
    opt(pick("traffic", { either: "Packets in either direction count", inbound: "Packets from the peer count too" })),
  ],
  key: ["what"],
  check: ({ what, traffic }) =>
    what === "idle" || traffic === undefined ? undefined : "% Traffic means something to the idle timeout alone",
});

/** The same of any interface, in minutes. */
export const absoluteTimeout = setting({
  ...inside,
  form: [
    kw("timeout", "Define timeout values for this interface"),
    kw("absolute", "Of the whole session"),
    arg("minutes", uint(0, 71_582), "Minutes; 0 for ever"),
    opt(arg("seconds", uint(0, 59), "Seconds on top")),
  ],
});

export const pppIpcpOption = setting({
  ...inside,
  form: [
    ...pppIpcp,
    oneOf(
      [
        kw("address", "Additional ipcp address options"),
        pick("address", {
          accept: "Accept any non zero IP address from our peer",
          required: "Terminate the session without an address",
          unique: "Terminate the session when the address is in use",
        }),
      ],
      [kw("mask", "Specify subnet mask"), arg("mask", ipv4(), "Subnet mask")],
      [kw("username", "Configure how usernames are handled"), pick("username", { unique: "Ignore a common username" })],
      [
        pick("name", {
          "accept-address": "Accept any address",
          "ignore-map": "Ignore dialer map",
          predictive: "Predict",
        }),
      ],
    ),
  ],
  key: ["address", "mask", "username", "name"],
  effect: inert("a client gets the address that its pool has for it"),
});

export const pppInert = setting({
  ...inside,
  form: [
    ppp,
    oneOf(
      [pick("name", { multilink: "Make interface multilink capable" })],
      [kw("mru", "Maximum Receive Unit"), pick("mru", { match: "Insist on the peer's MRU" })],
      [
        kw("lcp", "PPP LCP configuration"),
        pick("lcp", { "fast-start": "Allow a quick start of LCP", predictive: "Predict the peer's answers" }),
      ],
    ),
  ],
  key: ["name", "mru", "lcp"],
  effect: inert("LCP negotiates what both ends can do; multilink is refused"),
  negation: "stored",
  initials: [{ lcp: "fast-start" }],
  off: [{ name: "multilink" }, { mru: "match" }, { lcp: "predictive" }],
  quiet: true,
});

export const pppCommands = [
  peerPool,
  peerFixedAddress,
  peerDhcp,
  keepalive,
  pppMaxBadAuth,
  pppMtuAdaptive,
  pppEncrypt,
  pppChallengeLength,
  ...pppOwnName,
  pppAuthentication,
  pppAuthorization,
  pppInert,
  pppIpcpDns,
  pppIpcpWins,
  pppIpcpOption,
  ...pppLimits,
  pppSessionTimeout,
  absoluteTimeout,
  ...pppKept,
];
