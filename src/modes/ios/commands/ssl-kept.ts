/** Tunnels over TLS and what an SSL server of the box would serve: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, sslPolicyMode, sslProfileMode, sslProposalMode, tlsTunnelMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const words = {
  ip: "IP",
  crypto: "Encryption module",
  anyconnect: "AnyConnect client",
  "anyconnect profile": "Profile of a client",
  authorization: "Attributes that clients get",
  diagnose: "Errors that are remembered",
  error: "Errors",
  ipv4: "IPv4",
  ipv6: "IPv6",
  "local-interface": "Interface whose address is ours",
  overlay: "Network inside the tunnel",
  profile: "Enrollment profile",
  sequence: "Order of packages",
  ssl: "SSL server",
  url: "URL",
  "url WORD": "URL",
  vpn: "Packages for clients",
  vrf: "VPN Routing/Forwarding instance",
} as const;

const global = { mode: globalMode, words } as const;

const noTls = inert("tunnels are L2TP");
const tls = usageOpener(
  { ...global, section: "tls", effect: noTls, opens: tlsTunnelMode },
  "crypto tls-tunnel @WORD",
  "Tunnel over TLS",
);
const PROTECTION = "{dhe-psk-aes128-cbc-sha1 | dhe-psk-aes256-cbc-sha1 | psk-aes128-cbc-sha1 | psk-aes256-cbc-sha1}";
const tlsLines = usageLines(
  {
    mode: tlsTunnelMode,
    effect: noTls,
    words: {
      ...words,
      "dhe-psk-aes128-cbc-sha1": "Diffie-Hellman, pre-shared key, AES 128",
      "dhe-psk-aes256-cbc-sha1": "Diffie-Hellman, pre-shared key, AES 256",
      "psk-aes128-cbc-sha1": "Pre-shared key, AES 128",
      "psk-aes256-cbc-sha1": "Pre-shared key, AES 256",
      id: "Identity",
      key: "Key",
      port: "Port number",
      priority: "Which interface comes first",
      psk: "Pre-shared key",
    },
  },
  {
    "local-interface @IFNAME [priority <1-3>]": "Interface whose address is ours",
    "overlay address {A.B.C.D | X:X:X:X::X} [vrf WORD]": "Address inside the tunnel",
    [`protection ${PROTECTION}`]: "How it is protected",
    "psk id @WORD key [0 | 6] KEY": "Pre-shared key",
    "server {ipv4 @A.B.C.D | ipv6 @X:X:X:X::X} port <1-65535>": "Server",
    shutdown: "Shut the tunnel down",
  },
);

const sslProposal = usageOpener(
  { ...global, section: "tls", effect: noTls, opens: sslProposalMode },
  "crypto ssl proposal @WORD",
  "Define SSL proposals",
);
const sslPolicy = usageOpener(
  { ...global, section: "tls", effect: noTls, opens: sslPolicyMode },
  "crypto ssl policy @WORD",
  "Define SSL policies",
);
const sslProfile = usageOpener(
  { ...global, section: "tls", effect: noTls, opens: sslProfileMode },
  "crypto ssl profile @WORD",
  "Define SSL profiles",
);
const sslWords = {
  ...words,
  aaa: "Specify AAA related configs",
  accounting: "Accounting",
  address: "Address",
  "anyconnect-profile": "Profile that is given to clients",
  authentication: "Authentication",
  authorization: "Authorization",
  group: "Of groups",
  list: "AAA list",
  local: "Our end",
  match: "Match values of peer",
  override: "What the user has goes before what the group has",
  pki: "Certificates",
  policy: "SSL policy",
  port: "Port number",
  remote: "How clients prove themselves",
  "rsa-3des-ede-sha1": "RSA key exchange, 3DES",
  "rsa-aes128-sha1": "RSA key exchange, AES 128",
  "rsa-aes256-sha1": "RSA key exchange, AES 256",
  "rsa-rc4128-md5": "RSA key exchange, RC4",
  sign: "For our signatures",
  timeout: "Timeouts",
  trustpoint: "Trustpoint",
  user: "Of users",
  "user-pass": "By name and password",
  cached: "Use attributes that came with the authentication",
} as const;
const sslLines = [
  ...usageLines(
    { mode: sslProposalMode, effect: noTls, words: sslWords },
    { "protection {rsa-3des-ede-sha1 | rsa-aes128-sha1 | rsa-aes256-sha1 | rsa-rc4128-md5}*4": "Cipher suites" },
  ),
  ...usageLines(
    { mode: sslPolicyMode, effect: noTls, words: sslWords },
    {
      "ip interface {local IFNAME | IFNAME} port <1-65535>": "Interface and port",
      "ip address local A.B.C.D port <1-65535>": "Address and port",
      "pki trustpoint WORD sign": "Trustpoint of our certificate",
      "ssl proposal WORD": "Proposal",
      shutdown: "Shut it down",
    },
  ),
  ...usageLines(
    { mode: sslProfileMode, effect: noTls, words: sslWords },
    {
      "aaa accounting user-pass list WORD": "Accounting",
      "aaa authentication user-pass list WORD": "Authentication",
      "aaa authorization @{group | user} user-pass {cached | list WORD [WORD]}": "Authorization",
      "authentication remote user-pass": "How clients prove themselves",
      "match policy WORD": "Policy that connections come by",
      "match url WORD": "Page that connections ask for",
      "max-users <1-1000>": "How many users there may be",
      shutdown: "Shut it down",
      "timeout session <1800-1209600>": "How long a session may last",
    },
  ),
];

const ssl = usageLines(
  { ...global, section: "tls", effect: noTls },
  {
    "crypto ssl authorization policy @WORD": "Attributes that clients get",
    "crypto ssl diagnose error <1-1000>": "How many errors are remembered",
    "crypto vpn anyconnect WORD sequence @<1-63>": "Package of a client",
    "crypto vpn anyconnect profile @WORD WORD": "Profile of a client",
    "crypto vpn csd WORD": "Package of the secure desktop",
  },
);

export const sslKeptCommands = [tls, ...tlsLines, sslProposal, sslPolicy, sslProfile, ...sslLines, ...ssl];
