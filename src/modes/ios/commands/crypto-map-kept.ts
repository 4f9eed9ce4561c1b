/** Lines of crypto maps that this box has no use for: kept and printed back, or refused where a peer would depend on them. */

import { shaped, uint, word } from "../../../grammar/arguments.ts";
import { type Effect, inert, type Setting, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, pick } from "../../../grammar/elements.ts";
import { isakmpProfileName } from "../arguments.ts";
import { cryptoMapMode, failCloseMode, globalMode } from "../modes.ts";
import { crypto, mapEntry, mapLine, set } from "./crypto-words.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const inMap = { mode: cryptoMapMode } as const;
const global = { mode: globalMode, section: "crypto-map" } as const;
const mapWords = {
  crypto: crypto.help,
  map: "Enter a crypto map",
  "map WORD": "Crypto map tag",
  ipv6: "Crypto map for IPv6",
  "ipv6 WORD": "Crypto map tag",
} as const;
const noRoute = inert("a transport-mode peer needs no route");

const reverseRoute = usageLines(
  {
    ...inMap,
    effect: noRoute,
    words: {
      gateway: "Route to the tunnel endpoint through this address",
      "remote-peer": "Create route in route table for remote tunnel endpoint",
      "remote-peer A.B.C.D": "Address through which the peer is reached",
      static: "Create routes based on static ACLs",
    },
  },
  { "reverse-route [static | remote-peer [A.B.C.D] [gateway | static]]": "Reverse Route Injection." },
);

const accessGroup = setting({
  ...inMap,
  form: [
    set,
    kw("ip", "Interface Internet Protocol config commands"),
    kw("access-group", "Specify access control for packets"),
    arg("list", word(), "Access list"),
    pick("direction", { in: "inbound packets", out: "outbound packets" }),
  ],
  key: ["direction"],
  effect: inert("packets of a session pass the lists of its virtual template"),
});

/** What is no address. */
const hostName = shaped("WORD", /^[A-Za-z][\w.-]*$/);

const peerByName = setting({
  ...inMap,
  form: [
    set,
    kw("peer", "Allowed Encryption/Decryption peer."),
    arg("host", hostName, "Host name of peer"),
    oneOf(
      [flag("dynamic", "dynamic", "Resolve the name when it is needed")],
      [flag("default", "default", "Default peer")],
    ),
  ],
  effect: unsupported("This box resolves no names; name the peer by its address"),
});

const profileEntry = setting({
  ...global,
  form: [
    ...mapEntry,
    kw("ipsec-isakmp", "IPSEC w/ISAKMP"),
    kw("profile", "Enable crypto map as a crypto-profile"),
    arg("profile", isakmpProfileName, "Name of the profile"),
  ],
  key: ["name", "sequence"],
  effect: inert("an entry of a profile opens connections, which this box does not"),
});

const otherEntry = setting({
  ...global,
  form: [...mapEntry, pick("other", { gdoi: "GDOI", "ipsec-manual": "IPSEC w/manual keying" })],
  effect: unsupported("Keys are negotiated here; take ipsec-isakmp"),
});

const accounting = setting({
  ...global,
  form: [
    ...mapLine,
    kw("client", "Specify client configuration settings"),
    kw("accounting", "Accounting of sessions"),
    kw("list", "Accounting list"),
    arg("accounting", word(), "List name"),
  ],
  key: ["name"],
  effect: inert("nothing is accounted elsewhere"),
});

const redundancy = usageLines(
  {
    ...global,
    effect: inert("this process has no standby"),
    words: {
      ...mapWords,
      inbound: "Packets between messages about received ones",
      outbound: "Packets between messages about sent ones",
      redundancy: "High availability",
      "replay-interval": "Frequency of passing replay counters",
    },
  },
  {
    "crypto map @WORD redundancy replay-interval inbound <0-1000> outbound <1000-10000>":
      "Frequency of passing replay counters",
  },
);

