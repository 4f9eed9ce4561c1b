/** Profiles: what a dynamic PPP and IP interface is made from. */

import { ipv4, mask, named, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { interfaceReference, nameOf, objectName, routerName } from "../arguments.ts";
import { globalMode, profileMode } from "../modes.ts";
import { igmpLines } from "./interface-protocols.ts";
import { address, aName, anInterface, attachment, netmask, number, text } from "./kept-parameters.ts";
import { discoveryLines, lowerLayerLines, pppoeLines } from "./link-protocols.ts";
import { subscriberLinesAnywhere } from "./subscriber-interfaces.ts";
import { usageLines } from "./usage-lines.ts";

const ip = kw("ip", "Configure IP characteristics");
const ppp = kw("ppp", "Configure PPP characteristics");

export const profile = opener({
  mode: globalMode,
  opens: profileMode,
  section: "profile",
  form: [
    kw("profile", "Configure a profile of dynamic interfaces"),
    arg("name", named("profile", objectName), "Name of the profile"),
  ],
  key: ["name"],
});

export const profileRouter = setting({
  mode: profileMode,
  form: [
    ip,
    kw("virtual-router", "Configure the virtual router of the interfaces"),
    arg("name", routerName, "Name of the virtual router"),
  ],
});

export const profileUnnumbered = setting({
  mode: profileMode,
  form: [
    ip,
    kw("unnumbered", "Borrow the address of another interface"),
    arg("interface", interfaceReference, "Interface that lends its address"),
  ],
});

export const profileAddress = setting({
  mode: profileMode,
  form: [
    ip,
    kw("address", "Configure the address of our end"),
    arg("address", ipv4(), "IP address"),
    opt(arg("mask", mask(), "Subnet mask")),
  ],
});

export const profileMtu = setting({
  mode: profileMode,
  form: [
    ip,
    kw("mtu", "Configure the IP MTU"),
    oneOf([arg("octets", uint(512, 10_240), "Octets")], [arg("octets", uint(0, 0), "What the lower layer carries")]),
  ],
  initial: { octets: 0 },
  quiet: true,
});

export const profileMss = setting({
  mode: profileMode,
  form: [
    ip,
    kw("tcp", "Configure TCP characteristics"),
    kw("adjust-mss", "Change the maximum segment size of passing connections"),
    oneOf([arg("octets", uint(160, 10_240), "Octets")], [arg("octets", uint(0, 0), "Leave it alone")]),
  ],
  initial: { octets: 0 },
  quiet: true,
});

export const profileIpOption = setting({
  mode: profileMode,
  form: [
    ip,
    pick("option", {
      "access-routes": "Make a host route for each user",
      "directed-broadcast": "Forward directed broadcasts",
      redirects: "Send ICMP redirects",
      "sa-validate": "Check source addresses",
    }),
  ],
  key: ["option"],
  negation: "stored",
  initials: [{ option: "access-routes" }],
  off: [{ option: "directed-broadcast" }, { option: "redirects" }, { option: "sa-validate" }],
  quiet: true,
  effect: inert("every session has its host route and its source addresses checked"),
});

export const pppAuthentication = setting({
  mode: profileMode,
  form: [
    ppp,
    kw("authentication", "Configure authentication of the peer"),
    opt(
      kw("virtual-router", "Virtual router that authenticates"),
      arg("virtualRouter", routerName, "Name of the virtual router"),
    ),
    many(
      "protocols",
      pick("protocol", {
        pap: "Password Authentication Protocol",
        chap: "Challenge Handshake Authentication Protocol",
        eap: "Extensible Authentication Protocol",
      }),
      3,
    ),
  ],
  warn: ({ protocols }) =>
    protocols.includes("eap") ? "% EAP is not spoken here; the other protocols are" : undefined,
});

export const pppKeepalive = setting({
  mode: profileMode,
  form: [
    ppp,
    kw("keepalive", "Configure echo requests"),
    opt(oneOf([arg("seconds", uint(30, 64_800), "Seconds")], [arg("seconds", uint(0, 0), "None are sent")])),
  ],
  negation: "stored",
  /** None are sent, whatever period `no` was typed with. */
  normal: (values, _among, negated) => (negated ? {} : values),
  initial: { seconds: 30 },
  quiet: true,
});

export const pppMru = setting({
  mode: profileMode,
  form: [
    ppp,
    kw("mru", "Configure the largest packet we take"),
    oneOf([arg("octets", uint(64, 65_535), "Octets")], [arg("octets", uint(1, 1), "What the lower layer carries")]),
  ],
  initial: { octets: 1 },
  quiet: true,
});

export const pppChallengeLength = setting({
  mode: profileMode,
  form: [
    ppp,
    kw("chap-challenge-length", "Configure the length of CHAP challenges"),
    arg("min", uint(8, 63), "Shortest challenge in octets"),
    arg("max", uint(8, 63), "Longest challenge in octets"),
  ],
  initial: { min: 16, max: 32 },
  quiet: true,
  check: ({ min, max }) => (min > max ? "% The shortest challenge must not be longer than the longest" : undefined),
});

export const pppAuthenticationRetries = setting({
  mode: profileMode,
  form: [
    ppp,
    kw("max-authentication-retry", "Configure how often a peer may try again"),
    arg("count", uint(0, 7), "Attempts after the first"),
  ],
  initial: { count: 0 },
  quiet: true,
});

export const pppAaaProfile = setting({
  mode: profileMode,
  form: [ppp, kw("aaa-profile", "Configure the AAA profile"), arg("name", nameOf(32), "Name of the profile")],
});

/** Words behind `ppp`, what they ask for, and why that is not had. */
const PPP_OPTIONS = [
  ["fragmentation", "Fragment multilink packets", "a session is one link, and its packets are whole"],
  ["initiate-ip", "Start IPCP first", "IPCP starts first on every session"],
  ["initiate-ipv6", "Start IPv6CP first", "only IPv4 is carried"],
  ["ipcp lockout", "Stop after IPCP failed", "IPCP may be tried again"],
  ["ipcp netmask", "Negotiate the netmask", "IPCP tells an address and no netmask"],
  ["magic-number disable", "Send none", "magic numbers find loops, and are always sent"],
  ["multilink enable", "Negotiate it", "a session is one link"],
  ["passive-mode", "Wait for the peer", "LCP starts on every session"],
  ["peer dns", "Its DNS servers come first", "the peer is told our servers, whatever it asks for"],
  ["peer wins", "Its WINS servers come first", "the peer is told our servers, whatever it asks for"],
  ["reassembly", "Reassemble multilink packets", "a session is one link, and its packets are whole"],
] as const;

const FRONT_WORDS: Readonly<Record<string, string>> = {
  ipcp: "Configure IPCP",
  "magic-number": "Configure magic numbers",
  multilink: "Configure multilink PPP",
  peer: "Configure what the peer may say",
};

const pppOptions = [
  ...PPP_OPTIONS.map(([words, help, reason]) =>
    setting({
      mode: profileMode,
      form: [ppp, ...words.split(" ").map((word) => kw(word, FRONT_WORDS[word] ?? help))],
      effect: inert(reason),
    }),
  ),
  setting({
    mode: profileMode,
    form: [
      ppp,
      kw("log", "Configure logging"),
      pick("what", { pppPacket: "Packets", pppStateMachine: "State machines" }),
    ],
    key: ["what"],
    effect: inert("`log severity debug ppp` shows what PPP does"),
  }),
];

const PPP_USERS = "users come through L2TP and have an IPv4 address each";

const rest = [
  ...keptLines(
    {
      mode: profileMode,
      effect: inert("packets are neither classified nor policed"),
      shared: { ip: "Configure IP characteristics", l2tp: "Configure L2TP characteristics" },
    },
    {
      "ip policy": ["Attach a policy", attachment, ["way", "name"]],
      "l2tp policy": ["Attach a policy", attachment, ["way", "name"]],
      "qos-profile": ["Attach a QoS profile", [aName]],
    },
  ),
  ...keptLines(
    {
      mode: profileMode,
      effect: inert(PPP_USERS),
      shared: { ip: "Configure IP characteristics", ipv6: "Configure IPv6 characteristics" },
    },
    {
      "ip description": "Describe the interfaces",
      "ip ignore-df-bit": ["Fragment all the same", []],
      "ip inactivity-timer": ["Remove silent interfaces", [number("Minutes", 0, 65_535)]],
      "ip source-prefix": ["Configure whose packets make an interface", [address, netmask], ["address", "mask"]],
      "ip inspect": "Configure the firewall",
      "ip route-map": ["Attach a route map", [aName]],
      "ipv6 address": ["Configure an address", [text("IPv6 address and length")], ["text"]],
      "ipv6 mtu": ["Configure the MTU", [number("Octets", 1280, 10_240)]],
      "ipv6 unnumbered": ["Borrow the address of another interface", [anInterface]],
      "ipv6 virtual-router": ["Configure the virtual router of IPv6", [aName]],
    },
  ),
  ...usageLines(
    {
      mode: profileMode,
      effect: inert(PPP_USERS),
      words: {
        ip: "Configure IP characteristics",
        "append-virtual-router-name": "Put the virtual router into their names",
        "ip-subscriber": "An interface of each subscriber",
        "exclude-primary": "But not on the first interface",
        "include-primary": "On the first interface too",
        "bridge1483 mtu": "Configure the largest packet",
        "mtu <>": "Octets",
        LINE: "Parameters",
      },
    },
    {
      "bridge1483 @{mtu <64-9188> | LINE}": "Configure bridged Ethernet",
      "ethernet LINE": "Configure Ethernet",
      "ip auto-configure @{append-virtual-router-name | ip-subscriber [{exclude-primary | include-primary}]}":
        "Make interfaces of subscribers",
    },
  ),
  ...lowerLayerLines(profileMode, PPP_USERS),
  ...pppoeLines(profileMode, PPP_USERS),
  ...discoveryLines(profileMode, PPP_USERS),
  ...subscriberLinesAnywhere(profileMode, PPP_USERS),
  ...igmpLines(profileMode, PPP_USERS),
];

export const profileCommands = [
  profile,
  profileRouter,
  profileUnnumbered,
  profileAddress,
  profileMtu,
  profileMss,
  profileIpOption,
  pppAuthentication,
  pppKeepalive,
  pppMru,
  pppChallengeLength,
  pppAuthenticationRetries,
  pppAaaProfile,
  ...pppOptions,
  ...rest,
];
