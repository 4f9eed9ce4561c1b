/** Keys that a server gives to a group of routers (GDOI, GETVPN): no such group is joined or served; kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, groupKeyCoopMode, groupKeyMode, groupKeySaMode, groupKeyServerMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("no group of shared keys is joined or served here");

const words = {
  crypto: "Encryption module",
  gdoi: "Configure GDOI policy",
  gkm: "Configure group key management",
  "3des-cbc": "cbc mode of three key triple DES",
  acknowledgement: "Whether members say that they have a key",
  "active-sa": "Whether the group has keys",
  address: "Address",
  "-": "Up to",
  d3p: "Protection from delayed packets",
  gikev2: "Group keys over IKEv2",
  group: "Parameters of the group",
  "recovery-check": "Joining again",
  "safety-limit": "Days before the last sender's number is given out",
  aes: "Advanced Encryption Standard",
  "128": "128 bit keys",
  "192": "192 bit keys",
  "256": "256 bit keys",
  algorithm: "Algorithm",
  any: "Members of either kind",
  authentication: "Key by which messages are signed",
  authorization: "Which members may join",
  base: "The base protocol",
  cisco: "Members of the maker of the box",
  client: "Group member parameters",
  counter: "By a counter",
  crl: "List of revoked certificates",
  cts: "Security group tags",
  days: "In days",
  "des-cbc": "cbc mode of DES",
  encryption: "Encryption",
  "group-key": "The key of the group",
  hash: "Hash",
  hostname: "Host name",
  identity: "Identity of the group",
  interoperable: "Members as the RFC has them",
  ipsec: "IPsec policy",
  ipv4: "IPv4",
  ipv6: "IPv6",
  large: "Numbers of senders have 24 bits",
  lifetime: "How long a key is good",
  local: "Configure this box as a key server",
  match: "Match packets",
  medium: "Numbers of senders have 16 bits",
  msec: "In milliseconds",
  mypubkey: "Our key pair",
  number: "Number",
  optimize: "The optimized protocol",
  "pair-wise-key": "A key for each pair",
  "pair-wise-keying": "A key for each pair of members",
  peer: "Another key server",
  periodic: "Again and again",
  pdu: "Size of messages",
  priority: "Priority among key servers",
  profile: "IPsec profile",
  protocol: "Protocol",
  range: "From and to",
  registration: "How members join",
  rekey: "New keys",
  replay: "Replay checking",
  rsa: "RSA key pair",
  sa: "Security associations",
  sec: "In seconds",
  seconds: "In seconds",
  server: "Key server",
  "sig-hash": "Hash under signatures",
  small: "Numbers of senders are short",
  "12": "12 bits",
  "16": "16 bits",
  "8": "8 bits",
  size: "Size of the numbers of senders",
  sha: "Secure Hash Standard",
  sha256: "Secure Hash Standard 2 (256 bit)",
  sha384: "Secure Hash Standard 2 (384 bit)",
  sha512: "Secure Hash Standard 2 (512 bit)",
  status: "State of the group",
  tag: "Tags of packets",
  time: "By time",
  track: "Object that follows it",
  transport: "How keys are sent",
  trustpoint: "Trustpoint",
  version: "Version",
  "window-size": "Size of the window",
  "64": "64 packets",
  "512": "512 packets",
  "1024": "1024 packets",
} as const;

const groups = ["gdoi", "gkm"].map((kind) =>
  usageOpener(
    { mode: globalMode, section: "gdoi", effect, words, opens: groupKeyMode },
    `crypto ${kind} group [@ipv6] @WORD`,
    "Configure a group",
  ),
);

const groupLines = usageLines(
  { mode: groupKeyMode, effect, words },
  {
    "client bypass-policy": "Send in the clear what the group denies",
    "client protocol {gdoi | gikev2 WORD}": "Protocol by which the group is joined",
    "client recovery-check interval <100-1000>": "Seconds after which the group is joined again",
    "client registration interface IFNAME": "Interface by which the group is joined",
    "client rekey encryption {3des-cbc | des-cbc | aes {128 | 192 | 256}*3}": "Algorithms that are taken",
    "client rekey hash {sha | sha256 | sha384 | sha512}*4": "Hashes that are taken",
    "client status active-sa track <1-1000>": "Object that follows the state of the group",
    "client transform-sets WORD*6": "Transform sets that are taken",
    "client transport-encrypt-key {group-key | pair-wise-key}": "Which key data is protected with",
    "identity number <0-4294967295>": "Set the identity of the group as a number",
    "identity address ipv4 A.B.C.D": "Set the identity of the group as an address",
    passive: "Take keys, and send in the clear",
    "server address {ipv4 @A.B.C.D | ipv6 @X:X:X:X::X}": "Set the server address for this group",
    "server hostname @WORD": "Set the server hostname for this group",
  },
);

const server = usageOpener(
  { mode: groupKeyMode, effect, words, opens: groupKeyServerMode },
  "server local",
  "Configure this box as a key server",
);

const serverLines = usageLines(
  { mode: groupKeyServerMode, effect, words },
  {
    "address ipv4 A.B.C.D": "Our address",
    "authorization address ipv4 {<1-99> | WORD}": "Members by address",
    "authorization identity WORD": "Members by identity",
    gdoi: "Serve over GDOI",
    "gikev2 WORD": "Serve over IKEv2, with this profile",
    "group size {large | medium | small {12 | 16 | 8}}": "Size of the numbers of senders",
    "identifier {<0-1> | range <0-1> - <0-1>}": "Numbers of key servers",
    "registration interface IFNAME": "Interface by which members join",
    "registration periodic crl trustpoint WORD": "Lets members join again after a new list of revoked certificates",
    "rekey acknowledgement {any | cisco | interoperable}": "Whether members say that they have a key",
    "rekey address ipv4 {<100-199> | <2000-2699> | WORD}": "Addresses of multicast, by a list",
    "rekey algorithm {3des-cbc | des-cbc | aes {128 | 192 | 256}}": "Encryption of new keys",
    "rekey authentication mypubkey rsa WORD": "Key pair that signs new keys",
    "rekey lifetime {days <1-30> | seconds <300-2592000>}": "How long a key is good",
    "rekey retransmit <10-60> {number <1-10> | periodic}": "How often new keys are sent",
    "rekey sig-hash algorithm {sha | sha256 | sha384 | sha512}": "Hash under signatures",
    "rekey transport unicast": "Send new keys to each member",
    "sa d3p window {msec <1000-100000> | sec <1-100>}": "Protection from delayed packets",
    "sa pair-wise-keying [safety-limit <1-100>]": "A key for each pair of members",
    "sa receive-only": "Members send in the clear",
  },
);

const serverSa = usageOpener(
  { mode: groupKeyServerMode, effect, words, opens: groupKeySaMode },
  "sa ipsec @<1-65535>",
  "IPsec policy of the group",
);
const serverSaLines = usageLines(
  { mode: groupKeySaMode, effect, words },
  {
    "match address ipv4 {<100-199> | <2000-2699> | WORD}": "Packets that are protected",
    "match address ipv6 WORD": "Packets of IPv6 that are protected",
    "profile WORD": "IPsec profile",
    "replay counter [window-size {1024 | 128 | 256 | 512 | 64}]": "Replay checking by a counter",
    "replay time [window-size <1-100>]": "Replay checking by time",
    "tag cts sgt": "Carry security group tags",
  },
);

const coop = usageOpener(
  { mode: groupKeyServerMode, effect, words, opens: groupKeyCoopMode },
  "redundancy",
  "Other key servers of the group",
);
const coopLines = usageLines(
  { mode: groupKeyCoopMode, effect, words },
  {
    "local priority <1-255>": "Our priority among key servers",
    "peer address ipv4 @A.B.C.D": "Another key server",
    "protocol pdu <1-65000>": "Size of messages between key servers",
    "protocol version {base | optimize}": "Version of the protocol between key servers",
  },
);

export const groupKeyCommands = [
  ...groups,
  ...groupLines,
  server,
  ...serverLines,
  serverSa,
  ...serverSaLines,
  coop,
  ...coopLines,
];