const noIpv6 = inert("peers are reached over IPv4");
const ipv6Maps = usageLines(
  {
    ...global,
    effect: noIpv6,
    words: {
      ...mapWords,
      accounting: "Accounting of sessions",
      address: "Addresses of clients",
      authentication: "Use Extended Authentication",
      authorization: "Authorization parameters",
      client: "Specify client configuration settings",
      configuration: "IKE mode configuration",
      initiate: "Push addresses",
      "isakmp-profile": "Specify isakmp profile to use",
      "local-address": "Interface to use for local address for this crypto map",
      isakmp: "Specify isakmp configuration settings",
      list: "List of AAA",
      respond: "Answer requests for addresses",
    },
  },
  {
    "crypto map ipv6 @WORD client @{accounting list WORD | authentication list WORD | configuration address @{initiate | respond}}":
      "Specify client configuration settings",
    "crypto map ipv6 @WORD isakmp authorization list WORD": "List of AAA",
    "crypto map ipv6 @WORD isakmp-profile WORD": "Specify isakmp profile to use",
    "crypto map ipv6 @WORD local-address IFNAME": "Interface to use for local address for this crypto map",
  },
);
const ipv6Entry = usageOpener(
  {
    ...global,
    effect: noIpv6,
    words: {
      ...mapWords,
      dynamic: "Enable dynamic crypto map support",
      gdoi: "GDOI",
      "ipsec-isakmp": "IPSEC w/ISAKMP",
      "ipsec-manual": "IPSEC w/manual keying",
      profile: "Enable crypto map as a crypto-profile",
      "<>": "Sequence to insert into crypto map entry",
    },
    opens: cryptoMapMode,
  },
  "crypto map ipv6 @WORD @<1-65535> [ipsec-isakmp [dynamic WORD | profile WORD] | ipsec-manual | gdoi]",
  "Crypto map for IPv6",
);

const failClose = usageOpener(
  {
    ...global,
    effect: inert("no group of shared keys is joined or served here"),
    words: { ...mapWords, "fail-close": "Send nothing in the clear before keys are there", gdoi: "GDOI" },
    opens: failCloseMode,
  },
  "crypto map @WORD gdoi fail-close",
  "Send nothing in the clear before keys are there",
);
const failCloseLines = usageLines(
  {
    mode: failCloseMode,
    effect: inert("no group of shared keys is joined or served here"),
    words: { match: "Match packets" },
  },
  { activate: "Begin to do so", "match address {<100-199> | <2000-2699> | WORD}": "Packets that may pass" },
);

const setIdleDefault = setting({
  ...inMap,
  form: [
    set,
    kw("security-association", "Security association parameters"),
    kw("idle-time", "Automatically delete IPSec SAs after a given idle period"),
    arg("seconds", uint(60, 86_400), "Time in seconds"),
    flag("default", "default", "Route traffic to the default peer when idle"),
  ],
  effect: inert("L2TP ends connections that are idle"),
});

function mapLines(effect: Effect, rows: Readonly<Record<string, string>>): Setting[] {
  return usageLines(
    {
      ...inMap,
      effect,
      words: {
        clear: "Clear DF bit",
        copy: "Copy DF bit from inner header",
        level: "Specify a security association level",
        dialer: "Dialer related commands",
        discard: "Do not pass the bits on",
        "per-host": "An SA for each pair of hosts",
        pps: "Packets per second",
        propagate: "Pass the bits on",
        qos: "Quality of Service",
        "reverse-route": "Reverse Route Injection.",
        seconds: "Seconds between packets",
        "security-association": "Security association parameters",
        set: "Set values for encryption/decryption",
        "dfbit set": "Set DF bit",
      },
    },
    rows,
  );
}

export const keptCryptoMapCommands = [
  setIdleDefault,
  ...mapLines(inert("the operating system sends the outer packets"), {
    "dialer pre-classify": "Classify before encryption",
    "qos pre-classify": "Classify before encryption",
    "set security-association dfbit {clear | copy | set}": "Handling of encapsulated DF bit",
    "set security-association dummy {pps <0-25> | seconds <1-3600>}": "Enable transmitting dummy packets",
    "set security-association ecn {discard | propagate}": "Handling of ECN",
  }),
  ...mapLines(inert("peers are told apart by policy and key alone"), {
    "set group WORD": "Group of shared keys",
    "set identity WORD": "Identity restriction",
    "set ikev2-profile WORD": "Specify ikev2 Profile",
    "set security-association level per-host": "Specify a security association level",
  }),
  ...mapLines(noRoute, {
    "set reverse-route distance <1-255>": "Distance of the routes",
    "set reverse-route tag <1-4294967295>": "Tag of the routes",
  }),
  accessGroup,
  peerByName,
  ...reverseRoute,
  profileEntry,
  otherEntry,
  accounting,
  ...redundancy,
  ...ipv6Maps,
  ipv6Entry,
  failClose,
  ...failCloseLines,
];
