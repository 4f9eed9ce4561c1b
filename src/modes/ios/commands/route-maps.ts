/** Route maps, prefix lists and key chains: what routing protocols of the box ask, kept and printed back. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { namesOf, PRECEDENCE_HELP, SERVICE_HELP } from "../access-words.ts";
import { prefixText } from "../arguments.ts";
import { globalMode, keyChainKeyMode, keyChainMode, routeMapMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const noRoutes = inert("no routing protocol runs here that would ask it");
const action = pick("action", { deny: "Do not let it through", permit: "Let it through" });

const routeMap = opener({
  mode: globalMode,
  section: "route-map",
  form: [
    kw("route-map", "Create route-map or enter route-map command mode"),
    arg("name", word(), "Route map tag"),
    opt(action, opt(arg("sequence", uint(0, 65_535), "Sequence to insert to/delete from existing route-map entry"))),
  ],
  key: ["name", "action", "sequence"],
  opens: routeMapMode,
  effect: noRoutes,
});

const prefixList = setting({
  mode: globalMode,
  section: "prefix-list",
  form: [
    kw("ip", "Global IP configuration subcommands"),
    kw("prefix-list", "Build a prefix list"),
    arg("name", word(), "Name of a prefix list"),
    oneOf(
      [
        opt(kw("seq", "Sequence number of an entry"), arg("sequence", uint(1, 4_294_967_294), "Sequence number")),
        action,
        arg("prefix", prefixText, "IP prefix <network>/<length>"),
        opt(kw("ge", "Minimum prefix length to be matched"), arg("atLeast", uint(0, 32), "Minimum prefix length")),
        opt(kw("le", "Maximum prefix length to be matched"), arg("atMost", uint(0, 32), "Maximum prefix length")),
      ],
      [kw("description", "Prefix-list specific description"), arg("text", line(), "Up to 80 characters")],
    ),
  ],
  key: ["name", "sequence", "action", "prefix", "atLeast", "atMost"],
  noForm: [
    kw("ip", "Global IP configuration subcommands"),
    kw("prefix-list", "Build a prefix list"),
    arg("name", word(), "Name of a prefix list"),
    opt(
      oneOf(
        [
          opt(kw("seq", "Sequence number of an entry"), arg("sequence", uint(1, 4_294_967_294), "Sequence number")),
          opt(
            action,
            arg("prefix", prefixText, "IP prefix <network>/<length>"),
            opt(kw("ge", "Minimum prefix length to be matched"), arg("atLeast", uint(0, 32), "Minimum prefix length")),
            opt(kw("le", "Maximum prefix length to be matched"), arg("atMost", uint(0, 32), "Maximum prefix length")),
          ),
        ],
        [kw("description", "Prefix-list specific description"), arg("text", line(), "Up to 80 characters")],
      ),
    ),
  ],
  effect: noRoutes,
});

const LIST = "{<1-199> | <1300-2699> | WORD}";
const COMMUNITY = "{<1-4294967295> | ASN:nn | internet | local-AS | no-advertise | no-export}";

const inRouteMap = usageLines(
  {
    mode: routeMapMode,
    effect: noRoutes,
    words: {
      ...PRECEDENCE_HELP,
      ...SERVICE_HELP,
      "0": "Do not set it",
      "1": "Set it",
      additive: "Add to what is there",
      "additional-paths": "Further paths",
      "advertise-set": "Paths that are told to others",
      "aigp-metric": "Accumulated cost",
      all: "All of them",
      best: "So many of the best",
      "best-range": "From this place to that one",
      "dest-pfx": "Destination",
      destination: "Destination",
      flowspec: "Prefixes of flows",
      "group-best": "The best of each group",
      "igp-metric": "Metric of the interior protocol",
      list: "Lists of tags",
      "mpls-label": "Routes with labels",
      "pre-bestpath": "Before everything else",
      "security-group": "Security groups",
      "src-pfx": "Source",
      "vpn-distinguisher": "VPN of origin",
      address: "Match address of route or match packet",
      "as-path": "AS paths",
      "set as-path": "Prepend to the AS path",
      "auto-tag": "Tag that the path gives",
      blackhole: "Drop",
      community: "Communities",
      continue: "Continue on a different entry within the route-map",
      cost: "Cost",
      default: "Of packets without a route",
      delete: "Take these away",
      df: "Do-not-fragment bit",
      egp: "From an exterior protocol",
      "exact-match": "These and no others",
      extcommunity: "Extended communities",
      external: "From outside",
      global: "In the global table",
      igp: "From an interior protocol",
      incomplete: "From elsewhere",
      "inter-area": "Of other areas",
      interface: "Interface",
      internal: "From inside",
      internet: "Everybody",
      "intra-area": "Of this area",
      ip: "IP",
      ipv6: "IPv6",
      "last-as": "The last one so often again",
      length: "Octets of the packet",
      level: "Where it is imported",
      "level-1": "Level 1",
      "level-1-2": "Level 1 and 2",
      "level-2": "Level 2",
      local: "Made here",
      "local-AS": "Not beyond the own system",
      "local-preference": "Preference within the own system",
      match: "Match values from routing table",
      metric: "Metric",
      "metric-type": "Type of the metric",
      "next-hop": "Next hop",
      "no-advertise": "Tell nobody",
      "no-export": "Tell no other system",
      none: "No communities",
      "nssa-external": "From outside, by way of an NSSA",
      null: "Nowhere",
      origin: "Origin",
      "peer-address": "Address of the peer",
      precedence: "Precedence",
      "prefix-list": "Match entries of prefix-lists",
      prepend: "Prepend to the AS path",
      recursive: "It may be some routes away",
      "route-source": "Match source address of route",
      "route-type": "Kind of route",
      rt: "Route targets",
      set: "Set values in destination routing protocol",
      soo: "Site of origin",
      source: "Where it comes from",
      "source-protocol": "Protocol that brought it",
      bgp: "Border Gateway Protocol",
      connected: "Connected",
      eigrp: "Enhanced Interior Gateway Routing Protocol (EIGRP)",
      ospf: "Open Shortest Path First",
      rip: "Routing Information Protocol",
      static: "Static routes",
      tag: "Tag",
      tos: "Type of service",
      "traffic-index": "Class of accounting",
      "type-1": "Of type 1",
      "type-2": "Of type 2",
      "verify-availability": "Ask whether it is there",
      track: "Object that tells",
      vrf: "VPN Routing/Forwarding instance",
      weight: "Weight",
      "comm-list": "List of communities",
    },
  },
  {
    "continue [<1-65535>]": "Continue on a different entry within the route-map",
    "description LINE": "Description",
    "match as-path @<1-500>*8": "Match BGP AS path list",
    "match community @{<1-500> | WORD} [exact-match]": "Match BGP community list",
    "match extcommunity @{<1-500> | WORD}": "Match BGP extended community list",
    "match interface @IFNAME*8": "Match first hop interface of route",
    [`match ip @{address | next-hop | route-source} [@{prefix-list @WORD*8 | @${LIST}*8}]`]: "IP specific information",
    "match ipv6 @{address | next-hop | route-source} @{prefix-list @WORD | WORD}": "IPv6 specific information",
    "match length <0-2147483647> <0-2147483647>": "Packet length",
    "match local-preference <0-4294967295>*8": "Local preference",
    "match metric @<0-4294967295> [external]": "Match metric of route",
    "match metric external @<0-4294967295>*8": "Match metric of routes from outside",
    "match mpls-label": "Match routes with labels",
    "match security-group @{destination | source} tag @<1-65533>*8": "Match tags of security groups",
    "match track @<1-1000>*8": "Match tracked objects",
    "match additional-paths advertise-set @{all [best <1-3>] [group-best] | best <1-3> [group-best] | best-range <1-3> <1-3> | group-best}":
      "Match further paths",
    "match route-type @{external [type-1 | type-2] | internal | level-1 | level-2 | local | nssa-external [type-1 | type-2]}":
      "Match route-type of route",
    "match source-protocol @{bgp <1-4294967295> | connected | eigrp <1-65535> | ospf <1-65535> | rip | static}":
      "Match source-protocol of route",
    "match tag @<0-4294967295>*8": "Match tag of route",
    "match tag list @WORD*8": "Match tag of route",
    [`match ip flowspec @{dest-pfx | src-pfx} @${LIST}*8`]: "Match prefixes of flows",
    "set aigp-metric {<0-4294967295> | igp-metric}": "Accumulated cost",
    "set ip address prefix-list WORD": "Prefix list that gives the routes",
    "set as-path {prepend {last-as <1-10> | <1-4294967295>*10} | tag}": "Prepend string for a BGP AS-path attribute",
    "set automatic-tag": "Automatically compute TAG value",
    "set comm-list @{<1-500> | WORD} delete": "Communities to take away",
    [`set community {none | ${COMMUNITY}*8 [additive]}`]: "BGP community attribute",
    "set default interface @IFNAME*4": "Interface of packets without a route",
    "set extcommunity @{cost [igp | pre-bestpath] <0-255> <0-4294967295> | vpn-distinguisher ASN:nn [additive] | rt ASN:nn*8 [additive] | soo ASN:nn}":
      "BGP extended community attribute",
    "set interface @IFNAME*4": "Output interface",
    "set ip default next-hop @{verify-availability | A.B.C.D*8}": "Next hop of packets without a route",
    "set ip df {0 | 1}": "Set DF bit",
    "set ip next-hop @{peer-address | recursive [global | vrf WORD] A.B.C.D | verify-availability [@A.B.C.D @<1-65535> track <1-1000>] | A.B.C.D*8}":
      "Next hop address",
    [`set ip precedence {<0-7> | ${namesOf(PRECEDENCE_HELP)}}`]: "Set precedence field",
    [`set ip tos {<0-15> | ${namesOf(SERVICE_HELP)}}`]: "Set type of service field",
    "set ip vrf WORD next-hop A.B.C.D": "Next hop in a VRF",
    "set ipv6 next-hop @{peer-address | X:X:X:X::X*4}": "Next hop address",
    "set level {level-1 | level-1-2 | level-2}": "Where to import route",
    "set local-preference <0-4294967295>": "BGP local preference path attribute",
    "set metric {<0-4294967295> [<0-4294967295> <0-255> <1-255> <1-65535>]}":
      "Metric value for destination routing protocol",
    "set metric-type {external | internal | type-1 | type-2}": "Type of metric for destination routing protocol",
    "set origin {egp <1-4294967295> | igp | incomplete}": "BGP origin code",
    "set tag <0-4294967295>": "Tag value for destination routing protocol",
    "set traffic-index <1-64>": "BGP traffic classification number for accounting",
    "set vrf WORD": "Define VRF name",
    "set global": "Set to global routing table",
    "set weight <0-65535>": "BGP weight for routing table",
  },
);

const keyWords = {
  key: "Key management",
  "0": "An unencrypted key follows",
  "6": "An encrypted key follows",
  "7": "A hidden key follows",
  "aes-128-cmac": "AES with 128 bits",
  "aes-256-cmac": "AES with 256 bits",
  duration: "Seconds",
  "hmac-sha-1": "SHA-1",
  "hmac-sha-256": "SHA-256",
  "hmac-sha-384": "SHA-384",
  "hmac-sha-512": "SHA-512",
  infinite: "Never ends",
  local: "In the local time zone",
  macsec: "For MACsec",
  md5: "Message Digest 5",
} as const;
const keys = { effect: noRoutes, words: keyWords } as const;
const DAY = "{<1-31> MONTH | MONTH <1-31>} <1993-2035>";
const LIFETIME = `[local] hh:mm:ss ${DAY} {duration <1-2147483646> | infinite | hh:mm:ss ${DAY}}`;

export const routeMapCommands = [
  prefixList,
  usageLines(
    {
      mode: globalMode,
      section: "prefix-list",
      effect: noRoutes,
      words: { ip: "Global IP configuration subcommands", "prefix-list": "Build a prefix list" },
      negation: "stored",
    },
    { "ip prefix-list sequence-number": "Print the numbers of entries" },
  ),
  routeMap,
  inRouteMap,
  usageOpener(
    { ...keys, mode: globalMode, section: "key-chain", opens: keyChainMode },
    "key chain @WORD [macsec]",
    "Key-chain management",
  ),
  usageOpener(
    { ...keys, mode: keyChainMode, opens: keyChainKeyMode },
    "key @{<0-2147483647> | HEX}",
    "Configure a key",
  ),
  usageLines(
    { ...keys, mode: keyChainKeyMode },
    {
      [`accept-lifetime ${LIFETIME}`]: "Set accept lifetime of key",
      "cryptographic-algorithm {aes-128-cmac | aes-256-cmac | hmac-sha-1 | hmac-sha-256 | hmac-sha-384 | hmac-sha-512 | md5}":
        "Set cryptographic algorithm",
      "key-string [0 | 6 | 7] PASSWORD": "Set key string",
      [`send-lifetime ${LIFETIME}`]: "Set send lifetime of key",
    },
  ),
].flat();
