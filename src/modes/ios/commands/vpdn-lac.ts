/**
 * What a group says of tunnels that the box opens itself, and of calls it places: kept and printed back, for this box only
 * ever accepts. L2TP classes and pseudowire classes, which set up tunnels of version 3, are kept in the same way.
 */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type Effect, inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import {
  acceptDialoutMode,
  globalMode,
  interfaceMode,
  l2tpClassMode,
  pseudowireClassMode,
  requestDialinMode,
  requestDialoutMode,
  vpdnGroupMode,
} from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const opensNone = inert("this box accepts tunnels; it does not open any");
const placesNone = inert("no calls are placed through this box");
const noPseudowires = inert("tunnels of L2TP version 3 are not spoken here");
const inGroup = { mode: vpdnGroupMode } as const;

const CLASS_WORDS = {
  "pw-class": "Class of pseudowires",
  pseudowire: "Pseudowires",
  encapsulation: "Encapsulation of the data",
  redundancy: "Groups that stand in for each other",
  sequencing: "Number data packets",
  status: "Their state",
  logging: "Messages",
  xconnect: "Pseudowires of interfaces",
  "0": "An unencrypted secret follows",
  "7": "A hidden secret follows",
  "4": "Four octets",
  "8": "Eight octets",
  both: "Both ways",
  check: "Check digests that come",
  cookie: "Cookie of data packets",
  "disable-fallback": "No other way",
  dfbit: "The don't-fragment bit of outer packets",
  digest: "Digest of control messages",
  ethernet: "Frames of Ethernet",
  hash: "Hash of the digest",
  initial: "Of the first message",
  interface: "Through this interface",
  ip: "IP settings of the tunnel",
  "interworking ip": "Packets of IP",
  l2tp: "Directly over IP",
  l2tpv2: "L2TP version 2",
  l2tpv3: "L2TP version 3",
  ldp: "Label Distribution Protocol",
  local: "Our end",
  max: "The longest wait",
  md5: "Message Digest 5",
  min: "The first wait",
  mpls: "MPLS",
  none: "None: all is configured",
  peer: "To this peer",
  receive: "Of packets that come",
  reflect: "Copy it from the inner packet",
  resync: "Packets out of order before numbers begin again",
  retransmit: "Control message retransmission",
  secret: "Shared secret",
  sha: "Secure Hash Standard",
  timeout: "How long to wait",
  transmit: "Of packets that go",
  udp: "Over UDP",
  value: "This value",
  vlan: "Frames with a VLAN",
  "none WORD": "L2TP class",
  WORD: "Name",
} as const;

const requestDialin = opener({
  ...inGroup,
  form: [kw("request-dialin", "VPDN request-dialin group configuration")],
  opens: requestDialinMode,
  effect: opensNone,
});

const acceptDialout = opener({
  ...inGroup,
  form: [kw("accept-dialout", "VPDN accept-dialout group configuration")],
  opens: acceptDialoutMode,
  effect: placesNone,
});

const requestDialout = opener({
  ...inGroup,
  form: [kw("request-dialout", "VPDN request-dialout group configuration")],
  opens: requestDialoutMode,
  effect: placesNone,
});

/** What a group does that does not take calls. */
export const otherDirections: readonly (typeof requestDialin)[] = [requestDialin, acceptDialout, requestDialout];

function protocolOf(mode: Mode, effect: Effect) {
  return setting({
    mode,
    form: [
      kw("protocol", "Specify the VPDN protocol"),
      pick("protocol", {
        any: "Use any protocol",
        l2f: "Use L2F",
        l2tp: "Use L2TP",
        pppoe: "Use PPPoE",
        pptp: "Use PPTP",
      }),
    ],
    effect,
  });
}

export const initiateTo = setting({
  ...inGroup,
  form: [
    kw("initiate-to", "Open tunnels to this peer"),
    kw("ip", "Address of the peer"),
    arg("address", ipv4(), "IP address"),
    opt(kw("limit", "Sessions that the peer is given"), arg("limit", uint(1, 32_767), "Number of sessions")),
    opt(kw("priority", "Place among several peers"), arg("priority", uint(1, 32_767), "Priority")),
  ],
  key: ["address"],
  effect: opensNone,
});

const dialinDomain = setting({
  mode: requestDialinMode,
  form: [
    pick("what", {
      dnis: "Users who called this number",
      domain: "Users of this domain",
      "multihop-hostname": "Users who came through this peer",
    }),
    arg("name", word(), "Name or number"),
  ],
  key: ["what", "name"],
  effect: opensNone,
});

