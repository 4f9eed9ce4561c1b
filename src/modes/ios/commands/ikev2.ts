/** IKE version 2, which is not spoken here: what a configuration says of it is kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import {
  globalMode,
  ikev2AuthorizationMode,
  ikev2ClientMode,
  ikev2KeyringMode,
  ikev2KeyringPeerMode,
  ikev2NameManglerMode,
  ikev2PolicyMode,
  ikev2ProfileMode,
  ikev2ProposalMode,
} from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("IKE version 2 is not spoken here: L2TP clients open IKE version 1");

const words = {
  crypto: "Encryption module",
  ikev2: "Configure IKEv2 Options",
  "0": "An unencrypted key follows",
  "6": "An encrypted key follows",
  aggregate: "Proof and attributes in one exchange",
  all: "All of it",
  attribute: "Attributes of AAA",
  backup: "Tunnels that stand for each other",
  "cert-request": "Ask for a certificate",
  cts: "Security group tags",
  default: "The default",
  delimiter: "What divides it from the rest",
  dhcp: "Server of addresses",
  diagnose: "IKEV2 diagnose",
  distance: "Distance of the routes",
  dynamic: "Look the name up each time",
  gateway: "As a gateway",
  group: "Of groups",
  "group WORD": "Group name",
  hostname: "Host name",
  "http-url": "Certificates by URL",
  incoming: "That peers open",
  init: "During the first exchange",
  "initial-contact": "What a first exchange means",
  ipsec: "SAs of clients",
  keyring: "Specify keyring to use",
  limit: "Limit of maximum and in-negotiation SAs",
  locality: "Locality",
  manual: "When it is asked for",
  "max-redirects": "How often a client is sent on",
  mode: "Mode of the interface",
  mtu: "Size of the pieces",
  nat: "NAT-transparency",
  outgoing: "That we open",
  pki: "Specify certificate authorities to trust",
  reconnect: "Auto re-connect feature",
  redirect: "IKEv2 Redirect Mechanism",
  route: "Routes of the peer",
  tag: "Tag of the routes",
  aaa: "Specify AAA related configs",
  accept: "Accept what the peer sends",
  accounting: "Specify AAA accounting list",
  active: "The key that is used for new data",
  address: "IP address",
  any: "Any",
  "anyconnect-eap": "AnyConnect EAP",
  auth: "During authentication",
  authentication: "Set authentication method",
  authorization: "IKEv2 authorization",
  auto: "Find the encapsulation from the peer",
  cached: "Use attributes that came with the authentication",
  cert: "Certificates",
  certificate: "Certificate",
  client: "Client",
  common: "Part of the distinguished name: common name",
  "common-name": "Common name",
  connect: "When to connect",
  country: "Country",
  dn: "Distinguished name",
  domain: "Domain",
  eap: "Extensible Authentication Protocol",
  "ecdsa-sig": "Elliptic curve digital signature",
  email: "Address of mail",
  encryption: "Encryption",
  fqdn: "Fully qualified domain name",
  fvrf: "Front door VRF",
  gtc: "Generic Token Card",
  hex: "The key in hexadecimal digits",
  host: "Name of the host",
  identity: "Identity",
  inherit: "Take from",
  interface: "Interface",
  ipv4: "IPv4",
  ipv6: "IPv6",
  key: "The key",
  "key-id": "Opaque identity",
  "key-id KEY": "Identity",
  list: "AAA list",
  local: "Local",
  match: "Match values of peer",
  md5: "Message Digest 5",
  mschapv2: "MS-CHAP version 2",
  name: "Name",
  "name-mangler": "Take the name from the identity",
  none: "None",
  "on-demand": "When there is something to send",
  organization: "Organization",
  "organization-unit": "Unit of the organization",
  override: "What the user has goes before what the group has",
  password: "Password",
  peer: "Peer",
  periodic: "At regular intervals",
  "pre-share": "Pre-Shared Key",
  prefix: "Part before the domain",
  psk: "Pre-shared keys",
  "query-identity": "Ask the peer for its EAP identity",
  remote: "Remote",
  request: "Ask for values",
  "rsa-sig": "Rivest-Shamir-Adleman Signature",
  send: "Send what we have",
  set: "Set values",
  sign: "For our signatures",
  state: "State",
  suffix: "Part behind the domain",
  timeout: "Timeout in seconds",
  track: "Track an object",
  up: "While the object is up",
  down: "While the object is down",
  user: "User",
  username: "Name of user",
  verify: "For signatures of peers",
} as const;

const global = { mode: globalMode, section: "ikev2", effect, words } as const;

const globals = usageLines(global, {
  "crypto ikev2 certificate-cache <1-2000>": "Cache for storing certificates fetched by URL",
  "crypto ikev2 cluster": "Configure a cluster of gateways",
  "crypto ikev2 cookie-challenge <0-1000>": "Set Cookie-challenge watermark",
  "crypto ikev2 cts sgt": "Carry security group tags",
  "crypto ikev2 diagnose error <1-1000>": "IKEV2 diagnose",
  "crypto ikev2 disconnect-revoked-peers": "Disconnect peers whose certificate was revoked",
  "crypto ikev2 dpd <10-3600> <2-60> {on-demand | periodic}": "Enable IKE liveness check for peers",
  "crypto ikev2 fragmentation [mtu <68-1500>]": "Enable fragmentation of ikev2 packets",
  "crypto ikev2 http-url cert": "Enable http URL lookup",
  "crypto ikev2 limit max-sa <1-9999>": "Set a limit of SAs",
  "crypto ikev2 limit max-in-negotation-sa <1-9999> [incoming | outgoing]": "Set a limit of SAs in negotiation",
  "crypto ikev2 nat keepalive <5-3600>": "NAT-transparency: interval of keepalives",
  "crypto ikev2 reconnect key @<1-2> [0 | 6] KEY [active]": "Keys by which clients reconnect",
  "crypto ikev2 redirect client [max-redirects <1-255>]": "IKEv2 Redirect Mechanism",
  "crypto ikev2 redirect gateway @{auth | init}": "IKEv2 Redirect Mechanism",
  "crypto ikev2 window <1-20>": "IKEV2 window size",
});

const proposal = usageOpener(
  { ...global, opens: ikev2ProposalMode },
  "crypto ikev2 proposal @WORD",
  "Define IKEV2 proposals",
);

const algorithms = {
  ...words,
  "1": "DH Group 1",
  "2": "DH Group 2",
  "5": "DH Group 5",
  "14": "DH Group 14",
  "15": "DH Group 15",
  "16": "DH Group 16",
  "19": "DH Group 19",
  "20": "DH Group 20",
  "21": "DH Group 21",
  "24": "DH Group 24",
  "3des": "3DES",
  "aes-cbc-128": "AES-CBC-128",
  "aes-cbc-192": "AES-CBC-192",
  "aes-cbc-256": "AES-CBC-256",
  "aes-gcm-128": "AES-GCM with 16-octet ICV, 128-bit key",
  "aes-gcm-256": "AES-GCM with 16-octet ICV, 256-bit key",
  des: "DES",
  sha1: "Secure Hash Standard",
  sha256: "Secure Hash Standard 2 (256 bit)",
  sha384: "Secure Hash Standard 2 (384 bit)",
  sha512: "Secure Hash Standard 2 (512 bit)",
} as const;

const HASHES = "{md5 | sha1 | sha256 | sha384 | sha512}*5";
const proposalLines = usageLines(
  { mode: ikev2ProposalMode, effect, words: algorithms },
  {
    "encryption {3des | aes-cbc-128 | aes-cbc-192 | aes-cbc-256 | aes-gcm-128 | aes-gcm-256 | des}*7":
      "Set encryption algorithm(s) for proposal",
    "group {1 | 2 | 5 | 14 | 15 | 16 | 19 | 20 | 21 | 24}*10": "Set the Diffie-Hellman group(s)",
    [`integrity ${HASHES}`]: "Set integrity hash algorithm(s) for proposal",
    [`prf ${HASHES}`]: "Set prf hash algorithm(s) for proposal",
  },
);

const policy = usageOpener({ ...global, opens: ikev2PolicyMode }, "crypto ikev2 policy @WORD", "Define IKEV2 policies");
const policyLines = usageLines(
  { mode: ikev2PolicyMode, effect, words },
  {
    "match address local @A.B.C.D": "Match by our address",
    "match fvrf {any | WORD}": "Match by front door VRF",
    "proposal @WORD": "Specify Proposal",
  },
);

const keyring = usageOpener(
  { ...global, opens: ikev2KeyringMode },
  "crypto ikev2 keyring @WORD",
  "Define IKEV2 Keyring",
);
const keyringPeer = usageOpener(
  { mode: ikev2KeyringMode, effect, words, opens: ikev2KeyringPeerMode },
  "peer @WORD",
  "Configure a Peer and associated keys",
);
const keyringPeerLines = usageLines(
  { mode: ikev2KeyringPeerMode, effect, words },
  {
    "address {A.B.C.D [MASK] | X:X:X:X::X/<0-128>}": "Specify IPv4/IPv6 address of peer",
    "description LINE": "Specify a description of this peer",
    "hostname WORD": "Hostname of peer",
    "identity {address {A.B.C.D | X:X:X:X::X} | email {domain WORD | WORD} | fqdn {domain WORD | WORD} | key-id WORD}":
      "Specify IKE identity to use",
    "pre-shared-key @[local | remote] [0 | 6 | hex] KEY": "Specify the pre-shared key",
  },
);

const profile = usageOpener(
  { ...global, opens: ikev2ProfileMode },
  "crypto ikev2 profile @WORD",
  "Define IKEV2 profiles",
);
const LIST = "list WORD [{WORD | name-mangler WORD [password [0 | 6] KEY]}]";
const profileLines = usageLines(
  { mode: ikev2ProfileMode, effect, words },
  {
    "aaa accounting @{anyconnect-eap | cert | eap | psk} WORD": "Specify AAA accounting list",
    "aaa authentication @{anyconnect-eap | eap} WORD": "Specify AAA authentication list",
    "aaa authorization group override @{anyconnect-eap | cert | eap | psk} list WORD [WORD]":
      "What the user has goes before what the group has",
    [`aaa authorization group @{anyconnect-eap | cert | eap | psk} ${LIST}`]: "Of groups",
    [`aaa authorization user @{anyconnect-eap | cert | eap | psk} {cached | ${LIST}}`]: "Of users",
    "authentication local {ecdsa-sig | rsa-sig | pre-share [key [0 | 6] KEY] | eap [{gtc | md5 | mschapv2} [username WORD [password [0 | 6] KEY]]]}":
      "How we prove ourselves",
    "authentication remote @{ecdsa-sig | rsa-sig | pre-share [key [0 | 6] KEY] | eap [query-identity] [timeout <45-180>] | anyconnect-eap aggregate [cert-request]}":
      "How peers prove themselves",
    "config-exchange @{request | set @{accept | send}}": "Configuration exchange options",
    "description LINE": "Specify a description of this profile",
    "dpd <10-3600> <2-60> {on-demand | periodic}": "Enable IKE liveness check for peers",
    "identity local {address {A.B.C.D | X:X:X:X::X} | dn | email WORD | fqdn WORD | key-id WORD}":
      "Specify IKE identity to use",
    "initial-contact force": "Handle every first exchange as one with initial contact",
    "ivrf WORD": "I-VRF of the profile",
    "keyring local WORD": "Keyring of this box",
    "keyring aaa WORD [name-mangler WORD] [password [0 | 6] KEY]": "Keyring of an AAA server",
    "lifetime {<120-86400> | certificate}": "Set lifetime for ISAKMP security association",
    "match address local @{A.B.C.D | X:X:X:X::X | interface IFNAME}": "Match by our address",
    "match certificate @WORD": "Peer certificate attributes to match",
    "match fvrf {any | WORD}": "Match by front door VRF",
    "match identity remote @{address @{A.B.C.D [@MASK] | X:X:X:X::X/<0-128>} | any | email @{domain @WORD | @WORD} | fqdn @{domain @WORD | @WORD} | key-id @WORD}":
      "Match identity of peer",
    "nat keepalive <5-3600>": "NAT-transparency: interval of keepalives",
    "pki trustpoint @WORD @[sign | verify]": "Specify certificate authorities to trust",
    "reconnect [timeout <600-86400>]": "Auto re-connect feature",
    "redirect gateway auth": "IKEv2 Redirect Mechanism",
    shutdown: "Shutdown the IKEv2 profile",
    "virtual-template <1-4095> [mode auto]": "Specify the virtual-template for dynamic interface creation.",
  },
);

const authorization = usageOpener(
  { ...global, opens: ikev2AuthorizationMode },
  "crypto ikev2 authorization policy @WORD",
  "Group of attributes that peers get",
);
const authorizationLines = usageLines(
  { mode: ikev2AuthorizationMode, effect, words },
  {
    "aaa attribute list WORD": "Attributes of AAA",
    "backup-gateway @WORD": "Gateway that a client may turn to",
    "banner LINE": "Text that a client shows",
    "def-domain WORD": "Domain of names without one",
    "dhcp server {A.B.C.D | WORD}": "Server of addresses",
    "dhcp timeout <4-30>": "How long it is waited for",
    "dhcp giaddr A.B.C.D": "Gateway in requests for addresses",
    "dns A.B.C.D [A.B.C.D]": "Servers of names",
    "include-local-lan": "Let clients reach their own network",
    "ipsec flow-limit <0-50000>": "How many SAs a client may have",
    "netmask MASK": "Mask of the address",
    pfs: "Ask for perfect forward secrecy",
    "pool WORD": "Pool of addresses",
    "route accept any [tag <1-4294967295>] [distance <1-255>]": "Take routes that the peer sends",
    "route set interface [@IFNAME]": "Announce the address of the interface",
    "route set access-list @[ipv6] @WORD": "Announce the networks of a list",
    "session-lifetime <60-86400>": "How long a session may last",
    "smartcard-removal-disconnect": "End the session with the card",
    "split-dns @WORD": "Domain that is looked up through the tunnel",
    "subnet-acl WORD": "Networks that are reached through the tunnel",
    "wins A.B.C.D [A.B.C.D]": "NetBIOS name servers",
  },
);

const client = usageOpener(
  { ...global, opens: ikev2ClientMode },
  "crypto ikev2 client flexvpn @WORD",
  "FlexVPN client",
);
const clientLines = usageLines(
  { mode: ikev2ClientMode, effect, words },
  {
    "client connect Tunnel <0-2147483647>": "Interface of the client",
    "client inside @IFNAME": "Interface of hosts behind the client",
    "connect {auto | manual | track <1-1000> [up | down]}": "When to connect",
    "peer @<1-255> {A.B.C.D | X:X:X:X::X | fqdn WORD [dynamic]} [track <1-1000> [up | down]]": "Gateway to connect to",
    "peer reactivate": "Go back to a better gateway",
    "source @<1-255> IFNAME [track <1-1000>]": "Interface whose address is ours",
    "backup group {<0-4294967294> | default}": "Group of tunnels that stand for each other",
  },
);

const nameMangler = usageOpener(
  { ...global, opens: ikev2NameManglerMode },
  "crypto ikev2 name-mangler @WORD",
  "Takes a name from an identity",
);
const nameManglerLines = usageLines(
  { mode: ikev2NameManglerMode, effect, words },
  {
    "dn {common-name | country | domain | locality | organization | organization-unit | state}":
      "From the distinguished name",
    "eap {all | dn {common-name | country | domain | locality | organization | organization-unit | state} | prefix [delimiter WORD] | suffix [delimiter WORD]}":
      "From the identity of EAP",
    "email {all | domain | username}": "From the address of mail",
    "fqdn {all | domain | hostname}": "From the domain name",
  },
);

export const ikev2Commands = [
  ...globals,
  proposal,
  ...proposalLines,
  policy,
  ...policyLines,
  keyring,
  keyringPeer,
  ...keyringPeerLines,
  profile,
  ...profileLines,
  authorization,
  ...authorizationLines,
  client,
  ...clientLines,
  nameMangler,
  ...nameManglerLines,
];