const poolMember = setting({
  mode: requestDialoutMode,
  form: [kw("pool-member", "Member of a dialer pool"), arg("pool", uint(1, 255), "Dialer pool")],
  effect: placesNone,
});

const rotaryGroup = setting({
  mode: requestDialoutMode,
  form: [kw("rotary-group", "Member of a dialer rotary group"), arg("group", uint(0, 255), "Rotary group")],
  effect: placesNone,
});

const dialer = setting({
  mode: acceptDialoutMode,
  form: [kw("dialer", "Dialer interface that places the call"), arg("dialer", uint(0, 255), "Dialer interface number")],
  effect: placesNone,
});

const l2tpClass = opener({
  mode: globalMode,
  section: "vpdn",
  form: [kw("l2tp-class", "L2TP class configuration"), arg("name", word({ max: 31 }), "L2TP class name")],
  key: ["name"],
  opens: l2tpClassMode,
  effect: noPseudowires,
});

const pseudowireClass = opener({
  mode: globalMode,
  section: "vpdn",
  form: [kw("pseudowire-class", "Pseudowire class configuration"), arg("name", word({ max: 31 }), "Class name")],
  key: ["name"],
  opens: pseudowireClassMode,
  effect: noPseudowires,
});

/** The last of an interface, as `crypto map` is. */
export const pseudowireOfInterface = usageLines(
  { mode: interfaceMode, effect: opensNone, words: CLASS_WORDS },
  {
    "pseudowire A.B.C.D <1-4294967295> [encapsulation {l2tpv2 | l2tpv3}] [pw-class WORD] [sequencing {both | receive | transmit}]":
      "The tunnel that this interface dials",
  },
);

export const vpdnLacCommands = [
  ...usageLines(
    { mode: globalMode, section: "vpdn", effect: noPseudowires, words: CLASS_WORDS },
    { "xconnect logging @{pseudowire | redundancy} status": "Log pseudowires that come and go" },
  ),
  protocolOf(requestDialinMode, opensNone),
  dialinDomain,
  protocolOf(acceptDialoutMode, placesNone),
  dialer,
  protocolOf(requestDialoutMode, placesNone),
  poolMember,
  rotaryGroup,
  l2tpClass,
  ...usageLines(
    { mode: l2tpClassMode, effect: noPseudowires, holds: true, words: CLASS_WORDS },
    { "digest check": "Check digests that come" },
  ),
  ...usageLines(
    { mode: l2tpClassMode, effect: noPseudowires, words: CLASS_WORDS },
    {
      authentication: "Authenticate control connections",
      "cookie size {4 | 8}": "Cookie of data packets",
      "digest [secret [0 | 7] KEY] [hash {md5 | sha}]": "Digest of control messages",
      "hello <0-1000>": "Interval of hellos",
      hidden: "Hide attributes",
      "hostname WORD": "The name we give to the peer",
      "password [0 | 7] PASSWORD": "Secret of control connections",
      "receive-window <1-16384>": "Control messages that the peer may send ahead",
      "retransmit initial retries <1-1000>": "How often the first message is sent",
      "retransmit initial timeout @{max | min} <1-8>": "How long to wait for the first answer",
      "retransmit retries <5-1000>": "How often",
      "retransmit timeout @{max | min} <1-8>": "How long to wait",
      "timeout setup <60-6000>": "How long set-up may take",
    },
  ),
  pseudowireClass,
  ...usageLines(
    { mode: pseudowireClassMode, effect: noPseudowires, words: CLASS_WORDS },
    {
      "encapsulation {l2tpv2 | l2tpv3 | mpls | udp}": "Encapsulation of the data",
      "interworking {ethernet | ip | vlan}": "Translation between unlike ends",
      "sequencing {both | receive | transmit | resync <5-65535>}": "Number data packets",
      "protocol {l2tpv2 | l2tpv3 | ldp | none} [WORD]": "Signalling protocol",
      "ip local interface IFNAME": "Our interface of these tunnels",
      "ip pmtu": "Find the path MTU",
      "ip dfbit set": "The don't-fragment bit of outer packets",
      "ip protocol {<1-255> | l2tp | udp}": "Protocol number of outer packets",
      "ip tos {reflect | value <0-255>}": "Type of service of outer packets",
      "ip ttl <1-255>": "Time to live of outer packets",
      "preferred-path {interface IFNAME | peer A.B.C.D} [disable-fallback]": "Way of these tunnels",
      "control-word": "Say the length of each packet",
    },
  ),
];
